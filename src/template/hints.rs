//! How the commonest faults of templates are mended. In: what is wrong, and the text it is about. Out: a sentence.

/// A way to mend a fault, if one is known. `marked` is the text the fault points at.
pub fn hint(message: &str, marked: &str) -> Option<String> {
    let lower = message.to_lowercase();
    let has = |part: &str| lower.contains(part);
    let named = message.split('`').nth(1).unwrap_or_default();
    Some(match marked.split_whitespace().next().unwrap_or_default() {
        "import" | "macro" | "endmacro" | "from" if has("unknown tag") => MACROS.to_owned(),
        tag if has("unknown tag") && tag.starts_with("end") => format!(
            "`{{% {tag} %}}` closes nothing here: what was opened last must be closed first. Look above for a tag that is not closed, such as an `{{% if %}}` without `{{% endif %}}`."
        ),
        _ if has("macro") && !has("which does not exist") => MACROS.to_owned(),
        _ if has("unknown tag") => "Look for a typing error. The tags are `if`, `elif`, `else`, `for`, `set`, `block`, `extends`, `include`, `filter`, `component` and `raw`.".to_owned(),
        _ if has("recursion depth") => "A component calls itself, or calls another that calls it: look through the `{{ <name /> }}` in the components that this template uses, and take one away.".to_owned(),
        _ if has("itself") => "Take the `extends` or `include` that closes the circle out of one of these templates.".to_owned(),
        _ if has("unexpected end of input") => "Something is not closed before the end of the file: each `{% if %}` needs an `{% endif %}`, each `{% for %}` an `{% endfor %}`, each `{% block %}` an `{% endblock %}`, each `{{` a `}}`.".to_owned(),
        _ if has("found `.` but expected }}") => "The outcome of a call must have a name before a part of it can be taken: `{% set x = f(…) %}`, then `{{ x.part }}`.".to_owned(),
        _ if has("expected }}") || has("expected %}") => "Look for a typing error here. What begins with `{{` ends with `}}`, and what begins with `{%` ends with `%}`.".to_owned(),
        _ if has("unknown component") => format!(
            "Mend the name, or define the component in a file in `templates/`: `{{% component {named}() %}}…{{% endcomponent {named} %}}`."
        ),
        _ if has("unknown template") || has("which does not exist") => {
            let name = message.rsplit('`').nth(1).unwrap_or_default();
            format!("Mend the name, or make the file `templates/{name}`.")
        }
        _ if has("undefined") || has("not found in context") || has("is not defined") => "Mend the name, or give a value where it may be missing: `{{ x | default(value=\"\") }}`, or ask first: `{% if x is defined %}`.".to_owned(),
        _ if has("there is no filter") || has("there is no test") || has("there is no function") => "Mend the name. Filters, tests and functions are those of dialect 0.22; `praktijk check --dialect` says why the site is read as one.".to_owned(),
        _ if has("unknown filter") || has("unknown test") => "Mend the name. Filters and tests are those of dialect 0.23; several of Zola 0.22 have another name there.".to_owned(),
        _ if has("unknown function") => format!(
            "Mend the name. Functions are those of dialect 0.23. A shortcode or macro of Zola 0.22 is a component there, called as `{{{{ <{named} … /> }}}}`."
        ),
        _ if has("invalid type for the value") => "Something else than was meant stands in front of the filter: mend that, or turn it into what is wanted first, as in `{{ x | int | … }}` or `{{ x | as_str | … }}`.".to_owned(),
        _ => return None,
    })
}

const MACROS: &str = "Macros are of Zola up to 0.22. In dialect 0.23 write a component: `{% component name(a) %}…{% endcomponent name %}`, called as `{{ <name a={…} /> }}`.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_one_of_the_fault() {
        let told = |message, marked| hint(message, marked).unwrap_or_default();
        assert!(
            told("Unknown component `kaart`.", "<kaart />")
                .contains("{% component kaart() %}…{% endcomponent kaart %}")
        );
        assert!(told("Unknown function `youtube`.", "youtube(id=1)").contains("`{{ <youtube … /> }}`"));
        assert!(told("Unknown template `a/b.html`.", "\"a/b.html\"").contains("`templates/a/b.html`"));
        assert!(
            told("The template extends `b.html`, which does not exist.", "").contains("`templates/b.html`")
        );
        assert!(told("Unknown tag.", "endfor %}").contains("`{% endfor %}` closes nothing"));
        assert_eq!(told("Unknown tag.", "import"), MACROS);
        assert_eq!(hint("Geef elke pagina een soort.", ""), None);
    }
}
