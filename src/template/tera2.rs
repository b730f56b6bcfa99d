//! Dialect 0.23: Tera 2, as Zola 0.23 sets it up. In: a [`TemplateSet`]. Out: a [`TemplateEngine`], or every fault of
//! every template.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use tera2::value::Key;
use tera2::{Context as TeraContext, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::builtins::{self, ANCHOR_LINK};
use super::engine::{Fault, TemplateEngine};
use super::filters::FILTERS;
use super::functions::{Answer, Call, FUNCTIONS};
use super::lookup::Lookup;
use super::scope;
use super::sources::{Template, TemplateSet};
use super::tera2_filters;
use super::unreachable;
use super::value::{Context, Field, Shared};
use crate::base::Hash128;
use crate::base::diagnostic::line_and_column;
use crate::model::{Json, JsonMap};

/// The version of Zola that templates are told (`zola_version`).
const ZOLA_VERSION: &str = "0.23.3";
/// What Tera calls a template that is no file.
const INLINE: &str = "__tera_one_off";

/// What a template says in vain: its name and the place in it.
pub type InVain = (String, Range<usize>);

/// The engine.
pub struct Tera2 {
    tera: Tera,
    set: TemplateSet,
}

impl Tera2 {
    /// Loads the templates. What some of them say in vain is told and does no harm: template and place.
    pub fn new(set: TemplateSet) -> Result<(Self, Vec<InVain>), Vec<Fault>> {
        let texts = |template: &Template| (template.name.clone(), template.text.to_string());
        let error = match load(&set, set.iter().map(texts).collect()) {
            Ok(tera) => return Ok((Tera2 { tera, set }, Vec::new())),
            Err(error) => error,
        };
        let mut vain = Vec::new();
        let texts = set.iter().map(|template| match unreachable::blank(&template.text) {
            Some((text, runs)) => {
                vain.extend(runs.into_iter().map(|run| (template.name.clone(), run)));
                (template.name.clone(), text)
            }
            None => texts(template),
        });
        match load(&set, texts.collect()) {
            Ok(tera) => Ok((Tera2 { tera, set }, vain)),
            Err(again) => Err(all_faults(&set, if vain.is_empty() { error } else { again })),
        }
    }
}

/// Whether a template could be one, whatever the names in it mean.
pub fn can_read(text: &str) -> bool {
    let text = unreachable::blank(text).map_or_else(|| text.to_owned(), |(text, _)| text);
    match Tera::default().add_raw_template("a.html", &text) {
        Ok(()) => true,
        Err(error) => !matches!(error.kind(), ErrorKind::SyntaxError(_)),
    }
}

fn load(set: &TemplateSet, texts: Vec<(String, String)>) -> TeraResult<Tera> {
    let mut tera = empty();
    let prefixes: Vec<String> = set.prefixes().iter().filter(|prefix| !prefix.is_empty()).cloned().collect();
    tera.set_fallback_prefixes(prefixes)?;
    tera.add_raw_templates(texts)?;
    tera.global_context().insert("zola_version", ZOLA_VERSION);
    Ok(tera)
}

/// Groups a list by a field, in the order in which the groups are met; Tera's own has no order.
fn group_by(value: Vec<Value>, kwargs: Kwargs, _: &State) -> TeraResult<tera2::Map> {
    let attribute = kwargs.must_get::<&str>("attribute")?;
    let mut groups: Vec<(Key<'static>, Vec<Value>)> = Vec::new();
    let mut places: std::collections::HashMap<Key<'static>, usize> = std::collections::HashMap::new();
    for (at, item) in value.into_iter().enumerate() {
        let key = match item.get_from_path(attribute) {
            None => {
                return Err(tera2::Error::message(format!(
                    "The filter `group_by` met an item without `{attribute}`: number {}.",
                    at + 1
                )));
            }
            Some(field) if field.is_none() => continue,
            Some(field) => key(field)?,
        };
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, items)) => items.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    Ok(groups.into_iter().map(|(key, items)| (key, items.into())).collect())
}

fn key(field: &Value) -> TeraResult<Key<'static>> {
    let number = field.as_i128().map(|number| match (u64::try_from(number), i64::try_from(number)) {
        (Ok(number), _) => Key::U64(number),
        (_, Ok(number)) => Key::I64(number),
        _ => Key::I128(number),
    });
    let text = field.as_str().map(|text| Key::from(text.to_owned()));
    let truth = field.as_bool().map(Key::Bool);
    number.or(text).or(truth).ok_or_else(|| {
        tera2::Error::message("The filter `group_by` can group by text, whole numbers and truths only.")
    })
}

/// A Tera that knows every function, filter and test but no template.
fn empty() -> Tera {
    let mut tera = Tera::default();
    tera.register_filter("group_by", group_by);
    tera.register_filter("base64_encode", tera_contrib::base64::b64_encode);
    tera.register_filter("base64_decode", tera_contrib::base64::b64_decode);
    tera.register_filter("regex_replace", tera_contrib::regex::RegexReplace::default());
    tera.register_filter("striptags", tera_contrib::regex::striptags);
    tera.register_filter("spaceless", tera_contrib::regex::spaceless);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter("urlencode_strict", tera_contrib::urlencode::urlencode_strict);
    tera.register_filter("json_encode", tera_contrib::json::json_encode);
    tera.register_filter("filesizeformat", tera_contrib::filesize_format::filesize_format);
    tera.register_filter("format", tera_contrib::format::format);
    tera.register_filter("slugify", tera_contrib::slug::slug);
    tera.register_filter("date", tera2_filters::date);
    tera.register_filter("replace", tera2_filters::replace);
    tera.register_filter("join", tera2_filters::join);
    tera.register_filter("shuffle", shuffle);
    tera.register_function("get_random", random);
    tera.register_test("matching", tera_contrib::regex::Matching::default());
    tera.register_test("before", tera_contrib::dates::is_before);
    tera.register_test("after", tera_contrib::dates::is_after);
    for (name, function) in FUNCTIONS {
        tera.register_function(*name, move |kwargs: Kwargs, state: &State| {
            call(name, &kwargs, state, function)
        });
    }
    for (name, filter) in FILTERS {
        tera.register_filter(*name, move |input: &Value, kwargs: Kwargs, state: &State| {
            let input = to_json(input)?;
            call(name, &kwargs, state, |call| filter(call, input))
        });
    }
    tera
}

/// Chance without a seed differs on every build, so whoever asks is rendered on every build.
fn random(kwargs: Kwargs, state: &State) -> TeraResult<i64> {
    note_chance(&kwargs)?;
    tera_contrib::rand::get_random(kwargs, state)
}

fn shuffle(value: Vec<Value>, kwargs: Kwargs, state: &State) -> TeraResult<Vec<Value>> {
    note_chance(&kwargs)?;
    tera_contrib::rand::shuffle(value, kwargs, state)
}

fn note_chance(kwargs: &Kwargs) -> TeraResult<()> {
    if kwargs.get::<Value>("seed")?.is_none()
        && let Some(lookup) = scope::current()
    {
        lookup.by_chance();
    }
    Ok(())
}

/// Calls a function of ours for Tera.
fn call(
    name: &str,
    kwargs: &Kwargs,
    state: &State,
    run: impl FnOnce(&Call<'_>) -> Result<Answer, String>,
) -> TeraResult<Value> {
    let Some(lookup) = scope::current() else {
        return Err(tera2::Error::message(format!(
            "`{name}` can only be called while a site is being built"
        )));
    };
    let mut args = JsonMap::new();
    for (key, value) in kwargs.iter() {
        args.insert(key.as_str().unwrap_or_default().to_owned(), to_json(value)?);
    }
    let seen = |path: &str| -> Option<Json> {
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        let value = state.get::<Value>(root).ok()??;
        let value = if rest.is_empty() { Some(&value) } else { value.get_from_path(rest) };
        to_json(value?).ok()
    };
    match run(&Call { args, lookup, scope: &seen }) {
        Ok(Answer::Json(json)) => Ok(from_json(&json)),
        Ok(Answer::Kept(kept)) => Ok(own(kept.shared.get_or_init(|| Shared::Tera2(from_json(&kept.json))))),
        Ok(Answer::Safe(text)) => Ok(Value::safe_string(&text)),
        Ok(Answer::Shared(object)) => Ok(own(&object)),
        Err(sentence) => Err(tera2::Error::message(sentence)),
    }
}

impl TemplateEngine for Tera2 {
    fn render(&self, name: &str, context: Context, lookup: Arc<dyn Lookup>) -> Result<String, Fault> {
        let is_built_in = || self.set.find(name).is_some_and(|template| template.file.is_none());
        if name == ANCHOR_LINK
            && is_built_in()
            && let Some(link) = builtins::anchor_link(&context)
        {
            return Ok(link);
        }
        let context = to_context(context);
        scope::with(lookup, || self.tera.render(name, &context)).map_err(|error| fault(name, &error))
    }

    fn render_inline(
        &self,
        source: &str,
        context: Context,
        lookup: Arc<dyn Lookup>,
    ) -> Result<String, Fault> {
        let context = to_context(context);
        scope::with(lookup, || self.tera.render_str(source, &context, false))
            .map_err(|error| fault("", &error))
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.set.find(name).map(|template| template.name.as_str())
    }

    fn file(&self, name: &str) -> Option<(crate::base::SourcePath, Arc<str>)> {
        let template = self.set.find(name)?;
        Some((template.file.clone()?, template.text.clone()))
    }

    fn closure(&self, name: &str) -> Hash128 {
        self.set.closure(name)
    }

    fn inline_closure(&self, source: &str) -> Hash128 {
        self.set.inline_closure(source)
    }

    fn share(&self, field: Field) -> Shared {
        Shared::Tera2(to_value(field))
    }

    fn with(&self, object: &Shared, parts: Vec<(&'static str, Field)>) -> Shared {
        let value = own(object);
        let mut fresh: Vec<(Key<'static>, Value)> =
            parts.into_iter().map(|(name, part)| (Key::Str(name), to_value(part))).collect();
        let mut all: Vec<(Key<'static>, Value)> = Vec::with_capacity(value.len().unwrap_or(0) + fresh.len());
        for (name, value) in value.as_map().into_iter().flatten() {
            let part = fresh.iter().position(|(part, _)| part == name).map(|at| fresh.swap_remove(at));
            all.push(part.unwrap_or_else(|| (name.clone(), value.clone())));
        }
        if !fresh.is_empty() {
            all.append(&mut fresh);
            all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        }
        Shared::Tera2(to_map(all.into_iter()))
    }
}

fn to_context(context: Context) -> TeraContext {
    let mut tera = TeraContext::new();
    for (name, value) in &context.args {
        tera.insert_value(name.clone(), from_json(value));
    }
    for (name, field) in context.parts {
        tera.insert_value(name, to_value(field));
    }
    tera
}

fn to_value(field: Field) -> Value {
    match field {
        Field::Null => Value::none(),
        Field::Bool(value) => Value::from(value),
        Field::Int(value) => Value::from(value),
        Field::Text(text) => text.into_tera2(),
        Field::Data(json) => from_json(&json),
        Field::Shared(object) => own(&object),
        Field::List(parts) => Value::from(parts.into_iter().map(to_value).collect::<Vec<_>>()),
        Field::Object(mut parts) => {
            // An object printed whole has its names in this order. What an author wrote keeps the author's order.
            parts.sort_unstable_by_key(|(name, _)| *name);
            to_map(parts.into_iter().map(|(name, part)| (Key::Str(name), to_value(part))))
        }
    }
}

/// A value of this engine. There is one engine in a build, so what it is handed is its own.
fn own(object: &Shared) -> Value {
    match object {
        Shared::Tera2(value) => value.clone(),
        Shared::Tera1(_) => Value::none(),
    }
}

/// A map of names that differ. Tera makes its own from any other, which hashes each name again; so the other one hashes places.
fn to_map(parts: impl ExactSizeIterator<Item = (Key<'static>, Value)>) -> Value {
    Value::from(
        parts.enumerate().map(|(at, (name, value))| (Placed(at, name), value)).collect::<IndexMap<_, _>>(),
    )
}

/// A name that is told from others by its place.
struct Placed(usize, Key<'static>);

impl std::hash::Hash for Placed {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        state.write_usize(self.0);
    }
}

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Placed {}

impl From<Placed> for Key<'static> {
    fn from(placed: Placed) -> Self {
        placed.1
    }
}

fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::none(),
        Json::Bool(value) => Value::from(*value),
        Json::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), ..) => Value::from(value),
            (_, Some(value), _) => Value::from(value),
            (.., value) => Value::from(value.unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::normal_string(text),
        Json::Array(parts) => Value::from(parts.iter().map(from_json).collect::<Vec<_>>()),
        Json::Object(parts) => {
            let key = |name: &str| Key::String(Arc::from(name));
            to_map(parts.iter().map(|(name, part)| (key(name), from_json(part))))
        }
    }
}

fn to_json(value: &Value) -> TeraResult<Json> {
    serde_json::to_value(value).map_err(|error| tera2::Error::message(error.to_string()))
}

/// Every fault: when several templates cannot be read, Tera stops at the first, so each is tried by itself.
fn all_faults(set: &TemplateSet, error: tera2::Error) -> Vec<Fault> {
    let mut faults = Vec::new();
    for template in set.iter() {
        let mut alone = Tera::default();
        let text =
            unreachable::blank(&template.text).map_or_else(|| template.text.to_string(), |(text, _)| text);
        if let Err(error) = alone.add_raw_template(&template.name, &text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            faults.push(fault(&template.name, &error));
        }
    }
    if !faults.is_empty() {
        return faults;
    }
    match error.kind() {
        // What refers to nothing arrives as reports joined into one text, each beginning with "error: ".
        ErrorKind::Msg(text) if text.contains("\n --> ") || text.contains("--> ") => reports(text),
        _ => vec![placed(fault("", &error), set)],
    }
}

/// Tera knows no place for what is wrong between templates: it is where the one names the other.
fn placed(mut fault: Fault, set: &TemplateSet) -> Fault {
    let Some(template) = set.iter().find(|template| template.name == fault.template) else { return fault };
    let other = fault.message.split('`').nth(3).unwrap_or_default();
    if fault.line == 0
        && let Some(at) = naming(&template.text, other)
    {
        (fault.line, fault.column) = line_and_column(&template.text, at.start);
        fault.width = template.text[at].chars().count();
    }
    fault
}

/// Where a template extends or includes another, without the quotes; the first of all when none has this name.
fn naming(text: &str, other: &str) -> Option<Range<usize>> {
    let mut first = None;
    for (at, word) in ["extends", "include"].iter().flat_map(|word| text.match_indices(word)) {
        let rest = &text[at + word.len()..];
        let quoted = rest.trim_start();
        let Some(quote) = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`')) else {
            continue;
        };
        let start = at + word.len() + (rest.len() - quoted.len()) + 1;
        let Some(end) = text[start..].find(quote).map(|length| start + length) else { continue };
        if text[start..end] == *other || other.ends_with(&format!("/templates/{}", &text[start..end])) {
            return Some(start..end);
        }
        first.get_or_insert(start..end);
    }
    first
}

/// Understands what Tera says went wrong.
fn fault(name: &str, error: &tera2::Error) -> Fault {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let template = if report.filename() == INLINE { "" } else { report.filename() };
            let width = if span.start_line == span.end_line {
                span.end_col.saturating_sub(span.start_col).max(1)
            } else {
                1
            };
            Fault {
                template: template.to_owned(),
                line: span.start_line,
                column: span.start_col + 1,
                width,
                message: sentence(report.message()),
                chain: chain(&error.to_string()),
                inner: Vec::new(),
                also: Vec::new(),
            }
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => Fault::message(
            tpl,
            format!("The template inherits from itself: {}.", circle(tpl, inheritance_chain)),
        ),
        ErrorKind::CircularInclude { tpl, include_chain } => {
            Fault::message(tpl, format!("The template includes itself: {}.", circle(tpl, include_chain)))
        }
        ErrorKind::MissingParent { current, parent } => {
            Fault::message(current, format!("The template extends `{parent}`, which does not exist."))
        }
        // What refers to nothing arrives as reports joined into one text.
        ErrorKind::Msg(text) if text.contains("--> ") => {
            let mut all = reports(text);
            let mut first = all.remove(0);
            first.also = all;
            first
        }
        _ => Fault::message(name, sentence(&error.to_string())),
    }
}

fn circle(start: &str, chain: &[String]) -> String {
    let mut names: Vec<String> = chain.iter().map(|name| format!("`{name}`")).collect();
    if chain.first().map(String::as_str) != Some(start) {
        names.insert(0, format!("`{start}`"));
    }
    if names.len() == 1 || names.first() != names.last() {
        names.push(format!("`{start}`"));
    }
    names.join(" → ")
}

/// A message as a full sentence.
fn sentence(message: &str) -> String {
    let mut text = message.trim().to_owned();
    // Nobody who writes templates need know what Rust calls things.
    for (theirs, ours) in [
        ("`f64`", "a number"),
        ("`i64`", "a whole number"),
        ("`u64`", "a whole number"),
        ("`usize`", "a whole number"),
        ("`string`", "a text"),
        ("`&str`", "a text"),
        ("`bool`", "true or false"),
        ("`array`", "a list"),
        ("`map`", "a table"),
    ] {
        if text.contains("xpected ") {
            text = text.replace(theirs, ours);
        }
    }
    if let Some(first) = text.chars().next()
        && first.is_lowercase()
    {
        text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    if !text.ends_with(['.', '!', '?', '`', '"']) || text.ends_with('`') || text.ends_with('"') {
        text.push('.');
    }
    text
}

/// The notes of a report: `note: called from NAME:LINE:COLUMN`. Tera shows them and does not give them.
fn chain(report: &str) -> Vec<(String, String, usize, usize)> {
    report.lines().filter_map(|line| locus(line.strip_prefix("note: ")?)).collect()
}

/// Splits `called from NAME:LINE:COLUMN`.
fn locus(text: &str) -> Option<(String, String, usize, usize)> {
    let (rest, column) = text.rsplit_once(':')?;
    let (rest, line) = rest.rsplit_once(':')?;
    let (label, name) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let name = if name == INLINE { "" } else { name };
    Some((label.to_owned(), name.to_owned(), line.trim().parse().ok()?, column.trim().parse().ok()?))
}

/// Takes joined reports apart.
fn reports(text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for line in text.lines() {
        if let Some(message) = line.trim_start().strip_prefix("error: ") {
            faults.push(Fault::message("", sentence(message)));
        } else if let (Some(fault), Some((_, at))) = (faults.last_mut(), line.split_once("--> "))
            && let Some((_, name, line, column)) = locus(at)
        {
            fault.template = name;
            fault.line = line;
            fault.column = column;
        } else if let Some(fault) = faults.last_mut()
            && let Some((_, marks)) = line.split_once("| ")
            && marks.trim().chars().all(|c| c == '^')
            && !marks.trim().is_empty()
        {
            fault.width = marks.trim().len();
        }
    }
    if faults.is_empty() { vec![Fault::message("", sentence(text))] } else { faults }
}
