//! What templates see of reactions: the threads of a page, and the newest of a language. In: an [`Ask`], the site, the
//! reactions that were accepted, and the day. Out: plain JSON. The shapes are in `ARCHITECTURE.md`, under "Reactions".

use serde_json::json;

use crate::model::date::dutch_day;
use crate::model::reaction::{Kind, Published, Reaction};
use crate::model::{Config, Json, JsonMap};
use crate::resolve::{ContentId, Site};

/// A question about reactions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
pub enum Ask {
    /// The threads of a page or section, by its path below `content/`.
    Page(String),
    /// The newest threads of a language.
    Newest(String),
    /// The newest reactions of all, for the feed of the site.
    Feed,
}

/// What an answer is made from.
pub struct Given<'g> {
    /// The site.
    pub site: &'g Site,
    /// The settings.
    pub config: &'g Config,
    /// What was accepted.
    pub published: &'g Published,
    /// The day of the build: `2026-11-22`.
    pub today: &'g str,
}

/// How many threads a list of the newest has.
const NEWEST: usize = 200;
/// How many reactions the feed of the site has.
pub const IN_FEED: usize = 100;

/// The answer to a question; none for a page that takes no reactions, and for a site that has none.
pub fn answer(ask: &Ask, given: &Given<'_>) -> Option<Json> {
    given.config.reactions.as_ref()?;
    match ask {
        Ask::Page(path) => of_page(*given.site.by_relative.get(path)?, given),
        Ask::Newest(lang) => Some(newest(lang, given)),
        Ask::Feed => Some(feed(given)),
    }
}

/// What the anchor of a reaction is called.
pub fn anchor(reaction: &Reaction) -> String {
    format!("reactie-{}", reaction.id)
}

/// The title of a page or section; that of the site for the first page of a language, else the last part of its URL.
pub fn title(content: ContentId, site: &Site, config: &Config) -> String {
    let own = site.title(content).map(str::to_owned);
    let last = || match content {
        ContentId::Page(id) => site.page(id).slug.clone(),
        ContentId::Section(id) => site.section(id).components.last().cloned().unwrap_or_default(),
    };
    let of_site = || match content {
        ContentId::Section(id) if site.section(id).is_root() => {
            config.language(&site.file(content).lang)?.title.clone()
        }
        _ => None,
    };
    own.or_else(of_site).unwrap_or_else(last)
}

/// The reactions of a page or section that still count, in the order in which they came; an answer to something that does
/// not count any more does not count either.
pub fn current<'g>(content: ContentId, given: &'g Given<'_>) -> Vec<&'g Reaction> {
    let Some(thread) = given.site.threads.of.get(&content) else { return Vec::new() };
    let all = given.published.of_page(&thread.id);
    let expired = |reaction: &Reaction| reaction.is_expired(given.today);
    let parent = |reaction: &Reaction| {
        let parent = reaction.parent.as_ref()?;
        all.iter().find(|other| other.id == *parent)
    };
    let mut current: Vec<&Reaction> =
        all.iter().filter(|one| !expired(one) && !parent(one).is_some_and(expired)).collect();
    current.sort_by_key(|one| (&one.created, &one.id));
    current
}

fn of_page(content: ContentId, given: &Given<'_>) -> Option<Json> {
    let thread = given.site.threads.of.get(&content)?;
    let current = current(content, given);
    let mut threads = threads(content, given);
    threads.sort_by(|(a, _), (b, _)| place(a, given.today).cmp(&place(b, given.today)));
    Some(json!({
        "id": thread.id,
        "kinds": thread.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>(),
        "scope": thread.scope,
        "count": current.len(),
        "newest": current.last().map(|reaction| &reaction.created),
        "threads": threads.into_iter().map(|(_, shown)| Json::Object(shown)).collect::<Vec<_>>(),
    }))
}

/// Where a thread stands: notices newest first, then everything else oldest first, then what has expired.
fn place<'r>(
    reaction: &'r Reaction,
    today: &str,
) -> (u8, std::cmp::Reverse<(&'r str, &'r str)>, (&'r str, &'r str)) {
    let key = (reaction.created.as_str(), reaction.id.as_str());
    let none = ("", "");
    match (reaction.is_expired(today), reaction.kind) {
        (true, _) => (2, std::cmp::Reverse(key), none),
        (false, Kind::Notice) => (0, std::cmp::Reverse(key), none),
        (false, _) => (1, std::cmp::Reverse(none), key),
    }
}

/// Every thread of a page or section, with its answers.
fn threads<'g>(content: ContentId, given: &Given<'g>) -> Vec<(&'g Reaction, JsonMap)> {
    let Some(thread) = given.site.threads.of.get(&content) else { return Vec::new() };
    let all = given.published.of_page(&thread.id);
    let permalink = given.site.permalink(content);
    let begun = all.iter().filter(|reaction| reaction.parent.is_none());
    let with_answers = begun.map(|reaction| {
        let mut answers: Vec<&Reaction> =
            all.iter().filter(|answer| answer.parent.as_ref() == Some(&reaction.id)).collect();
        answers.sort_by_key(|answer| (!answer.chosen, &answer.created, &answer.id));
        let answers = answers.into_iter().map(|answer| Json::Object(shown(answer, permalink, given.today)));
        let mut made = shown(reaction, permalink, given.today);
        made.insert("answers".to_owned(), answers.collect());
        (reaction, made)
    });
    with_answers.collect()
}

fn shown(reaction: &Reaction, permalink: &str, today: &str) -> JsonMap {
    let day = |moment: &String| moment.parse().map_or_else(|_| String::new(), dutch_day);
    let anchor = anchor(reaction);
    let shown = json!({
        "id": reaction.id,
        "page": reaction.page,
        "parent": reaction.parent,
        "kind": reaction.kind.word(),
        "title": reaction.title,
        "author": reaction.author,
        "about": reaction.about,
        "staff": reaction.staff,
        "html": reaction.html,
        "created": reaction.created,
        "created_day": day(&reaction.created),
        "edited": reaction.edited,
        "edited_day": reaction.edited.as_ref().map(day),
        "chosen": reaction.chosen,
        "notice": reaction.notice,
        "expires": reaction.expires,
        "expired": reaction.is_expired(today),
        "permalink": format!("{permalink}#{anchor}"),
        "anchor": anchor,
    });
    match shown {
        Json::Object(keys) => keys,
        _ => JsonMap::new(),
    }
}

/// The page that a reaction in a list belongs to.
fn page(content: ContentId, given: &Given<'_>) -> Json {
    json!({
        "title": title(content, given.site, given.config),
        "permalink": given.site.permalink(content),
        "path": given.site.file(content).relative,
        "lang": given.site.file(content).lang,
    })
}

fn newest(lang: &str, given: &Given<'_>) -> Json {
    let site = given.site;
    let of_language = site.threads.of.keys().copied().filter(|content| site.file(*content).lang == lang);
    let mut all: Vec<(&Reaction, JsonMap, ContentId)> = of_language
        .flat_map(|content| {
            threads(content, given).into_iter().map(move |(one, shown)| (one, shown, content))
        })
        .filter(|(reaction, ..)| !reaction.is_expired(given.today))
        .collect();
    all.sort_by(|(a, _, x), (b, _, y)| (&b.created, &b.id, x).cmp(&(&a.created, &a.id, y)));
    let listed = all.into_iter().take(NEWEST).map(|(_, mut shown, content)| {
        shown.insert("page".to_owned(), page(content, given));
        Json::Object(shown)
    });
    listed.collect()
}

/// Every reaction once, whatever the languages of its page: that of the site, else the first there is.
fn feed(given: &Given<'_>) -> Json {
    let site = given.site;
    let own = |content: &ContentId| site.file(*content).lang == given.config.default_language;
    let contents =
        site.threads.by_id.values().filter_map(|all| all.iter().find(|id| own(id)).or(all.first()));
    let mut all: Vec<(&Reaction, ContentId)> = contents
        .flat_map(|content| current(*content, given).into_iter().map(|reaction| (reaction, *content)))
        .collect();
    all.sort_by(|(a, _), (b, _)| (&b.created, &b.id).cmp(&(&a.created, &a.id)));
    let listed = all.into_iter().take(IN_FEED).map(|(reaction, content)| {
        let mut shown = shown(reaction, site.permalink(content), given.today);
        shown.insert("page".to_owned(), page(content, given));
        Json::Object(shown)
    });
    listed.collect()
}
