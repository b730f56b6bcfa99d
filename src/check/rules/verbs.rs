//! Whether a Dutch sentence tells somebody to do something. In: a sentence. Out: a guess from its first word, which in Dutch
//! is the bare stem of a verb. A stem that is not in the list is accepted when it is made as stems are.

/// Whether the first word is an imperative.
pub(super) fn begins_with_imperative(sentence: &str, more: &[String]) -> bool {
    let mut words = sentence
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        // "Tip 3: organiseer", "Stap 1. Vraag".
        .skip_while(|word| ["tip", "advies", "aanbeveling", "stap"].contains(&word.as_str()));
    let Some(first) = words.next() else { return false };
    is_imperative(&first, more)
}

fn is_imperative(word: &str, more: &[String]) -> bool {
    let is_listed = |word: &str| {
        STEMS.split_whitespace().any(|stem| stem == word) || more.iter().any(|verb| verb == word)
    };
    if is_listed(word) {
        return true;
    }
    // Verbs of Latin descent: "organiseer", "evalueer"; no noun but a handful ends so.
    if word.len() > 5 && word.ends_with("eer") && !NOUNS_EER.contains(&word) {
        return true;
    }
    // With what stands before it as one word: "uitnodig" is none, but "herformuleer" and "overleg" are.
    ["be", "ver", "ont", "her", "over", "onder", "door", "mis", "voor"]
        .iter()
        .any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| rest.len() > 2 && is_listed(rest)))
}

const NOUNS_EER: [&str; 8] =
    ["beheer", "verkeer", "meneer", "wanneer", "alweer", "verweer", "ommekeer", "atmosfeer"];

/// Stems of verbs that advice begins with.
const STEMS: &str = "
    aanvaard adviseer analyseer antwoord baseer bedank bedenk begeleid begin begrijp behandel behoud bekijk bel beloof beloon
    benader benoem benut bepaal beperk bereid bereik bericht beschouw beschrijf bescherm beslis bespaar bespreek besteed
    bestudeer bevestig bevorder bewaak bewaar bied bind blijf bouw breid breng bundel check citeer coach combineer controleer
    creëer deel denk dien doe doorbreek doorloop draag draai drink druk durf erken evalueer experimenteer fiets focus formuleer
    ga gebruik geef geloof geniet gun haal handel heb help herhaal herinner herken herzie hoor hou houd huur informeer inventariseer
    investeer inspireer kies kijk klop kom kook koop koppel laat leer leg lees leid let leun lever licht loop luister maak meet meld
    merk mijd motiveer neem nodig noem noteer observeer oefen onderhoud onderneem onderscheid ondersteun onderzoek ontdek ontmoet
    ontwerp ontwikkel open oordeel organiseer overdenk overleg overweeg pak parkeer pas peil plaats plan pleeg plak praat presenteer
    prijs print prioriteer probeer proef publiceer raadpleeg reageer realiseer reken reserveer regel reik respecteer rond ruim
    schakel schat scherp schets schrap schrijf signaleer sla sluit snap span speel spits splits spoor spreek sta start stel stem
    steun stimuleer stop streef stroomlijn stuur teken tel test toets toon train trek tref trouw vaar val vang verander verbeter
    verbind verdeel verdiep verduidelijk verken verklaar verkort verlaag verleen verlies vermeld vermijd vernieuw verplaats
    verras verspreid versterk vertaal vertel vertrouw vervang verwacht verwerk verwijs verwijder verwoord verzamel verzorg vier
    vind vlieg voeg voel voer volg volhard voorkom vorm vraag vul waak waardeer waarborg wacht wandel was wees weet weeg weiger
    wen werf werk wijs wijzig win wissel wijd word zeg zend zet zie zit zoek zorg zwijg blijft doet geeft kijkt laat maakt neemt
    vergeet verlang verleid versnel vertraag vertoon veranker verantwoord vergelijk vergroot verklein verhelder vereenvoudig
    verstuur verruim bezoek betrek betaal bestel besluit bespeel benadruk beoordeel bekrachtig beantwoord agendeer accepteer
    activeer actualiseer archiveer arrangeer borg brainstorm communiceer concretiseer definieer delegeer documenteer
    faciliteer financier garandeer hanteer implementeer installeer integreer introduceer monitor normaliseer onthoud
    ontlast ontvang ontzorg optimaliseer participeer registreer rapporteer reflecteer relativeer reorganiseer selecteer
    specificeer structureer synchroniseer visualiseer zoom bereken bestrijd herstel heroverweeg herschrijf koester kweek
    maximaliseer minimaliseer overbrug overtuig overzie passeer snijd staak til toets vermenigvuldig vertel verdedig verhoog
    scan scoor deel wek wring zaai
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_somebody_to_do_something() {
        for title in [
            "Organiseer tijd",
            "Zet vaste contactpersonen in",
            "‘Leer’ met casuïstiek",
            "Tip 3: investeer in mensen",
            "Herformuleer de vraag",
            "Evalueer samen",
            "Wees eerlijk",
            "Visualiseer de route",
            "Overleg vroeg",
            "Bespreek het",
        ] {
            assert!(begins_with_imperative(title, &[]), "{title}");
        }
        assert!(begins_with_imperative("Knuffel elkaar", &["knuffel".to_owned()]));
    }

    #[test]
    fn what_does_not() {
        for title in [
            "Tijd voor overleg",
            "Het organiseren van tijd",
            "Samenwerking loont",
            "Goede afspraken",
            "U kunt bellen",
            "Organiseren van tijd",
            "Wanneer bellen?",
            "",
            "Beheer van gegevens",
            "Een vast gezicht",
            "Niet wachten",
        ] {
            assert!(!begins_with_imperative(title, &[]), "{title}");
        }
    }
}
