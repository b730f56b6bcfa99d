//! The fields of our forms. In: what a field is called, what was typed, and what was wrong with it. Out: HTML with the
//! label above, the explanation and the fault by the field, and a list of all faults above the form.
//!
//! Nothing is left to the browser's own checks: they speak the browser's language, vanish after a moment, and some
//! cannot be read aloud. What somebody typed stays, but for passwords. No button is ever disabled.
//!
//! ```text
//! let mut faults = Faults::default();
//! if name.is_empty() { faults.add("naam", "Vul uw naam in."); }
//! if !faults.is_empty() {
//!     return Ok(visit.page(422, "Profiel", &html! {
//!         (faults.summary())
//!         (form(visit, "mijn", &html! {
//!             (Field::text("naam", "Uw naam").value(name).autocomplete("name").most(80).show(&faults))
//!             (buttons("Opslaan", Some(&visit.app.path(""))))
//!         }))
//!     }));
//! }
//! ```

mod faults;

use maud::{Markup, html};

use crate::accepted::text;
use crate::reactions::forms::Fields;
use crate::reactions::visit::Visit;

pub(super) use faults::Faults;

/// What somebody can do in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort<'a> {
    /// One line; the type of the element.
    Line(&'a str),
    /// So many lines.
    Lines(u32),
    /// One of these: what is sent, and what is read.
    OneOf(&'a [(&'a str, &'a str)]),
}

/// A field of a form. Its id is its name.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    name: &'a str,
    label: &'a str,
    sort: Sort<'a>,
    value: &'a str,
    explained: Option<&'a str>,
    autocomplete: Option<&'a str>,
    inputmode: Option<&'a str>,
    most: Option<u32>,
    optional: bool,
}

impl<'a> Field<'a> {
    fn new(name: &'a str, label: &'a str, sort: Sort<'a>) -> Field<'a> {
        Field {
            name,
            label,
            sort,
            value: "",
            explained: None,
            autocomplete: None,
            inputmode: None,
            most: None,
            optional: false,
        }
    }

    /// One line of text.
    pub(super) fn text(name: &'a str, label: &'a str) -> Field<'a> {
        Field::new(name, label, Sort::Line("text"))
    }

    /// A mail address.
    pub(super) fn mail(name: &'a str, label: &'a str) -> Field<'a> {
        Field { most: Some(254), ..Field::new(name, label, Sort::Line("email")) }
    }

    /// A password: `autocomplete` is `current-password` or `new-password`. It is never shown again.
    pub(super) fn password(name: &'a str, label: &'a str, autocomplete: &'a str) -> Field<'a> {
        Field { autocomplete: Some(autocomplete), ..Field::new(name, label, Sort::Line("password")) }
    }

    /// Figures that came by mail or from an app. They may be pasted, with or without spaces.
    pub(super) fn code(name: &'a str, label: &'a str) -> Field<'a> {
        let field = Field::new(name, label, Sort::Line("text"));
        Field { autocomplete: Some("one-time-code"), inputmode: Some("numeric"), ..field }
    }

    /// A day.
    pub(super) fn day(name: &'a str, label: &'a str) -> Field<'a> {
        Field::new(name, label, Sort::Line("date"))
    }

    /// Several lines of text.
    pub(super) fn lines(name: &'a str, label: &'a str, rows: u32) -> Field<'a> {
        Field::new(name, label, Sort::Lines(rows))
    }

    /// One of a few, all of them shown: what is sent, and what is read.
    pub(super) fn one_of(name: &'a str, label: &'a str, choices: &'a [(&'a str, &'a str)]) -> Field<'a> {
        Field::new(name, label, Sort::OneOf(choices))
    }

    /// With what was typed, or stands there now.
    pub(super) fn value(self, value: &'a str) -> Field<'a> {
        Field { value, ..self }
    }

    /// With a sentence under the label.
    pub(super) fn explained(self, words: &'a str) -> Field<'a> {
        Field { explained: Some(words), ..self }
    }

    /// With what a browser may fill in.
    pub(super) fn autocomplete(self, what: &'a str) -> Field<'a> {
        Field { autocomplete: Some(what), ..self }
    }

    /// For so many characters at most.
    pub(super) fn most(self, characters: u32) -> Field<'a> {
        Field { most: Some(characters), ..self }
    }

    /// It may stay empty.
    pub(super) fn optional(self) -> Field<'a> {
        Field { optional: true, ..self }
    }

    /// As HTML.
    pub(super) fn show(self, faults: &Faults) -> Markup {
        let fault = faults.of(self.name);
        let label = html! { (self.label) @if self.optional { " (niet verplicht)" } };
        let notes = html! {
            @if let Some(words) = self.explained { p.veld-uitleg id={ (self.name) "-uitleg" } { (words) } }
            @if let Some(says) = fault { p.veld-fout id={ (self.name) "-fout" } { (says) } }
        };
        if let Sort::OneOf(choices) = self.sort {
            return self.choices(choices, &label, &notes, fault.is_some());
        }
        html! {
            div.veld {
                label for=(self.name) { (label) }
                (notes)
                (self.input(fault.is_some()))
            }
        }
    }

    /// The ids of what is said about it.
    fn described(self, has_fault: bool) -> Option<String> {
        let mut ids = Vec::new();
        if self.explained.is_some() {
            ids.push(format!("{}-uitleg", self.name));
        }
        if has_fault {
            ids.push(format!("{}-fout", self.name));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn input(self, has_fault: bool) -> Markup {
        let described = self.described(has_fault);
        let required = (!self.optional).then_some("true");
        let invalid = has_fault.then_some("true");
        html! {
            @match self.sort {
                Sort::Lines(rows) => {
                    // A line end right behind the tag is not part of the text, so one more is written.
                    textarea id=(self.name) name=(self.name) rows=(rows) autocomplete=[self.autocomplete]
                        aria-required=[required] aria-invalid=[invalid] aria-describedby=[described] { "\n" (self.value) }
                }
                Sort::Line(kind) => {
                    input type=(kind) id=(self.name) name=(self.name)
                        value=[(kind != "password").then_some(self.value)]
                        autocomplete=[self.autocomplete] inputmode=[self.inputmode] maxlength=[self.most]
                        spellcheck=[(kind != "text").then_some("false")]
                        autocapitalize=[matches!(kind, "email" | "password").then_some("none")]
                        aria-required=[required] aria-invalid=[invalid] aria-describedby=[described];
                }
                Sort::OneOf(_) => {}
            }
        }
    }

    fn choices(self, choices: &[(&str, &str)], label: &Markup, notes: &Markup, has_fault: bool) -> Markup {
        html! {
            fieldset.veld aria-describedby=[self.described(has_fault)] {
                legend { (label) }
                (notes)
                @for (at, (sent, read)) in choices.iter().enumerate() {
                    // A link in the list of faults leads to the first.
                    @let id = if at == 0 { self.name.to_owned() } else { format!("{}-{sent}", self.name) };
                    div.veld-keuze {
                        input type="radio" id=(id) name=(self.name) value=(sent) checked[*sent == self.value]
                            aria-invalid=[has_fault.then_some("true")];
                        label for=(id) { (read) }
                    }
                }
            }
        }
    }
}

/// A box to tick: what it is called, what it says, and whether it is ticked. Sends `ja`.
pub(super) fn tick(name: &str, label: &str, ticked: bool) -> Markup {
    html! {
        div.veld-keuze {
            input type="checkbox" id=(name) name=(name) value="ja" checked[ticked];
            label for=(name) { (label) }
        }
    }
}

/// Boxes that belong together, with what they are about above them.
pub(super) fn group(legend: &str, explained: Option<&str>, boxes: &Markup) -> Markup {
    html! {
        fieldset.veld {
            legend { (legend) }
            @if let Some(words) = explained { p.veld-uitleg { (words) } }
            (boxes)
        }
    }
}

/// A form that is posted to a path below the endpoint, with the token of this visitor.
pub(super) fn form(visit: &Visit<'_>, below: &str, content: &Markup) -> Markup {
    html! {
        form.formulier method="post" action=(visit.app.path(below)) accept-charset="utf-8" novalidate {
            (visit.hidden())
            (content)
        }
    }
}

/// Something that is sent along unseen.
pub(super) fn unseen(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// The button that sends a form, and the way back if there is one.
pub(super) fn buttons(sends: &str, back: Option<&str>) -> Markup {
    html! {
        p.knoppen {
            button.knop { (sends) }
            @if let Some(back) = back { " " a href=(back) { "Annuleer" } }
        }
    }
}

/// Something to know.
pub(super) fn told(words: &str) -> Markup {
    html! { p.melding role="status" { (words) } }
}

/// Something that went well.
pub(super) fn went_well(words: &str) -> Markup {
    html! { p.melding.melding-goed role="status" { (words) } }
}

/// Something to look out for.
pub(super) fn look_out(words: &str) -> Markup {
    html! { p.melding.melding-let-op { (words) } }
}

/// What somebody wrote and what is called so in forms, in the order in which it is read. No password is one of them.
const WRITTEN: [(&str, &str); 4] =
    [("titel", "Uw titel"), ("tekst", "Uw tekst"), ("uitleg", "Uw uitleg"), ("reden", "Uw reden")];

/// What was written in a form that could not be taken, to copy; nothing when nothing was written.
pub(super) fn to_copy(form: &Fields) -> Markup {
    let written: Vec<(&str, &str, String)> = WRITTEN
        .iter()
        .map(|(name, label)| (*name, *label, text::tidy(form.text(name))))
        .filter(|(.., text)| !text.trim().is_empty())
        .collect();
    html! {
        @if !written.is_empty() {
            p { "Wilt u uw tekst bewaren? Kopieer hem dan hier." }
            @for (name, label, text) in &written {
                (Field::lines(name, label, 8).value(text).optional().autocomplete("off").show(&Faults::default()))
            }
        }
    }
}

#[cfg(test)]
mod tests;
