//! What `load_data` accepts, and what it says when it does not.

use super::super::fake::{Fake, call, call_from, value};
use super::*;
use crate::model::Json;
use serde_json::json;

fn site() -> Fake {
    let mut fake = Fake::default()
        .with_file("data/a.toml", "\u{feff}b = 1\na = 2021-03-04")
        .with_file("data/bad.toml", "\u{feff}a = 1\nb = \n")
        .with_file("data/bad.bib", "@book{x")
        .with_file("data/latin.txt", b"caf\xe9")
        .with_file("static/a.JSON", "[1]")
        .with_file("a.unknown", "text");
    fake.network = Ok(b"{\"a\": 1}".to_vec());
    fake
}

fn load(args: Json) -> Result<Json, String> {
    value(load_data(&call(site(), args)))
}

#[test]
fn faults_of_the_call() {
    let check = |args: Json, expected: &str| {
        let sentence = load(args).unwrap_err();
        assert!(sentence.contains(expected), "{sentence}");
    };
    check(json!({}), "needs exactly one of `path`, `url` and `literal`");
    check(json!({ "path": "a", "literal": "b" }), "needs exactly one of");
    check(json!({ "path": "none.toml" }), "cannot find the file `none.toml`");
    check(json!({ "path": "none.toml" }), "Pass `required=false`");
    check(json!({ "path": "../x" }), "outside");
    check(json!({ "literal": "", "format": "ini" }), "cannot be `ini`: it is toml, json");
    check(json!({ "url": "no url" }), "cannot understand `no url` as a URL");
    check(json!({ "literal": "", "method": "PUT" }), "`method` of `load_data` cannot be `put`");
    check(json!({ "literal": "", "headers": ["a: b"] }), "holds `a: b`, which is no `Name=value`");
    check(json!({ "literal": "", "headers": "a=b" }), "must be a list of texts");
    check(json!({ "literal": "{", "format": "json" }), "cannot read the text in `literal` as JSON");
    check(
        json!({ "url": "https://x.org/", "format": "toml" }),
        "cannot read the answer of `https://x.org/` as TOML",
    );
}

#[test]
fn faults_of_a_file_are_told_at_their_place() {
    let fake = Arc::new(site());
    let load = |path: &str| {
        value(load_data(&call_from(fake.clone(), json!({ "path": path }), &|_| None))).unwrap_err()
    };
    assert!(load("data/bad.toml").starts_with("`load_data` cannot read `data/bad.toml` as TOML: "));
    assert!(load("data/bad.toml").contains("(line 2, column 5)"), "{}", load("data/bad.toml"));
    assert!(load("data/latin.txt").contains("not written in UTF-8"));
    assert!(value(load_data(&call(site(), json!({ "path": "data/bad.bib", "format": "bibtex" })))).is_err());
    let complaints = fake.complaints.lock().unwrap();
    let places: Vec<_> =
        complaints.iter().map(|complaint| (complaint.code, complaint.place.clone().unwrap().span)).collect();
    assert_eq!(places[0], ("data/syntax", Some(13..13)));
    assert_eq!(places.last().unwrap(), &("data/encoding", Some(3..3)));
}

#[test]
fn what_is_not_required_may_be_missing() {
    let mut fake = Fake::default();
    fake.network = Err("500".to_owned());
    let fake = Arc::new(fake);
    let sources = [
        json!({ "path": "none" }),
        json!({ "path": "../x" }),
        json!({ "url": "https://x.org" }),
        json!({ "url": "::" }),
        json!({}),
    ];
    for mut args in sources {
        let load = |args: &Json| value(load_data(&call_from(fake.clone(), args.clone(), &|_| None)));
        assert!(load(&args).is_err());
        args["required"] = json!(false);
        assert_eq!(load(&args), Ok(Json::Null), "{args}");
    }
    assert!(load(json!({ "path": "data/bad.toml", "required": false })).is_err());
}

#[test]
fn the_format_comes_from_the_call_or_the_ending() {
    assert_eq!(load(json!({ "path": "data/a.toml" })).unwrap().to_string(), r#"{"b":1,"a":"2021-03-04"}"#);
    assert_eq!(load(json!({ "path": "a.JSON" })), Ok(json!([1])));
    assert_eq!(load(json!({ "path": "a.unknown" })), Ok(json!("text")));
    assert_eq!(load(json!({ "path": "data/a.toml", "format": "plain" })), Ok(json!("b = 1\na = 2021-03-04")));
    assert_eq!(load(json!({ "literal": "a: 1", "format": "yml" })), Ok(json!({ "a": 1 })));
    assert_eq!(load(json!({ "literal": "a: 1" })), Ok(json!("a: 1")));
}

#[test]
fn a_text_is_parsed_once() {
    let fake = Arc::new(site());
    let load = |path: &str| load_data(&call_from(fake.clone(), json!({ "path": path }), &|_| None));
    let (Ok(Answer::Kept(first)), Ok(Answer::Kept(second))) = (load("data/a.toml"), load("@/../data/a.toml"))
    else {
        panic!("data are kept")
    };
    assert!(Arc::ptr_eq(&first, &second));
}

#[test]
fn questions_over_the_network() {
    let fake = Arc::new(site());
    let ask = |args: Json| value(load_data(&call_from(fake.clone(), args, &|_| None)));
    let url = "https://x.org/a b";
    assert_eq!(ask(json!({ "url": url, "format": "json", "body": "ignored" })), Ok(json!({ "a": 1 })));
    let post = json!({
        "url": url, "method": "POST", "body": "q", "content_type": "text/plain", "headers": ["X-A=b=c"],
    });
    assert_eq!(ask(post), Ok(json!("{\"a\": 1}")));
    let get = Fetch {
        url: "https://x.org/a%20b".to_owned(),
        post: false,
        body: None,
        content_type: None,
        accept: "application/json",
        headers: Vec::new(),
    };
    let post = Fetch {
        post: true,
        body: Some("q".to_owned()),
        content_type: Some("text/plain".to_owned()),
        accept: "text/plain",
        headers: vec![("X-A".to_owned(), "b=c".to_owned())],
        ..get.clone()
    };
    assert_eq!(*fake.fetched.lock().unwrap(), [get, post]);
}
