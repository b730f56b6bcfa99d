//! The outputs that templates make. In: a [`Job`] and a [`Shelf`] to take objects from. Out: artifacts, or complaints.
//!
//! | file | what it answers |
//! |---|---|
//! | [`plan`] | which jobs a site has, what each is called and where its outputs go |
//! | [`lists`] | sections, pagers, taxonomies and terms |
//! | [`facets`] | the pages of a kind that have one value of a facet |
//! | [`feeds`] | feeds |
//! | [`sitemap`] | the sitemap |
//! | [`faults`] | how the fault of a template is told |

pub mod facets;
pub mod faults;
pub mod feeds;
pub mod lists;
pub mod plan;
pub mod sitemap;

use std::sync::Arc;

use crate::base::{Artifact, Diagnostic, OutPath, SourcePath};
use crate::body::Body;
use crate::export::minify;
use crate::export::security;
use crate::model::Config;
use crate::model::security::Inline;
use crate::resolve::{ContentId, PageId, SectionId, Site};
use crate::template::{Context, Field, Lookup, Shared, builtins};

pub use plan::{FeedOf, Job};

/// The version of Zola that pages of dialect 0.22 are told: 0.22.1 says this of itself. In dialect 0.23 every template is
/// told, by its engine.
const OLD_VERSION: &str = "0.21.0";

/// Where a job takes what it is about. Everything it takes is noted.
pub trait Shelf {
    /// The site. Who decides by it what to make names the decision in [`Job::spec`].
    fn site(&self) -> &Site;
    /// The settings.
    fn settings(&self) -> &Config;
    /// The settings as templates of a language see them.
    fn config_object(&self, lang: &str) -> Shared;
    /// A page.
    fn page_object(&self, id: PageId) -> Shared;
    /// A section.
    fn section_object(&self, id: SectionId) -> Shared;
    /// A page as lists other than a section's own show it: in dialect 0.22 without its neighbours.
    fn listed_page(&self, id: PageId) -> Shared;
    /// A section as its pagers show it: in dialect 0.22 without its pages.
    fn paginated_section(&self, id: SectionId) -> Shared;
    /// A taxonomy, by its place in the site.
    fn taxonomy_object(&self, at: usize) -> Shared;
    /// A term, by its place in the site.
    fn term_object(&self, at: usize, term: usize) -> Shared;
    /// What a text became.
    fn body(&self, id: ContentId) -> Option<Arc<Body>>;
    /// The file and text behind a template's name, for complaints.
    fn template_file(&self, name: &str) -> Option<(SourcePath, Arc<str>)>;
    /// Whether a template answers to a name.
    fn has_template(&self, name: &str) -> bool;
    /// Notes what a page has in itself that browsers run or apply.
    fn note_inline(&self, inline: Vec<Inline>);
    /// The questions that templates ask.
    fn lookup(&self) -> Arc<dyn Lookup>;
}

/// Does a job.
pub fn run(job: &Job, shelf: &dyn Shelf) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let made = match job {
        Job::Page(id) => page(*id, shelf),
        Job::Section(id) => lists::section(*id, shelf),
        Job::SectionPager(id, index) => lists::section_pager(*id, *index, shelf),
        Job::Taxonomy(at) => lists::taxonomy(*at, shelf),
        Job::Term(at, term) => lists::term(*at, *term, shelf),
        Job::TermPager(at, term, index) => lists::term_pager(*at, *term, *index, shelf),
        Job::Feed(of, file) => feeds::feed(of, file, shelf),
        Job::Facet(of) => facets::page(of, shelf),
        Job::Sitemap => sitemap::sitemap(shelf),
        Job::NotFound => plain("404.html", shelf),
        Job::Robots => plain("robots.txt", shelf),
        Job::Alias { from, to, .. } => redirect(plan::alias_path(from), to, shelf),
    }?;
    let smaller = |artifact| if shelf.settings().minify_html { minified(artifact, shelf) } else { artifact };
    Ok(made.into_iter().map(|artifact| secured(smaller(artifact), job, shelf)).collect())
}

fn page(id: PageId, shelf: &dyn Shelf) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let page = shelf.site().page(id);
    let file = &page.parsed.file;
    let mut context = vec![
        ("config", Field::Shared(shelf.config_object(&file.lang))),
        ("page", Field::Shared(shelf.page_object(id))),
        ("current_url", Field::from(page.permalink.as_str())),
        ("current_path", Field::from(page.path.as_str())),
        ("lang", Field::from(file.lang.as_str())),
    ];
    if shelf.settings().dialect.is_old() {
        context.push(("zola_version", Field::from(OLD_VERSION)));
    }
    let text = render(page.template(), context, shelf, Some(&file.path))?;
    Ok(vec![Artifact::new(OutPath::new(&page.path).join("index.html"), text)])
}

/// A page of the default language that is about nothing in particular.
fn plain(name: &str, shelf: &dyn Shelf) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let lang = &shelf.settings().default_language;
    let context =
        vec![("config", Field::Shared(shelf.config_object(lang))), ("lang", Field::from(lang.as_str()))];
    Ok(vec![Artifact::new(OutPath::new(name), render(name, context, shelf, None)?)])
}

/// A page that leads elsewhere.
fn redirect(path: OutPath, to: &str, shelf: &dyn Shelf) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let usual = "internal/alias.html";
    let strict = shelf.settings().security.is_some() && shelf.template_file(usual).is_none();
    let template = if strict { builtins::SAME_REDIRECT } else { usual };
    let text = render(template, vec![("url", Field::from(to))], shelf, None)?;
    Ok(vec![Artifact::new(path, text)])
}

/// Runs a template. `about` is the file that is being rendered.
fn render(
    name: &str,
    context: impl Into<Context>,
    shelf: &dyn Shelf,
    about: Option<&SourcePath>,
) -> Result<String, Vec<Diagnostic>> {
    let lookup = shelf.lookup();
    if let Some(result) = lookup.render(name, context.into()) {
        return result.map_err(|fault| faults::diagnostics(fault, about, &|name| shelf.template_file(name)));
    }
    // A site that is being started has no templates yet: the ones that every site needs have a page that says what to do.
    if let Some(context) = builtins::welcome(name)
        && let Some(Ok(text)) = lookup.render(builtins::WELCOME, context)
    {
        return Ok(text);
    }
    Err(vec![faults::missing(name, about)])
}

fn minified(artifact: Artifact, shelf: &dyn Shelf) -> Artifact {
    let crate::base::Content::Bytes(bytes) = &artifact.content else { return artifact };
    if !artifact.path.as_str().ends_with(".html") {
        return artifact;
    }
    let Ok(text) = String::from_utf8(bytes.to_vec()) else { return artifact };
    let (smaller, complaint) = minify::html(text, &artifact.path);
    if let Some(complaint) = complaint {
        shelf.lookup().complain(complaint);
    }
    Artifact::new(artifact.path, smaller)
}

/// A page with its policy, when the site has rules for browsers.
fn secured(artifact: Artifact, job: &Job, shelf: &dyn Shelf) -> Artifact {
    let settings = shelf.settings();
    let Some(rules) = &settings.security else { return artifact };
    let crate::base::Content::Bytes(bytes) = &artifact.content else { return artifact };
    let Some(html) = std::str::from_utf8(bytes).ok().filter(|_| artifact.path.as_str().ends_with(".html"))
    else {
        return artifact;
    };
    let security::Secured { html, inline, blocked } = security::page(html, rules, &settings.base_url);
    for told in blocked {
        shelf.lookup().complain(of_browsers(told, &artifact.path, job, shelf));
    }
    shelf.note_inline(inline);
    Artifact::new(artifact.path, html)
}

/// Tells what browsers will refuse, where it comes from: the text of the page if the words stand there, else its template,
/// which is then the same place for all pages it renders.
fn of_browsers(told: security::Blocked, output: &OutPath, job: &Job, shelf: &dyn Shelf) -> Diagnostic {
    let warning = Diagnostic::warning(told.code, told.message).hint(told.hint);
    let file = job.file(shelf.site()).cloned();
    if let Some(file) = &file
        && let Ok(Some(bytes)) = shelf.lookup().file(file)
        && let Some(at) = std::str::from_utf8(&bytes).ok().and_then(|text| text.find(&told.words))
    {
        return warning.at(file, at..at + told.words.len());
    }
    let template = job.template(shelf.site()).and_then(|name| shelf.template_file(name));
    let warning = match template {
        Some((path, text)) => match text.find(&told.words) {
            Some(at) => warning.at(&path, at..at + told.words.len()),
            None => warning.in_file(&path),
        },
        None => return warning.hint(format!("It stands in the output `{output}`.")),
    };
    match file {
        Some(file) => warning.note("on this page", &file, None),
        None => warning,
    }
}
