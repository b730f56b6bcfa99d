//! Praktijk: a static generator for knowledge platforms that also builds any Zola site.
//!
//! The way through the house:
//!
//! | room | in → out |
//! |---|---|
//! | [`base`] | small types every room shares |
//! | [`model`] | what a site is made of, as data |
//! | [`source`] | disk or memory → snapshot of files |
//! | [`parse`] | bytes of one file → front matter, text, settings |
//! | [`accepted`] | what members wrote and was accepted: its file, and texts made harmless |
//! | [`wire`] | what every server of ours shares about `tiny_http` |
//! | [`reactions`] | the endpoint for members: requests and a database → answers, mails, accepted reactions |
//! | [`resolve`] | all parsed files → one site |
//! | [`template`] | what templates may see and ask, and the engines that run them |
//! | [`body`] | Markdown of one page → HTML |
//! | [`render`] | one job of the site → artifacts made by templates |
//! | [`export`] | the same for style sheets, images, search indexes, downloads |
//! | [`mod@write`] | artifacts → output folder, all or nothing |
//! | [`engine`] | conducts the steps and remembers what depended on what |
//! | [`check`] | whether links lead somewhere, and whether content keeps to the rules |
//! | [`editor`] | new pages of a kind, and schemas of them |
//! | [`migrate`] | a site of Zola 0.22 → the same for 0.23 |
//! | [`serve`] | watches, rebuilds and serves while somebody writes |
//! | [`report`] | shows complaints to people and programs |
//! | [`cli`] | the commands |
//!
//! A room may import the rooms above it, with a few exceptions that `tests/architecture.rs` names and holds.

pub mod accepted;
pub mod base;
pub mod body;
pub mod check;
pub mod cli;
pub mod editor;
pub mod engine;
pub mod export;
pub mod migrate;
pub mod model;
pub mod parse;
#[cfg(feature = "reactions")]
pub mod reactions;
pub mod render;
pub mod report;
pub mod resolve;
pub mod serve;
pub mod source;
pub mod template;
pub mod wire;
pub mod write;
