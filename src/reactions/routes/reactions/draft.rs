//! A form → what somebody wants to post. In: the fields, and the page they are for. Out: a [`Draft`] with everything that
//! was typed and what is wrong with it; and its fields as HTML.

use maud::{Markup, html};

use crate::accepted::text;
use crate::model::reaction::{Kind, NOTICES};
use crate::reactions::clock::{self, DAY};
use crate::reactions::holds::whole;
use crate::reactions::routes::fields::{Faults, Field, tick, unseen};
use crate::reactions::site::Page;
use crate::reactions::store::reactions::{Kept, Said, State};
use crate::reactions::visit::Visit;

/// The longest text, in characters.
const LONGEST: usize = 5000;
/// The longest title.
const TITLE: usize = 160;
/// What a notice can be, as it is sent and read.
const NOTICE_WORDS: [(&str, &str); 3] =
    [("gezocht", "Gezocht"), ("aangeboden", "Aangeboden"), ("oproep", "Oproep")];

/// What somebody wants to post.
pub(super) struct Draft {
    /// For which page.
    pub(super) page: Page,
    /// What it is, once that was said.
    pub(super) kind: Option<Kind>,
    /// What it answers.
    pub(super) parent: Option<String>,
    /// Its title; none when the form has no field for it.
    pub(super) title: Option<String>,
    /// What was typed.
    pub(super) text: String,
    /// What a notice is.
    pub(super) notice: String,
    /// Its last day.
    pub(super) expires: String,
    /// Whether its writer wants to hear what is new on the page.
    pub(super) follow: bool,
    /// What makes the form that it came in one of its own.
    pub(super) once: Option<String>,
    /// What is wrong with it.
    pub(super) faults: Faults,
}

impl Draft {
    /// Nothing yet. `kind`: what it is in any case.
    pub(super) fn empty(page: &Page, kind: Option<Kind>, parent: Option<&str>) -> Draft {
        let only = (page.kinds.len() == 1).then(|| page.kinds[0]);
        Draft {
            page: page.clone(),
            kind: if parent.is_some() { Some(Kind::Answer) } else { kind.or(only) },
            parent: parent.map(ToOwned::to_owned),
            title: parent.is_none().then(String::new),
            text: String::new(),
            notice: String::new(),
            expires: String::new(),
            follow: false,
            once: None,
            faults: Faults::default(),
        }
    }

    /// What is there now, to be changed.
    pub(super) fn of(page: &Page, kept: &Kept) -> Draft {
        Draft {
            title: (kept.kind != Kind::Answer).then(|| kept.title.clone().unwrap_or_default()),
            text: kept.text.clone(),
            notice: kept.notice.clone().unwrap_or_default(),
            expires: kept.expires.clone().unwrap_or_default(),
            ..Draft::empty(page, Some(kept.kind), kept.parent.as_deref())
        }
    }

    /// What the form says. `kind`: what it is in any case, else the form says it.
    pub(super) fn read(visit: &Visit<'_>, page: &Page, kind: Option<Kind>, parent: Option<&str>) -> Draft {
        let form = &visit.form;
        let mut draft = Draft::empty(page, kind, parent);
        if let Some(kind) = Kind::taken(form.text("soort")).filter(|_| kind.is_none() && parent.is_none()) {
            draft.kind = Some(kind);
        }
        draft.title = draft.title.and(form.get("titel")).map(text::one_line);
        draft.text = text::tidy(form.text("tekst")).trim().to_owned();
        draft.notice = form.text("bericht_soort").to_owned();
        draft.expires = form.text("verloopt_op").trim().to_owned();
        draft.follow = form.ticked("volgen");
        draft.once = form.get("eenmalig").filter(|once| is_key(once)).map(ToOwned::to_owned);
        if draft.kind == Some(Kind::Notice) && draft.title.is_none() {
            draft.title = Some(String::new());
        }
        let is_known = kind.is_some();
        draft.look(visit, is_known);
        draft
    }

    /// Finds what is wrong.
    fn look(&mut self, visit: &Visit<'_>, is_known: bool) {
        match self.kind {
            None => self.faults.add("soort", "Kies wat u wilt plaatsen."),
            Some(Kind::Answer) => {}
            Some(kind) if !is_known && !self.page.kinds.contains(&kind) => {
                self.faults.add("soort", "Dit kan op deze pagina niet. Kies iets anders.");
            }
            Some(_) => {}
        }
        self.look_at_title();
        self.look_at_text();
        if self.kind == Some(Kind::Notice) {
            self.look_at_notice(visit);
        }
    }

    fn look_at_title(&mut self) {
        let Some(title) = &self.title else { return };
        let needed = match self.kind {
            Some(Kind::Question) => Some("Schrijf uw vraag in één zin."),
            Some(Kind::Notice) => Some("Schrijf in één zin waar het om gaat."),
            _ => None,
        };
        let length = title.chars().count();
        if let Some(says) = needed.filter(|_| length == 0) {
            self.faults.add("titel", says);
        } else if length > TITLE {
            self.faults.add(
                "titel",
                format!("Maak dit korter: er passen {TITLE} tekens in, en u schreef er {length}."),
            );
        }
    }

    fn look_at_text(&mut self) {
        let length = self.text.chars().count();
        if length > LONGEST {
            let says =
                format!("Maak uw tekst korter: er passen {LONGEST} tekens in, en u schreef er {length}.");
            self.faults.add("tekst", says);
        } else if text::plain(&text::to_html(&self.text)).is_empty() {
            self.faults.add("tekst", "Schrijf eerst uw tekst.");
        }
    }

    fn look_at_notice(&mut self, visit: &Visit<'_>) {
        if !NOTICES.contains(&self.notice.as_str()) {
            self.faults.add("bericht_soort", "Kies wat voor bericht het is.");
        }
        let days = visit.app.settings.table.notice_days;
        let (today, last) = (clock::day(visit.now), clock::day(visit.now + days * DAY));
        let is_day = self.expires.len() == 10 && self.expires.parse::<jiff::civil::Date>().is_ok();
        if !is_day {
            self.faults.add("verloopt_op", format!("Vul een dag in, zoals {last}."));
        } else if self.expires < today {
            self.faults.add("verloopt_op", "Deze dag is al voorbij. Kies vandaag of een dag erna.");
        } else if self.expires > last {
            let says = format!(
                "Een bericht blijft hooguit {days} dagen staan. Kies {} of eerder.",
                clock::spoken_day(&last)
            );
            self.faults.add("verloopt_op", says);
        }
    }

    /// Title and text, as they are looked through.
    pub(super) fn words(&self) -> String {
        whole(self.title.as_deref(), &self.text)
    }

    /// As it is kept.
    pub(super) fn said<'a>(&'a self, state: State, holds: &'a str) -> Said<'a> {
        let is_notice = self.kind == Some(Kind::Notice);
        Said {
            title: self.title.as_deref().filter(|title| !title.is_empty()),
            text: &self.text,
            notice: is_notice.then_some(self.notice.as_str()),
            expires: is_notice.then_some(self.expires.as_str()),
            state,
            holds,
        }
    }

    /// Whether this is what was kept.
    pub(super) fn is(&self, kept: &Kept) -> bool {
        let said = self.said(kept.state, "");
        (said.title, said.text, said.notice, said.expires)
            == (kept.title.as_deref(), kept.text.as_str(), kept.notice.as_deref(), kept.expires.as_deref())
            && (self.kind_kept(), self.parent.as_deref()) == (kept.kind, kept.parent.as_deref())
    }

    /// What it is, as it is kept.
    pub(super) fn kind_kept(&self) -> Kind {
        self.kind.unwrap_or(Kind::Remark)
    }

    /// As it would stand on the site.
    pub(super) fn preview(&self) -> Markup {
        html! {
            div.reactie {
                @if let Some(title) = self.title.as_deref().filter(|title| !title.is_empty()) { h3 { (title) } }
                div.reactie-tekst { (maud::PreEscaped(text::to_html(&self.text))) }
            }
        }
    }

    /// What is sent along unseen: for which page, and what it answers.
    pub(super) fn unseen_fields(&self) -> Markup {
        html! {
            (unseen("pagina", &self.page.id))
            @if let Some(parent) = &self.parent { (unseen("soort", "antwoord")) (unseen("ouder", parent)) }
            @else if let [only] = self.page.kinds.as_slice() { (unseen("soort", only.word())) }
        }
    }

    /// Everything that was typed, unseen.
    pub(super) fn all_unseen(&self) -> Markup {
        html! {
            (self.unseen_fields())
            @if let (Some(kind), None) = (self.kind, &self.parent) {
                @if self.page.kinds.len() > 1 { (unseen("soort", kind.word())) }
            }
            @if let Some(title) = &self.title { (unseen("titel", title)) }
            (unseen("tekst", &self.text))
            @if self.kind == Some(Kind::Notice) {
                (unseen("bericht_soort", &self.notice))
                (unseen("verloopt_op", &self.expires))
            }
            @if self.follow { (unseen("volgen", "ja")) }
            @if let Some(once) = &self.once { (unseen("eenmalig", once)) }
        }
    }

    /// The fields, with what was typed and what is wrong.
    pub(super) fn fields(&self, visit: &Visit<'_>) -> Markup {
        let kinds: Vec<(&str, &str)> =
            self.page.kinds.iter().map(|kind| (kind.word(), choice(*kind))).collect();
        let has_notices = self.page.kinds.contains(&Kind::Notice) && self.parent.is_none();
        let chosen = self.kind.map_or("", Kind::word);
        html! {
            @if self.parent.is_none() && kinds.len() > 1 {
                (Field::one_of("soort", "Wat wilt u plaatsen?", &kinds).value(chosen).show(&self.faults))
            }
            (self.content(visit, has_notices))
        }
    }

    /// The fields of what is there already: what it is stays as it is.
    pub(super) fn content(&self, visit: &Visit<'_>, is_notice: bool) -> Markup {
        let only = (self.page.kinds.len() == 1 || is_notice).then_some(self.kind).flatten();
        let (title, about) = match only {
            Some(Kind::Question) => ("Uw vraag in één zin", "Deze zin staat in de lijst."),
            Some(Kind::Notice) => ("Uw bericht in één zin", "Deze zin staat in de lijst."),
            _ => ("Titel", "Bij een vraag: uw vraag in één zin. Anders mag dit leeg blijven."),
        };
        let text = match self.kind {
            Some(Kind::Answer) => "Uw antwoord",
            Some(Kind::Question) if only.is_some() => "Meer uitleg bij uw vraag",
            Some(Kind::Notice) => "Uw bericht",
            _ => "Uw tekst",
        };
        let last = clock::spoken_day(&clock::day(visit.now + visit.app.settings.table.notice_days * DAY));
        let until = format!("Na deze dag haalt het platform het bericht vanzelf weg. Uiterlijk {last}.");
        html! {
            @if is_notice {
                (Field::one_of("bericht_soort", "Wat voor bericht is het?", &NOTICE_WORDS).value(&self.notice).show(&self.faults))
            }
            @if let Some(value) = &self.title {
                @let field = Field::text("titel", title).explained(about).value(value).autocomplete("off");
                (if only.is_some() { field } else { field.optional() }.show(&self.faults))
            }
            (Field::lines("tekst", text, 8).explained("Een lege regel begint een nieuwe alinea.").value(&self.text)
                .autocomplete("off").show(&self.faults))
            @if is_notice {
                (Field::day("verloopt_op", "Laatste dag").explained(&until).value(&self.expires).autocomplete("off")
                    .show(&self.faults))
            }
        }
    }
}

/// Whether a text can be what makes a form one of its own.
fn is_key(once: &str) -> bool {
    (16..=64).contains(&once.len())
        && once.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// The box by which a member hears what is new on a page.
pub(super) fn follow_box(ticked: bool) -> Markup {
    tick("volgen", "Stuur mij een mail als hier iets nieuws staat", ticked)
}

fn choice(kind: Kind) -> &'static str {
    match kind {
        Kind::Question => "Een vraag",
        Kind::Remark => "Een opmerking",
        Kind::Experience => "Een ervaring",
        Kind::Notice => "Een bericht",
        Kind::Answer => "Een antwoord",
    }
}
