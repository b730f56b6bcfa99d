//! The policy as browsers read it. In: the rules of the site, and what pages have in themselves. Out: the text of a
//! `Content-Security-Policy`.

use crate::model::security::{Inline, InlineKind, Security};

/// For one page, with what it has in itself.
pub fn of_page(rules: &Security, inline: &[Inline]) -> String {
    directives(rules, inline).join("; ")
}

/// For a web server, with what any page has in itself. Only servers can say who may show a page inside another.
pub fn of_site(rules: &Security, inline: &[Inline]) -> String {
    let mut directives = directives(rules, inline);
    let embedding = if rules.embedding.is_empty() { "'none'".to_owned() } else { rules.embedding.join(" ") };
    directives.push(format!("frame-ancestors {embedding}"));
    directives.join("; ")
}

fn directives(rules: &Security, inline: &[Inline]) -> Vec<String> {
    let sums = |kind: InlineKind| -> Vec<String> {
        let of_kind = inline.iter().filter(|one| one.kind == kind);
        of_kind.map(|one| format!("'sha256-{}'", one.sum)).collect()
    };
    let own = |name: &str, more: &[&[String]]| {
        let sources = more.iter().flat_map(|list| list.iter()).map(|source| format!(" {source}"));
        format!("{name}{}", sources.collect::<String>())
    };
    let mut directives = vec![
        "default-src 'none'".to_owned(),
        // WebAssembly only: search runs on it.
        own("script-src 'self' 'wasm-unsafe-eval'", &[&rules.scripts, &sums(InlineKind::Script)]),
        own("style-src 'self'", &[&rules.styles, &sums(InlineKind::Style)]),
        own("img-src 'self' data:", &[&rules.images]),
        own("font-src 'self'", &[&rules.fonts]),
        own("media-src 'self'", &[&rules.media]),
        own("connect-src 'self'", &[&rules.connections]),
        own("manifest-src 'self'", &[]),
        own("worker-src 'self'", &[]),
        own("form-action 'self'", &[&rules.forms]),
        own("base-uri 'none'", &[]),
    ];
    let attributes = sums(InlineKind::StyleAttribute);
    if !attributes.is_empty() {
        directives.insert(3, own("style-src-attr 'unsafe-hashes'", &[&attributes]));
    }
    if !rules.frames.is_empty() {
        directives.insert(directives.len() - 2, own("frame-src", &[&rules.frames]));
    }
    directives
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_and_what_is_known_by_its_sum_stand_where_they_count() {
        let one = |text: &str| vec![text.to_owned()];
        let rules = Security {
            scripts: one("https://s.example"),
            frames: one("https://film.example"),
            embedding: one("https://ouder.example"),
            ..Security::default()
        };
        let inline = [
            Inline { kind: InlineKind::Script, sum: "aa=".to_owned(), waits: None },
            Inline { kind: InlineKind::Style, sum: "bb=".to_owned(), waits: None },
            Inline { kind: InlineKind::StyleAttribute, sum: "cc=".to_owned(), waits: None },
        ];
        let page = of_page(&rules, &inline);
        assert_eq!(
            page,
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' https://s.example 'sha256-aa='; style-src 'self' \
             'sha256-bb='; style-src-attr 'unsafe-hashes' 'sha256-cc='; img-src 'self' data:; font-src 'self'; media-src \
             'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src https://film.example; \
             form-action 'self'; base-uri 'none'"
        );
        assert_eq!(of_site(&rules, &inline), format!("{page}; frame-ancestors https://ouder.example"));
        assert!(of_site(&Security::default(), &[]).ends_with("frame-ancestors 'none'"));
    }
}
