//! What a site needs besides pages. In: what the engine read. Out: bytes. Every producer is a pure function; none reads
//! the disk.
//!
//! | file | what it makes |
//! |---|---|
//! | [`sass`] | style sheets from Sass |
//! | [`compress`] | compressed copies of outputs |
//! | [`calendar`] | events for calendars |
//! | [`images`] | smaller images |
//! | [`search`] | the search indexes that Zola makes |
//! | [`mod@index`] | the search index of our own |
//! | [`minify`] | smaller HTML |
//! | [`offline`] | a site that can be read without a server |
//! | [`open_data`] | the pages of a kind as data |
//! | [`reactions`] | feeds of reactions, and the pages that take any |
//! | [`markup`] | the tags of a page with their places |
//! | [`security`] | the policy in a page, and what web servers should say |
//! | [`document`] | a page as a document, for paper and word processors |
//! | [`pdf`](mod@pdf), [`docx`] | that document as PDF and as a Word document |
//! | [`package`] | ZIP files |

pub mod calendar;
pub mod compress;
pub mod document;
pub mod docx;
pub mod images;
pub mod index;
pub mod markup;
pub mod minify;
pub mod offline;
pub mod open_data;
pub mod package;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod reactions;
pub mod sass;
pub mod search;
pub mod security;
