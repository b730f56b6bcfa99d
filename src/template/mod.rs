//! Templates: what they may see, what they may ask, and the engines that run them.
//!
//! A site speaks one dialect. Whatever does not depend on it is written once: the objects ([`objects`]), the functions
//! and filters ([`functions`], [`filters`]), the questions they may ask ([`Lookup`]). An engine turns these into its own
//! language's values.
//!
//! | file | what it answers |
//! |---|---|
//! | [`lookup`] | what templates and bodies may ask of the house |
//! | [`value`] | how a value travels to an engine |
//! | [`engine`] | what an engine does |
//! | [`hints`] | how the commonest faults are mended |
//! | [`tera1`] | dialect 0.22 |
//! | [`tera2`] | dialect 0.23 |
//! | [`tera2_filters`] | filters of dialect 0.23 as sites were written for them |
//! | [`shared_text`] | text that is held once |
//! | [`scope`] | on whose behalf a function is running |
//! | [`mod@unreachable`] | what a template says in vain |
//! | [`signs`] | which dialect a text was written for |
//! | [`sources`] | which templates there are, and which reach which |
//! | [`builtins`] | the templates that every site has |
//! | [`functions`], [`filters`] | what templates can call |
//! | [`mod@catalog`] | kinds, cards, relations, facets and units as templates see them |
//! | [`reactions`] | threads of reactions as templates see them |
//! | [`objects`] | pages, sections, terms and config as templates see them |

pub mod builtins;
pub mod catalog;
pub mod engine;
pub mod filters;
pub mod functions;
pub mod hints;
pub mod lookup;
pub mod objects;
pub mod reactions;
pub mod scope;
pub mod shared_text;
pub mod signs;
pub mod sources;
pub mod tera1;
pub mod tera2;
mod tera2_filters;
pub mod unreachable;
pub mod value;

pub use engine::{Fault, TemplateEngine};
pub use lookup::{ImageJob, LinkTarget, Lookup};
pub use shared_text::SharedText;
pub use value::{Context, Field, Shared};
