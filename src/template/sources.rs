//! Which templates there are, and which reach which. In: the template files of the site and its theme. Out: a
//! [`TemplateSet`] that answers names and gives the identity of everything a template reaches.
//!
//! A site's template goes before a theme's, a theme's before a built-in one. What a template reaches is found by reading
//! its tags for quoted names after `extends`, `include` and `import` and for the names of components: at least what it
//! really reaches, sometimes more, which costs a needless rendering and never a stale one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use super::builtins::builtins;
use crate::base::{Hash128, SourcePath, hash_of};
use crate::model::Dialect;

/// One template.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its full name: `page.html`, `THEME/templates/page.html`, `__zola_builtins/atom.xml`.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// Its file; none for a built-in one.
    pub file: Option<SourcePath>,
}

/// The templates of a site.
#[derive(Default)]
pub struct TemplateSet {
    templates: BTreeMap<String, Template>,
    /// The names under which templates of a theme answer a second time.
    second_names: BTreeSet<String>,
    prefixes: Vec<String>,
    /// The full name of the template that answers to a name.
    answering: HashMap<String, String>,
    /// The templates that define a component, by its name.
    components: HashMap<String, BTreeSet<String>>,
    reaches: HashMap<String, Reaches>,
    closures: Mutex<HashMap<String, Hash128>>,
}

/// What the tags of one template name.
#[derive(Clone, Debug, Default)]
struct Reaches {
    names: BTreeSet<String>,
    components: BTreeSet<String>,
    defines: BTreeSet<String>,
}

impl TemplateSet {
    /// The set of these templates and the built-in ones.
    pub fn new(dialect: Dialect, theme: Option<&str>, mut templates: Vec<Template>) -> Self {
        let mut second_names = BTreeSet::new();
        if let Some(theme) = theme.filter(|_| dialect.is_old()) {
            let prefix = format!("{theme}/templates/");
            let taken: BTreeSet<String> = templates.iter().map(|template| template.name.clone()).collect();
            let again = templates.iter().filter_map(|template| {
                let name = template.name.strip_prefix(&prefix)?;
                (!taken.contains(name)).then(|| Template { name: name.to_owned(), ..template.clone() })
            });
            let again: Vec<Template> = again.collect();
            second_names.extend(again.iter().map(|template| template.name.clone()));
            templates.extend(again);
        }
        for (name, text) in builtins(dialect) {
            let name = if name == "internal/alias.html" {
                name.to_owned()
            } else {
                format!("__zola_builtins/{name}")
            };
            if !templates.iter().any(|template| template.name == name) {
                templates.push(Template { name, text: Arc::from(text), file: None });
            }
        }
        let mut prefixes = vec![String::new()];
        prefixes.extend(theme.map(|theme| format!("{theme}/templates/")));
        prefixes.push("__zola_builtins/".to_owned());
        let reaches: HashMap<_, _> =
            templates.iter().map(|template| (template.name.clone(), scan(&template.text))).collect();
        let mut components: HashMap<String, BTreeSet<String>> = HashMap::new();
        for template in &templates {
            for component in &reaches[&template.name].defines {
                components.entry(component.clone()).or_default().insert(template.name.clone());
            }
        }
        let answering = answering(&templates, &prefixes);
        let templates = templates.into_iter().map(|template| (template.name.clone(), template)).collect();
        let closures = Mutex::default();
        TemplateSet { templates, second_names, prefixes, answering, components, reaches, closures }
    }

    /// Every template, by full name.
    pub fn iter(&self) -> impl Iterator<Item = &Template> {
        self.templates.values()
    }

    /// Whether a template is met here under its own name. In dialect 0.22 a theme's templates answer to their short names
    /// too, unless the site has a template of that name: they are found there as templates of the site are.
    pub fn is_first_name(&self, template: &Template) -> bool {
        !self.second_names.contains(&template.name)
    }

    /// The names that may stand before a short name, in order, the empty one first.
    pub fn prefixes(&self) -> &[String] {
        &self.prefixes
    }

    /// The template that answers to a name.
    pub fn find(&self, name: &str) -> Option<&Template> {
        self.templates.get(self.answering.get(name)?)
    }

    /// The identity of everything a template reaches, itself included.
    pub fn closure(&self, name: &str) -> Hash128 {
        if let Some(hash) = self.closures.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return *hash;
        }
        let hash = self.identity(self.reach([name.to_owned()].into()));
        self.closures.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), hash);
        hash
    }

    /// The identity of everything that a text reaches, itself not included.
    pub fn inline_closure(&self, text: &str) -> Hash128 {
        let reaches = scan(text);
        let mut names = reaches.names;
        names.extend(self.homes(&reaches.components));
        self.identity(self.reach(names))
    }

    /// The templates that define these components.
    fn homes<'a>(&'a self, components: &'a BTreeSet<String>) -> impl Iterator<Item = String> + 'a {
        components.iter().filter_map(|component| self.components.get(component)).flatten().cloned()
    }

    /// All names that are reached from these, with what answers to each.
    fn reach(&self, names: BTreeSet<String>) -> BTreeMap<String, Option<&Template>> {
        let mut reached = BTreeMap::new();
        let mut todo: Vec<String> = names.into_iter().collect();
        while let Some(name) = todo.pop() {
            if reached.contains_key(&name) {
                continue;
            }
            let found = self.find(&name);
            if let Some(reaches) = found.and_then(|template| self.reaches.get(&template.name)) {
                todo.extend(reaches.names.iter().cloned());
                todo.extend(self.homes(&reaches.components));
            }
            reached.insert(name, found);
        }
        reached
    }

    fn identity(&self, reached: BTreeMap<String, Option<&Template>>) -> Hash128 {
        let parts: Vec<_> = reached
            .iter()
            .map(|(name, found)| (name, found.map(|template| (&template.name, &template.text))))
            .collect();
        if parts.iter().all(|(_, found)| found.is_none()) && parts.len() == 1 {
            return Hash128::ABSENT;
        }
        hash_of(&parts)
    }
}

impl Hash for TemplateSet {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        for template in self.templates.values() {
            (&template.name, &template.text).hash(state);
        }
    }
}

/// Reads the tags of a template. Braces in comments and raw texts need not close and would hide what follows, so a text
/// with such is read without them as well; only as well, because `{#id}` in content is no comment.
fn scan(text: &str) -> Reaches {
    let mut reaches = Reaches::default();
    read_tags(text, false, &mut reaches);
    if text.contains("{#") || text.contains("endraw") {
        read_tags(text, true, &mut reaches);
    }
    reaches
}

fn read_tags(text: &str, skip: bool, reaches: &mut Reaches) {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        rest = &rest[at + 1..];
        let close = match rest.as_bytes().first() {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') if skip => {
                rest = rest.split_once("#}").map_or(rest, |(_, rest)| rest);
                continue;
            }
            _ => continue,
        };
        // The tag ends at the first closing mark outside of a quoted text.
        let tag = &rest[1..];
        let end = end_of_tag(tag, close);
        let inside = trimmed(&tag[..end]);
        read_tag(inside, reaches);
        rest = &tag[end..];
        if skip && inside == "raw" {
            rest = after_raw(rest);
        }
    }
}

fn trimmed(tag: &str) -> &str {
    tag.trim_matches(['-', ' ', '\t', '\n', '\r'])
}

fn after_raw(text: &str) -> &str {
    let ends = |at: &usize| trimmed(&text[at + 2..]).starts_with("endraw");
    text.match_indices("{%").map(|(at, _)| at).find(ends).map_or(text, |at| &text[at..])
}

fn end_of_tag(tag: &str, close: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if tag[at..].starts_with(close) => return at,
            None => {}
        }
    }
    // A quotation mark in running text may never close: then every closing mark counts.
    tag.find(close).unwrap_or(tag.len())
}

fn read_tag(tag: &str, reaches: &mut Reaches) {
    let word = tag.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    if matches!(word, "extends" | "include" | "import") {
        reaches.names.extend(quoted(tag));
    }
    if word == "component" {
        reaches.defines.insert(component_name(tag[word.len()..].trim_start()).to_owned());
    }
    for (at, _) in tag.match_indices('<') {
        let name = component_name(tag[at + 1..].trim_start());
        if !name.is_empty() {
            reaches.components.insert(name.to_owned());
        }
    }
}

fn component_name(text: &str) -> &str {
    let end =
        text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))).unwrap_or(text.len());
    text[..end].trim_end_matches(['-', '.'])
}

fn quoted(tag: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = tag;
    while let Some(at) = rest.find(['"', '\'', '`']) {
        let quote = &rest[at..at + 1];
        let inside = &rest[at + 1..];
        let Some(end) = inside.find(quote) else { break };
        names.push(inside[..end].to_owned());
        rest = &inside[end + 1..];
    }
    names
}

/// Which template answers to which name: of several, the one with the earliest prefix.
fn answering(templates: &[Template], prefixes: &[String]) -> HashMap<String, String> {
    let mut answering = HashMap::new();
    for prefix in prefixes.iter().rev() {
        for template in templates {
            if let Some(name) = template.name.strip_prefix(prefix.as_str()) {
                answering.insert(name.to_owned(), template.name.clone());
            }
        }
    }
    answering
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(theme: Option<&str>, templates: &[(&str, &str)]) -> TemplateSet {
        let templates = templates.iter().map(|(name, text)| Template {
            name: (*name).into(),
            text: Arc::from(*text),
            file: None,
        });
        TemplateSet::new(Dialect::Zola023, theme, templates.collect())
    }

    #[test]
    fn the_site_goes_before_the_theme() {
        let both = set(
            Some("t"),
            &[("t/templates/page.html", "theme"), ("page.html", "site"), ("t/templates/x.html", "theme")],
        );
        assert_eq!(&*both.find("page.html").unwrap().text, "site");
        assert_eq!(&*both.find("x.html").unwrap().text, "theme");
        assert_eq!(&*both.find("t/templates/page.html").unwrap().text, "theme");
        assert!(both.find("y.html").is_none());
    }

    #[test]
    fn a_closure_changes_with_whatever_it_reaches_and_nothing_else() {
        let page = r#"{% extends "base.html" %}{% block b %}{{ <card title="{{ x }}" /> }}{% endblock %}"#;
        let parts = [
            ("page.html", page),
            ("base.html", "{%- include 'foot.html' -%}"),
            ("foot.html", "1"),
            ("c.html", "{% component card(title) %}{% endcomponent card %}"),
            ("other.html", "1"),
        ];
        let before = set(None, &parts);
        for (at, changes) in [(1, true), (2, true), (3, true), (4, false)] {
            let mut edited = parts;
            let text = format!("{} edited", parts[at].1);
            edited[at].1 = &text;
            assert_eq!(
                before.closure("page.html") != set(None, &edited).closure("page.html"),
                changes,
                "{}",
                parts[at].0
            );
        }
    }

    #[test]
    fn a_template_that_comes_to_override_another_changes_the_closure() {
        let before =
            set(Some("t"), &[("t/templates/base.html", "b"), ("page.html", "{% extends \"base.html\" %}")]);
        let after = set(
            Some("t"),
            &[
                ("t/templates/base.html", "b"),
                ("base.html", "b"),
                ("page.html", "{% extends \"base.html\" %}"),
            ],
        );
        assert_ne!(before.closure("page.html"), after.closure("page.html"));
        assert_eq!(before.closure("nothing.html"), Hash128::ABSENT);
    }

    #[test]
    fn braces_that_mean_nothing_hide_nothing() {
        let foot = |text: &str| ("foot.html", text.to_owned());
        for hiding in ["{# {{ it's #}", "{% raw %}{{ ' {% {%- endraw %}", "{#{% raw %}#}"] {
            let page = ("page.html", format!("{hiding}{{% include \"foot.html\" %}} it's {{{{ x }}}}"));
            let closure = |text: &str| {
                let (foot, page) = (foot(text), page.clone());
                set(None, &[(foot.0, &foot.1), (page.0, &page.1)]).closure("page.html")
            };
            assert_ne!(closure("1"), closure("2"), "{hiding}");
        }
    }

    #[test]
    fn content_reaches_components_and_circles_end() {
        let set = set(
            None,
            &[
                ("c.html", "{% component a() %}{{<b/>}}{% endcomponent a %}"),
                ("d.html", "{% component b() %}{{<a/>}}{% endcomponent b %}"),
            ],
        );
        assert_ne!(set.inline_closure("x {% <a> %} it's {% </a> %}"), set.inline_closure("x"));
    }
}
