//! What a build tells of reactions besides its pages: feeds in Atom, and the list of pages that take any, for the endpoint. In:
//! plain values. Out: text. Members wrote the words, so each of them is escaped where it goes.

use serde::Serialize;

use crate::model::reaction::Kind;

/// One reaction of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Where it stands: the page and the anchor.
    pub permalink: String,
    /// What it is.
    pub kind: Kind,
    /// Its own title.
    pub title: Option<String>,
    /// The title of its page, where that is not plain.
    pub page: Option<String>,
    /// The name that the member shows.
    pub author: String,
    /// The organisation or function.
    pub about: Option<String>,
    /// Its text.
    pub html: String,
    /// When it was written.
    pub created: String,
    /// When it was last changed.
    pub edited: Option<String>,
}

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// Its own address.
    pub url: String,
    /// The page it is about.
    pub page: String,
    /// When it last changed, when no entry says so.
    pub updated: String,
    /// The newest first.
    pub entries: Vec<Entry>,
}

/// A page that takes reactions, as the endpoint knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageOf {
    /// By what it is known.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its path on the host.
    pub url: String,
    /// What it takes.
    pub kinds: Vec<Kind>,
    /// Its values of the facet that limits moderators.
    pub scopes: Vec<String>,
    /// Its language.
    pub lang: String,
}

/// A value of the facet that limits moderators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// As it stands in URLs.
    pub slug: String,
    /// As people read it.
    pub label: String,
}

/// The few words that go with reactions.
pub struct Words {
    dutch: bool,
}

impl Words {
    /// Dutch for Dutch, English for any other language.
    pub fn of(language: &str) -> Words {
        Words { dutch: language.split(['-', '_']).next() == Some("nl") }
    }

    /// What people call one of a kind.
    pub fn label(&self, kind: Kind) -> &'static str {
        let (nl, en) = match kind {
            Kind::Question => ("Vraag", "Question"),
            Kind::Remark => ("Opmerking", "Remark"),
            Kind::Experience => ("Ervaring", "Experience"),
            Kind::Notice => ("Bericht", "Notice"),
            Kind::Answer => ("Antwoord", "Answer"),
        };
        if self.dutch { nl } else { en }
    }

    /// What a reaction without a title is called.
    pub fn by(&self, kind: Kind, author: &str) -> String {
        format!("{} {} {author}", self.label(kind), if self.dutch { "van" } else { "by" })
    }

    /// The title of the feed of a page.
    pub fn on(&self, page: &str) -> String {
        format!("{} {page}", if self.dutch { "Reacties op" } else { "Reactions to" })
    }

    /// The title of the feed of a site.
    pub fn all(&self, site: &str) -> String {
        let all = if self.dutch { "Reacties" } else { "Reactions" };
        if site.is_empty() { all.to_owned() } else { format!("{all} – {site}") }
    }
}

/// A feed in Atom (RFC 4287).
pub fn atom(feed: &Feed) -> String {
    let words = Words::of(&feed.lang);
    let moments = feed.entries.iter().map(|entry| entry.edited.as_ref().unwrap_or(&entry.created));
    let updated = moments.max().unwrap_or(&feed.updated);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <title>{title}</title>\n<id>{page}#reacties</id>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{url}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n",
        lang = xml(&feed.lang),
        title = xml(&feed.title),
        url = xml(&feed.url),
        page = xml(&feed.page),
        updated = xml(updated),
    );
    feed.entries.iter().for_each(|entry| text.push_str(&self::entry(entry, &words)));
    text.push_str("</feed>\n");
    text
}

fn entry(entry: &Entry, words: &Words) -> String {
    let own = entry.title.clone().unwrap_or_else(|| words.by(entry.kind, &entry.author));
    let title = entry.page.as_ref().map_or(own.clone(), |page| format!("{own} – {page}"));
    let author =
        entry.about.as_ref().map_or(entry.author.clone(), |about| format!("{}, {about}", entry.author));
    format!(
        "<entry>\n<title>{title}</title>\n<id>{permalink}</id>\n<published>{created}</published>\n<updated>{updated}</updated>\n\
         <author><name>{author}</name></author>\n<category term=\"{term}\" label=\"{label}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{permalink}\"/>\n<content type=\"html\">{html}</content>\n</entry>\n",
        title = xml(&title),
        permalink = xml(&entry.permalink),
        created = xml(&entry.created),
        updated = xml(entry.edited.as_ref().unwrap_or(&entry.created)),
        author = xml(&author),
        term = entry.kind.word(),
        label = xml(words.label(entry.kind)),
        html = xml(&entry.html),
    )
}

/// The pages that take reactions, for the endpoint.
pub fn pages(scope: &str, scopes: &[Scope], pages: &[PageOf]) -> String {
    let all = serde_json::json!({ "version": 1, "scope": scope, "scopes": scopes, "pages": pages });
    // Signs of HTML stand in texts only, and there they may be written otherwise.
    let mut text = all.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    text.push('\n');
    text
}

/// Text in XML, between tags or double quotes, without what XML forbids.
fn xml(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            '\n' | '\t' => made.push(sign),
            '\u{fffe}' | '\u{ffff}' => {}
            sign if sign.is_control() => {}
            sign => made.push(sign),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> Entry {
        Entry {
            permalink: "https://e.org/a/?x=1&y=2#reactie-1".to_owned(),
            kind: Kind::Question,
            title: None,
            page: None,
            author: "A".to_owned(),
            about: None,
            html: "<p>x</p>".to_owned(),
            created: "2026-11-22T09:00:00Z".to_owned(),
            edited: None,
        }
    }

    fn feed(entries: Vec<Entry>) -> Feed {
        Feed {
            title: "T".to_owned(),
            lang: "nl".to_owned(),
            url: "https://e.org/a/reacties.xml".to_owned(),
            page: "https://e.org/a/".to_owned(),
            updated: "2026-01-01T00:00:00Z".to_owned(),
            entries,
        }
    }

    /// The texts of all elements of a name, as a reader of XML gives them.
    fn texts(atom: &str, name: &str) -> Vec<String> {
        let read = roxmltree_to_serde::xml_string_to_json(
            atom.to_owned(),
            &roxmltree_to_serde::Config::new_with_defaults(),
        );
        let read = read.expect("well-formed");
        fn walk(value: &serde_json::Value, name: &str, found: &mut Vec<String>) {
            match value {
                serde_json::Value::Object(keys) => keys.iter().for_each(|(key, value)| {
                    let text = value.as_str().or_else(|| value.get("#text")?.as_str());
                    found.extend(text.filter(|_| key == name).map(str::to_owned));
                    walk(value, name, found);
                }),
                serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, name, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        walk(&read, name, &mut found);
        found
    }

    #[test]
    fn words_of_members_end_nothing() {
        for nasty in [
            "</title><script>alert(1)</script>",
            "]]>",
            "&lt;b&gt; & \"x\"",
            "<!--",
            "a\u{0}\u{8}\u{fffe}\u{1f}b",
            "<![CDATA[x",
        ] {
            let entry = Entry {
                title: Some(nasty.to_owned()),
                page: Some(nasty.to_owned()),
                author: nasty.to_owned(),
                about: Some(nasty.to_owned()),
                html: nasty.to_owned(),
                permalink: format!("https://e.org/\"{nasty}"),
                ..one()
            };
            let atom = atom(&Feed { title: nasty.to_owned(), ..feed(vec![entry]) });
            let kept: String =
                nasty.chars().filter(|sign| !sign.is_control() && *sign != '\u{fffe}').collect();
            assert_eq!(texts(&atom, "content"), std::slice::from_ref(&kept));
            assert_eq!(texts(&atom, "name"), [format!("{kept}, {kept}")]);
            assert_eq!(texts(&atom, "title"), [kept.clone(), format!("{kept} – {kept}")]);
            assert!(
                !atom.contains("<script") && !atom.contains("]]>") && !atom.contains("<![CDATA"),
                "{atom}"
            );
        }
    }

    #[test]
    fn a_feed_says_when_it_changed_and_what_each_is() {
        let edited = Entry { edited: Some("2026-11-23T09:00:00Z".to_owned()), ..one() };
        let newer = Entry {
            title: Some("Titel".to_owned()),
            kind: Kind::Notice,
            created: "2026-11-22T10:00:00Z".to_owned(),
            ..one()
        };
        let made = atom(&feed(vec![newer, edited]));
        assert_eq!(
            texts(&made, "updated"),
            ["2026-11-23T09:00:00Z", "2026-11-22T10:00:00Z", "2026-11-23T09:00:00Z"]
        );
        assert_eq!(texts(&made, "title"), ["T", "Titel", "Vraag van A"]);
        assert!(made.contains("<id>https://e.org/a/?x=1&amp;y=2#reactie-1</id>"), "{made}");
        assert_eq!(texts(&atom(&feed(vec![])), "updated"), ["2026-01-01T00:00:00Z"]);
    }

    #[test]
    fn a_list_of_pages_ends_no_script_it_might_stand_in() {
        let page = PageOf {
            id: "a".to_owned(),
            title: "</script>&".to_owned(),
            url: "/a/".to_owned(),
            kinds: vec![Kind::Question],
            scopes: vec!["aa".to_owned()],
            lang: "nl".to_owned(),
        };
        let made = pages("gemeente", &[Scope { slug: "aa".to_owned(), label: "Aa".to_owned() }], &[page]);
        assert!(!made.contains('<') && !made.contains('&'), "{made}");
        let read: serde_json::Value = serde_json::from_str(&made).unwrap();
        assert_eq!(read["pages"][0]["title"], "</script>&");
        assert_eq!(read["pages"][0]["kinds"][0], "vraag");
        assert_eq!(
            (read["version"].as_u64(), &read["scopes"][0]["label"]),
            (Some(1), &serde_json::json!("Aa"))
        );
    }
}
