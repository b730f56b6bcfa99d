//! Whether links lead somewhere, and whether the content is what it should be. In: a resolved site and its settings. Out:
//! complaints.
//!
//! | file | what it answers |
//! |---|---|
//! | [`external`] | which links to other sites are broken |
//! | [`cache`] | which of them worked lately and need not be asked again |
//! | [`schedule`] | who is asked when, so that no site is bothered |
//! | [`ask`] | what a server says about one URL |
//! | [`anchors`] | which anchor a URL has, and whether a page has it too |
//! | [`cause`] | what is wrong with a link, in words |
//! | [`rules`] | whether the content keeps to the rules of its kinds, and to good manners |

mod anchors;
mod ask;
mod cache;
mod cause;
pub mod external;
pub mod rules;
mod schedule;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use external::{CacheFile, ExternalLink, Options, Outcome, Progress, Proxy, check_external};
