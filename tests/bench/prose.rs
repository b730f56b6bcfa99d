//! Dutch prose of the field, without meaning and without persons. In: chance. Out: sentences and paragraphs.

use crate::chance::Chance;

const WHO: &[&str] = &[
    "het lokale team",
    "Veilig Thuis",
    "de gemeente",
    "de wijkverpleegkundige",
    "de aandachtsfunctionaris",
    "de huisarts",
    "de school",
    "de jeugdbeschermer",
    "de ketenpartner",
    "de gedragsdeskundige",
    "het wijkteam",
    "de jeugdgezondheidszorg",
    "de procesregisseur",
    "de woningcorporatie",
    "het sociaal team",
    "de vertrouwensarts",
    "de politie",
    "de vrouwenopvang",
    "het consultatiebureau",
    "de beleidsmedewerker",
];

/// Verbs that do not come apart, so that they fit at any place in a sentence.
const DOES: &[&str] = &[
    "bespreekt",
    "deelt",
    "weegt",
    "toetst",
    "bekijkt",
    "herhaalt",
    "verwoordt",
    "begeleidt",
    "beschrijft",
    "bewaakt",
    "verzamelt",
    "onderzoekt",
    "ordent",
    "bundelt",
    "evalueert",
    "organiseert",
    "vertaalt",
];

const WHAT: &[&str] = &[
    "de veiligheidsafspraken",
    "het veiligheidsplan",
    "de melding",
    "de warme overdracht",
    "het vervolg",
    "de zorgen",
    "de werkafspraken",
    "de casus",
    "de uitkomst van het gesprek",
    "de stem van het kind",
    "de eerste stappen",
    "de kosten",
    "het draaiboek",
    "de signalen",
    "het netwerk rond het gezin",
    "de samenwerkingsafspraken",
    "de risicofactoren",
    "de beschermende factoren",
    "de terugkoppeling",
    "het afstemmingsoverleg",
    "de route bij crisis",
    "de meldcode",
    "het hulpaanbod",
    "de monitoring",
];

const HOW: &[&str] = &[
    "binnen vijf werkdagen",
    "aan het begin van het gesprek",
    "samen met het gezin",
    "in gewone taal",
    "tijdens het wekelijkse overleg",
    "met alle betrokkenen aan tafel",
    "zonder omwegen",
    "op één bladzijde",
    "voordat de hulp begint",
    "ook buiten kantooruren",
    "per e-mail en telefoon",
    "met een vaste contactpersoon",
    "in twee bijeenkomsten",
    "volgens de afspraken van de regio",
    "na zes weken",
    "na een half jaar opnieuw",
    "met aandacht voor de kinderen",
    "in het eigen dossier",
    "met toestemming van de ouders",
];

const THEN: &[&str] = &[
    "Daarna",
    "Vervolgens",
    "In de praktijk",
    "Meestal",
    "Soms",
    "Aan het eind",
    "Bij twijfel",
    "Op verzoek",
    "Elke maand",
    "In deze regio",
    "Bij een nieuwe melding",
    "Waar dat kan",
    "Sinds de proef",
];

const WHY: &[&str] = &[
    "Dat scheelt tijd",
    "Dat geeft rust",
    "Zo blijft het overzicht bewaard",
    "Zo weet iedereen wie belt",
    "Dat maakt de drempel lager",
    "Het gezin hoeft zijn verhaal dan maar één keer te doen",
    "Daarmee zijn misverstanden voorkomen",
    "De deelnemers noemen dit het meest bruikbare onderdeel",
];

const SUBJECTS: &[&str] = &[
    "Warme overdracht",
    "Gedeeld logboek",
    "Samen aan tafel",
    "Oefenen met casuïstiek",
    "Eerste gesprek",
    "Vaste contactpersoon",
    "Route bij crisis",
    "Veiligheid eerst",
    "Gewone taal",
    "Leren van meldingen",
    "Meelezen met terugkoppeling",
    "Kindcheck in de praktijk",
    "Stem van het kind",
    "Regionale werkgroep",
    "Startafspraak bij scheiding",
    "Tijdelijk huisverbod",
    "Zicht op veiligheid",
    "Koffie in het wijkteam",
];

const HEADINGS: &[&str] = &[
    "Samenvatting",
    "Wat levert het op?",
    "Hoe is de opzet?",
    "Wat werkt goed?",
    "Wat kan beter?",
    "Wie doen mee?",
    "Kosten en tijd",
    "Materialen",
    "Eerste stappen",
    "Na een half jaar",
    "Tips voor gemeenten",
    "Vragen die vaak terugkomen",
    "Wat vraagt dit van het team?",
    "Samenwerking in de regio",
];

/// What a page is about, as a title.
pub(crate) fn subject(chance: &mut Chance) -> &'static str {
    chance.one(SUBJECTS)
}

/// The heading of a part of a page.
pub(crate) fn heading(chance: &mut Chance) -> &'static str {
    chance.one(HEADINGS)
}

/// One sentence.
pub(crate) fn sentence(chance: &mut Chance) -> String {
    let (who, does, what, how) = (chance.one(WHO), chance.one(DOES), chance.one(WHAT), chance.one(HOW));
    match chance.below(6) {
        0 | 1 => format!("{} {does} {what} {how}.", capital(who)),
        2 | 3 => format!("{} {does} {who} {what} {how}.", chance.one(THEN)),
        4 => {
            let (other, gives, more) = (chance.one(WHO), chance.one(DOES), chance.one(WHAT));
            format!("Als {who} {what} {how} {does}, {gives} {other} {more}.")
        }
        _ => format!("{}: {who} {does} {what} {how}.", chance.one(WHY)),
    }
}

/// Three to six sentences, now and then with a word in bold or italics.
pub(crate) fn paragraph(chance: &mut Chance) -> String {
    let mut sentences: Vec<String> = (0..3 + chance.below(4)).map(|_| sentence(chance)).collect();
    if chance.once_in(3) {
        sentences.push(format!("Let vooral op **{}** en _{}_.", chance.one(WHAT), chance.one(WHAT)));
    }
    sentences.join(" ")
}

/// Something that is done to something, as an item of a list.
pub(crate) fn item(chance: &mut Chance) -> String {
    format!("{} {} {}", chance.one(WHO), chance.one(DOES), chance.one(WHAT))
}

/// Who, what and how, as a row of a table.
pub(crate) fn row(chance: &mut Chance) -> [&'static str; 3] {
    [chance.one(WHO), chance.one(WHAT), chance.one(HOW)]
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
