//! A letter as it travels. In: a letter, who sends it, and what only this mail has: its id and its time. Out: who it goes
//! to, and bytes after RFC 5322 that any mail server takes: ASCII, short lines, everything else encoded.

use std::time::{Duration, SystemTime};

use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, Message};

use super::{Letter, Refused, address, is_plain};
use crate::accepted::text::one_line;

/// Who sends: a name, an address, and the host that ids are made unique with.
#[derive(Debug, Clone)]
pub struct Sender {
    from: Mailbox,
    host: String,
}

impl Sender {
    /// A sender; the host is that of the site.
    pub fn new(name: &str, mail: &str, host: &str) -> Result<Self, Refused> {
        let label = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
        if host.is_empty() || !host.bytes().all(label) {
            return Err(Refused::Header);
        }
        Ok(Sender { from: mailbox(Some(one_line(name)), mail)?, host: host.to_ascii_lowercase() })
    }

    /// The host of the site.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// What only this mail has.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// Names this mail; sent again it has the same. Letters, digits and dashes.
    pub id: &'a str,
    /// When it was written, in seconds since 1970.
    pub seconds: u64,
}

/// The way a mail goes, and its bytes.
pub fn written(letter: &Letter, sender: &Sender, stamp: Stamp<'_>) -> Result<(Envelope, Vec<u8>), Refused> {
    let visible = |text: &str| !text.is_empty() && !text.contains(char::is_control);
    if !visible(&letter.subject) || !is_id(stamp.id) {
        return Err(Refused::Header);
    }
    let time =
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(stamp.seconds)).ok_or(Refused::Header)?;
    let mut mail = Message::builder()
        .from(sender.from.clone())
        .to(mailbox(None, &letter.to)?)
        .subject(letter.subject.as_str())
        .date(time)
        .message_id(Some(format!("<{}@{}>", stamp.id, sender.host)))
        // No machine answers: neither those that keep to the standard, nor those that have one of their own.
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        .raw_header(header("X-Auto-Response-Suppress", "All")?)
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN);
    for (name, value) in &letter.headers {
        mail = mail.raw_header(header(name, value)?);
    }
    let mail = mail.body(letter.text.clone()).map_err(|_| Refused::Header)?;
    Ok((mail.envelope().clone(), mail.formatted()))
}

/// Whether an id can stand in a header and in the name of a file.
pub(super) fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn mailbox(name: Option<String>, mail: &str) -> Result<Mailbox, Refused> {
    let mail = address(mail)?.parse().map_err(|_| Refused::Address)?;
    Ok(Mailbox::new(name.filter(|name| !name.is_empty()), mail))
}

/// A header of ours, as it is: it is ASCII, and one that is too long for a line is refused rather than broken.
fn header(name: &str, value: &str) -> Result<HeaderValue, Refused> {
    if !is_plain(value) || value.is_empty() || value.len() > 900 {
        return Err(Refused::Header);
    }
    let right = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let name = HeaderName::new_from_ascii(name.to_owned()).ok().filter(|_| right).ok_or(Refused::Header)?;
    Ok(HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned()))
}
