//! One file of the content as the rules look at it. In: what was parsed of it, and its bytes. Out: its front matter with
//! places, its kind, and its text taken apart.

use std::ops::Range;

use super::prose::{self, Prose};
use crate::base::SourcePath;
use crate::model::{Config, Kind};
use crate::parse::FileName;
use crate::parse::placed::{self, Entry, Placed, Table};

/// One file of the content.
pub(super) struct Document<'a> {
    pub(super) file: &'a FileName,
    pub(super) text: String,
    pub(super) front: Placed,
    pub(super) prose: Prose,
    /// Its kind; none for sections and plain pages.
    pub(super) kind: Option<&'a Kind>,
    pub(super) title: String,
    /// Its slug; empty for sections.
    pub(super) slug: String,
    /// Its permalink's path.
    pub(super) url_path: String,
    pub(super) is_page: bool,
    pub(super) old: bool,
}

impl<'a> Document<'a> {
    /// Takes a file apart; none when it cannot be read, which others complain about.
    pub(super) fn new(file: &'a FileName, bytes: &[u8], config: &'a Config, is_page: bool) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?.to_owned();
        let front = placed::front_matter(&text)?;
        let old = config.dialect.is_old();
        let kind = if is_page { kind_of(file, &front.matter, &config.kinds) } else { None };
        let title = front.matter.text("title").unwrap_or_default().to_owned();
        let prose = prose::read(&text, front.body, old);
        Some(Document {
            file,
            text,
            front,
            prose,
            kind,
            title,
            slug: String::new(),
            url_path: String::new(),
            is_page,
            old,
        })
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &SourcePath {
        &self.file.path
    }

    /// The Markdown.
    pub(super) fn body(&self) -> &str {
        &self.text[self.front.body..]
    }

    /// What it says of a field of its kind: front matter or `[extra]`.
    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        if crate::model::kind::STANDARD.contains(&name) {
            self.front.matter.get(name)
        } else {
            self.extra().and_then(|extra| extra.get(name))
        }
    }

    /// `[extra]`.
    pub(super) fn extra(&self) -> Option<&Table> {
        self.front.matter.table("extra")
    }

    /// The last line with something on it that readers see; the closing fence when there is no text.
    pub(super) fn last_line(&self) -> Range<usize> {
        let mut text = self.text.trim_end();
        while text.ends_with("-->")
            && let Some(start) = text.rfind("<!--").filter(|start| *start >= self.front.body)
        {
            text = text[..start].trim_end();
        }
        text.rfind('\n').map_or(0, |at| at + 1)..text.len()
    }

    /// Whether nothing stands below the front matter but remarks.
    pub(super) fn has_no_text(&self) -> bool {
        let prose = &self.prose;
        let is_remark = |at: &Range<usize>| self.text[at.clone()].trim_start().starts_with("<!--");
        prose.headings.is_empty()
            && prose.blocks.is_empty()
            && prose.images.is_empty()
            && prose.html.iter().all(is_remark)
    }
}

/// The kind of a page: as it says itself, else that of the longest folder that holds it.
pub(super) fn kind_of<'k>(file: &FileName, matter: &Table, kinds: &'k [Kind]) -> Option<&'k Kind> {
    if let Some(name) = matter.table("extra").and_then(|extra| extra.text("kind")) {
        return kinds.iter().find(|kind| kind.name == name);
    }
    let relative = file.relative.as_str();
    let holds = |kind: &&Kind| {
        !kind.folder.is_empty()
            && relative.strip_prefix(kind.folder.trim_matches('/')).is_some_and(|rest| rest.starts_with('/'))
    };
    kinds.iter().filter(holds).max_by_key(|kind| kind.folder.len())
}
