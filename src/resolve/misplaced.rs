//! Which pages lie where no page can be: an `index.md` in the folder of a section. In: the resolved site. Out: those pages
//! and a complaint about each, so that nothing further is said about their URLs.

use std::collections::HashSet;

use super::collisions::place_of;
use super::site::{ContentId, PageId, SectionId, Site};
use crate::base::Diagnostic;

/// Pages that are the `index.md` of a folder that is a section: the two would stand at one path. A page with another
/// path or slug may lie there.
pub(super) fn find(site: &Site, complaints: &mut Vec<Diagnostic>) -> HashSet<PageId> {
    let mut misplaced = HashSet::new();
    for (id, section) in site.section_ids() {
        let (folder, name) = section
            .parsed
            .file
            .relative
            .split_at(section.parsed.file.relative.rfind('/').map_or(0, |at| at + 1));
        let beside = format!("{folder}{}", name.trim_start_matches('_'));
        let Some(ContentId::Page(page)) = site.by_relative.get(&beside).copied() else { continue };
        if in_the_way(site, page, id) {
            complaints.push(index_page_in_section(site, page, id));
            misplaced.insert(page);
        }
    }
    misplaced
}

/// An `index.md` is in the way even when one of the two is not rendered.
fn in_the_way(site: &Site, page: PageId, section: SectionId) -> bool {
    let (page, section) = (site.page(page), site.section(section));
    let both = page.parsed.matter.render && section.parsed.matter.render;
    place_of(&page.path) == place_of(&section.path)
        && (both || page.parsed.file.path.file_name() == "index.md")
}

fn index_page_in_section(site: &Site, page: PageId, section: SectionId) -> Diagnostic {
    let (file, section) = (&site.page(page).parsed.file, site.section(section));
    let index = section.parsed.file.path.file_name();
    let name = file.path.file_name();
    if section.is_root() && section.implied {
        let message = format!(
            "A page cannot be called `{name}` right in `content`: the start page of the site is a section."
        );
        let hint = format!("Rename the file to `{index}`, or put it in a folder of its own.");
        return Diagnostic::error("resolve/index-in-section", message).in_file(&file.path).hint(hint);
    }
    let message = format!(
        "The folder is a section because of `{index}`, so a page called `{name}` in it would stand at the same address."
    );
    Diagnostic::error("resolve/index-in-section", message)
        .in_file(&file.path)
        .note("This file makes the folder a section.", &section.parsed.file.path, None)
        .hint(format!("Move the text of `{name}` into `{index}` and remove `{name}`, or give the page a `path` of its own."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::fixture::{Built, Fixture};

    fn only_fault(built: &Built) -> &Diagnostic {
        assert_eq!(built.diagnostics.len(), 1, "{:?}", built.diagnostics);
        &built.diagnostics[0]
    }

    #[test]
    fn an_index_page_beside_a_section_is_named_as_such() {
        let built = Fixture::new().section("a/_index.md", |_| ()).page("a/index.md", |_| ()).resolve();
        let fault = only_fault(&built);
        assert_eq!(fault.code, "resolve/index-in-section");
        assert_eq!(fault.place.as_ref().unwrap().file.as_str(), "content/a/index.md");
        assert_eq!(fault.notes[0].place.file.as_str(), "content/a/_index.md");
        let unrendered =
            Fixture::new().section("a/_index.md", |m| m.render = false).page("a/index.md", |_| ()).resolve();
        assert_eq!(unrendered.codes(), ["resolve/index-in-section"]);
    }

    #[test]
    fn an_index_page_with_another_path_may_lie_beside_a_section() {
        let built = Fixture::new()
            .section("a/_index.md", |_| ())
            .page("a/index.md", |m| m.slug = Some("b".into()))
            .resolve();
        assert!(built.diagnostics.is_empty());
    }

    #[test]
    fn an_index_page_right_in_content_is_an_error() {
        let built = Fixture::new().page("index.md", |_| ()).resolve();
        let fault = only_fault(&built);
        assert_eq!(fault.code, "resolve/index-in-section");
        assert!(fault.hints[0].contains("`_index.md`"));
        let french = Fixture::new().language("fr").page("index.fr.md", |_| ()).resolve();
        assert!(only_fault(&french).hints[0].contains("`_index.fr.md`"));
    }
}
