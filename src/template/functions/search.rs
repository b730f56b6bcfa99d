//! Where the search index of the site is: `search_index`. Zola has no such index; a site that asks for none is told so.

use praktijk_search::dist;
use serde_json::json;

use super::args::Args;
use super::i18n::language;
use super::{Answer, Call};
use crate::model::mark;

/// `search_index(lang)`: `manifest`, `reader`, `worker` and `client` as paths within the site, base path included; null when
/// the language has no index of this kind. The name of the manifest is put in late.
pub(super) fn search_index(call: &Call<'_>) -> Result<Answer, String> {
    let lang = language(call, &Args::of("search_index", call))?;
    let config = call.lookup.config();
    if !config.indexed_languages().contains(&lang.as_str()) {
        return Ok(Answer::nothing());
    }
    let path = |name: &str| format!("{}/{}/{name}", config.base_path(), mark::FOLDER);
    Ok(Answer::Json(json!({
        "manifest": path(&mark::manifest(&lang)),
        "reader": path(&dist::reader(&lang).name),
        "worker": path(&dist::worker().name),
        "client": path(&dist::client().name),
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fake::{Fake, call, value};
    use super::*;
    use crate::model::config::IndexFormat;

    #[test]
    fn only_who_asks_for_an_index_is_told_of_one() {
        let mut fake = Fake::default();
        fake.config.base_url = "https://example.com/sub/".to_owned();
        fake.config.languages[0].1.build_search_index = true;
        assert_eq!(value(search_index(&call(fake, json!({})))).unwrap(), json!(null));
        let ours = |args| {
            let mut fake = Fake::default();
            fake.config.base_url = "https://example.com/sub/".to_owned();
            fake.config.languages[0].1.build_search_index = true;
            fake.config.search.index_format = IndexFormat::Praktijk;
            value(search_index(&call(fake, args)))
        };
        let told = ours(json!({ "lang": "en" })).unwrap();
        assert_eq!(told["manifest"], format!("/sub/zoekindex/en-{}.bin", mark::MARK));
        assert!(told["client"].as_str().unwrap().starts_with("/sub/zoekindex/client-"), "{told}");
        assert_eq!(ours(json!({ "lang": "fr" })).unwrap(), json!(null));
        assert!(ours(json!({ "lang": ["fr"] })).unwrap_err().contains("`lang` of `search_index`"));
    }
}
