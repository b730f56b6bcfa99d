//! What is made of reactions besides pages. In: a world, and one such output. Out: where it goes, what it is made of, and the
//! artifact: the list of pages for the endpoint, and feeds.

use super::query::Query;
use super::tracer::Tracer;
use super::world::World;
use crate::base::{Artifact, Hash128, OutPath, hash_of};
use crate::export::index::page::url;
use crate::export::reactions::{self as made, Entry, Feed, PageOf, Scope, Words};
use crate::model::Json;
use crate::render::Shelf as _;
use crate::render::plan::section_folder;
use crate::resolve::ContentId;
use crate::template::reactions::{Ask, IN_FEED, anchor, current, title};

/// What is made of reactions besides pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfReactions {
    /// The list of pages that take any.
    Pages,
    /// The feed of a page or section.
    Feed(ContentId),
    /// The feed of the site.
    All,
}

/// Everything that is made for a site.
pub(super) fn all(world: &World) -> Vec<OfReactions> {
    if world.config.reactions.is_none() {
        return Vec::new();
    }
    let has_any = |id: &str| !world.reactions.published.of_page(id).is_empty();
    let pages = world.site.threads.of.iter().filter(|(_, thread)| has_any(&thread.id));
    let feeds = pages.map(|(content, _)| OfReactions::Feed(*content));
    [OfReactions::Pages, OfReactions::All].into_iter().chain(feeds).collect()
}

impl OfReactions {
    /// What it is called: the same from build to build.
    pub fn name(&self, world: &World) -> String {
        match self {
            OfReactions::Pages => "pages that take reactions".to_owned(),
            OfReactions::All => "feed of reactions".to_owned(),
            OfReactions::Feed(content) => format!("feed of reactions {}", world.site.file(*content).relative),
        }
    }

    /// Where it goes.
    pub fn output(&self, world: &World) -> OutPath {
        match self {
            OfReactions::Pages => OutPath::new("reacties/paginas.json"),
            OfReactions::All => OutPath::new("reacties/atom.xml"),
            OfReactions::Feed(ContentId::Page(id)) => {
                OutPath::new(&world.site.page(*id).path).join("reacties.xml")
            }
            OfReactions::Feed(ContentId::Section(id)) => {
                section_folder(&world.site, *id, &world.config).join("reacties.xml")
            }
        }
    }

    /// The identity of what it makes, apart from the answers it asks for.
    pub fn subject(&self, world: &World) -> Hash128 {
        match self {
            OfReactions::Pages => hash_of(&pages(world)),
            OfReactions::All => Hash128::ABSENT,
            OfReactions::Feed(content) => {
                hash_of(&(self.output(world).as_str(), world.site.permalink(*content)))
            }
        }
    }

    /// Makes it.
    pub fn make(&self, tracer: &Tracer) -> Vec<Artifact> {
        let world = tracer.world();
        let text = match self {
            OfReactions::Pages => pages(world),
            OfReactions::All => all_feed(tracer),
            OfReactions::Feed(content) => feed(*content, tracer),
        };
        vec![Artifact::new(self.output(world), text)]
    }
}

fn pages(world: &World) -> String {
    let (site, config) = (&*world.site, &*world.config);
    let scope = config.reactions.as_ref().and_then(|settings| settings.scope.clone()).unwrap_or_default();
    let scopes = site.threads.scopes.iter();
    let scopes: Vec<Scope> =
        scopes.map(|(slug, label)| Scope { slug: slug.clone(), label: label.clone() }).collect();
    let one = |content: &ContentId| {
        let thread = site.threads.of.get(content)?;
        Some(PageOf {
            id: thread.id.clone(),
            title: title(*content, site, config),
            url: url(site.permalink(*content), config),
            kinds: thread.kinds.clone(),
            scopes: thread.scope.clone(),
            lang: site.file(*content).lang.clone(),
        })
    };
    // Of the translations that share a thread, that in the language of the site comes first.
    let translated = |content: &ContentId| site.file(*content).lang != config.default_language;
    let of_thread = |all: &Vec<ContentId>| {
        let mut all = all.clone();
        all.sort_by_key(translated);
        all
    };
    let listed: Vec<PageOf> =
        site.threads.by_id.values().flat_map(of_thread).filter_map(|content| one(&content)).collect();
    made::pages(&scope, &scopes, &listed)
}

fn feed(content: ContentId, tracer: &Tracer) -> String {
    let world = tracer.world();
    let (site, config) = (tracer.site(), tracer.settings());
    let file = site.file(content);
    let relative = file.relative.clone();
    tracer.note(match content {
        ContentId::Page(_) => Query::PageHead(relative.clone()),
        ContentId::Section(_) => Query::SectionHead(relative.clone()),
    });
    tracer.note(Query::Reactions(Ask::Page(relative)));
    let today = world.today();
    let given = world.given_reactions(&today);
    let page = site.permalink(content).to_owned();
    let entries = current(content, &given).into_iter().rev().take(IN_FEED).map(|reaction| Entry {
        permalink: format!("{page}#{}", anchor(reaction)),
        kind: reaction.kind,
        title: reaction.title.clone(),
        page: None,
        author: reaction.author.clone(),
        about: reaction.about.clone(),
        html: reaction.html.clone(),
        created: reaction.created.clone(),
        edited: reaction.edited.clone(),
    });
    let entries = entries.collect();
    let id = site.threads.of.get(&content).map_or("", |thread| &thread.id);
    let ever = world.reactions.published.of_page(id).iter().map(|reaction| &reaction.created).max();
    made::atom(&Feed {
        title: Words::of(&file.lang).on(&title(content, site, config)),
        lang: file.lang.clone(),
        url: format!("{}/reacties.xml", page.trim_end_matches('/')),
        updated: ever.cloned().unwrap_or_else(|| NEVER.to_owned()),
        page,
        entries,
    })
}

/// When a feed changed in which nothing ever was.
const NEVER: &str = "1970-01-01T00:00:00Z";

fn all_feed(tracer: &Tracer) -> String {
    let world = tracer.world();
    let config = tracer.settings();
    tracer.note(Query::Reactions(Ask::Feed));
    let (answer, _) = world.asked_reactions(&Ask::Feed);
    let listed = answer.as_ref().and_then(|kept| kept.json.as_array()).map_or(&[][..], Vec::as_slice);
    let lang = &config.default_language;
    let of_site = config.language(lang).and_then(|options| options.title.as_deref()).unwrap_or_default();
    let base = config.base_url.trim_end_matches('/');
    made::atom(&Feed {
        title: Words::of(lang).all(of_site),
        lang: lang.clone(),
        url: format!("{base}/reacties/atom.xml"),
        page: format!("{base}/reacties/"),
        updated: NEVER.to_owned(),
        entries: listed.iter().filter_map(entry).collect(),
    })
}

/// An entry from what a list shows of a reaction.
fn entry(shown: &Json) -> Option<Entry> {
    let text = |key: &str| shown.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    Some(Entry {
        permalink: text("permalink")?,
        kind: serde_json::from_value(shown.get("kind")?.clone()).ok()?,
        title: text("title"),
        page: shown.get("page")?.get("title")?.as_str().map(str::to_owned),
        author: text("author")?,
        about: text("about"),
        html: text("html")?,
        created: text("created")?,
        edited: text("edited"),
    })
}
