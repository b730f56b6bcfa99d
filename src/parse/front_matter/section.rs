//! What the front matter of a section says. In: a section's file. Out: a [`ParsedSection`], and complaints.

use std::sync::Arc;

use super::super::fields::{Block, Cell, Key, Kind, choice, key, optional};
use super::super::spelling::closest;
use super::super::{ParsedSection, SectionHead};
use super::{head_hash, open, page, places, text};
use crate::base::{Diagnostic, SourcePath};
use crate::model::{Config, SectionMatter};

/// The orders that pages may have.
pub(super) const ORDERS: &[&str] =
    &["date", "update_date", "title", "title_bytes", "weight", "slug", "permalink", "none"];

/// The keys a section knows.
pub(super) const KEYS: &[Key] = &[
    optional("title", Kind::Text),
    optional("description", Kind::Text),
    key("sort_by", Kind::Choice(ORDERS)),
    key("weight", Kind::Count),
    key("draft", Kind::Flag),
    optional("template", Kind::Text),
    optional("paginate_by", Kind::Count),
    key("paginate_reversed", Kind::Flag),
    key("paginate_path", Kind::Text),
    optional("insert_anchor_links", Kind::Choice(super::super::config::ANCHORS)),
    key("render", Kind::Flag),
    optional("redirect_to", Kind::Text),
    key("in_search_index", Kind::Flag),
    key("transparent", Kind::Flag),
    optional("page_template", Kind::Text),
    key("aliases", Kind::Texts),
    key("generate_feeds", Kind::Flag),
    optional("hidden", Kind::Flag),
    key("extra", Kind::Data),
];

/// Understands a section.
pub(in super::super) fn section(
    path: &SourcePath,
    bytes: &[u8],
    config: &Config,
) -> (Option<ParsedSection>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let Some(mut opened) = open(path, bytes, config, KEYS, &mut faults) else { return (None, faults) };
    let mut matter = SectionMatter::default();
    for (name, cell) in opened.found.cells.drain(..) {
        set(&mut matter, name, cell);
    }
    faults.extend(opened.found.unknown.iter().map(|(name, _)| unknown(&opened.block, name)));
    let file = opened.file.take().filter(|_| !faults.iter().any(Diagnostic::is_error));
    let Some(file) = file else { return (None, faults) };
    let text = text(&opened, &file.lang, config.dialect);
    let head_hash = head_hash((&file, &matter), &matter.extra);
    (Some(ParsedSection { head: Arc::new(SectionHead { file, matter, head_hash }), text }), faults)
}

fn set(matter: &mut SectionMatter, name: &str, cell: Cell) {
    match (name, cell) {
        ("title", Cell::Text(text)) => matter.title = Some(text),
        ("description", Cell::Text(text)) => matter.description = Some(text),
        ("sort_by", Cell::Text(word)) => matter.sort_by = choice(&word),
        ("weight", Cell::Count(weight)) => matter.weight = weight,
        ("draft", Cell::Flag(flag)) => matter.draft = flag,
        ("template", Cell::Text(text)) => matter.template = Some(text),
        ("paginate_by", Cell::Count(size)) => matter.paginate_by = Some(size),
        ("paginate_reversed", Cell::Flag(flag)) => matter.paginate_reversed = flag,
        ("paginate_path", Cell::Text(text)) => matter.paginate_path = text,
        ("insert_anchor_links", Cell::Text(word)) => matter.insert_anchor_links = Some(choice(&word)),
        ("render", Cell::Flag(flag)) => matter.render = flag,
        ("redirect_to", Cell::Text(text)) => matter.redirect_to = Some(text),
        ("in_search_index", Cell::Flag(flag)) => matter.in_search_index = flag,
        ("transparent", Cell::Flag(flag)) => matter.transparent = flag,
        ("page_template", Cell::Text(text)) => matter.page_template = Some(text),
        ("aliases", Cell::Texts(texts)) => matter.aliases = texts,
        ("generate_feeds", Cell::Flag(flag)) => matter.generate_feeds = flag,
        ("hidden", Cell::Flag(flag)) => matter.hidden = Some(flag),
        ("extra", Cell::Data(data)) => matter.extra = data,
        _ => {}
    }
}

fn unknown(block: &Block<'_>, name: &str) -> Diagnostic {
    let fault = block.error(
        "front-matter/unknown-key",
        format!("A section knows no `{name}`."),
        places(block, &[name]).0,
    );
    if page::KEYS.iter().any(|key| key.name == name) {
        return fault.hint(format!("`{name}` is for pages. Take it away, or put it below `extra`."));
    }
    match closest(name, KEYS.iter().map(|key| key.name)) {
        Some(near) => fault.hint(format!("Did you mean `{near}`?")),
        None => fault.hint("If it is a key of your own, put it below `extra`."),
    }
}
