//! What a build makes beside the pages of templates, and the words and settings that go with it.
//!
//! | file | what it tests |
//! |---|---|
//! | [`words`] | the words of a theme |

mod words;
