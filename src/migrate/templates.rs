//! Rewrites templates. In: a template of 0.22 and what is known of all of them. Out: the template for 0.23: macros are
//! components, imports are gone, and nothing stands where Tera 2 would not look.

use std::collections::BTreeSet;

use super::edits;
use super::expr::Span;
use super::note::{Note, Weight};
use super::rewrite::{Escape, Local, Rewriter, Want};
use super::survey::{Component, Survey};
use super::tree::{Body, Node, NodeKind};

/// What became of a template.
pub(super) struct Rewritten {
    /// Its text.
    pub text: String,
    /// What is told.
    pub notes: Vec<Note>,
    /// Templates that it includes and that must be there now: what they were called, and what they hold.
    pub wanted: Vec<(String, String)>,
}

/// Rewrites a template.
pub(super) fn rewrite(survey: &Survey, path: &str) -> Rewritten {
    let template = &survey.templates[path];
    let mut walk = Walk { rewriter: Rewriter::new(survey, path, &template.text), wanted: Vec::new() };
    let extends = template.nodes.iter().any(|node| matches!(node.kind, NodeKind::Extends(_)));
    walk.first_remarks(&template.nodes);
    if extends {
        walk.child(&template.nodes);
    } else {
        walk.nodes(&template.nodes);
        walk.keep(0);
    }
    let Walk { rewriter, wanted } = walk;
    Rewritten { text: edits::apply(&template.text, &rewriter.edits), notes: rewriter.notes, wanted }
}

/// Makes a shortcode into a component, in a file of its own.
pub(super) fn component_of_shortcode(survey: &Survey, path: &str) -> Option<Rewritten> {
    let component = survey.shortcode_in(path)?;
    let template = &survey.templates[path];
    let html = component.shortcode == Some(true);
    let mut rewriter = Rewriter::new(survey, path, &template.text);
    rewriter.inside = Some(component);
    rewriter.escape = if html { Escape::Template { shared: false } } else { Escape::Nobody };
    bind(&mut rewriter, component);
    let mut walk = Walk { rewriter, wanted: Vec::new() };
    for node in &template.nodes {
        if let NodeKind::Extends(_) | NodeKind::Block(..) | NodeKind::Macro(..) = node.kind {
            walk.rewriter.note(
                Weight::ByHand,
                node.span.start,
                "A shortcode that extends a template, or has blocks or macros, has no counterpart in 0.23.",
                "Write this component by hand.",
            );
        }
    }
    walk.first_remarks(&template.nodes);
    walk.nodes(&template.nodes);
    let Walk { rewriter, wanted } = walk;
    let body = edits::apply(&template.text, &rewriter.edits);
    let text = if html {
        immune(&component.name, &signature(component), body.trim(), &template.text)
    } else {
        format!(
            "{{% component {}({}) %}}{body}{{% endcomponent {} %}}",
            component.name,
            signature(component),
            component.name
        )
    };
    Some(Rewritten { text, notes: rewriter.notes, wanted })
}

/// Wraps HTML so that Markdown leaves it alone, as it did with a shortcode of 0.22: no line in it is empty, so that a
/// block of HTML goes on to its end, and where nothing depends on lines there is only one.
fn immune(name: &str, params: &str, body: &str, source: &str) -> String {
    let has = |words: &[&str]| words.iter().any(|word| source.contains(word));
    let (pattern, by) = if has(&["<script", "<style"]) {
        ("\\n\\s*", "\\n")
    } else if has(&["<pre", "<textarea", "<code", "markdown"]) {
        // A reference to a new line is one in a text, and none to Markdown.
        ("\\n([ \\t]*\\n)+", "\\n&#10;")
    } else {
        ("\\s*\\n\\s*", " ")
    };
    let pattern = pattern.replace('\\', "\\\\");
    // Two filters, because 0.23.3 takes one in a tag.
    let open =
        format!("{{% filter regex_replace(pattern=\"{pattern}\", rep=\"{by}\") -%}}\n{{% filter trim -%}}");
    let close = "{%- endfilter %}\n{%- endfilter %}";
    format!("{{% component {name}({params}) -%}}\n{open}\n{body}\n{close}\n{{%- endcomponent {name} %}}\n")
}

/// What stands in the brackets of a definition.
fn signature(component: &Component) -> String {
    let param = |param: &super::survey::Param| match &param.default {
        _ if param.optional => format!("{}=none", param.name),
        Some(default) if !param.filled => format!("{}={}", param.name, default.replace('\\', "\\\\")),
        _ => param.name.clone(),
    };
    let given = component.given.iter().map(|name| match name.as_str() {
        "config" | "lang" if component.implicit => format!("@{name}"),
        "page" | "section" if component.implicit => format!("@{name}=none"),
        "config" | "lang" => name.clone(),
        "nth" => "nth=1".to_owned(),
        _ => format!("{name}=none"),
    });
    component.params.iter().map(param).chain(given).collect::<Vec<_>>().join(", ")
}

/// Makes known what a component is handed.
fn bind(rewriter: &mut Rewriter<'_>, component: &Component) {
    rewriter.locals.clear();
    let names = component.params.iter().map(|param| &param.was).chain(&component.given);
    rewriter.locals.extend(names.map(|name| Local {
        name: name.clone(),
        sure: true,
        given: component.given.contains(name),
        safe: !component.given.contains(name),
    }));
    let optional = component.params.iter().filter(|param| param.optional).map(|param| param.was.clone());
    let given = component.given.iter().filter(|name| !["config", "lang", "nth"].contains(&name.as_str()));
    rewriter.optional = optional.chain(given.cloned()).collect();
    let renamed = component.params.iter().filter(|param| param.was != param.name);
    rewriter.renamed = renamed.map(|param| (param.was.clone(), param.name.clone())).collect();
}

struct Walk<'s> {
    rewriter: Rewriter<'s>,
    wanted: Vec<(String, String)>,
}

impl Walk<'_> {
    fn edit(&mut self, span: Span, text: String) {
        if self.rewriter.source(&span) != text {
            self.rewriter.edits.push((span, text));
        }
    }

    /// `-#}` of the very first remarks did nothing in Tera 1.
    fn first_remarks(&mut self, nodes: &[Node]) {
        for node in nodes.iter().take_while(|node| matches!(node.kind, NodeKind::Comment)) {
            if self.rewriter.source(&node.span).ends_with("-#}") {
                self.edit(node.span.end - 3..node.span.end, "#}".to_owned());
            }
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    /// The top level of a template that extends another: only blocks ever had an effect there, and in Tera 2 nothing else
    /// may be there.
    fn child(&mut self, nodes: &[Node]) {
        for node in nodes {
            let dead = match &node.kind {
                NodeKind::Text => !self.rewriter.source(&node.span).trim().is_empty(),
                NodeKind::Comment | NodeKind::Extends(_) | NodeKind::Import(..) | NodeKind::Macro(..) => {
                    false
                }
                NodeKind::Block(name, _) => !self.rewriter.survey.block_above(self.rewriter.path, name),
                _ => true,
            };
            if !dead {
                self.node(node);
                continue;
            }
            let block = matches!(node.kind, NodeKind::Block(..));
            let what = if block {
                "This block is in no template that this one extends, so it was never shown; 0.23 stops at it. It was taken away."
            } else {
                "This stands outside of the blocks of a template that extends another, so it never had an effect; 0.23 stops at it. It was taken away."
            };
            self.rewriter.note(
                Weight::Look,
                node.span.start,
                what,
                "Nothing needs to be done, unless it was meant to work.",
            );
            let text = self.rewriter.source(&node.span);
            let left = if matches!(node.kind, NodeKind::Text) {
                text.matches('\n').collect()
            } else {
                String::new()
            };
            self.edit(node.span.clone(), left);
        }
    }

    fn node(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Text | NodeKind::Comment | NodeKind::Raw | NodeKind::Jump | NodeKind::Extends(_) => {}
            NodeKind::Print(expr) => {
                let text = self.rewriter.printed(expr);
                self.edit(expr.span.clone(), text);
            }
            NodeKind::Import(..) => self.import(node),
            NodeKind::Include(names, ignore) => self.include(node, names, *ignore),
            NodeKind::Set(name, global, value) => {
                let text = self.rewriter.expr(value, Want::Value);
                self.edit(value.span.clone(), text);
                let safe = self.rewriter.may_be_safe(value);
                if safe {
                    self.rewriter
                        .locals
                        .iter_mut()
                        .filter(|it| it.name == *name)
                        .for_each(|it| it.safe = true);
                }
                if self.rewriter.locals.iter().all(|local| local.name != *name || local.given) {
                    self.rewriter.locals.push(Local {
                        name: name.clone(),
                        sure: !global,
                        given: false,
                        safe,
                    });
                }
            }
            NodeKind::Block(name, body) => {
                self.end_name(name, body);
                let known = self.rewriter.locals.clone();
                let kept = std::mem::take(&mut self.rewriter.kept);
                self.nodes(&body.nodes);
                self.keep(node.tag.end);
                self.rewriter.kept = kept;
                self.rewriter.locals = known;
            }
            NodeKind::Macro(name, _, body) => self.component(node, name, body),
            NodeKind::If(branches) => {
                for (test, _, nodes) in branches {
                    if let Some(test) = test {
                        let text = self.rewriter.expr(test, Want::Condition);
                        self.edit(test.span.clone(), text);
                    }
                    self.perhaps(nodes);
                }
            }
            NodeKind::For(names, over, body, otherwise) => {
                let text = self.rewriter.expr(over, Want::Value);
                self.edit(over.span.clone(), text);
                let known = self.rewriter.locals.clone();
                let names = names.iter().map(|name| Local {
                    name: name.clone(),
                    sure: true,
                    given: false,
                    safe: false,
                });
                self.rewriter.locals.extend(names);
                self.nodes(&body.nodes);
                self.rewriter.locals = known;
                if let Some((_, nodes)) = otherwise {
                    self.perhaps(nodes);
                }
            }
            NodeKind::Section(call, body) => {
                let text = self.rewriter.section(call);
                self.edit(call.span.clone(), text);
                self.nodes(&body.nodes);
            }
        }
    }

    /// Keeps what Zola gave under names that are given another value below.
    fn keep(&mut self, at: usize) {
        let names = std::mem::take(&mut self.rewriter.kept);
        let set = |name: &String| format!("{{% set given_{name} = {name} | default(value=none) %}}");
        let text: String = names.iter().map(set).collect();
        if !text.is_empty() {
            self.rewriter.edits.push((at..at, text));
        }
    }

    /// Nodes that may not be reached: what they set may not be set afterwards.
    fn perhaps(&mut self, nodes: &[Node]) {
        let depth = self.rewriter.locals.len();
        self.nodes(nodes);
        for local in self.rewriter.locals.iter_mut().skip(depth) {
            local.sure = false;
        }
    }

    /// Tera 1 passed over the blanks around an import.
    fn import(&mut self, node: &Node) {
        let text = self.rewriter.text;
        let before = text[..node.span.start].trim_end().len();
        let after = text.len() - text[node.span.end..].trim_start().len();
        let done =
            self.rewriter.edits.iter().map(|(span, _)| span.end).filter(|end| *end <= node.span.start).max();
        let first = text[..before].trim().is_empty();
        let extends = text[..before].ends_with("%}") && text[..before].contains("extends");
        let start = before.max(done.unwrap_or(0));
        // The line of `extends` keeps its end; nothing of it is shown.
        let kept = if extends && !first { "\n" } else { "" };
        self.edit(
            start..after,
            if done == Some(start) && start > before { String::new() } else { kept.to_owned() },
        );
    }

    fn include(&mut self, node: &Node, names: &[String], ignore: bool) {
        let survey = self.rewriter.survey;
        let Some(first) = names.first() else { return };
        let found =
            names.iter().find(|name| survey.find(name).is_some() || name.starts_with("__zola_builtins/"));
        let one = names.len() == 1 && !ignore;
        match found {
            Some(_) if one => return,
            None if !ignore => {
                self.rewriter.note(
                    Weight::ByHand,
                    node.span.start,
                    format!("The template `{first}` does not exist, or could not be read; 0.23 looks for it even when nothing includes it."),
                    "Write it, or take this away.",
                );
                return;
            }
            _ => {}
        }
        let source = self.rewriter.source(&node.span);
        let (open, close) = (
            &source[..source.find("include").unwrap_or(0)],
            if source.ends_with("-%}") { "-%}" } else { "%}" },
        );
        let new = format!("{open}include \"{first}\" {close}");
        self.edit(node.span.clone(), new);
        if survey.find(first).is_none() {
            let text = found.map_or_else(String::new, |name| format!("{{% include \"{name}\" %}}"));
            self.rewriter.note(
                Weight::Look,
                node.span.start,
                format!("0.23 includes one template, which must exist. `{first}` was made{}, so that a site can still write its own.", if text.is_empty() { ", empty" } else { "" }),
                "Nothing needs to be done.",
            );
            self.wanted.push((first.clone(), text));
        }
    }

    /// Tera 1 did not read the name at the end of a block; Tera 2 does.
    fn end_name(&mut self, name: &str, body: &Body) {
        if let Some((end, span)) = &body.end_name
            && end != name
        {
            self.edit(span.clone(), name.to_owned());
        }
    }

    fn component(&mut self, node: &Node, name: &str, body: &Body) {
        let survey = self.rewriter.survey;
        let Some(component) = survey.macros.get(&(self.rewriter.path.to_owned(), name.to_owned())) else {
            return;
        };
        let marks = |text: &str| {
            (
                if text.starts_with("{%-") { "{%-" } else { "{%" },
                if text.ends_with("-%}") { "-%}" } else { "%}" },
            )
        };
        let (open, close) = marks(self.rewriter.source(&node.tag));
        self.edit(
            node.tag.clone(),
            format!("{open} component {}({}) {close}", component.name, signature(component)),
        );
        let (open, close) = marks(self.rewriter.source(&body.end));
        self.edit(body.end.clone(), format!("{open} endcomponent {} {close}", component.name));
        let (known, escape) = (self.rewriter.locals.clone(), self.rewriter.escape);
        self.rewriter.inside = Some(component);
        bind(&mut self.rewriter, component);
        if component.in_content {
            self.rewriter.escape = Escape::Template { shared: true };
        }
        let kept = std::mem::take(&mut self.rewriter.kept);
        self.nodes(&body.nodes);
        self.keep(node.tag.end);
        self.rewriter.kept = kept;
        self.rewriter.inside = None;
        self.rewriter.optional = BTreeSet::new();
        self.rewriter.renamed.clear();
        (self.rewriter.locals, self.rewriter.escape) = (known, escape);
    }
}
