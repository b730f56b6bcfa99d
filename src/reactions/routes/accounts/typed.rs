//! What somebody typed about itself → as it is kept, or what is wrong with it and how to mend it.

use crate::accepted::text::{one_line, tidy};
use crate::reactions::mail;
use crate::reactions::password_rules::{Context, judge};
use crate::reactions::store::accounts::normal;
use crate::reactions::visit::Visit;

/// The most characters of a name.
pub(super) const NAME: usize = 80;
/// The most characters of what stands behind it.
pub(super) const ABOUT: usize = 120;
/// The most characters of what a member says about itself.
pub(super) const INTRODUCTION: usize = 600;

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
    let is_staff = visit.account.as_ref().is_some_and(|account| account.role.word() != "deelnemer");
    if !name.chars().any(char::is_alphanumeric) {
        Err("Vul de naam in waarmee u meedoet.".to_owned())
    } else if characters > NAME {
        Err(format!("Deze naam is te lang: {characters} tekens. Er passen {NAME} tekens in."))
    } else if small.contains('@') || small.contains("://") || small.contains("www.") {
        Err("Vul alleen een naam in, geen mailadres of website. Iedereen ziet deze naam.".to_owned())
    } else if !is_staff
        && ["moderator", "beheerder", "redactie", "voormalig deelnemer"]
            .iter()
            .any(|word| small.contains(word))
    {
        Err("Met deze naam lijkt u iemand van de redactie. Kies een andere naam.".to_owned())
    } else {
        Ok(name)
    }
}

/// One line that may stay empty.
pub(super) fn line(typed: &str, most: usize) -> Result<Option<String>, String> {
    within(one_line(typed), most)
}

/// Several lines that may stay empty.
pub(super) fn lines(typed: &str, most: usize) -> Result<Option<String>, String> {
    within(tidy(typed).trim().to_owned(), most)
}

fn within(text: String, most: usize) -> Result<Option<String>, String> {
    let characters = text.chars().count();
    if characters > most {
        return Err(format!("Deze tekst is te lang: {characters} tekens. Er passen {most} tekens in."));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
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
