//! Where to go after the login. In: what stands behind `terug`, which anybody can write into a link. Out: a path on this
//! very site, or nothing.

use crate::reactions::settings::Settings;
use crate::reactions::visit::Visit;

/// The most characters of a path to go back to.
const LONGEST: usize = 1000;

/// The path that a page or form carries along, when one may go there.
pub(super) fn wanted<'a>(visit: &'a Visit<'_>) -> Option<&'a str> {
    let path = visit.form.get("terug").or_else(|| visit.query.get("terug"))?;
    is_ours(&visit.app.settings, path).then_some(path)
}

/// Whether a path leads to this very site, however a browser reads it.
fn is_ours(settings: &Settings, path: &str) -> bool {
    let below = path.strip_prefix(settings.base_path()).is_some_and(|below| below.starts_with('/'));
    let written = path.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\<>\"'`{}|^".contains(&byte));
    let before_query = path.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let plain = !before_query.contains("//")
        && !before_query.contains("/.")
        && !["%2f", "%5c", "%2e", "%25", "%0", "%1"].iter().any(|hidden| before_query.contains(hidden));
    let same = settings.address.join(path).is_ok_and(|url| url.origin() == settings.address.origin());
    below && written && plain && same && path.starts_with('/') && path.len() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactions::settings::Around;

    fn settings(base_url: &str) -> Settings {
        let around = Around {
            base_url: base_url.to_owned(),
            title: "Samenspel".to_owned(),
            root: "/site".into(),
            output: "/site/public".into(),
        };
        Settings::read(None, &around).unwrap()
    }

    /// C5.
    #[test]
    fn nobody_is_sent_elsewhere() {
        let settings = settings("https://samenspel.example");
        for path in [
            "",
            "x",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "/%2fevil.example",
            "/%5Cevil.example",
            "/%2F%2Fevil.example",
            "/%252fevil.example",
            "/./\u{2f}evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/%2e%2e//evil.example",
            " /mijn",
            "/mijn ",
            "/é",
            "/x\r\nSet-Cookie: a=b",
            "/%0d%0aSet-Cookie:a=b",
            "/reacties//evil.example",
            "///evil.example",
            "@evil.example",
            "/<script>",
        ] {
            assert!(!is_ours(&settings, path), "{path:?}");
        }
        assert!(!is_ours(&settings, &format!("/{}", "a".repeat(LONGEST))));
        for path in [
            "/",
            "/reacties/mijn",
            "/praktijkvoorbeelden/verbinding/#reactie-1",
            "/reacties/pagina?id=a%2Fb&x=//y",
        ] {
            assert!(is_ours(&settings, path), "{path}");
        }
    }

    #[test]
    fn a_site_below_a_path_keeps_to_it() {
        let settings = settings("https://gemeente.example/sub/");
        assert!(is_ours(&settings, "/sub/") && is_ours(&settings, "/sub/reacties/mijn"));
        assert!(
            !is_ours(&settings, "/") && !is_ours(&settings, "/subtiel/") && !is_ours(&settings, "/sub/../x")
        );
    }
}
