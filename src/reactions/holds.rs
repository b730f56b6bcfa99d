//! Why a text must wait for a moderator, and whether its writer may be in danger. In: the text as it was written, and
//! the words of the editors' list. Out: what was found and where, with a sentence for the moderator and one for the
//! member that never repeats what was found. A profile does not wait, so what is found there is refused.
//!
//! It looks for what can be led back to a young person or a family. It is better that a text waits for nothing than that
//! a number of somebody stands on the site for an evening; what is wrongly held, a moderator lets through.
//!
//! | file | what it answers |
//! |---|---|
//! | `folded` | the text without capitals and accents, and its words |
//! | `numbers` | telephone numbers, accounts and numbers of citizens |
//! | `dates` | which numbers are dates, and which dates are of birth |
//! | `contact` | mail addresses, home addresses and links |
//! | `words` | the words of the editors' list |
//! | `danger` | what somebody writes who may need help now |

mod contact;
mod danger;
mod dates;
mod folded;
mod numbers;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

pub use danger::names_danger;
use folded::Folded;

/// More links than this in one text.
pub const LINKS: usize = 3;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number that may be a burgerservicenummer.
    Bsn,
    /// A telephone number of a person or an office, not of a help line.
    Phone,
    /// The number of a bank account.
    Account,
    /// A mail address, also when it is spelled out.
    Mail,
    /// A postal code with the number of a house.
    Address,
    /// When somebody was born.
    Birth,
    /// A word of the editors' list.
    Word,
    /// More than [`LINKS`] links.
    Links,
}

/// One reason to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// What was found.
    pub kind: Kind,
    /// Where it stands in the text, in bytes.
    pub found: Range<usize>,
}

impl Hold {
    /// What a moderator should look at.
    pub fn for_moderator(&self) -> &'static str {
        match self.kind {
            Kind::Bsn => "Er staat een nummer in dat een burgerservicenummer kan zijn.",
            Kind::Phone => "Er staat een telefoonnummer in.",
            Kind::Account => "Er staat een rekeningnummer in.",
            Kind::Mail => "Er staat een mailadres in.",
            Kind::Address => "Er staat een postcode met huisnummer in.",
            Kind::Birth => "Er staat in wanneer iemand geboren is.",
            Kind::Word => "Er staat een woord van uw lijst in.",
            Kind::Links => "Er staan meer dan drie links in.",
        }
    }

    /// What the member is told. It names no word of the list and repeats no number: others may be looking on.
    pub fn for_member(&self) -> &'static str {
        match self.kind {
            Kind::Bsn => {
                "In uw tekst staat een nummer dat op een burgerservicenummer lijkt. Zet zo'n nummer nooit op de site."
            }
            Kind::Phone => {
                "In uw tekst staat een telefoonnummer. Iedereen kan dat lezen. Haal het weg als het van een persoon is."
            }
            Kind::Account => "In uw tekst staat een rekeningnummer. Zet zo'n nummer liever niet op de site.",
            Kind::Mail => {
                "In uw tekst staat een mailadres. Iedereen kan dat lezen. Haal het weg als het van een persoon is."
            }
            Kind::Address => "In uw tekst staat een adres. Schrijf niet waar iemand woont.",
            Kind::Birth => {
                "In uw tekst staat wanneer iemand geboren is. Zo kan iemand te herkennen zijn. Noem liever een leeftijd."
            }
            Kind::Word => "Een moderator leest uw tekst voordat hij op de site komt.",
            Kind::Links => "In uw tekst staan veel links. Daarom leest een moderator hem eerst.",
        }
    }

    /// What is said of it where nobody reads along: it is not taken until it is out.
    pub fn for_profile(&self) -> &'static str {
        match self.kind {
            Kind::Bsn => "Hier staat een nummer in dat op een burgerservicenummer lijkt. Haal het weg.",
            Kind::Phone => "Hier staat een telefoonnummer in. Haal het weg: anderen lezen dit.",
            Kind::Account => "Hier staat een rekeningnummer in. Haal het weg: anderen lezen dit.",
            Kind::Mail => "Hier staat een mailadres in. Haal het weg: anderen lezen dit.",
            Kind::Address => "Hier staat een adres in. Haal het weg: anderen lezen dit.",
            Kind::Birth => "Hier staat in wanneer iemand geboren is. Haal het weg: anderen lezen dit.",
            Kind::Word => "Dit kan hier zo niet staan. Kies andere woorden.",
            Kind::Links => "Hier staan te veel links in. Haal er een paar weg.",
        }
    }
}

/// What is looked through of something that was written: its title and its text.
pub fn whole(title: Option<&str>, text: &str) -> String {
    format!("{}\n{text}", title.unwrap_or_default())
}

/// Everything in a text for which it must wait, in the order of the text. Nothing is found twice: of two that overlap,
/// the first of [`Kind`] counts, but a word of the list counts beside everything.
pub fn reasons(text: &str, words: &[String]) -> Vec<Hold> {
    let folded = Folded::new(text);
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut add = |kind: Kind, ranges: Vec<Range<usize>>| {
        for range in ranges {
            let free =
                |(_, other): &(Kind, Range<usize>)| other.end <= range.start || range.end <= other.start;
            if kind == Kind::Word || found.iter().all(free) {
                found.push((kind, range));
            }
        }
    };
    let numbers = numbers::groups(&folded.text);
    let dates = dates::dates(&folded.text, &numbers);
    // The longest come first: what is left over of a telephone number may pass for something else.
    add(Kind::Mail, contact::mails(&folded));
    add(Kind::Account, numbers::accounts(&folded.text));
    add(Kind::Birth, dates::births(&folded, text, &dates));
    add(Kind::Phone, numbers::phones(&folded.text, &numbers, &dates));
    add(Kind::Bsn, numbers::citizens(&folded, &numbers, &dates));
    add(Kind::Address, contact::addresses(&folded.text, text, &folded));
    add(Kind::Links, contact::links(&folded.text).into_iter().collect());
    add(Kind::Word, words::found(&folded, words));
    let mut holds: Vec<Hold> =
        found.into_iter().map(|(kind, range)| Hold { kind, found: folded.in_text(range) }).collect();
    holds.sort_by_key(|hold| (hold.found.start, hold.kind));
    holds
}
