//! Reactions of members as data: what one is, the file of those that were accepted, and what the settings of a site say of
//! them. `accepted::published` reads and writes the file; `resolve::threads` knows which pages take which kinds.

use serde::{Deserialize, Serialize};

/// What somebody wrote. The words are those of files, forms and declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A question.
    #[serde(rename = "vraag")]
    Question,
    /// A remark.
    #[serde(rename = "opmerking")]
    Remark,
    /// What somebody went through or did.
    #[serde(rename = "ervaring")]
    Experience,
    /// Something wanted or offered, for a while.
    #[serde(rename = "bericht")]
    Notice,
    /// What answers any of the others, one level below it.
    #[serde(rename = "antwoord")]
    Answer,
}

/// The kinds that a page can take. An answer comes with whatever it answers.
pub const TAKEN: [Kind; 4] = [Kind::Question, Kind::Remark, Kind::Experience, Kind::Notice];

/// What a notice can be.
pub const NOTICES: [&str; 3] = ["gezocht", "aangeboden", "oproep"];

/// The variable by which whoever has a site built says of which revision it must be, at least.
pub const WANTED: &str = "REACTIES_REVISIE";

/// Something that a member wrote and that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reaction {
    /// A ULID: 26 signs, sortable by time.
    pub id: String,
    /// The id of the page, which stays the same when the page moves.
    pub page: String,
    /// What it answers, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The name that the member shows.
    pub author: String,
    /// The organisation or function, as the member wants it shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Whether the member is a moderator or looks after the site.
    #[serde(default)]
    pub staff: bool,
    /// The text, with nothing in it but what `accepted::text` allows.
    pub html: String,
    /// When it was written: `2026-11-22T09:00:00Z`.
    pub created: String,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
    /// Whether it is the answer that was chosen.
    #[serde(default)]
    pub chosen: bool,
    /// What a notice is: one of [`NOTICES`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The last day on which it counts: `2027-01-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// Every reaction that was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Published {
    /// Grows with every change.
    pub revision: u64,
    /// The reactions by page, then by id.
    pub items: Vec<Reaction>,
}

/// What the build does about reactions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Where accepted reactions come from; none means that none are shown.
    pub source: Option<Source>,
    /// The facet whose values can limit what a moderator may judge.
    pub scope: Option<String>,
}

/// Where accepted reactions come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// Nowhere: none are shown.
    Nothing,
    /// A file, from the root of the site.
    File(String),
    /// The database of the endpoint.
    Database(String),
    /// The endpoint itself, over https or on this very machine.
    Endpoint(String),
}

impl Kind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Question => "vraag",
            Kind::Remark => "opmerking",
            Kind::Experience => "ervaring",
            Kind::Notice => "bericht",
            Kind::Answer => "antwoord",
        }
    }

    /// The kind that a page can take under a word.
    pub fn taken(word: &str) -> Option<Kind> {
        TAKEN.into_iter().find(|kind| kind.word() == word)
    }
}

impl Reaction {
    /// Whether its last day is over.
    pub fn is_expired(&self, today: &str) -> bool {
        self.expires.as_deref().is_some_and(|day| day < today)
    }
}

impl Published {
    /// The reactions of a page.
    pub fn of_page(&self, id: &str) -> &[Reaction] {
        let from = self.items.partition_point(|item| item.page.as_str() < id);
        let count = self.items[from..].partition_point(|item| item.page == id);
        &self.items[from..from + count]
    }
}

impl Source {
    /// Understands what was written. The fault is a sentence that says what to write.
    pub fn parse(text: &str) -> Result<Source, String> {
        let text = text.trim();
        if text.is_empty() || text == "none" {
            return Ok(Source::Nothing);
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            return match path {
                "" => Err("Write the path of the database behind `sqlite:`.".to_owned()),
                path => Ok(Source::Database(path.to_owned())),
            };
        }
        if text.contains("://") {
            return match url::Url::parse(text) {
                Ok(url) if url.scheme() == "https" || is_loopback(&url) => {
                    Ok(Source::Endpoint(text.to_owned()))
                }
                Ok(url) if url.scheme() == "http" => {
                    Err("Write `https://`: over `http://` anybody on the way could change what members said."
                        .to_owned())
                }
                _ => Err("Write an address that begins with `https://`.".to_owned()),
            };
        }
        let leads_out =
            text.starts_with('/') || text.contains('\\') || text.split('/').any(|part| part == "..");
        if leads_out {
            return Err(
                "Write the path of a file within the site, from its root, such as `reacties.ndjson`."
                    .to_owned(),
            );
        }
        Ok(Source::File(text.trim_start_matches("./").to_owned()))
    }
}

/// Whether an address is one of this very machine, reached without leaving it.
pub fn is_loopback(url: &url::Url) -> bool {
    let own = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    own && matches!(url.scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_safe_or_refused() {
        for (text, expected) in [
            ("none", Ok(Source::Nothing)),
            ("./reacties.ndjson", Ok(Source::File("reacties.ndjson".to_owned()))),
            ("data/r.ndjson", Ok(Source::File("data/r.ndjson".to_owned()))),
            ("sqlite:/var/lib/r.db", Ok(Source::Database("/var/lib/r.db".to_owned()))),
            ("https://e.org/x", Ok(Source::Endpoint("https://e.org/x".to_owned()))),
            ("http://127.0.0.1:8088/x", Ok(Source::Endpoint("http://127.0.0.1:8088/x".to_owned()))),
            ("http://[::1]/x", Ok(Source::Endpoint("http://[::1]/x".to_owned()))),
            ("http://localhost/x", Ok(Source::Endpoint("http://localhost/x".to_owned()))),
            ("http://e.org/x", Err("`https://`")),
            ("http://127.0.0.1.e.org/x", Err("`https://`")),
            ("http://localhost.e.org/x", Err("`https://`")),
            ("ftp://localhost/x", Err("`https://`")),
            ("file:///etc/passwd", Err("`https://`")),
            ("sqlite:", Err("`sqlite:`")),
            ("../r.ndjson", Err("within the site")),
            ("a/../../r.ndjson", Err("within the site")),
            ("/etc/passwd", Err("within the site")),
            ("a\\..\\r", Err("within the site")),
        ] {
            match (Source::parse(text), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{text}"),
                (Err(said), Err(words)) => assert!(said.contains(words), "{text}: {said}"),
                (found, _) => panic!("{text}: {found:?}"),
            }
        }
    }

    #[test]
    fn words_are_those_of_the_files() {
        for kind in TAKEN.into_iter().chain([Kind::Answer]) {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
            assert_eq!(Kind::taken(kind.word()), (kind != Kind::Answer).then_some(kind));
        }
        assert_eq!(Kind::taken("Vraag"), None);
    }

    #[test]
    fn the_last_day_still_counts() {
        let text = r#"{"id":"x","page":"p","kind":"bericht","author":"A","html":"","created":"c","expires":"2026-11-22"}"#;
        let notice: Reaction = serde_json::from_str(text).unwrap();
        assert!(!notice.is_expired("2026-11-22") && notice.is_expired("2026-11-23"));
    }

    #[test]
    fn a_page_has_its_own_and_no_namesakes() {
        let text = |page: &str, id: &str| {
            let text = format!(
                r#"{{"id":"{id}","page":"{page}","kind":"vraag","author":"A","html":"","created":"c"}}"#
            );
            serde_json::from_str::<Reaction>(&text).unwrap()
        };
        let items = vec![text("a", "1"), text("a", "2"), text("a/b", "3"), text("ab", "4")];
        let published = Published { revision: 1, items };
        let ids = |page| published.of_page(page).iter().map(|item| item.id.as_str()).collect::<Vec<_>>();
        assert_eq!(
            (ids("a"), ids("a/b"), ids("b"), ids("ab")),
            (vec!["1", "2"], vec!["3"], vec![], vec!["4"])
        );
    }
}
