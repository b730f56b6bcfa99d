//! Help for whoever writes. In: the declaration of a kind. Out: a page to be filled in, and schemas that let an editor
//! complete and check what one writes.
//!
//! | file | what it makes |
//! |---|---|
//! | [`scaffold`] | a new page of a kind |
//! | [`schema`] | a JSON Schema of the front matter of a kind |

pub mod scaffold;
pub mod schema;
