//! Rewrites expressions of Tera 1 for Tera 2. In: an expression, where it stands and what it is wanted for. Out: the new
//! text; what nothing needs to be done about stays byte for byte.
//!
//! | file | what it rewrites |
//! |---|---|
//! | `rewrite` | paths, operators, texts |
//! | `filters`, `lists` | filters |
//! | `calls` | functions, tests, macros |
//!
//! **What an expression is wanted for** matters, because the dialects differ in it: a condition of Tera 1 takes anything
//! undefined for false at any depth, `and` and `or` made a truth and not an operand, a whole quotient printed no `.0`.

use std::collections::{BTreeMap, BTreeSet};

use super::edits::{self, Edit};
use super::expr::{Expr, Kind, Op, Span, Step};
use super::note::{self, Note, Weight};
use super::survey::{Component, Survey};
use super::types::{Type, type_of};

/// What an expression is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// To be true or not.
    Condition,
    /// As a value that is kept or handed on.
    Value,
    /// To be printed.
    Print,
    /// To be compared or reckoned with.
    Operand,
}

/// Who escapes what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// The engine, in both dialects.
    Engine,
    /// Nobody, in both.
    Nobody,
    /// The engine of 0.22 did; in 0.23 the template must. When templates call it too, so must nobody else.
    Template {
        /// Whether templates call it too.
        shared: bool,
    },
}

/// A name that is known where we are.
#[derive(Clone, Debug)]
pub(super) struct Local {
    /// The name.
    pub name: String,
    /// Whether it has a value for sure.
    pub sure: bool,
    /// Whether it is what Zola gave under that name.
    pub given: bool,
    /// Whether it may be text that Tera 2 marks as safe, which some filters heed and none of Tera 1 did.
    pub safe: bool,
}

/// One file being rewritten.
pub(super) struct Rewriter<'s> {
    /// What is known of all files.
    pub survey: &'s Survey,
    /// The path of the file.
    pub path: &'s str,
    /// Its text.
    pub text: &'s str,
    /// The component we are in.
    pub inside: Option<&'s Component>,
    /// Who escapes.
    pub escape: Escape,
    /// Names that are known here.
    pub locals: Vec<Local>,
    /// Arguments that may be left out and are `none` then; they were undefined.
    pub optional: BTreeSet<String>,
    /// Names that had to change.
    pub renamed: BTreeMap<String, String>,
    /// Names that Zola gave a value and that are given another, though a component needs the first.
    pub kept: BTreeSet<String>,
    /// What goes where.
    pub edits: Vec<Edit>,
    /// What is told.
    pub notes: Vec<Note>,
}

impl<'s> Rewriter<'s> {
    /// A rewriter of a file that has done nothing yet.
    pub(super) fn new(survey: &'s Survey, path: &'s str, text: &'s str) -> Self {
        let html = [".html", ".htm", ".xml"].iter().any(|ending| path.ends_with(ending));
        Rewriter {
            survey,
            path,
            text,
            inside: None,
            escape: if html { Escape::Engine } else { Escape::Nobody },
            locals: Vec::new(),
            optional: BTreeSet::new(),
            renamed: BTreeMap::new(),
            kept: BTreeSet::new(),
            edits: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Tells something about a place.
    pub(super) fn note(
        &mut self,
        weight: Weight,
        at: usize,
        what: impl Into<String>,
        how: impl Into<String>,
    ) {
        let note = Note {
            weight,
            file: self.path.to_owned(),
            line: note::line(self.text, at),
            what: what.into(),
            how: how.into(),
        };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The text of some bytes.
    pub(super) fn source(&self, span: &Span) -> &'s str {
        &self.text[span.clone()]
    }

    /// Bytes with new text for some of them.
    pub(super) fn with(&self, span: &Span, parts: &[Edit]) -> String {
        edits::splice(self.text, span, parts)
    }

    /// The new text of an expression.
    pub(super) fn expr(&mut self, expr: &Expr, want: Want) -> String {
        match &expr.kind {
            Kind::Text => self.literal(expr, false),
            Kind::Int | Kind::Float | Kind::Bool => self.source(&expr.span).to_owned(),
            Kind::Path(root, steps) => self.path_to(root, steps, want == Want::Condition),
            Kind::Call(name, args) => self.function(expr, name, args),
            Kind::Macro(space, name, args) => self.component_call(expr, space, name, args),
            Kind::Array(items) => {
                let parts: Vec<Edit> =
                    items.iter().map(|item| (item.span.clone(), self.expr(item, Want::Value))).collect();
                self.with(&expr.span, &parts)
            }
            Kind::Group(inner) => {
                let part = (inner.span.clone(), self.expr(inner, want));
                self.with(&expr.span, &[part])
            }
            Kind::Not(inner) => {
                let part = (inner.span.clone(), self.expr(inner, Want::Condition));
                self.with(&expr.span, &[part])
            }
            Kind::Binary(op, left, right) => self.binary(expr, *op, left, right, want),
            Kind::Test(test) => self.test(expr, test),
            Kind::Filter(..) => self.filtered(expr, want),
        }
    }

    /// The new text of an expression as part of a larger one.
    pub(super) fn part(&mut self, expr: &Expr, want: Want) -> String {
        let text = self.expr(expr, want);
        let loose = matches!(expr.kind, Kind::Binary(..) | Kind::Not(_) | Kind::Test(_));
        if loose && !is_bracketed(&text) { format!("({text})") } else { text }
    }

    fn binary(&mut self, expr: &Expr, op: Op, left: &Expr, right: &Expr, want: Want) -> String {
        let inner = if matches!(op, Op::And | Op::Or) { Want::Condition } else { Want::Operand };
        let parts =
            [(left.span.clone(), self.expr(left, inner)), (right.span.clone(), self.expr(right, inner))];
        let text = self.with(&expr.span, &parts);
        match op {
            // Tera 2 answers with an operand, Tera 1 with a truth.
            Op::And | Op::Or if want != Want::Condition && !is_truth(expr) => {
                format!("(true if {text} else false)")
            }
            Op::Math | Op::Divide if matches!(want, Want::Value | Want::Print) && may_be_fraction(expr) => {
                whole_when_whole(&text)
            }
            _ => text,
        }
    }

    /// A text. Tera 1 knows no escapes, Tera 2 does. `lines` says that the filter itself took `\n` for the end of a line.
    pub(super) fn literal(&self, expr: &Expr, lines: bool) -> String {
        let text = self.source(&expr.span);
        if !text.contains('\\') {
            return text.to_owned();
        }
        let doubled = text.replace('\\', "\\\\");
        if lines { doubled.replace("\\\\n", "\\n").replace("\\\\t", "\\t") } else { doubled }
    }

    /// A path. `lenient` lets anything on the way be undefined, as Tera 1 does in conditions.
    pub(super) fn path_to(&mut self, root: &str, steps: &[Step], lenient: bool) -> String {
        if let Some((Step::Name(last), before)) = steps.split_last()
            && last == "reading_time"
            && !lenient
        {
            // 0.22 took 200 words a minute for every language.
            let page = self.path_to(root, before, false);
            return format!("(({page}.word_count / 200) | round(method=\"ceil\") | int)");
        }
        let mut text = self.renamed.get(root).cloned().unwrap_or_else(|| root.to_owned());
        let mut sure = self.is_sure(root);
        for (at, step) in steps.iter().enumerate() {
            let mark = if lenient && !sure { "?" } else { "" };
            match step {
                Step::Name(name) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
                    text.push_str(&format!("{mark}[{name}]"));
                }
                Step::Name(name) if name.starts_with(|c: char| c.is_ascii_digit()) => {
                    text.push_str(&format!("{mark}[\"{name}\"]"));
                }
                Step::Name(name) => text.push_str(&format!("{mark}.{name}")),
                Step::Key(key) => {
                    let key = self.expr(key, Want::Operand);
                    text.push_str(&format!("{mark}[{key}]"));
                }
            }
            let known = matches!(step, Step::Name(name) if name == "extra");
            sure = at == 0 && known && sure && root == "config";
        }
        text
    }

    /// Whether a name has a value for sure.
    pub(super) fn is_sure(&self, root: &str) -> bool {
        if let Some(local) = self.locals.iter().rev().find(|local| local.name == root) {
            return local.sure;
        }
        // Inside a component nothing is there but what it is handed.
        self.inside.is_none() && root == "config" || root == "loop"
    }

    /// Whether a path may lead to null, which the two dialects' `default` treat differently.
    pub(super) fn may_be_null(&self, root: &str, steps: &[Step]) -> bool {
        if self.optional.contains(root) && steps.is_empty() {
            return true;
        }
        let names: Vec<&str> = steps
            .iter()
            .map(|step| match step {
                Step::Name(name) => name.as_str(),
                Step::Key(_) => "",
            })
            .collect();
        if names.first() == Some(&"extra") || root == "config" && names.first() == Some(&"markdown") {
            // TOML knows no null.
            return names.len() == 1;
        }
        let zola = ["config", "page", "section", "paginator", "term", "taxonomy", "loop"].contains(&root);
        match names.last() {
            Some(last) if NULLABLE.contains(last) => true,
            None => !zola && !["lang", "current_url", "current_path"].contains(&root),
            Some(_) => !zola,
        }
    }

    /// Whether a value may be text that Tera 2 marks as safe.
    pub(super) fn may_be_safe(&self, expr: &Expr) -> bool {
        let mut found = false;
        expr.visit(&mut |part| {
            found |= match &part.kind {
                Kind::Macro(..) => true,
                Kind::Call(name, _) => ["get_url", "get_taxonomy_url"].contains(&name.as_str()),
                Kind::Filter(_, call) => call.name == "safe",
                Kind::Path(root, _) => self.locals.iter().any(|local| local.name == *root && local.safe),
                _ => false,
            };
        });
        found
    }

    /// What is printed, as it must stand in the tag.
    pub(super) fn printed(&mut self, expr: &Expr) -> String {
        let text = self.expr(expr, Want::Print);
        match self.escape {
            Escape::Nobody => text,
            // `~` was never escaped.
            Escape::Engine => match ungrouped(expr) {
                Kind::Binary(Op::Concat, ..) if !ends_in_unsafe_call(expr) => format!("({text}) | safe"),
                _ => text,
            },
            Escape::Template { shared } => {
                let Some(as_text) = self.was_escaped(expr) else { return text };
                let text = match ungrouped(expr) {
                    Kind::Binary(..) | Kind::Not(_) | Kind::Test(_) if !is_bracketed(&text) => {
                        format!("({text})")
                    }
                    _ => text,
                };
                let text =
                    if text.contains(" if ") && !is_bracketed(&text) { format!("({text})") } else { text };
                let before = if as_text { "" } else { " | str" };
                format!("{text}{before} | escape_html{}", if shared { " | safe" } else { "" })
            }
        }
    }

    /// Whether 0.22 escaped what is printed here; if so, whether it is text for sure.
    fn was_escaped(&self, expr: &Expr) -> Option<bool> {
        match &expr.kind {
            Kind::Group(inner) => self.was_escaped(inner),
            Kind::Text => {
                let text = self.source(&expr.span);
                text[1..text.len() - 1].contains(['&', '<', '>', '"', '\'']).then_some(true)
            }
            Kind::Path(root, steps) => {
                let param = self.inside.and_then(|it| it.params.iter().find(|param| param.was == *root));
                let number =
                    root == "loop" || root == "nth" || steps.is_empty() && param.is_some_and(|it| it.plain);
                let text =
                    steps.is_empty() && (root == "body" || param.is_some_and(|it| it.text && !it.optional));
                (!number).then_some(text)
            }
            Kind::Call(name, _) => {
                let safe = ["get_url", "get_taxonomy_url", "super"].contains(&name.as_str());
                (!safe).then_some(type_of(expr) == Type::Text)
            }
            Kind::Binary(Op::Concat, ..) => ends_in_unsafe_call(expr).then_some(true),
            Kind::Filter(_, call) if call.name == "safe" => None,
            Kind::Filter(..) => match type_of(expr) {
                Type::Text => Some(true),
                Type::Int | Type::Float | Type::Bool => None,
                Type::List | Type::Unknown => Some(false),
            },
            _ => None,
        }
    }
}

/// Fields of what Zola hands to templates that may be null.
const NULLABLE: [&str; 17] = [
    "title",
    "description",
    "date",
    "updated",
    "year",
    "month",
    "day",
    "summary",
    "lower",
    "higher",
    "author",
    "previous",
    "next",
    "last_updated",
    "paginate_by",
    "colocated_path",
    "theme",
];

/// What is in brackets that mean nothing more.
pub(super) fn ungrouped(expr: &Expr) -> &Kind {
    match &expr.kind {
        Kind::Group(inner) => ungrouped(inner),
        kind => kind,
    }
}

/// Whether the last function called in a `~` marks its text as one to escape.
fn ends_in_unsafe_call(expr: &Expr) -> bool {
    let mut last = None;
    expr.visit(&mut |part| {
        if let Kind::Call(name, _) = &part.kind {
            last = Some(name.as_str());
        }
    });
    last.is_some_and(|name| !["get_url", "get_taxonomy_url"].contains(&name))
}

/// Whether an expression makes a truth, whatever it is made of.
fn is_truth(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Binary(Op::And | Op::Or, left, right) => is_truth(left) && is_truth(right),
        Kind::Group(inner) => is_truth(inner),
        _ => type_of(expr) == Type::Bool,
    }
}

/// Whether a sum may come out as a number with a point although it is whole.
pub(super) fn may_be_fraction(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Float | Kind::Binary(Op::Divide, ..) => true,
        Kind::Binary(Op::Math, left, right) => may_be_fraction(left) || may_be_fraction(right),
        Kind::Group(inner) => may_be_fraction(inner),
        _ => false,
    }
}

/// A number without `.0` when it is whole, as Tera 1 printed it.
pub(super) fn whole_when_whole(text: &str) -> String {
    format!("(({text}) | int if ({text}) % 1 == 0 else {text})")
}

/// Whether a text is in one pair of brackets.
pub(super) fn is_bracketed(text: &str) -> bool {
    let mut depth = 0usize;
    let inner = text.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']']));
    inner.is_some_and(|inner| {
        inner.chars().all(|sign| {
            match sign {
                '(' | '[' => depth += 1,
                ')' | ']' if depth == 0 => return false,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            true
        })
    })
}
