//! The mails of the endpoint. In: what happened, to whom, and where the site is. Out: a letter, its bytes, and whether it
//! was taken by a mail server or written to a folder.
//!
//! A mail may be read by somebody else at the kitchen table. So none holds a word of what members wrote, and none greets
//! by name: a name that somebody chose would else travel in our mails to whomever they please.
//!
//! | file | what it answers |
//! |---|---|
//! | [`compose`] | what happened → a letter in plain Dutch |
//! | [`message`] | a letter → the bytes that travel |
//! | [`deliver`] | bytes → a mail server, or a file in a folder |
//! | [`queue`] | what waits in the store, and sending it |

pub mod compose;
pub mod deliver;
#[cfg(test)]
mod fake;
pub mod message;
pub mod queue;
#[cfg(test)]
mod tests;

use std::fmt;

/// A mail that is to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address it goes to; nothing else in it names the reader.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// Headers besides those that every mail has.
    pub headers: Vec<(String, String)>,
}

impl fmt::Debug for Letter {
    /// Nothing that a log must not know: the text may hold a key, and the address is somebody's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// Why there is no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The address is none that mail can be sent to.
    Address,
    /// A header would end where it must not, or hold what cannot travel.
    Header,
    /// A link would lead away from the site.
    Link,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::Address => "Dit is geen mailadres waar wij naartoe kunnen mailen.",
            Refused::Header => "Een regel boven de mail heeft tekens die daar niet mogen staan.",
            Refused::Link => "Een link in de mail leidt weg van de site.",
        })
    }
}

/// A mail address as we keep it: without spaces around it, its domain in small letters and in ASCII. What stands before
/// the `@` stays as it was typed, for only its owner's server knows whether capitals count.
pub fn address(typed: &str) -> Result<String, Refused> {
    let (local, domain) = typed.trim().rsplit_once('@').ok_or(Refused::Address)?;
    let atoms = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    let url::Host::Domain(domain) = url::Host::parse(domain).map_err(|_| Refused::Address)? else {
        return Err(Refused::Address);
    };
    let labels = |label: &str| {
        let plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        plain && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let right = local.len() <= 64
        && local.split('.').all(atoms)
        && domain.contains('.')
        && domain.split('.').all(labels)
        && local.len() + domain.len() < 254;
    if right { Ok(format!("{local}@{domain}")) } else { Err(Refused::Address) }
}

/// Whether a text may stand in a header as it is: one line of ASCII that can be seen.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
