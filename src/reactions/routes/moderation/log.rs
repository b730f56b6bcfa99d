//! Who decided what, and why. In: whoever decides. Out: the log of the pages they decide about, newest first; a beheerder
//! sees all of it.

use maud::{Markup, html};

use super::{queue, scope};
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::told;
use crate::reactions::secrets::is_id;
use crate::reactions::store::accounts::Role;
use crate::reactions::store::moderation::Line;
use crate::reactions::visit::{Trouble, Visit};

/// So many rows stand on one page.
const SHOWN: usize = 50;
/// So many are asked for at a time.
const PIECE: i64 = 200;
/// Behind every id.
const LAST: &str = "ZZZZZZZZZZZZZZZZZZZZZZZZZZ";

/// What was done, in words.
const WORDS: [(&str, &str); 34] = [
    ("reactie/verschenen", "Tekst verscheen vanzelf"),
    ("reactie/geplaatst", "Tekst geplaatst"),
    ("reactie/afgewezen", "Tekst niet geplaatst"),
    ("reactie/teruggezet", "Tekst teruggezet in de wachtrij"),
    ("reactie/verwijderd", "Tekst verwijderd"),
    ("reactie/gewijzigd", "Tekst gewijzigd door de schrijver"),
    ("reactie/ingetrokken", "Tekst ingetrokken door de schrijver"),
    ("reactie/gekozen", "Antwoord gekozen"),
    ("reactie/niet-gekozen", "Antwoord niet meer gekozen"),
    ("melding/gedaan", "Melding gedaan"),
    ("melding/afgehandeld", "Melding afgehandeld"),
    ("account/aangemeld", "Aangemeld"),
    ("account/bevestigd", "Mailadres bevestigd"),
    ("bevestigen/mislukt", "Mailadres bevestigen mislukt"),
    ("account/verwijderd", "Account verwijderd"),
    ("account/geblokkeerd", "Deelnemer geblokkeerd"),
    ("account/vrijgegeven", "Deelnemer weer toegelaten"),
    ("account/vertrouwen", "Meteen plaatsen veranderd"),
    ("account/uitgelogd", "Deelnemer overal uitgelogd"),
    ("rol/veranderd", "Rol veranderd"),
    ("beheerder/link", "Link voor een beheerder gemaakt"),
    ("inloggen/gelukt", "Ingelogd"),
    ("inloggen/mislukt", "Inloggen mislukt"),
    ("inloggen/uit", "Uitgelogd"),
    ("inloggen/beeindigd", "Op een ander apparaat uitgelogd"),
    ("wachtwoord/gevraagd", "Nieuw wachtwoord gevraagd"),
    ("wachtwoord/nieuw", "Nieuw wachtwoord gemaakt"),
    ("wachtwoord/veranderd", "Wachtwoord veranderd"),
    ("wachtwoord/mislukt", "Nieuw wachtwoord maken mislukt"),
    ("mailadres/gevraagd", "Ander mailadres gevraagd"),
    ("mailadres/veranderd", "Mailadres veranderd"),
    ("extra-code/aan", "Inloggen met extra code aangezet"),
    ("extra-code/uit", "Inloggen met extra code uitgezet"),
    ("gegevens/gedownload", "Eigen gegevens gedownload"),
];

/// What was done, in words; what has none is shown as it is kept.
pub(in crate::reactions::routes) fn in_words(action: &str) -> &str {
    WORDS.iter().find(|(known, _)| *known == action).map_or(action, |(_, words)| words)
}

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.at_least(Role::Moderator)?;
    let before = Some(visit.query.text("voor")).filter(|id| is_id(id)).unwrap_or(LAST);
    let sees_all = account.role == Role::Admin;
    let is_everywhere = sees_all || visit.scopes.is_empty();
    let (mut lines, reported) = visit.app.store.read(|tx| {
        let mut found: Vec<Line> = Vec::new();
        let mut before = before.to_owned();
        while found.len() <= SHOWN {
            let piece = tx.log_before(&before, sees_all, PIECE)?;
            let Some(last) = piece.last() else { break };
            before.clone_from(&last.id);
            let is_theirs = |line: &Line| {
                is_everywhere || line.page.as_deref().is_some_and(|page| scope::decides(visit, page))
            };
            found.extend(piece.into_iter().filter(is_theirs));
        }
        Ok((found, scope::waits(visit, tx)?.1))
    })?;
    let has_more = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    let content = html! {
        (queue::links(visit, reported))
        (told("Hier staat wie wat besliste. De teksten zelf staan hier niet."))
        @if lines.is_empty() { p { "Er staat nog niets in het logboek." } } @else { (table(visit, &lines)) }
        @if let Some(last) = lines.last().filter(|_| has_more) {
            p { a href={ (visit.app.path("beheer/logboek")) "?voor=" (last.id) } { "Ouder" } }
        }
    };
    Ok(visit.page(200, "Logboek", &content))
}

fn table(visit: &Visit<'_>, lines: &[Line]) -> Markup {
    html! {
        table.tabel {
            caption { "Van nieuw naar oud" }
            thead { tr { th scope="col" { "Wanneer" } th scope="col" { "Wie" } th scope="col" { "Wat" } th scope="col" { "Reden" } } }
            tbody { @for line in lines { (row(visit, line)) } }
        }
    }
}

fn row(visit: &Visit<'_>, line: &Line) -> Markup {
    let words = in_words(&line.action);
    let of =
        line.page.as_deref().zip(line.subject.as_deref()).filter(|(page, _)| scope::decides(visit, page));
    let is_report = line.action == "melding/gedaan";
    html! {
        tr {
            th scope="row" { (clock::spoken(line.at)) }
            td data-naam="Wie" {
                @match &line.name { Some(name) if !is_report => bdi { (name) }, _ => "–" }
            }
            td data-naam="Wat" {
                @match of {
                    Some((_, id)) => a href={ (visit.app.path("beheer/oordeel")) "?reactie=" (id) } { (words) },
                    None => (words),
                }
            }
            td data-naam="Reden" { (line.detail.as_deref().unwrap_or("–")) }
        }
    }
}
