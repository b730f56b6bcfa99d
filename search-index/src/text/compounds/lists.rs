//! What looks like a compound and is none. In: a word or a part. Out: whether it is one of these.

/// Words that have become one, and names; by their stems or as they are. In order.
const ONE: &[&str] = &[
    "aanbesteding", "aardappel", "afwisseling", "alkmaar", "alleenstaand", "almere", "ambtenaar", "amersfoort", "amstelveen", "amsterdam", "antwoord", "apeldoorn", "architect", "arnhem", "automaat", "autoriteit", "barendrecht", "basket", "bediening", "beeldschoon", "belangrijk", "belangstelling", "bijeenkomst", "bijvoorbeeld", "boerderij", "boodschap", "burgemeester", "chocolade", "combinatie", "commissie", "constant", "deelnam", "deelnem", "deelneming", "deventer", "dinsdag", "doetinchem", "donderdag", "dordrecht", "draagvlak", "draaiboek", "drechtsteden", "duitsland", "echtgenoot", "eenvoudig", "eindhoven", "engeland", "enschede", "evenwicht", "fotograaf", "friesland", "gelderland", "gemeenschap", "gemeent", "gemeente", "gezamenlijk", "gezichtspunt", "griekenland", "grondig", "grondslag", "groningen", "grossier", "haarlem", "handhaf", "handhaven", "hartelijk", "hilversum", "holland", "hoofdletter", "huwelijk", "iedereen", "ijsland", "inderdaad", "kantoor", "kantor", "karakter", "katwijk", "kennemerland", "landelijk", "leeuwarden", "leiderdorp", "leidinggevend", "lelystad", "limburg", "maandag", "maastricht", "maatregel", "maatschap", "maatschappelijk", "maatschappij", "maatstaf", "medewerker", "middelburg", "moederland", "mogelijk", "nederland", "neerslag", "nijmegen", "noodzaak", "noodzak", "noodzakelijk", "onderwijs", "oostenrijk", "openbaar", "oppervlak", "oppervlakt", "organisatie", "overleg", "partij", "persoonlijk", "plaatsvind", "portefeuille", "portfolio", "rijnland", "rijswijk", "rotterdam", "rusland", "samenleving", "schiedam", "schoonhoven", "schouwburg", "schriftelijk", "slachtoffer", "standaard", "tegenwoordig", "tijdelijk", "tilburg", "transponder", "utrecht", "vaderland", "vakantie", "veenendaal", "vernissage", "vervolgens", "vlaardingen", "volgend", "voorbeeld", "voorzitter", "vriendelijk", "vrijdag", "waarborg", "waarnem", "waarneming", "werkelijk", "wetenschap", "wetenschapper", "winterswijk", "woensdag", "zaandam", "zaanstad", "zaterdag", "zeeland", "zelfstandig", "zoetermeer", "zondag", "zutphen", "zwijndrecht", "zwitserland",
];

/// Endings and parts that look like a word and are none, or are no part at the end. In order.
const NO_PART: &[&str] = &[
    "achtig", "ader", "baar", "baard", "beeld", "dracht", "eren", "ering", "gang", "gierig", "gierigheid", "graaf", "haver", "heden", "heid", "ing", "ingen", "jarig", "kundig", "kundige", "lade", "lijk", "lijks", "ling", "loos", "loosheid", "loze", "maals", "making", "matig", "matige", "matigheid", "natie", "nering", "ning", "ningen", "nissen", "ponder", "rijk", "rijke", "ring", "ringen", "sage", "schap", "schappen", "sier", "slag", "staan", "staand", "ster", "sters", "tal", "tegen", "ten", "tigheid", "vol", "volle", "vond", "waardig", "waardige", "waardigheid", "waarts", "zaam", "zamen", "zoek",
];

/// What is no part before another one. In order.
const NO_HEAD: &[&str] = &[
    "aan", "achter", "bij", "bijeen", "door", "een", "her", "ieder", "mede", "mee", "mis", "ont", "over", "part", "tegen", "ver", "verte", "voor", "wan",
];

/// Parts that mean nothing by themselves: nobody who searches *gever* wants an *opdrachtgever*. In order.
const SILENT: &[&str] = &[
    "gever", "gevers", "geving", "houder", "houders", "kunde", "leder", "lieden", "nemer", "nemers", "stelling", "stellingen", "wijs",
];

/// Whether a word is not divided.
pub(super) fn is_one(word: &str) -> bool {
    ONE.binary_search(&word).is_ok()
}

/// Whether something is no part at the end of a word.
pub(super) fn is_no_part(tail: &str) -> bool {
    NO_PART.binary_search(&tail).is_ok()
}

/// Whether something is no part before another one.
pub(super) fn is_no_head(head: &str) -> bool {
    NO_HEAD.binary_search(&head).is_ok()
}

/// Whether a part is not given.
pub(super) fn is_silent(part: &str) -> bool {
    SILENT.binary_search(&part).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for list in [ONE, NO_PART, NO_HEAD, SILENT] {
            let mut sorted = list.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(list, sorted);
        }
    }
}
