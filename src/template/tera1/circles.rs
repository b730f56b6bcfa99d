//! Which templates and macros use themselves without end. In: the templates as Tera 1 has read them. Out: a [`Fault`] for
//! each circle.
//!
//! Tera 1 renders on the stack of the thread: who never comes back ends the program. A template may include itself, and a
//! macro call itself, where a condition or a loop decides whether it does; only what nothing can stop is a fault.

use std::collections::{BTreeMap, BTreeSet};

use tera1::Tera;
use tera1::ast::{ExprVal, Node};

use crate::template::engine::Fault;

/// What a template or a macro uses whatever happens.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Every circle.
pub(super) fn find(tera: &Tera) -> Vec<Fault> {
    let mut parents = Uses::new();
    let mut includes = Uses::new();
    let mut calls = Uses::new();
    let mut names: Vec<&String> = tera.templates.keys().collect();
    names.sort();
    for name in names {
        let template = &tera.templates[name];
        parents.insert(name.clone(), template.parent.iter().cloned().collect());
        let mut used = Used::default();
        used.nodes(&template.ast);
        includes.insert(name.clone(), used.includes);
        let mut macros: Vec<_> = template.macros.values().collect();
        macros.sort_by(|a, b| a.name.cmp(&b.name));
        for definition in macros {
            let mut used = Used::default();
            used.nodes(&definition.body);
            let known = |called: String| format!("{name}::{called}");
            calls.insert(
                format!("{name}::{}", definition.name),
                used.own_macros.into_iter().map(known).collect(),
            );
        }
    }
    let inherits = circles(&parents).into_iter().map(|circle| told("inherits from", &circle));
    let includes = circles(&includes).into_iter().map(|circle| told("includes", &circle));
    let calls = circles(&calls).into_iter().map(|circle| {
        let (template, name) = circle[0].split_once("::").unwrap_or(("", &circle[0]));
        Fault::message(template, format!("The macro `{name}` calls itself without end."))
    });
    inherits.chain(includes).chain(calls).collect()
}

fn told(does: &str, circle: &[String]) -> Fault {
    let shown: Vec<String> = circle.iter().chain(circle.first()).map(|name| format!("`{name}`")).collect();
    Fault::message(&circle[0], format!("The template {does} itself: {}.", shown.join(" → ")))
}

/// The circles, each once, beginning with the name that comes first.
fn circles(uses: &Uses) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for start in uses.keys() {
        if found.iter().flatten().any(|known| known == start) {
            continue;
        }
        if let Some(circle) = back_to(start, uses) {
            found.push(circle);
        }
    }
    found
}

/// The shortest way from a name back to itself.
fn back_to(start: &String, uses: &Uses) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.clone()]];
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in way.last().and_then(|last| uses.get(last)).into_iter().flatten() {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    longer.push([way.as_slice(), std::slice::from_ref(next)].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

/// What is used whatever happens.
#[derive(Default)]
struct Used {
    includes: BTreeSet<String>,
    own_macros: BTreeSet<String>,
}

impl Used {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                // Of several, the first that exists is included; that is known only to whoever renders.
                Node::Include(_, names, _) if names.len() == 1 => self.includes.extend(names.iter().cloned()),
                Node::Block(_, block, _) => self.nodes(&block.body),
                Node::FilterSection(_, section, _) => self.nodes(&section.body),
                Node::VariableBlock(_, expression) => {
                    if let ExprVal::MacroCall(call) = &expression.val
                        && call.namespace == "self"
                    {
                        self.own_macros.insert(call.name.clone());
                    }
                }
                _ => {}
            }
        }
    }
}
