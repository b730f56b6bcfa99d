//! Which terms there are and which pages they hold. In: the pages and the config. Out: the taxonomies of every language
//! with their terms, and complaints about terms and taxonomies that cannot be.

use std::collections::HashMap;

use rayon::prelude::*;

use super::order;
use super::pagers::{self, List};
use super::site::{Page, PageId, Taxonomy, Term};
use super::urls::taxonomy_path;
use crate::base::Diagnostic;
use crate::model::slug::path_slug;
use crate::model::{Config, SortBy, TaxonomyConfig};

/// How many further pages a complaint points to.
const POINTED_AT: usize = 5;

/// A taxonomy while its terms are being gathered.
struct Gathering<'a> {
    kind: &'a TaxonomyConfig,
    lang: &'a str,
    /// The terms as they are written, with their pages by path of file.
    terms: Vec<(&'a str, Vec<PageId>)>,
    /// Where a term stands in `terms`.
    places: HashMap<&'a str, usize>,
}

/// The taxonomies, by language and in the order of the config. One without terms is there too.
pub(super) fn gather(pages: &[Page], config: &Config, complaints: &mut Vec<Diagnostic>) -> Vec<Taxonomy> {
    let mut gatherings = declared(config);
    let places = by_name(&gatherings, config);
    for (at, page) in pages.iter().enumerate() {
        let lang = page.parsed.file.lang.as_str();
        for (name, terms) in &page.parsed.matter.taxonomies {
            let Some(place) = places.get(&(lang, name.as_str())) else {
                complaints.push(undeclared(page, name, config));
                continue;
            };
            // In dialect 0.22 a page that is not rendered is listed all the same.
            if (page.parsed.matter.render || config.dialect.is_old()) && !page.hidden {
                terms.iter().for_each(|term| gatherings[*place].add(term, PageId(at as u32)));
            }
        }
    }
    let done: Vec<_> = gatherings.into_par_iter().map(|gathering| gathering.finish(pages, config)).collect();
    let (taxonomies, faults): (Vec<_>, Vec<_>) = done.into_iter().unzip();
    complaints.extend(faults.into_iter().flatten());
    taxonomies
}

/// What the config declares. Of two taxonomies with the same slug the last one's settings count for both.
fn declared(config: &Config) -> Vec<Gathering<'_>> {
    let mut gatherings: Vec<Gathering<'_>> = Vec::new();
    for (lang, options) in &config.languages {
        for kind in &options.taxonomies {
            match gatherings.iter_mut().find(|other| other.lang == lang && other.kind.slug == kind.slug) {
                Some(same) => same.kind = kind,
                None => gatherings.push(Gathering { kind, lang, terms: Vec::new(), places: HashMap::new() }),
            }
        }
    }
    gatherings
}

/// The place of a taxonomy by language and by its name in front matter.
fn by_name<'a>(gatherings: &[Gathering<'_>], config: &'a Config) -> HashMap<(&'a str, &'a str), usize> {
    let mut places = HashMap::new();
    for (lang, options) in &config.languages {
        for kind in &options.taxonomies {
            let place = gatherings
                .iter()
                .position(|gathering| gathering.lang == lang && gathering.kind.slug == kind.slug);
            places.extend(place.map(|place| ((lang.as_str(), kind.name.as_str()), place)));
        }
    }
    places
}

impl<'a> Gathering<'a> {
    fn add(&mut self, term: &'a str, page: PageId) {
        let place = *self.places.entry(term).or_insert(self.terms.len());
        match self.terms.get_mut(place) {
            Some((_, pages)) => pages.push(page),
            None => self.terms.push((term, vec![page])),
        }
    }

    fn finish(self, pages: &[Page], config: &Config) -> (Taxonomy, Vec<Diagnostic>) {
        let Gathering { kind, lang, terms, .. } = self;
        let path = taxonomy_path(kind, lang, config);
        let slugged = terms
            .into_par_iter()
            .with_min_len(64)
            .map(|(name, pages)| (path_slug(name, config.slugify.taxonomies), name, pages));
        let (slugless, mut slugged): (Vec<_>, Vec<_>) = slugged.partition(|(slug, ..)| slug.is_empty());
        let faults: Vec<Diagnostic> =
            slugless.iter().map(|(_, name, ids)| without_slug(kind, name, ids, pages)).collect();
        slugged.sort_by(|(slug, name, _), (other_slug, other_name, _)| {
            (slug, name).cmp(&(other_slug, other_name))
        });
        let merged = merge(slugged);
        let terms = merged
            .into_par_iter()
            .with_min_len(16)
            .map(|(slug, name, ids)| term(kind, &path, slug, name, ids, pages, config));
        let taxonomy = Taxonomy {
            terms: terms.collect(),
            permalink: config.permalink(&path),
            kind: kind.clone(),
            lang: lang.to_owned(),
            path,
        };
        (taxonomy, faults)
    }
}

/// Terms that are written differently but have one slug become one term with the first's name. In and out: by slug.
fn merge(terms: Vec<(String, &str, Vec<PageId>)>) -> Vec<(String, &str, Vec<PageId>)> {
    let mut merged: Vec<(String, &str, Vec<PageId>)> = Vec::with_capacity(terms.len());
    for (slug, name, pages) in terms {
        match merged.last_mut() {
            Some((same, _, others)) if *same == slug => others.extend(pages),
            _ => merged.push((slug, name, pages)),
        }
    }
    merged
}

fn term(
    kind: &TaxonomyConfig,
    taxonomy: &str,
    slug: String,
    name: &str,
    mut ids: Vec<PageId>,
    pages: &[Page],
    config: &Config,
) -> Term {
    ids.sort_unstable();
    ids.dedup();
    let by_date = order::sort_pages(pages, &ids, SortBy::Date);
    let ids = [by_date.sorted, by_date.without].concat();
    let path = format!("{taxonomy}{slug}/");
    let permalink = config.permalink(&path);
    let pagers = kind.pager_size().map_or_else(Vec::new, |size| {
        let paginate_path = kind.paginate_path.as_deref().unwrap_or("page");
        pagers::cut(&List {
            pages: &ids,
            size,
            reversed: false,
            paginate_path,
            path: &path,
            base: &path,
            permalink: &permalink,
        })
    });
    Term { name: name.to_owned(), slug, path, permalink, pages: ids, pagers }
}

fn undeclared(page: &Page, name: &str, config: &Config) -> Diagnostic {
    let file = &page.parsed.file;
    let known = config.language(&file.lang).map_or(&[] as &[TaxonomyConfig], |options| &options.taxonomies);
    let known: Vec<_> = known.iter().map(|kind| format!("`{}`", kind.name)).collect();
    let known = match known.len() {
        0 => "It has none yet.".to_owned(),
        _ => format!("It has {}.", known.join(", ")),
    };
    let lang = &file.lang;
    let whose = if config.is_multilingual() {
        format!("for the language `{lang}`")
    } else {
        "in the settings of the site".to_owned()
    };
    let message = format!("This page has terms of the taxonomy `{name}`, which is not declared {whose}.");
    let table = if *lang == config.default_language {
        "taxonomies".to_owned()
    } else {
        format!("languages.{lang}.taxonomies")
    };
    Diagnostic::error("resolve/unknown-taxonomy", message)
        .in_file(&file.path)
        .hint(format!("Correct or remove `{name}` in the front matter, or add `{{ name = \"{name}\" }}` to `{table}` in the settings. {known}"))
}

fn without_slug(kind: &TaxonomyConfig, name: &str, ids: &[PageId], pages: &[Page]) -> Diagnostic {
    let message = format!(
        "The term `{name}` of the taxonomy `{}` has no letter or digit that an address could be made of.",
        kind.name
    );
    let hint =
        "Rename the term so that it has at least one letter or digit, or remove it from the front matter.";
    let mut fault = Diagnostic::error("resolve/empty-term", message).hint(hint);
    let mut files = ids.iter().filter_map(|id| pages.get(id.0 as usize)).map(|page| &page.parsed.file.path);
    if let Some(first) = files.next() {
        fault = fault.in_file(first);
    }
    files.take(POINTED_AT).fold(fault, |fault, file| fault.note("This page has the term too.", file, None))
}

#[cfg(test)]
mod tests {
    use crate::model::slug::Strategy;
    use crate::resolve::fixture::{Built, Fixture, date};

    fn tags<const N: usize>(tags: [&'static str; N]) -> impl FnOnce(&mut crate::model::PageMatter) {
        move |matter| matter.taxonomies = vec![("tags".into(), tags.map(str::to_owned).to_vec())]
    }

    fn terms(built: &Built) -> Vec<(&str, &str, Vec<&str>)> {
        let terms = &built.site.taxonomies[0].terms;
        terms
            .iter()
            .map(|term| (term.slug.as_str(), term.name.as_str(), built.relatives(&term.pages)))
            .collect()
    }

    fn site() -> Fixture {
        Fixture::new().taxonomy("nl", "tags", |_| ())
    }

    #[test]
    fn terms_go_by_slug_and_their_pages_newest_first_then_those_without_a_date() {
        let built = site()
            .page("a.md", tags(["Zorg", "Één"]))
            .page("b.md", |m| (m.date, m.taxonomies) = (date(10), vec![("tags".into(), vec!["Zorg".into()])]))
            .page("c.md", |m| (m.date, m.taxonomies) = (date(20), vec![("tags".into(), vec!["Zorg".into()])]))
            .resolve();
        assert_eq!(
            terms(&built),
            [("een", "Één", vec!["a.md"]), ("zorg", "Zorg", vec!["c.md", "b.md", "a.md"])]
        );
        let term = &built.site.taxonomies[0].terms[1];
        assert_eq!(
            (term.path.as_str(), term.permalink.as_str()),
            ("/tags/zorg/", "https://example.org/tags/zorg/")
        );
    }

    #[test]
    fn terms_with_one_slug_become_one_term_with_each_page_once_and_in_order() {
        let built = site()
            .page("a.md", |m| {
                (m.date, m.taxonomies) =
                    (date(10), vec![("tags".into(), vec!["zorg".into(), "Zorg".into(), "zorg".into()])])
            })
            .page("b.md", |m| (m.date, m.taxonomies) = (date(20), vec![("tags".into(), vec!["zorg".into()])]))
            .page("c.md", tags(["ZORG"]))
            .resolve();
        assert_eq!(terms(&built), [("zorg", "ZORG", vec!["b.md", "a.md", "c.md"])]);
    }

    #[test]
    fn only_pages_that_are_rendered_and_not_hidden_count_and_empty_terms_vanish() {
        let built = site()
            .page("a.md", |m| (m.render, m.taxonomies) = (false, vec![("tags".into(), vec!["x".into()])]))
            .page("b.md", |m| {
                (m.hidden, m.taxonomies) = (Some(true), vec![("tags".into(), vec!["!".into()])])
            })
            .resolve();
        assert!(terms(&built).is_empty() && built.diagnostics.is_empty());
        assert_eq!(built.site.taxonomies.len(), 1, "a taxonomy without terms stays");
    }

    #[test]
    fn a_term_without_slug_is_an_error_at_its_pages() {
        let built = site().page("a.md", tags(["???"])).page("b.md", tags(["???", "ok"])).resolve();
        assert_eq!(built.codes(), ["resolve/empty-term"]);
        let fault = &built.diagnostics[0];
        assert_eq!(fault.place.as_ref().unwrap().file.as_str(), "content/a.md");
        assert_eq!(fault.notes[0].place.file.as_str(), "content/b.md");
        assert_eq!(terms(&built).len(), 1);
    }

    #[test]
    fn without_slugs_terms_stay_as_written() {
        let mut fixture = site().page("a.md", tags(["Zorg", "zorg", "???"]));
        fixture.config.slugify.taxonomies = Strategy::Off;
        let built = fixture.resolve();
        assert_eq!(terms(&built).iter().map(|t| t.0).collect::<Vec<_>>(), ["???", "Zorg", "zorg"]);
    }

    #[test]
    fn a_taxonomy_that_is_not_declared_in_the_language_is_an_error_also_when_not_rendered() {
        let built =
            site().language("fr").page("a.fr.md", tags([])).page("b.md", |m| m.render = false).resolve();
        assert_eq!(built.codes(), ["resolve/unknown-taxonomy"]);
        assert!(built.diagnostics[0].message.contains("language `fr`"));
    }

    #[test]
    fn languages_have_their_own_terms_and_paths_with_the_root_between() {
        let mut fixture = site()
            .language("fr")
            .taxonomy("fr", "tags", |_| ())
            .page("a.md", tags(["x"]))
            .page("a.fr.md", tags(["y"]));
        fixture.config.taxonomy_root = Some("blog".into());
        let built = fixture.resolve();
        let paths: Vec<_> =
            built.site.taxonomies.iter().map(|t| (t.path.as_str(), t.terms[0].path.as_str())).collect();
        assert_eq!(paths, [("/blog/tags/", "/blog/tags/x/"), ("/fr/blog/tags/", "/fr/blog/tags/y/")]);
        assert_eq!(built.site.taxonomies[1].permalink, "https://example.org/fr/blog/tags/");
    }

    #[test]
    fn terms_are_cut_into_pagers() {
        let built = Fixture::new()
            .taxonomy("nl", "tags", |kind| {
                (kind.paginate_by, kind.paginate_path) = (Some(1), Some("blad".into()))
            })
            .page("a.md", tags(["x"]))
            .page("b.md", tags(["x"]))
            .resolve();
        let paths: Vec<_> =
            built.site.taxonomies[0].terms[0].pagers.iter().map(|pager| pager.path.as_str()).collect();
        assert_eq!(paths, ["/tags/x/", "/tags/x/blad/2/"]);
    }

    #[test]
    fn two_taxonomies_with_one_slug_are_one() {
        let built =
            site().taxonomy("nl", "Tags", |kind| kind.feed = true).page("a.md", tags(["x"])).resolve();
        assert_eq!(built.site.taxonomies.len(), 1);
        assert!(built.site.taxonomies[0].kind.feed);
        assert_eq!(terms(&built).len(), 1);
    }
}
