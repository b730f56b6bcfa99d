//! What somebody typed about itself → as it is kept, or what is wrong with it and how to mend it.

use crate::accepted::text::{one_line, tidy};
use crate::reactions::holds;
use crate::reactions::mail;
use crate::reactions::password_rules::{Context, judge};
use crate::reactions::store::accounts::{Role, normal};
use crate::reactions::visit::Visit;

/// The most characters of a name.
const NAME: usize = 80;
/// The most characters of what stands behind it.
const ABOUT: usize = 120;
/// The most characters of what a member says about itself.
const INTRODUCTION: usize = 600;

/// A mail address.
pub(super) fn mail(typed: &str) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Err("Vul uw mailadres in.".to_owned());
    }
    let wrong = || "Dit is geen mailadres. Een mailadres ziet er zo uit: naam@gemeente.nl.".to_owned();
    mail::address(typed).map(|mail| normal(&mail)).map_err(|_| wrong())
}

/// A mail address that may take part here.
pub(super) fn mail_of_member(visit: &Visit<'_>, typed: &str) -> Result<String, String> {
    let mail = mail(typed)?;
    let domains = &visit.app.settings.table.domains;
    let domain = mail.rsplit_once('@').map_or("", |(_, domain)| domain);
    if domains.is_empty() || domains.iter().any(|allowed| allowed.eq_ignore_ascii_case(domain)) {
        return Ok(mail);
    }
    Err(format!("Meedoen kan alleen met een mailadres van uw werk. Dat eindigt op {}.", listed(domains)))
}

/// Domains as people list them: `@a.nl, @b.nl of @c.nl`.
fn listed(domains: &[String]) -> String {
    let domains: Vec<String> = domains.iter().map(|domain| format!("@{}", domain.to_lowercase())).collect();
    match domains.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} of {last}", before.join(", ")),
        _ => domains.concat(),
    }
}

/// A name that is shown to everybody.
pub(super) fn name(visit: &Visit<'_>, typed: &str) -> Result<String, String> {
    let name = one_line(typed);
    let characters = name.chars().count();
    let small = name.to_lowercase();
    if !name.chars().any(char::is_alphanumeric) {
        Err("Vul de naam in waarmee u meedoet.".to_owned())
    } else if characters > NAME {
        Err(format!("Deze naam is te lang: {characters} tekens. Er passen {NAME} tekens in."))
    } else if small.contains('@') || small.contains("://") || small.contains("www.") {
        Err("Vul alleen een naam in, geen mailadres of website. Iedereen ziet deze naam.".to_owned())
    } else if seems_of_staff(visit, &name) {
        Err("Met deze naam lijkt u iemand van de redactie. Kies een andere naam.".to_owned())
    } else {
        harmless(visit, &name).map(|()| name)
    }
}

/// What stands behind the name of a member; it may stay empty.
pub(super) fn about(visit: &Visit<'_>, typed: &str) -> Result<Option<String>, String> {
    let about = within(one_line(typed), ABOUT)?;
    if seems_of_staff(visit, about.as_deref().unwrap_or_default()) {
        return Err("Hiermee lijkt u iemand van de redactie. Kies andere woorden.".to_owned());
    }
    harmless(visit, about.as_deref().unwrap_or_default()).map(|()| about)
}

/// What a member says about itself; it may stay empty.
pub(super) fn introduction(visit: &Visit<'_>, typed: &str) -> Result<Option<String>, String> {
    let introduction = within(tidy(typed).trim().to_owned(), INTRODUCTION)?;
    harmless(visit, introduction.as_deref().unwrap_or_default()).map(|()| introduction)
}

fn within(text: String, most: usize) -> Result<Option<String>, String> {
    let characters = text.chars().count();
    if characters > most {
        return Err(format!("Deze tekst is te lang: {characters} tekens. Er passen {most} tekens in."));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Whether somebody who is no moderator says to be one: others, who may be looking for help, would trust them.
fn seems_of_staff(visit: &Visit<'_>, text: &str) -> bool {
    let is_staff = visit.account.as_ref().is_some_and(|account| account.role > Role::Member);
    let small = text.to_lowercase();
    let words = ["moderator", "beheerder", "redactie", "voormalig deelnemer"];
    !is_staff && words.iter().any(|word| small.contains(word))
}

/// A profile stands with all that was accepted, at once and unread: what would make a reaction wait is refused in it.
fn harmless(visit: &Visit<'_>, text: &str) -> Result<(), String> {
    let found = holds::reasons(text, &visit.app.settings.table.words);
    found.first().map_or(Ok(()), |hold| Err(hold.for_profile().to_owned()))
}

/// Why a new password will not do. It is taken as it was typed: nothing is cut off or changed.
pub(super) fn wrong_password(visit: &Visit<'_>, typed: &str, mail: &str, name: &str) -> Option<String> {
    if typed.is_empty() {
        return Some("Kies een wachtwoord.".to_owned());
    }
    let pages = visit.app.site.pages();
    let words: Vec<String> = pages.scopes.iter().map(|scope| scope.label.clone()).collect();
    let context = Context { site: &visit.app.settings.title, mail, name, words: &words };
    judge(typed, context).err().map(|refusal| refusal.to_string())
}

/// The figures of a code: people type it with spaces, as it stands in the mail.
pub(super) fn code(typed: &str) -> String {
    typed.chars().filter(|character| !character.is_whitespace() && *character != '-').collect()
}
