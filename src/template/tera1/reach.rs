//! Which names a template can reach. In: the templates as Tera 1 has read them. Out: for each, every name that it or
//! anything it extends, includes or imports mentions.
//!
//! A part of an object that no template mentions need not be copied for it. Templates can get at parts without naming
//! them as well: by writing a whole object out, walking over its parts, or with a name made up while it runs. Whoever
//! does that to something that may be an object of the site gets everything.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::base::hash::Quick;
use tera1::Tera;
use tera1::ast::{Expr, ExprVal, FunctionCall, MacroDefinition, Node};

/// The part by which pages and sections differ from each other: templates may compare them.
const IDENTITY: &str = "relative_path";
/// Parts whose values are objects of the site.
const OBJECTS: [&str; 10] =
    ["page", "section", "pages", "lower", "higher", "previous", "next", "terms", "term", "items"];
/// The names of what templates start with.
const ROOTS: [&str; 6] = ["config", "page", "paginator", "section", "taxonomy", "term"];

/// Names, asked for once for every part of every object.
type Words = HashSet<String, Quick>;

/// What a template can reach.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Every name mentioned.
    words: Words,
    /// Parts that are only ever named of what the template started with, by its name there.
    of_roots: BTreeMap<String, Words>,
    /// Whether parts may be reached without being named.
    whole: bool,
    /// Whether something is left to chance.
    pub(super) chance: bool,
}

impl Reach {
    /// Whether a part of any object can be reached.
    pub(super) fn wants(&self, part: &str) -> bool {
        self.whole || part == IDENTITY || self.words.contains(part)
    }

    /// Whether a part can be reached of the object that the template started with under a name.
    pub(super) fn wants_of(&self, root: &str, part: &str) -> bool {
        self.of_roots.get(root).is_some_and(|parts| parts.contains(part))
    }
}

/// What one template mentions by itself.
#[derive(Default)]
struct Mentions {
    reach: Reach,
    /// Names that it gives to things.
    bound: HashSet<String>,
    /// The templates it uses.
    uses: Vec<String>,
    /// The parameters of the macro that is being looked through: a macro sees nothing else.
    parameters: HashSet<String>,
}

/// What each template can reach.
pub(super) fn of(tera: &Tera) -> HashMap<String, Arc<Reach>> {
    let mentions: HashMap<&str, Mentions> = tera
        .templates
        .iter()
        .map(|(name, template)| {
            let mut mentions = Mentions::default();
            mentions.nodes(&template.ast);
            template.macros.values().for_each(|definition| mentions.definition(definition));
            (name.as_str(), mentions)
        })
        .collect();
    mentions.keys().map(|name| ((*name).to_owned(), Arc::new(together(name, &mentions)))).collect()
}

/// What a template and all it uses mention.
fn together(name: &str, mentions: &HashMap<&str, Mentions>) -> Reach {
    let mut reach = Reach::default();
    let mut bound: HashSet<&str> = HashSet::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut todo = vec![name];
    while let Some(name) = todo.pop() {
        let Some(known) = mentions.get(name).filter(|_| seen.insert(name)) else { continue };
        reach.words.extend(known.reach.words.iter().cloned());
        for (root, parts) in &known.reach.of_roots {
            reach.of_roots.entry(root.clone()).or_default().extend(parts.iter().cloned());
        }
        reach.whole |= known.reach.whole;
        reach.chance |= known.reach.chance;
        bound.extend(known.bound.iter().map(String::as_str));
        todo.extend(known.uses.iter().map(String::as_str));
    }
    // A name that is given to something else as well says nothing about what the template started with.
    let (others, roots) =
        std::mem::take(&mut reach.of_roots).into_iter().partition(|(root, _)| bound.contains(root.as_str()));
    let others: BTreeMap<String, Words> = others;
    reach.words.extend(others.into_values().flatten());
    reach.of_roots = roots;
    reach
}

impl Mentions {
    fn nodes(&mut self, nodes: &[Node]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::VariableBlock(_, expression) => self.expression(expression),
            Node::MacroDefinition(_, definition, _) => self.definition(definition),
            Node::Extends(_, name) => self.uses.push(name.clone()),
            Node::Include(_, names, _) => self.uses.extend(names.iter().cloned()),
            Node::ImportMacro(_, name, _) => self.uses.push(name.clone()),
            Node::Set(_, set) => {
                self.bound.insert(set.key.clone());
                self.expression(&set.value);
            }
            Node::FilterSection(_, section, _) => {
                self.call(&section.filter);
                self.nodes(&section.body);
            }
            Node::Block(_, block, _) => self.nodes(&block.body),
            Node::Forloop(_, walk, _) => {
                self.bound.insert(walk.value.clone());
                if let Some(key) = &walk.key {
                    self.bound.insert(key.clone());
                    self.reach.whole |= may_be_object(&walk.container.val);
                }
                self.expression(&walk.container);
                self.nodes(&walk.body);
                walk.empty_body.iter().for_each(|body| self.nodes(body));
            }
            Node::If(choice, _) => {
                for (_, condition, body) in &choice.conditions {
                    self.expression(condition);
                    self.nodes(body);
                }
                choice.otherwise.iter().for_each(|(_, body)| self.nodes(body));
            }
            Node::Super
            | Node::Text(_)
            | Node::Raw(..)
            | Node::Break(_)
            | Node::Continue(_)
            | Node::Comment(..) => {}
        }
    }

    fn definition(&mut self, definition: &MacroDefinition) {
        definition.args.values().flatten().for_each(|default| self.expression(default));
        let uses = self.uses.len();
        self.parameters = definition.args.keys().cloned().collect();
        self.nodes(&definition.body);
        let parameters = std::mem::take(&mut self.parameters);
        if self.uses.len() > uses {
            // What a macro includes sees its parameters.
            self.bound.extend(parameters);
        }
    }

    fn expression(&mut self, expression: &Expr) {
        self.value(&expression.val);
        for filter in &expression.filters {
            self.call(filter);
            let by_name =
                |name: &str| filter.args.get(name).is_some_and(|arg| !matches!(arg.val, ExprVal::String(_)));
            let made_up = by_name("attribute") || by_name("key");
            self.reach.whole |= (filter.name == "json_encode" || made_up) && may_be_object(&expression.val);
        }
    }

    fn value(&mut self, value: &ExprVal) {
        match value {
            ExprVal::String(text) => self.words(text),
            ExprVal::Int(_) | ExprVal::Float(_) | ExprVal::Bool(_) => {}
            ExprVal::Ident(path) => self.path(path),
            ExprVal::Math(math) => [&math.lhs, &math.rhs].into_iter().for_each(|side| self.expression(side)),
            ExprVal::Logic(logic) => {
                [&logic.lhs, &logic.rhs].into_iter().for_each(|side| self.expression(side))
            }
            ExprVal::Test(test) => {
                self.path(&test.ident);
                test.args.iter().for_each(|arg| self.expression(arg));
            }
            ExprVal::MacroCall(call) => call.args.values().for_each(|arg| self.expression(arg)),
            ExprVal::FunctionCall(call) => self.call(call),
            ExprVal::Array(values) => values.iter().for_each(|value| self.expression(value)),
            ExprVal::StringConcat(concat) => concat.values.iter().for_each(|value| self.value(value)),
            ExprVal::In(within) => {
                [&within.lhs, &within.rhs].into_iter().for_each(|side| self.expression(side))
            }
        }
    }

    fn call(&mut self, call: &FunctionCall) {
        self.reach.chance |= call.name == "get_random";
        call.args.values().for_each(|arg| self.expression(arg));
    }

    /// A dotted path, with square brackets perhaps.
    fn path(&mut self, path: &str) {
        self.reach.whole |= path.contains("__tera_context") || names_made_up(path);
        let (root, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        let mut parts = split(rest);
        if ROOTS.contains(&root)
            && !self.parameters.contains(root)
            && let Some(part) = parts.next()
        {
            self.reach.of_roots.entry(root.to_owned()).or_default().insert(part.to_owned());
        }
        self.reach.words.extend(parts.map(str::to_owned));
        self.words(root);
    }

    fn words(&mut self, text: &str) {
        self.reach.words.extend(split(text).map(str::to_owned));
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Whether something can be an object of the site, as far as can be seen: the author's own data never is.
fn may_be_object(value: &ExprVal) -> bool {
    match value {
        ExprVal::Ident(path) => is_objects_path(path),
        ExprVal::FunctionCall(call) => call.name.starts_with("get_"),
        ExprVal::MacroCall(_)
        | ExprVal::String(_)
        | ExprVal::Int(_)
        | ExprVal::Float(_)
        | ExprVal::Bool(_)
        | ExprVal::Math(_)
        | ExprVal::Logic(_)
        | ExprVal::Test(_)
        | ExprVal::StringConcat(_)
        | ExprVal::In(_) => false,
        ExprVal::Array(values) => values.iter().any(|value| may_be_object(&value.val)),
    }
}

fn is_objects_path(path: &str) -> bool {
    let parts: Vec<&str> = split(path).collect();
    if parts.contains(&"extra") || parts.contains(&"taxonomies") {
        return false;
    }
    match parts.as_slice() {
        [] | [_] => true,
        [.., last] => OBJECTS.contains(last) || path.ends_with(']'),
    }
}

/// Whether a path takes a part by a name that is made up while the template runs, of what may be an object.
fn names_made_up(path: &str) -> bool {
    path.match_indices('[').any(|(at, _)| {
        let name = path[at + 1..].trim_start();
        let literal = name.starts_with(['"', '\'', '`']) || name.starts_with(|c: char| c.is_ascii_digit());
        !literal && is_objects_path(&path[..at])
    })
}
