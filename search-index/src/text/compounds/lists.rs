//! What looks like a compound and is none. In: a word or a part. Out: whether it is one of these.

/// Words that have become one, and names; by their stems or as they are. In order.
const ONE: &[&str] = &[
    "aanbesteding", "aardappel", "afwisseling", "alkmaar", "alleenstaand", "almere", "ambtenaar", "amersfoort", "amstelveen", "amsterdam", "antwoord", "apeldoorn", "architect", "arnhem", "automaat", "autoriteit", "barendrecht", "basket", "bediening", "bedrag", "beeldschoon", "belangrijk", "belangstelling", "bijeenkomst", "bijvoorbeeld", "bladzijd", "bladzijde", "boerderij", "boodschap", "boomgaard", "brandenburg", "burgemeester", "chocolade", "combinatie", "commissie", "constant", "deelnam", "deelnem", "deelneming", "deventer", "dinsdag", "doetinchem", "donderdag", "dordrecht", "draagvlak", "draaiboek", "drechtsteden", "duitsland", "echtgenoot", "eenvoudig", "eindhoven", "engeland", "enschede", "evenwicht", "fotograaf", "friesland", "gastheer", "gelderland", "gemeenschap", "gemeent", "gemeente", "gezamenlijk", "gezellig", "gezichtspunt", "griekenland", "grondig", "grondslag", "groningen", "grossier", "haarlem", "handhaf", "handhaven", "handschoen", "hartelijk", "hartstocht", "heilig", "hilversum", "holland", "hoofdletter", "hoofdstuk", "horizontaal", "horizontal", "huishoud", "huishouden", "huishouding", "huwelijk", "iedereen", "ijsland", "inderdaad", "kantoor", "kantor", "karakter", "katwijk", "kennemerland", "kerkrade", "landelijk", "leeuwarden", "leiderdorp", "leidinggevend", "leidraad", "lelystad", "limburg", "maaltijd", "maandag", "maastricht", "maatregel", "maatschap", "maatschappelijk", "maatschappij", "maatstaf", "medewerker", "middelburg", "moederland", "mogelijk", "nederland", "neerslag", "nijmegen", "noodzaak", "noodzak", "noodzakelijk", "onderwijs", "oostenrijk", "openbaar", "oppervlak", "oppervlakt", "organisatie", "overleg", "partij", "persoonlijk", "plaatsvind", "planeet", "planet", "portefeuille", "portfolio", "regelmaat", "regelmat", "rijnland", "rijswijk", "roosteren", "rotterdam", "rusland", "samenleving", "schiedam", "schoonhoven", "schouwburg", "schriftelijk", "slachtoffer", "standaard", "tegenwoordig", "tijdelijk", "tilburg", "transformatie", "transponder", "utrecht", "vaderland", "vakantie", "veenendaal", "verjaardag", "vernissage", "vervolgens", "vlaardingen", "volgend", "voorbeeld", "voorzitter", "vriendelijk", "vrijdag", "waarborg", "waarnem", "waarneming", "waarschuw", "waarschuwing", "weigering", "werkelijk", "wetenschap", "wetenschapper", "wijngaard", "winterswijk", "woensdag", "zaandam", "zaanstad", "zaterdag", "zeeland", "zelfstandig", "zoetermeer", "zondag", "zoogdier", "zutphen", "zwijndrecht", "zwitserland",
];

/// Endings and parts that look like a word and are none, or are no part at the end. In order.
const NO_PART: &[&str] = &[
    "achtig", "ader", "baar", "baard", "beeld", "burg", "dracht", "eert", "eien", "eieren", "eren", "ering", "eten", "gang", "gering", "gierig", "gierigheid", "graaf", "haver", "heden", "heid", "ing", "ingen", "jarig", "kere", "keren", "kers", "kundig", "kundige", "lade", "lig", "lige", "lijk", "lijks", "ling", "loos", "loosheid", "loze", "maals", "making", "matig", "matige", "matigheid", "natie", "neren", "nering", "ning", "ningen", "nissen", "open", "ponder", "raat", "ragen", "rate", "rijk", "rijke", "ring", "ringen", "sage", "schap", "schappen", "schuw", "schuwing", "sier", "slag", "staan", "staand", "ster", "sters", "tal", "tegen", "ten", "tere", "teren", "tigheid", "vol", "volle", "vond", "voor", "waar", "waardig", "waardige", "waardigheid", "waarts", "zaam", "zamen", "zoek",
];

/// What is no part before another one. In order.
const NO_HEAD: &[&str] = &[
    "aan", "achter", "ander", "andere", "anderen", "beide", "bij", "bijeen", "door", "een", "eerst", "eigen", "elkaar", "goed", "her", "ieder", "kort", "lang", "linker", "mede", "mee", "meel", "mis", "neer", "onder", "ont", "over", "part", "rechter", "rond", "samen", "tegen", "terug", "trans", "vast", "veilig", "ver", "verder", "verte", "voor", "voort", "wan", "weer",
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
