//! In which order pages and subsections go, and who stands beside whom. In: sections with their pages by path of file.
//! Out: the same in the order each section asks for.
//!
//! Every order is total, so that the same site always comes out the same: ties go by permalink.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::natural;
use super::site::{Page, PageId, Section, SectionId, Site};
use crate::base::Diagnostic;
use crate::model::{DateValue, Dialect, SortBy};

/// How many files a complaint names before it says how many more there are.
const NAMED: usize = 5;

/// A list in order, and what lacks the key it goes by, in the order given.
pub(super) struct Sorted<T> {
    /// What has the key.
    pub(super) sorted: Vec<T>,
    /// What lacks it.
    pub(super) without: Vec<T>,
}

/// Puts the pages and subsections of every section in order.
pub(super) fn arrange(site: &mut Site, dialect: Dialect, complaints: &mut Vec<Diagnostic>) {
    let of_section = |section: &Section| {
        let by = section.parsed.matter.sort_by;
        let subsections_by = if dialect.is_old() { SortBy::Weight } else { by };
        let subsections = sort_sections(&site.sections, &section.subsections, subsections_by);
        (sort_pages(&site.pages, &section.pages, by), subsections)
    };
    let orders: Vec<_> = site.sections.par_iter().map(of_section).collect();
    for (at, (pages, subsections)) in orders.into_iter().enumerate() {
        let section = &site.sections[at];
        complaints.extend(unsorted_pages(site, section, &pages.without));
        complaints.extend(unsorted_subsections(site, section, &subsections.without));
        if !section.parsed.matter.transparent {
            if section.parsed.matter.sort_by != SortBy::None {
                join_pages(&mut site.pages, &pages.sorted);
            }
            join_sections(&mut site.sections, &subsections.sorted);
        }
        let section = &mut site.sections[at];
        (section.pages, section.unsorted_pages) = (pages.sorted, pages.without);
        section.subsections = subsections.sorted;
    }
}

/// Pages in an order. Without one they stay as they are given.
pub(super) fn sort_pages(pages: &[Page], ids: &[PageId], by: SortBy) -> Sorted<PageId> {
    let page = |id: PageId| &pages[id.0 as usize];
    let upwards = |a: PageId, b: PageId| page(a).permalink.cmp(&page(b).permalink).then(a.cmp(&b));
    let title = |id| page(id).parsed.matter.title.as_deref();
    match by {
        SortBy::None => Sorted { sorted: ids.to_vec(), without: Vec::new() },
        SortBy::Date => sort(ids, |id| moment(&page(id).parsed.matter.date), |a, b| b.cmp(a), upwards),
        SortBy::UpdateDate => sort(ids, |id| last_change(page(id)), |a, b| b.cmp(a), upwards),
        SortBy::Title => sort(ids, |id| title(id).map(natural::key), Ord::cmp, upwards),
        SortBy::TitleBytes => sort(ids, title, Ord::cmp, upwards),
        SortBy::Weight => sort(ids, |id| page(id).parsed.matter.weight, Ord::cmp, upwards),
        SortBy::Slug => sort(ids, |id| Some(natural::key(&page(id).slug)), Ord::cmp, upwards),
        SortBy::Permalink => sort(ids, |_| Some(()), Ord::cmp, upwards),
    }
}

/// Subsections in the order of their section, if that is one by title or permalink, else by weight.
fn sort_sections(sections: &[Section], ids: &[SectionId], by: SortBy) -> Sorted<SectionId> {
    let section = |id: SectionId| &sections[id.0 as usize];
    let upwards =
        |a: SectionId, b: SectionId| section(a).permalink.cmp(&section(b).permalink).then(a.cmp(&b));
    let title = |id| section(id).parsed.matter.title.as_deref();
    match by {
        SortBy::Title => sort(ids, |id| title(id).map(natural::key), Ord::cmp, upwards),
        SortBy::TitleBytes => sort(ids, title, Ord::cmp, upwards),
        SortBy::Permalink => sort(ids, |_| Some(()), Ord::cmp, upwards),
        _ => sort(ids, |id| Some(section(id).parsed.matter.weight), Ord::cmp, upwards),
    }
}

/// Sorts by a key that is looked up once per item.
fn sort<T: Copy + Send, K: Send>(
    ids: &[T],
    key: impl Fn(T) -> Option<K>,
    order: impl Fn(&K, &K) -> Ordering + Sync,
    tie: impl Fn(T, T) -> Ordering + Sync,
) -> Sorted<T> {
    let mut keyed = Vec::with_capacity(ids.len());
    let mut without = Vec::new();
    for id in ids {
        match key(*id) {
            Some(key) => keyed.push((key, *id)),
            None => without.push(*id),
        }
    }
    keyed.par_sort_unstable_by(|(a, a_id), (b, b_id)| order(a, b).then_with(|| tie(*a_id, *b_id)));
    Sorted { sorted: keyed.into_iter().map(|(_, id)| id).collect(), without }
}

fn moment(date: &Option<DateValue>) -> Option<(i64, i32)> {
    date.as_ref()?.moment
}

fn last_change(page: &Page) -> Option<(i64, i32)> {
    moment(&page.parsed.matter.date).max(moment(&page.parsed.matter.updated))
}

fn join_pages(pages: &mut [Page], order: &[PageId]) {
    for pair in order.windows(2) {
        pages[pair[0].0 as usize].higher = Some(pair[1]);
        pages[pair[1].0 as usize].lower = Some(pair[0]);
    }
}

fn join_sections(sections: &mut [Section], order: &[SectionId]) {
    for pair in order.windows(2) {
        sections[pair[0].0 as usize].higher = Some(pair[1]);
        sections[pair[1].0 as usize].lower = Some(pair[0]);
    }
}

fn unsorted_pages(site: &Site, section: &Section, pages: &[PageId]) -> Option<Diagnostic> {
    let (by, lacking, remedy) = match section.parsed.matter.sort_by {
        SortBy::Date => ("date", "`date`", "a `date`"),
        SortBy::UpdateDate => ("update_date", "`date` and no `updated`", "a `date`"),
        SortBy::Title => ("title", "`title`", "a `title`"),
        SortBy::TitleBytes => ("title_bytes", "`title`", "a `title`"),
        SortBy::Weight => ("weight", "`weight`", "a `weight`"),
        SortBy::Slug | SortBy::Permalink | SortBy::None => return None,
    };
    let files: Vec<&str> = pages.iter().map(|id| site.page(*id).parsed.file.path.as_str()).collect();
    let (what, whom) = match files.len() {
        0 => return None,
        1 => ("1 page has".to_owned(), "that page"),
        many => (format!("{many} pages have"), "each of them"),
    };
    let message = format!(
        "This section sorts its pages by `{by}`, but {what} no {lacking} and so cannot be listed: {}.",
        some_of(&files)
    );
    let hint = format!("Give {whom} {remedy} in its front matter, or choose another `sort_by` in this file.");
    Some(Diagnostic::warning("resolve/unsorted", message).in_file(&section.parsed.file.path).hint(hint))
}

fn unsorted_subsections(site: &Site, section: &Section, subsections: &[SectionId]) -> Option<Diagnostic> {
    if subsections.is_empty() {
        return None;
    }
    let files: Vec<&str> = subsections.iter().map(|id| site.section(*id).parsed.file.path.as_str()).collect();
    let message = format!(
        "This section sorts by title, but some of its subsections have no `title` and so cannot be listed: {}.",
        some_of(&files)
    );
    let hint = "Give each of them a `title` in its front matter, or choose another `sort_by` in this file.";
    Some(Diagnostic::warning("resolve/unsorted", message).in_file(&section.parsed.file.path).hint(hint))
}

/// The first few of a list of files, and how many more there are.
fn some_of(files: &[&str]) -> String {
    let named = files.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if files.len() > NAMED { format!("{named} and {} more", files.len() - NAMED) } else { named }
}

#[cfg(test)]
mod tests {
    use crate::model::SortBy;
    use crate::resolve::fixture::{Fixture, date};

    fn sorted(by: SortBy) -> Fixture {
        Fixture::new().section("a/_index.md", move |m| m.sort_by = by)
    }

    #[test]
    fn without_an_order_pages_go_by_path_of_file_and_have_no_neighbours() {
        let built = sorted(SortBy::None)
            .page("a/c.md", |m| m.slug = Some("0".into()))
            .page("a/b.md", |_| ())
            .resolve();
        assert_eq!(built.pages_of("a/_index.md"), ["a/b.md", "a/c.md"]);
        assert!(built.page("a/b.md").higher.is_none() && built.page("a/c.md").lower.is_none());
    }

    #[test]
    fn newest_first_and_of_one_moment_by_permalink() {
        let built = sorted(SortBy::Date)
            .page("a/1.md", |m| m.date = date(10))
            .page("a/2.md", |m| m.date = date(30))
            .page("a/3.md", |m| m.date = date(10))
            .resolve();
        assert_eq!(built.pages_of("a/_index.md"), ["a/2.md", "a/1.md", "a/3.md"]);
        assert_eq!(built.page("a/1.md").lower, Some(built.page_id("a/2.md")));
        assert_eq!(built.page("a/1.md").higher, Some(built.page_id("a/3.md")));
        assert!(built.page("a/2.md").lower.is_none() && built.page("a/3.md").higher.is_none());
    }

    #[test]
    fn update_date_is_the_later_of_the_two_and_either_suffices() {
        let built = sorted(SortBy::UpdateDate)
            .page("a/1.md", |m| (m.date, m.updated) = (date(10), date(40)))
            .page("a/2.md", |m| (m.date, m.updated) = (date(30), date(20)))
            .page("a/3.md", |m| m.updated = date(35))
            .page("a/4.md", |m| m.date = date(30))
            .resolve();
        assert_eq!(built.pages_of("a/_index.md"), ["a/1.md", "a/3.md", "a/2.md", "a/4.md"]);
        assert!(built.diagnostics.is_empty());
    }

    #[test]
    fn titles_go_as_people_order_words_or_byte_by_byte() {
        let titles = |by| {
            let built = sorted(by)
                .page("a/1.md", |m| m.title = Some("éclair 10".into()))
                .page("a/2.md", |m| m.title = Some("Eclair 9".into()))
                .page("a/3.md", |m| m.title = Some("track".into()))
                .page("a/4.md", |m| m.title = Some("Zebra".into()))
                .resolve();
            built.pages_of("a/_index.md").concat()
        };
        assert_eq!(titles(SortBy::Title), "a/2.mda/1.mda/3.mda/4.md");
        assert_eq!(titles(SortBy::TitleBytes), "a/2.mda/4.mda/3.mda/1.md");
    }

    #[test]
    fn weight_slug_and_permalink() {
        let order = |by| {
            let built = sorted(by)
                .page("a/1.md", |m| (m.weight, m.slug) = (Some(2), Some("p10".into())))
                .page("a/2.md", |m| (m.weight, m.slug) = (Some(1), Some("p9".into())))
                .page("a/3.md", |m| (m.weight, m.slug) = (Some(1), Some("p11".into())))
                .resolve();
            built.pages_of("a/_index.md").concat()
        };
        assert_eq!(order(SortBy::Weight), "a/3.mda/2.mda/1.md", "a tie goes by permalink");
        assert_eq!(order(SortBy::Slug), "a/2.mda/1.mda/3.md");
        assert_eq!(order(SortBy::Permalink), "a/1.mda/3.mda/2.md");
    }

    #[test]
    fn pages_without_the_key_are_kept_apart_and_named_once() {
        let mut fixture = sorted(SortBy::Weight).page("a/0.md", |m| m.weight = Some(1));
        for n in 1..=7 {
            fixture = fixture.page(&format!("a/{n}.md"), |_| ());
        }
        let built = fixture.resolve();
        assert_eq!(built.pages_of("a/_index.md"), ["a/0.md"]);
        assert_eq!(built.section("a/_index.md").unsorted_pages.len(), 7);
        assert_eq!(built.diagnostics.len(), 1);
        let complaint = &built.diagnostics[0];
        assert!(!complaint.is_error());
        assert!(complaint.message.contains("7 pages have no `weight`"), "{}", complaint.message);
        assert!(complaint.message.ends_with("content/a/5.md and 2 more."), "{}", complaint.message);
    }

    #[test]
    fn one_page_without_the_key_is_named_alone() {
        let built = sorted(SortBy::Date).page("a/1.md", |_| ()).resolve();
        assert!(
            built.diagnostics[0]
                .message
                .contains("1 page has no `date` and so cannot be listed: content/a/1.md.")
        );
    }

    #[test]
    fn a_date_that_is_no_date_counts_as_none() {
        let built = sorted(SortBy::UpdateDate)
            .page("a/1.md", |m| {
                m.updated = date(1);
                m.updated.as_mut().unwrap().moment = None;
            })
            .resolve();
        assert_eq!(built.section("a/_index.md").unsorted_pages.len(), 1);
    }

    #[test]
    fn neighbours_are_those_of_the_first_section_that_is_not_transparent() {
        let built = Fixture::new()
            .section("a/_index.md", |m| m.sort_by = SortBy::Date)
            .section("a/b/_index.md", |m| (m.sort_by, m.transparent) = (SortBy::Weight, true))
            .page("a/b/1.md", |m| (m.weight, m.date) = (Some(1), date(10)))
            .page("a/2.md", |m| m.date = date(20))
            .page("a/b/3.md", |m| (m.weight, m.date) = (Some(3), date(30)))
            .resolve();
        assert_eq!(built.pages_of("a/b/_index.md"), ["a/b/1.md", "a/b/3.md"]);
        assert_eq!(built.page("a/b/1.md").lower, Some(built.page_id("a/2.md")));
        assert_eq!(built.page("a/b/3.md").higher, Some(built.page_id("a/2.md")));
        assert!(built.page("a/b/1.md").higher.is_none());
    }

    #[test]
    fn subsections_go_by_weight_then_permalink_and_are_neighbours() {
        let built = Fixture::new()
            .section("_index.md", |m| m.sort_by = SortBy::Date)
            .section("b/_index.md", |_| ())
            .section("a/_index.md", |m| m.weight = 1)
            .section("c/_index.md", |_| ())
            .section("d/_index.md", |m| m.hidden = Some(true))
            .resolve();
        assert_eq!(built.subsections_of("_index.md"), ["b/_index.md", "c/_index.md", "a/_index.md"]);
        let (a, b, c) =
            (built.section("a/_index.md"), built.section("b/_index.md"), built.section("c/_index.md"));
        assert_eq!((b.lower, b.higher), (None, Some(built.section_id("c/_index.md"))));
        assert_eq!(
            (c.lower, c.higher),
            (Some(built.section_id("b/_index.md")), Some(built.section_id("a/_index.md")))
        );
        assert_eq!((a.lower, a.higher), (Some(built.section_id("c/_index.md")), None));
    }

    #[test]
    fn subsections_of_a_transparent_section_have_no_neighbours() {
        let built = Fixture::new()
            .section("_index.md", |m| m.transparent = true)
            .section("a/_index.md", |_| ())
            .section("b/_index.md", |_| ())
            .resolve();
        assert_eq!(built.subsections_of("_index.md"), ["a/_index.md", "b/_index.md"]);
        assert!(built.section("a/_index.md").higher.is_none());
    }

    #[test]
    fn subsections_without_a_title_drop_out_of_an_order_by_title() {
        let built = Fixture::new()
            .section("_index.md", |m| m.sort_by = SortBy::Title)
            .section("a/_index.md", |m| m.title = Some("z".into()))
            .section("b/_index.md", |m| m.title = Some("B".into()))
            .section("c/_index.md", |_| ())
            .resolve();
        assert_eq!(built.subsections_of("_index.md"), ["b/_index.md", "a/_index.md"]);
        assert_eq!(built.codes(), ["resolve/unsorted"]);
    }
}
