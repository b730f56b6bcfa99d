//! The few words a document needs of its own. In: the tag of a language and what the site calls them. Out: the words.

use serde::Serialize;

use crate::model::date::DUTCH_MONTHS;

/// Words around the text, in the language of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Before the number of a page.
    pub page: String,
    /// Between the number of a page and how many there are.
    pub of: String,
    /// Before a version.
    pub version: String,
    /// Before a licence.
    pub licence: String,
    /// Before names.
    pub authors: String,
    /// Above the list of abbreviations.
    pub abbreviations: String,
    /// Before what a picture shows, where the picture itself cannot be.
    pub picture: String,
    /// Before an address on the web.
    pub address: String,
    /// Above the list of files in a package.
    pub contents: String,
    /// The folder of attachments in a package.
    pub attachments: String,
    /// The file in a package that says what is in it.
    pub read_me: String,
    /// After a number of pages.
    pub pages: String,
    /// For what is so.
    pub yes: String,
    /// The names of the months; none means that dates are written as numbers.
    pub months: Vec<String>,
}

impl Words {
    /// The words of a language: those of the site where `told` knows them, else Dutch for Dutch and English for any other.
    /// Keys are `document_page`, `document_of` and so on.
    pub fn of(language: &str, told: &dyn Fn(&str) -> Option<String>) -> Words {
        let dutch = language.split(['-', '_']).next() == Some("nl");
        let word = |key: &str, nl: &str, en: &str| {
            told(&format!("document_{key}")).unwrap_or_else(|| if dutch { nl } else { en }.to_owned())
        };
        let months = if dutch { DUTCH_MONTHS } else { ENGLISH_MONTHS };
        Words {
            page: word("page", "pagina", "page"),
            of: word("of", "van", "of"),
            version: word("version", "versie", "version"),
            licence: word("licence", "Licentie", "Licence"),
            authors: word("authors", "Door", "By"),
            abbreviations: word("abbreviations", "Afkortingen", "Abbreviations"),
            picture: word("picture", "Afbeelding", "Picture"),
            address: word("address", "Adres op het web", "Address on the web"),
            contents: word("contents", "In dit pakket", "In this package"),
            attachments: word("attachments", "bijlagen", "attachments"),
            read_me: word("read_me", "LEESMIJ.txt", "README.txt"),
            pages: word("pages", "pagina’s", "pages"),
            yes: word("yes", "ja", "yes"),
            months: if dutch || language.starts_with("en") {
                months.iter().map(|month| (*month).to_owned()).collect()
            } else {
                Vec::new()
            },
        }
    }

    /// A date in words: `28 september 2026`.
    pub fn date(&self, (year, month, day): (i32, u8, u8)) -> String {
        match self.months.get(usize::from(month).wrapping_sub(1)) {
            Some(name) => format!("{day} {name} {year}"),
            None => format!("{year:04}-{month:02}-{day:02}"),
        }
    }
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_language_does() {
        let none = |_: &str| None;
        assert_eq!(Words::of("nl-NL", &none).date((2026, 3, 1)), "1 maart 2026");
        assert_eq!(Words::of("en", &none).date((2026, 3, 1)), "1 March 2026");
        assert_eq!(Words::of("de", &none).date((2026, 3, 1)), "2026-03-01");
        assert_eq!(Words::of("nl", &none).date((2026, 13, 1)), "2026-13-01");
    }

    #[test]
    fn the_site_has_the_last_word() {
        let told = |key: &str| (key == "document_page").then(|| "blad".to_owned());
        let words = Words::of("nl", &told);
        assert_eq!((words.page.as_str(), words.of.as_str()), ("blad", "van"));
    }
}
