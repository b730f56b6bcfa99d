//! Where words stand in a text. In: a text. Out: its pieces, each an unbroken run of letters and digits with its form and its
//! folded form; what stands between two pieces is looked at by `readings`.
//!
//! One pass over the signs, no allocation per sign or piece: forms are ranges of two strings that are used again.
//! Part of a piece are an apostrophe between letters (`GI’s`), a point or comma between digits (`7,5`, `10.000`), the points of
//! `o.a.` and `N.V.T.`, and the plus signs of `MDA++`. Soft hyphens and signs without width are nothing.

use super::fold;

/// Longer forms are cut: nobody types them, and a dictionary suffers from them.
const LONGEST: usize = 96;

/// A run of letters and digits.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its form, as a range of [`Pieces::forms`].
    pub(super) form: (usize, usize),
    /// Its folded form, as a range of [`Pieces::folds`].
    pub(super) fold: (usize, usize),
    /// It has letters, and all before an apostrophe are capitals.
    pub(super) capitals: bool,
    /// It begins with a small letter.
    pub(super) small: bool,
    /// It consists of digits and what stands between them.
    pub(super) number: bool,
    /// How many plus signs end its form.
    pub(super) pluses: usize,
}

impl Piece {
    /// A piece of which nothing has been read.
    fn at(start: usize, pieces: &Pieces) -> Piece {
        let (form, fold) = ((pieces.forms.len(), 0), (pieces.folds.len(), 0));
        Piece { start, form, fold, number: true, ..Piece::default() }
    }
}

/// The pieces of a text and the strings they are ranges of.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) list: Vec<Piece>,
    pub(super) forms: String,
    pub(super) folds: String,
}

impl Pieces {
    pub(super) fn form(&self, piece: &Piece) -> &str {
        self.forms.get(piece.form.0..piece.form.1).unwrap_or_default()
    }

    pub(super) fn fold(&self, piece: &Piece) -> &str {
        self.folds.get(piece.fold.0..piece.fold.1).unwrap_or_default()
    }

    /// The folded form of a piece by its number.
    pub(super) fn at(&self, number: usize) -> &str {
        self.list.get(number).map_or("", |piece| self.fold(piece))
    }
}

/// Signs that are written for an apostrophe.
pub(super) fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '’' | '‘' | '‛' | '´' | '`' | 'ʼ' | '′' | '＇')
}

/// Letters and digits; some apostrophes and marks count as letters in Unicode.
fn is_of_words(sign: char) -> bool {
    sign.is_alphanumeric() && !is_apostrophe(sign) && !fold::is_mark(sign)
}

/// Signs that are written for a hyphen, a dash between numbers among them.
pub(super) fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '‐' | '‑' | '–' | '−' | '﹣' | '－')
}

/// Signs that are not seen.
pub(super) fn is_nothing(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{34f}')
}

/// Scripts that do not divide words: every sign is a word.
fn stands_alone(sign: char) -> bool {
    matches!(sign, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// How a language writes words and numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways {
    /// The sign before the decimals.
    pub(super) decimal: char,
    /// An apostrophe ends a word: `l’école`.
    pub(super) parts_at_apostrophe: bool,
}

/// Finds the pieces of a text.
pub(super) fn scan(text: &str, ways: Ways, pieces: &mut Pieces) {
    pieces.list.clear();
    pieces.forms.clear();
    pieces.folds.clear();
    let mut at = 0;
    while let Some(sign) = sign_at(text, at) {
        if is_of_words(sign) {
            at = piece(text, at, ways, pieces);
        } else {
            at += sign.len_utf8();
        }
    }
}

fn sign_at(text: &str, at: usize) -> Option<char> {
    // Most signs are ASCII, for which nothing has to be decoded.
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()),
        None => None,
    }
}

/// Takes the piece that begins at `at` and says where it ends.
fn piece(text: &str, at: usize, ways: Ways, pieces: &mut Pieces) -> usize {
    let mut new = Piece::at(at, pieces);
    let (mut letters, mut capitals, mut owner) = (0_usize, 0_usize, false);
    let mut end = at;
    while let Some(sign) = sign_at(text, end) {
        let next = end + sign.len_utf8();
        if is_of_words(sign) {
            let alone = stands_alone(sign);
            if alone && end > at {
                break;
            }
            new.number &= sign.is_numeric();
            if sign.is_alphabetic() {
                new.small |= letters == 0 && !sign.is_uppercase();
                letters += 1;
                capitals += usize::from(sign.is_uppercase() || owner);
            }
            take(sign, &new, pieces);
            end = next;
            if alone {
                break;
            }
        } else if fold::is_mark(sign) {
            put_on(sign, &new, pieces);
            end = next;
        } else if is_nothing(sign) {
            end = next;
        } else if let Some(kept) = between(text, end, next, sign, ways, &new) {
            owner |= kept == '\'' && letters > 1 && letters == capitals;
            if kept != '\0' {
                take(kept, &new, pieces);
            }
            end = next;
        } else {
            break;
        }
    }
    end = pluses(text, end, &mut new, pieces);
    new.end = end;
    new.capitals = letters > 0 && letters == capitals;
    new.form.1 = pieces.forms.len();
    new.fold.1 = pieces.folds.len();
    pieces.list.push(new);
    end
}

/// What a sign between two letters or digits is within a piece: a sign that is kept, `\0` for nothing, or `None` for an end.
fn between(text: &str, at: usize, next: usize, sign: char, ways: Ways, piece: &Piece) -> Option<char> {
    let after = sign_at(text, next).filter(|sign| is_of_words(*sign))?;
    if is_apostrophe(sign) {
        return (!ways.parts_at_apostrophe && after.is_alphabetic()).then_some('\'');
    }
    if !matches!(sign, '.' | ',') {
        return None;
    }
    if piece.number && after.is_ascii_digit() {
        return in_number(text, piece.start, at, sign, ways);
    }
    let alone = single(text, piece.start, at) && sign == '.' && after.is_alphabetic();
    (alone && !sign_at(text, next + after.len_utf8()).is_some_and(is_of_words)).then_some('\0')
}

/// Whether what has been read of a piece is single letters with points: `o`, `i.v`.
fn single(text: &str, start: usize, end: usize) -> bool {
    let read = text.get(start..end).unwrap_or_default();
    read.len() < 24
        && read.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// A point or comma within a number: nothing between thousands, the sign of decimals otherwise, an end in `1.2.3` and in dates.
fn in_number(text: &str, start: usize, at: usize, sign: char, ways: Ways) -> Option<char> {
    if at - start > 40 {
        return None;
    }
    let digits =
        |from: usize| text.as_bytes().iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let behind = digits(at + 1);
    let further = text.as_bytes().get(at + 1 + behind).copied().filter(|byte| matches!(byte, b'.' | b','));
    let goes_on = further.is_some_and(|_| digits(at + 2 + behind) > 0);
    let read = text.get(start..at).unwrap_or_default();
    let dotted = |sign: char| read.contains(sign);
    if sign != ways.decimal && behind == 3 && !dotted(ways.decimal) && first_group(read) {
        return Some('\0');
    }
    let lone = !goes_on && !read.contains(sign) && !preceded(text, start);
    (lone && read.len() < 20).then_some(ways.decimal)
}

/// Whether the digits before the first separator can be the head of a number with thousands.
fn first_group(read: &str) -> bool {
    let head = read.split(['.', ',']).next().unwrap_or_default();
    (1..=3).contains(&head.len()) && head != "0"
}

/// Whether a number is the continuation of another one, as the month in `12.05.2024`.
fn preceded(text: &str, start: usize) -> bool {
    let before = text.as_bytes().get(..start).unwrap_or_default();
    matches!(before, [.., digit, b'.' | b','] if digit.is_ascii_digit())
}

/// Plus signs at the end of a piece, also behind a bracket: `MDA++`, `(MDA)++`.
fn pluses(text: &str, end: usize, piece: &mut Piece, pieces: &mut Pieces) -> usize {
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    let bracket = usize::from(
        rest.first() == Some(&b')') && text.as_bytes().get(piece.start.wrapping_sub(1)) == Some(&b'('),
    );
    let count = rest.iter().skip(bracket).take_while(|byte| **byte == b'+').count();
    let follows = rest.get(bracket + count).is_some_and(|byte| byte.is_ascii_alphanumeric());
    if count == 0 || count > 2 || follows {
        return end;
    }
    piece.pluses = count;
    for _ in 0..count {
        pieces.forms.push('+');
        pieces.folds.push('+');
    }
    end + bracket + count
}

fn take(sign: char, piece: &Piece, pieces: &mut Pieces) {
    if pieces.folds.len() - piece.fold.0 >= LONGEST {
        return;
    }
    if sign.is_ascii() {
        let small = sign.to_ascii_lowercase();
        pieces.forms.push(small);
        pieces.folds.push(small);
        return;
    }
    for small in sign.to_lowercase() {
        if fold::is_mark(small) {
            continue;
        }
        pieces.forms.push(small);
        match fold::plain(small) {
            Some(plain) => pieces.folds.push_str(plain),
            None => pieces.folds.push(small),
        }
    }
}

/// Puts a mark on the letter before it, where there is such a letter; the folded form has none.
fn put_on(mark: char, piece: &Piece, pieces: &mut Pieces) {
    if pieces.forms.len() <= piece.form.0 {
        return;
    }
    if let Some(whole) = pieces.forms.chars().next_back().and_then(|letter| fold::together(letter, mark)) {
        pieces.forms.pop();
        pieces.forms.push(whole);
    }
}
