//! What a build makes beside the pages of templates, and the words and settings that go with it.
//!
//! | file | what it tests |
//! |---|---|
//! | [`compressed`] | compressed copies, and the site as one ZIP file |
//! | [`security`] | what browsers and web servers are told |
//! | [`words`] | the words of a theme |

mod compressed;
mod security;
mod words;
