//! URLs and hashes of files: `get_url`, `get_hash`. In: an internal link, a path or a text. Out: a URL of the site; a hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::args::Args;
use super::content::known_languages;
use super::i18n::language;
use super::{Answer, Call, files};
use crate::base::Hash128;
use crate::model::{Config, Json};

const GET_URL: &str = "get_url";
const GET_HASH: &str = "get_hash";
/// How many characters of a hash stand in a URL: 80 bits, so that two versions of a file never share a URL.
const CACHEBUST_LENGTH: usize = 20;

/// `get_url(path, trailing_slash, cachebust, lang)`: the URL of content (`@/blog/post.md`), of a file beside content
/// (`@/blog/photo.jpg`) or of anything else below the base URL.
pub(super) fn get_url(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of(GET_URL, call);
    let path = args.need_text("path", "@/blog/post.md")?;
    let cachebust = args.flag("cachebust", false)?;
    let trailing_slash = args.flag("trailing_slash", false)?;
    match path.strip_prefix("@/") {
        Some(internal) => content_url(call, internal, &language(call, &args)?).map(Answer::Safe),
        None => plain_url(call, &path, args.text("lang")?, trailing_slash, cachebust).map(Answer::Safe),
    }
}

/// The URL of content, or of a file beside it.
fn content_url(call: &Call<'_>, internal: &str, lang: &str) -> Result<String, String> {
    let config = call.lookup.config();
    if config.language(lang).is_none() {
        let known = known_languages(&config);
        return Err(format!("`get_url` was asked for language `{lang}`, but the site has {known}."));
    }
    if let Some((owner, rest)) = call.lookup.colocated(internal) {
        let owner = translated(&owner, lang, &config);
        return match call.lookup.link(&owner) {
            Some(target) => Ok(format!("{}{rest}", target.permalink)),
            None => Err(format!(
                "`get_url` cannot tell the URL of `@/{internal}` in language `{lang}`, because `content/{owner}` does \
                 not exist. Write that translation, or pass a `lang` that the page has."
            )),
        };
    }
    let (target, anchor) = match internal.split_once('#') {
        Some((target, anchor)) => (target, format!("#{anchor}")),
        None => (internal, String::new()),
    };
    // Without slugs, links may be written with `%20` and the like.
    let relative = percent_decode_str(&translated(target, lang, &config)).decode_utf8_lossy().into_owned();
    match call.lookup.link(&relative) {
        Some(target) if target.rendered || call.is_old() => Ok(format!("{}{anchor}", target.permalink)),
        Some(_) => Err(format!(
            "`get_url` cannot link to `@/{internal}`: it says `render = false`, so there is nothing at its URL. Link to \
             another page, or let it be rendered."
        )),
        None => Err(format!(
            "`get_url` cannot find `@/{internal}` in language `{lang}`: there is no `content/{relative}`. Check the \
             spelling; the language is not part of the path but goes into `lang`."
        )),
    }
}

/// The path of a translation: the language goes before the last ending.
fn translated(path: &str, lang: &str, config: &Config) -> String {
    match path.rsplit_once('.') {
        Some((stem, ending)) if lang != config.default_language => format!("{stem}.{lang}.{ending}"),
        _ => path.to_owned(),
    }
}

/// The URL of a path below the base URL. Only a language that the call names itself becomes part of it.
fn plain_url(
    call: &Call<'_>,
    path: &str,
    lang: Option<String>,
    trailing_slash: bool,
    cachebust: bool,
) -> Result<String, String> {
    let config = call.lookup.config();
    let below = path.strip_prefix('/').unwrap_or(path);
    let has_lang = |lang: &str| match call.is_old() {
        // Dialect 0.22 looks behind the first character, whatever it is.
        true => path.char_indices().nth(1).is_some_and(|(at, _)| path[at..].starts_with(lang)),
        false => below == lang || below.starts_with(&format!("{lang}/")),
    };
    let path = match lang {
        Some(lang) if lang != config.default_language && !has_lang(&lang) => format!("{lang}/{path}"),
        _ => path.to_owned(),
    };
    let mut url = config.permalink(&path);
    if !trailing_slash && url.ends_with('/') {
        url.pop();
    }
    if cachebust {
        let Some((_, bytes)) = files::read(GET_URL, &path, &*call.lookup)? else {
            return Err(files::missing(GET_URL, &path, &*call.lookup));
        };
        let hash = sha2(call, &bytes, Sha::Bits256, false)?;
        url = format!("{url}?h={}", hash.get(..CACHEBUST_LENGTH).unwrap_or(&hash));
    }
    Ok(url)
}

/// `get_hash(path | literal, sha_type, base64)`: the SHA-2 of a file or a text.
pub(super) fn get_hash(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of(GET_HASH, call);
    let bytes = match (args.text("path")?, args.text("literal")?) {
        (Some(path), None) => match files::read(GET_HASH, &path, &*call.lookup)? {
            Some((_, bytes)) => bytes.to_vec(),
            None => return Err(files::missing(GET_HASH, &path, &*call.lookup)),
        },
        (None, Some(text)) => text.into_bytes(),
        (path, _) => {
            let got = if path.is_some() { "both" } else { "neither" };
            return Err(format!(
                "`get_hash` needs either `path` or `literal`, and got {got}. Write `get_hash(path=\"style.css\")`."
            ));
        }
    };
    let as_base64 = args.flag("base64", true)?;
    let sha = match args.number("sha_type", 0..=i64::from(u16::MAX))?.unwrap_or(384) {
        256 => Sha::Bits256,
        384 => Sha::Bits384,
        512 => Sha::Bits512,
        other => {
            return Err(format!(
                "The argument `sha_type` of `get_hash` must be 256, 384 or 512, but it is `{other}`."
            ));
        }
    };
    sha2(call, &bytes, sha, as_base64).map(Answer::text)
}

#[derive(Clone, Copy, Debug)]
enum Sha {
    Bits256,
    Bits384,
    Bits512,
}

/// The hash as text. Every page asks for those of the same few style sheets, so they are worked out once a build.
fn sha2(call: &Call<'_>, bytes: &[u8], sha: Sha, as_base64: bool) -> Result<String, String> {
    let key = format!("{sha:?} {as_base64} {:?}", Hash128::of_bytes(bytes));
    let kept = call.lookup.memo(&key, &|| {
        Ok(Json::String(match sha {
            Sha::Bits256 => written(&Sha256::digest(bytes), as_base64),
            Sha::Bits384 => written(&Sha384::digest(bytes), as_base64),
            Sha::Bits512 => written(&Sha512::digest(bytes), as_base64),
        }))
    })?;
    Ok(kept.json.as_str().unwrap_or_default().to_owned())
}

fn written(hash: &[u8], as_base64: bool) -> String {
    if as_base64 { BASE64.encode(hash) } else { hash.iter().map(|byte| format!("{byte:02x}")).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, call, call_from, value};
    use super::*;
    use serde_json::json;
    use std::sync::Arc;

    fn site() -> Fake {
        Fake::default()
            .with_file("static/app.css", "// Hello world!")
            .with_link("a/p.md", "https://example.com/a/p/")
            .with_link("a/p.fr.md", "https://example.com/fr/a/la-page/")
            .with_link("een pagina.md", "https://example.com/een%20pagina/")
            .with_unrendered("note.md")
            .with_asset("a/p/photo.jpg", "a/p.md", "photo.jpg")
            .with_asset("b/photo.jpg", "b/index.md", "photo.jpg")
            .with_link("b/index.md", "https://example.com/b/")
    }

    fn url(args: Json) -> String {
        match value(get_url(&call(site(), args))) {
            Ok(url) => url.as_str().unwrap().trim_start_matches("safe:").to_owned(),
            Err(sentence) => sentence,
        }
    }

    #[test]
    fn what_cannot_be_linked_is_told() {
        let check =
            |args: Json, expected: &str| assert!(url(args.clone()).contains(expected), "{}", url(args));
        check(json!({}), "`get_url` needs the argument `path`");
        check(json!({ "path": "@/x.md" }), "there is no `content/x.md`");
        check(json!({ "path": "@/a/p.md", "lang": "de" }), "language `de`, but the site has `en`, `fr`");
        check(json!({ "path": "@/a/p.fr.md", "lang": "fr" }), "goes into `lang`");
        check(json!({ "path": "@/note.md" }), "says `render = false`");
        check(
            json!({ "path": "@/b/photo.jpg", "lang": "fr" }),
            "because `content/b/index.fr.md` does not exist",
        );
        check(json!({ "path": "none.css", "cachebust": true }), "`get_url` cannot find the file `none.css`");
        check(json!({ "path": "a", "cachebust": "yes" }), "The argument `cachebust` of `get_url`");
    }

    #[test]
    fn content_and_what_lies_beside_it() {
        assert_eq!(url(json!({ "path": "@/a/p.md" })), "https://example.com/a/p/");
        assert_eq!(
            url(json!({ "path": "@/a/p.md#a.b", "lang": "fr" })),
            "https://example.com/fr/a/la-page/#a.b"
        );
        assert_eq!(url(json!({ "path": "@/een%20pagina.md" })), "https://example.com/een%20pagina/");
        assert_eq!(
            url(json!({ "path": "@/a/p/photo.jpg", "lang": "fr" })),
            "https://example.com/fr/a/la-page/photo.jpg"
        );
        assert_eq!(url(json!({ "path": "@/b/photo.jpg" })), "https://example.com/b/photo.jpg");
        let french = |path: &str| (path == "lang").then(|| json!("fr"));
        let from_french = |path: &str| {
            value(get_url(&call_from(Arc::new(site()), json!({ "path": path }), &french))).unwrap()
        };
        assert_eq!(from_french("@/a/p.md"), "safe:https://example.com/fr/a/la-page/");
        assert_eq!(from_french("app.css"), "safe:https://example.com/app.css");
    }

    #[test]
    fn paths_below_the_base_url() {
        assert_eq!(url(json!({ "path": "/app.css" })), "https://example.com/app.css");
        assert_eq!(url(json!({ "path": "/" })), "https://example.com");
        assert_eq!(url(json!({ "path": "a/b/" })), "https://example.com/a/b");
        assert_eq!(url(json!({ "path": "app.css", "trailing_slash": true })), "https://example.com/app.css/");
        assert_eq!(url(json!({ "path": "atom.xml", "lang": "fr" })), "https://example.com/fr/atom.xml");
        assert_eq!(url(json!({ "path": "/fr/a/", "lang": "fr" })), "https://example.com/fr/a");
        assert_eq!(url(json!({ "path": "/a", "lang": "fr" })), "https://example.com/fr//a");
        assert_eq!(url(json!({ "path": "a", "lang": "en" })), "https://example.com/a");
    }

    #[test]
    fn cachebust_is_the_start_of_the_sha_256() {
        let hash = "572e691dc68c3fcd653a";
        assert_eq!(
            url(json!({ "path": "app.css", "cachebust": true })),
            format!("https://example.com/app.css?h={hash}")
        );
        let args = json!({ "path": "app.css", "cachebust": true, "trailing_slash": true });
        assert_eq!(url(args), format!("https://example.com/app.css/?h={hash}"));
    }

    #[test]
    fn hashes() {
        let hash = |args| value(get_hash(&call(site(), args)));
        assert!(hash(json!({})).unwrap_err().contains("got neither"));
        assert!(hash(json!({ "path": "a", "literal": "b" })).unwrap_err().contains("got both"));
        assert!(hash(json!({ "path": "none" })).unwrap_err().contains("cannot find the file `none`"));
        assert!(
            hash(json!({ "literal": "", "sha_type": 1 })).unwrap_err().contains("must be 256, 384 or 512")
        );
        assert_eq!(
            hash(json!({ "path": "app.css", "sha_type": 256, "base64": false })).unwrap(),
            "572e691dc68c3fcd653ae463261bdb38f35dc6f01715d9ce68799319dd158840"
        );
        assert_eq!(
            hash(json!({ "literal": "abc", "sha_type": 256 })).unwrap(),
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
        let sha384 = "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert_eq!(hash(json!({ "literal": "abc" })).unwrap(), sha384);
        assert_eq!(
            hash(json!({ "literal": "abc", "sha_type": 512.0, "base64": false }))
                .unwrap()
                .as_str()
                .unwrap()
                .len(),
            128
        );
    }
}
