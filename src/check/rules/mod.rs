//! Whether the content is what its kinds, and good manners, ask. In: a resolved site, its files and the day of today. Out:
//! complaints, in Dutch when the site is Dutch and else in English, each for an editor who knows no Git and no Markdown.
//!
//! | file | what it answers |
//! |---|---|
//! | [`table`] | which rules there are, and what each is for |
//! | [`settings`] | how strict a site wants them |
//! | [`desk`] | how a complaint is written down |
//! | [`document`] | one file of the content, taken apart |
//! | [`prose`] | headings, running text, links and images of a text |
//! | [`masks`] | where templates and shortcodes stand in it |
//! | [`sentences`] | where sentences end |
//! | [`site`] | what pages are called, and which files there are |
//! | [`fields`] | fields that are missing or unknown |
//! | [`values`] | values that do not fit, pages that are not there |
//! | [`sections`] | the headings a kind asks for |
//! | [`headings`] | headings that skip a level, or only look like one |
//! | [`looks`] | images and links that do not say what they are |
//! | [`personal`] | what belongs to a person |
//! | [`contacts`] | consent, and days that are long ago |
//! | [`wording`] | long sentences, unknown abbreviations |
//! | [`units`] | how many parts there are, and how they are put |
//! | [`verbs`] | whether a sentence tells somebody to do something |
//! | [`drafts`] | drafts that get onto the site |
//! | [`ways`] | pages nothing leads to, files nothing uses |
//! | [`dutch`] | other complaints about content, in Dutch |
//! | [`baseline`] | complaints that are known and passed over |

pub mod baseline;
mod contacts;
mod desk;
mod document;
mod drafts;
pub mod dutch;
mod fields;
mod headings;
mod looks;
mod masks;
mod personal;
mod prose;
mod sections;
mod sentences;
mod settings;
mod site;
pub mod table;
mod units;
mod values;
mod verbs;
mod ways;
mod wording;

use std::sync::Arc;

use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;
use crate::model::date::dutch_time;
use crate::parse::placed::Is;
use crate::resolve::Site;
use crate::resolve::site::Page;

use desk::Desk;
use document::Document;
use drafts::Draft;
pub use settings::Level;
use settings::Settings;
use site::Index;

/// A day: year, month, day.
pub type Today = (i32, u8, u8);

/// What the rules are given.
pub struct Given<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The settings' file.
    pub config_file: SourcePath,
    /// The site.
    pub site: &'a Site,
    /// Every file in the folders of the site.
    pub files: Vec<SourcePath>,
    /// What is in a file.
    pub read: &'a dyn Fn(&SourcePath) -> Option<Arc<[u8]>>,
    /// The day of today.
    pub today: Today,
    /// Whether drafts are part of the site.
    pub drafts: bool,
}

/// Checks a site. A site that declares no kinds, and says nothing of rules, has none.
pub fn check(given: &Given<'_>) -> Vec<Diagnostic> {
    if !Settings::wanted(given.config) {
        return Vec::new();
    }
    let settings = Settings::new(given.config);
    let mut desk = Desk::new(&settings, is_dutch(given.config));
    let documents = documents(given);
    let drafts = drafts_of(given);
    let index = Index::new(&documents, &given.config.kinds, &given.files);
    for document in &documents {
        fields::check(document, &index, &mut desk);
        sections::check(document, &mut desk);
        headings::check(document, &mut desk);
        looks::check(document, &mut desk);
        personal::check(document, &mut desk);
        contacts::check(document, given.today, &mut desk);
        wording::check(document, &index, &mut desk);
        units::check(document, &mut desk);
        if !given.drafts {
            drafts::check(document, &drafts, &mut desk);
        }
    }
    ways::check(given, &documents, &index, &mut desk);
    let mut told = desk.told;
    let text = (given.read)(&given.config_file);
    let text = text.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    told.extend(settings::faults(&given.config_file, &text, is_dutch(given.config)));
    told
}

/// What stops a build, not only a check: a field that must be there, a page that is named and is not. Drafts may be unfinished.
pub fn stops(given: &Given<'_>) -> Vec<Diagnostic> {
    const CODES: [&str; 4] =
        ["regel/veld-ontbreekt", "regel/veld-onbekend", "regel/relatie-onbekend", "regel/interview-rollen"];
    let site = given.site;
    let draft = |page: &Page| page.parsed.matter.draft;
    let lacks = site.page_ids().any(|(id, page)| {
        let kind = site.catalog.kind_of(id, given.config);
        kind.is_some_and(|kind| !draft(page) && fields::may_lack(&kind.fields, &page.parsed.matter))
    });
    // Reading every file again costs time, which a site in order need not spend.
    if !lacks && site.catalog.unknown.iter().all(|unknown| draft(site.page(unknown.page))) {
        return Vec::new();
    }
    let settings = Settings::new(given.config);
    let mut desk = Desk::new(&settings, is_dutch(given.config));
    let documents = documents(given);
    let index = Index::new(&documents, &given.config.kinds, &given.files);
    for document in documents.iter().filter(|document| {
        document.front.matter.get("draft").is_none_or(|entry| entry.value.is != Is::Bool(true))
    }) {
        fields::check(document, &index, &mut desk);
    }
    desk.told.retain(|told| told.is_error() && CODES.contains(&told.code));
    desk.told
}

fn is_dutch(config: &Config) -> bool {
    let lang = &config.default_language;
    lang == "nl" || lang.starts_with("nl-")
}

/// The name of a rule that is near enough to ask "did you mean".
pub fn nearest(name: &str) -> Option<&'static str> {
    crate::parse::closest(name, table::RULES.iter().map(table::Rule::name))
}

/// The day in the Netherlands of a moment, in nanoseconds since 1970-01-01 UTC.
pub fn day_of(moment: i128) -> Today {
    let moment = jiff::Timestamp::from_nanosecond(moment).unwrap_or_default();
    let date = dutch_time(moment).date();
    (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
}

/// Every published page and section.
fn documents<'a>(given: &'a Given<'_>) -> Vec<Document<'a>> {
    let mut documents = Vec::new();
    for page in &given.site.pages {
        let file = &page.parsed.file;
        let Some(bytes) = (given.read)(&file.path) else { continue };
        let Some(mut document) = Document::new(file, &bytes, given.config, true) else { continue };
        page.slug.clone_into(&mut document.slug);
        page.path.clone_into(&mut document.url_path);
        documents.push(document);
    }
    for section in given.site.sections.iter().filter(|section| !section.implied) {
        let file = &section.parsed.file;
        let Some(bytes) = (given.read)(&file.path) else { continue };
        documents.extend(Document::new(file, &bytes, given.config, false));
    }
    documents
}

/// The drafts that are left out.
fn drafts_of(given: &Given<'_>) -> Vec<Draft> {
    let draft = |path: &SourcePath| {
        let relative = path.below("content").filter(|below| below.ends_with(".md"))?;
        let bytes = (given.read)(path)?;
        let front = crate::parse::placed::front_matter(std::str::from_utf8(&bytes).ok()?)?;
        let entry = front.matter.get("draft")?;
        let title = front.matter.text("title").unwrap_or(relative).to_owned();
        (entry.value.is == Is::Bool(true)).then(|| Draft { relative: relative.to_owned(), title })
    };
    given.files.iter().filter_map(draft).collect()
}
