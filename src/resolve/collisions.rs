//! Who claims the same URL. In: the resolved site. Out: a complaint for every URL with more than one claimant, that names
//! them all.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::misplaced;
use super::site::{ContentId, PageId, Site};
use crate::base::{Diagnostic, SourcePath};
use crate::model::Dialect;

/// Who claims a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claimant {
    /// Content by its own path.
    Content(ContentId),
    /// Content by an alias.
    Alias(ContentId),
    /// A taxonomy, by its place.
    Taxonomy(usize),
    /// A term, by the place of its taxonomy and its own.
    Term(usize, usize),
}

/// Finds URLs with more than one claimant. Compared is where the output would lie, so `a/`, `/a` and `a/index.html` are
/// one.
pub(super) fn find(site: &Site, dialect: Dialect, complaints: &mut Vec<Diagnostic>) {
    let misplaced = misplaced::find(site, complaints);
    let contested = contested(claims(site, &misplaced, dialect));
    for (place, claimants) in contested {
        complaints.extend(aliases_to_itself(site, place, &claimants));
        complaints.extend(collision(site, place, &claimants));
    }
}

/// The places that are claimed more than once. Sorting by hash finds them faster than a table of all places would.
fn contested(claims: Vec<(&str, Claimant)>) -> BTreeMap<&str, Vec<Claimant>> {
    let hash = |(at, (place, _)): (usize, &(&str, Claimant))| (xxh3_64(place.as_bytes()), at);
    let mut hashes: Vec<(u64, usize)> = claims.par_iter().enumerate().with_min_len(1024).map(hash).collect();
    hashes.par_sort_unstable();
    let mut by_place: BTreeMap<&str, Vec<Claimant>> = BTreeMap::new();
    for run in hashes.chunk_by(|(a, _), (b, _)| a == b).filter(|run| run.len() > 1) {
        for (_, at) in run {
            by_place.entry(claims[*at].0).or_default().push(claims[*at].1);
        }
    }
    by_place
}

/// Every claim: pages, then sections, then aliases, then taxonomies, each in the order of the site. Aliases of content
/// that is not rendered are written all the same. In dialect 0.22 a taxonomy takes the place of whatever is there.
fn claims<'a>(site: &'a Site, misplaced: &HashSet<PageId>, dialect: Dialect) -> Vec<(&'a str, Claimant)> {
    let mut claims = Vec::with_capacity(site.pages.len() + site.sections.len());
    let mut claim = |path: &'a str, claimant| claims.push((place_of(path), claimant));
    for (id, page) in
        site.page_ids().filter(|(id, page)| page.parsed.matter.render && !misplaced.contains(id))
    {
        claim(&page.path, Claimant::Content(ContentId::Page(id)));
    }
    for (id, section) in site.section_ids().filter(|(_, section)| section.parsed.matter.render) {
        claim(&section.path, Claimant::Content(ContentId::Section(id)));
    }
    for (id, page) in site.page_ids() {
        page.parsed
            .matter
            .aliases
            .iter()
            .for_each(|alias| claim(alias, Claimant::Alias(ContentId::Page(id))));
    }
    for (id, section) in site.section_ids() {
        section
            .parsed
            .matter
            .aliases
            .iter()
            .for_each(|alias| claim(alias, Claimant::Alias(ContentId::Section(id))));
    }
    for (at, taxonomy) in site
        .taxonomies
        .iter()
        .enumerate()
        .filter(|(_, taxonomy)| taxonomy.kind.render && !taxonomy.terms.is_empty() && !dialect.is_old())
    {
        claim(&taxonomy.path, Claimant::Taxonomy(at));
        taxonomy
            .terms
            .iter()
            .enumerate()
            .for_each(|(term_at, term)| claim(&term.path, Claimant::Term(at, term_at)));
    }
    claims
}

/// Where the output of a path lies, the same for all ways to write it.
pub(super) fn place_of(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.unwrap_or(path).trim_end_matches('/')
}

/// A warning when content has its own path as an alias: the alias would overwrite the content.
fn aliases_to_itself(site: &Site, place: &str, claimants: &[Claimant]) -> Option<Diagnostic> {
    let id = claimants.iter().find_map(|claimant| match claimant {
        Claimant::Content(id) if claimants.contains(&Claimant::Alias(*id)) => Some(*id),
        _ => None,
    })?;
    let message = format!("The alias `/{place}` leads to where it stands itself, and is passed over.");
    let hint = "Remove it from `aliases` in the front matter.";
    Some(Diagnostic::warning("resolve/alias-to-itself", message).in_file(&site.file(id).path).hint(hint))
}

/// An error when more than one file or taxonomy claims a place.
fn collision(site: &Site, place: &str, claimants: &[Claimant]) -> Option<Diagnostic> {
    let mut apart: Vec<Claimant> = Vec::new();
    for claimant in claimants {
        let owner = owner(*claimant);
        if owner.is_none() || !apart.iter().any(|other| self::owner(*other) == owner) {
            apart.push(*claimant);
        }
    }
    if apart.len() < 2 {
        return None;
    }
    let names: Vec<String> = apart.iter().map(|claimant| describe(site, *claimant)).collect();
    let url = if place.is_empty() { "/".to_owned() } else { format!("/{place}/") };
    let message = format!("The address {url} is claimed by more than one: {}.", names.join("; "));
    let mut fault = Diagnostic::error("resolve/collision", message);
    for (claimant, name) in apart.iter().zip(&names) {
        let Some(file) = file_of(site, *claimant) else { continue };
        fault = match fault.place {
            None => fault.in_file(file),
            Some(_) => fault.note(format!("Also claimed by {name}."), file, None),
        };
    }
    Some(hints(site, &apart).into_iter().fold(fault, Diagnostic::hint))
}

fn owner(claimant: Claimant) -> Option<ContentId> {
    match claimant {
        Claimant::Content(id) | Claimant::Alias(id) => Some(id),
        Claimant::Taxonomy(_) | Claimant::Term(..) => None,
    }
}

/// The file in which a claim is made; none for a taxonomy and for a root section that nobody wrote.
fn file_of(site: &Site, claimant: Claimant) -> Option<&SourcePath> {
    match claimant {
        Claimant::Content(ContentId::Section(id)) if site.section(id).implied => None,
        Claimant::Content(id) | Claimant::Alias(id) => Some(&site.file(id).path),
        Claimant::Taxonomy(_) => None,
        Claimant::Term(at, term) => {
            site.taxonomies[at].terms[term].pages.first().map(|id| &site.page(*id).parsed.file.path)
        }
    }
}

fn describe(site: &Site, claimant: Claimant) -> String {
    match claimant {
        Claimant::Content(ContentId::Page(id)) => format!("the page {}", site.page(id).parsed.file.path),
        Claimant::Content(ContentId::Section(id)) => {
            let section = site.section(id);
            match section.implied {
                true => format!("the start page of the language `{}`", section.parsed.file.lang),
                false => format!("the section {}", section.parsed.file.path),
            }
        }
        Claimant::Alias(id) => format!("an alias in {}", site.file(id).path),
        Claimant::Taxonomy(at) => format!("the taxonomy `{}`", site.taxonomies[at].kind.name),
        Claimant::Term(at, term) => {
            let taxonomy = &site.taxonomies[at];
            format!("the term `{}` of the taxonomy `{}`", taxonomy.terms[term].name, taxonomy.kind.name)
        }
    }
}

/// What could be changed, given who the claimants are; the cheapest remedy first.
fn hints(site: &Site, claimants: &[Claimant]) -> Vec<String> {
    let any = |test: fn(&Claimant) -> bool| claimants.iter().any(test);
    let mut hints = Vec::new();
    if let Some(alias) = claimants.iter().find(|claimant| matches!(claimant, Claimant::Alias(_))) {
        let file = file_of(site, *alias).map_or("", SourcePath::as_str);
        hints.push(format!("Remove or change the alias in the front matter of {file}."));
    }
    if any(|claimant| matches!(claimant, Claimant::Content(ContentId::Page(_)))) {
        hints
            .push("Give a page another `slug` or `path` in its front matter, or rename its file.".to_owned());
    } else if any(|claimant| matches!(claimant, Claimant::Content(ContentId::Section(_)))) {
        hints.push("Rename the folder of the section.".to_owned());
    }
    if any(|claimant| matches!(claimant, Claimant::Taxonomy(_) | Claimant::Term(..))) {
        hints.push(
            "Or rename the term, or set `taxonomy_root` in the settings so that taxonomies stand elsewhere."
                .to_owned(),
        );
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::fixture::{Built, Fixture};

    fn only_fault(built: &Built) -> &Diagnostic {
        assert_eq!(built.diagnostics.len(), 1, "{:?}", built.diagnostics);
        &built.diagnostics[0]
    }

    fn files(fault: &Diagnostic) -> Vec<&str> {
        fault
            .place
            .iter()
            .chain(fault.notes.iter().map(|note| &note.place))
            .map(|place| place.file.as_str())
            .collect()
    }

    #[test]
    fn all_ways_to_write_a_path_are_one_place() {
        for (path, place) in [
            ("/a/b/", "a/b"),
            ("a/b", "a/b"),
            ("/a/b/index.html", "a/b"),
            ("index.html", ""),
            ("/", ""),
            ("a/b.html", "a/b.html"),
            ("a/myindex.html", "a/myindex.html"),
        ] {
            assert_eq!(place_of(path), place);
        }
    }

    #[test]
    fn every_claimant_is_named() {
        let built = Fixture::new()
            .section("a/_index.md", |m| m.aliases = vec!["x".into()])
            .page("x.md", |_| ())
            .page("y.md", |m| m.slug = Some("x".into()))
            .resolve();
        let fault = only_fault(&built);
        assert_eq!((fault.code, fault.is_error()), ("resolve/collision", true));
        assert_eq!(files(fault), ["content/x.md", "content/y.md", "content/a/_index.md"]);
        assert!(fault.message.contains("address /x/"), "{}", fault.message);
        assert!(fault.hints[0].contains("content/a/_index.md") && fault.hints[1].contains("slug"));
    }

    #[test]
    fn a_page_and_a_section_of_one_name_collide_unless_one_is_not_rendered() {
        let with = |render| {
            Fixture::new()
                .page("a.md", |_| ())
                .section("a/_index.md", move |m| m.render = render)
                .resolve()
                .codes()
        };
        assert_eq!(with(true), ["resolve/collision"]);
        assert!(with(false).is_empty());
    }

    #[test]
    fn aliases_of_one_file_do_not_collide_with_one_another() {
        let built = Fixture::new().page("a.md", |m| m.aliases = vec!["x".into(), "/x/".into()]).resolve();
        assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    }

    #[test]
    fn an_alias_to_itself_is_only_a_warning() {
        let built = Fixture::new().page("a.md", |m| m.aliases = vec!["/a".into()]).resolve();
        let fault = only_fault(&built);
        assert_eq!((fault.code, fault.is_error()), ("resolve/alias-to-itself", false));
    }

    #[test]
    fn taxonomies_and_terms_claim_their_paths_when_they_are_rendered() {
        let with = |render| {
            Fixture::new()
                .taxonomy("nl", "tags", move |kind| kind.render = render)
                .page("tags.md", |m| m.taxonomies = vec![("tags".into(), vec!["x".into()])])
                .page("tags/x.md", |_| ())
                .resolve()
        };
        let built = with(true);
        assert_eq!(built.codes(), ["resolve/collision", "resolve/collision"]);
        let term = built.diagnostics.iter().find(|fault| fault.message.contains("term `x`")).unwrap();
        assert_eq!(files(term), ["content/tags/x.md", "content/tags.md"]);
        assert!(with(false).diagnostics.is_empty());
    }

    #[test]
    fn a_taxonomy_without_terms_claims_nothing() {
        assert!(
            Fixture::new()
                .taxonomy("nl", "tags", |_| ())
                .page("tags.md", |_| ())
                .resolve()
                .diagnostics
                .is_empty()
        );
    }

    #[test]
    fn the_start_page_of_a_language_collides_without_a_file() {
        let built = Fixture::new().language("fr").section("fr/_index.md", |_| ()).resolve();
        let fault = only_fault(&built);
        assert_eq!(files(fault), ["content/fr/_index.md"]);
        assert!(fault.message.contains("language `fr`"));
    }
}
