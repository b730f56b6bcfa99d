//! Which pages take reactions, of which kinds, and by what id they are known for as long as they live. In: the site, its
//! kinds, and what pages say below `[extra]`: `reacties` and `reactie_id`. Out: a [`Thread`] for each such page, and complaints.
//!
//! An id is the path of the file below `content/` without its ending and its language, so that translations share one, or
//! whatever the page says: a page that moves takes its thread along by saying its old id. URLs have no part in it.

use std::collections::BTreeMap;

use super::site::{ContentId, Site};
use crate::base::Diagnostic;
use crate::model::reaction::{Kind, TAKEN};
use crate::model::{Config, Json, JsonMap};
use crate::parse::{FileName, closest};

/// What a page takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Thread {
    /// By what it is known.
    pub id: String,
    /// The kinds of reactions it takes, in the order in which they were written; at least one.
    pub kinds: Vec<Kind>,
    /// The values it has of the facet that limits moderators, as they stand in URLs.
    pub scope: Vec<String>,
}

/// The pages and sections that take reactions, and those that could have any.
#[derive(Debug, Default)]
pub struct Threads {
    /// What each takes.
    pub of: BTreeMap<ContentId, Thread>,
    /// The same by id: one for each language it is in, in the order of the site.
    pub by_id: BTreeMap<String, Vec<ContentId>>,
    /// The ids of pages that take none and say so.
    pub closed: Vec<String>,
    /// The ids of pages that take none and do not say so, each with one such page.
    pub without: BTreeMap<String, ContentId>,
    /// The values of the facet that limits moderators, by slug, with what people call them.
    pub scopes: BTreeMap<String, String>,
}

/// What a page says about the reactions it takes.
enum Said {
    /// Nothing: its kind decides.
    Nothing,
    /// None at all.
    Closed,
    /// These.
    These(Vec<Kind>),
}

/// Finds out. A site without a table for reactions has none, whatever its pages say.
pub(super) fn gather(site: &Site, config: &Config, complaints: &mut Vec<Diagnostic>) -> Threads {
    let Some(settings) = &config.reactions else { return Threads::default() };
    let mut threads = Threads::default();
    let mut scopes = scopes(site, settings.scope.as_deref(), config, &mut threads);
    let mut taken: BTreeMap<(String, String), ContentId> = BTreeMap::new();
    for (content, extra, of_kind) in contents(site, config) {
        let file = site.file(content);
        let id = id(extra, file, config, complaints);
        let kinds = match said(extra, file, complaints) {
            Said::Closed => {
                threads.closed.push(id);
                continue;
            }
            Said::These(kinds) => kinds,
            Said::Nothing => of_kind,
        };
        if kinds.is_empty() {
            threads.without.insert(id, content);
            continue;
        }
        if let Some(other) = taken.insert((id.clone(), file.lang.clone()), content) {
            complaints.push(twice(&id, other, content, site));
            continue;
        }
        let scope = scopes.remove(&content).unwrap_or_default();
        threads.by_id.entry(id.clone()).or_default().push(content);
        threads.of.insert(content, Thread { id, kinds, scope });
    }
    threads
}

/// Pages and sections that have an output, with what they say for themselves and what their kind takes.
fn contents<'s>(
    site: &'s Site,
    config: &'s Config,
) -> impl Iterator<Item = (ContentId, &'s JsonMap, Vec<Kind>)> {
    let pages = site.page_ids().filter(|(_, page)| page.parsed.matter.render).map(|(id, page)| {
        let kind = site.catalog.kind_of(id, config);
        let kinds = kind.map_or(&[][..], |kind| &kind.reactions).iter();
        (ContentId::Page(id), &page.parsed.matter.extra, kinds.filter_map(|word| Kind::taken(word)).collect())
    });
    let rendered = site.section_ids().filter(|(_, section)| section.parsed.matter.render && !section.implied);
    let sections =
        rendered.map(|(id, section)| (ContentId::Section(id), &section.parsed.matter.extra, Vec::new()));
    pages.chain(sections)
}

/// By what a page is known.
fn id(extra: &JsonMap, file: &FileName, config: &Config, complaints: &mut Vec<Diagnostic>) -> String {
    match extra.get("reactie_id") {
        None => {}
        Some(Json::String(id)) if !id.trim().is_empty() && !id.chars().any(char::is_control) => {
            return id.trim().to_owned();
        }
        Some(_) => complaints.push(
            Diagnostic::error("reactions/id", "`reactie_id` is no name by which a page can be known.")
                .in_file(&file.path)
                .hint("Write the path that the page had below `content/`, without `.md`: `reactie_id = \"blogs/warme-overdracht\"`."),
        ),
    }
    let path = file.canonical.as_str();
    // A file may name the language of the site, which Zola leaves in its name.
    let own = config.is_multilingual().then(|| path.strip_suffix(&format!(".{}", config.default_language)));
    let path = own.flatten().unwrap_or(path);
    path.strip_suffix("/index").or_else(|| path.strip_suffix("/_index")).unwrap_or(path).to_owned()
}

fn said(extra: &JsonMap, file: &FileName, complaints: &mut Vec<Diagnostic>) -> Said {
    let example = "Write words of this list: `reacties = [\"vraag\", \"opmerking\", \"ervaring\", \"bericht\"]`, or `reacties = false`.";
    let mut refuse = |message: String, hint: String| {
        complaints.push(Diagnostic::error("reactions/kinds", message).in_file(&file.path).hint(hint));
    };
    let words = match extra.get("reacties") {
        None | Some(Json::Bool(true)) => return Said::Nothing,
        Some(Json::Bool(false)) => return Said::Closed,
        Some(Json::Array(words)) => words,
        Some(_) => {
            refuse(
                "`reacties` says neither which reactions the page takes, nor `false`.".to_owned(),
                example.to_owned(),
            );
            return Said::Nothing;
        }
    };
    let mut kinds = Vec::new();
    for word in words {
        let text = word.as_str().unwrap_or_default();
        match Kind::taken(text) {
            Some(kind) if kinds.contains(&kind) => {}
            Some(kind) => kinds.push(kind),
            None => {
                let near = closest(text, TAKEN.iter().map(|kind| kind.word()));
                let hint = near.map_or_else(|| example.to_owned(), |near| format!("Did you mean `{near}`?"));
                let message = match text {
                    "antwoord" => {
                        "`antwoord` is not listed: whatever a page takes can be answered.".to_owned()
                    }
                    _ => format!("There is no kind of reaction {word}."),
                };
                refuse(message, hint);
            }
        }
    }
    if kinds.is_empty() { Said::Closed } else { Said::These(kinds) }
}

/// Which values of the facet that limits moderators each page has; every value goes to `threads`.
fn scopes(
    site: &Site,
    facet: Option<&str>,
    config: &Config,
    threads: &mut Threads,
) -> BTreeMap<ContentId, Vec<String>> {
    let mut of: BTreeMap<ContentId, Vec<String>> = BTreeMap::new();
    let Some(facet) = facet else { return of };
    // The names of the site's own language go first.
    let mut tables: Vec<_> = site.catalog.facets.iter().collect();
    tables.sort_by_key(|(_, lang, _)| *lang != config.default_language);
    let values = tables.into_iter().flat_map(|(.., tables)| tables).filter(|table| table.name == facet);
    for value in values.flat_map(|table| &table.values) {
        threads.scopes.entry(value.slug.clone()).or_insert_with(|| value.label.clone());
        for page in &value.pages {
            let known = of.entry(ContentId::Page(*page)).or_default();
            if !known.contains(&value.slug) {
                known.push(value.slug.clone());
            }
        }
    }
    of
}

fn twice(id: &str, first: ContentId, second: ContentId, site: &Site) -> Diagnostic {
    let (first, second) = (&site.file(first).path, &site.file(second).path);
    let message = format!("Two pages take reactions under the id `{id}`: {first} and {second}.");
    Diagnostic::error("reactions/id-twice", message)
        .in_file(second)
        .note("the other", first, None)
        .hint("Take `reactie_id` out of the page that did not have these reactions before, or write another.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fixture::{Built, Fixture};
    use super::*;
    use crate::model::reaction::Settings;

    fn fixture() -> Fixture {
        let mut fixture = Fixture::new();
        fixture.config.reactions =
            Some(Settings { scope: Some("gemeente".to_owned()), ..Settings::default() });
        let text = r#"{"label":"V","folder":"voorbeelden","reactions":["ervaring","vraag"],
            "fields":[{"name":"gemeente"}],"facets":[{"name":"gemeente","from":["gemeente"]}]}"#;
        let mut kind: crate::model::Kind = serde_json::from_str(text).unwrap();
        kind.name = "voorbeeld".to_owned();
        fixture.config.kinds.push(kind);
        fixture
    }

    fn extra(value: Json) -> JsonMap {
        value.as_object().cloned().unwrap()
    }

    fn shown(built: &Built) -> Vec<String> {
        let words =
            |thread: &Thread| thread.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join("+");
        let one = |(content, thread): (&ContentId, &Thread)| {
            format!(
                "{} {} {} {:?}",
                built.site.file(*content).relative,
                thread.id,
                words(thread),
                thread.scope
            )
        };
        built.site.threads.of.iter().map(one).collect()
    }

    #[test]
    fn kinds_decide_and_pages_decide_otherwise() {
        let built = fixture()
            .page("voorbeelden/a.md", |page| page.extra = extra(json!({ "gemeente": ["Linder Meer", "Aa"] })))
            .page("voorbeelden/b/index.md", |page| page.extra = extra(json!({ "reacties": ["vraag"] })))
            .page("voorbeelden/c.md", |page| page.extra = extra(json!({ "reacties": false })))
            .page("voorbeelden/d.md", |page| page.render = false)
            .page("los.md", |_| ())
            .section("prikbord/_index.md", |section| {
                section.extra = extra(json!({ "reacties": ["bericht"] }))
            })
            .section("_index.md", |section| section.extra = extra(json!({ "reacties": ["vraag", "vraag"] })))
            .resolve();
        assert_eq!(built.diagnostics, []);
        assert_eq!(
            shown(&built),
            [
                "voorbeelden/a.md voorbeelden/a ervaring+vraag [\"aa\", \"linder-meer\"]",
                "voorbeelden/b/index.md voorbeelden/b vraag []",
                "_index.md _index vraag []",
                "prikbord/_index.md prikbord bericht []",
            ]
        );
        assert_eq!(built.site.threads.closed, ["voorbeelden/c"]);
        assert!(built.site.threads.without.contains_key("los"));
        assert_eq!(built.site.threads.scopes["linder-meer"], "Linder Meer");
    }

    #[test]
    fn translations_share_an_id_and_a_moved_page_keeps_its_own() {
        let moved = |page: &mut crate::model::PageMatter| {
            page.extra = extra(json!({ "reactie_id": "voorbeelden/a" }))
        };
        let built = fixture()
            .language("en")
            .page("voorbeelden/x.nl.md", |_| ())
            .page("voorbeelden/x.en.md", |_| ())
            .page("voorbeelden/elders/b.md", moved)
            .resolve();
        assert_eq!(built.diagnostics, []);
        let ids: Vec<&str> = built.site.threads.of.values().map(|thread| thread.id.as_str()).collect();
        assert_eq!(ids, ["voorbeelden/a", "voorbeelden/x", "voorbeelden/x"]);
        assert_eq!(built.site.threads.by_id["voorbeelden/x"].len(), 2);
    }

    #[test]
    fn two_pages_of_a_language_with_one_id_are_told() {
        let built = fixture()
            .language("en")
            .page("voorbeelden/a.md", |_| ())
            .page("voorbeelden/a.en.md", |_| ())
            .page("voorbeelden/b.md", |page| page.extra = extra(json!({ "reactie_id": "voorbeelden/a" })))
            .resolve();
        let [told] = &built.diagnostics[..] else { panic!("{:?}", built.diagnostics) };
        assert_eq!((told.code, told.is_error()), ("reactions/id-twice", true));
        assert_eq!(told.place.as_ref().unwrap().file.as_str(), "content/voorbeelden/b.md");
    }

    #[test]
    fn what_a_page_says_wrongly_is_told() {
        for (said, words) in [
            (json!({ "reacties": "vraag" }), "neither which reactions"),
            (json!({ "reacties": ["vragen"] }), "no kind of reaction \"vragen\""),
            (json!({ "reacties": ["antwoord"] }), "whatever a page takes can be answered"),
            (json!({ "reacties": [1] }), "no kind of reaction 1"),
            (json!({ "reactie_id": "" }), "`reactie_id` is no name"),
            (json!({ "reactie_id": ["a"] }), "`reactie_id` is no name"),
        ] {
            let built = fixture().page("voorbeelden/a.md", |page| page.extra = extra(said.clone())).resolve();
            assert_eq!(built.diagnostics.len(), 1, "{said}");
            assert!(built.diagnostics[0].message.contains(words), "{:?}", built.diagnostics);
        }
    }

    #[test]
    fn a_site_without_a_table_takes_none_whatever_its_pages_say() {
        let mut fixture = fixture();
        fixture.config.reactions = None;
        let built =
            fixture.page("voorbeelden/a.md", |page| page.extra = extra(json!({ "reacties": 5 }))).resolve();
        assert!(built.diagnostics.is_empty() && built.site.threads.of.is_empty());
    }
}
