//! Pages, sections, taxonomies and terms by name: `get_page`, `get_section`, `get_taxonomy`, `get_taxonomy_term`,
//! `get_taxonomy_url`. In: a path below `content/` or the slug of a taxonomy, and a language. Out: the object.
//!
//! A path names content, not a translation of it: which translation is meant, the language decides.

use super::args::Args;
use super::i18n::language;
use super::{Answer, Call};
use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;
use crate::model::slug::path_slug;
use crate::parse::FileName;
use crate::template::value::Shared;

/// `get_page(path, lang, allow_missing)`: a page.
pub(super) fn get_page(call: &Call<'_>) -> Result<Answer, String> {
    get_content(call, "get_page", "page", "blog/post.md", |relative| call.lookup.page(relative))
}

/// `get_section(path, lang, allow_missing)`: a section. In dialect 0.22 `metadata_only` leaves its pages out, and what is
/// missing is always a fault.
pub(super) fn get_section(call: &Call<'_>) -> Result<Answer, String> {
    let bare = call.is_old() && Args::of("get_section", call).flag("metadata_only", false)?;
    get_content(call, "get_section", "section", "blog/_index.md", |relative| match bare {
        true => call.lookup.section_without_pages(relative),
        false => call.lookup.section(relative),
    })
}

fn get_content(
    call: &Call<'_>,
    function: &'static str,
    kind: &str,
    example: &str,
    ask: impl Fn(&str) -> Option<Shared>,
) -> Result<Answer, String> {
    let args = Args::of(function, call);
    let given = args.need_text("path", example)?;
    // `translations` name files from the root of the site, and templates hand those paths on.
    let below = given.strip_prefix("content/").filter(|_| call.lookup.link(&clean(&given)).is_none());
    let path = below.filter(|below| call.lookup.link(&clean(below)).is_some()).unwrap_or(&given).to_owned();
    if call.is_old() {
        let relative = in_language_as_given(call, &args, &path)?;
        let missing =
            || format!("`{function}` cannot find the {kind} `{relative}`. {}", spelling_hint(&path, kind));
        return ask(&clean(&relative)).map(Answer::Shared).ok_or_else(missing);
    }
    let lang = language(call, &args)?;
    let allow_missing = args.flag("allow_missing", false)?;
    let config = call.lookup.config();
    let exists = call.lookup.link(&clean(&path)).is_some();
    let found = exists
        .then(|| in_language(&clean(&path), &lang, &config))
        .flatten()
        .and_then(|relative| ask(&relative));
    let right_kind = is_section(&path) == (kind == "section");
    match found {
        Some(object) => Ok(Answer::Shared(object)),
        None if allow_missing => Ok(Answer::nothing()),
        None if exists && right_kind && config.is_multilingual() => Err(format!(
            "`{function}` cannot find the {kind} `{path}` in language `{lang}`. {}",
            translation_hint(&path, &lang, &config)
        )),
        None => Err(format!("`{function}` cannot find the {kind} `{path}`. {}", spelling_hint(&path, kind))),
    }
}

/// The path as dialect 0.22 has it: with the language before the ending when a language is named and is not the default
/// one, else as it is.
fn in_language_as_given(call: &Call<'_>, args: &Args<'_>, path: &str) -> Result<String, String> {
    let default = &call.lookup.config().default_language;
    Ok(match (args.text("lang")?.filter(|lang| lang != default), path.rsplit_once('.')) {
        (Some(lang), Some((stem, ending))) => format!("{stem}.{lang}.{ending}"),
        (Some(lang), None) => format!("{path}.{lang}"),
        (None, _) => path.to_owned(),
    })
}

/// The path without parts that mean nothing.
fn clean(path: &str) -> String {
    let parts: Vec<_> = path
        .split('/')
        .enumerate()
        .filter(|(at, part)| *part != "." && (*at == 0 || !part.is_empty()))
        .collect();
    parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>().join("/")
}

/// The path of the translation of `relative` in a language.
fn in_language(relative: &str, lang: &str, config: &Config) -> Option<String> {
    let file = FileName::new(&SourcePath::new(format!("content/{relative}")), config).ok()?;
    let suffix = if lang == config.default_language { String::new() } else { format!(".{lang}") };
    Some(format!("{}{suffix}.md", file.canonical))
}

fn translation_hint(path: &str, lang: &str, config: &Config) -> String {
    if config.language(lang).is_none() {
        return format!("The site has no language `{lang}`: it has {}.", known_languages(config));
    }
    match in_language(path, lang, config) {
        Some(file) => format!(
            "Add `content/{file}`, pass another `lang`, or pass `allow_missing=true` and test for null."
        ),
        None => "Pass another `lang`, or pass `allow_missing=true` and test for null.".to_owned(),
    }
}

fn is_section(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|file| file.starts_with("_index."))
}

fn spelling_hint(path: &str, kind: &str) -> String {
    if let Some(rest) =
        path.strip_prefix("@/").or_else(|| path.strip_prefix('/')).or_else(|| path.strip_prefix("content/"))
    {
        return format!("Paths start below `content/`, so write `{rest}`.");
    }
    match (kind, is_section(path)) {
        ("page", true) => "An `_index.md` is a section: ask for it with `get_section`.".to_owned(),
        ("section", false) => {
            format!("A section is named by its file, such as `{}/_index.md`.", path.trim_end_matches('/'))
        }
        _ => format!(
            "Check that `content/{path}` exists and is no draft, or pass `allow_missing=true` and test for null."
        ),
    }
}

/// `get_taxonomy(kind, lang, required)`: a taxonomy, by its slug.
pub(super) fn get_taxonomy(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("get_taxonomy", call);
    let kind = slug_of(args.need_text("kind", "tags")?, call);
    let required = args.flag("required", true)?;
    let lang = language(call, &args)?;
    match call.lookup.taxonomy(&lang, &kind) {
        Some(taxonomy) => Ok(Answer::Shared(taxonomy)),
        None if !required => Ok(Answer::nothing()),
        None => Err(unknown_taxonomy("get_taxonomy", &kind, &lang, &call.lookup.config())),
    }
}

/// The slug of a taxonomy that a template names. In dialect 0.22 taxonomies are named as in front matter.
fn slug_of(kind: String, call: &Call<'_>) -> String {
    let config = call.lookup.config();
    let named =
        config.languages.iter().flat_map(|(_, options)| &options.taxonomies).find(|known| known.name == kind);
    named.filter(|_| call.is_old()).map_or(kind, |named| named.slug.clone())
}

/// `get_taxonomy_term(kind, term, lang, required)`: a term, by its name or slug.
pub(super) fn get_taxonomy_term(call: &Call<'_>) -> Result<Answer, String> {
    let function = "get_taxonomy_term";
    let args = Args::of(function, call);
    let kind = slug_of(args.need_text("kind", "tags")?, call);
    let term = args.need_text("term", "Rust")?;
    let required = args.flag("required", true)?;
    let lang = language(call, &args)?;
    let config = call.lookup.config();
    let slug = path_slug(&term, config.slugify.taxonomies);
    match call.lookup.term(&lang, &kind, &slug) {
        Some(object) => Ok(Answer::Shared(object)),
        None if !required => Ok(Answer::nothing()),
        None if !has_taxonomy(&kind, &lang, &config) => {
            Err(unknown_taxonomy(function, &kind, &lang, &config))
        }
        None => Err(unknown_term(function, &term, &kind, &lang)),
    }
}

/// `get_taxonomy_url(kind, term, lang, required)`: the URL of a term, by its name or slug.
///
/// `required=false` forgives a taxonomy that the site does not have, never a term that no page has: a list of terms
/// would otherwise link to nowhere.
pub(super) fn get_taxonomy_url(call: &Call<'_>) -> Result<Answer, String> {
    let function = "get_taxonomy_url";
    let args = Args::of(function, call);
    let kind = slug_of(args.need_text("kind", "tags")?, call);
    let term = match (args.text("term")?, args.text("name")?) {
        (Some(term), _) => term,
        (None, Some(name)) if call.is_old() => name,
        (None, Some(name)) => {
            let message = "`get_taxonomy_url` calls its argument `term` now; `name` will stop working.";
            call.lookup.complain(
                Diagnostic::warning("template/deprecated", message).hint("Write `term=` instead of `name=`."),
            );
            name
        }
        (None, None) => args.need_text("term", "Rust")?,
    };
    let lang = language(call, &args)?;
    let required = args.flag("required", true)?;
    let config = call.lookup.config();
    let slug = path_slug(&term, config.slugify.taxonomies);
    match call.lookup.term_permalink(&lang, &kind, &slug) {
        Some(permalink) => Ok(Answer::Safe(permalink)),
        None if has_taxonomy(&kind, &lang, &config) => Err(unknown_term(function, &term, &kind, &lang)),
        None if !required => Ok(Answer::nothing()),
        None => Err(unknown_taxonomy(function, &kind, &lang, &config)),
    }
}

fn has_taxonomy(kind: &str, lang: &str, config: &Config) -> bool {
    config
        .language(lang)
        .is_some_and(|options| options.taxonomies.iter().any(|taxonomy| taxonomy.slug == kind))
}

fn unknown_taxonomy(function: &str, kind: &str, lang: &str, config: &Config) -> String {
    let Some(options) = config.language(lang) else {
        return format!(
            "`{function}` was asked for language `{lang}`, but the site has {}.",
            known_languages(config)
        );
    };
    let known: Vec<_> = options.taxonomies.iter().map(|taxonomy| format!("`{}`", taxonomy.slug)).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    format!(
        "`{function}` cannot find the taxonomy `{kind}` in language `{lang}`. That language has {known}; a taxonomy is \
         declared in zola.toml. Pass `required=false` if it may be absent."
    )
}

fn unknown_term(function: &str, term: &str, kind: &str, lang: &str) -> String {
    format!(
        "`{function}` cannot find the term `{term}` in the taxonomy `{kind}` of language `{lang}`. No listed page has \
         it: check the spelling here and in the front matter of the pages."
    )
}

/// The languages of the site, for a sentence.
pub(super) fn known_languages(config: &Config) -> String {
    config.languages.iter().map(|(code, _)| format!("`{code}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, call, call_from, value};
    use super::*;
    use crate::model::Json;
    use serde_json::json;
    use std::sync::Arc;

    fn site() -> Fake {
        [
            "page a.md",
            "page a.fr.md",
            "page b/index.md",
            "page b/index.fr.md",
            "page only.fr.md",
            "page en.md",
        ]
        .into_iter()
        .chain(["section _index.md", "section b/_index.md", "section b/_index.fr.md"])
        .chain(["taxonomy en tags", "taxonomy fr tags", "term en tags een-term", "term fr tags terme"])
        .fold(Fake::default(), Fake::with_object)
    }

    fn ask(function: super::super::Function, args: Json) -> Result<Json, String> {
        value(function(&call(site(), args)))
    }

    #[test]
    fn missing_content_is_told_with_a_way_out() {
        let check = |function: super::super::Function, args: Json, expected: &str| {
            let sentence = ask(function, args).unwrap_err();
            assert!(sentence.contains(expected), "{sentence}");
        };
        check(get_page, json!({}), "`get_page` needs the argument `path`");
        check(
            get_page,
            json!({ "path": "x.md" }),
            "cannot find the page `x.md`. Check that `content/x.md` exists",
        );
        check(get_page, json!({ "path": "@/a.md" }), "so write `a.md`");
        check(get_page, json!({ "path": "_index.md" }), "ask for it with `get_section`");
        check(get_page, json!({ "path": "en.md", "lang": "fr" }), "Add `content/en.fr.md`");
        check(
            get_page,
            json!({ "path": "a.md", "lang": "de" }),
            "The site has no language `de`: it has `en`, `fr`.",
        );
        check(get_page, json!({ "path": "only.md", "lang": "fr" }), "cannot find the page `only.md`.");
        check(get_section, json!({ "path": "b/" }), "such as `b/_index.md`");
        check(get_taxonomy, json!({ "kind": "x" }), "That language has `tags`");
        check(get_taxonomy, json!({ "kind": "tags", "lang": "de" }), "the site has `en`, `fr`");
        check(get_taxonomy_term, json!({ "kind": "tags", "term": "x" }), "cannot find the term `x`");
        check(get_taxonomy_term, json!({ "kind": "x", "term": "x" }), "cannot find the taxonomy `x`");
        check(get_taxonomy_term, json!({ "kind": "tags" }), "needs the argument `term`");
        check(get_taxonomy_url, json!({ "kind": "tags" }), "needs the argument `term`");
        check(get_taxonomy_url, json!({ "kind": "x", "term": "x" }), "cannot find the taxonomy `x`");
        check(
            get_taxonomy_url,
            json!({ "kind": "tags", "term": "x", "required": false }),
            "cannot find the term `x`",
        );
    }

    #[test]
    fn absence_may_be_allowed() {
        assert_eq!(ask(get_page, json!({ "path": "x.md", "allow_missing": true })), Ok(Json::Null));
        assert_eq!(ask(get_section, json!({ "path": "x/_index.md", "allow_missing": true })), Ok(Json::Null));
        assert_eq!(ask(get_taxonomy, json!({ "kind": "x", "required": false })), Ok(Json::Null));
        assert_eq!(
            ask(get_taxonomy_term, json!({ "kind": "tags", "term": "x", "required": false })),
            Ok(Json::Null)
        );
        assert_eq!(
            ask(get_taxonomy_url, json!({ "kind": "x", "term": "x", "required": false })),
            Ok(Json::Null)
        );
    }

    #[test]
    fn the_language_decides_which_translation() {
        let french = |path: &str| (path == "lang").then(|| json!("fr"));
        let check = |function: super::super::Function, args: Json, plain: &str, in_french: &str| {
            assert_eq!(ask(function, args.clone()).unwrap(), plain);
            assert_eq!(value(function(&call_from(Arc::new(site()), args, &french))).unwrap(), in_french);
        };
        check(get_page, json!({ "path": "a.md" }), "object:page a.md", "object:page a.fr.md");
        check(
            get_page,
            json!({ "path": "./b//index.md" }),
            "object:page b/index.md",
            "object:page b/index.fr.md",
        );
        check(get_page, json!({ "path": "a.fr.md", "lang": "en" }), "object:page a.md", "object:page a.md");
        let path = json!({ "path": "b/_index.md" });
        check(get_section, path, "object:section b/_index.md", "object:section b/_index.fr.md");
        check(get_taxonomy, json!({ "kind": "tags" }), "object:taxonomy en tags", "object:taxonomy fr tags");
    }

    #[test]
    fn terms_are_found_by_name_or_slug() {
        let args = json!({ "kind": "tags", "term": "Één term" });
        assert_eq!(ask(get_taxonomy_term, args.clone()).unwrap(), "object:term en tags een-term");
        assert_eq!(ask(get_taxonomy_url, args).unwrap(), "safe:/en/tags/een-term/");
    }

    #[test]
    fn an_old_argument_still_works_with_a_warning() {
        let fake = Arc::new(site());
        let call = call_from(fake.clone(), json!({ "kind": "tags", "name": "een-term" }), &|_| None);
        assert_eq!(value(get_taxonomy_url(&call)).unwrap(), "safe:/en/tags/een-term/");
        assert_eq!(fake.complaints.lock().unwrap()[0].code, "template/deprecated");
    }
}
