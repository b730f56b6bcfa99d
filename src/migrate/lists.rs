//! Rewrites filters over lists. In: a list and a filter behind it. Out: what Tera 2 has in its place: spread lists, slices
//! and lists with a loop in them.

use super::expr::{Expr, FilterCall, Kind, Step};
use super::note::Weight;
use super::rewrite::{Rewriter, Want, is_bracketed};
use super::types::{Type, type_of};

/// Fields that every page or section has, so that nothing is missing when a list is grouped by one.
const FIELDS: [&str; 14] = [
    "year",
    "month",
    "day",
    "date",
    "updated",
    "title",
    "description",
    "lang",
    "slug",
    "draft",
    "weight",
    "path",
    "permalink",
    "relative_path",
];

impl Rewriter<'_> {
    /// `[...a, b]`
    pub(super) fn concat(&mut self, text: String, call: &FilterCall) -> String {
        let Some(with) = call.args.iter().find(|arg| arg.name == "with") else { return text };
        let value = &with.value;
        let added = match (&value.kind, type_of(value)) {
            (Kind::Array(items), _) => {
                let items: Vec<String> = items.iter().map(|item| self.expr(item, Want::Value)).collect();
                items.join(", ")
            }
            (_, Type::List) => format!("...{}", self.part(value, Want::Value)),
            (Kind::Path(..) | Kind::Call(..) | Kind::Filter(..), Type::Unknown) => {
                let new = self.part(value, Want::Value);
                if is_list_field(value) {
                    format!("...{new}")
                } else {
                    format!("...({new} if {new} is array else [{new}])")
                }
            }
            _ => self.expr(value, Want::Value),
        };
        // A list that is being built goes on; `[]` is the beginning of one.
        let before = match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(items) if is_bracketed(&text) && !items.contains(" for ") => {
                items.trim().trim_end_matches(',').to_owned()
            }
            _ => format!("...{text}"),
        };
        match (before.is_empty(), added.is_empty()) {
            (true, _) => format!("[{added}]"),
            (_, true) => format!("[{before}]"),
            _ => format!("[{before}, {added}]"),
        }
    }

    /// `a[1:3]`
    pub(super) fn slice(&mut self, text: String, call: &FilterCall) -> String {
        let mut part = |name: &str| {
            let arg = call.args.iter().find(|arg| arg.name == name);
            arg.map(|arg| self.expr(&arg.value, Want::Operand)).unwrap_or_default()
        };
        let (start, end) = (part("start"), part("end"));
        format!("{}[{start}:{end}]", closed(text))
    }

    /// `[item for item in a if item.x == 1]`
    pub(super) fn kept(&mut self, text: String, call: &FilterCall) -> String {
        let Some((item, there, plain)) = self.attribute(call) else { return text };
        let value = call.args.iter().find(|arg| arg.name == "value");
        let test = match value {
            None => format!("{there} is defined and {there} is not none"),
            Some(arg) => {
                let value = self.part(&arg.value, Want::Value);
                let _ = &plain;
                format!("{there} == {value}")
            }
        };
        format!("[{item} for {item} in {text} if {test}]")
    }

    /// `[item.x for item in a]`
    pub(super) fn mapped(&mut self, text: String, call: &FilterCall) -> String {
        let Some((item, there, plain)) = self.attribute(call) else { return text };
        let always = call.args.iter().any(|arg| {
            let name = self.source(&arg.value.span);
            ["permalink", "path", "slug", "lang", "name", "relative_path"]
                .contains(&&name[1..name.len().max(2) - 1])
        });
        if always {
            return format!("[{plain} for {item} in {text}]");
        }
        format!("[{plain} for {item} in {text} if {there} is defined and {there} is not none]")
    }

    pub(super) fn grouped(&mut self, text: String, gap: &str, call: &FilterCall) -> String {
        let source = self.source(&call.span).to_owned();
        let Some((item, there, _)) = self.attribute(call) else { return text };
        let name =
            call.args.iter().find(|arg| arg.name == "attribute").map(|arg| self.source(&arg.value.span));
        if name.is_some_and(|name| FIELDS.contains(&&name[1..name.len() - 1])) {
            return format!("{text}{gap}{source}");
        }
        // Tera 1 left out what lacks the field; Tera 2 stops.
        format!("[{item} for {item} in {text} if {there} is defined]{gap}{source}")
    }

    pub(super) fn unique(&mut self, text: String, gap: &str, call: &FilterCall) -> String {
        let sensitive = call.args.iter().find(|arg| arg.name == "case_sensitive");
        if sensitive.is_none_or(|arg| self.source(&arg.value.span) != "true") {
            self.note(
                Weight::Look,
                call.span.start,
                "`unique` told no capital letters from small ones in 0.22; in 0.23 it does.",
                "If two values can differ in that alone, map the list to `lower` first.",
            );
        }
        if call.args.iter().all(|arg| arg.name != "attribute") {
            return format!("{text}{gap}unique");
        }
        let grouped = self.grouped(
            text,
            gap,
            &FilterCall {
                args: call.args.iter().filter(|arg| arg.name == "attribute").cloned().collect(),
                ..call.clone()
            },
        );
        let attribute =
            call.args.iter().find(|arg| arg.name == "attribute").map(|arg| self.source(&arg.value.span));
        let grouped = grouped.replace(
            self.source(&call.span),
            &format!("group_by(attribute={})", attribute.unwrap_or_default()),
        );
        format!("[group[0] for group in {grouped} | values]")
    }

    pub(super) fn sorts_by_pages(&self, call: &FilterCall) -> bool {
        call.args.iter().any(|arg| self.source(&arg.value.span).trim_matches(['"', '\'', '`']) == "pages")
    }

    /// The name for an item of a list, its attribute when it may be missing, and when it is there.
    pub(super) fn attribute(&mut self, call: &FilterCall) -> Option<(String, String, String)> {
        let attribute = call.args.iter().find(|arg| arg.name == "attribute");
        let name = attribute
            .filter(|arg| matches!(arg.value.kind, Kind::Text))
            .map(|arg| self.source(&arg.value.span));
        let Some(name) = name else {
            self.note(
                Weight::ByHand,
                call.span.start,
                format!("`{}` was handed an attribute that is reckoned.", call.name),
                "Write a list with a loop in it: `[item for item in list if item[name] == value]`.",
            );
            return None;
        };
        let mut taken = false;
        for arg in &call.args {
            arg.value.visit(&mut |part| taken |= matches!(&part.kind, Kind::Path(root, _) if root == "item"));
        }
        let item = if taken { "entry" } else { "item" };
        let (mut there, mut plain) = (item.to_owned(), item.to_owned());
        for (at, step) in name[1..name.len() - 1].split('.').enumerate() {
            let is_name = super::expr::word_length(step) == step.len() && !step.is_empty();
            let digits = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
            let sure = at == 0 || at == 1 && name[1..].starts_with("extra.");
            let (dot, mark) = if is_name { (".", "") } else { ("", "") };
            let body = match (is_name, digits) {
                (true, _) => step.to_owned(),
                (_, true) => format!("[{step}]"),
                _ => format!("[\"{step}\"]"),
            };
            there.push_str(&format!("{}{dot}{mark}{body}", if sure { "" } else { "?" }));
            plain.push_str(&format!("{dot}{body}"));
        }
        Some((item.to_owned(), there, plain))
    }
}

/// A text behind which `[` may stand.
fn closed(text: String) -> String {
    let simple = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
    if simple || is_bracketed(&text) { text } else { format!("({text})") }
}

/// Whether a path ends in a field of Zola's that is always a list.
fn is_list_field(value: &Expr) -> bool {
    let lists = [
        "pages",
        "subsections",
        "ancestors",
        "assets",
        "authors",
        "backlinks",
        "translations",
        "terms",
        "items",
    ];
    matches!(&value.kind, Kind::Path(_, steps)
        if matches!(steps.last(), Some(Step::Name(name)) if lists.contains(&name.as_str())))
}
