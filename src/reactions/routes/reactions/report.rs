//! Saying that something should not stand there. In: a reaction, and why. Out: a report that waits for a moderator.
//!
//! Visitors without an account report, too: whoever recognises themselves or their child in a text must not have to become
//! a member first. What a member reports as leading to a youngster or a family is taken off the site at once, until a
//! moderator has read it; what visitors report is not, because anybody could empty the site that way. After a moderator
//! looked at such a report about this very text, the next one takes nothing down by itself. Of a visitor nothing is kept
//! with the report, not even the network.

use maud::html;

use super::show::{alone, beware, thread_of};
use super::{tell, within};
use crate::accepted::text;
use crate::reactions::clock::{DAY, HOUR};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, told, unseen, went_well};
use crate::reactions::secrets::is_id;
use crate::reactions::store::moderation::Report;
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::store::throttle::Limit;
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

/// So often one network may report: a whole town hall may be one.
const NETWORK: Limit = Limit { most: 20, window: HOUR };
/// So often a member may.
const MEMBER: Limit = Limit { most: 20, window: DAY };
/// More open reports about one reaction tell a moderator nothing new.
const ENOUGH: i64 = 20;
/// The longest explanation.
const LONGEST: usize = 600;

/// Why, as it is sent and read.
const WHY: [(&str, &str); 4] = [
    ("herkenbaar", "Een jongere of gezin is te herkennen"),
    ("kwetsend", "Het is kwetsend of onveilig"),
    ("reclame", "Het is reclame of hoort niet bij deze pagina"),
    ("anders", "Iets anders"),
];
/// The one of them that may take a text off the site.
const RECOGNISABLE: (&str, &str) = WHY[0];
/// What a moderator reads when something was taken off the site by a report.
const HOLD: &str =
    "Een deelnemer meldt dat een jongere of gezin te herkennen is. De tekst is daarom van de site gehaald.";

fn placed(visit: &Visit<'_>, id: &str) -> Result<Kept, Trouble> {
    let found = if is_id(id) { visit.app.store.read(|tx| tx.reaction(id))? } else { None };
    found.filter(|kept| kept.state == State::Placed).ok_or(Trouble::NotFound)
}

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    if visit.query.text("gedaan") == "ja" {
        let content = html! {
            (went_well("Dank u wel. Een moderator kijkt naar uw melding."))
            (beware())
            p { a href=(visit.app.path("")) { "Naar de beginpagina van Meedoen" } }
        };
        return Ok(visit.page(200, "Uw melding is binnen", &content));
    }
    let kept = placed(visit, visit.query.text("reactie"))?;
    Ok(shown(visit, 200, &kept, ("", ""), &Faults::default()))
}

fn shown(visit: &Visit<'_>, status: u16, kept: &Kept, typed: (&str, &str), faults: &Faults) -> Response {
    let content = html! {
        (faults.summary())
        (beware())
        p { "U meldt dat deze tekst hier niet hoort. Een moderator kijkt ernaar. Wie de tekst schreef, hoort niet van wie de melding komt." }
        h2 { "De tekst" }
        (alone(kept))
        (form(visit, "melden", &html! {
            (unseen("reactie", &kept.id))
            (Field::one_of("waarom", "Waarom hoort dit hier niet?", &WHY).value(typed.0).show(faults))
            (Field::lines("uitleg", "Uitleg", 4).explained("Schrijf zelf ook geen namen of gegevens op.").value(typed.1)
                .autocomplete("off").optional().show(faults))
            (buttons("Verstuur uw melding", Some(&visit.app.path(&thread_of(&kept.page)))))
        }))
        @if visit.account.is_none() { (told("U hoeft niet in te loggen. Wij bewaren niet wie u bent.")) }
    };
    visit.page(status, "Dit hoort hier niet", &content)
}

pub(super) fn report(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let kept = placed(visit, visit.form.text("reactie"))?;
    let explained = text::tidy(visit.form.text("uitleg")).trim().to_owned();
    let why = visit.form.text("waarom");
    let mut faults = Faults::default();
    let Some((_, words)) = WHY.iter().find(|(sent, _)| *sent == why) else {
        faults.add("waarom", "Kies waarom dit hier niet hoort.");
        return Ok(shown(visit, 422, &kept, (why, &explained), &faults));
    };
    if explained.chars().count() > LONGEST {
        faults.add("uitleg", format!("Maak uw uitleg korter: er passen {LONGEST} tekens in."));
        return Ok(shown(visit, 422, &kept, (why, &explained), &faults));
    }
    visit.count("melden", &visit.network(), NETWORK)?;
    if let Some(account) = &visit.account {
        visit.count("melden", &account.id, MEMBER)?;
    }
    let reason = format!("{words}. {explained}").trim().to_owned();
    let report = Report {
        id: visit.id()?,
        reaction: kept.id,
        account: visit.account.as_ref().map(|account| account.id.clone()),
        reason,
        created: visit.now,
    };
    visit.app.store.write(|tx| reported(visit, tx, &report, why == RECOGNISABLE.0))?;
    (visit.app.wake)();
    Ok(visit.see("melden?gedaan=ja"))
}

fn reported(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    report: &Report,
    is_recognisable: bool,
) -> Result<(), StoreError> {
    let (open, _) = tx.report_counts(&report.reaction)?;
    let placed = tx.reaction(&report.reaction)?.filter(|kept| kept.state == State::Placed);
    let Some(kept) = placed.filter(|_| open < ENOUGH) else { return Ok(()) };
    tx.add_report(report)?;
    let mut entry = within(visit.entry("melding/gedaan", Some(&report.reaction), None))?;
    if visit.account.is_none() {
        entry.network = None;
    }
    tx.note(&entry)?;
    let by_member = visit.account.as_ref().is_some_and(|account| account.is_active());
    if is_recognisable && by_member && !tx.was_looked_at(&kept.id, RECOGNISABLE.1, kept.version())? {
        tx.hold_reaction(&report.reaction, HOLD, visit.now)?;
        tell::changed(visit, tx)?;
    }
    tell::waits(visit, tx)
}
