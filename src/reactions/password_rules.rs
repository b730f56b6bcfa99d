//! Whether a password will do. In: a password as it was typed, and the words that everybody knows of its owner. Out:
//! advice, or the reason why it will not do, in Dutch.
//!
//! Long is good; signs and capitals are asked of nobody. Refused is what is tried first: passwords that many have, words
//! of the site and its members, seasons and years, rows of keys. Nothing is cut off or changed.
//!
//! `password_rules/common.txt` says where its passwords are from and under which licence.

mod patterns;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

use crate::accepted::text::one_line;

/// The fewest characters.
pub const SHORTEST: usize = 8;
/// As many characters are better.
pub const ADVISED: usize = 15;
/// The most characters: longer texts only keep the processor busy.
pub const LONGEST: usize = 256;

/// What everybody knows who looks at the member.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The name of the site.
    pub site: &'a str,
    /// The mail address of the member.
    pub mail: &'a str,
    /// The name they show.
    pub name: &'a str,
    /// Municipalities and the like.
    pub words: &'a [String],
}

/// What is said of a password that will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Nothing to add.
    Good,
    /// It would be better if it were longer.
    Longer,
}

/// Why a password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Fewer than [`SHORTEST`].
    Short,
    /// More than [`LONGEST`].
    Long,
    /// Many have it, or one much like it.
    Common,
    /// It is little more than words that everybody knows of the member or the site.
    Known,
    /// Keys or letters in a row.
    Row,
    /// The same over and over.
    Repeated,
    /// A date.
    Date,
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Advice::Good => "Dit is een goed wachtwoord.",
            Advice::Longer => {
                "Dit wachtwoord mag. Met 15 tekens of meer is het veiliger. Vier gewone woorden achter elkaar zijn al genoeg."
            }
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::Short => "Dit wachtwoord is te kort. Gebruik 8 tekens of meer, liever 15.",
            Refusal::Long => "Dit wachtwoord is te lang. Gebruik niet meer dan 256 tekens.",
            Refusal::Common => "Dit wachtwoord gebruiken veel mensen. Kies een ander, bijvoorbeeld vier gewone woorden achter elkaar.",
            Refusal::Known => {
                "In dit wachtwoord staat bijna alleen wat anderen al weten: uw naam, uw mailadres, een gemeente of deze site. Kies iets anders."
            }
            Refusal::Row => "Dit wachtwoord is een rijtje toetsen of letters. Kies een ander, bijvoorbeeld vier gewone woorden achter elkaar.",
            Refusal::Repeated => "In dit wachtwoord komt steeds hetzelfde terug. Kies een ander, bijvoorbeeld vier gewone woorden achter elkaar.",
            Refusal::Date => "Dit wachtwoord is een datum. Kies een ander, bijvoorbeeld vier gewone woorden achter elkaar.",
        })
    }
}

/// What is to be said of a password.
pub fn judge(password: &str, context: Context<'_>) -> Result<Advice, Refusal> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Refusal::Short);
    }
    if length > LONGEST {
        return Err(Refusal::Long);
    }
    let small = patterns::folded(password);
    let refused = [
        (Refusal::Date, patterns::is_date(&small)),
        (Refusal::Repeated, patterns::is_repeated(&small)),
        (Refusal::Row, patterns::is_row(&small)),
        (Refusal::Common, is_common(&small)),
        (Refusal::Known, is_known(&small, context)),
    ];
    match refused.into_iter().find(|(_, refused)| *refused) {
        Some((refusal, _)) => Err(refusal),
        None if length < ADVISED => Ok(Advice::Longer),
        None => Ok(Advice::Good),
    }
}

/// The passwords that many have.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words_of(include_str!("password_rules/common.txt")));
/// Words that are no password with a number behind them either.
static STEMS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words_of(include_str!("password_rules/stems.txt")));

fn words_of(list: &'static str) -> HashSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Whether it stands in the list, or is a word or two of it with digits and signs around them.
fn is_common(small: &str) -> bool {
    if COMMON.contains(small) || COMMON.contains(patterns::plain(small).as_str()) {
        return true;
    }
    [small.to_owned(), patterns::plain(small)].iter().any(|small| {
        // So much beside the word is a password of its own.
        let rest = small.chars().filter(|c| !c.is_alphabetic()).count();
        rest <= 6 && is_words(&patterns::core(small))
    })
}

/// Whether letters are a word of the lists, or two.
fn is_words(letters: &str) -> bool {
    let word = |part: &str| STEMS.contains(part) || COMMON.contains(part);
    let cuts = letters.char_indices().map(|(at, _)| letters.split_at(at));
    let mut cuts = cuts.filter(|(before, behind)| before.len() > 2 && behind.len() > 2);
    word(letters) || cuts.any(|(before, behind)| word(before) && word(behind))
}

/// Whether little is left of it without the words that everybody knows.
fn is_known(small: &str, context: Context<'_>) -> bool {
    let mut known: Vec<String> = Vec::new();
    let texts = [context.site, context.mail, context.name].into_iter();
    for text in texts.chain(context.words.iter().map(String::as_str)) {
        let text = patterns::folded(&one_line(text));
        known.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        known.push(text.chars().filter(|c| c.is_alphanumeric()).collect());
    }
    // The longest first: what is left of it is not looked at again.
    known.retain(|word| word.chars().count() >= 3);
    known.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    let letters: String = small.chars().filter(|c| c.is_alphanumeric()).collect();
    [letters.clone(), patterns::plain(&letters)].into_iter().any(|letters| {
        let left = known.iter().fold(letters.clone(), |left, word| left.replace(word.as_str(), " "));
        let left: String = left.chars().filter(|c| c.is_alphanumeric()).collect();
        let words = patterns::core(&left);
        let few = words.chars().count() < 4 || STEMS.contains(words.as_str());
        left.len() < letters.len() && few && left.chars().count() - words.chars().count() <= 8
    })
}
