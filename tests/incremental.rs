//! (to be written)

use crate::support::TestSite;

#[test]
fn first() {
    TestSite::new()
        .put("content/a.md", "+++\ntitle = \"A\"\n+++\nHello")
        .build()
        .expect("a/index.html", "A|<p>Hello</p>\n")
        .put("content/a.md", "+++\ntitle = \"A\"\n+++\nHello!")
        .build()
        .expect("a/index.html", "A|<p>Hello!</p>\n");
}
