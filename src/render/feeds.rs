//! Feeds: the pages of a language, a section or a term that have a date, newest first.

use super::plan::FeedOf;
use super::{Shelf, render};
use crate::base::{Artifact, Diagnostic, OutPath};
use crate::model::Config;
use crate::resolve::{PageId, Site};
use crate::template::Field;
use crate::template::objects;

/// A feed.
pub(super) fn feed(of: &FeedOf, file: &str, shelf: &dyn Shelf) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let site = shelf.site();
    let config = shelf.settings();
    let (ids, updated) = entries(of, site, config);
    let (lang, folder) = place(of, site, config);
    let path = folder.join(file);
    let mut context = vec![
        ("pages", Field::List(ids.iter().map(|id| Field::Shared(shelf.listed_page(*id))).collect())),
        ("config", Field::Shared(shelf.config_object(lang))),
        ("lang", Field::from(lang)),
        ("feed_url", Field::from(config.permalink(path.as_str()).as_str())),
    ];
    context.extend(updated.map(|updated| ("last_updated", Field::from(updated.as_str()))));
    let mut about = None;
    match of {
        FeedOf::Site(_) => {}
        FeedOf::Section(id) => {
            context.push(("section", Field::Shared(shelf.section_object(*id))));
            about = Some(&site.section(*id).parsed.file.path);
        }
        FeedOf::Term(at, term) => {
            context.push(("taxonomy", objects::kind(&site.taxonomies[*at].kind)));
            context.push(("term", objects::feed_term(&site.taxonomies[*at].terms[*term])));
        }
    }
    Ok(vec![Artifact::new(path, render(file, context, shelf, about)?)])
}

/// The language of a feed and the folder it lies in.
fn place<'a>(of: &'a FeedOf, site: &'a Site, config: &Config) -> (&'a str, OutPath) {
    match of {
        FeedOf::Site(lang) => {
            (lang, if *lang == config.default_language { OutPath::new("") } else { OutPath::new(lang) })
        }
        FeedOf::Section(id) => (&site.section(*id).parsed.file.lang, OutPath::new(&site.section(*id).path)),
        FeedOf::Term(at, term) => {
            (&site.taxonomies[*at].lang, OutPath::new(&site.taxonomies[*at].terms[*term].path))
        }
    }
}

/// The pages of a feed and the moment it last changed: the latest of all `updated` and the newest `date`, as texts
/// compare.
pub fn entries(of: &FeedOf, site: &Site, config: &Config) -> (Vec<PageId>, Option<String>) {
    let all: Vec<PageId> = match of {
        FeedOf::Site(lang) => {
            site.page_ids().filter(|(_, page)| page.parsed.file.lang == *lang).map(|(id, _)| id).collect()
        }
        FeedOf::Section(id) => site.section(*id).pages.clone(),
        FeedOf::Term(at, term) => site.taxonomies[*at].terms[*term].pages.clone(),
    };
    let mut ids: Vec<PageId> = all.into_iter().filter(|id| belongs(*id, site, config)).collect();
    let moment = |id: PageId| site.page(id).parsed.matter.date.as_ref().and_then(|date| date.moment);
    ids.sort_by(|a, b| {
        moment(*b).cmp(&moment(*a)).then_with(|| site.page(*a).permalink.cmp(&site.page(*b).permalink))
    });
    let updated = ids.iter().filter_map(|id| site.page(*id).parsed.matter.updated.as_ref());
    let newest = ids.first().and_then(|id| site.page(*id).parsed.matter.date.as_ref());
    let updated = updated.chain(newest).map(|date| date.text.clone()).max();
    ids.truncate(config.feed_limit.unwrap_or(usize::MAX));
    (ids, updated)
}

/// Whether a page is in feeds. In dialect 0.22 pages that are not rendered are.
fn belongs(id: PageId, site: &Site, config: &Config) -> bool {
    let page = site.page(id);
    let matter = &page.parsed.matter;
    matter.date.as_ref().is_some_and(|date| date.moment.is_some())
        && matter.include_in_feeds
        && (matter.render || config.dialect.is_old())
        && !page.hidden
}
