//! Pages, sections, terms and the config as templates see them. In: the resolved site and what its texts became. Out:
//! named parts in Zola's order, for an engine to turn into its own values.
//!
//! The engine makes each object once and shares it. A page comes in two steps: first by itself, then with the pages
//! before and after it, which are themselves without neighbours.

use crate::body::headings::{self, Node};
use crate::body::{Body, Heading};
use crate::model::{Config, DateValue, Dialect, Json, TaxonomyConfig};
use crate::parse::Text;
use crate::resolve::{Asset, ContentId, Page, Pager, Section, Site, Taxonomy, Term};
use crate::template::{Field, Shared};

/// The parts of an object.
pub type Parts = Vec<(&'static str, Field)>;

/// The config, for pages of one language.
pub fn config(config: &Config, lang: &str) -> Field {
    let options = config.language(lang).cloned().unwrap_or_default();
    let others = config.languages.iter().filter(|(code, _)| code != lang);
    let languages: serde_json::Map<String, Json> =
        others.map(|(code, options)| (code.clone(), data(options))).collect();
    Field::Object(vec![
        ("base_url", Field::from(config.base_url.as_str())),
        ("mode", Field::Data(data(&config.mode))),
        ("title", Field::maybe(options.title.as_deref())),
        ("description", Field::maybe(options.description.as_deref())),
        ("languages", Field::Data(Json::Object(languages))),
        ("default_language", Field::from(config.default_language.as_str())),
        ("generate_feed", Field::Bool(options.generate_feeds)),
        ("generate_feeds", Field::Bool(options.generate_feeds)),
        ("feed_filenames", Field::texts(&options.feed_filenames)),
        ("taxonomies", Field::List(options.taxonomies.iter().map(kind).collect())),
        ("author", Field::maybe(config.author.as_deref())),
        ("build_search_index", Field::Bool(options.build_search_index)),
        ("extra", Field::Data(Json::Object(config.extra.clone()))),
        ("markdown", Field::Data(data(&config.markdown))),
        ("search", Field::Object(vec![("index_format", Field::Data(data(&options.search.index_format)))])),
        ("generate_sitemap", Field::Bool(config.generate_sitemap)),
        ("generate_robots_txt", Field::Bool(config.generate_robots_txt)),
        ("exclude_paginated_pages_in_sitemap", Field::Data(data(&config.exclude_paginated_pages_in_sitemap))),
    ])
}

/// A page by itself: `lower` and `higher` are null. Before texts are rendered there is no body, no translation and no
/// link back.
pub fn page(
    dialect: Dialect,
    site: &Site,
    page: &Page,
    text: &Text,
    body: Option<&Body>,
    backlinks: &[ContentId],
) -> Parts {
    let matter = &page.parsed.matter;
    let file = &page.parsed.file;
    let ymd = matter.date.as_ref().and_then(|date| date.ymd);
    let taxonomies = matter.taxonomies.iter().map(|(name, terms)| (name.clone(), data(terms))).collect();
    let parts = vec![
        ("relative_path", Field::from(file.relative.as_str())),
        ("colocated_path", Field::maybe(file.colocated.as_deref())),
        ("content", html(body)),
        ("permalink", Field::from(page.permalink.as_str())),
        ("slug", Field::from(page.slug.as_str())),
        ("ancestors", Field::texts(&page.ancestors)),
        ("title", Field::maybe(matter.title.as_deref())),
        ("description", Field::maybe(matter.description.as_deref())),
        ("updated", date(&matter.updated)),
        ("date", date(&matter.date)),
        ("year", ymd.map_or(Field::Null, |(year, ..)| Field::Int(year.into()))),
        ("month", ymd.map_or(Field::Null, |(_, month, _)| Field::Int(month.into()))),
        ("day", ymd.map_or(Field::Null, |(.., day)| Field::Int(day.into()))),
        ("taxonomies", Field::Data(Json::Object(taxonomies))),
        ("authors", Field::texts(&matter.authors)),
        ("aliases", Field::texts(&matter.aliases)),
        ("extra", Field::Data(Json::Object(matter.extra.clone()))),
        ("path", Field::from(page.path.as_str())),
        ("components", Field::texts(&page.components)),
        ("summary", body.and_then(|body| body.summary.clone()).map_or(Field::Null, Field::Text)),
        ("toc", toc(body)),
        ("word_count", words(text)),
        ("reading_time", minutes(text)),
        ("assets", assets(&page.assets)),
        ("draft", Field::Bool(matter.draft)),
        ("lang", Field::from(file.lang.as_str())),
        ("include_in_feeds", Field::Bool(matter.include_in_feeds)),
        ("lower", Field::Null),
        ("higher", Field::Null),
        ("translations", translations(site, &file.canonical, body.is_some())),
        ("backlinks", links_back(site, backlinks)),
        ("hidden", Field::Bool(page.hidden)),
    ];
    of_dialect(dialect, parts, &["aliases", "include_in_feeds", "hidden"])
}

/// Leaves out what dialect 0.22 does not have.
fn of_dialect(dialect: Dialect, mut parts: Parts, later: &[&str]) -> Parts {
    if dialect.is_old() {
        parts.retain(|(name, _)| !later.contains(name));
    }
    parts
}

/// A section by itself: `lower` and `higher` are null. `pages` are its pages as they stand in its list.
pub fn section(
    dialect: Dialect,
    site: &Site,
    section: &Section,
    text: &Text,
    body: Option<&Body>,
    backlinks: &[ContentId],
    pages: Vec<Shared>,
) -> Parts {
    let matter = &section.parsed.matter;
    let file = &section.parsed.file;
    let subsections = if body.is_some() { section.subsections.as_slice() } else { &[] };
    let colocated = file.colocated.as_deref().filter(|_| !dialect.is_old());
    let parts = vec![
        ("relative_path", Field::from(file.relative.as_str())),
        ("colocated_path", Field::maybe(colocated)),
        ("content", html(body)),
        ("permalink", Field::from(section.permalink.as_str())),
        ("draft", Field::Bool(matter.draft)),
        ("ancestors", Field::texts(&section.ancestors)),
        ("title", Field::maybe(matter.title.as_deref())),
        ("description", Field::maybe(matter.description.as_deref())),
        ("extra", Field::Data(Json::Object(matter.extra.clone()))),
        ("path", Field::from(section.path.as_str())),
        ("components", Field::texts(&section.components)),
        ("toc", toc(body)),
        ("word_count", if section.implied { Field::Null } else { words(text) }),
        ("reading_time", if section.implied { Field::Null } else { minutes(text) }),
        ("lang", Field::from(file.lang.as_str())),
        ("assets", assets(&section.assets)),
        ("pages", Field::List(pages.into_iter().map(Field::Shared).collect())),
        ("subsections", Field::texts(subsections.iter().map(|id| &site.section(*id).parsed.file.relative))),
        ("lower", Field::Null),
        ("higher", Field::Null),
        ("translations", translations(site, &file.canonical, body.is_some())),
        ("backlinks", links_back(site, backlinks)),
        ("generate_feeds", Field::Bool(matter.generate_feeds)),
        ("transparent", Field::Bool(matter.transparent)),
        ("paginate_by", Field::maybe_int(matter.paginate_by)),
        ("paginate_reversed", Field::Bool(matter.paginate_reversed)),
        ("hidden", Field::Bool(section.hidden)),
    ];
    of_dialect(dialect, parts, &["lower", "higher", "hidden"])
}

/// A term, with its pages.
pub fn term(term: &Term, pages: Vec<Shared>) -> Parts {
    let count = pages.len() as i64;
    vec![
        ("name", Field::from(term.name.as_str())),
        ("slug", Field::from(term.slug.as_str())),
        ("path", Field::from(term.path.as_str())),
        ("permalink", Field::from(term.permalink.as_str())),
        ("pages", Field::List(pages.into_iter().map(Field::Shared).collect())),
        ("page_count", Field::Int(count)),
    ]
}

/// A term as feeds see it: without its pages.
pub fn feed_term(term: &Term) -> Field {
    Field::Object(vec![
        ("name", Field::from(term.name.as_str())),
        ("slug", Field::from(term.slug.as_str())),
        ("permalink", Field::from(term.permalink.as_str())),
    ])
}

/// A taxonomy, with its terms.
pub fn taxonomy(taxonomy: &Taxonomy, terms: Vec<Shared>) -> Parts {
    vec![
        ("kind", kind(&taxonomy.kind)),
        ("lang", Field::from(taxonomy.lang.as_str())),
        ("permalink", Field::from(taxonomy.permalink.as_str())),
        ("items", Field::List(terms.into_iter().map(Field::Shared).collect())),
    ]
}

/// The settings of a taxonomy.
pub fn kind(kind: &TaxonomyConfig) -> Field {
    Field::Data(data(kind))
}

/// Where a list of pages is cut.
pub struct Cut<'a> {
    /// How many pages one pager lists.
    pub size: usize,
    /// The URL of the list.
    pub permalink: &'a str,
    /// The part of the path before the number.
    pub path: &'a str,
    /// The pagers.
    pub pagers: &'a [Pager],
}

/// The paginator, at one of its pagers.
pub fn paginator(cut: &Cut<'_>, index: usize, pages: Vec<Shared>) -> Field {
    let permalink = |index: usize| {
        Field::maybe(cut.pagers.get(index.wrapping_sub(1)).map(|pager| pager.permalink.as_str()))
    };
    let base = if cut.path.is_empty() {
        cut.permalink.to_owned()
    } else {
        format!("{}{}/", cut.permalink, cut.path)
    };
    Field::Object(vec![
        ("paginate_by", Field::Int(cut.size as i64)),
        ("first", permalink(1)),
        ("last", permalink(cut.pagers.len())),
        ("total_pages", Field::Int(cut.pagers.iter().map(|pager| pager.pages.len()).sum::<usize>() as i64)),
        ("number_pagers", Field::Int(cut.pagers.len() as i64)),
        ("current_index", Field::Int(index as i64)),
        ("pages", Field::List(pages.into_iter().map(Field::Shared).collect())),
        ("previous", permalink(index - 1)),
        ("next", permalink(index + 1)),
        ("base_url", Field::from(base.as_str())),
    ])
}

/// Anything that can be written as data.
pub fn data<T: serde::Serialize + ?Sized>(value: &T) -> Json {
    serde_json::to_value(value).unwrap_or(Json::Null)
}

fn html(body: Option<&Body>) -> Field {
    body.map_or_else(|| Field::from(""), |body| Field::Text(body.html.clone()))
}

fn date(date: &Option<DateValue>) -> Field {
    Field::maybe(date.as_ref().map(|date| date.text.as_str()))
}

fn words(text: &Text) -> Field {
    Field::Int(text.word_count as i64)
}

fn minutes(text: &Text) -> Field {
    Field::Int(text.reading_time as i64)
}

fn assets(assets: &[Asset]) -> Field {
    Field::texts(assets.iter().map(|asset| &asset.listed))
}

fn toc(body: Option<&Body>) -> Field {
    let headings: &[Heading] = body.map_or(&[], |body| &body.headings);
    Field::List(headings::tree(headings).iter().map(toc_entry).collect())
}

fn toc_entry(node: &Node<'_>) -> Field {
    Field::Object(vec![
        ("level", Field::Int(node.heading.level.into())),
        ("id", Field::Text(node.heading.id.clone())),
        ("permalink", Field::Text(node.heading.permalink.clone())),
        ("title", Field::Text(node.heading.title.clone())),
        ("children", Field::List(node.children.iter().map(toc_entry).collect())),
    ])
}

fn translations(site: &Site, canonical: &str, known: bool) -> Field {
    let ids = site.translations.get(canonical).filter(|_| known).map_or(&[] as &[ContentId], Vec::as_slice);
    Field::List(
        ids.iter()
            .map(|id| {
                let file = site.file(*id);
                Field::Object(vec![
                    ("lang", Field::from(file.lang.as_str())),
                    ("permalink", Field::from(site.permalink(*id))),
                    ("title", Field::maybe(site.title(*id))),
                    ("path", Field::from(file.path.as_str())),
                ])
            })
            .collect(),
    )
}

fn links_back(site: &Site, from: &[ContentId]) -> Field {
    Field::List(
        from.iter()
            .map(|id| {
                Field::Object(vec![
                    ("permalink", Field::from(site.permalink(*id))),
                    ("title", Field::maybe(site.title(*id))),
                ])
            })
            .collect(),
    )
}
