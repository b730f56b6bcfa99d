//! Everything below one page as it is now, and the form: works without a script. In: the id of a page. Out: its thread,
//! with what its own writer may do, and what a moderator may.

use maud::{Markup, html};

use super::draft::{Draft, follow_box};
use super::show::{article, back_to, beware, help, the_thread, thread_of};
use super::{change, choose};
use crate::model::reaction::Kind;
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::holds::names_danger;
use crate::reactions::routes::fields::{buttons, form, look_out, unseen, went_well};
use crate::reactions::routes::moderation::scope;
use crate::reactions::secrets::{self, is_id};
use crate::reactions::site::Page;
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::visit::{Trouble, Visit};

/// The page that is asked about.
pub(super) fn asked(visit: &Visit<'_>, id: &str) -> Result<Page, Trouble> {
    visit.app.site.pages().get(id).cloned().ok_or(Trouble::NotFound)
}

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let page = asked(visit, visit.query.text("id"))?;
    let me = visit.account.as_ref().map(|account| account.id.clone());
    let (placed, mine) = visit.app.store.read(|tx| {
        let mine = match &me {
            Some(me) => tx.reactions_of(me)?,
            None => Vec::new(),
        };
        Ok((tx.placed_on(&page.id)?, mine))
    })?;
    let mine: Vec<Kept> = mine.into_iter().filter(|one| one.page == page.id).collect();
    let threads = the_thread(&placed, &clock::day(visit.now));
    let looks = Looks { visit, page: &page, decides: scope::decides(visit, &page.id) };
    let answered = visit.query.text("antwoord");
    let answered = threads.iter().map(|(one, _)| one).find(|one| is_id(answered) && one.id == answered);
    let content = html! {
        (back_to(visit, &page))
        (looks.news(&mine))
        h2 { "Reacties" }
        @if threads.is_empty() && answered.is_none() { p.draden-leeg { "Er is nog niet gereageerd." } }
        ul.draden {
            @for (one, answers) in &threads { li { (looks.with_answers(one, answers, &mine)) } }
            @for one in mine.iter().filter(|one| one.state == State::Waiting && one.parent.is_none()) {
                li { (looks.waiting(one)) }
            }
        }
        (looks.form(answered)?)
        (looks.links())
    };
    Ok(visit.page(200, &format!("Reacties op ‘{}’", page.title), &content))
}

/// A visit to the thread of a page.
struct Looks<'a> {
    visit: &'a Visit<'a>,
    page: &'a Page,
    decides: bool,
}

impl Looks<'_> {
    fn is_mine(&self, kept: &Kept) -> bool {
        let me = self.visit.account.as_ref().map(|account| account.id.as_str());
        me.is_some() && kept.account.as_deref() == me
    }

    /// What became of the text that was just posted.
    fn news(&self, mine: &[Kept]) -> Markup {
        let new = self.visit.query.text("nieuw");
        let Some(new) = mine.iter().find(|one| one.id == new) else { return html! {} };
        html! {
            @if names_danger(&new.words()) { (help()) }
            @match new.state {
                State::Placed => (went_well("Dank u wel. Uw tekst staat nu op de site.")),
                State::Waiting => {
                    (went_well("Dank u wel. Uw tekst is binnen. Een moderator leest hem eerst; daarna krijgt u een mail."))
                    @for says in super::appears::for_member(&super::appears::found(self.visit, &new.words())) { (look_out(says)) }
                }
                _ => {}
            }
        }
    }

    fn with_answers(&self, one: &Kept, answers: &[Kept], mine: &[Kept]) -> Markup {
        let below = html! {
            @for answer in answers { (article(answer, true, &self.does(answer, Some(one)), &html! {})) }
            @for answer in mine.iter().filter(|my| my.state == State::Waiting && my.parent.as_ref() == Some(&one.id)) {
                (self.waiting(answer))
            }
        };
        article(one, false, &self.does(one, None), &below)
    }

    /// What can be done with a reaction.
    fn does(&self, kept: &Kept, parent: Option<&Kept>) -> Markup {
        let path = |below: &str| self.visit.app.path(below);
        let chooses =
            parent.filter(|parent| parent.kind == Kind::Question && (self.decides || self.is_mine(parent)));
        html! {
            p.reactie-doen {
                @if parent.is_none() {
                    a href={ (path(&thread_of(&self.page.id))) "&antwoord=" (kept.id) "#reageer" } {
                        "Geef antwoord" span.alleen-voorlezen { " op de reactie van " (kept.author) }
                    } " "
                }
                @if self.is_mine(kept) {
                    @if change::may(self.visit, kept) { a href={ (path("wijzigen")) "?reactie=" (kept.id) } { "Wijzig" } " " }
                    a href={ (path("intrekken")) "?reactie=" (kept.id) } { "Trek in" } " "
                }
                @if self.decides { a href={ (path("beheer/oordeel")) "?reactie=" (kept.id) } { "Beoordeel" } " " }
                a href={ (path("melden")) "?reactie=" (kept.id) } {
                    "Dit hoort hier niet" span.alleen-voorlezen { " (reactie van " (kept.author) ")" }
                }
            }
            @if chooses.is_some() { (choose::button(self.visit, kept)) }
        }
    }

    /// What only its writer sees.
    fn waiting(&self, kept: &Kept) -> Markup {
        let path = |below: &str| format!("{}?reactie={}", self.visit.app.path(below), kept.id);
        let class =
            if kept.parent.is_some() { "reactie reactie-wacht antwoord" } else { "reactie reactie-wacht" };
        let heading =
            html! { @match &kept.title { Some(title) => (title), None => { "Uw " (kept.kind.word()) } } };
        html! {
            article class=(class) id={ "reactie-" (kept.id) } {
                header {
                    p.reactie-merk { span.stand.stand-wacht { "Wacht" } }
                    @if kept.parent.is_some() { h4 { (heading) } } @else { h3 { (heading) } }
                    p.reactie-wie { "Alleen u ziet dit. Een moderator leest het eerst." }
                }
                div.reactie-tekst { (maud::PreEscaped(crate::accepted::text::to_html(&kept.text))) }
                p.reactie-doen { a href=(path("wijzigen")) { "Wijzig" } " " a href=(path("intrekken")) { "Trek in" } }
            }
        }
    }

    fn form(&self, answered: Option<&Kept>) -> Result<Markup, Trouble> {
        let visit = self.visit;
        if visit.account.as_ref().is_some_and(|account| !account.is_active()) {
            return Ok(look_out("Bevestig eerst uw mailadres. Daarna kunt u hier reageren."));
        }
        let draft = Draft::empty(self.page, None, answered.map(|one| one.id.as_str()));
        let (heading, sends) = words(&draft);
        let once = secrets::token().map_err(Trouble::Machine)?;
        Ok(html! {
            section.reageer #reageer aria-labelledby="reageer-kop" {
                h2 #reageer-kop { (heading) @if let Some(one) = answered { " op de reactie van " bdi { (one.author) } } }
                (beware())
                p {
                    "Een moderator leest een reactie meestal eerst. Daarna staat zij hier voor iedereen, met uw naam zoals die \
                     in uw profiel staat."
                }
                @if visit.account.is_none() {
                    p { "Om te plaatsen logt u in. Schrijf gerust eerst: uw tekst gaat mee." }
                }
                (form(visit, "plaatsen", &html! {
                    (draft.unseen_fields())
                    (unseen("eenmalig", &once))
                    (draft.fields(visit))
                    @if visit.account.is_some() { (follow_box(false)) }
                    (buttons(sends, None))
                }))
            }
        })
    }

    fn links(&self) -> Markup {
        let id: String = url::form_urlencoded::byte_serialize(self.page.id.as_bytes()).collect();
        html! {
            p.klein {
                a href={ (self.visit.app.path("volgen")) "?pagina=" (id) } { "Krijg een mail bij een nieuwe reactie" } " "
                a href={ (self.visit.app.path("atom")) "?pagina=" (id) } { "Volg de reacties in een nieuwslezer (Atom)" }
            }
        }
    }
}

/// The heading above a form and the words on its button.
pub(super) fn words(draft: &Draft) -> (&'static str, &'static str) {
    match (draft.kind, draft.page.kinds.as_slice()) {
        (Some(Kind::Answer), _) => ("Geef antwoord", "Plaats uw antwoord"),
        (_, [Kind::Question]) => ("Stel een vraag", "Stel uw vraag"),
        (_, [Kind::Notice]) => ("Hang een bericht op", "Hang uw bericht op"),
        _ => ("Plaats een reactie", "Plaats uw reactie"),
    }
}
