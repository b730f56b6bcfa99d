//! Which files that are no Markdown belong to which content. In: the pages, the sections and one list of such files, by
//! path. Out: `assets` of each and the table of owners.
//!
//! A page that is an `index.md` owns everything below its folder; a section owns what lies right in its folder.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use rayon::prelude::*;

use super::site::{Asset, Page, Section, Site};
use crate::base::SourcePath;
use crate::parse::FileName;

/// The files of one folder.
struct Folder<'a> {
    /// All that lies below it, as a run of the list of files.
    below: Range<usize>,
    /// What lies right in it.
    direct: Vec<&'a SourcePath>,
}

/// The owner of an asset and the rest of its path, by its path below `content/`.
type Owners = HashMap<String, (String, String)>;

/// Folders by their paths from the root of the site, with `/` at the end. Only those that have files.
type Folders<'a> = HashMap<&'a str, Folder<'a>>;

/// Gives pages and sections their assets. `files` goes by path, so that what lies below a folder is one run of it.
pub(super) fn attach(site: &mut Site, files: &[SourcePath]) {
    if files.is_empty() {
        return;
    }
    let folders = by_folder(files);
    let pages = site.pages.par_iter_mut().with_min_len(256).filter(|page| page.parsed.file.is_index());
    pages.for_each(|page| page.assets = of_page(page, files, &folders));
    for section in site.sections.iter_mut().filter(|section| !section.implied) {
        section.assets = of_section(section, &folders);
    }
    site.colocated = owners(site);
}

/// Goes through the files once, keeping the folders of the file at hand open, so that each folder is entered once.
fn by_folder(files: &[SourcePath]) -> Folders<'_> {
    let mut folders: Vec<(&str, Folder<'_>)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let path = file.as_str();
        while let Some(left) = open.pop_if(|folder| !path.starts_with(folders[*folder].0)) {
            folders[left].1.below.end = at;
        }
        let known = open.last().map_or(0, |folder| folders[*folder].0.len());
        for (slash, _) in path[known..].match_indices('/') {
            open.push(folders.len());
            folders.push((&path[..=known + slash], Folder { below: at..files.len(), direct: Vec::new() }));
        }
        if let Some(innermost) = open.last() {
            folders[*innermost].1.direct.push(file);
        }
    }
    folders.into_iter().collect()
}

/// The folder that a Markdown file lies in, with `/` at the end.
fn folder_of(file: &FileName) -> &str {
    let path = file.path.as_str();
    &path[..path.len() - file.path.file_name().len()]
}

fn of_page(page: &Page, files: &[SourcePath], folders: &Folders<'_>) -> Vec<Asset> {
    let path = folder_of(&page.parsed.file);
    let Some(folder) = folders.get(path) else { return Vec::new() };
    let assets = files[folder.below.clone()].iter().map(|file| Asset {
        source: file.clone(),
        below: file.as_str()[path.len()..].to_owned(),
        listed: format!("/{}", file.below("content").unwrap_or(file.as_str())),
    });
    by_lower_case(assets.collect())
}

fn of_section(section: &Section, folders: &Folders<'_>) -> Vec<Asset> {
    let Some(folder) = folders.get(folder_of(&section.parsed.file)) else { return Vec::new() };
    let assets = folder.direct.iter().map(|file| Asset {
        source: (*file).clone(),
        below: file.file_name().to_owned(),
        listed: format!("{}{}", section.path, file.file_name()),
    });
    by_lower_case(assets.collect())
}

/// Zola's order. Files that differ in case only stay in the order of their paths.
fn by_lower_case(mut assets: Vec<Asset>) -> Vec<Asset> {
    if assets.len() > 1 {
        assets.sort_by_cached_key(|asset| asset.source.as_str().to_ascii_lowercase());
    }
    assets
}

/// Who owns an asset that lies beside content. Of several, a page comes before a section and a deeper page before one
/// higher up, so that a file belongs to the page that stands nearest to it.
fn owners(site: &Site) -> Owners {
    let all = site
        .pages
        .iter()
        .map(|page| page.assets.len())
        .chain(site.sections.iter().map(|section| section.assets.len()));
    let mut owners = Owners::with_capacity(all.sum());
    for section in &site.sections {
        claim(&mut owners, section.parsed.file.colocated.as_deref(), "_index.md", &section.assets);
    }
    for page in site.pages.iter().filter(|page| !page.assets.is_empty()) {
        claim(&mut owners, page.parsed.file.colocated.as_deref(), "index.md", &page.assets);
    }
    owners
}

/// Claims assets for the content of a folder. Whoever claimed one before lies in a folder above or below this one, so the
/// longer path is the nearer.
fn claim(owners: &mut Owners, folder: Option<&str>, index: &str, assets: &[Asset]) {
    let Some(folder) = folder else { return };
    for asset in assets {
        let owner = (format!("{folder}{index}"), asset.below.clone());
        match owners.entry(format!("{folder}{}", asset.below)) {
            Entry::Vacant(free) => {
                free.insert(owner);
            }
            Entry::Occupied(mut taken)
                if taken.get().0.ends_with("/_index.md") || taken.get().0.len() < owner.0.len() =>
            {
                taken.insert(owner);
            }
            Entry::Occupied(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::fixture::Fixture;

    fn listed(assets: &[Asset]) -> Vec<&str> {
        assets.iter().map(|asset| asset.listed.as_str()).collect()
    }

    #[test]
    fn an_index_page_owns_everything_below_its_folder_by_lower_cased_path() {
        let built = Fixture::new()
            .page("blog/Post/index.md", |m| m.slug = Some("anders".into()))
            .assets(&[
                "blog/Post/b.png",
                "blog/Post/A.png",
                "blog/Post/sub/c.png",
                "blog/Post-2/x.png",
                "blog/d.png",
            ])
            .resolve();
        let page = built.page("blog/Post/index.md");
        assert_eq!(listed(&page.assets), ["/blog/Post/A.png", "/blog/Post/b.png", "/blog/Post/sub/c.png"]);
        assert_eq!(page.assets[2].below, "sub/c.png");
        assert_eq!(
            built.site.colocated["blog/Post/sub/c.png"],
            ("blog/Post/index.md".into(), "sub/c.png".into())
        );
        assert!(!built.site.colocated.contains_key("blog/d.png"), "nobody's");
    }

    #[test]
    fn a_page_that_is_no_index_owns_nothing() {
        let built = Fixture::new().page("blog/post.md", |_| ()).assets(&["blog/a.png"]).resolve();
        assert!(built.page("blog/post.md").assets.is_empty());
        assert!(built.site.colocated.is_empty());
    }

    #[test]
    fn a_section_owns_what_lies_right_in_its_folder() {
        let built = Fixture::new()
            .language("fr")
            .section("blog/_index.md", |_| ())
            .section("blog/_index.fr.md", |_| ())
            .assets(&["blog/Z.png", "blog/a.png", "blog/sub/c.png"])
            .resolve();
        assert_eq!(listed(&built.section("blog/_index.md").assets), ["/blog/a.png", "/blog/Z.png"]);
        assert_eq!(listed(&built.section("blog/_index.fr.md").assets), ["/fr/blog/a.png", "/fr/blog/Z.png"]);
        assert_eq!(built.site.colocated["blog/a.png"], ("blog/_index.md".into(), "a.png".into()));
        assert!(!built.site.colocated.contains_key("blog/sub/c.png"));
    }

    #[test]
    fn a_written_root_section_has_assets_without_owner_and_an_implied_one_has_none() {
        let built = Fixture::new().section("_index.md", |_| ()).assets(&["a.png"]).resolve();
        assert_eq!(listed(&built.section("_index.md").assets), ["/a.png"]);
        assert!(built.site.colocated.is_empty());
        assert!(Fixture::new().assets(&["a.png"]).resolve().section("_index.md").assets.is_empty());
    }

    #[test]
    fn every_language_of_a_page_has_the_assets_and_the_default_file_owns_them() {
        let built =
            Fixture::new().language("fr").page("p/index.fr.md", |_| ()).assets(&["p/a.png"]).resolve();
        assert_eq!(listed(&built.page("p/index.fr.md").assets), ["/p/a.png"]);
        assert_eq!(built.site.colocated["p/a.png"].0, "p/index.md");
    }

    #[test]
    fn a_file_belongs_to_the_nearest_page_before_a_section() {
        let built = Fixture::new()
            .page("p/index.md", |_| ())
            .page("p/a/index.md", |_| ())
            .section("p/s/_index.md", |_| ())
            .assets(&["p/a/1.png", "p/s/2.png"])
            .resolve();
        assert_eq!(built.site.colocated["p/a/1.png"].0, "p/a/index.md");
        assert_eq!(built.site.colocated["p/s/2.png"], ("p/index.md".into(), "s/2.png".into()));
        assert_eq!(built.page("p/index.md").assets.len(), 2);
    }

    #[test]
    fn pages_that_are_not_rendered_keep_their_assets() {
        let built = Fixture::new().page("p/index.md", |m| m.render = false).assets(&["p/a.png"]).resolve();
        assert_eq!(built.page("p/index.md").assets.len(), 1);
        assert!(built.site.colocated.contains_key("p/a.png"));
    }
}
