//! Whether internal links lead to an anchor that is there. (Whether they lead to a page is known when they are rendered.)

use super::world::World;
use crate::base::{Diagnostic, Hash128};
use crate::body::headings;
use crate::model::config::LinkLevel;
use crate::resolve::ContentId;

/// Complains about anchors that are not there.
pub(super) fn check(world: &World, diagnostics: &mut Vec<Diagnostic>) {
    let pages = world.site.page_ids().map(|(id, _)| ContentId::Page(id));
    for id in pages.chain(world.site.section_ids().map(|(id, _)| ContentId::Section(id))) {
        let Some((body, _)) = world.body(id) else { continue };
        for link in &body.internal_links {
            let Some(anchor) = link.anchor.as_deref().filter(|anchor| !anchor.is_empty() && *anchor != "top")
            else {
                continue;
            };
            let Some(target) = world.site.by_relative.get(&link.target) else { continue };
            let Some((there, hash)) = world.body(*target) else { continue };
            // What is in a text that could not be rendered nobody knows.
            if *hash == Hash128::ABSENT || headings::has_anchor(there, anchor) {
                continue;
            }
            let message = format!(
                "The link leads to `#{anchor}` in `{}`, where no heading or element has that id.",
                link.target
            );
            let mut told = match world.config.link_checker.internal_level {
                LinkLevel::Error => Diagnostic::error("link/anchor", message),
                LinkLevel::Warn => Diagnostic::warning("link/anchor", message),
            };
            let file = &world.site.file(id).path;
            told = match link.at {
                Some(at) => told.at(file, at as usize..at as usize + 1),
                None => told.in_file(file),
            };
            let known: Vec<String> =
                there.headings.iter().take(8).map(|heading| format!("`#{}`", heading.id)).collect();
            diagnostics.push(if known.is_empty() {
                told
            } else {
                told.hint(format!("There are: {}.", known.join(", ")))
            });
        }
    }
}
