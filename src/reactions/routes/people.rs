//! Members for tests, logged in without a login page. In: a town, who they are. Out: a browser of theirs.

use super::testing::{Browser, NOW, Town};
use crate::reactions::exchange::Response;
use crate::reactions::secrets;
use crate::reactions::store::sessions::Session;
use crate::reactions::store::testing::add_member;

/// A member and their browser.
pub(crate) struct Person {
    /// The id of the account.
    pub(crate) id: String,
    /// The browser.
    pub(crate) browser: Browser,
}

/// A member of this name: `deelnemer`, `moderator` or `beheerder`, who decides about these scopes.
pub(crate) fn person(town: &Town, name: &str, role: &str, scopes: &[&str]) -> Person {
    let id = secrets::id(NOW).unwrap();
    add_member(&town.app.store, &id, name, role, scopes);
    let browser = browser_of(town, &id);
    Person { id, browser }
}

/// An ordinary member.
pub(crate) fn member(town: &Town, name: &str) -> Person {
    person(town, name, "deelnemer", &[])
}

/// One more browser in which a member is logged in.
pub(crate) fn browser_of(town: &Town, account: &str) -> Browser {
    let now = town.app.clock.now();
    let token = secrets::token().unwrap();
    let session = Session {
        id: secrets::id(now).unwrap(),
        account: account.to_owned(),
        device: "Firefox op Linux".to_owned(),
        created: now,
        seen: now,
        proven: now,
    };
    town.app.store.write(|tx| tx.begin_session(&session, &secrets::hashed(&token))).unwrap();
    let mut browser = Browser::default();
    browser.set_cookie("__Host-sessie", Some(&token));
    browser
}

/// A visitor from an address.
pub(crate) fn visitor(from: &str) -> Browser {
    let mut browser = Browser::default();
    browser.from = Some(from.parse().unwrap());
    browser
}

impl Person {
    /// Fills in the form below a page and sends it, the way of people: open the thread, write, send.
    pub(crate) fn says(&mut self, town: &Town, page: &str, fields: &[(&str, &str)]) -> Response {
        let shown = self.browser.get(town, &format!("pagina?id={page}"));
        assert_eq!(shown.status, 200, "{}", shown.words());
        let mut all = vec![("pagina", page)];
        let key = field(&shown, "eenmalig");
        all.push(("eenmalig", &key));
        all.extend(fields.iter().filter(|(name, _)| *name != "eenmalig"));
        if let Some(given) = fields.iter().find(|(name, _)| *name == "eenmalig") {
            all[1] = *given;
        }
        self.browser.post(town, "plaatsen", &all)
    }

    /// Posts a remark; its id.
    pub(crate) fn remarks(&mut self, town: &Town, page: &str, text: &str) -> String {
        let answer = self.says(town, page, &[("soort", "opmerking"), ("tekst", text)]);
        new_id(&answer)
    }

    /// Posts a question; its id.
    pub(crate) fn asks(&mut self, town: &Town, title: &str, text: &str) -> String {
        let answer =
            self.says(town, "vraag-en-antwoord", &[("soort", "vraag"), ("titel", title), ("tekst", text)]);
        new_id(&answer)
    }

    /// Answers something; its id.
    pub(crate) fn answers(&mut self, town: &Town, page: &str, parent: &str, text: &str) -> String {
        let answer = self.says(town, page, &[("soort", "antwoord"), ("ouder", parent), ("tekst", text)]);
        new_id(&answer)
    }

    /// Decides about a reaction as a moderator, from its page.
    pub(crate) fn decides(&mut self, town: &Town, id: &str, decision: &str, reason: &str) -> Response {
        let shown = self.browser.get(town, &format!("beheer/oordeel?reactie={id}"));
        let (seen, state) = (field(&shown, "gezien"), field(&shown, "stand"));
        let fields =
            [("reactie", id), ("gezien", &seen), ("stand", &state), ("oordeel", decision), ("reden", reason)];
        self.browser.post(town, "beheer/oordeel", &fields)
    }
}

/// The id of what was just posted.
pub(crate) fn new_id(answer: &Response) -> String {
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.header("location").unwrap().rsplit_once("nieuw=").unwrap().1.to_owned()
}

/// The value of a hidden field; empty when there is none.
pub(crate) fn field(page: &Response, name: &str) -> String {
    let words = page.words();
    let found = words.split_once(&format!("name=\"{name}\" value=\""));
    found.and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// The state of a reaction in the store.
pub(crate) fn state(town: &Town, id: &str) -> &'static str {
    town.app.store.read(|tx| tx.reaction(id)).unwrap().unwrap().state.word()
}

/// The names of the mails that wait, with to whom: `iets-wacht → ad@example.org`.
pub(crate) fn post(town: &Town) -> Vec<String> {
    let mut post: Vec<String> =
        town.mails().iter().map(|(mail, _)| format!("{} → {}", mail.template, mail.recipient)).collect();
    post.sort();
    post
}
