//! One reaction, and the decision about it. In: a decision, its reason, and which text was read. Out: the reaction placed,
//! declined, sent back or removed; its writer told; the reason in the log.
//!
//! Who decides says which text they read: when it was changed meanwhile, or somebody else decided, nothing is done.

use maud::{Markup, html};

use super::{queue, scope};
use crate::accepted::text;
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, look_out, unseen};
use crate::reactions::routes::reactions::{tell, within};
use crate::reactions::secrets::is_id;
use crate::reactions::site::Page;
use crate::reactions::store::accounts::Role;
use crate::reactions::store::moderation::Report;
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

/// The longest reason.
const LONGEST: usize = 600;

/// What a moderator can decide.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Place,
    Decline,
    SendBack,
    Remove,
}

impl Decision {
    const ALL: [Decision; 4] = [Decision::Place, Decision::Decline, Decision::SendBack, Decision::Remove];

    fn sent(self) -> &'static str {
        match self {
            Decision::Place => "plaatsen",
            Decision::Decline => "afwijzen",
            Decision::SendBack => "terug",
            Decision::Remove => "verwijderen",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Decision::Place => "Plaatsen",
            Decision::Decline => "Niet plaatsen: de schrijver kan de tekst veranderen en opnieuw insturen",
            Decision::SendBack => "Van de site halen en terugzetten in de wachtrij",
            Decision::Remove => "Verwijderen: de tekst is dan echt weg",
        }
    }

    fn action(self) -> &'static str {
        match self {
            Decision::Place => "reactie/geplaatst",
            Decision::Decline => "reactie/afgewezen",
            Decision::SendBack => "reactie/teruggezet",
            Decision::Remove => "reactie/verwijderd",
        }
    }

    /// Whether it changes anything about what is in this state.
    fn fits(self, state: State) -> bool {
        match self {
            Decision::Place => matches!(state, State::Waiting | State::Declined),
            Decision::Decline => matches!(state, State::Waiting | State::Placed),
            Decision::SendBack => matches!(state, State::Placed | State::Declined),
            Decision::Remove => true,
        }
    }
}

/// What is said after a decision.
pub(super) fn done(sent: &str) -> Option<&'static str> {
    match sent {
        "plaatsen" => Some("De tekst is geplaatst. De schrijver krijgt een mail."),
        "afwijzen" => Some("De tekst is niet geplaatst. De schrijver krijgt een mail met uw reden."),
        "terug" => Some("De tekst is van de site en staat weer in de wachtrij."),
        "verwijderen" => Some("De tekst is verwijderd. De schrijver krijgt een mail met uw reden."),
        _ => None,
    }
}

/// The reaction, when this visitor decides about it. To anybody else it is not there.
pub(super) fn found(visit: &Visit<'_>, id: &str) -> Result<Kept, Trouble> {
    visit.at_least(Role::Moderator)?;
    let found = if is_id(id) { visit.app.store.read(|tx| tx.reaction(id))? } else { None };
    found.filter(|kept| scope::decides(visit, &kept.page)).ok_or(Trouble::NotFound)
}

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let kept = found(visit, visit.query.text("reactie"))?;
    shown(visit, 200, &kept, ("", ""), &Faults::default(), None)
}

fn shown(
    visit: &Visit<'_>,
    status: u16,
    kept: &Kept,
    typed: (&str, &str),
    faults: &Faults,
    note: Option<&str>,
) -> Result<Response, Trouble> {
    if kept.state == State::Withdrawn {
        let content = html! {
            (look_out("Deze tekst is er niet meer: hij is ingetrokken of verwijderd."))
            p { a href=(visit.app.path("beheer")) { "Naar de wachtrij" } }
        };
        return Ok(visit.page(status, "Oordeel", &content));
    }
    let (counts, reports, parent, reported) = visit.app.store.read(|tx| about(visit, tx, kept))?;
    let choices: Vec<(&str, &str)> = Decision::ALL
        .iter()
        .filter(|one| one.fits(kept.state))
        .map(|one| (one.sent(), one.words()))
        .collect();
    let content = html! {
        (faults.summary())
        @if let Some(note) = note { (look_out(note)) }
        (queue::links(visit, reported))
        p { "Deze tekst " span class={ "stand stand-" (kept.state.word()) } { (standing(kept.state)) } "." }
        h2 { "De tekst" }
        (queue::about(visit, kept, counts, parent.as_ref()))
        (said(&reports, 2))
        h2 { "Uw besluit" }
        (form(visit, "beheer/oordeel", &html! {
            (read_was(kept))
            (Field::one_of("oordeel", "Wat besluit u?", &choices).value(typed.0).show(faults))
            (Field::lines("reden", "Uw reden", 4)
                .explained("Nodig als u niet plaatst. De schrijver leest uw reden; zij staat ook in het logboek. Herhaal niet wat iemand herkenbaar maakt.")
                .value(typed.1).autocomplete("off").show(faults))
            (buttons("Leg uw besluit vast", Some(&visit.app.path("beheer"))))
        }))
    };
    Ok(visit.page(status, "Oordeel", &content))
}

/// What became of a text: "deze tekst …".
fn standing(state: State) -> &'static str {
    match state {
        State::Waiting => "wacht op een oordeel",
        State::Placed => "staat op de site",
        State::Declined => "is niet geplaatst",
        State::Withdrawn => "is er niet meer",
    }
}

type Around = (i64, Vec<Report>, Option<Kept>, i64);

fn about(visit: &Visit<'_>, tx: &mut Tx<'_>, kept: &Kept) -> Result<Around, StoreError> {
    let placed = match &kept.account {
        Some(account) => tx.reaction_counts(account)?.placed,
        None => 0,
    };
    let parent = match &kept.parent {
        Some(parent) => tx.reaction(parent)?,
        None => None,
    };
    let (_, reported) = scope::waits(visit, tx)?;
    Ok((placed, tx.reports_about(&kept.id)?, parent, reported))
}

/// What reports say, below a heading of this level. Who reported stays unsaid: moderators decide about the text.
pub(super) fn said(reports: &[Report], level: u8) -> Markup {
    html! {
        @if !reports.is_empty() {
            @if level == 2 { h2 { "Meldingen" } } @else { h3 { "Meldingen" } }
            ul {
                @for report in reports {
                    li {
                        (clock::spoken(report.created)) ", door "
                        @if report.account.is_some() { "een deelnemer" } @else { "een bezoeker" } ": " q { (report.reason) }
                    }
                }
            }
        }
    }
}

/// Which text was read, sent along unseen.
fn read_was(kept: &Kept) -> Markup {
    html! {
        (unseen("reactie", &kept.id))
        (unseen("gezien", &kept.version().to_string()))
        (unseen("stand", kept.state.word()))
    }
}

/// The button for what is most often decided, and the way to the rest.
pub(super) fn quick(visit: &Visit<'_>, kept: &Kept) -> Markup {
    let words = text::summary(kept.title.as_deref().unwrap_or(&text::plain(&text::to_html(&kept.text))), 60);
    form(
        visit,
        "beheer/oordeel",
        &html! {
            (read_was(kept))
            p.knoppen {
                button.knop name="oordeel" value="plaatsen" { "Plaatsen" span.alleen-voorlezen { " (" (words) ")" } } " "
                a href={ (visit.app.path("beheer/oordeel")) "?reactie=" (kept.id) } {
                    "Niet plaatsen, of iets anders" span.alleen-voorlezen { " (" (words) ")" }
                }
            }
        },
    )
}

pub(super) fn judge(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let kept = found(visit, visit.form.text("reactie"))?;
    let sent = visit.form.text("oordeel");
    let reason = text::tidy(visit.form.text("reden")).trim().to_owned();
    let decision = Decision::ALL.into_iter().find(|one| one.sent() == sent);
    let faults = faults(decision, &reason);
    let Some(decision) = decision.filter(|_| faults.is_empty()) else {
        return shown(visit, 422, &kept, (sent, &reason), &faults, None);
    };
    let done = visit.app.store.write(|tx| decide(visit, tx, &kept.id, decision, &reason))?;
    let note = match done {
        Done::Decided => None,
        Done::Changed => Some(
            "Er is nog niets besloten. De tekst is intussen veranderd, of een ander besliste al. Lees hem opnieuw.",
        ),
        Done::NothingToAnswer => Some(
            "Er is nog niets besloten. Waar dit op antwoordt, staat niet op de site. Dan ziet niemand dit antwoord.",
        ),
    };
    if note.is_some() {
        let now = found(visit, &kept.id)?;
        return shown(visit, 409, &now, (sent, &reason), &Faults::default(), note);
    }
    (visit.app.wake)();
    Ok(visit.see(&format!("beheer?gedaan={}", decision.sent())))
}

fn faults(decision: Option<Decision>, reason: &str) -> Faults {
    let mut faults = Faults::default();
    if decision.is_none() {
        faults.add("oordeel", "Kies wat u besluit.");
    }
    let is_needed = decision.is_some_and(|decision| decision != Decision::Place);
    if is_needed && reason.is_empty() {
        faults.add("reden", "Schrijf waarom. De schrijver leest dit.");
    }
    if reason.chars().count() > LONGEST {
        faults.add("reden", format!("Maak uw reden korter: er passen {LONGEST} tekens in."));
    }
    faults
}

/// What came of a decision.
enum Done {
    Decided,
    /// The text is not the one any more that was read, or somebody else decided.
    Changed,
    /// What it answers is not on the site, so nobody would see it there.
    NothingToAnswer,
}

/// Decides, if the text is still the one that was read.
fn decide(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    id: &str,
    decision: Decision,
    reason: &str,
) -> Result<Done, StoreError> {
    let was_read = |kept: &Kept| {
        visit.form.text("gezien") == kept.version().to_string()
            && visit.form.text("stand") == kept.state.word()
            && kept.state != State::Withdrawn
            && decision.fits(kept.state)
    };
    let Some(kept) = tx.reaction(id)?.filter(was_read) else { return Ok(Done::Changed) };
    if decision == Decision::Place && !tx.has_its_place(&kept)? {
        return Ok(Done::NothingToAnswer);
    }
    let said = Some(reason).filter(|reason| !reason.is_empty());
    match decision {
        Decision::Place => tx.decide_reaction(id, State::Placed, None, visit.now)?,
        Decision::Decline => tx.decide_reaction(id, State::Declined, said, visit.now)?,
        Decision::SendBack => tx.decide_reaction(id, State::Waiting, said, visit.now)?,
        Decision::Remove => tx.erase_reaction(id, said, visit.now)?,
    }
    tx.close_reports(id, visit.now)?;
    tx.note(&within(visit.entry(decision.action(), Some(id), said))?)?;
    let page = page_of(visit, &kept);
    if decision == Decision::Place {
        tell::appeared(visit, tx, &page, &kept)?;
    } else if kept.state == State::Placed {
        tell::changed(visit, tx)?;
    }
    match decision {
        Decision::Place => tell::placed(visit, tx, &page.title, &kept)?,
        Decision::Decline => tell::declined(visit, tx, &page.title, &kept, reason)?,
        Decision::Remove => tell::removed(visit, tx, &page.title, &kept, reason)?,
        Decision::SendBack => tell::waits(visit, tx)?,
    }
    Ok(Done::Decided)
}

/// The page of a reaction, also when the site has it no more.
fn page_of(visit: &Visit<'_>, kept: &Kept) -> Page {
    visit.app.site.pages().get(&kept.page).cloned().unwrap_or_else(|| Page {
        id: kept.page.clone(),
        title: kept.page.clone(),
        url: "/".to_owned(),
        kinds: Vec::new(),
        scopes: Vec::new(),
        lang: String::new(),
    })
}
