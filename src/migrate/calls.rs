//! Rewrites calls of functions, tests and macros. In: a call of Tera 1. Out: the same for Tera 2, where a macro is a
//! component, tests take names for their arguments, and some functions ask for more.

use super::expr::{Arg, Expr, Kind, Test};
use super::note::Weight;
use super::rewrite::{Local, Rewriter, Want};
use super::survey::{Component, Param};

/// Functions of Zola 0.23.
const FUNCTIONS: [&str; 19] = [
    "get_page",
    "get_section",
    "get_url",
    "get_taxonomy",
    "get_taxonomy_term",
    "get_taxonomy_url",
    "trans",
    "resize_image",
    "get_image_metadata",
    "now",
    "get_env",
    "get_random",
    "range",
    "throw",
    "load_data",
    "get_hash",
    "super",
    "text_direction",
    "caller",
];

impl Rewriter<'_> {
    /// A call of a function.
    pub(super) fn function(&mut self, expr: &Expr, name: &str, args: &[Arg]) -> String {
        if !FUNCTIONS.contains(&name) {
            self.note(
                Weight::ByHand,
                expr.span.start,
                format!("The function `{name}` is not one of Zola's."),
                "Take it away, or write what it did in another way.",
            );
        }
        let mut edits = self.arg_edits(args, &[]);
        if ["get_taxonomy", "get_taxonomy_term"].contains(&name) {
            let kinds = args.iter().filter(|arg| arg.name == "kind");
            let slugs: Vec<_> = kinds.filter_map(|arg| self.slug_of(&arg.value)).collect();
            // Before the others: of two for one place the first is done.
            edits.splice(0..0, slugs);
        }
        if name == "get_taxonomy_url" {
            let old = args.iter().filter(|arg| arg.name == "name");
            edits.extend(old.map(|arg| (arg.span.start..arg.span.start + 4, "term".to_owned())));
        }
        let mut text = self.with(&expr.span, &edits);
        let has = |wanted: &str| args.iter().any(|arg| arg.name == wanted);
        if name == "get_random" && !has("start") {
            text = with_arg(&text, "start=0");
        }
        if !has("lang")
            && let Some(lang) = self.language_of(name, args)
        {
            text = with_arg(&text, &lang);
        }
        text
    }

    /// The slug of a taxonomy in the place of its name, where they differ.
    fn slug_of(&self, kind: &Expr) -> Option<(super::expr::Span, String)> {
        let text = self.source(&kind.span);
        let inner = kind.span.start + 1..kind.span.end.max(kind.span.start + 2) - 1;
        let slugs = &self.survey.languages.slugs;
        let (_, slug) = slugs
            .iter()
            .find(|(name, _)| matches!(kind.kind, Kind::Text) && text[1..text.len() - 1] == **name)?;
        Some((kind.span.clone(), format!("{}{slug}{}", &text[..1], &self.text[inner.end..kind.span.end])))
    }

    /// The language that a call must name now: without one, 0.22 took the default language and 0.23 takes that of the page.
    fn language_of(&mut self, name: &str, args: &[Arg]) -> Option<String> {
        if !self.survey.languages.several {
            return None;
        }
        let path = args.iter().find(|arg| arg.name == "path").map(|arg| &arg.value);
        let literal = path.filter(|path| matches!(path.kind, Kind::Text));
        let wanted = match name {
            "trans" | "get_taxonomy" | "get_taxonomy_term" | "get_taxonomy_url" => true,
            "get_url" => path.is_some_and(|path| self.begins(path).is_none_or(|text| text.starts_with('@'))),
            "get_page" | "get_section" => true,
            _ => false,
        };
        // A component without `lang` asks in the default language anyway.
        let has_lang = self
            .inside
            .is_none_or(|it| it.params.iter().any(|param| param.was == "lang") || it.given.contains("lang"));
        if !wanted || !has_lang {
            return None;
        }
        let default = match self.inside {
            Some(it) if !it.given.contains("config") => format!("\"{}\"", self.survey.languages.default),
            _ => "config.default_language".to_owned(),
        };
        match path {
            // What is reckoned, such as an ancestor, may name a file with the language of the page in it.
            Some(path) if literal.is_none() && name.starts_with("get_") && name != "get_url" => {
                let path = self.part(path, Want::Operand);
                Some(format!("lang=(lang if {path} is containing(pat=\".\" ~ lang ~ \".\") else {default})"))
            }
            _ => Some(format!("lang={default}")),
        }
    }

    /// The text that an expression begins with, when that is written there.
    fn begins(&self, expr: &Expr) -> Option<&str> {
        match &expr.kind {
            Kind::Text => Some(&self.source(&expr.span)[1..]),
            Kind::Binary(_, left, _) => self.begins(left),
            Kind::Group(inner) => self.begins(inner),
            _ => None,
        }
    }

    /// A test.
    pub(super) fn test(&mut self, expr: &Expr, test: &Test) -> String {
        let subject = match &test.subject.kind {
            Kind::Path(root, steps) => self.path_to(root, steps, true),
            _ => self.expr(&test.subject, Want::Operand),
        };
        let not = if test.negated { "not " } else { "" };
        if let Kind::Path(root, steps) = &test.subject.kind
            && steps.is_empty()
            && self.optional.contains(root)
        {
            // What was not handed is none here, and was undefined.
            match test.name.as_str() {
                "defined" => return format!("{subject} is {}none", if test.negated { "" } else { "not " }),
                "undefined" => return format!("{subject} is {not}none"),
                _ => {}
            }
        }
        if test.name == "iterable" {
            // A text is iterable in Tera 2.
            let either = format!("({subject} is array or {subject} is map)");
            return if test.negated { format!("not {either}") } else { either };
        }
        let (name, arg) = match test.name.as_str() {
            "object" => ("map", ""),
            "divisibleby" => ("divisible_by", "divisor"),
            "starting_with" | "ending_with" | "containing" | "matching" => (test.name.as_str(), "pat"),
            other => (other, ""),
        };
        let known = ["defined", "undefined", "odd", "even", "string", "number", "map", "divisible_by"];
        if arg.is_empty() && !known.contains(&name) {
            self.note(
                Weight::ByHand,
                expr.span.start,
                format!("The test `{name}` is not one of Tera's."),
                "Take it away, or write what it did in another way.",
            );
        }
        let args: Vec<String> = test.args.iter().map(|arg| self.expr(arg, Want::Value)).collect();
        let args = match args.as_slice() {
            [] => String::new(),
            [only] if !arg.is_empty() => format!("({arg}={only})"),
            _ => format!("({})", args.join(", ")),
        };
        format!("{subject} is {not}{name}{args}")
    }

    /// A call of a macro.
    pub(super) fn component_call(&mut self, expr: &Expr, space: &str, name: &str, args: &[Arg]) -> String {
        let survey = self.survey;
        let Some((_, component)) = survey.component(self.path, space, name) else {
            self.note(
                Weight::ByHand,
                expr.span.start,
                format!("No macro `{name}` was found for `{space}`."),
                "Write the call of a component: `{{ <name arg={value} /> }}`.",
            );
            return self.source(&expr.span).to_owned();
        };
        let mut attributes = Vec::new();
        for arg in args {
            match component.params.iter().find(|param| param.was == arg.name) {
                Some(param) => attributes.push(self.attribute_for(&param.name, &arg.value)),
                // Tera 1 passed over it; Tera 2 stops.
                None => self.note(
                    Weight::Look,
                    arg.span.start,
                    format!(
                        "`{}` has no argument `{}`, so the call no longer hands it.",
                        component.name, arg.name
                    ),
                    "Nothing needs to be done.",
                ),
            }
        }
        attributes.extend(self.filled(component, args));
        attributes.extend(self.given(component));
        let attributes: String = attributes.iter().map(|text| format!(" {text}")).collect();
        format!("<{}{attributes} />", component.name)
    }

    /// Defaults that the definition cannot have any more.
    fn filled(&mut self, component: &Component, args: &[Arg]) -> Vec<String> {
        let missing = |param: &&Param| param.filled && args.iter().all(|arg| arg.name != param.was);
        let default = |param: &Param| {
            let default = param.default.clone().unwrap_or_default();
            let text = default.starts_with(['"', '\'', '`']);
            let value = default.replace('\\', "\\\\");
            if text { format!("{}={value}", param.name) } else { format!("{}={{{default}}}", param.name) }
        };
        component.params.iter().filter(missing).map(default).collect()
    }

    /// What Zola gives to templates and the component must be handed.
    fn given(&mut self, component: &Component) -> Vec<String> {
        let mut handed = Vec::new();
        for name in &component.given {
            let own = self.inside.is_some_and(|it| it.params.iter().any(|param| param.was == *name));
            let local = |local: &Local| local.name == *name && !local.given;
            if !own && self.locals.iter().any(local) {
                // Here the name means something else; what Zola gave is kept under another at the beginning.
                self.kept.insert(name.clone());
                handed.push(format!("{name}={{given_{name}}}"));
                continue;
            }
            let always = matches!(name.as_str(), "config" | "lang");
            if always || self.is_sure(name) {
                handed.push(name.clone());
            } else {
                handed.push(format!("{name}={{{name} | default(value=none)}}"));
            }
        }
        handed
    }

    /// `name="text"`, `name={value}`, or `name` when it is handed something of that name.
    pub(super) fn attribute_for(&mut self, name: &str, value: &Expr) -> String {
        let text = self.expr(value, Want::Value);
        match value.kind {
            Kind::Text => format!("{name}={text}"),
            Kind::Path(..) if text == name => text,
            _ => format!("{name}={{{text}}}"),
        }
    }
}

/// A call with one more argument.
fn with_arg(call: &str, arg: &str) -> String {
    let inner = call.trim_end().strip_suffix(')').unwrap_or(call).trim_end();
    let comma = if inner.ends_with(['(', ',']) { "" } else { ", " };
    format!("{inner}{comma}{arg})")
}
