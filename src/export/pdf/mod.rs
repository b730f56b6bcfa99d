//! PDF for who prints or files: PDF/UA-1, tagged, with its fonts in it. In: a document and the fonts of the theme. Out:
//! bytes that are the same every time, the number of pages, and the signs that no font has.
//!
//! | file | what it answers |
//! |---|---|
//! | [`press`] | what the typesetter may see: the sheet, the document as data, pictures, fonts |
//! | [`signs`] | which signs can be printed |
//!
//! `sheet.typ` says how it looks.

mod press;
mod signs;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::document::{Document, Words};

pub use press::Fonts;

/// A PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Signs of the text that no font has; each stands as a replacement sign in the PDF.
    pub unprintable: Vec<char>,
}

/// Prints a document; a sentence when it cannot be.
pub fn print(document: &Document, words: &Words, fonts: &Fonts) -> Result<Printed, String> {
    let (data, unprintable) = press::data(document, words, fonts)?;
    let press = press::Press::new(data, &document.pictures, fonts);
    let set = typst::compile::<PagedDocument>(&press).output.map_err(|faults| told(&faults))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|fault| fault.message().to_string())?;
    let options = PdfOptions {
        ident: Smart::Custom(document.url.clone()),
        creator: Smart::Custom(Some("Praktijk".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&set, &options).map_err(|faults| told(&faults))?;
    // What the typesetter remembers helps with the next document, and would otherwise grow with each.
    typst::comemo::evict(5);
    Ok(Printed { bytes, pages: set.pages().len(), unprintable })
}

/// The first of the typesetter's complaints; the others follow from it.
fn told(faults: &[SourceDiagnostic]) -> String {
    match faults.first() {
        Some(fault) => format!("The typesetter cannot set this page: {}.", fault.message),
        None => "The typesetter cannot set this page.".to_owned(),
    }
}

#[cfg(test)]
mod tests;
