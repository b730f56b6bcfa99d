//! How pieces are read. In: a text and its pieces. Out: tokens in the order of their positions, the literal reading of a
//! position first, other readings of the same place after it.
//!
//! | written | read |
//! |---|---|
//! | `straf-zorg` | straf, zorg; over both strafzorg |
//! | `(wijk)teams`, `team(s)` | wijkteams, teams, wijk; teams, team, at one position |
//! | `(proces) stappen` | proces, stappen; over both processtappen |
//! | `MDA++`, `J&V`, `12-05-2024`, `O'Brien` | `mda++` and mda; j, v and `j&v`; 12, 05, 2024 and the whole; `o'brien` and obrien |
//! | `op te zetten` | op, te, zetten; over all three opzetten |
//! | `jeugd- en gezinsteams` | see [`super::elision`] |

use super::elision;
use super::scan::{Piece, Pieces, is_hyphen, is_nothing};
use super::{Reading, Token};

/// More pieces in a row with hyphens are no word.
const LONGEST_CHAIN: usize = 4;

/// What stands between a piece and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space only.
    Space,
    /// One hyphen.
    Hyphen,
    /// A hyphen that belongs to the piece before: `jeugd- en`.
    Dangling,
    /// A hyphen that belongs to the piece after: `en -processen`.
    Leading,
    /// One opening bracket.
    Open,
    /// One closing bracket.
    Close,
    /// A closing bracket and a space.
    CloseSpace,
    /// One of `& . / :`.
    Sign(char),
    /// A comma, a slash or a bracket among spaces, or a hyphen among spaces: a word may go on after it.
    Weak,
    /// Anything else, as the end of a sentence.
    Other,
}

/// What goes from one function to the next.
pub(super) struct Reader<'a, 'v> {
    pub(super) text: &'a str,
    pub(super) pieces: &'a Pieces,
    /// Whether the language writes compounds as one word.
    pub(super) compounding: bool,
    pub(super) position: u32,
    pub(super) form: String,
    pub(super) folded: String,
    pub(super) visit: &'v mut dyn FnMut(Token<'_>),
}

impl Reader<'_, '_> {
    /// Shows every token.
    pub(super) fn read(&mut self) {
        let count = self.pieces.list.len();
        let mut at = 0;
        while at < count {
            let taken = self.bracketed(at);
            if taken > 0 {
                at += taken;
            } else {
                self.one(at);
                at += 1;
            }
            self.position += 1;
        }
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        let list = &self.pieces.list;
        let (Some(left), Some(right)) = (list.get(at), list.get(at + 1)) else { return Gap::Other };
        gap(self.text.get(left.end..right.start).unwrap_or_default())
    }

    pub(super) fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.list.get(at)
    }

    /// The literal reading of a piece and all others that begin with it.
    fn one(&mut self, at: usize) {
        let Some(piece) = self.pieces.list.get(at) else { return };
        let (form, folded) = (self.pieces.form(piece), self.pieces.fold(piece));
        let token = Token {
            start: piece.start,
            end: piece.end,
            position: self.position,
            span: 1,
            reading: Reading::Literal,
            form,
            folded,
            capitals: piece.capitals,
        };
        (self.visit)(token);
        if piece.pluses > 0 {
            let cut = |text: &'_ str| text.len() - piece.pluses;
            let (form, folded) =
                (form.get(..cut(form)).unwrap_or(form), folded.get(..cut(folded)).unwrap_or(folded));
            (self.visit)(Token { reading: Reading::Joined, form, folded, ..token });
        }
        if folded.find('\'').is_some_and(|apostrophe| folded.len() - apostrophe > 3) {
            self.begin();
            self.form.extend(form.chars().filter(|sign| *sign != '\''));
            self.folded.extend(folded.chars().filter(|sign| *sign != '\''));
            self.show(at, at, Reading::Joined);
        }
        match self.gap(at) {
            Gap::Hyphen => self.hyphens(at),
            Gap::Sign(sign) => self.signs(at, sign),
            Gap::CloseSpace => self.bracket_before(at),
            Gap::Space if self.compounding => self.particle(at),
            _ => {}
        }
        if self.compounding {
            elision::read(self, at);
        }
    }

    pub(super) fn begin(&mut self) {
        self.form.clear();
        self.folded.clear();
    }

    pub(super) fn add(&mut self, at: usize) {
        if let Some(piece) = self.pieces.list.get(at) {
            self.form.push_str(self.pieces.form(piece));
            self.folded.push_str(self.pieces.fold(piece));
        }
    }

    /// Shows what has been put together of the pieces `from` to `to`.
    pub(super) fn show(&mut self, from: usize, to: usize, reading: Reading) {
        let (Some(first), Some(last)) = (self.piece(from), self.piece(to)) else { return };
        let token = Token {
            start: first.start,
            end: last.end,
            position: self.position,
            span: (to - from + 1) as u32,
            reading,
            form: &self.form,
            folded: &self.folded,
            capitals: first.capitals && last.capitals,
        };
        (self.visit)(token);
    }

    /// What has hyphens within, as one word; of a long one also two neighbours at a time.
    fn hyphens(&mut self, at: usize) {
        let mut last = at + 1;
        while last - at < LONGEST_CHAIN && self.gap(last) == Gap::Hyphen {
            last += 1;
        }
        let begins = at == 0 || self.gap(at - 1) != Gap::Hyphen;
        let numbers = (at..=last).all(|at| self.piece(at).is_some_and(|piece| piece.number));
        for to in [at + 1, last] {
            if (to == last && !begins && last > at + 1) || last - at == LONGEST_CHAIN {
                break;
            }
            self.begin();
            for piece in at..=to {
                if numbers && piece > at {
                    self.form.push('-');
                    self.folded.push('-');
                }
                self.add(piece);
            }
            self.show(at, to, Reading::Joined);
            if last == at + 1 {
                break;
            }
        }
    }

    /// `J&V`, `24/7`, `10:30`, `12.05.2024`: the whole with its signs.
    fn signs(&mut self, at: usize, sign: char) {
        if at > 0 && self.gap(at - 1) == Gap::Sign(sign) {
            return;
        }
        let fits = |piece: &Piece| if sign == '&' { piece.end - piece.start <= 3 } else { piece.number };
        let mut last = at;
        while last - at < LONGEST_CHAIN
            && self.gap(last) == Gap::Sign(sign)
            && self.piece(last + 1).is_some_and(fits)
        {
            last += 1;
        }
        if last == at || last - at == LONGEST_CHAIN || !self.piece(at).is_some_and(fits) {
            return;
        }
        self.begin();
        for piece in at..=last {
            if piece > at {
                self.form.push(sign);
                self.folded.push(sign);
            }
            self.add(piece);
        }
        self.show(at, last, Reading::Joined);
    }

    fn opened(&self, piece: &Piece) -> bool {
        self.text.get(..piece.start).is_some_and(|before| before.ends_with('('))
    }

    fn closed(&self, piece: &Piece) -> bool {
        self.text.get(piece.end..).is_some_and(|after| after.starts_with(')'))
    }

    /// `(wijk)teams` and `team(s)`: says how many pieces were read as one word.
    fn bracketed(&mut self, at: usize) -> usize {
        let Some(first) = self.piece(at) else { return 0 };
        let mut inside = self.opened(first) && self.closed(first);
        let starts_inside = inside;
        let mut last = at;
        while last - at < LONGEST_CHAIN {
            let (gap, Some(next)) = (self.gap(last), self.piece(last + 1)) else { break };
            match gap {
                Gap::Open if !inside && self.closed(next) => inside = true,
                Gap::Close if inside => inside = false,
                _ => break,
            }
            last += 1;
        }
        if last == at {
            return 0;
        }
        self.begin();
        (at..=last).for_each(|piece| self.add(piece));
        self.show_at_once(at, last, Reading::Literal);
        self.begin();
        (at..=last)
            .filter(|piece| (piece - at).is_multiple_of(2) != starts_inside)
            .for_each(|piece| self.add(piece));
        self.show_at_once(at, last, Reading::Joined);
        for piece in at..=last {
            if (piece - at).is_multiple_of(2) == starts_inside && self.pieces.at(piece).len() > 2 {
                self.begin();
                self.add(piece);
                self.show_at_once(piece, piece, Reading::Joined);
            }
        }
        last - at + 1
    }

    /// Shows something that takes one position however many pieces it has.
    fn show_at_once(&mut self, from: usize, to: usize, reading: Reading) {
        let (Some(first), Some(last)) = (self.piece(from), self.piece(to)) else { return };
        let token = Token {
            start: first.start,
            end: last.end,
            position: self.position,
            span: 1,
            reading,
            form: &self.form,
            folded: &self.folded,
            capitals: first.capitals && last.capitals,
        };
        (self.visit)(token);
    }

    /// `(proces) stappen`.
    fn bracket_before(&mut self, at: usize) {
        let (Some(piece), Some(next)) = (self.piece(at), self.piece(at + 1)) else { return };
        if self.opened(piece) && next.small && !piece.number {
            self.begin();
            self.add(at);
            self.add(at + 1);
            self.show(at, at + 1, Reading::Joined);
        }
    }

    /// `op te zetten`.
    fn particle(&mut self, at: usize) {
        if self.pieces.at(at + 1) == "te"
            && self.gap(at + 1) == Gap::Space
            && elision::is_particle(self.pieces.at(at))
        {
            self.begin();
            self.add(at);
            self.add(at + 2);
            self.show(at, at + 2, Reading::Joined);
        }
    }
}

fn gap(between: &str) -> Gap {
    // By far the most frequent one.
    if between == " " {
        return Gap::Space;
    }
    let mut signs = between.chars().filter(|sign| !is_nothing(*sign));
    let Some(first) = signs.next() else { return Gap::Other };
    let second = signs.next();
    let last = signs.next_back().or(second).unwrap_or(first);
    match (first, second) {
        (sign, None) if is_hyphen(sign) => Gap::Hyphen,
        ('(', None) => Gap::Open,
        (')', None) => Gap::Close,
        ('&' | '.' | '/' | ':', None) => Gap::Sign(first),
        (')', Some(' ')) if between.len() == 2 => Gap::CloseSpace,
        _ if between.chars().all(char::is_whitespace) => Gap::Space,
        _ if !between.chars().all(|sign| {
            sign.is_whitespace()
                || is_hyphen(sign)
                || is_nothing(sign)
                || matches!(sign, ',' | '/' | '(' | ')')
        }) =>
        {
            Gap::Other
        }
        _ if is_hyphen(first) => Gap::Dangling,
        _ if is_hyphen(last) && (first.is_whitespace() || first == '/') => Gap::Leading,
        _ => Gap::Weak,
    }
}
