//! One reaction as everybody sees it, and the words that stand by every form. In: what is kept. Out: HTML, the same as the
//! theme bakes and the script of a page builds.

use maud::{Markup, PreEscaped, html};

use crate::model::reaction::{Kind, Reaction};
use crate::reactions::clock;
use crate::reactions::store::reactions::Kept;
use crate::reactions::visit::Visit;

/// Reactions below a page: each with its answers. The newest notice stands first, else the oldest reaction; the chosen
/// answer stands first, then the oldest. Notices whose last day is over are left out.
pub(super) fn the_thread(kept: &[Kept], today: &str) -> Vec<(Kept, Vec<Kept>)> {
    let mut threads: Vec<(Kept, Vec<Kept>)> = kept
        .iter()
        .filter(|one| one.parent.is_none() && one.expires.as_deref().is_none_or(|day| day >= today))
        .map(|one| {
            let mut answers: Vec<Kept> =
                kept.iter().filter(|answer| answer.parent.as_ref() == Some(&one.id)).cloned().collect();
            answers.sort_by(|a, b| (!a.chosen, &a.id).cmp(&(!b.chosen, &b.id)));
            (one.clone(), answers)
        })
        .collect();
    threads.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let (mut notices, others): (Vec<_>, Vec<_>) =
        threads.into_iter().partition(|(one, _)| one.kind == Kind::Notice);
    notices.reverse();
    notices.extend(others);
    notices
}

/// One reaction by itself, below a heading of the page.
pub(in crate::reactions::routes) fn alone(kept: &Kept) -> Markup {
    article(kept, false, &html! {}, &html! {})
}

/// One reaction. `is_below`: it stands below what it answers; `does`: what can be done with it; `below`: its answers.
pub(super) fn article(kept: &Kept, is_below: bool, does: &Markup, below: &Markup) -> Markup {
    let shown = kept.shown();
    let is_answer = shown.kind == Kind::Answer;
    let mut class = "reactie".to_owned();
    for (is, name) in [(is_answer, " antwoord"), (shown.chosen, " gekozen")] {
        if is {
            class.push_str(name);
        }
    }
    html! {
        article class=(class) id={ "reactie-" (shown.id) } data-reactie=(shown.id) data-soort=(shown.kind.word()) {
            (head(kept, &shown, is_below))
            div.reactie-tekst { (PreEscaped(&shown.html)) }
            @if let Some(day) = &shown.expires { p.klein { "Blijft staan tot en met " (time(day)) } }
            (does)
            @if !is_answer { div.reactie-antwoorden { (below) } }
        }
    }
}

fn head(kept: &Kept, shown: &Reaction, is_below: bool) -> Markup {
    let heading = html! {
        @match &shown.title {
            Some(title) => (title),
            None => { (spoken_kind(shown.kind)) " van " bdi { (shown.author) } }
        }
    };
    html! {
        header {
            @if shown.chosen { p.reactie-merk { "Gekozen antwoord" } }
            @else if let Some(notice) = &shown.notice { p.reactie-merk { (spoken_notice(notice)) } }
            @if is_below { h4 { (heading) } } @else { h3 { (heading) } }
            p.reactie-wie {
                bdi { (shown.author) }
                @if let Some(about) = &shown.about { ", " bdi { (about) } }
                @if shown.staff { " " span.stand { "moderator" } }
                " · " (time(&clock::day(kept.created)))
                @if shown.edited.is_some() { " · gewijzigd" }
            }
        }
    }
}

/// A day.
pub(super) fn time(day: &str) -> Markup {
    html! { time datetime=(day) { (clock::spoken_day(day)) } }
}

/// A kind, as people write it.
pub(in crate::reactions::routes) fn spoken_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Question => "Vraag",
        Kind::Remark => "Opmerking",
        Kind::Experience => "Ervaring",
        Kind::Notice => "Bericht",
        Kind::Answer => "Antwoord",
    }
}

fn spoken_notice(word: &str) -> &'static str {
    match word {
        "gezocht" => "Gezocht",
        "aangeboden" => "Aangeboden",
        _ => "Oproep",
    }
}

/// What stands above every form: no data of families, and no place to report abuse.
pub(super) fn beware() -> Markup {
    html! {
        div.melding.melding-let-op {
            p {
                strong { "Geen namen van gezinnen." }
                " Schrijf niets waaraan iemand een jongere of een gezin kan herkennen: geen naam, geboortedatum, adres, \
                  school of andere gegevens."
            }
            p {
                strong { "Dit is geen plek voor een melding." }
                " Is er nu gevaar? Bel " (phone("112", "112")) ". Advies of een melding doen: Veilig Thuis, "
                (phone("08002000", "0800\u{2011}2000")) ", gratis, dag en nacht."
            }
        }
    }
}

/// What comes first for somebody who may need help now.
pub(super) fn help() -> Markup {
    html! {
        div.melding.melding-let-op role="alert" {
            h2 { "Hebt u nu hulp nodig?" }
            p { "Bent u of is iemand anders nu in gevaar? Bel " (phone("112", "112")) "." }
            p {
                "Is het thuis niet veilig, of maakt u zich zorgen om iemand? Bel Veilig Thuis: "
                (phone("08002000", "0800\u{2011}2000")) ". Dat is gratis en kan dag en nacht, ook als u twijfelt."
            }
            p {
                "Denkt u aan zelfmoord? Bel " (phone("113", "113")) " of gratis " (phone("08000113", "0800\u{2011}0113"))
                ", dag en nacht. Chatten kan op " a href="https://www.113.nl" rel="noreferrer" { "113.nl" } "."
            }
            p { "Op deze website leest niet de hele dag iemand mee. Wacht dus niet op een reactie hier." }
        }
    }
}

/// The same in one sentence, for the script of a page.
pub(super) const HELP: &str = "Bent u of is iemand anders nu in gevaar? Bel 112. Is het thuis niet veilig? Bel Veilig Thuis, 0800-2000, gratis, dag en nacht. Denkt u aan zelfmoord? Bel 113 of gratis 0800-0113, dag en nacht, of chat op 113.nl.";

fn phone(number: &str, shown: &str) -> Markup {
    html! { a href={ "tel:" (number) } { (shown) } }
}

/// The way back to the page that a thread belongs to.
pub(super) fn back_to(visit: &Visit<'_>, page: &crate::reactions::site::Page) -> Markup {
    html! { p { a href=(on_site(visit, &page.url)) { "Terug naar ‘" (page.title) "’" } } }
}

/// A path of the site itself.
fn on_site(visit: &Visit<'_>, path: &str) -> String {
    format!("{}{path}", visit.app.settings.base_path())
}

/// Where a page's thread stands, below the endpoint.
pub(super) fn thread_of(page: &str) -> String {
    let id: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
    format!("pagina?id={id}")
}
