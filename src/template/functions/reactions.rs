//! What members wrote: `get_reactions`. Zola has no such function; a site without reactions gets nothing from it.

use super::args::Args;
use super::i18n::language;
use super::{Answer, Call};
use crate::template::reactions::Ask;

/// `get_reactions(path)`: the threads of a page or section; null when it takes none. `get_reactions(lang)`: the newest threads
/// of all pages of a language; null when the site has no reactions.
pub(super) fn get_reactions(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("get_reactions", call);
    let ask = match args.text("path")? {
        Some(path) => Ask::Page(path),
        None => Ask::Newest(language(call, &args)?),
    };
    Ok(call.lookup.reactions(&ask)?.map_or_else(Answer::nothing, Answer::Kept))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fake::{Fake, call, value};
    use super::*;

    #[test]
    fn a_site_without_reactions_gets_nothing_and_a_path_is_a_text() {
        assert_eq!(value(get_reactions(&call(Fake::default(), json!({})))).unwrap(), json!(null));
        let told = value(get_reactions(&call(Fake::default(), json!({ "path": ["a.md"] })))).unwrap_err();
        assert!(told.contains("`path` of `get_reactions`"), "{told}");
    }
}
