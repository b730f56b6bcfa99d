//! The endpoint: members register, log in, react, ask and post, and moderators decide. In: requests, and a database. Out:
//! answers, mails, and the file of accepted reactions that a build takes.
//!
//! | file | what it answers |
//! |---|---|
//! | [`settings`] | how an endpoint is set up |
//! | [`setup`] | from settings to an endpoint: folder, key, database, mails |
//! | [`app`] | everything that an answer needs |
//! | [`exchange`] | a request and an answer, as values |
//! | [`routes`] | request → answer: who may ask what, and what happens |
//! | [`visit`] | who is asking, and the gates that everybody passes |
//! | [`http`] | `tiny_http` at work: where it listens, and its limits |
//! | [`store`] | what members leave, in SQLite or PostgreSQL |
//! | [`site`], [`frame`] | what is taken from the built site: pages that take reactions, and the looks |
//! | [`secrets`], [`password`] | chance, tokens, keys; what is kept of passwords |
//! | [`rebuild`], [`tidy`] | having the site built anew; what is taken away because it is old |
//! | [`work`] | the thread that does all this beside the answers |
//! | [`private`] | files that nobody else on the machine may read |
//! | [`password_rules`] | whether a password will do |
//! | [`authenticator`] | the codes of an app, for a second step at login |
//! | [`admin_link`] | the link with which the first beheerder begins |
//! | [`mail`] | what happened → a letter, and its way |
//! | [`holds`] | why a text must wait for a moderator, and whether its writer may be in danger |
//! | [`forms`] | the body of a request → fields |
//! | [`cookies`] | the header `Cookie` → one value |
//! | [`media`] | the headers `Content-Type` and `Accept` → what comes and what is wanted |
//! | [`clock`] | the time |
//! | [`log`] | lines and counters for whoever runs it |
//!
//! Answers are pure: [`routes::answer`] takes a request and gives an answer, and knows neither sockets nor threads. What
//! takes long or may fail elsewhere (mails, builds) is written down in the same transaction and done by others after it.

pub mod admin_link;
pub mod app;
pub mod authenticator;
pub mod clock;
pub mod cookies;
pub mod exchange;
pub mod forms;
pub mod frame;
pub mod holds;
pub mod http;
pub mod log;
pub mod mail;
pub mod media;
pub mod password;
pub mod password_rules;
pub mod private;
pub mod rebuild;
pub mod routes;
pub mod secrets;
pub mod settings;
pub mod setup;
pub mod site;
pub mod store;
pub mod tidy;
pub mod visit;
pub mod work;
