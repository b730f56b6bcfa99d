//! The rules, each with its code, its level and its explanation. `praktijk check --explain` prints them, and the handbook of a
//! site has a place for each.

use super::settings::Level;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its code, for ever: `regel/sectie-leeg`.
    pub code: &'static str,
    /// How bad it is to break it, unless the settings say otherwise.
    pub level: Level,
    /// What it asks, in Dutch and English.
    pub asks: [&'static str; 2],
    /// Why, in Dutch and English.
    pub why: [&'static str; 2],
    /// A fault, as it is written.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}

impl Rule {
    /// Its code without the room: `sectie-leeg`.
    pub fn name(&self) -> &'static str {
        self.code.split_once('/').map_or(self.code, |(_, name)| name)
    }
}

/// Every rule.
pub static RULES: &[Rule] = &[
    Rule {
        code: "regel/veld-ontbreekt",
        level: Level::Error,
        asks: [
            "Elk verplicht veld van een soort is ingevuld.",
            "Every field that a kind demands is filled in.",
        ],
        why: [
            "Lijsten, filters en feitenblokken rekenen op dit veld. Zonder het veld is de pagina niet te vinden of niet te begrijpen.",
            "Lists, filters and boxes of facts rely on it.",
        ],
        wrong: "[extra]\ngemeente = []",
        right: "[extra]\ngemeente = [\"Voorbeeldstad\"]",
    },
    Rule {
        code: "regel/veld-advies",
        level: Level::Warning,
        asks: [
            "Elk aangeraden veld van een soort is ingevuld.",
            "Every field that a kind advises is filled in.",
        ],
        why: [
            "De pagina werkt zonder, maar lezers missen iets waar ze vaak naar zoeken.",
            "The page works without, but readers miss what they often look for.",
        ],
        wrong: "title = \"Koffie in de wijk\"",
        right: "title = \"Koffie in de wijk\"\ndescription = \"Elke week koffie met het wijkteam.\"",
    },
    Rule {
        code: "regel/veld-onbekend",
        level: Level::Warning,
        asks: ["Elk veld is een veld dat de soort kent.", "Every field is one that the kind knows."],
        why: [
            "Een veld met een tikfout doet niets: niemand leest het en niemand merkt het.",
            "A misspelt field does nothing, and nobody notices.",
        ],
        wrong: "gemente = [\"Voorbeeldstad\"]",
        right: "gemeente = [\"Voorbeeldstad\"]",
    },
    Rule {
        code: "regel/veld-waarde",
        level: Level::Error,
        asks: [
            "In elk veld staat iets dat daar past: een datum, een getal, een woord uit de lijst.",
            "Every field holds something that fits: a date, a number, a word of the list.",
        ],
        why: [
            "Een waarde die niet past, valt uit lijsten en filters, of staat verkeerd op de pagina.",
            "A value that does not fit drops out of lists and filters.",
        ],
        wrong: "gecontroleerd_op = \"19 november\"",
        right: "gecontroleerd_op = 2026-11-19",
    },
    Rule {
        code: "regel/relatie-onbekend",
        level: Level::Error,
        asks: [
            "Een veld dat naar een andere pagina wijst, noemt een pagina die er is.",
            "A field that leads to another page names one that is there.",
        ],
        why: [
            "Anders staat er op de pagina een naam zonder link, en weet de andere pagina van niets.",
            "Otherwise there is a name without a link, and the other page knows of nothing.",
        ],
        wrong: "thema = [\"Lokaal samenwerkn\"]",
        right: "thema = [\"Lokaal samenwerken\"]",
    },
    Rule {
        code: "regel/sectie-ontbreekt",
        level: Level::Error,
        asks: [
            "Elke verplichte kop van een soort staat in de tekst.",
            "Every heading that a kind demands is there.",
        ],
        why: [
            "Lezers vergelijken pagina's van dezelfde soort; dat lukt alleen als elke pagina dezelfde koppen heeft.",
            "Readers compare pages of a kind, which needs the same headings on each.",
        ],
        wrong: "## Samenvatting\nTekst.",
        right: "## Samenvatting\nTekst.\n\n## Wat kost het?\nNiets.",
    },
    Rule {
        code: "regel/sectie-leeg",
        level: Level::Warning,
        asks: ["Onder elke kop staat tekst.", "There is text under every heading."],
        why: [
            "Een lege kop belooft iets dat er niet is. Wie een schermlezer gebruikt, komt er bedrogen uit.",
            "An empty heading promises what is not there.",
        ],
        wrong: "## Wat kost het?\n\n## Contact",
        right: "## Wat kost het?\nDe kosten zijn niet vermeld.\n\n## Contact",
    },
    Rule {
        code: "regel/sectie-volgorde",
        level: Level::Warning,
        asks: [
            "De koppen staan in de volgorde van de soort, elk één keer en op het goede niveau.",
            "Headings stand in the order of the kind, once each and at their level.",
        ],
        why: [
            "Wie drie pagina's van een soort heeft gelezen, weet op de vierde waar alles staat.",
            "Whoever read three pages of a kind knows where to look on the fourth.",
        ],
        wrong: "## Contact\n…\n## Samenvatting\n…",
        right: "## Samenvatting\n…\n## Contact\n…",
    },
    Rule {
        code: "regel/sectie-onbekend",
        level: Level::Warning,
        asks: [
            "Elke hoofdkop is een kop die de soort kent.",
            "Every main heading is one that the kind knows.",
        ],
        why: [
            "Een kop met een andere naam wordt niet herkend: dat stuk ontbreekt dan in overzichten en downloads.",
            "A heading by another name is not recognised in overviews and downloads.",
        ],
        wrong: "## Samenvating",
        right: "## Samenvatting",
    },
    Rule {
        code: "regel/sectie-lang",
        level: Level::Warning,
        asks: [
            "Een stuk is niet langer dan de soort aanraadt.",
            "A part is no longer than the kind advises.",
        ],
        why: ["Een lange samenvatting wordt niet gelezen.", "A long summary is not read."],
        wrong: "## Samenvatting\n(200 woorden)",
        right: "## Samenvatting\n(80 woorden)",
    },
    Rule {
        code: "regel/kop-volgorde",
        level: Level::Warning,
        asks: [
            "Koppen slaan geen niveau over, en de tekst begint met een kop van niveau 2.",
            "Headings skip no level, and the first in a text is of level 2.",
        ],
        why: [
            "De titel is niveau 1. Wie een schermlezer gebruikt, springt van kop naar kop; een overgeslagen niveau lijkt op een ontbrekend stuk.",
            "The title is level 1; people who use a screen reader go from heading to heading.",
        ],
        wrong: "## Opzet\n#### Dag 1",
        right: "## Opzet\n### Dag 1",
    },
    Rule {
        code: "regel/kop-nep",
        level: Level::Warning,
        asks: [
            "Een kop is een echte kop, geen vette of losse regel.",
            "A heading is a real heading and no bold or lone line.",
        ],
        why: [
            "Een vette regel ziet eruit als een kop, maar staat niet in de inhoudsopgave en een schermlezer slaat hem over.",
            "A bold line looks like a heading, but no table of contents and no screen reader knows it.",
        ],
        wrong: "**Wat vooraf ging**\n\nTekst.",
        right: "### Wat vooraf ging\n\nTekst.",
    },
    Rule {
        code: "regel/beeld-zonder-alt",
        level: Level::Error,
        asks: [
            "Elk beeld heeft een tekst die zegt wat erop te zien is.",
            "Every image has a text that says what it shows.",
        ],
        why: [
            "Wie het beeld niet ziet, weet anders niet wat er staat. De wet vraagt het (WCAG 1.1.1).",
            "Whoever cannot see it does not know what is there otherwise (WCAG 1.1.1).",
        ],
        wrong: "![](team.jpg)",
        right: "![Twee collega's aan een tafel](team.jpg)",
    },
    Rule {
        code: "regel/linktekst",
        level: Level::Warning,
        asks: [
            "De tekst van een link zegt waar hij naartoe gaat.",
            "The text of a link says where it leads.",
        ],
        why: [
            "Een schermlezer kan alle links van een pagina achter elkaar voorlezen. Tien keer ‘hier’ zegt dan niets.",
            "A screen reader can list all links of a page; ten times “here” says nothing.",
        ],
        wrong: "Lees het rapport [hier](rapport.md).",
        right: "Lees [het rapport](rapport.md).",
    },
    Rule {
        code: "regel/mail-in-tekst",
        level: Level::Warning,
        asks: ["In de tekst staat geen mailadres.", "There is no mail address in the text."],
        why: [
            "Een mailadres in de tekst wordt opgepikt door spammers, en niemand ziet het als het verandert. In het contactveld staat het met toestemming en controledatum.",
            "Spammers collect it, and nobody notices when it changes.",
        ],
        wrong: "Mail naar jan@voorbeeld.example.",
        right: "Mail de contactpersoon hieronder.",
    },
    Rule {
        code: "regel/telefoon-in-tekst",
        level: Level::Warning,
        asks: [
            "In de tekst staat geen telefoonnummer, behalve nummers die voor iedereen zijn, zoals 112.",
            "There is no telephone number in the text but those for everyone, such as 112.",
        ],
        why: [
            "Een nummer in de tekst veroudert zonder dat iemand het ziet, en hoort vaak bij een persoon.",
            "A number in the text grows old unnoticed and often belongs to a person.",
        ],
        wrong: "Bel 06-12345678.",
        right: "Bel de contactpersoon hieronder.",
    },
    Rule {
        code: "regel/bsn",
        level: Level::Error,
        asks: [
            "Nergens staat een getal dat een burgerservicenummer kan zijn.",
            "Nowhere stands a number that can be a citizen service number.",
        ],
        why: ["Een bsn op een website is een datalek.", "One on a web site is a data breach."],
        wrong: "Dossier 111222333",
        right: "Een dossier",
    },
    Rule {
        code: "regel/geboortedatum",
        level: Level::Error,
        asks: ["Nergens staat een geboortedatum.", "Nowhere stands a date of birth."],
        why: ["Een geboortedatum maakt een persoon herkenbaar.", "It makes a person recognisable."],
        wrong: "Sam, geboren op 3 maart 2015",
        right: "Sam, een kind van elf jaar",
    },
    Rule {
        code: "regel/contact-toestemming",
        level: Level::Error,
        asks: [
            "Een naam of mailadres staat alleen op de site als die persoon dat goed vindt.",
            "A name or mail address is published only when that person agreed.",
        ],
        why: [
            "Dat vraagt de privacywet (AVG). Het veld legt vast dat het gevraagd is.",
            "The law on privacy asks for it.",
        ],
        wrong: "[[extra.contact]]\nmail = \"team@voorbeeld.example\"",
        right: "[[extra.contact]]\nmail = \"team@voorbeeld.example\"\ntoestemming = true",
    },
    Rule {
        code: "regel/contact-verouderd",
        level: Level::Warning,
        asks: ["Een contact is kortgeleden nagekeken.", "A contact was checked not long ago."],
        why: [
            "Mensen wisselen van baan. Een adres dat niet meer klopt, kost een lezer de moed om nog eens te vragen.",
            "People change jobs; an old address costs readers their courage.",
        ],
        wrong: "gecontroleerd_op = 2020-01-31",
        right: "gecontroleerd_op = 2026-11-19",
    },
    Rule {
        code: "regel/controle-verouderd",
        level: Level::Warning,
        asks: ["Een pagina is kortgeleden nagekeken.", "A page was checked not long ago."],
        why: ["Lezers gaan ervan uit dat het nog klopt.", "Readers rely on it."],
        wrong: "gecontroleerd_op = 2020-01-31",
        right: "gecontroleerd_op = 2026-11-19",
    },
    Rule {
        code: "regel/afkorting-onbekend",
        level: Level::Warning,
        asks: [
            "Elke afkorting staat in de begrippenlijst of wordt op de pagina uitgelegd.",
            "Every abbreviation is in the glossary or explained on the page.",
        ],
        why: ["Wie nieuw is in het vak, kent de afkortingen niet.", "Newcomers do not know them."],
        wrong: "De ABC doet mee.",
        right: "De Algemene Bezoekerscommissie (ABC) doet mee.",
    },
    Rule {
        code: "regel/zin-lang",
        level: Level::Warning,
        asks: ["Een zin heeft niet meer dan 25 woorden.", "A sentence has no more than 25 words."],
        why: [
            "Korte zinnen lezen makkelijker, ook voor wie goed leest.",
            "Short sentences are easier for everyone.",
        ],
        wrong: "Eén zin van veertig woorden, met drie bijzinnen.",
        right: "Twee zinnen van vijftien woorden.",
    },
    Rule {
        code: "regel/tip-gebiedend",
        level: Level::Warning,
        asks: [
            "Een tip begint met een werkwoord dat zegt wat de lezer doet.",
            "A tip begins with a verb that tells what to do.",
        ],
        why: ["Een tip is een raad: ‘Organiseer tijd’ zegt wat je doet, ‘Tijd’ niet.", "A tip is advice."],
        wrong: "title = \"Tijd voor overleg\"",
        right: "title = \"Maak tijd voor overleg\"",
    },
    Rule {
        code: "regel/interview-rollen",
        level: Level::Error,
        asks: [
            "Van elke geïnterviewde staat vermeld in welke rol die spreekt.",
            "For everyone who speaks it says in which role.",
        ],
        why: [
            "Zonder rol weet de lezer niet vanuit welke plek iemand praat.",
            "Readers must know from where somebody speaks.",
        ],
        wrong: "[[extra.geinterviewden]]\norganisatie = \"Wijkteam\"",
        right: "[[extra.geinterviewden]]\nfunctie = \"coach\"\norganisatie = \"Wijkteam\"",
    },
    Rule {
        code: "regel/drie-vragen",
        level: Level::Error,
        asks: [
            "Een onderdeel dat een vast aantal heeft, heeft dat aantal: drie vragen zijn er drie.",
            "What has a fixed number has that number: three questions are three.",
        ],
        why: ["De titel belooft het.", "The title promises it."],
        wrong: "## Vraag 1\n## Vraag 2",
        right: "## Vraag 1\n## Vraag 2\n## Vraag 3",
    },
    Rule {
        code: "regel/verlopen",
        level: Level::Warning,
        asks: ["Wat verlopen is, staat er niet meer.", "What has expired is taken away."],
        why: [
            "Lijsten laten het al weg. De pagina zelf blijft vindbaar en belooft iets dat voorbij is.",
            "Lists leave it out, but the page can still be found.",
        ],
        wrong: "verloopt_op = 2020-01-31",
        right: "verloopt_op = 2027-01-31",
    },
    Rule {
        code: "regel/wees",
        level: Level::Warning,
        asks: [
            "Naar elke pagina leidt een weg: een lijst of een link.",
            "Some list or link leads to every page.",
        ],
        why: ["Een pagina zonder weg ernaartoe vindt niemand.", "Nobody finds a page without."],
        wrong: "content/los.md",
        right: "[Lees meer over losse pagina's](@/los.md)",
    },
    Rule {
        code: "regel/bestand-ongebruikt",
        level: Level::Warning,
        asks: ["Elk bestand wordt ergens gebruikt.", "Every file is used somewhere."],
        why: [
            "Een vergeten bestand blijft openbaar, ook als er iets in staat dat weg moest.",
            "A forgotten file stays public.",
        ],
        wrong: "static/oud-rapport.pdf",
        right: "[Download het rapport](/oud-rapport.pdf)",
    },
    Rule {
        code: "regel/concept-in-uitvoer",
        level: Level::Error,
        asks: ["Een concept komt niet op de site.", "No draft gets onto the site."],
        why: [
            "Een half stuk op de site schaadt het vertrouwen, en er kan iets in staan dat nog niet gedeeld mag worden.",
            "Half a text harms trust.",
        ],
        wrong: "[extra]\ndraft = true",
        right: "draft = true\n\n[extra]",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_and_explained() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(rule.code.starts_with("regel/"), "{}", rule.code);
            assert!(RULES[..at].iter().all(|other| other.code != rule.code), "{}", rule.code);
            for text in rule.asks.iter().chain(&rule.why) {
                assert!(text.ends_with('.'), "{}: {text}", rule.code);
            }
            assert_ne!(rule.wrong, rule.right, "{}", rule.code);
        }
    }
}
