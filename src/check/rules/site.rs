//! What the rules know of the whole site. In: every file of the content, and which files there are. Out: an [`Index`] that
//! finds pages by what people call them, and files by what they write.

use std::collections::BTreeSet;

use super::document::Document;
use crate::base::SourcePath;
use crate::model::Kind;

/// The pages and files of a site.
pub(super) struct Index<'a> {
    pages: Vec<Known<'a>>,
    kinds: &'a [Kind],
    files: BTreeSet<&'a str>,
    /// The abbreviations that a glossary explains, and other words for its entries.
    terms: BTreeSet<String>,
}

/// A page by everything it can be called.
struct Known<'a> {
    lang: &'a str,
    kind: &'a str,
    title: &'a str,
    slug: &'a str,
    relative: &'a str,
}

impl<'a> Index<'a> {
    /// An index of these documents and files.
    pub(super) fn new(documents: &'a [Document<'a>], kinds: &'a [Kind], files: &'a [SourcePath]) -> Self {
        let known = |document: &'a Document<'a>| {
            Some(Known {
                lang: &document.file.lang,
                kind: &document.kind?.name,
                title: &document.title,
                slug: &document.slug,
                relative: &document.file.relative,
            })
        };
        let pages = documents.iter().filter_map(known).collect();
        let terms = documents.iter().flat_map(terms).collect();
        Index { pages, kinds, files: files.iter().map(SourcePath::as_str).collect(), terms }
    }

    /// The page that somebody means, by its path below `content/`.
    pub(super) fn find(&self, lang: &str, to: &[String], written: &str) -> Option<&'a str> {
        let written = written.trim().trim_start_matches("@/").to_lowercase();
        let found = self.of(lang, to).find(|page| {
            let short = page.relative.trim_end_matches("/index.md").trim_end_matches(".md");
            let stem = short.rsplit('/').next().unwrap_or(short);
            [page.title, page.slug, page.relative, short, stem]
                .iter()
                .any(|name| name.to_lowercase() == written)
        })?;
        Some(found.relative)
    }

    fn of<'s>(&'s self, lang: &'s str, to: &'s [String]) -> impl Iterator<Item = &'s Known<'a>> {
        self.pages.iter().filter(move |page| {
            page.lang == lang && (to.is_empty() || to.iter().any(|kind| kind == page.kind))
        })
    }

    /// The names of all kinds.
    pub(super) fn kind_names(&self) -> impl Iterator<Item = &'a str> {
        self.kinds.iter().map(|kind| kind.name.as_str())
    }

    /// What kinds are called.
    pub(super) fn labels(&self, to: &[String]) -> Vec<&'a str> {
        self.kinds.iter().filter(|kind| to.contains(&kind.name)).map(|kind| kind.label.as_str()).collect()
    }

    /// The titles of the pages of some kinds.
    pub(super) fn titles(&self, lang: &str, to: &[String]) -> Vec<&'a str> {
        self.of(lang, to).map(|page| page.title).collect()
    }

    /// Their slugs.
    pub(super) fn slugs(&self, lang: &str, to: &[String]) -> Vec<&'a str> {
        self.of(lang, to).map(|page| page.slug).collect()
    }

    /// Whether a word is explained: an entry of the glossary, or a page's title.
    pub(super) fn explains(&self, word: &str) -> bool {
        self.terms.contains(word)
    }

    /// Whether there is a file that somebody means.
    pub(super) fn has_file(&self, document: &Document<'_>, written: &str) -> bool {
        let written = written.trim_start_matches("@/").trim_start_matches('/');
        let beside = document.path().parent().join(written);
        [beside.as_str(), &format!("content/{written}"), &format!("static/{written}")]
            .iter()
            .any(|path| self.files.contains(path))
    }

    /// The names of files that a page could mean.
    pub(super) fn files_near(&self, document: &Document<'_>) -> Vec<String> {
        let folder = format!("{}/", document.path().parent());
        let beside = self.files.iter().filter_map(|path| path.strip_prefix(folder.as_str()));
        let shared = self.files.iter().filter_map(|path| path.strip_prefix("static/"));
        beside.chain(shared).filter(|path| !path.ends_with(".md")).map(str::to_owned).collect()
    }
}

/// What an entry of a glossary, or a page by its title, explains.
fn terms(document: &Document<'_>) -> Vec<String> {
    let mut terms = vec![document.title.clone()];
    let Some(kind) = document.kind.filter(|kind| kind.abbreviation.is_some()) else { return terms };
    let synonyms = Some(&kind.search.synonyms).filter(|name| !name.is_empty());
    for name in kind.abbreviation.iter().chain(synonyms) {
        let Some(entry) = document.entry(name) else { continue };
        terms.extend(entry.value.items().iter().filter_map(|item| item.as_text()).map(str::to_owned));
    }
    // The title may hold the abbreviation itself: "Sociaal wijkteam (SWT)".
    let inside = document.title.split(['(', ')']).skip(1).step_by(2);
    terms.extend(inside.map(|term| term.trim().to_owned()));
    terms
}
