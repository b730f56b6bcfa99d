//! Dialect 0.22: Tera 1, as Zola 0.22 sets it up. In: a [`TemplateSet`]. Out: a [`TemplateEngine`], or every fault of
//! every template.
//!
//! Tera 1 owns every value it works with: whatever a template starts with is copied for each rendering. So objects stay
//! what they are until a template is run, and then only the parts are copied that the template can name.
//!
//! | file | what it answers |
//! |---|---|
//! | `reach` | which names a template can reach |
//! | `circles` | which templates and macros use themselves without end |
//! | `convert` | parts of objects as values of Tera 1 |
//! | `faults` | what Tera 1 says went wrong, and where |
//! | `filters` | the filters that Zola 0.22 adds |

mod circles;
mod convert;
mod faults;
mod filters;
mod reach;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use tera1::{Context as TeraContext, Template, Tera, Value};

pub use convert::Tree;
use reach::Reach;

use super::builtins::{self, ANCHOR_LINK};
use super::engine::{Fault, TemplateEngine};
use super::functions::{Answer, Call, FUNCTIONS};
use super::lookup::Lookup;
use super::scope;
use super::sources::TemplateSet;
use super::value::{Context, Field, Shared};
use crate::base::{Hash128, SourcePath};
use crate::model::JsonMap;

/// The functions whose answers are not escaped.
const SAFE: [&str; 2] = ["get_url", "get_taxonomy_url"];
/// The functions that Zola 0.22 does not have.
const LATER: [&str; 1] = ["text_direction"];

thread_local! {
    /// What the template that is being run on this thread can reach; the innermost last.
    static REACHES: RefCell<Vec<Arc<Reach>>> = const { RefCell::new(Vec::new()) };
    /// Contexts that hold the settings already, for the next run of a template.
    static READY: RefCell<Vec<Ready>> = const { RefCell::new(Vec::new()) };
}

/// How many contexts a thread keeps: a site has few kinds of pages.
const READY_AT_MOST: usize = 48;

/// A context that holds the settings.
struct Ready {
    /// Of one template of one engine.
    reach: Arc<Reach>,
    settings: Arc<Tree>,
    context: TeraContext,
}

/// Whether a template could be one, whatever the names in it mean.
pub fn can_read(text: &str) -> bool {
    Template::new("", None, text).is_ok()
}

/// The engine.
pub struct Tera1 {
    tera: Tera,
    set: TemplateSet,
    reaches: HashMap<String, Arc<Reach>>,
}

impl Tera1 {
    /// Loads the templates.
    pub fn new(set: TemplateSet) -> Result<Self, Vec<Fault>> {
        let mut tera = Tera::default();
        for (name, function) in FUNCTIONS.iter().filter(|(name, _)| !LATER.contains(name)) {
            tera.register_function(name, Registered { name, run: *function });
        }
        filters::register(&mut tera);
        for template in set.iter() {
            match Template::new(&template.name, None, &template.text) {
                Ok(read) => tera.templates.insert(template.name.clone(), read),
                Err(_) => return Err(faults::unreadable(&set)),
            };
        }
        // Tera 1 follows a circle until the machine gives up.
        let circles = circles::find(&tera);
        if !circles.is_empty() {
            return Err(circles);
        }
        tera.build_inheritance_chains()
            .and_then(|()| tera.check_macro_files())
            .map_err(|error| vec![faults::fault(&set, "", &error)])?;
        let reaches = reach::of(&tera);
        Ok(Tera1 { tera, set, reaches })
    }

    fn run(&self, name: &str, context: Context, lookup: Arc<dyn Lookup>) -> Result<String, tera1::Error> {
        let reach = self.reaches.get(name).cloned().unwrap_or_default();
        if reach.chance {
            lookup.by_chance();
        }
        let Context { args, mut parts } = context;
        let settings = match parts.iter().position(|(name, _)| *name == "config") {
            Some(at) => match parts.swap_remove(at).1 {
                Field::Shared(Shared::Tera1(settings)) => Some(settings),
                other => Some(Arc::new(Tree::Field(other))),
            },
            None => None,
        };
        let mut ready = self.ready(&reach, settings);
        let mut own: Vec<(String, Value)> = args.into_iter().collect();
        own.extend(
            parts.iter().map(|(name, field)| ((*name).to_owned(), convert::part(name, field, &reach))),
        );
        let names: Vec<String> = own.iter().map(|(name, _)| name.clone()).collect();
        ready.context.extend(TeraContext::from_value(Value::Object(own.into_iter().collect()))?);
        REACHES.with_borrow_mut(|stack| stack.push(reach));
        let _guard = Popping;
        let result = scope::with(lookup, || self.tera.render(name, &ready.context));
        for name in names {
            ready.context.remove(&name);
        }
        keep(ready);
        result
    }

    /// A context with the settings, made before or made now.
    fn ready(&self, reach: &Arc<Reach>, settings: Option<Arc<Tree>>) -> Ready {
        let settings = settings.unwrap_or_default();
        let known = READY.with_borrow_mut(|ready| {
            let at = ready.iter().rposition(|ready| {
                Arc::ptr_eq(&ready.reach, reach) && Arc::ptr_eq(&ready.settings, &settings)
            })?;
            Some(ready.remove(at))
        });
        known.unwrap_or_else(|| {
            let mut context = TeraContext::new();
            if !settings.is_nothing() {
                let shared = Field::Shared(Shared::Tera1(settings.clone()));
                context.insert("config", &convert::part("config", &shared, reach));
            }
            Ready { reach: reach.clone(), settings, context }
        })
    }
}

/// Puts a context away for the next run.
fn keep(ready: Ready) {
    READY.with_borrow_mut(|kept| {
        // Those of an engine that is gone are held by nobody else.
        kept.retain(|known| Arc::strong_count(&known.reach) > 1);
        if kept.len() >= READY_AT_MOST {
            kept.remove(0);
        }
        kept.push(ready);
    });
}

/// Forgets what the template can reach when it has been run, also when Tera panics.
struct Popping;

impl Drop for Popping {
    fn drop(&mut self) {
        REACHES.with_borrow_mut(Vec::pop);
    }
}

/// A function of ours, as Tera 1 calls it.
struct Registered {
    name: &'static str,
    run: super::functions::Function,
}

impl tera1::Function for Registered {
    fn call(&self, args: &HashMap<String, Value>) -> tera1::Result<Value> {
        call(self.name, args, self.run)
    }

    fn is_safe(&self) -> bool {
        SAFE.contains(&self.name)
    }
}

/// Calls a function of ours for Tera 1.
fn call(
    name: &str,
    args: &HashMap<String, Value>,
    run: impl FnOnce(&Call<'_>) -> Result<Answer, String>,
) -> tera1::Result<Value> {
    let Some(lookup) = scope::current() else {
        return Err(tera1::Error::msg(format!("`{name}` can only be called while a site is being built")));
    };
    let mut sorted: Vec<(&String, &Value)> = args.iter().collect();
    sorted.sort_by_key(|(name, _)| *name);
    let args: JsonMap = sorted.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let reach = REACHES.with_borrow(|stack| stack.last().cloned()).unwrap_or_default();
    // Functions of Tera 1 get their arguments and see nothing of the template that calls them.
    match run(&Call { args, lookup, scope: &|_| None }) {
        Ok(Answer::Json(json)) => Ok(json),
        Ok(Answer::Kept(kept)) => Ok(kept.json.clone()),
        Ok(Answer::Safe(text)) => Ok(Value::String(text)),
        Ok(Answer::Shared(Shared::Tera1(tree))) => Ok(convert::tree(&tree, &reach)),
        Ok(Answer::Shared(other)) => Ok(convert::foreign(&other)),
        Err(sentence) => Err(tera1::Error::msg(sentence)),
    }
}

impl TemplateEngine for Tera1 {
    fn render(&self, name: &str, context: Context, lookup: Arc<dyn Lookup>) -> Result<String, Fault> {
        let Some(template) = self.set.find(name) else {
            return Err(Fault::message(name, format!("There is no template `{name}`.")));
        };
        if name == ANCHOR_LINK
            && template.file.is_none()
            && let Some(link) = builtins::anchor_link(&context)
        {
            return Ok(link);
        }
        self.run(&template.name, context, lookup).map_err(|error| faults::fault(&self.set, name, &error))
    }

    fn render_inline(
        &self,
        source: &str,
        context: Context,
        lookup: Arc<dyn Lookup>,
    ) -> Result<String, Fault> {
        // Nothing of this dialect is a template without a file; a copy of the engine keeps the promise all the same.
        let mut tera = self.tera.clone();
        tera.autoescape_on(Vec::new());
        let name = "__inline";
        tera.add_raw_template(name, source).map_err(|error| faults::fault(&self.set, "", &error))?;
        let reaches = reach::of(&tera);
        let set = TemplateSet::default();
        let engine = Tera1 { tera, set, reaches };
        engine.run(name, context, lookup).map_err(|error| faults::fault(&self.set, "", &error))
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.set.find(name).map(|template| template.name.as_str())
    }

    fn file(&self, name: &str) -> Option<(SourcePath, Arc<str>)> {
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
        Shared::Tera1(Arc::new(Tree::Field(field)))
    }

    fn with(&self, object: &Shared, parts: Vec<(&'static str, Field)>) -> Shared {
        Shared::Tera1(Arc::new(Tree::With(object.clone(), parts)))
    }
}
