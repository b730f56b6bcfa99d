//! What kinds of content there are and what follows from them: `get_kinds`, `get_items`, `get_facets`, `get_related`,
//! `get_units`. Zola has none of these; a site without kinds needs none.

use super::args::Args;
use super::i18n::language;
use super::{Answer, Call};
use crate::model::Kind;
use crate::template::catalog::Ask;

/// `get_kinds(lang)`: every declaration.
pub(super) fn get_kinds(call: &Call<'_>) -> Result<Answer, String> {
    let lang = language(call, &Args::of("get_kinds", call))?;
    asked(call, Ask::Kinds(lang))
}

/// `get_items(kind, lang)`: the pages of a kind, as cards, in its order.
pub(super) fn get_items(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("get_items", call);
    let kind = kind(call, &args)?;
    asked(call, Ask::Items(kind, language(call, &args)?))
}

/// `get_facets(kind, lang)`: the facets of a kind, with values and counts.
pub(super) fn get_facets(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("get_facets", call);
    let kind = kind(call, &args)?;
    asked(call, Ask::Facets(kind, language(call, &args)?))
}

/// `get_related(path)`: the card of a page, its relations, its neighbours and those that are like it; nothing for a page of
/// no kind.
pub(super) fn get_related(call: &Call<'_>) -> Result<Answer, String> {
    let path = Args::of("get_related", call).need_text("path", "blog/post.md")?;
    asked(call, Ask::Related(path.to_owned()))
}

/// `get_units(unit, path, lang)`: the units of a name, of a page, or both.
pub(super) fn get_units(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("get_units", call);
    let unit = args.text("unit")?.unwrap_or_default().to_owned();
    let path = args.text("path")?.unwrap_or_default().to_owned();
    if unit.is_empty() && path.is_empty() {
        return Err(
            "`get_units` must be told which units: write `unit=\"tip\"`, `path=page.relative_path`, or both."
                .to_owned(),
        );
    }
    let kinds = &call.lookup.config().kinds;
    let known = || kinds.iter().flat_map(|kind| kind.units.iter().map(|unit| unit.name.as_str()));
    if !unit.is_empty() && !known().any(|name| name == unit) {
        return Err(format!("No kind has a unit `{unit}`. The units are: {}.", listed(known())));
    }
    asked(call, Ask::Units(unit, path, language(call, &args)?))
}

fn kind(call: &Call<'_>, args: &Args<'_>) -> Result<String, String> {
    let wanted = args.need_text("kind", "recipe")?;
    let kinds = &call.lookup.config().kinds;
    match kinds.iter().any(|kind: &Kind| kind.name == *wanted) {
        true => Ok(wanted.to_owned()),
        false if kinds.is_empty() => Err(format!(
            "There is no kind `{wanted}`: neither the theme nor the site declares any, in a folder `kinds`."
        )),
        false => Err(format!(
            "There is no kind `{wanted}`. The kinds are: {}.",
            listed(kinds.iter().map(|kind| kind.name.as_str()))
        )),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    names.sort();
    names.dedup();
    names.join(", ")
}

fn asked(call: &Call<'_>, ask: Ask) -> Result<Answer, String> {
    Ok(call.lookup.catalog(&ask)?.map_or_else(Answer::nothing, Answer::Kept))
}
