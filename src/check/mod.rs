//! Whether links lead somewhere. In: the links of a site and the settings for them. Out: complaints.
//!
//! | file | what it answers |
//! |---|---|
//! | [`external`] | which links to other sites are broken |
//! | [`cache`] | which of them worked lately and need not be asked again |
//! | [`schedule`] | who is asked when, so that no site is bothered |
//! | [`ask`] | what a server says about one URL |
//! | [`anchors`] | which anchor a URL has, and whether a page has it too |
//! | [`cause`] | what is wrong with a link, in words |

mod anchors;
mod ask;
mod cache;
mod cause;
pub mod external;
mod schedule;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use external::{CacheFile, ExternalLink, Options, Outcome, Progress, Proxy, check_external};
