//! What can be taken along: `get_downloads`, `get_attachments`. Zola has neither; a site without kinds needs none.

use super::args::Args;
use super::{Answer, Call};

/// `get_downloads(path)`: the files made of a page: `format`, `label`, `url`, `name`, `size`, `pages`, `sha256`.
pub(super) fn get_downloads(call: &Call<'_>) -> Result<Answer, String> {
    let path = Args::of("get_downloads", call).need_text("path", "guides/oven.md")?;
    Ok(Answer::Json(call.lookup.downloads(&path)?))
}

/// `get_attachments(path)`: the files that a page names in its fields: `field`, `label`, `name`, `url`, `size`, `sha256`.
pub(super) fn get_attachments(call: &Call<'_>) -> Result<Answer, String> {
    let path = Args::of("get_attachments", call).need_text("path", "guides/oven.md")?;
    Ok(Answer::Json(call.lookup.attachments(&path)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fake::{Fake, call, value};
    use super::*;

    #[test]
    fn a_page_must_be_named() {
        let told = value(get_downloads(&call(Fake::default(), json!({})))).unwrap_err();
        assert!(told.starts_with("`get_downloads` needs the argument `path`"), "{told}");
        let told = value(get_attachments(&call(Fake::default(), json!({ "path": ["a.md"] })))).unwrap_err();
        assert!(told.contains("`path`"), "{told}");
    }
}
