//! Complaints that other rooms make about content, in Dutch. In: complaints in English. Out: those that an editor meets most,
//! in Dutch; the others as they were. What stands between backticks in them is kept.

use crate::base::Diagnostic;

/// Puts complaints about links and unknown keys into Dutch.
pub fn put(diagnostics: &mut [Diagnostic]) {
    for told in diagnostics {
        let named = names(&told.message);
        let [first, second] = [0, 1].map(|at| named.get(at).cloned().unwrap_or_default());
        let message = match told.code {
            "link/missing" => format!("De link ‘{first}’ gaat nergens heen: er is geen bestand ‘{second}’."),
            "link/anchor" => {
                format!("De link gaat naar ‘{first}’ in ‘{second}’, maar daar staat geen kop met die naam.")
            }
            "link/empty" => "Deze link heeft geen adres.".to_owned(),
            "link/unrendered" => format!("De link ‘{first}’ gaat naar een pagina die niet op de site komt."),
            "front-matter/unknown-key" if named.len() == 1 && told.message.starts_with("A page knows no") => {
                format!("Een pagina kent geen ‘{first}’, dus het telt niet mee.")
            }
            _ => continue,
        };
        told.hints = told.hints.iter().map(|text| hint(told.code, text)).collect();
        told.message = message;
    }
}

fn hint(code: &str, text: &str) -> String {
    let named = names(text);
    let all = || named.iter().map(|name| format!("‘{name}’")).collect::<Vec<_>>().join(", ");
    match (code, named.as_slice()) {
        ("link/missing", [there, write]) if text.starts_with("There is") => {
            format!("Er is wel een ‘{there}’. Schrijf: {write}")
        }
        ("link/missing", _) => {
            "Schrijf na @/ de map en de naam van het bestand precies zoals ze in content/ staan, ook de hoofdletters: @/map/pagina.md. Het bestand van een rubriek heet _index.md.".to_owned()
        }
        ("link/anchor", _) => format!("Er zijn: {}.", all()),
        ("link/empty", _) => "Schrijf het adres tussen de ronde haken: [tekst](@/map/pagina.md).".to_owned(),
        ("link/unrendered", _) => {
            "Bezoekers vinden daar niets. Haal de link weg, of haal ‘render = false’ weg uit die pagina.".to_owned()
        }
        ("front-matter/unknown-key", [near, ..]) if text.starts_with("Did you mean") => {
            format!("Bedoelt u ‘{near}’? Is het een eigen veld, zet het dan onder [extra].")
        }
        _ => text.to_owned(),
    }
}

/// What stands between backticks.
fn names(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_meet_is_put_into_dutch_and_the_rest_is_left() {
        let mut all = [
            Diagnostic::error("link/missing", "The link `@/a.md` leads nowhere: there is no `content/a.md`.")
                .hint("There is a `content/a/index.md`: write `@/a/index.md`."),
            Diagnostic::error("template/syntax", "This `x` is wrong."),
        ];
        put(&mut all);
        assert_eq!(all[0].message, "De link ‘@/a.md’ gaat nergens heen: er is geen bestand ‘content/a.md’.");
        assert_eq!(all[0].hints, ["Er is wel een ‘content/a/index.md’. Schrijf: @/a/index.md"]);
        assert_eq!(all[1].message, "This `x` is wrong.");
    }
}
