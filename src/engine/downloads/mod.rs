//! The files that are made of a page to take along, as its kind declares them: PDF, Word document, and a ZIP with both and
//! the attachments. In: the text and the front matter of a page. Out: files beside the page, and what templates may tell
//! of them.
//!
//! | file | what it answers |
//! |---|---|
//! | [`facts`] | what the front matter says, as a document |
//! | [`attached`] | which files a page names, and where they are |
//!
//! What depends on the whole site, such as the title of a page that a fact names, is part of the identity of the job; what
//! depends on one text or file is asked of the tracer. So a download is made again when its own page changed.

mod attached;
mod facts;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::query::Query;
use super::tracer::Tracer;
use super::world::World;
use crate::base::{Artifact, Diagnostic, Hash128, OutPath, SourcePath, hash_of};
use crate::export::document::{self, Document, Surroundings, Words};
use crate::export::{docx, package};
use crate::model::Json;
use crate::model::kind::{Download, Format, Kind};
use crate::render::Shelf;
use crate::resolve::{ContentId, Page, PageId};
use crate::template::Lookup;
use attached::Attachment;

/// The fonts of downloads, read when the first is printed. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Fonts(
    #[cfg(feature = "pdf")] std::sync::Arc<std::sync::OnceLock<crate::export::pdf::Fonts>>,
);

/// The pages that something is made of to take along.
pub(super) fn pages(world: &World, diagnostics: &mut Vec<Diagnostic>) -> Vec<PageId> {
    if !cfg!(feature = "pdf") {
        let wants = |kind: &&Kind| kind.downloads.iter().any(|download| download.format == Format::Pdf);
        diagnostics.extend(world.config.kinds.iter().find(wants).map(without_pdf));
    }
    let ids = world.site.page_ids().map(|(id, _)| id);
    ids.filter(|id| kind_of(*id, world).is_some_and(|kind| !formats(kind).is_empty())).collect()
}

fn without_pdf(kind: &Kind) -> Diagnostic {
    let message =
        format!("PDFs are left out, such as those of the kind `{}`: this program cannot print.", kind.name);
    Diagnostic::warning("download/no-pdf", message)
        .hint("Take a program that was built with the cargo feature `pdf`, which is on unless somebody turned it off.")
}

/// Where the files of a page go.
pub(super) fn outputs(id: PageId, world: &World) -> Vec<OutPath> {
    let page = world.site.page(id);
    let formats = kind_of(id, world).map(formats).unwrap_or_default();
    formats.into_iter().map(|download| output(page, download.format)).collect()
}

/// The identity of all about the files of a page that no single text or file says.
pub(super) fn subject(id: PageId, world: &World) -> Hash128 {
    let Some(kind) = kind_of(id, world) else { return Hash128::ABSENT };
    let words = words(id, world);
    let known = (facts::document(id, kind, &words, world), &words, &kind.downloads);
    let known = serde_json::to_string(&known).unwrap_or_default();
    let outputs: Vec<String> = outputs(id, world).iter().map(|path| path.as_str().to_owned()).collect();
    let attached: Vec<(String, bool)> = attached::of(id, kind, world)
        .into_iter()
        .map(|attachment| (attachment.written, attachment.source.is_some()))
        .collect();
    hash_of(&(known, outputs, attached, fonts(world)))
}

/// Makes the files of a page.
pub(super) fn make(id: PageId, tracer: &Tracer) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let world = tracer.world();
    let page = world.site.page(id);
    let Some(kind) = kind_of(id, world) else { return Ok(Vec::new()) };
    let files = attachments_of(id, kind, tracer)?;
    let words = words(id, world);
    let mut document = facts::document(id, kind, &words, world);
    let body = tracer.body(ContentId::Page(id)).unwrap_or_default();
    let pictures = |url: &str| picture(url, page, tracer);
    let around = Surroundings { url: &page.permalink, words: &words, pictures: &pictures };
    document::read(&body.html, &around, &mut document);
    let told = |code: &'static str| {
        move |sentence: String| vec![Diagnostic::error(code, sentence).in_file(&page.parsed.file.path)]
    };
    let printed = print(&document, &words, page, tracer).map_err(told("download/pdf"))?;
    let word = docx::write(&document, &words).map_err(told("download/docx"))?;
    let mut made = Vec::new();
    for download in formats(kind) {
        let path = output(page, download.format);
        made.push(match (download.format, &printed) {
            (Format::Pdf, Some((pdf, pages))) => artifact(path, pdf.clone(), Some(*pages)),
            (Format::Pdf, None) => continue,
            (Format::Docx, _) => artifact(path, word.clone(), None),
            (Format::Zip, _) => {
                let zip = Zip { document: &document, words: &words, slug: &page.slug, files: &files };
                let zip = zip.pack(printed.as_ref(), &word).map_err(told("download/zip"))?;
                artifact(path, zip, None)
            }
        });
    }
    Ok(made)
}

/// What templates may tell of the files of a page.
pub(super) fn listed(relative: &str, tracer: &Tracer) -> Json {
    tracer.note(Query::PageHead(relative.to_owned()));
    tracer.note(Query::Config);
    let world = tracer.world();
    let Some(id) = world.page_id(relative) else { return Json::Null };
    let Some(kind) = kind_of(id, world) else { return Json::Null };
    let page = world.site.page(id);
    let one = |download: &Download| {
        let path = output(page, download.format);
        tracer.note(Query::Output(path.as_str().to_owned()));
        let made = world.early_output(path.as_str())?;
        let about: Json = serde_json::from_str(made.about.as_deref().unwrap_or("{}")).unwrap_or_default();
        Some(json!({
            "format": download.format.ending(),
            "label": label(download),
            "url": format!("{}{}", page.permalink, path.file_name()),
            "name": path.file_name(),
            "size": made.size,
            "pages": about["pages"],
            "sha256": about["sha256"],
        }))
    };
    formats(kind).into_iter().filter_map(one).collect()
}

/// What templates may tell of the files that a page names.
pub(super) fn attachments(relative: &str, tracer: &Tracer) -> Json {
    tracer.note(Query::PageHead(relative.to_owned()));
    tracer.note(Query::Config);
    let world = tracer.world();
    let Some(id) = world.page_id(relative) else { return Json::Null };
    let Some(kind) = world.site.catalog.kind_of(id, &world.config) else { return Json::Null };
    let one = |attachment: Attachment| {
        for place in &attachment.places {
            tracer.has_file(place);
        }
        let Some(source) = &attachment.source else {
            tracer.complain(missing(&attachment, world.site.page(id), tracer));
            return None;
        };
        let bytes = tracer.file(source).ok().flatten()?;
        Some(json!({
            "field": attachment.field,
            "label": attachment.label,
            "name": source.file_name(),
            "url": attachment.url,
            "size": bytes.len(),
            "sha256": sha256(&bytes),
        }))
    };
    attached::of(id, kind, world).into_iter().filter_map(one).collect()
}

/// The kind of a page of which something is made.
fn kind_of(id: PageId, world: &World) -> Option<&Kind> {
    let page = world.site.page(id);
    let kind = world.site.catalog.kind_of(id, &world.config)?;
    let held_back = kind.downloads.iter().any(|download| {
        !download.unless.is_empty()
            && page.parsed.matter.extra.get(&download.unless) == Some(&Json::Bool(true))
    });
    (page.parsed.matter.render && !held_back).then_some(kind)
}

/// What is made of a page of a kind: each format once.
fn formats(kind: &Kind) -> Vec<&Download> {
    let mut formats: Vec<&Download> = Vec::new();
    for download in &kind.downloads {
        let can = cfg!(feature = "pdf") || download.format != Format::Pdf;
        if can && !formats.iter().any(|known| known.format == download.format) {
            formats.push(download);
        }
    }
    formats
}

fn label(download: &Download) -> &str {
    match (download.label.as_str(), download.format) {
        ("", Format::Pdf) => "PDF",
        ("", Format::Docx) => "Word",
        ("", Format::Zip) => "ZIP",
        (label, _) => label,
    }
}

fn output(page: &Page, format: Format) -> OutPath {
    let slug = if page.slug.is_empty() { "index" } else { &page.slug };
    OutPath::new(&page.path).join(&format!("{slug}.{}", format.ending()))
}

fn words(id: PageId, world: &World) -> Words {
    let lang = &world.site.page(id).parsed.file.lang;
    let options = world.config.language(lang);
    Words::of(lang, &|key| options?.translation(key).map(str::to_owned))
}

fn artifact(path: OutPath, bytes: Vec<u8>, pages: Option<usize>) -> Artifact {
    let about = json!({ "pages": pages, "sha256": sha256(&bytes) });
    Artifact::new(path, bytes).about(about.to_string())
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The attachments with their bytes; a complaint for each that is not there.
fn attachments_of(
    id: PageId,
    kind: &Kind,
    tracer: &Tracer,
) -> Result<Vec<(Attachment, Vec<u8>)>, Vec<Diagnostic>> {
    let page = tracer.world().site.page(id);
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for attachment in attached::of(id, kind, tracer.world()) {
        let bytes = attachment.source.as_ref().and_then(|source| tracer.file(source).ok().flatten());
        match bytes {
            Some(bytes) => files.push((attachment, bytes.to_vec())),
            None => faults.push(missing(&attachment, page, tracer)),
        }
    }
    // Only what the kind puts into the package goes there; all that is named must be there.
    files.retain(|(attachment, _)| {
        kind.downloads.iter().any(|download| download.attachments == attachment.field)
    });
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

fn missing(attachment: &Attachment, page: &Page, tracer: &Tracer) -> Diagnostic {
    let written = &attachment.written;
    let message = format!("The file `{written}` in `{}` is not there.", attachment.field);
    let places: Vec<String> = attachment.places.iter().map(|place| format!("`{place}`")).collect();
    let told = Diagnostic::error("download/missing", message)
        .hint(format!("Put it at one of these places, or take its name away: {}.", places.join(", ")));
    let file = &page.parsed.file.path;
    let text = tracer.file(file).ok().flatten();
    let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    match text.find(&format!("\"{written}\"")).or_else(|| text.find(written.as_str())) {
        Some(at) => {
            let quotes = if text[at..].starts_with('"') { 2 } else { 0 };
            told.at(file, at..at + written.len() + quotes)
        }
        None => told.in_file(file),
    }
}

/// The bytes of a picture at a URL of the site.
fn picture(url: &str, page: &Page, tracer: &Tracer) -> Option<Vec<u8>> {
    let world = tracer.world();
    let base = world.config.base_url.trim_end_matches('/');
    let path = url.split(['?', '#']).next()?.strip_prefix(base)?.trim_start_matches('/');
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?.into_owned();
    let own = path.strip_prefix(page.path.trim_start_matches('/'));
    let own = own.and_then(|below| page.assets.iter().find(|asset| asset.below == below));
    let theme = world.config.theme.as_ref().map(|theme| format!("themes/{theme}/static/{path}"));
    let places = [Some(format!("static/{path}")), theme, Some(format!("content/{path}"))];
    let places = places.into_iter().flatten().map(SourcePath::new);
    let mut places = own.map(|asset| asset.source.clone()).into_iter().chain(places);
    let source = places.find(|place| tracer.has_file(place))?;
    tracer.file(&source).ok().flatten().map(|bytes| bytes.to_vec())
}

/// The files of the theme's fonts.
fn fonts(world: &World) -> Vec<String> {
    let Some(theme) = &world.config.theme else { return Vec::new() };
    let folder = format!("themes/{theme}/fonts");
    let files = world.files.snapshot().below(&folder);
    let files = files.map(|(path, _)| path).filter(|path| matches!(path.extension(), Some("ttf" | "otf")));
    files.map(|path| path.as_str().to_owned()).collect()
}

/// The PDF and the number of its pages.
#[cfg(feature = "pdf")]
fn print(
    document: &Document,
    words: &Words,
    page: &Page,
    tracer: &Tracer,
) -> Result<Option<(Vec<u8>, usize)>, String> {
    let files: Vec<SourcePath> = fonts(tracer.world()).into_iter().map(SourcePath::new).collect();
    files.iter().for_each(|file| tracer.note(Query::file(file)));
    let fonts = tracer.world().fonts.0.get_or_init(|| {
        let read = |file: &SourcePath| tracer.file(file).ok().flatten().map(|bytes| bytes.to_vec());
        crate::export::pdf::Fonts::new(&files.iter().filter_map(read).collect::<Vec<_>>())
    });
    let printed = crate::export::pdf::print(document, words, fonts)?;
    if !printed.unprintable.is_empty() {
        let signs: Vec<String> =
            printed.unprintable.iter().map(|sign| format!("`{sign}` (U+{:04X})", u32::from(*sign))).collect();
        let message = format!("The PDF of this page cannot show {}: no font has it.", signs.join(", "));
        let hint = "Write it in words, or put a font that has it into the folder `fonts` of the theme.";
        tracer.complain(
            Diagnostic::warning("download/sign", message).in_file(&page.parsed.file.path).hint(hint),
        );
    }
    Ok(Some((printed.bytes, printed.pages)))
}

#[cfg(not(feature = "pdf"))]
fn print(_: &Document, _: &Words, _: &Page, _: &Tracer) -> Result<Option<(Vec<u8>, usize)>, String> {
    Ok(None)
}

/// What goes into a package.
struct Zip<'a> {
    document: &'a Document,
    words: &'a Words,
    slug: &'a str,
    files: &'a [(Attachment, Vec<u8>)],
}

impl Zip<'_> {
    fn pack(&self, printed: Option<&(Vec<u8>, usize)>, word: &[u8]) -> Result<Vec<u8>, String> {
        let mut files: Vec<package::Packed> = Vec::new();
        let mut contents: Vec<String> = Vec::new();
        if let Some((pdf, pages)) = printed {
            let name = format!("{}.pdf", self.slug);
            contents.push(format!("{name} ({pages} {})", self.words.pages));
            files.push(package::Packed { name, bytes: pdf.clone() });
        }
        let name = format!("{}.docx", self.slug);
        contents.push(name.clone());
        files.push(package::Packed { name, bytes: word.to_vec() });
        for (attachment, bytes) in self.files {
            let own = attachment.source.as_ref().map(SourcePath::file_name).unwrap_or_default();
            let mut name = format!("{}/{own}", self.words.attachments);
            let mut number = 2;
            while files.iter().any(|file| file.name == name) {
                name = format!("{}/{number}-{own}", self.words.attachments);
                number += 1;
            }
            let label = &attachment.label;
            contents.push(if label == own { name.clone() } else { format!("{name} ({label})") });
            files.push(package::Packed { name, bytes: bytes.clone() });
        }
        let text = facts::read_me(self.document, self.words, &contents);
        files.push(package::Packed { name: self.words.read_me.clone(), bytes: text.into_bytes() });
        package::pack(files)
    }
}
