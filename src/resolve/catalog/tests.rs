//! Small sites with kinds, and what follows.

use serde_json::json;

use super::*;
use crate::model::JsonMap;
use crate::model::kind::{Facet, Field, Holds};
use crate::resolve::fixture::{Built, Fixture};

fn field(name: &str) -> Field {
    Field { name: name.into(), ..Field::default() }
}

fn relation(name: &str, to: &str, inverse: &str) -> Field {
    Field { holds: Holds::Relation, to: vec![to.into()], inverse: inverse.into(), ..field(name) }
}

fn facet(name: &str, from: &[&str]) -> Facet {
    let from = from.iter().map(|from| (*from).to_owned()).collect();
    Facet { name: name.into(), from, order: "name".into(), ..Facet::default() }
}

/// Recipes of cooks, who come from villages.
fn kitchen() -> Fixture {
    let mut site = Fixture::new();
    site.config.kinds = vec![
        Kind {
            name: "cook".into(),
            folder: "cooks".into(),
            fields: vec![relation("from", "village", "cooks")],
            ..Kind::default()
        },
        Kind {
            name: "recipe".into(),
            folder: "recipes".into(),
            order: "-minutes".into(),
            fields: vec![relation("cook", "cook", "recipes"), field("season"), field("minutes")],
            facets: vec![
                facet("village", &["cook.from"]),
                facet("season", &["season"]),
                facet("year", &["date:year"]),
            ],
            ..Kind::default()
        },
        Kind { name: "village".into(), folder: "villages".into(), ..Kind::default() },
    ];
    site.page("villages/a.md", |page| page.title = Some("Aa".into()))
        .page("cooks/bo.md", |page| {
            page.title = Some("Bo".into());
            page.extra = extra(json!({ "from": "aa" }));
        })
        .page("recipes/soup.md", |page| {
            page.title = Some("Soup".into());
            page.extra =
                extra(json!({ "cook": ["bo", "Nobody"], "season": ["Winter!", "winter"], "minutes": 9 }));
        })
        .page("recipes/pie.md", |page| {
            page.title = Some("Pie".into());
            page.extra = extra(json!({ "cook": "@/cooks/bo.md", "season": "winter", "minutes": 10 }));
        })
}

fn extra(json: Json) -> JsonMap {
    json.as_object().cloned().unwrap()
}

fn titles(built: &Built, ids: &[PageId]) -> Vec<String> {
    ids.iter().map(|id| built.site.page(*id).parsed.matter.title.clone().unwrap()).collect()
}

fn page(built: &Built, relative: &str) -> usize {
    match built.site.by_relative[relative] {
        crate::resolve::ContentId::Page(id) => id.0 as usize,
        crate::resolve::ContentId::Section(_) => panic!("{relative} is a section"),
    }
}

#[test]
fn relations_lead_both_ways_by_title_slug_or_path() {
    let built = kitchen().resolve();
    let catalog = &built.site.catalog;
    let incoming = &catalog.incoming[page(&built, "cooks/bo.md")];
    assert_eq!(incoming.len(), 1);
    assert_eq!(incoming[0].name, "recipes");
    assert_eq!(
        titles(&built, &incoming[0].pages),
        ["Pie", "Soup"],
        "in the order of the kind: most minutes first"
    );
    let village = &catalog.incoming[page(&built, "villages/a.md")];
    assert_eq!(titles(&built, &village[0].pages), ["Bo"]);
    let unknown: Vec<_> =
        catalog.unknown.iter().map(|unknown| (&*unknown.field, &*unknown.written)).collect();
    assert_eq!(unknown, [("cook", "Nobody")]);
}

#[test]
fn facets_reach_through_relations_and_each_value_has_a_slug_of_its_own() {
    let built = kitchen().resolve();
    let tables = built.site.catalog.facets_of(1, "nl");
    let shown: Vec<Vec<(&str, usize)>> = tables
        .iter()
        .map(|table| table.values.iter().map(|value| (&*value.slug, value.pages.len())).collect())
        .collect();
    assert_eq!(shown[0], [("a", 2)]);
    let mut seasons = shown[1].clone();
    seasons.sort();
    assert_eq!(seasons, [("winter", 2), ("winter-2", 1)]);
    assert_eq!(shown[2], []);
}

#[test]
fn a_page_may_say_of_which_kind_it_is() {
    let built = kitchen()
        .page("elsewhere/x.md", |page| page.extra = extra(json!({ "kind": "recipe" })))
        .page("recipes/y.md", |page| page.extra = extra(json!({ "kind": "cook" })))
        .page("recipesandmore/z.md", |_| {})
        .resolve();
    let kind = |relative: &str| built.site.catalog.kinds[page(&built, relative)];
    assert_eq!(
        (kind("elsewhere/x.md"), kind("recipes/y.md"), kind("recipesandmore/z.md")),
        (Some(1), Some(0), None)
    );
}

#[test]
fn a_year_is_found_in_dates_and_in_words() {
    let year = |text: &str| facets::year(text);
    assert_eq!(year("2026-11-19").as_deref(), Some("2026"));
    assert_eq!(year("najaar 2022").as_deref(), Some("2022"));
    assert_eq!(year("12345"), None);
}
