//! What a site needs besides pages. In: what the engine read. Out: bytes. Every producer is a pure function; none reads
//! the disk.
//!
//! | file | what it makes |
//! |---|---|
//! | [`sass`] | style sheets from Sass |
//! | [`images`] | smaller images |
//! | [`search`] | the search indexes that Zola makes |
//! | [`minify`] | smaller HTML |

pub mod images;
pub mod minify;
pub mod sass;
pub mod search;
