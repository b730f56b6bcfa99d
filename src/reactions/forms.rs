//! The body of a form, and what stands behind the `?` of an address. In: `application/x-www-form-urlencoded` bytes.
//! Out: fields with their values as text, or the reason why it is taken for no form of ours.
//!
//! Browsers write it in one way only, so whatever is not well written comes from somebody else. Two fields of one name
//! are refused: what looks at the first and what looks at the last would see different things.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The most fields.
pub const FIELDS: usize = 64;
/// The most characters of a name.
pub const NAME: usize = 64;
/// The most characters of a value.
pub const VALUE: usize = 20_000;

/// The fields of one form, in the order in which they came.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fields(Vec<(String, String)>);

impl fmt::Debug for Fields {
    /// The names only: values are passwords and letters of people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Fields {
    /// The value of a field; none when it was not sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The value of a field; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Whether a box was ticked: browsers send it then only, with whatever value it has.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Why a body is no form of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// More than [`FIELDS`].
    TooManyFields,
    /// A field without a name, or with one longer than [`NAME`].
    Name,
    /// A value longer than [`VALUE`].
    TooLong,
    /// Two fields of one name.
    Twice,
    /// A `%` without two hexadecimal digits, a byte that must be written with one, or no UTF-8.
    Encoding,
    /// A control character other than a tab or the end of a line.
    Control,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::TooManyFields => "Het formulier heeft te veel velden.",
            Fault::Name => "Een veld van het formulier heeft geen goede naam.",
            Fault::TooLong => "De tekst is veel te lang. Ga terug en maak hem korter.",
            Fault::Twice => "Een veld van het formulier is dubbel verstuurd.",
            Fault::Encoding => "Het formulier is beschadigd aangekomen. Stuur het nog een keer.",
            Fault::Control => "Er staan tekens in de tekst die wij niet kunnen lezen.",
        })
    }
}

/// Reads a body. An empty one is a form without fields.
pub fn parse(body: &[u8]) -> Result<Fields, Fault> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        if fields.len() == FIELDS {
            return Err(Fault::TooManyFields);
        }
        let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let name = decoded(&pair[..end])?;
        let value = decoded(pair.get(end + 1..).unwrap_or_default())?;
        if name.is_empty() || name.contains(['\n', '\t']) || name.chars().count() > NAME {
            return Err(Fault::Name);
        }
        if value.chars().count() > VALUE {
            return Err(Fault::TooLong);
        }
        if fields.iter().any(|(other, _)| *other == name) {
            return Err(Fault::Twice);
        }
        fields.push((name, value));
    }
    Ok(Fields(fields))
}

/// One name or value as text: decoded once, with `\n` at the end of lines, composed (NFC).
fn decoded(written: &[u8]) -> Result<String, Fault> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match (rest.next().and_then(digit), rest.next().and_then(digit)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(Fault::Encoding),
            },
            0x21..=0x7e => byte,
            _ => return Err(Fault::Encoding),
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| Fault::Encoding)?.replace("\r\n", "\n");
    if text.chars().any(|c| c.is_ascii_control() && c != '\n' && c != '\t') {
        return Err(Fault::Control);
    }
    Ok(text.nfc().collect())
}

fn digit(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::testing::{Chance, damaged};

    fn fields(body: &str) -> Vec<(String, String)> {
        parse(body.as_bytes()).expect("a form").0
    }

    #[test]
    fn what_is_not_well_written_is_refused() {
        for (body, fault) in [
            ("a=%", Fault::Encoding),
            ("a=%4", Fault::Encoding),
            ("a=%4g", Fault::Encoding),
            ("a=%+1", Fault::Encoding),
            ("a=%u0041", Fault::Encoding),
            ("a=%ff", Fault::Encoding),
            ("a=%c3", Fault::Encoding),
            ("a=%c0%af", Fault::Encoding),
            ("a=%ed%a0%80", Fault::Encoding),
            ("a=%f4%90%80%80", Fault::Encoding),
            ("a=é", Fault::Encoding),
            ("a=b c", Fault::Encoding),
            ("a=b\nc", Fault::Encoding),
            ("a=%00", Fault::Control),
            ("a=%1b%5b31m", Fault::Control),
            ("a=%7f", Fault::Control),
            ("a=b%0dc", Fault::Control),
            ("%00=b", Fault::Control),
            ("=b", Fault::Name),
            ("a%0ab=c", Fault::Name),
            ("a=1&a=1", Fault::Twice),
            ("a=1&%61=2", Fault::Twice),
            ("e%cc%81=1&%c3%a9=2", Fault::Twice),
            ("a&a", Fault::Twice),
        ] {
            assert_eq!(parse(body.as_bytes()), Err(fault), "{body}");
        }
    }

    #[test]
    fn sizes_end_where_they_say() {
        let many = |count: usize| (0..count).map(|at| format!("f{at}=1")).collect::<Vec<_>>().join("&");
        assert!(parse(many(FIELDS).as_bytes()).is_ok());
        assert_eq!(parse(many(FIELDS + 1).as_bytes()), Err(Fault::TooManyFields));
        assert!(parse("é".repeat(0).as_bytes()).is_ok());
        let value = |count: usize| format!("a={}", "%c3%a9".repeat(count));
        assert!(parse(value(VALUE).as_bytes()).is_ok());
        assert_eq!(parse(value(VALUE + 1).as_bytes()), Err(Fault::TooLong));
        assert!(parse("a".repeat(NAME).as_bytes()).is_ok());
        assert_eq!(parse("a".repeat(NAME + 1).as_bytes()), Err(Fault::Name));
    }

    #[test]
    fn values_are_decoded_once() {
        let read = fields("tekst=een+twee%2B%252B%0D%0Adrie%09%26%3D&leeg=&zonder&e=e%CC%81&x==y=");
        let expected =
            [("tekst", "een twee+%2B\ndrie\t&="), ("leeg", ""), ("zonder", ""), ("e", "é"), ("x", "=y=")];
        assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(fields(""), []);
        assert_eq!(fields("&a=1&&").len(), 1);
    }

    #[test]
    fn fields_are_asked_by_name() {
        let read = parse(b"a=1&b=").expect("a form");
        assert_eq!((read.get("a"), read.get("b"), read.get("c")), (Some("1"), Some(""), None));
        assert_eq!((read.text("c"), read.ticked("a"), read.ticked("b")), ("", true, false));
        assert_eq!(read.iter().count(), 2);
        assert_eq!(format!("{:?}", parse(b"wachtwoord=geheim").expect("a form")), r#"["wachtwoord"]"#);
    }

    #[test]
    fn whatever_comes_is_read_or_refused() {
        let samples: [&[u8]; 4] = [
            b"pagina=praktijkvoorbeelden%2Fverbinding-leiden&soort=vraag&tekst=Hoe+gaat+het%3F%0D%0ADank&formulier=abc",
            b"a=%F0%9F%91%A9&b=%e2%82%ac&c=%00&d",
            b"a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9",
            b"%25=%25&+=+&%2b=%2B",
        ];
        let mut chance = Chance::new(3);
        let mut good = 0;
        for _ in 0..20_000 {
            let Ok(read) = parse(&damaged(&mut chance, &samples)) else { continue };
            good += 1;
            assert!(read.0.len() <= FIELDS);
            for (at, (name, value)) in read.0.iter().enumerate() {
                assert!(!name.is_empty() && name.chars().count() <= NAME && value.chars().count() <= VALUE);
                assert!(!value.chars().any(|c| c.is_ascii_control() && c != '\n' && c != '\t'), "{value:?}");
                assert!(read.0[..at].iter().all(|(other, _)| other != name));
            }
            // Written again it is the same form.
            let again: Vec<String> =
                read.iter().map(|(name, value)| format!("{}={}", written(name), written(value))).collect();
            assert_eq!(parse(again.join("&").as_bytes()), Ok(read));
        }
        assert!(good > 2000, "{good}");
    }

    fn written(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02X}")).collect()
    }
}
