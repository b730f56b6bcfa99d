//! Which slug, path and permalink a file has. In: parsed files and the config. Out: pages and sections that know where
//! they stand, but not yet beside whom.

use std::sync::Arc;

use rayon::prelude::*;

use super::site::{Page, Section};
use crate::base::{SourcePath, hash_of};
use crate::model::slug::path_slug;
use crate::model::{Config, PageMatter, SectionMatter, TaxonomyConfig};
use crate::parse::file_name::FileName;
use crate::parse::{PageHead, SectionHead};

/// The pages with their URLs, in the order given.
pub(super) fn pages(parsed: Vec<Arc<PageHead>>, config: &Config) -> Vec<Page> {
    parsed.into_par_iter().with_min_len(256).map(|parsed| page(parsed, config)).collect()
}

/// The sections with their URLs, by path of the file. A language whose root section nobody wrote gets one.
pub(super) fn sections(parsed: Vec<Arc<SectionHead>>, config: &Config) -> Vec<Section> {
    let mut sections: Vec<Section> =
        parsed.into_par_iter().with_min_len(256).map(|parsed| section(parsed, config)).collect();
    for (lang, _) in &config.languages {
        if !sections.iter().any(|section| section.is_root() && section.parsed.file.lang == *lang) {
            sections.push(implied_root(lang, config));
        }
    }
    sections.sort_by(|a, b| a.parsed.file.path.cmp(&b.parsed.file.path));
    sections
}

/// The path of a taxonomy in a language, with `/` at both ends.
pub(super) fn taxonomy_path(kind: &TaxonomyConfig, lang: &str, config: &Config) -> String {
    let mut path = String::from("/");
    let lang = (lang != config.default_language).then_some(lang);
    for part in lang.into_iter().chain(config.taxonomy_root.as_deref()).chain([kind.slug.as_str()]) {
        path.push_str(part);
        path.push('/');
    }
    path
}

fn page(parsed: Arc<PageHead>, config: &Config) -> Page {
    let name = parsed.matter.slug.as_ref().unwrap_or(&parsed.name_for_slug);
    let slug = path_slug(name, config.slugify.paths);
    let path = page_path(&parsed.file, &parsed.matter, &slug, config);
    Page {
        template: parsed.matter.template.clone(),
        components: components(&path),
        permalink: config.permalink(&path),
        parsed,
        slug,
        path,
        ancestors: Vec::new(),
        assets: Vec::new(),
        hidden: false,
        lower: None,
        higher: None,
    }
}

fn section(parsed: Arc<SectionHead>, config: &Config) -> Section {
    let mut path = start(&parsed.file.lang, config);
    push_folders(&mut path, &parsed.file.components);
    let components = components(&path);
    let permalink = config.permalink(&path);
    bare_section(parsed, path, components, permalink)
}

/// A root section for a language without one. Zola gives it the path `fr/` and no components, and templates see both.
fn implied_root(lang: &str, config: &Config) -> Section {
    let relative = config.index_file(lang);
    let file = FileName {
        path: SourcePath::new(format!("content/{relative}")),
        relative,
        name: "_index".to_owned(),
        folder: String::new(),
        components: Vec::new(),
        colocated: None,
        canonical: "_index".to_owned(),
        lang: lang.to_owned(),
    };
    let matter = SectionMatter::default();
    let head_hash = hash_of(&(&file, &matter));
    let parsed = Arc::new(SectionHead { file, matter, head_hash });
    let is_default = lang == config.default_language;
    let path = if is_default { "/".to_owned() } else { format!("{lang}/") };
    let permalink = config.permalink(if is_default { "" } else { lang });
    Section { implied: true, ..bare_section(parsed, path, Vec::new(), permalink) }
}

fn bare_section(
    parsed: Arc<SectionHead>,
    path: String,
    components: Vec<String>,
    permalink: String,
) -> Section {
    Section {
        parsed,
        implied: false,
        path,
        components,
        permalink,
        ancestors: Vec::new(),
        assets: Vec::new(),
        hidden: false,
        lower: None,
        higher: None,
        subsections: Vec::new(),
        pages: Vec::new(),
        hidden_pages: Vec::new(),
        unsorted_pages: Vec::new(),
        pagers: Vec::new(),
    }
}

/// The path of a page: the one it asks for, taken as it is, else its language, its folders and its slug.
fn page_path(file: &FileName, matter: &PageMatter, slug: &str, config: &Config) -> String {
    let mut path = match &matter.path {
        Some(wanted) => {
            let wanted = wanted.trim();
            if wanted.starts_with('/') { wanted.to_owned() } else { format!("/{wanted}") }
        }
        None => {
            let mut path = start(&file.lang, config);
            push_folders(&mut path, &file.components);
            if !stands_for_root(file) {
                path.push_str(slug);
            }
            path
        }
    };
    if !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// Whether it is an `index.md` right in `content/`, whose path would be that of the root section.
fn stands_for_root(file: &FileName) -> bool {
    file.is_index() && file.components.is_empty() && file.colocated.is_none()
}

/// Where the paths of a language start.
fn start(lang: &str, config: &Config) -> String {
    if lang == config.default_language { "/".to_owned() } else { format!("/{lang}/") }
}

fn push_folders(path: &mut String, folders: &[String]) {
    for folder in folders {
        path.push_str(folder);
        path.push('/');
    }
}

fn components(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use crate::model::slug::Strategy;
    use crate::resolve::fixture::Fixture;

    fn path_of(fixture: Fixture, relative: &str) -> String {
        fixture.resolve().page(relative).path.clone()
    }

    #[test]
    fn a_page_stands_below_its_folders_by_its_slug() {
        let built = Fixture::new().page("Kennis Base/b/Hallo Wereld.md", |_| ()).resolve();
        let page = built.page("Kennis Base/b/Hallo Wereld.md");
        assert_eq!(page.slug, "hallo-wereld");
        assert_eq!(page.path, "/Kennis Base/b/hallo-wereld/", "folders are not slugified");
        assert_eq!(page.components, ["Kennis Base", "b", "hallo-wereld"]);
        assert_eq!(page.permalink, "https://example.org/Kennis Base/b/hallo-wereld/");
    }

    #[test]
    fn an_index_page_goes_by_its_folder() {
        assert_eq!(
            path_of(Fixture::new().page("blog/My Post/index.md", |_| ()), "blog/My Post/index.md"),
            "/blog/my-post/"
        );
        assert_eq!(path_of(Fixture::new().page("post/index.md", |_| ()), "post/index.md"), "/post/");
    }

    #[test]
    fn slug_of_front_matter_wins_and_is_slugified_by_strategy() {
        let with = |strategy| {
            let mut fixture = Fixture::new().page("a/b.md", |m| m.slug = Some("Één Kop?".into()));
            fixture.config.slugify.paths = strategy;
            path_of(fixture, "a/b.md")
        };
        assert_eq!(with(Strategy::On), "/a/een-kop/");
        assert_eq!(with(Strategy::Safe), "/a/Één Kop/");
        assert_eq!(with(Strategy::Off), "/a/Één Kop?/");
    }

    #[test]
    fn path_of_front_matter_is_taken_as_it_is_in_every_language() {
        for (wanted, got) in [("x/Y", "/x/Y/"), (" /x/ ", "/x/"), ("/", "/"), ("x.html", "/x.html/")] {
            let fixture = Fixture::new().language("fr").page("a/b.fr.md", |m| m.path = Some(wanted.into()));
            assert_eq!(path_of(fixture, "a/b.fr.md"), got);
        }
    }

    #[test]
    fn another_language_comes_first_in_the_path() {
        let built = Fixture::new()
            .language("fr")
            .page("a/b.fr.md", |_| ())
            .section("a/_index.fr.md", |_| ())
            .resolve();
        assert_eq!(built.page("a/b.fr.md").path, "/fr/a/b/");
        let section = built.section("a/_index.fr.md");
        assert_eq!((section.path.as_str(), section.components.len()), ("/fr/a/", 2));
        assert_eq!(section.permalink, "https://example.org/fr/a/");
    }

    #[test]
    fn a_written_root_of_another_language_has_components_and_an_implied_one_has_not() {
        let built = Fixture::new().language("fr").language("de").section("_index.fr.md", |_| ()).resolve();
        let (fr, de, nl) =
            (built.section("_index.fr.md"), built.section("_index.de.md"), built.section("_index.md"));
        assert_eq!((fr.path.as_str(), fr.implied, fr.components.len()), ("/fr/", false, 1));
        assert_eq!((de.path.as_str(), de.implied, de.components.len()), ("de/", true, 0));
        assert_eq!(de.permalink, "https://example.org/de/");
        assert_eq!((nl.path.as_str(), nl.permalink.as_str()), ("/", "https://example.org/"));
        assert!(nl.is_root() && de.is_root() && fr.is_root());
    }

    #[test]
    fn sections_and_pages_go_by_path_of_file_whatever_the_order_given() {
        let built = Fixture::new()
            .page("b.md", |_| ())
            .page("a.md", |_| ())
            .section("z/_index.md", |_| ())
            .section("c/_index.md", |_| ())
            .resolve();
        assert_eq!(built.site.pages[0].path, "/a/");
        assert_eq!(
            built.site.sections.iter().map(|s| s.path.as_str()).collect::<Vec<_>>(),
            ["/", "/c/", "/z/"]
        );
    }

    #[test]
    fn permalinks_have_one_slash_between_and_one_at_the_end() {
        let mut config = Fixture::new().config;
        for (base, path, whole) in [
            ("https://x.nl", "", "https://x.nl/"),
            ("https://x.nl/", "", "https://x.nl/"),
            ("https://x.nl", "/", "https://x.nl/"),
            ("https://x.nl/", "/", "https://x.nl/"),
            ("https://x.nl/sub", "hello", "https://x.nl/sub/hello/"),
            ("https://x.nl/sub/", "/hello", "https://x.nl/sub/hello/"),
            ("https://x.nl", "a/atom.xml", "https://x.nl/a/atom.xml"),
            ("https://x.nl/", "/about#me", "https://x.nl/about#me"),
            ("/", "/hello/", "/hello/"),
        ] {
            config.base_url = base.into();
            assert_eq!(config.permalink(path), whole, "{base} + {path}");
        }
    }
}
