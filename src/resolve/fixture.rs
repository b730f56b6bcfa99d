//! Small sites for the tests of this room, without the room that parses. In: paths below `content/` and front matter as
//! data. Out: the resolved site, with questions that read well in a test.

use std::sync::Arc;

use super::{ContentId, Input, Page, PageId, Section, SectionId, Site, resolve};
use crate::base::{Diagnostic, Hash128, SourcePath};
use crate::model::config::Config;
use crate::model::slug::path_slug;
use crate::model::{DateValue, LanguageOptions, PageMatter, SectionMatter, TaxonomyConfig};
use crate::parse::{FileName, PageHead, SectionHead};

/// A site that is being described. Languages come before the files that are in them.
pub(super) struct Fixture {
    pub(super) config: Config,
    pages: Vec<(String, PageMatter)>,
    sections: Vec<(String, SectionMatter)>,
    assets: Vec<SourcePath>,
}

/// A site that is resolved.
pub(super) struct Built {
    pub(super) site: Site,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A date, that many seconds after 1970.
pub(super) fn date(seconds: i64) -> Option<DateValue> {
    Some(DateValue { text: String::new(), moment: Some((seconds, 0)), ymd: None })
}

impl Fixture {
    /// A Dutch site at <https://example.org>.
    pub(super) fn new() -> Self {
        let config = Config {
            base_url: "https://example.org".into(),
            default_language: "nl".into(),
            languages: vec![("nl".into(), LanguageOptions::default())],
            ..Config::default()
        };
        Fixture { config, pages: Vec::new(), sections: Vec::new(), assets: Vec::new() }
    }

    pub(super) fn language(mut self, code: &str) -> Self {
        self.config.languages.push((code.into(), LanguageOptions::default()));
        self
    }

    pub(super) fn taxonomy(mut self, lang: &str, name: &str, set: impl FnOnce(&mut TaxonomyConfig)) -> Self {
        let mut kind = TaxonomyConfig {
            name: name.into(),
            slug: path_slug(name, self.config.slugify.taxonomies),
            ..TaxonomyConfig::default()
        };
        set(&mut kind);
        self.config.languages.iter_mut().find(|(code, _)| code == lang).unwrap().1.taxonomies.push(kind);
        self
    }

    pub(super) fn page(mut self, relative: &str, set: impl FnOnce(&mut PageMatter)) -> Self {
        let mut matter = PageMatter::default();
        set(&mut matter);
        self.pages.push((relative.into(), matter));
        self
    }

    pub(super) fn section(mut self, relative: &str, set: impl FnOnce(&mut SectionMatter)) -> Self {
        let mut matter = SectionMatter::default();
        set(&mut matter);
        self.sections.push((relative.into(), matter));
        self
    }

    pub(super) fn assets(mut self, relatives: &[&str]) -> Self {
        self.assets.extend(relatives.iter().map(|relative| SourcePath::new(format!("content/{relative}"))));
        self
    }

    pub(super) fn resolve(self) -> Built {
        let Fixture { config, pages, sections, assets } = self;
        let file =
            |relative: &str| FileName::new(&SourcePath::new(format!("content/{relative}")), &config).unwrap();
        let pages = pages.into_iter().map(|(relative, matter)| {
            let file = file(&relative);
            let name_for_slug = match file.is_index() {
                true => file.path.parent().file_name().to_owned(),
                false => file.name.clone(),
            };
            Arc::new(PageHead { file, matter, name_for_slug, head_hash: Hash128::ABSENT })
        });
        let sections = sections.into_iter().map(|(relative, matter)| {
            Arc::new(SectionHead { file: file(&relative), matter, head_hash: Hash128::ABSENT })
        });
        let (pages, sections) = (pages.collect(), sections.collect());
        let (site, diagnostics) = resolve(Input { config: Arc::new(config), pages, sections, assets });
        Built { site, diagnostics }
    }
}

impl Built {
    pub(super) fn page_id(&self, relative: &str) -> PageId {
        match self.site.by_relative[relative] {
            ContentId::Page(id) => id,
            ContentId::Section(_) => panic!("{relative} is a section"),
        }
    }

    pub(super) fn section_id(&self, relative: &str) -> SectionId {
        match self.site.by_relative[relative] {
            ContentId::Section(id) => id,
            ContentId::Page(_) => panic!("{relative} is a page"),
        }
    }

    pub(super) fn page(&self, relative: &str) -> &Page {
        self.site.page(self.page_id(relative))
    }

    pub(super) fn section(&self, relative: &str) -> &Section {
        self.site.section(self.section_id(relative))
    }

    pub(super) fn relatives(&self, pages: &[PageId]) -> Vec<&str> {
        pages.iter().map(|id| self.site.page(*id).parsed.file.relative.as_str()).collect()
    }

    pub(super) fn pages_of(&self, section: &str) -> Vec<&str> {
        self.relatives(&self.section(section).pages)
    }

    pub(super) fn hidden_pages_of(&self, section: &str) -> Vec<&str> {
        self.relatives(&self.section(section).hidden_pages)
    }

    pub(super) fn subsections_of(&self, section: &str) -> Vec<&str> {
        self.section(section)
            .subsections
            .iter()
            .map(|id| self.site.section(*id).parsed.file.relative.as_str())
            .collect()
    }

    pub(super) fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }
}
