//! What the mails say. In: what happened, and the site it happened on. Out: a letter in plain Dutch, with links to that
//! site only, or the reason why there can be none.
//!
//! Subjects say as little as a reader needs: they are shown on locked telephones.

mod wording;

use url::Url;

use super::{Letter, Refused, address, is_plain};
use crate::accepted::text::{one_line, tidy};
use wording::{signed, spaced};

/// The site in whose name mails go out.
#[derive(Debug, Clone)]
pub struct Site {
    name: String,
    base: String,
    contact: Option<String>,
}

impl Site {
    /// A site by its name, the address it is found at, and where its editors can be asked: a mail address or a path.
    pub fn new(name: &str, base_url: &str, contact: Option<&str>) -> Result<Self, Refused> {
        let url = Url::parse(base_url).map_err(|_| Refused::Link)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        if !["http", "https"].contains(&url.scheme()) || !plain || url.fragment().is_some() {
            return Err(Refused::Link);
        }
        let mut site =
            Site { name: one_line(name), base: url.as_str().trim_end_matches('/').to_owned(), contact: None };
        site.contact = contact.map(|contact| site.link(contact).or_else(|_| address(contact))).transpose()?;
        Ok(site)
    }

    /// The name of the site.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A path on this site, whole. A path that could lead elsewhere is refused.
    fn link(&self, path: &str) -> Result<String, Refused> {
        let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\<>\"'`{}|^".contains(&byte));
        let below = path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains("/../")
            && !path.ends_with("/..");
        if plain && below { Ok(format!("{}{path}", self.base)) } else { Err(Refused::Link) }
    }
}

/// A link that does something once, the code that does the same, and until when each of them works, in words: a mail may
/// come late.
#[derive(Clone, Copy)]
pub struct Once<'a> {
    /// The path of the page with the button.
    pub path: &'a str,
    /// Until when the link works.
    pub until: &'a str,
    /// Eight digits to type in instead, for those whose mail filter opens every link; and until when they work.
    pub code: Option<(&'a str, &'a str)>,
}

/// Somebody wants to take part: is this address theirs?
pub fn confirm_address(site: &Site, to: &str, once: Once<'_>) -> Result<Letter, Refused> {
    let text = format!(
        "U wilt meedoen op {site}. Klopt dit mailadres? Open dan deze pagina en druk op de knop:\n\n{}\n\n{}\
         Hebt u zich niet aangemeld? Dan hoeft u niets te doen. Er gebeurt niets met uw mailadres.",
        site.link(once.path)?,
        holds(once),
        site = site.name
    );
    letter(site, to, "Bevestig uw mailadres", &text)
}

/// Somebody registered with an address that is registered already.
pub fn has_account(site: &Site, to: &str, login: &str, forgotten: &str) -> Result<Letter, Refused> {
    let text = format!(
        "Iemand heeft zich met dit mailadres aangemeld op {}. U bent daar al deelnemer.\n\n\
         Was u dit zelf? Dan kunt u inloggen:\n\n{}\n\nWeet u uw wachtwoord niet meer? Maak dan een nieuw wachtwoord:\n\n{}\n\n\
         Was u dit niet? Dan hoeft u niets te doen. Er is niets veranderd.",
        site.name,
        site.link(login)?,
        site.link(forgotten)?
    );
    letter(site, to, "U bent al deelnemer", &text)
}

/// Somebody forgot their password.
pub fn new_password(site: &Site, to: &str, once: Once<'_>) -> Result<Letter, Refused> {
    let text = format!(
        "U wilt een nieuw wachtwoord voor {}. Dat maakt u op deze pagina:\n\n{}\n\n{}\
         Hebt u hier niet om gevraagd? Dan hoeft u niets te doen. Uw oude wachtwoord blijft werken.",
        site.name,
        site.link(once.path)?,
        holds(once)
    );
    letter(site, to, "Maak een nieuw wachtwoord", &text)
}

/// A password was changed. `when` is a date and time in words.
pub fn password_changed(site: &Site, to: &str, when: &str, forgotten: &str) -> Result<Letter, Refused> {
    let text = format!(
        "Het wachtwoord van uw account op {} is veranderd op {}. Op al uw andere apparaten bent u uitgelogd.\n\n\
         Was u dit zelf? Dan hoeft u niets te doen.\n\n\
         Was u dit niet? Maak dan meteen een nieuw wachtwoord:\n\n{}{}",
        site.name,
        one_line(when),
        site.link(forgotten)?,
        ask(site, "Laat het ons ook weten")
    );
    letter(site, to, "Uw wachtwoord is veranderd", &text)
}

/// A member wants to be mailed at this address from now on.
pub fn change_address(site: &Site, to: &str, once: Once<'_>) -> Result<Letter, Refused> {
    let text = format!(
        "U wilt dit mailadres gebruiken op {}. Klopt dat? Open dan deze pagina en druk op de knop:\n\n{}\n\n{}\
         Hebt u hier niet om gevraagd? Dan hoeft u niets te doen. Wij mailen u dan niet meer.",
        site.name,
        site.link(once.path)?,
        holds(once)
    );
    letter(site, to, "Bevestig uw nieuwe mailadres", &text)
}

/// The same, told to the address they had until now. The new address stays out of it.
pub fn address_changed(site: &Site, to: &str, when: &str) -> Result<Letter, Refused> {
    let text = format!(
        "Het mailadres van uw account op {} is veranderd op {}. Op dit adres krijgt u geen mails meer van ons.\n\n\
         Was u dit zelf? Dan hoeft u niets te doen.{}",
        site.name,
        one_line(when),
        ask(site, "Was u dit niet? Laat het ons dan meteen weten")
    );
    letter(site, to, "Uw mailadres is veranderd", &text)
}

/// A reaction stands on the site.
pub fn accepted(site: &Site, to: &str, page: &str, path: &str) -> Result<Letter, Refused> {
    let text = format!(
        "Uw reactie staat nu op {}, bij de pagina ‘{}’:\n\n{}\n\nDank u wel dat u meedenkt.",
        site.name,
        one_line(page),
        site.link(path)?
    );
    letter(site, to, "Uw reactie is geplaatst", &text)
}

/// A reaction is not placed, or not any more, with the reason a moderator gave.
pub fn declined(site: &Site, to: &str, page: &str, reason: &str, path: &str) -> Result<Letter, Refused> {
    let text = format!(
        "U schreef een reactie bij de pagina ‘{}’. Een moderator heeft die niet geplaatst, of van de site gehaald. De reden:\n\n{}\n\n\
         U kunt uw reactie veranderen en opnieuw insturen:\n\n{}{}",
        one_line(page),
        indented(reason),
        site.link(path)?,
        ask(site, "Bent u het er niet mee eens? Laat het ons weten")
    );
    letter(site, to, "Uw reactie staat niet op de site", &text)
}

/// A moderator took a reaction away for good, with the reason. `path`: where a member sees what became of what they wrote.
pub fn removed(site: &Site, to: &str, page: &str, reason: &str, path: &str) -> Result<Letter, Refused> {
    let text = format!(
        "U schreef een reactie bij de pagina ‘{}’. Een moderator heeft die verwijderd. Uw tekst is ook uit onze gegevens \
         weg. De reden:\n\n{}\n\nU ziet hier wat er met uw reacties gebeurd is:\n\n{}{}",
        one_line(page),
        indented(reason),
        site.link(path)?,
        ask(site, "Bent u het er niet mee eens? Laat het ons weten")
    );
    letter(site, to, "Uw reactie is verwijderd", &text)
}

/// Something new on a page that a member follows. `stop` ends it: a page with a button for people, and at once for mail
/// programs that post to it.
pub fn news(site: &Site, to: &str, page: &str, path: &str, stop: &str) -> Result<Letter, Refused> {
    let (path, stop) = (site.link(path)?, site.link(stop)?);
    let text = format!(
        "Er staat iets nieuws op een pagina die u volgt: ‘{}’. U leest het hier:\n\n{path}\n\n\
         Wilt u deze pagina niet meer volgen? Dat regelt u hier, zonder in te loggen:\n\n{stop}",
        one_line(page)
    );
    let mut letter = letter(site, to, "Nieuw op een pagina die u volgt", &text)?;
    letter.headers.push(("List-Unsubscribe".to_owned(), format!("<{stop}>")));
    letter.headers.push(("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()));
    Ok(letter)
}

/// Reactions and reports wait for a moderator. How many, and no word of them.
pub fn waiting(
    site: &Site,
    to: &str,
    reactions: usize,
    reports: usize,
    path: &str,
) -> Result<Letter, Refused> {
    let count = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let parts = [count(reactions, "reactie", "reacties"), count(reports, "melding", "meldingen")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let (what, verb) = match parts.as_slice() {
        [] => ("Er".to_owned(), "wacht niets"),
        parts if reactions + reports == 1 => (parts.concat(), "wacht"),
        parts => (parts.join(" en "), "wachten"),
    };
    let text = format!(
        "Op {}: {what} {verb} op uw oordeel. U vindt alles hier:\n\n{}\n\nIn deze mail staat niet wat er geschreven is.",
        site.name,
        site.link(path)?
    );
    letter(site, to, "Er wacht iets op uw oordeel", &text)
}

/// An account is gone. `kept` tells that its reactions stay, without a name.
pub fn account_deleted(site: &Site, to: &str, kept: bool) -> Result<Letter, Refused> {
    let reactions = if kept {
        "Uw reacties blijven staan, met ‘voormalig deelnemer’ in plaats van uw naam."
    } else {
        "Uw reacties zijn ook verwijderd. Het kan even duren tot ze overal van de site weg zijn."
    };
    let text = format!(
        "Uw account op {} is verwijderd. {reactions} Uw naam en uw mailadres bewaren wij niet. Dit is onze laatste mail aan u.{}",
        site.name,
        ask(site, "Was u dit niet? Laat het ons dan weten")
    );
    letter(site, to, "Uw account is verwijderd", &text)
}

/// What a moderator wrote, set apart from what we write.
fn indented(reason: &str) -> String {
    let reason = tidy(reason);
    reason.trim().lines().map(|line| format!("  {}", line.trim())).collect::<Vec<_>>().join("\n")
}

/// Until when the link works, and the code with until when that does.
fn holds(once: Once<'_>) -> String {
    let mut text = format!("De link werkt één keer, tot {}.\n\n", one_line(once.until));
    if let Some((code, until)) = once.code {
        text += &format!(
            "Werkt de link niet? Vul dan op die pagina deze code in: {}. De code werkt tot {}.\n\n",
            spaced(code),
            one_line(until)
        );
    }
    text
}

/// Where to ask, as a paragraph; nothing when the site names no place.
fn ask(site: &Site, why: &str) -> String {
    let place = site.contact.as_ref();
    place.map(|place| format!("\n\n{why}: {place}")).unwrap_or_default()
}

fn letter(site: &Site, to: &str, subject: &str, text: &str) -> Result<Letter, Refused> {
    let to = address(to)?;
    let subject = format!("{subject} – {}", site.name);
    if site.name.is_empty() || !is_plain(&site.base) {
        return Err(Refused::Header);
    }
    Ok(Letter { to, subject, text: signed(text, site), headers: Vec::new() })
}
