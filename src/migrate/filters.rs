//! Rewrites filters. In: a value with the filters behind it. Out: the same for Tera 2, where some have another name,
//! some have become syntax, and `default` no longer replaces null.

use super::dates;
use super::edits::Edit;
use super::expr::{Arg, Expr, FilterCall, Kind, Step};
use super::note::Weight;
use super::rewrite::{Rewriter, Want, may_be_fraction, whole_when_whole};

/// Filters that 0.23 has under the same name and that need no thought.
const SAME: [&str; 35] = [
    "upper",
    "lower",
    "trim",
    "wordcount",
    "capitalize",
    "title",
    "striptags",
    "spaceless",
    "urlencode",
    "urlencode_strict",
    "escape_xml",
    "slugify",
    "first",
    "last",
    "nth",
    "sort",
    "reverse",
    "length",
    "abs",
    "pluralize",
    "filesizeformat",
    "json_encode",
    "get",
    "safe",
    "markdown",
    "base64_encode",
    "base64_decode",
    "regex_replace",
    "num_format",
    "replace",
    "join",
    "split",
    "trim_start",
    "trim_end",
    "float",
];

/// Filters of Tera 2 that escape when one of two texts is marked as safe.
const BY_SAFETY: [&str; 2] = ["replace", "indent"];

impl Rewriter<'_> {
    /// The new text of a value with filters.
    pub(super) fn filtered(&mut self, expr: &Expr, want: Want) -> String {
        let mut calls = Vec::new();
        let mut base = expr;
        while let Kind::Filter(input, call) = &base.kind {
            calls.insert(0, call);
            base = input;
        }
        let mut rest = &calls[..];
        let mut end = base.span.end;
        let mut text = match (&base.kind, calls[0]) {
            (Kind::Path(root, steps), call) if call.name == "default" => {
                rest = &calls[1..];
                end = call.span.end;
                self.defaulted(root, steps, call, (base.span.end, want, rest.is_empty()))
            }
            _ => self.part(base, Want::Operand),
        };
        for (at, call) in rest.iter().enumerate() {
            let gap = self.text[end..call.span.start].to_owned();
            let last = at + 1 == rest.len();
            // Neither had an effect there.
            let idle =
                call.name == "safe" && (!last || matches!(base.kind, Kind::Macro(..)) && rest.len() == 1);
            if !idle && call.name != "default" {
                let before = if at == 0 { Some(base) } else { None };
                text = self.whole(text, before, rest.get(at.wrapping_sub(1)), call);
                if BY_SAFETY.contains(&call.name.as_str())
                    && before.is_some_and(|base| self.may_be_safe(base))
                {
                    text = format!("{text} | str");
                }
                text = self.one(text, &gap, call, want == Want::Print && last);
            }
            end = call.span.end;
        }
        match &base.kind {
            Kind::Path(root, steps) if want == Want::Condition && calls[0].name != "default" => {
                self.guarded(root, steps, text)
            }
            _ => text,
        }
    }

    /// `int` of Tera 1 cut off what stands behind the point; that of Tera 2 stops at it.
    fn whole(
        &self,
        text: String,
        base: Option<&Expr>,
        before: Option<&&FilterCall>,
        call: &FilterCall,
    ) -> String {
        let fraction = base.is_some_and(may_be_fraction) || before.is_some_and(|it| it.name == "float");
        if call.name == "int" && fraction { format!("{text} | round(method=\"floor\")") } else { text }
    }

    /// A condition that was false when its value was undefined, whatever the filters.
    fn guarded(&mut self, root: &str, steps: &[Step], text: String) -> String {
        if self.is_sure(root) && (steps.is_empty() || steps.len() == 1 && root == "config") {
            return text;
        }
        let path = self.path_to(root, steps, true);
        format!("({path} is defined and {text})")
    }

    /// `path | default(value=…)`.
    fn defaulted(
        &mut self,
        root: &str,
        steps: &[Step],
        call: &FilterCall,
        (end, want, only): (usize, Want, bool),
    ) -> String {
        let path = self.path_to(root, steps, true);
        let value = call.args.iter().find(|arg| arg.name == "value");
        let Some(value) = value else { return path };
        // What is falsy anyway, or prints nothing anyway, needs no care for null.
        let empty = match &value.value.kind {
            Kind::Text => value.value.span.len() == 2,
            Kind::Bool => self.source(&value.value.span).eq_ignore_ascii_case("false"),
            Kind::Array(items) => items.is_empty(),
            _ => false,
        };
        let nothing = matches!(value.value.kind, Kind::Text) && empty;
        let harmless = only && (want == Want::Condition && empty || want == Want::Print && nothing);
        let new = self.expr(&value.value, Want::Value);
        // Tera 1 looked at the other value only when it was needed.
        let eager = self.is_harmless(&value.value);
        let guard = self.guard_of_key(root, steps);
        if guard.is_empty() && eager && (harmless || !self.may_be_null(root, steps)) {
            let gap = &self.text[end..call.span.start];
            let call = self.with(&call.span, &[(value.value.span.clone(), new)]);
            return format!("{path}{gap}{call}");
        }
        let there = if !self.may_be_null(root, steps) {
            format!("{path} is defined")
        } else if steps.is_empty() && self.is_sure(root) {
            format!("{path} is not none")
        } else {
            format!("{path} is defined and {path} is not none")
        };
        format!("({path} if {guard}{there} else {new})")
    }

    /// Tera 2 stops when a text is asked for a key, where Tera 1 found nothing.
    fn guard_of_key(&mut self, root: &str, steps: &[Step]) -> String {
        match steps.split_last() {
            Some((Step::Key(key), before))
                if !matches!(key.kind, Kind::Int | Kind::Text)
                    && self.locals.iter().any(|local| local.name == root && !local.given)
                    && before.is_empty() =>
            {
                format!("{} is not string and ", self.path_to(root, before, true))
            }
            _ => String::new(),
        }
    }

    /// Whether a value can be reckoned although nobody needs it.
    fn is_harmless(&self, value: &Expr) -> bool {
        match &value.kind {
            Kind::Text | Kind::Int | Kind::Float | Kind::Bool => true,
            Kind::Array(items) => items.iter().all(|item| self.is_harmless(item)),
            Kind::Group(inner) => self.is_harmless(inner),
            Kind::Path(root, steps) => steps.is_empty() && (self.is_sure(root) || root == "lang"),
            _ => false,
        }
    }

    /// One filter behind a text.
    fn one(&mut self, text: String, gap: &str, call: &FilterCall, printed: bool) -> String {
        let plain = |name: &str, args: String| format!("{text}{gap}{name}{args}");
        match call.name.as_str() {
            "concat" => return self.concat(text, call),
            "slice" => return self.slice(text, call),
            "filter" => return self.kept(text, call),
            "map" => return self.mapped(text, call),
            "group_by" => return self.grouped(text, gap, call),
            "unique" => return self.unique(text, gap, call),
            "sort" if self.sorts_by_pages(call) => {
                // Lists were compared by their length; a term knows its own.
                return plain("sort", "(attribute=\"page_count\")".to_owned());
            }
            "date" => return self.dated(text, gap, call),
            "round" => return self.rounded(text, gap, call, printed),
            "addslashes" => {
                return plain(
                    "replace",
                    r#"(from="\\", to="\\\\") | replace(from='"', to='\\"') | replace(from="'", to="\\'")"#
                        .to_owned(),
                );
            }
            "indent" => return self.indented(text, gap, call),
            "truncate" if call.args.iter().all(|arg| arg.name != "length") => {
                let args = self.args(&call.args, &[]);
                return plain("truncate", bracket(std::iter::once("length=255".to_owned()).chain(args)));
            }
            "int" | "float" if call.args.iter().any(|arg| arg.name == "default") => {
                self.note(
                    Weight::Look,
                    call.span.start,
                    format!(
                        "`{}` has no `default` in 0.23: a text that is no number stops the build.",
                        call.name
                    ),
                    "Make sure that the value is always a number.",
                );
                let args = self.args(&call.args, &["default"]);
                return plain(&call.name, bracket(args));
            }
            _ => {}
        }
        let name = match call.name.as_str() {
            "as_str" => "str",
            "escape" => "escape_html",
            "linebreaksbr" => "newlines_to_br",
            "trim_start_matches" => "trim_start",
            "trim_end_matches" => "trim_end",
            same => same,
        };
        if name == call.name && !SAME.contains(&name) && !["truncate", "int"].contains(&name) {
            self.note(
                Weight::ByHand,
                call.span.start,
                format!("The filter `{name}` is not one of Zola 0.22, and not of 0.23 either."),
                "Take it away, or write what it did in another way.",
            );
        }
        let parts = self.arg_edits(&call.args, lines_in(&call.name));
        let args = self.with(&(call.span.start + call.name.len()..call.span.end), &parts);
        plain(name, args)
    }

    /// Arguments with new texts, but for some.
    fn args(&mut self, args: &[Arg], without: &[&str]) -> Vec<String> {
        let args = args.iter().filter(|arg| !without.contains(&arg.name.as_str()));
        args.map(|arg| format!("{}={}", arg.name, self.expr(&arg.value, Want::Value))).collect()
    }

    /// New texts for the values of arguments. `lines` are arguments in which the filter took `\n` for a new line.
    pub(super) fn arg_edits(&mut self, args: &[Arg], lines: &[&str]) -> Vec<Edit> {
        let mut edits = Vec::new();
        for arg in args {
            let text = match arg.value.kind {
                Kind::Text => self.literal(&arg.value, lines.contains(&arg.name.as_str())),
                // Of `replace`.
                _ if arg.name == "to" && self.may_be_safe(&arg.value) => {
                    format!("{} | str", self.part(&arg.value, Want::Value))
                }
                _ => self.expr(&arg.value, Want::Value),
            };
            edits.push((arg.value.span.clone(), text));
        }
        edits
    }

    /// `{% filter name(…) %}`.
    pub(super) fn section(&mut self, call: &FilterCall) -> String {
        let text = self.one(String::new(), "", call, false);
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return text;
        }
        self.note(
            Weight::ByHand,
            call.span.start,
            format!("`{{% filter {} %}}` has no counterpart in 0.23.", call.name),
            "Keep the text with `{% set x %}…{% endset %}` and print what you want of it.",
        );
        self.source(&call.span).to_owned()
    }

    fn rounded(&mut self, text: String, gap: &str, call: &FilterCall, printed: bool) -> String {
        let common = call.args.iter().any(|arg| {
            arg.name == "method" && self.source(&arg.value.span).trim_matches(['"', '\'', '`']) == "common"
        });
        let args = self.args(&call.args, if common { &["method"] } else { &[] });
        let rounded = format!("{text}{gap}round{}", bracket(args));
        match call.args.iter().any(|arg| arg.name == "precision") {
            _ if !printed => rounded,
            // Tera 1 printed no `.0`.
            false => format!("{rounded} | int"),
            true => whole_when_whole(&rounded),
        }
    }

    fn indented(&mut self, text: String, gap: &str, call: &FilterCall) -> String {
        let mut args = self.args(&call.args, &["prefix"]);
        if let Some(prefix) = call.args.iter().find(|arg| arg.name == "prefix") {
            let inner = self.source(&prefix.value.span).trim_matches(['"', '\'', '`']);
            match inner.chars().next() {
                Some(sign) if matches!(prefix.value.kind, Kind::Text) && inner.chars().all(|c| c == sign) => {
                    args.insert(0, format!("width={}", inner.chars().count()));
                    if sign != ' ' {
                        args.insert(1, format!("indentation=\"{sign}\""));
                    }
                }
                _ => self.note(
                    Weight::ByHand,
                    call.span.start,
                    "`indent` takes a width and one sign in 0.23, no `prefix`.",
                    "Write `indent(width=…, indentation=\"…\")`.",
                ),
            }
        }
        format!("{text}{gap}indent{}", bracket(args))
    }

    fn dated(&mut self, text: String, gap: &str, call: &FilterCall) -> String {
        let local = call.args.iter().any(|arg| arg.name == "locale");
        let mut edits = Vec::new();
        for arg in &call.args {
            let new = match (&arg.value.kind, arg.name.as_str()) {
                (Kind::Text, "format") => {
                    let locale = call.args.iter().find(|arg| arg.name == "locale").map(|arg| &arg.value);
                    self.format(&arg.value, locale)
                }
                (_, "locale") => self.locale(&arg.value),
                (_, "format") if local => {
                    self.note(
                        Weight::Look,
                        arg.span.start,
                        "The format of this date stands elsewhere, and must be a pattern of CLDR in 0.23, so it is made into one here.",
                        "Where the formats stand, write patterns such as `d MMMM yyyy`, and take the filters away.",
                    );
                    format!("{}{}", self.part(&arg.value, Want::Value), dates::cldr_by_filters())
                }
                (_, "format") => {
                    self.note(
                        Weight::Look,
                        arg.span.start,
                        "The format of this date stands elsewhere and was not rewritten.",
                        "Formats of 0.23 are those of `strftime`; `%+`, `%c`, `%x` and `%v` differ.",
                    );
                    self.expr(&arg.value, Want::Value)
                }
                _ => self.expr(&arg.value, Want::Value),
            };
            edits.push((arg.value.span.clone(), new));
        }
        let mut new = self.with(&call.span, &edits);
        if local && call.args.iter().all(|arg| arg.name != "format") {
            new = new.replacen('(', "(format=\"yyyy-MM-dd\", ", 1);
        }
        format!("{text}{gap}{new}")
    }

    /// The locale of a date. 0.22 wrote Western digits in every one.
    fn locale(&mut self, value: &Expr) -> String {
        let text = self.part(value, Want::Value);
        let digits = ["ar", "fa", "bn", "mr", "ne", "my", "ur", "ks", "ckb", "dz", "as"];
        match value.kind {
            Kind::Text
                if digits.contains(
                    &text[1..]
                        .split(['_', '-', text.chars().next().unwrap_or('"')])
                        .next()
                        .unwrap_or_default(),
                ) =>
            {
                format!("{}-u-nu-latn{}", &text[..text.len() - 1], &text[text.len() - 1..])
            }
            Kind::Text => text,
            _ => format!("{text} ~ \"-u-nu-latn\""),
        }
    }

    fn format(&mut self, value: &Expr, locale: Option<&Expr>) -> String {
        let quoted = self.source(&value.span);
        let (quote, format) = (&quoted[..1], &quoted[1..quoted.len() - 1]);
        let Some(locale) = locale else {
            return format!("{quote}{}{quote}", dates::strftime(format));
        };
        let locale = self.source(&locale.span).trim_matches(['"', '\'', '`']);
        let format =
            &dates::whole_date(locale).map_or(format.to_owned(), |whole| format.replace("%x", whole));
        match dates::cldr(format) {
            Ok(pattern) => {
                self.note(
                    Weight::Look,
                    value.span.start,
                    "A date in a locale needs Zola 0.23.5 or later, and takes its words from CLDR.",
                    "Look whether months and days read well; abbreviations may differ.",
                );
                format!("\"{}\"", pattern.replace('"', "\\\""))
            }
            Err(field) => {
                self.note(
                    Weight::ByHand,
                    value.span.start,
                    format!("The format of this date has `{field}`, for which CLDR has nothing."),
                    "Write a pattern of CLDR, such as `d MMMM yyyy`.",
                );
                quoted.to_owned()
            }
        }
    }
}

/// Arguments of a filter in which it took `\n` for the end of a line.
fn lines_in(filter: &str) -> &'static [&'static str] {
    match filter {
        "join" => &["sep"],
        "split" | "trim_start_matches" | "trim_end_matches" => &["pat"],
        _ => &[],
    }
}

fn bracket(args: impl IntoIterator<Item = String>) -> String {
    let args: Vec<String> = args.into_iter().collect();
    if args.is_empty() { String::new() } else { format!("({})", args.join(", ")) }
}
