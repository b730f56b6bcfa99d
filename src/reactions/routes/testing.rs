//! An endpoint and browsers for tests, without sockets. In: paths and fields. Out: answers, with cookies kept and tokens
//! taken from the pages that were read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::answer;
use crate::reactions::app::App;
use crate::reactions::clock::Clock;
use crate::reactions::exchange::{Request, Response};
use crate::reactions::log::Log;
use crate::reactions::password::Hashing;
use crate::reactions::secrets::Key;
use crate::reactions::settings::{Around, Settings};
use crate::reactions::site::{Site, SiteFiles};
use crate::reactions::store::mails::Mail;
use crate::reactions::store::testing::{self, Fresh};

/// 2026-11-22 09:00 UTC.
pub(crate) const NOW: i64 = 1_795_338_000_000;

/// An endpoint, and what it said.
pub(crate) struct Town {
    /// The endpoint.
    pub(crate) app: App,
    /// The lines of its log.
    pub(crate) said: Arc<Mutex<Vec<String>>>,
    _fresh: Fresh,
}

/// The value of a header that a browser does not send.
pub(crate) const NOT_SENT: &str = "(not sent)";

/// One on every database there is, with these settings.
pub(crate) fn towns(table: &serde_json::Value) -> Vec<Town> {
    testing::all().into_iter().map(|fresh| town_on(fresh, table)).collect()
}

/// One on SQLite.
pub(crate) fn town() -> Town {
    town_on(testing::sqlite(), &serde_json::json!({}))
}

fn town_on(fresh: Fresh, table: &serde_json::Value) -> Town {
    let around = Around {
        base_url: "https://samenspel.example".to_owned(),
        title: "Samenspel".to_owned(),
        root: "/".into(),
        output: "/nowhere/public".into(),
    };
    let key = Key::new().unwrap();
    let said: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = said.clone();
    let app = App {
        settings: Settings::read(Some(table), &around).unwrap(),
        store: fresh.store.clone(),
        hashing: Hashing::new(&key),
        key,
        site: Site::new(Box::new(Built)),
        clock: Clock::at(NOW),
        log: Log::new(move |line| heard.lock().unwrap().push(line.to_owned())),
        token: Some("the-token-of-the-build".to_owned()),
        build_here: None,
        wake: Box::new(|| {}),
    };
    Town { app, said, _fresh: fresh }
}

/// A site with a few pages.
struct Built;

const PAGES: &str = r#"{"version":1,"scope":"gemeente","scopes":[{"slug":"lindermeer","label":"Lindermeer"},{"slug":"kadewijk","label":"Kadewijk"}],"pages":[
{"id":"praktijkvoorbeelden/verbinding","title":"Verbinding","url":"/praktijkvoorbeelden/verbinding/","kinds":["vraag","opmerking","ervaring"],"scopes":["lindermeer"],"lang":"nl"},
{"id":"praktijkvoorbeelden/overdracht","title":"Overdracht","url":"/praktijkvoorbeelden/overdracht/","kinds":["vraag","opmerking","ervaring"],"scopes":["kadewijk"],"lang":"nl"},
{"id":"prikbord","title":"Prikbord","url":"/prikbord/","kinds":["bericht"],"scopes":[],"lang":"nl"},
{"id":"vraag-en-antwoord","title":"Vraag & Antwoord","url":"/vraag-en-antwoord/","kinds":["vraag"],"scopes":[],"lang":"nl"}]}"#;

impl SiteFiles for Built {
    fn stamp(&self, path: &str) -> Option<u128> {
        self.read(path).map(|_| 1)
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        (path == "reacties/paginas.json").then(|| PAGES.as_bytes().to_vec())
    }
}

impl Town {
    /// The mails that wait, oldest first, with what their templates need.
    pub(crate) fn mails(&self) -> Vec<(Mail, serde_json::Value)> {
        let mails = self.app.store.write(|tx| tx.take_mails(i64::MAX - 1, 0, 1000)).unwrap();
        mails
            .into_iter()
            .map(|mail| {
                let slots = serde_json::from_str(&mail.slots).unwrap();
                (mail, slots)
            })
            .collect()
    }

    /// Forgets the mails that wait.
    pub(crate) fn empty_the_mail(&self) {
        for (mail, _) in self.mails() {
            self.app.store.write(|tx| tx.mail_sent(&mail.id)).unwrap();
        }
    }
}

/// A browser.
#[derive(Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
    token: Option<String>,
    /// Headers that it sends besides its own; one of the same name takes the place of its own.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Where it is.
    pub(crate) from: Option<std::net::IpAddr>,
}

impl Browser {
    /// Asks for a page: `inloggen`, `pagina?id=prikbord`.
    pub(crate) fn get(&mut self, town: &Town, below: &str) -> Response {
        self.ask(town, "GET", below, Vec::new())
    }

    /// Sends a form with the token of the page that was read last.
    pub(crate) fn post(&mut self, town: &Town, below: &str, fields: &[(&str, &str)]) -> Response {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        if let Some(token) = &self.token
            && !fields.iter().any(|(name, _)| *name == "formulier")
        {
            form.append_pair("formulier", token);
        }
        let body = form.extend_pairs(fields).finish().into_bytes();
        self.ask(town, "POST", below, body)
    }

    /// Goes where an answer says.
    pub(crate) fn follow(&mut self, town: &Town, response: &Response) -> Response {
        assert_eq!(response.status, 303, "{}", response.words());
        let place = response.header("location").unwrap().to_owned();
        let below =
            place.strip_prefix("/reacties/").unwrap_or_else(|| panic!("{place} is not of the endpoint"));
        self.get(town, below)
    }

    /// Whether it has this cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Sets a cookie, or takes it away.
    pub(crate) fn set_cookie(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            None => drop(self.cookies.remove(name)),
        }
    }

    /// Asks anything.
    pub(crate) fn ask(&mut self, town: &Town, method: &str, below: &str, body: Vec<u8>) -> Response {
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers = vec![("Host", "samenspel.example".to_owned())];
        if !cookies.is_empty() {
            headers.push(("Cookie", cookies.join("; ")));
        }
        if method == "POST" {
            headers.push(("Sec-Fetch-Site", "same-origin".to_owned()));
            headers.push(("Content-Type", "application/x-www-form-urlencoded".to_owned()));
        }
        for (name, value) in &self.headers {
            headers.retain(|(known, _)| known != name);
            if value != NOT_SENT {
                headers.push((*name, value.clone()));
            }
        }
        let request = Request {
            method: method.to_owned(),
            path: format!("/reacties/{path}"),
            query: query.to_owned(),
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            body,
            from: self.from,
        };
        let response = answer(&town.app, &request);
        self.keep(&response);
        response
    }

    fn keep(&mut self, response: &Response) {
        for (_, value) in response.headers.iter().filter(|(name, _)| *name == "Set-Cookie") {
            let (pair, rest) = value.as_str().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.set_cookie(name, (!rest.contains("Max-Age=0")).then_some(value));
        }
        let words = response.words();
        if let Some((_, rest)) = words.split_once("name=\"formulier\" value=\"") {
            self.token = rest.split('"').next().map(ToOwned::to_owned);
        }
    }
}
