//! Which names a template takes from outside. In: its nodes. Out: the names it reads and does not set itself.

use std::collections::BTreeSet;

use super::expr::{Expr, Kind};
use super::tree::{Node, NodeKind};

/// What Zola 0.22 puts into the context of some template. In Tera 1 a macro sees these too; in Tera 2 a component sees
/// only what it is handed.
const GIVEN: [&str; 17] = [
    "config",
    "lang",
    "page",
    "section",
    "current_url",
    "current_path",
    "paginator",
    "taxonomy",
    "term",
    "terms",
    "zola_version",
    "feed_url",
    "last_updated",
    "pages",
    "entries",
    "sitemaps",
    "level",
];

/// Whether Zola may put a value of that name into a context.
pub(super) fn is_given(name: &str) -> bool {
    GIVEN.contains(&name)
}

/// The names that nodes read and do not set, with `bound` as what is set before.
pub(super) fn free(nodes: &[Node], bound: &[String]) -> BTreeSet<String> {
    let mut bound = bound.to_vec();
    let mut found = BTreeSet::new();
    walk(nodes, &mut bound, &mut found);
    found
}

fn walk(nodes: &[Node], bound: &mut Vec<String>, found: &mut BTreeSet<String>) {
    for node in nodes {
        for expr in node.exprs() {
            roots(expr, bound, found);
        }
        match &node.kind {
            NodeKind::Set(name, _, _) => bound.push(name.clone()),
            NodeKind::For(names, _, body, otherwise) => {
                let depth = bound.len();
                bound.extend(names.iter().cloned());
                bound.push("loop".to_owned());
                walk(&body.nodes, bound, found);
                bound.truncate(depth);
                if let Some((_, nodes)) = otherwise {
                    walk(nodes, bound, found);
                }
            }
            NodeKind::Macro(..) => {}
            _ => node.bodies().into_iter().for_each(|body| walk(body, bound, found)),
        }
    }
}

fn roots(expr: &Expr, bound: &[String], found: &mut BTreeSet<String>) {
    expr.visit(&mut |part| {
        if let Kind::Path(root, _) = &part.kind
            && !bound.contains(root)
        {
            found.insert(root.clone());
        }
    });
}
