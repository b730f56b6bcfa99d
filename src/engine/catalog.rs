//! Answers about the kinds of content, each made once a build when first asked for. In: a world and an [`Ask`]. Out: the
//! answer as templates see it, and its identity.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::json;

use super::world::World;
use crate::base::{Hash128, hash_of};
use crate::model::Json;
use crate::model::date::dutch_day;
use crate::resolve::{ContentId, PageId};
use crate::template::catalog::{self, Ask, Given};
use crate::template::lookup::Kept;

type Answer = (Option<Arc<Kept>>, Hash128);

/// The answers that were asked for so far.
#[derive(Default)]
pub(super) struct Answers(Mutex<HashMap<Ask, Arc<OnceLock<Answer>>>>);

impl World {
    /// The answer to a question about kinds, and its identity.
    pub(super) fn catalog(&self, ask: &Ask) -> Answer {
        let cell = {
            let mut known = self.answers.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(ask.clone()).or_default().clone()
        };
        cell.get_or_init(|| {
            let given = Given {
                site: &self.site,
                config: &self.config,
                today: &self.today(),
                units: &|id| self.units(id),
            };
            match catalog::answer(ask, &given) {
                None => (None, Hash128::ABSENT),
                Some(json) => {
                    let hash = hash_of(&json.to_string());
                    (Some(Arc::new(Kept { json, ..Kept::default() })), hash)
                }
            }
        })
        .clone()
    }

    /// The day of the build in the Netherlands.
    pub(super) fn today(&self) -> String {
        day_of(self.now)
    }

    /// Whether anything in the site has a last day, so that another day is another site.
    pub(super) fn has_last_days(&self) -> bool {
        let reactions = &self.reactions.published.items;
        self.config.kinds.iter().any(|kind| kind.expires.is_some())
            || reactions.iter().any(|reaction| reaction.expires.is_some())
    }

    fn units(&self, id: PageId) -> Vec<Json> {
        let Some((body, _)) = self.body(ContentId::Page(id)) else { return Vec::new() };
        let permalink = &self.site.page(id).permalink;
        let shown = body.units.iter().map(|unit| {
            json!({
                "unit": unit.name,
                "label": unit.label,
                "number": unit.number,
                "anchor": unit.anchor,
                "permalink": format!("{permalink}#{}", unit.anchor),
                "title": unit.title,
                "text": unit.text,
                "html": unit.html,
            })
        });
        shown.collect()
    }
}

/// The day of a moment in the Netherlands.
pub(super) fn day_of(moment: i128) -> String {
    dutch_day(jiff::Timestamp::from_nanosecond(moment).unwrap_or_default())
}
