//! What the HTML of a reaction may hold. In: HTML that anybody may have written. Out: the same without anything that could
//! do more than show a text.

use std::collections::{HashMap, HashSet};

/// The HTML with nothing in it but text, emphasis, lists, quotations, code and links to web and mail addresses.
pub fn clean(html: &str) -> String {
    let tags = ["p", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "br"];
    ammonia::Builder::default()
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("nofollow ugc noopener noreferrer"))
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_gone_and_links_are_marked() {
        assert_eq!(clean("<script>x</script><p onclick=a>a<b>b</b></p>"), "<p>ab</p>");
        assert_eq!(
            clean("<a href='https://e.org'>x</a><a href='javascript:x'>y</a>"),
            "<a href=\"https://e.org\" rel=\"nofollow ugc noopener noreferrer\">x</a><a rel=\"nofollow ugc noopener noreferrer\">y</a>"
        );
    }
}
