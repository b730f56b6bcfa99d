//! The endpoint for members' reactions. In: what browsers send and what the store holds. Out: pages, mails and threads.
//!
//! | file | what it answers |
//! |---|---|
//! | [`text`] | what members write → HTML that can do no harm |
//! | [`holds`] | why a text must wait for a moderator, and whether its writer may be in danger |
//! | [`forms`] | the body of a request → fields |
//! | [`cookies`] | the header `Cookie` → one value |
//! | [`media`] | the headers `Content-Type` and `Accept` → what comes and what is wanted |
//! | [`password_rules`] | whether a password will do |
//! | [`mail`] | what happened → a letter, and its way |

pub mod cookies;
pub mod forms;
pub mod holds;
pub mod mail;
pub mod media;
pub mod password_rules;
pub mod text;

#[cfg(test)]
mod testing;
