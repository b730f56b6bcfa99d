//! How a list is cut into pagers. In: pages in order and what the section or taxonomy says about pagers. Out: pagers, at
//! least one.

use super::site::{PageId, Pager, Section, Site};

/// A list that is cut into pagers.
pub(super) struct List<'a> {
    /// Its pages, in order.
    pub(super) pages: &'a [PageId],
    /// How many pages one pager lists.
    pub(super) size: usize,
    /// Whether the pagers count from the end.
    pub(super) reversed: bool,
    /// The part of the path before the pager's number; may be empty.
    pub(super) paginate_path: &'a str,
    /// The path of the list.
    pub(super) path: &'a str,
    /// The path that those of further pagers begin with.
    pub(super) base: &'a str,
    /// The URL of the list.
    pub(super) permalink: &'a str,
}

/// Gives every section that asks for pagers its pagers.
pub(super) fn cut_sections(site: &mut Site) {
    for section in &mut site.sections {
        section.pagers = of_section(section);
    }
}

/// Cuts a list. An empty one has one empty pager.
pub(super) fn cut(list: &List<'_>) -> Vec<Pager> {
    let mut pages = list.pages.to_vec();
    if list.reversed {
        pages.reverse();
    }
    let chunks = pages.chunks(list.size.max(1)).map(<[PageId]>::to_vec);
    let mut pagers: Vec<Pager> = chunks.enumerate().map(|(at, pages)| pager(list, at + 1, pages)).collect();
    if pagers.is_empty() {
        pagers.push(pager(list, 1, Vec::new()));
    }
    pagers
}

/// Further pagers of every root section have paths such as `/page/2/`, also those of `/fr/`: Zola does so, and templates
/// see it. Their URLs are right.
fn of_section(section: &Section) -> Vec<Pager> {
    let matter = &section.parsed.matter;
    let Some(size) = matter.pager_size() else { return Vec::new() };
    cut(&List {
        pages: &section.pages,
        size,
        reversed: matter.paginate_reversed,
        paginate_path: &matter.paginate_path,
        path: &section.path,
        base: if section.is_root() { "/" } else { &section.path },
        permalink: &section.permalink,
    })
}

fn pager(list: &List<'_>, index: usize, pages: Vec<PageId>) -> Pager {
    let below = |base: &str| match (index, list.paginate_path) {
        (_, "") => format!("{base}{index}/"),
        (_, folder) => format!("{base}{folder}/{index}/"),
    };
    let (permalink, path) = match index {
        1 => (list.permalink.to_owned(), list.path.to_owned()),
        _ => (below(list.permalink), below(list.base)),
    };
    Pager { index, permalink, path, pages }
}

#[cfg(test)]
mod tests {
    use crate::model::{SectionMatter, SortBy};
    use crate::resolve::fixture::{Built, Fixture};

    fn with_pages(section: &str, folder: &str, lang: &str, set: impl FnOnce(&mut SectionMatter)) -> Built {
        let mut fixture = Fixture::new().language("fr").section(section, |m| {
            (m.paginate_by, m.sort_by) = (Some(2), SortBy::Permalink);
            set(m);
        });
        for n in 1..=5 {
            fixture = fixture.page(&format!("{folder}{n}{lang}.md"), |_| ());
        }
        fixture.resolve()
    }

    fn shape(built: &Built, section: &str) -> Vec<(String, String, usize)> {
        built
            .section(section)
            .pagers
            .iter()
            .map(|p| (p.path.clone(), p.permalink.clone(), p.pages.len()))
            .collect()
    }

    fn row(path: &str, permalink: &str, pages: usize) -> (String, String, usize) {
        (path.to_owned(), format!("https://example.org{permalink}"), pages)
    }

    #[test]
    fn the_first_pager_stands_at_the_list_and_the_others_below_it() {
        let built = with_pages("a/_index.md", "a/", "", |_| ());
        let rows =
            [row("/a/", "/a/", 2), row("/a/page/2/", "/a/page/2/", 2), row("/a/page/3/", "/a/page/3/", 1)];
        assert_eq!(shape(&built, "a/_index.md"), rows);
        assert_eq!(built.section("a/_index.md").pagers[2].pages, [built.page_id("a/5.md")]);
    }

    #[test]
    fn an_empty_paginate_path_leaves_no_part() {
        let built = with_pages("a/_index.md", "a/", "", |m| m.paginate_path = String::new());
        assert_eq!(shape(&built, "a/_index.md")[1], row("/a/2/", "/a/2/", 2));
    }

    #[test]
    fn pagers_of_another_root_have_the_path_of_the_default_one() {
        let built = with_pages("_index.fr.md", "", ".fr", |_| ());
        assert_eq!(
            shape(&built, "_index.fr.md")[..2],
            [row("/fr/", "/fr/", 2), row("/page/2/", "/fr/page/2/", 2)]
        );
    }

    #[test]
    fn reversed_pagers_begin_with_the_last_page() {
        let built = with_pages("a/_index.md", "a/", "", |m| m.paginate_reversed = true);
        let pagers = &built.section("a/_index.md").pagers;
        assert_eq!(pagers[0].pages, [built.page_id("a/5.md"), built.page_id("a/4.md")]);
        assert_eq!(pagers[2].pages, [built.page_id("a/1.md")]);
        assert_eq!(
            built.section("a/_index.md").pages[0],
            built.page_id("a/1.md"),
            "the section's own list is not reversed"
        );
    }

    #[test]
    fn a_list_without_pages_has_one_empty_pager_and_a_size_of_nought_none() {
        let built = Fixture::new()
            .section("a/_index.md", |m| m.paginate_by = Some(3))
            .section("b/_index.md", |m| m.paginate_by = Some(0))
            .page("a/x.md", |m| m.render = false)
            .page("a/y.md", |m| m.hidden = Some(true))
            .resolve();
        assert_eq!(shape(&built, "a/_index.md"), [row("/a/", "/a/", 0)]);
        assert!(built.section("b/_index.md").pagers.is_empty());
    }

    #[test]
    fn pages_that_cannot_be_sorted_are_in_no_pager() {
        let built = with_pages("a/_index.md", "a/", "", |m| m.sort_by = SortBy::Date);
        assert_eq!(shape(&built, "a/_index.md"), [row("/a/", "/a/", 0)]);
    }
}
