//! What a kind declares besides pages: calendars and open data. In: a world, and one such output. Out: where it goes, what
//! it is made of, and the artifacts; and complaints about events, with their place.

use serde_json::json;

use super::pointing;
use super::query::Query;
use super::tracer::Tracer;
use super::world::World;
use crate::base::{Artifact, Diagnostic, Hash128, OutPath, hash_of};
use crate::export::calendar::{self, Event, Fault};
use crate::export::open_data::{self, Table};
use crate::model::kind::Kind;
use crate::model::{Config, Json};
use crate::render::Shelf as _;
use crate::resolve::PageId;
use crate::resolve::catalog::text_of;
use crate::template::Lookup as _;
use crate::template::catalog::{Ask, section_path};

/// An output that a kind declares. Kinds by their place in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfKind {
    /// The event a page is about.
    Event(PageId),
    /// The events of a kind in a language.
    Events(usize, String),
    /// The pages of a kind in a language, as data.
    Data(usize, String),
}

/// Every one of a site.
pub(super) fn all(world: &World) -> Vec<OfKind> {
    let mut all = Vec::new();
    for (at, kind) in world.config.kinds.iter().enumerate() {
        let items = &world.site.catalog.items[at];
        if kind.calendar.is_some() {
            all.extend(items.iter().map(|id| OfKind::Event(*id)));
        }
        for (lang, _) in &world.config.languages {
            if kind.calendar.is_some() && !of(world, at, lang).is_empty() {
                all.push(OfKind::Events(at, lang.clone()));
            }
            // Data about nothing is an answer too, in the language of the site.
            if kind.open_data && (lang == &world.config.default_language || !of(world, at, lang).is_empty()) {
                all.push(OfKind::Data(at, lang.clone()));
            }
        }
    }
    all
}

impl OfKind {
    /// What it is called: the same from build to build.
    pub fn name(&self, world: &World) -> String {
        match self {
            OfKind::Event(id) => format!("event {}", world.site.page(*id).parsed.file.relative),
            OfKind::Events(kind, lang) => format!("calendar of {} ({lang})", world.config.kinds[*kind].name),
            OfKind::Data(kind, lang) => format!("open data of {} ({lang})", world.config.kinds[*kind].name),
        }
    }

    /// Where its outputs go.
    pub fn outputs(&self, world: &World) -> Vec<OutPath> {
        match self {
            OfKind::Event(id) => {
                let page = world.site.page(*id);
                vec![OutPath::new(&page.path).join(&format!("{}.ics", page.slug))]
            }
            OfKind::Events(kind, lang) => {
                let path = section_path(&world.site, &world.config, &world.config.kinds[*kind], lang);
                vec![OutPath::new(path).join("calendar.ics")]
            }
            OfKind::Data(kind, lang) => {
                let stem = data_stem(&world.config, *kind, lang);
                ["json", "csv", "schema.json"].map(|ending| OutPath::new(format!("{stem}.{ending}"))).into()
            }
        }
    }

    /// The identity of what it makes, apart from the answers it asks for.
    pub fn subject(&self, world: &World) -> Hash128 {
        let pages = |kind: usize, lang: &str| {
            let files = of(world, kind, lang).into_iter().map(|id| &world.site.page(id).parsed.file.relative);
            hash_of(&files.collect::<Vec<_>>())
        };
        let outputs: Vec<String> = self.outputs(world).iter().map(|path| path.as_str().to_owned()).collect();
        match self {
            OfKind::Event(id) => hash_of(&(outputs, &world.site.page(*id).permalink)),
            OfKind::Events(kind, lang) | OfKind::Data(kind, lang) => hash_of(&(outputs, pages(*kind, lang))),
        }
    }

    /// Makes it.
    pub fn make(&self, tracer: &Tracer) -> Vec<Artifact> {
        let world = tracer.world();
        let paths = self.outputs(world);
        match self {
            OfKind::Event(id) => {
                let Some((event, kind)) = event(*id, tracer) else { return Vec::new() };
                if let Some(fault) = calendar::fault(&event) {
                    tracer.complain(told(fault, *id, &kind, tracer));
                }
                let Some(path) = paths.into_iter().next().filter(|_| !is_timeless(&event)) else {
                    return Vec::new();
                };
                vec![Artifact::new(path, calendar::calendar(&event.title, std::slice::from_ref(&event)))]
            }
            OfKind::Events(kind, lang) => {
                let config = tracer.settings();
                let events: Vec<Event> =
                    of(world, *kind, lang).into_iter().filter_map(|id| Some(event(id, tracer)?.0)).collect();
                let title =
                    config.language(lang).and_then(|options| options.title.as_deref()).unwrap_or_default();
                let name = [config.kinds[*kind].plural(), title].join(" – ");
                let text = calendar::calendar(name.trim_end_matches(" – "), &events);
                paths.into_iter().map(|path| Artifact::new(path, text.as_str())).collect()
            }
            OfKind::Data(kind, lang) => data(*kind, lang, paths, tracer),
        }
    }
}

/// The pages of a kind in a language.
fn of(world: &World, kind: usize, lang: &str) -> Vec<PageId> {
    let items = world.site.catalog.items[kind].iter().copied();
    items.filter(|id| world.site.page(*id).parsed.file.lang == lang).collect()
}

/// The event a page is about, and its kind.
fn event(id: PageId, tracer: &Tracer) -> Option<(Event, Kind)> {
    let config = tracer.settings();
    let site = tracer.site();
    let page = site.page(id);
    tracer.note(Query::PageHead(page.parsed.file.relative.clone()));
    let kind = site.catalog.kind_of(id, config)?;
    let fields = kind.calendar.as_ref()?;
    let says = |field: &str| if field.is_empty() { None } else { text_of(page, field) };
    let host = url::Url::parse(&config.base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let event = Event {
        uid: format!("{}@{}", page.path.trim_matches('/'), host.unwrap_or_default()),
        written: says("updated").or_else(|| says("date")),
        begin: says(&fields.begin).unwrap_or_default(),
        end: says(&fields.end),
        title: says("title").unwrap_or_else(|| page.slug.clone()),
        description: says("description"),
        location: says(&fields.location),
        organizer: says(&fields.organizer),
        url: page.permalink.clone(),
        category: kind.label.clone(),
    };
    Some((event, kind.clone()))
}

/// Whether nothing says when an event is, so that no calendar can hold it.
fn is_timeless(event: &Event) -> bool {
    matches!(calendar::fault(event), Some(Fault::NoBegin | Fault::OddBegin))
}

fn told(fault: Fault, id: PageId, kind: &Kind, tracer: &Tracer) -> Diagnostic {
    let fields = kind.calendar.clone().unwrap_or_default();
    let (begin, end) = (&fields.begin, &fields.end);
    let example = "`2027-01-14T13:30:00+01:00`, a day and a time with its distance to UTC, or `2027-01-14`";
    let (code, message, key, hint) = match fault {
        Fault::NoBegin => (
            "calendar/no-begin",
            format!(
                "The page does not say when it begins: `{begin}` is missing, so no calendar can hold it."
            ),
            begin,
            format!("Write `{begin} = …` below `[extra]`, such as {example}."),
        ),
        Fault::OddBegin => (
            "calendar/begin",
            format!("`{begin}` is no moment that a calendar knows, so it is left out of calendars."),
            begin,
            format!("Write {example}."),
        ),
        Fault::OddEnd => (
            "calendar/end",
            format!("`{end}` does not go with `{begin}`, so calendars are not told the end."),
            end,
            format!("Write both in the same way: {example}."),
        ),
        Fault::EndBeforeBegin => (
            "calendar/end-before-begin",
            format!("`{end}` lies before `{begin}`, so calendars are not told the end."),
            end,
            format!(
                "Look at the dates, and at the distance to UTC of both: in winter `+01:00`, in summer `+02:00`. Or leave `{end}` out."
            ),
        ),
    };
    let file = &tracer.site().page(id).parsed.file.path;
    let warning = Diagnostic::warning(code, message).hint(hint);
    match pointing::key(file, key, &tracer.world().files) {
        Some(span) => warning.at(file, span),
        None => warning.in_file(file),
    }
}

/// Where the data of a kind stand, without their ending.
fn data_stem(config: &Config, kind: usize, lang: &str) -> String {
    let kind = &config.kinds[kind];
    let folder = kind.folder.trim_matches('/');
    let own = if folder.is_empty() { &kind.name } else { folder };
    let prefix = if lang == config.default_language { String::new() } else { format!("{lang}/") };
    format!("{prefix}data/{own}")
}

fn data(kind: usize, lang: &str, paths: Vec<OutPath>, tracer: &Tracer) -> Vec<Artifact> {
    let config = tracer.settings();
    let kind = &config.kinds[kind];
    let items = match tracer.catalog(&Ask::Items(kind.name.clone(), lang.to_owned())) {
        Ok(Some(kept)) => kept.json.as_array().cloned().unwrap_or_default(),
        _ => Vec::new(),
    };
    let items: Vec<Json> = items.into_iter().map(|card| with_parts(card, kind, lang, tracer)).collect();
    let base = config.base_url.trim_end_matches('/');
    let urls: Vec<String> = paths.iter().map(|path| format!("{base}/{path}")).collect();
    let [url, _, schema_url] = urls.as_slice() else { return Vec::new() };
    let title = config.language(lang).and_then(|options| options.title.as_deref()).unwrap_or_default();
    let licence = config.extra.get("praktijk").and_then(|own| own.get("licence")).and_then(Json::as_str);
    let table = Table { kind, items: &items, lang, url, schema_url, site: (title, base), licence };
    let texts = [
        open_data::json(&table).into_bytes(),
        open_data::csv(&table),
        open_data::schema(kind, schema_url).into_bytes(),
    ];
    paths.into_iter().zip(texts).map(|(path, text)| Artifact::new(path, text)).collect()
}

/// A card with the units of its page.
fn with_parts(mut card: Json, kind: &Kind, lang: &str, tracer: &Tracer) -> Json {
    let path = card.get("path").and_then(Json::as_str).unwrap_or_default().to_owned();
    let ask = Ask::Units(String::new(), path, lang.to_owned());
    let units = match (kind.units.is_empty(), &mut card) {
        (false, Json::Object(keys)) => Some((tracer.catalog(&ask), keys)),
        _ => None,
    };
    if let Some((Ok(Some(kept)), keys)) = units {
        let shown = |unit: &Json| {
            let at = |key: &str| unit.get(key).cloned().unwrap_or_default();
            json!({ "kind": at("unit"), "label": at("label"), "number": at("number"), "title": at("title"), "text": at("text"), "url": at("permalink") })
        };
        let units = kept.json.as_array().map(|units| units.iter().map(shown).collect());
        keys.insert("units".to_owned(), units.unwrap_or_default());
    }
    card
}
