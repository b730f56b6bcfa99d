//! Which files that are no Markdown belong to which content. In: the pages, the sections and one list of such files, by
//! path. Out: `assets` of each and the table of owners.
//!
//! A page that is an `index.md` owns everything below its folder; a section owns what lies right in its folder.

use std::collections::HashMap;

use rayon::prelude::*;

use super::site::{Asset, Page, Section, Site};
use crate::base::SourcePath;

/// Gives pages and sections their assets. `files` goes by path, so that what lies below a folder is one run of it.
pub(super) fn attach(site: &mut Site, files: &[SourcePath]) {
    if files.is_empty() {
        return;
    }
    site.pages.par_iter_mut().with_min_len(256).filter(|page| page.parsed.file.is_index()).for_each(|page| page.assets = of_page(page, files));
    let folders = by_folder(files);
    for section in site.sections.iter_mut().filter(|section| !section.implied) {
        section.assets = of_section(section, &folders);
    }
    site.colocated = owners(site);
}

fn of_page(page: &Page, files: &[SourcePath]) -> Vec<Asset> {
    let folder = match page.parsed.file.directory() {
        "" => "content/".to_owned(),
        directory => format!("content/{directory}/"),
    };
    let first = files.partition_point(|file| file.as_str() < folder.as_str());
    let below = files[first..].iter().map_while(|file| Some((file, file.as_str().strip_prefix(folder.as_str())?)));
    let assets = below.map(|(file, below)| Asset {
        source: file.clone(),
        below: below.to_owned(),
        listed: format!("/{}", file.below("content").unwrap_or(below)),
    });
    by_lower_case(assets.collect())
}

fn of_section(section: &Section, folders: &HashMap<&str, Vec<&SourcePath>>) -> Vec<Asset> {
    let Some(files) = folders.get(section.parsed.file.directory()) else { return Vec::new() };
    let assets = files.iter().map(|file| Asset {
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

/// The files that lie right in each folder below `content/`.
fn by_folder(files: &[SourcePath]) -> HashMap<&str, Vec<&SourcePath>> {
    let mut folders: HashMap<&str, Vec<&SourcePath>> = HashMap::new();
    for file in files {
        let relative = file.below("content").unwrap_or(file.as_str());
        folders.entry(relative.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default().push(file);
    }
    folders
}

/// Who owns an asset that lies beside content. Of several, a page comes before a section and a deeper page before one
/// higher up, so that a file belongs to the page that stands nearest to it.
fn owners(site: &Site) -> HashMap<String, (String, String)> {
    let mut owners = HashMap::new();
    for section in &site.sections {
        claim(&mut owners, section.parsed.file.colocated.as_deref(), "_index.md", &section.assets);
    }
    let mut pages: Vec<&Page> = site.pages.iter().filter(|page| !page.assets.is_empty()).collect();
    pages.sort_by_key(|page| page.parsed.file.directory());
    for page in pages {
        claim(&mut owners, page.parsed.file.colocated.as_deref(), "index.md", &page.assets);
    }
    owners
}

fn claim(owners: &mut HashMap<String, (String, String)>, folder: Option<&str>, index: &str, assets: &[Asset]) {
    let Some(folder) = folder else { return };
    for asset in assets {
        owners.insert(format!("{folder}{}", asset.below), (format!("{folder}{index}"), asset.below.clone()));
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
            .assets(&["blog/Post/b.png", "blog/Post/A.png", "blog/Post/sub/c.png", "blog/Post-2/x.png", "blog/d.png"])
            .resolve();
        let page = built.page("blog/Post/index.md");
        assert_eq!(listed(&page.assets), ["/blog/Post/A.png", "/blog/Post/b.png", "/blog/Post/sub/c.png"]);
        assert_eq!(page.assets[2].below, "sub/c.png");
        assert_eq!(built.site.colocated["blog/Post/sub/c.png"], ("blog/Post/index.md".into(), "sub/c.png".into()));
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
        let built = Fixture::new().language("fr").page("p/index.fr.md", |_| ()).assets(&["p/a.png"]).resolve();
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
