//! What a build makes beside the pages of templates, and the words and settings that go with it.
//!
//! | file | what it tests |
//! |---|---|
//! | [`compressed`] | compressed copies, and the site as one ZIP file |
//! | [`kinds`] | events for calendars, and open data |
//! | [`security`] | what browsers and web servers are told |
//! | [`words`] | the words of a theme |

mod compressed;
mod kinds;
mod security;
mod words;
