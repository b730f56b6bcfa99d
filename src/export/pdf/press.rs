//! What the typesetter may see. In: a document, its pictures and fonts. Out: the few files it can open; there is no disk,
//! no network and no clock for it.

use serde_json::{Value, json};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use super::signs;
use crate::export::document::{Document, PictureFile, Words};

/// The fonts that can be used, and what the typesetter knows by itself. Made once for many documents.
pub struct Fonts {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The families for text, the best first.
    families: Vec<String>,
}

/// Of the fonts that come with the typesetter, those for text. The others are for formulas.
const BUILT_IN: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];
const FOR_CODE: &str = "DejaVu Sans Mono";

impl Fonts {
    /// Fonts from the bytes of TrueType or OpenType files, those of the theme. The family of the first is the one for
    /// text; where it lacks a sign, and when there is none, the built-in fonts stand in.
    pub fn new(files: &[Vec<u8>]) -> Fonts {
        let own: Vec<Font> = files.iter().flat_map(|bytes| Font::iter(Bytes::new(bytes.clone()))).collect();
        let built_in = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes)));
        let built_in = built_in.filter(|font| BUILT_IN.contains(&font.info().family.as_str()));
        let mut families: Vec<String> =
            own.first().map(|font| font.info().family.as_str().to_owned()).into_iter().collect();
        families.extend(BUILT_IN.map(str::to_owned));
        let fonts: Vec<Font> = own.iter().cloned().chain(built_in).collect();
        // Cells that name a row are headers too; the typesetter counts that among its newest abilities.
        let features: Features = [Feature::A11yExtras].into_iter().collect();
        Fonts {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            families,
        }
    }

    /// Whether one of the fonts for text has a sign.
    pub(super) fn have(&self, sign: char) -> bool {
        let in_use = |font: &&Font| self.families.iter().any(|family| *family == font.info().family.as_str());
        self.fonts.iter().filter(in_use).any(|font| font.info().coverage.contains(u32::from(sign)))
    }
}

/// The document as the sheet reads it, and the signs in it that no font has.
pub(super) fn data(document: &Document, words: &Words, fonts: &Fonts) -> Result<(Value, Vec<char>), String> {
    let mut data = serde_json::to_value(document).map_err(|fault| fault.to_string())?;
    let date = document.date.filter(|(year, month, day)| {
        (0..=9999).contains(year) && Datetime::from_ymd(*year, *month, *day).is_some()
    });
    let version = (!document.version.is_empty()).then(|| format!("{} {}", words.version, document.version));
    let edition: Vec<String> = version.into_iter().chain(date.map(|date| words.date(date))).collect();
    let facts: Vec<Value> =
        document.table(words).iter().map(|fact| json!({"label": fact.label, "of": fact.inlines()})).collect();
    let (lang, region) = language(&document.language);
    data["date"] = json!(date);
    data["edition"] = json!(edition);
    data["facts"] = json!(facts);
    data["short-title"] = json!(shortened(&document.title));
    data["words"] = serde_json::to_value(words).map_err(|fault| fault.to_string())?;
    let unprintable = signs::replace(&mut data, &|sign| fonts.have(sign));
    data["lang"] = json!(lang);
    data["region"] = json!(region);
    data["fonts"] = json!(fonts.families);
    data["code-fonts"] = json!([FOR_CODE, fonts.families.first()]);
    Ok((data, unprintable))
}

/// A title that fits into the head of a page.
fn shortened(title: &str) -> String {
    const LONGEST: usize = 60;
    if title.chars().count() <= LONGEST {
        return title.to_owned();
    }
    let short: String = title.chars().take(LONGEST).collect();
    let whole = short.rfind(' ').map_or(short.as_str(), |end| &short[..end]);
    format!("{whole}…")
}

/// A language and its region as the typesetter takes them: two or three letters, two letters.
fn language(tag: &str) -> (String, Option<String>) {
    let letters = |part: &&str, most: usize| {
        (2..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic())
    };
    let mut parts = tag.split(['-', '_']);
    let lang = parts.next().filter(|part| letters(part, 3)).unwrap_or("en");
    let region = parts.next().filter(|part| letters(part, 2));
    (lang.to_ascii_lowercase(), region.map(str::to_ascii_uppercase))
}

/// The typesetter's world while it sets one document.
pub(super) struct Press<'a> {
    fonts: &'a Fonts,
    main: Source,
    data: Bytes,
    pictures: Vec<(&'a str, Bytes)>,
}

const SHEET: &str = include_str!("sheet.typ");

impl<'a> Press<'a> {
    /// A world that holds the sheet, the data and the pictures.
    pub(super) fn new(data: Value, pictures: &'a [PictureFile], fonts: &'a Fonts) -> Press<'a> {
        let pictures = pictures
            .iter()
            .map(|picture| (picture.name.as_str(), Bytes::new(picture.bytes.clone())))
            .collect();
        Press { fonts, main: Source::detached(SHEET), data: Bytes::from_string(data.to_string()), pictures }
    }
}

impl World for Press<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.fonts.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        if path == "document.json" {
            return Ok(self.data.clone());
        }
        let picture = self.pictures.iter().find(|(name, _)| *name == path);
        picture.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
