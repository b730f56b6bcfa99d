//! Who is asking, and the gates that everybody passes. In: an [`App`] and a [`Request`]. Out: a [`Visit`], with the member
//! behind it and what the form held, or why there is none.
//!
//! What changes something is a POST from a page of ours: the browser says so (`Sec-Fetch-Site`, else `Origin`), and the
//! form carries a token that only our pages know. Both are asked, as each has holes that the other has not: old browsers
//! say nothing, and a token can leak with a page. What takes no token keeps nothing, or ends a login only when the browser
//! says where it comes from.

mod ours;
mod trouble;
mod whence;

use std::cell::Cell;

use maud::{Markup, html};

use super::app::App;
use super::clock::{DAY, MINUTE};
use super::cookies;
use super::exchange::{Request, Response};
use super::forms::{self, Fields};
use super::media;
use super::secrets::{self, Use};
use super::store::accounts::{Account, Role};
use super::store::audit::Entry;
use super::store::mails::Mail;
use super::store::sessions::Session;
use super::store::throttle::Limit;
use super::store::{StoreError, Tx};
use ours::{cookie, hint, name};
use whence::device;

pub use trouble::Trouble;
pub use whence::network;

/// One visit.
pub struct Visit<'a> {
    /// The endpoint.
    pub app: &'a App,
    /// What was asked.
    pub request: &'a Request,
    /// What stands behind `?`.
    pub query: Fields,
    /// What the form held; empty unless it is a POST.
    pub form: Fields,
    /// When.
    pub now: i64,
    /// The login, when there is one.
    pub session: Option<Session>,
    /// The member.
    pub account: Option<Account>,
    /// What a moderator may decide about; none: about everything.
    pub scopes: Vec<String>,
    /// What this browser's forms are bound to as long as nobody is logged in.
    loose: String,
    loose_is_new: bool,
    loose_was_used: Cell<bool>,
}

impl<'a> Visit<'a> {
    /// Finds out who is asking.
    pub fn of(app: &'a App, request: &'a Request) -> Result<Visit<'a>, Trouble> {
        let form = if request.method == "POST" { form(request)? } else { Fields::default() };
        Visit::with(app, request, form)
    }

    /// The same, whatever the body is: nothing of it is looked at.
    pub fn without_form(app: &'a App, request: &'a Request) -> Result<Visit<'a>, Trouble> {
        Visit::with(app, request, Fields::default())
    }

    fn with(app: &'a App, request: &'a Request, form: Fields) -> Result<Visit<'a>, Trouble> {
        let now = app.clock.now();
        let query = forms::parse(request.query.as_bytes()).map_err(|_| Trouble::NotFound)?;
        let kept = cookies::one(request.all("cookie"), name(app, "vorm")).filter(|kept| kept.len() == 43);
        let mut visit = Visit {
            app,
            request,
            query,
            form,
            now,
            session: None,
            account: None,
            scopes: Vec::new(),
            loose_is_new: kept.is_none(),
            loose: match kept {
                Some(kept) => kept.to_owned(),
                None => secrets::token().map_err(Trouble::Machine)?,
            },
            loose_was_used: Cell::new(false),
        };
        if let Some(token) = cookies::one(request.all("cookie"), name(app, "sessie")).map(ToOwned::to_owned) {
            visit.find_member(&token)?;
        }
        Ok(visit)
    }

    fn find_member(&mut self, token: &str) -> Result<(), Trouble> {
        let (idle, oldest) = self.limits();
        let hash = secrets::hashed(token);
        let found = self.app.store.read(|tx| {
            let Some(session) = tx.session(&hash, idle, oldest)? else { return Ok(None) };
            let Some(account) = tx.account(&session.account)? else { return Ok(None) };
            let scopes = tx.scopes(&account.id)?;
            Ok(Some((session, account, scopes)))
        })?;
        let Some((session, account, scopes)) = found.filter(|(_, account, _)| account.blocked.is_none())
        else {
            return Ok(());
        };
        if self.now - session.seen >= 5 * MINUTE {
            self.touch(&session);
        }
        (self.session, self.account, self.scopes) = (Some(session), Some(account), scopes);
        Ok(())
    }

    /// Notes that a login is used. Who reads must be able to go on when nothing can be written.
    fn touch(&self, session: &Session) {
        if let Err(error) = self.app.store.write(|tx| tx.touch_session(&session.id, self.now)) {
            let why = serde_json::json!({"waarom": error.to_string()});
            self.app.log.say(self.now, "fout", "inlog-bijhouden", &why);
        }
    }

    /// A login used before the first of these, or begun before the second, has ended.
    pub fn limits(&self) -> (i64, i64) {
        let (idle, whole) = self.app.settings.session_limits();
        (self.now - idle, self.now - whole)
    }

    /// The member, or the way to the login and back.
    pub fn member(&self) -> Result<&Account, Trouble> {
        self.account.as_ref().ok_or_else(|| Trouble::LogIn(self.here()))
    }

    /// The member with its login, when it has at least this role.
    pub fn at_least(&self, role: Role) -> Result<&Account, Trouble> {
        let account = self.member()?;
        if account.role >= role && account.is_active() { Ok(account) } else { Err(Trouble::Forbidden) }
    }

    /// The member's login, when the password was given lately.
    pub fn proven(&self) -> Result<(&Account, &Session), Trouble> {
        let account = self.member()?;
        match &self.session {
            Some(session) if self.now - session.proven < 15 * MINUTE => Ok((account, session)),
            _ => Err(Trouble::Prove(self.here())),
        }
    }

    /// This very page, for coming back to it: a path below the endpoint, with its query. A POST comes back to its form.
    pub fn here(&self) -> String {
        let path = self.request.path.clone();
        if self.request.query.is_empty() || self.request.method == "POST" {
            path
        } else {
            format!("{path}?{}", self.request.query)
        }
    }

    /// The token for a form.
    pub fn token(&self) -> String {
        match &self.session {
            Some(session) => self.app.key.sign(Use::Form, &["sessie", &session.id]),
            None => {
                self.loose_was_used.set(true);
                self.app.key.sign(Use::Form, &["los", &self.loose])
            }
        }
    }

    /// What this browser is known by as long as it is open, for what must end where it began.
    pub fn browser(&self) -> String {
        self.app.key.sign(Use::Form, &["browser", &self.loose])
    }

    /// The token in a form, hidden.
    pub fn hidden(&self) -> Markup {
        html! { input type="hidden" name="formulier" value=(self.token()); }
    }

    /// Whether the form carries the token of this visitor. Who follows a link from a mail may seem to be nobody, as the
    /// cookie of a moderator does not come along from elsewhere; the form is then bound to the browser, and is sent from
    /// here, with that cookie. So both are right.
    pub fn has_token(&self) -> bool {
        let given = self.form.text("formulier");
        let key = &self.app.key;
        let of_login = |session: &Session| key.is_signed(Use::Form, &["sessie", &session.id], given);
        self.session.as_ref().is_some_and(of_login) || key.is_signed(Use::Form, &["los", &self.loose], given)
    }

    /// A page of the endpoint.
    pub fn page(&self, status: u16, title: &str, content: &Markup) -> Response {
        let whole = format!("{title} – {}", self.app.settings.title);
        let mut response = Response::page(status, self.app.site.frame().fill(&whole, title, &content.0));
        if self.loose_is_new && self.loose_was_used.get() {
            response = response.with("Set-Cookie", &cookie(self.app, "vorm", &self.loose, "Lax"));
        }
        response
    }

    /// "Look there": a path below the endpoint.
    pub fn see(&self, below: &str) -> Response {
        Response::see(&self.app.path(below))
    }

    /// Begins a login: what goes into the store, and the cookies.
    pub fn log_in(
        &self,
        tx: &mut Tx<'_>,
        account: &Account,
        token: &str,
        id: &str,
    ) -> Result<(), StoreError> {
        let device = device(self.request.header("user-agent").unwrap_or("")).to_owned();
        let session = Session {
            id: id.to_owned(),
            account: account.id.clone(),
            device,
            created: self.now,
            seen: self.now,
            proven: self.now,
        };
        if let Some(old) = &self.session {
            tx.end_session(&old.account, &old.id)?;
        }
        tx.begin_session(&session, &secrets::hashed(token))
    }

    /// The cookies of a login. Those of moderators come along from our own pages only, not even by a link from a mail. They
    /// go when the browser is closed, as far as browsers do that: others may use the same machine.
    pub fn with_login(&self, response: Response, account: &Account, token: &str) -> Response {
        let site = if account.role == Role::Member { "Lax" } else { "Strict" };
        response
            .with("Set-Cookie", &cookie(self.app, "sessie", token, site))
            .with("Set-Cookie", &hint(self.app, "1"))
    }

    /// Takes the cookies of a login away, and that of forms.
    pub fn without_login(&self, response: Response) -> Response {
        response
            .with("Set-Cookie", &cookie(self.app, "sessie", "", "Strict"))
            .with("Set-Cookie", &cookie(self.app, "vorm", "", "Lax"))
            .with("Set-Cookie", &hint(self.app, ""))
    }

    /// The network it comes from, as it is kept: an address without its end, hashed with the month.
    pub fn network(&self) -> String {
        let month = self.now / (30 * DAY);
        self.app.key.sign(Use::Network, &[&month.to_string(), &network(self.request.from)])[..22].to_owned()
    }

    /// Under what it is counted how often somebody does something.
    pub fn counted_as(&self, what: &str, whose: &str) -> String {
        self.app.key.sign(Use::Network, &["telling", what, whose])
    }

    /// Counts one more try by this network, or of something else.
    pub fn count(&self, what: &str, whose: &str, limit: Limit) -> Result<(), Trouble> {
        let key = self.counted_as(what, whose);
        match self.app.store.write(|tx| tx.count(&key, limit, self.now))? {
            Some(wait) => Err(Trouble::TooOften(wait)),
            None => Ok(()),
        }
    }

    /// A new id.
    pub fn id(&self) -> Result<String, Trouble> {
        secrets::id(self.now).map_err(Trouble::Machine)
    }

    /// A row for the log of who did what.
    pub fn entry(&self, action: &str, subject: Option<&str>, detail: Option<&str>) -> Result<Entry, Trouble> {
        Ok(Entry {
            id: self.id()?,
            at: self.now,
            actor: self.account.as_ref().map(|account| account.id.clone()),
            action: action.to_owned(),
            subject: subject.map(ToOwned::to_owned),
            detail: detail.map(ToOwned::to_owned),
            network: Some(self.network()),
        })
    }

    /// A mail to be sent, with what its template needs.
    pub fn mail(
        &self,
        template: &str,
        to: &str,
        account: Option<&str>,
        slots: &[(&str, &str)],
    ) -> Result<Mail, Trouble> {
        let slots: serde_json::Map<String, serde_json::Value> =
            slots.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        Ok(Mail {
            id: self.id()?,
            account: account.map(ToOwned::to_owned),
            recipient: to.to_owned(),
            template: template.to_owned(),
            slots: serde_json::Value::Object(slots).to_string(),
            created: self.now,
            attempts: 0,
        })
    }
}

/// Reads the body of a POST.
fn form(request: &Request) -> Result<Fields, Trouble> {
    if !media::is_form(request.header("content-type")) {
        return Err(Trouble::Media);
    }
    forms::parse(&request.body).map_err(Trouble::Form)
}

/// Whether a POST may come from a page of ours, as far as the browser says. One that knows no `Sec-Fetch-Site` says
/// `Origin: null` on every page that sends no referrer, as all of ours are; so that says nothing, and the token decides.
pub fn is_ours(app: &App, request: &Request) -> bool {
    match (request.header("sec-fetch-site"), request.header("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            origin == "null" || origin == app.settings.address.origin().ascii_serialization()
        }
        (None, None) => false,
    }
}
