//! The words of a page. In: its HTML. Out: its text on as many lines as it has, without tags, scripts, styles and code
//! blocks. `&`, `<` and `>` stay written as in HTML.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// No tag may stay; of these not even what is between them.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::new();
    cleaner
        .tags(HashSet::new())
        .tag_attributes(HashMap::new())
        .generic_attributes(HashSet::new())
        .allowed_classes(HashMap::new())
        .link_rel(None)
        .clean_content_tags(HashSet::from(["script", "style", "pre"]));
    cleaner
});

/// The text of a page, at most `limit` characters of it. Runs of white space become one space, empty lines go.
pub fn plain(html: &str, limit: Option<usize>) -> String {
    let clean = CLEANER.clean(html).to_string();
    let mut text = String::with_capacity(clean.len());
    for line in clean.lines() {
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(first);
        for word in words {
            text.push(' ');
            text.push_str(word);
        }
    }
    if let Some((end, _)) = limit.and_then(|limit| text.char_indices().nth(limit)) {
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        assert_eq!(plain("", None), "");
        let html = "<p>een<b> twee</b>\u{a0}\t  drie\n\n \n<pre>code</pre>vier <style>x</style></p>";
        assert_eq!(plain(html, None), "een twee&nbsp; drie\nvier");
        assert_eq!(plain("<p <b>één &lt;i&gt; &amp; a < b", None), "één &lt;i&gt; &amp; a &lt; b");
    }

    #[test]
    fn the_limit_counts_characters() {
        assert_eq!(plain("één twee", Some(2)), "éé");
        assert_eq!(plain("één", Some(0)), "");
        assert_eq!(plain("één", Some(3)), "één");
        assert_eq!(plain("één", Some(4)), "één");
    }
}
