//! What the files of an index look like. The writer and the reader both know it from here.
//!
//! | file | what it answers |
//! |---|---|
//! | [`bytes`] | numbers and texts as bytes, and back |
//! | [`envelope`] | what every file begins with, and whether it arrived whole |
//! | [`keys`] | the terms of the dictionary |
//! | [`manifest`] | what is fetched first: what there is, and where |
//! | [`fragment`] | what a result shows of a page |
//! | [`spelling`] | the words of a site, for words that are not among them |

pub mod bytes;
pub mod envelope;
pub mod fragment;
pub mod keys;
pub mod manifest;
pub mod spelling;
