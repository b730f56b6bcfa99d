//! Which texts must be rendered, and what they became. In: a world without texts, and the ledger. Out: a world with
//! texts, the ledger brought up to date, and complaints.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::ledger::{Changes, Entry, Ledger, TextResult, Why};
use super::query::{Known, Query};
use super::report::{Report, Step};
use super::tracer::{Notes, Tracer};
use super::world::{Texts, World};
use crate::base::{Diagnostic, Hash128, hash_of};
use crate::body::glossary::Term;
use crate::body::{self, Body, Source};
use crate::model::{InsertAnchor, Kind};
use crate::resolve::catalog::text_of;
use crate::resolve::{ContentId, PageId, SectionId};
use crate::template::catalog::Ask;
use crate::template::{Context, Field, Lookup};

/// What came of one text in this build.
enum Came {
    Reused,
    /// What came of it holds, but has to be made again to be at hand.
    Again(Option<Arc<Body>>),
    Made {
        why: Why,
        notes: Box<Notes>,
        body: Option<Arc<Body>>,
    },
}

/// Renders the texts that must be.
pub(super) fn render(
    world: &Arc<World>,
    ledger: &mut Ledger,
    stop: &AtomicBool,
    progress: &(dyn Fn(Step, usize, usize) + Send + Sync),
    report: &mut Report,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let changes = ledger.ask_again(
        |query| query.known() == Known::AtOnce && world.may_have_changed(query),
        |query| world.answer(query),
    );
    let ids = candidates(world, ledger, &changes);
    let done = AtomicUsize::new(0);
    let came: Vec<(Hash128, Came)> = ids
        .par_iter()
        .map(|id| {
            let known = ledger.texts.get(&world.site.file(*id).relative);
            let subject = match known {
                Some(entry) if world.is_untouched(*id) => entry.subject,
                _ => subject(world, *id),
            };
            let why = match known {
                None => Why::New,
                Some(entry) => match changes.why(entry, subject, &ledger.answers) {
                    None if entry.result.body.is_some() => return (subject, Came::Reused),
                    None => return (subject, Came::Again(render_one(world, *id).0.map(Arc::new))),
                    Some(why) => why,
                },
            };
            if stop.load(Ordering::Relaxed) {
                return (subject, Came::Made { why, notes: Box::default(), body: None });
            }
            let (body, notes) = render_one(world, *id);
            progress(Step::Texts, done.fetch_add(1, Ordering::Relaxed) + 1, ids.len());
            (subject, Came::Made { why, notes: Box::new(notes), body: body.map(Arc::new) })
        })
        .collect();
    report.counts = (
        world.site.pages.len(),
        world.site.pages.iter().filter(|page| page.ancestors.is_empty()).count(),
        world.site.sections.len(),
    );
    let looked_at: HashSet<ContentId> = ids.iter().copied().collect();
    report.reused += world.site.pages.len() + world.site.sections.len() - ids.len();
    if looked_at.len() < world.site.pages.len() + world.site.sections.len() {
        let passed_over = ledger.texts.iter().filter(|(relative, entry)| {
            !entry.warnings.is_empty()
                && world.site.by_relative.get(*relative).is_some_and(|id| !looked_at.contains(id))
        });
        diagnostics.extend(passed_over.flat_map(|(_, entry)| entry.warnings.iter().cloned()));
    }
    let rendered = settle(world, ledger, ids.into_iter().zip(came), report, diagnostics);
    world.set_texts(texts(world, ledger, &rendered));
}

/// The texts that may have to be rendered: all of them, or those that were edited when nothing else changed.
fn candidates(world: &World, ledger: &Ledger, changes: &Changes) -> Vec<ContentId> {
    let Some(edited) = world.edited_texts().filter(|_| !changes.any()) else { return all(world).collect() };
    let pressing = |id: &ContentId| {
        edited.contains(id)
            || ledger
                .texts
                .get(&world.site.file(*id).relative)
                .is_none_or(|entry| entry.always.is_some() || entry.result.body.is_none())
    };
    if ledger.texts.len() == world.site.pages.len() + world.site.sections.len()
        && ledger.texts.values().all(|entry| entry.always.is_none() && entry.result.body.is_some())
    {
        return edited.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    }
    all(world).filter(pressing).collect()
}

fn all(world: &World) -> impl Iterator<Item = ContentId> {
    let sections = (0..world.site.sections.len()).map(|at| ContentId::Section(SectionId(at as u32)));
    (0..world.site.pages.len()).map(|at| ContentId::Page(PageId(at as u32))).chain(sections)
}

/// Brings the ledger up to date, and says which texts were rendered.
fn settle(
    world: &World,
    ledger: &mut Ledger,
    came: impl Iterator<Item = (ContentId, (Hash128, Came))>,
    report: &mut Report,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ContentId> {
    let mut rendered = Vec::new();
    for (id, (subject, came)) in came {
        let relative = &world.site.file(id).relative;
        match came {
            Came::Reused => {
                report.reused += 1;
                diagnostics.extend(
                    ledger.texts.get(relative).into_iter().flat_map(|entry| entry.warnings.iter().cloned()),
                );
                continue;
            }
            Came::Again(body) => {
                report.reused += 1;
                if let (Some(entry), Some(body)) = (ledger.texts.get_mut(relative), body) {
                    diagnostics.extend(entry.warnings.iter().cloned());
                    entry.result = TextResult { hash: hash_of(&*body), body: Some(body) };
                }
            }
            Came::Made { why, notes, body } => {
                report.done.push((format!("text {relative}"), why));
                let notes = *notes;
                diagnostics.extend(notes.complaints.iter().cloned());
                match body {
                    Some(body) => {
                        let asked = notes
                            .asked
                            .into_iter()
                            .map(|query| ledger.note(query, |query| world.answer(query)))
                            .collect();
                        let result = TextResult { hash: hash_of(&*body), body: Some(body) };
                        let (images, warnings) = (notes.images, notes.complaints);
                        let (always, inline) = (notes.always, Vec::new());
                        let entry = Entry { subject, asked, always, images, inline, warnings, result };
                        ledger.texts.insert(relative.clone(), entry);
                    }
                    None => {
                        ledger.texts.remove(relative);
                    }
                }
            }
        }
        rendered.push(id);
    }
    rendered
}

/// What texts became, in the order of the site, with who links to whom.
fn texts(world: &World, ledger: &mut Ledger, rendered: &[ContentId]) -> Texts {
    let result = |id: ContentId| {
        let entry = ledger.texts.get(&world.site.file(id).relative);
        entry
            .and_then(|entry| Some((entry.result.body.clone()?, entry.result.hash)))
            .unwrap_or_else(|| (Arc::default(), Hash128::ABSENT))
    };
    if let Some(mut texts) = world.texts_before() {
        let mut links_changed = false;
        for id in rendered {
            let place = match id {
                ContentId::Page(id) => &mut texts.pages[id.0 as usize],
                ContentId::Section(id) => &mut texts.sections[id.0 as usize],
            };
            let now = result(*id);
            links_changed |= !now.0.internal_links.iter().map(|link| &link.target).eq(place
                .0
                .internal_links
                .iter()
                .map(|link| &link.target));
            *place = now;
        }
        if links_changed {
            texts.backlinks = Arc::new(backlinks(world, &texts));
        }
        return texts;
    }
    let pages = world.site.page_ids().map(|(id, _)| result(ContentId::Page(id))).collect();
    let sections = world.site.section_ids().map(|(id, _)| result(ContentId::Section(id))).collect();
    let mut texts = Texts { pages, sections, backlinks: Arc::default() };
    texts.backlinks = Arc::new(backlinks(world, &texts));
    let live: HashSet<&str> = all(world).map(|id| world.site.file(id).relative.as_str()).collect();
    ledger.texts.retain(|relative, _| live.contains(relative.as_str()));
    texts
}

/// Who links to whom, by permalink.
fn backlinks(world: &World, texts: &Texts) -> HashMap<ContentId, Vec<ContentId>> {
    let mut backlinks: HashMap<ContentId, Vec<ContentId>> = HashMap::new();
    for id in all(world) {
        let body = match id {
            ContentId::Page(id) => &texts.pages[id.0 as usize].0,
            ContentId::Section(id) => &texts.sections[id.0 as usize].0,
        };
        for link in &body.internal_links {
            if let Some(target) = world.site.by_relative.get(&link.target) {
                let from = backlinks.entry(*target).or_default();
                if from.last() != Some(&id) && !from.contains(&id) {
                    from.push(id);
                }
            }
        }
    }
    backlinks
        .values_mut()
        .for_each(|from| from.sort_by(|a, b| world.site.permalink(*a).cmp(world.site.permalink(*b))));
    backlinks
}

/// The identity of what is to be rendered.
fn subject(world: &World, id: ContentId) -> Hash128 {
    let file = world.site.file(id);
    let text = world.text(id);
    hash_of(&(
        text.hash,
        text.offset,
        &file.relative,
        world.site.permalink(id),
        &file.lang,
        insert_anchor(world, id),
        kind(world, id).map(|kind| &kind.name),
    ))
}

/// The kind of a page.
fn kind(world: &World, id: ContentId) -> Option<&Kind> {
    match id {
        ContentId::Page(id) => world.site.catalog.kind_of(id, &world.config),
        ContentId::Section(_) => None,
    }
}

/// Where links to headings go: as the section of the page's own folder says, else as the site.
fn insert_anchor(world: &World, id: ContentId) -> InsertAnchor {
    let of_section = |section: SectionId| world.site.section(section).parsed.matter.insert_anchor_links;
    let own = match id {
        ContentId::Section(id) => of_section(id),
        ContentId::Page(id) => {
            let file = &world.site.page(id).parsed.file;
            let index = world.config.index_file(&file.lang);
            let relative = if file.folder.is_empty() { index } else { format!("{}/{index}", file.folder) };
            world.section_id(&relative).and_then(of_section)
        }
    };
    own.unwrap_or(world.config.markdown.insert_anchor_links)
}

fn render_one(world: &Arc<World>, id: ContentId) -> (Option<Body>, Notes) {
    let file = world.site.file(id);
    let text = world.text(id);
    let markdown = world.markdown(id);
    let tracer = Tracer::for_text(world, &file.relative);
    let source = Source {
        raw: &markdown,
        file: Some(&file.path),
        offset: text.offset,
        relative: &file.relative,
        permalink: world.site.permalink(id),
        lang: &file.lang,
        insert_anchor: insert_anchor(world, id),
        templating: templating(world, id, &tracer),
    };
    let lookup: Arc<dyn Lookup> = Arc::new(tracer.clone());
    let (mut body, told) = body::render(&source, &lookup);
    if let Some(body) = &mut body {
        let terms = glossary(world, id, &tracer);
        if !terms.is_empty() {
            body.html = body::glossary::explain(&body.html, &terms).into();
        }
    }
    if let (Some(body), Some(kind)) = (&mut body, kind(world, id).filter(|kind| !kind.units.is_empty())) {
        tracer.note(Query::Config);
        body::units::mark(body, &kind.units);
    }
    let mut notes = tracer.take_notes();
    notes.complaints.extend(told);
    if !text.may_have_templates {
        text.raw.let_go();
    }
    (body, notes)
}

/// The abbreviations that a text may use: those of its language, but for its own.
fn glossary(world: &World, id: ContentId, tracer: &Tracer) -> Vec<Term> {
    let lang = &world.site.file(id).lang;
    let catalog = &world.site.catalog;
    let mut terms = Vec::new();
    for (kind, items) in world.config.kinds.iter().zip(&catalog.items) {
        let Some(field) = &kind.abbreviation else { continue };
        tracer.note(Query::Catalog(Ask::Items(kind.name.clone(), lang.clone())));
        for item in items.iter().filter(|item| ContentId::Page(**item) != id) {
            let page = world.site.page(*item);
            if let (true, Some(short), Some(long)) =
                (page.parsed.file.lang == *lang, text_of(page, field), text_of(page, "title"))
            {
                terms.push(Term { short, long });
            }
        }
    }
    terms
}

/// What templates in a text start with; none when there can be no template in it.
fn templating(world: &Arc<World>, id: ContentId, tracer: &Tracer) -> Option<Context> {
    let file = world.site.file(id);
    if world.config.skip_content_templating.is_match(&file.relative) || !world.text(id).may_have_templates {
        return None;
    }
    tracer.note(Query::Config);
    let about = match id {
        ContentId::Page(id) => {
            tracer.note(Query::PageHead(file.relative.clone()));
            ("page", world.page_head_object(id))
        }
        ContentId::Section(id) => {
            tracer.note(Query::SectionHead(file.relative.clone()));
            ("section", world.section_head_object(id))
        }
    };
    let parts = vec![
        ("lang", Field::from(file.lang.as_str())),
        ("config", Field::Shared(world.config_object(&file.lang))),
        about,
    ];
    Some(parts.into())
}
