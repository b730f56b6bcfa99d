//! Fields as HTML.

use super::*;

#[test]
fn a_fault_stands_by_its_field_and_above_the_form() {
    let mut faults = Faults::one("naam", "Vul uw naam in.");
    faults.add("naam", "nog iets");
    let list = faults.summary().0;
    assert!(
        list.contains(r##"<a href="#naam">Vul uw naam in.</a>"##) && list.contains("autofocus"),
        "{list}"
    );
    assert!(!list.contains("nog iets"));
    let field = Field::text("naam", "Uw naam").explained("Zoals u wilt.").value("<b>\"").show(&faults).0;
    assert!(field.contains(r#"<label for="naam">Uw naam</label>"#), "{field}");
    assert!(field.contains(r#"aria-invalid="true" aria-describedby="naam-uitleg naam-fout""#), "{field}");
    assert!(field.contains(r#"value="&lt;b&gt;&quot;""#), "{field}");
    assert!(Faults::default().summary().0.is_empty());
}

#[test]
fn a_password_is_never_shown_again() {
    let field = Field::password("wachtwoord", "Wachtwoord", "current-password").value("geheim");
    let html = field.show(&Faults::default()).0;
    assert!(!html.contains("geheim") && html.contains(r#"autocomplete="current-password""#), "{html}");
}

#[test]
fn a_link_to_a_choice_leads_to_the_first() {
    let choices = [("ja", "Ja"), ("nee", "Nee")];
    let field = Field::one_of("keuze", "Wat?", &choices).value("nee").show(&Faults::one("keuze", "Kies.")).0;
    assert!(field.contains(r#"id="keuze" name="keuze" value="ja" aria-invalid"#), "{field}");
    assert!(field.contains(r#"value="nee" checked aria-invalid"#), "{field}");
}

#[test]
fn a_text_that_begins_with_a_line_end_keeps_it() {
    let field = Field::lines("tekst", "Uw tekst", 6).value("\na</textarea>").show(&Faults::default()).0;
    assert!(field.contains(">\n\na&lt;/textarea&gt;</textarea>"), "{field}");
}
