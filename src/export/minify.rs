//! Smaller HTML. In: the text of an output. Out: the same page in fewer bytes, or the text as it was and a warning: a
//! page that cannot be made smaller is still a page.

use std::panic::catch_unwind;

use minify_html::{Cfg, minify};

use crate::base::{Diagnostic, OutPath};

/// Makes an HTML output smaller; `output` names it in the warning.
pub fn html(html: String, output: &OutPath) -> (String, Option<Diagnostic>) {
    // The minifier is not ours and meets whatever templates make: if it breaks down, the page must not go with it.
    match catch_unwind(|| String::from_utf8(minify(html.as_bytes(), &options()))) {
        Ok(Ok(smaller)) => (smaller, None),
        Ok(Err(_)) | Err(_) => {
            let warning = untouched(output);
            (html, Some(warning))
        }
    }
}

/// Zola's choices: pages keep `<html>` and `<head>`, style sheets shrink, scripts are left alone.
fn options() -> Cfg {
    Cfg { keep_html_and_head_opening_tags: true, minify_css: true, minify_js: false, ..Cfg::new() }
}

fn untouched(output: &OutPath) -> Diagnostic {
    Diagnostic::warning(
        "minify/failed",
        format!("`{output}` could not be made smaller, so it is published as it is."),
    )
    .hint("Look for tags in the template of this page that are not closed, or set `minify_html = false`.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(html(input.to_owned(), &OutPath::new("index.html")), (expected.to_owned(), None));
    }

    #[test]
    fn broken_html_passes() {
        check("<p <b>één</ <<a", "<p <b>één");
        check("", "");
    }

    #[test]
    fn as_zola_makes_it() {
        check(
            "<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n  <title>A  b</title>\n  <style> p { color: white; } </style>\n\
             <script> let a = 1 ; </script></head>\n<body class=\"x\">\n <!-- gone -->\n <pre> a\n  b </pre>\n <p>Eén &amp; \
             twee</p>\n</body>\n</html>\n",
            "<!doctype html><html lang=nl><head><title>A  b</title><style>p{color:#fff}</style><script>let a = 1 ;</script>\
             <body class=x><pre> a\n  b </pre><p>Eén & twee",
        );
    }

    #[test]
    fn the_warning_names_the_output() {
        let warning = untouched(&OutPath::new("blog/index.html"));
        assert!(!warning.is_error());
        assert!(warning.message.contains("blog/index.html"));
    }
}
