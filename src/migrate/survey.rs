//! What a site's templates are to each other. In: the templates and the calls in content. Out: which macro or shortcode
//! becomes which component, what each must be handed, and which template a name means.

use std::collections::{BTreeMap, BTreeSet};

use super::content::Use;
use super::expr::Kind;
use super::scope;
use super::tree::{self, Node, NodeKind};
use super::types::{Type, type_of, type_of_literal};

/// A template that could be read.
#[derive(Debug)]
pub(super) struct Template {
    /// Its name, below `templates/`.
    pub name: String,
    /// Whether it is the theme's.
    pub of_theme: bool,
    /// Its text.
    pub text: String,
    /// What it is made of.
    pub nodes: Vec<Node>,
}

/// What a macro or shortcode becomes.
#[derive(Clone, Debug, Default)]
pub(super) struct Component {
    /// Its name.
    pub name: String,
    /// What it must be handed.
    pub params: Vec<Param>,
    /// What Zola gives to templates and this component must be handed too.
    pub given: BTreeSet<String>,
    /// Whether it was a shortcode, and if so whether its file was HTML.
    pub shortcode: Option<bool>,
    /// Whether it takes what Zola gives by itself, as components can since Zola 0.23.6.
    pub implicit: bool,
    /// Whether it is reached from a shortcode, where 0.23 escapes nothing by itself.
    pub in_content: bool,
}

/// One thing a component is handed.
#[derive(Clone, Debug, Default)]
pub(super) struct Param {
    /// What it was called.
    pub was: String,
    /// What it is called.
    pub name: String,
    /// What it was when nobody said, as written.
    pub default: Option<String>,
    /// Whether every call must say it, though it had a default: a default gives a type in 0.23, and some call hands
    /// something that may have another.
    pub filled: bool,
    /// Whether it may be left out, and is `none` then.
    pub optional: bool,
    /// Whether every call hands text.
    pub text: bool,
    /// Whether every call hands a number or a truth.
    pub plain: bool,
}

/// The settings that change how templates are rewritten.
#[derive(Clone, Debug, Default)]
pub(super) struct Languages {
    /// The default one.
    pub default: String,
    /// Whether there are others.
    pub several: bool,
    /// Taxonomies whose slug is not their name: name, slug.
    pub slugs: Vec<(String, String)>,
}

/// Everything.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The templates, by path from the root of the site.
    pub templates: BTreeMap<String, Template>,
    /// The folder of the theme's templates, with the slash at its end.
    pub theme: Option<String>,
    /// Macros by the path of their file and their name.
    pub macros: BTreeMap<(String, String), Component>,
    /// Shortcodes by name, with the path of the file that calls mean.
    pub shortcodes: BTreeMap<String, (String, Component)>,
    /// Shortcodes of the theme that the site overrides, by the path of their file.
    pub overridden: BTreeMap<String, Component>,
    /// Languages.
    pub languages: Languages,
    /// Whether components of shortcodes take by themselves what Zola gives.
    pub implicit: bool,
}

const SHORTCODES: &str = "shortcodes/";

impl Survey {
    /// Looks around. `uses` are the calls of shortcodes in content.
    pub(super) fn new(
        templates: BTreeMap<String, Template>,
        theme: Option<&str>,
        (languages, implicit): (Languages, bool),
        uses: &[Use],
    ) -> Self {
        let theme = theme.map(|name| format!("themes/{name}/templates/"));
        let mut survey = Survey { templates, theme, languages, implicit, ..Survey::default() };
        // Functions of 0.23 read a variable of that name, whoever set it.
        survey.languages.several |= survey.sets("lang");
        survey.find_shortcodes(uses);
        survey.find_macros();
        survey.find_given();
        survey.type_defaults();
        survey
    }

    /// Whether some template gives a name a value.
    fn sets(&self, wanted: &str) -> bool {
        let mut found = false;
        for template in self.templates.values() {
            tree::visit_nodes(&template.nodes, &mut |node| {
                found |= match &node.kind {
                    NodeKind::Set(name, ..) => name == wanted,
                    NodeKind::For(names, ..) => names.iter().any(|name| name == wanted),
                    _ => false,
                };
            });
        }
        found
    }

    /// The path of the template that a name means.
    pub(super) fn find(&self, name: &str) -> Option<String> {
        let own = format!("templates/{name}");
        if self.templates.contains_key(&own) {
            return Some(own);
        }
        let theme = self.theme.as_ref()?;
        let full = format!("themes/{name}");
        [format!("{theme}{name}"), full].into_iter().find(|path| self.templates.contains_key(path))
    }

    /// The file whose macros `space` means in a template.
    fn space(&self, path: &str, space: &str) -> Option<String> {
        if space == "self" {
            return Some(path.to_owned());
        }
        let mut seen = BTreeSet::new();
        self.space_from(path, space, &mut seen).or_else(|| self.space_of_includers(path, space)).or_else(
            || {
                // Nobody on the way imports it: when only one file is ever imported under that name, it is meant.
                let all = self.templates.keys().filter_map(|path| self.imports(path).remove(space));
                let all: BTreeSet<String> = all.collect();
                (all.len() == 1).then(|| all.into_iter().next()).flatten()
            },
        )
    }

    fn space_from(&self, path: &str, space: &str, seen: &mut BTreeSet<String>) -> Option<String> {
        if !seen.insert(path.to_owned()) {
            return None;
        }
        let imports = self.imports(path);
        if let Some(file) = imports.get(space) {
            return Some(file.clone());
        }
        let parent = self.parent(path);
        imports.values().cloned().chain(parent).find_map(|next| self.space_from(&next, space, seen))
    }

    fn space_of_includers(&self, path: &str, space: &str) -> Option<String> {
        let includers = self.templates.keys().filter(|other| self.includes(other).contains(path));
        includers.into_iter().find_map(|other| self.space_from(other, space, &mut BTreeSet::new()))
    }

    fn imports(&self, path: &str) -> BTreeMap<String, String> {
        let nodes = self.templates.get(path).map_or(&[][..], |template| &template.nodes);
        let import = |node: &Node| match &node.kind {
            NodeKind::Import(file, space) => Some((space.clone(), self.find(file)?)),
            _ => None,
        };
        nodes.iter().filter_map(import).collect()
    }

    /// The paths of the templates that a template includes.
    pub(super) fn includes(&self, path: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let Some(template) = self.templates.get(path) else { return found };
        tree::visit_nodes(&template.nodes, &mut |node| {
            if let NodeKind::Include(names, _) = &node.kind {
                found.extend(names.iter().find_map(|name| self.find(name)));
            }
        });
        found
    }

    /// The path of the template that a template extends.
    pub(super) fn parent(&self, path: &str) -> Option<String> {
        let nodes = &self.templates.get(path)?.nodes;
        let name = nodes.iter().find_map(|node| match &node.kind {
            NodeKind::Extends(name) => Some(name),
            _ => None,
        })?;
        self.find(name).filter(|parent| parent != path)
    }

    /// Whether a template that this one extends has the block. Also when a parent is not known.
    pub(super) fn block_above(&self, path: &str, block: &str) -> bool {
        let mut at = path.to_owned();
        for _ in 0..32 {
            let Some(parent) = self.parent(&at) else {
                let extends = |node: &Node| matches!(node.kind, NodeKind::Extends(_));
                return at == path || self.templates.get(&at).is_none_or(|it| it.nodes.iter().any(extends));
            };
            let mut found = false;
            tree::visit_nodes(&self.templates[&parent].nodes, &mut |node| {
                found |= matches!(&node.kind, NodeKind::Block(name, _) if name == block);
            });
            if found {
                return true;
            }
            at = parent;
        }
        true
    }

    /// The component that `space::name` becomes in a template, and the key of the macro.
    pub(super) fn component(
        &self,
        path: &str,
        space: &str,
        name: &str,
    ) -> Option<(&(String, String), &Component)> {
        let file = self.space(path, space)?;
        self.macros.get_key_value(&(file, name.to_owned()))
    }

    fn find_shortcodes(&mut self, uses: &[Use]) {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, template) in &self.templates {
            let file = template.name.strip_prefix(SHORTCODES).filter(|file| !file.contains('/'));
            let Some((name, _)) = file.and_then(|file| file.rsplit_once('.')) else { continue };
            let macros = template.nodes.iter().any(|node| matches!(node.kind, NodeKind::Macro(..)));
            // Macros for shortcodes lie there too, and what no text can call.
            let callable = super::expr::word_length(name) == name.len();
            if callable && (!macros || uses.iter().any(|call| call.name == name)) {
                found.entry(name.to_owned()).or_default().push(path.clone());
            }
        }
        for (name, mut paths) in found {
            // The site's goes before the theme's.
            paths.sort_by_key(|path| self.templates[path].of_theme);
            for path in paths.drain(1..) {
                let component = self.shortcode(&name, &path, uses);
                self.overridden.insert(path, component);
            }
            let component = self.shortcode(&name, &paths[0], uses);
            self.shortcodes.insert(name, (paths.remove(0), component));
        }
    }

    /// The shortcode that a file was.
    pub(super) fn shortcode_in(&self, path: &str) -> Option<&Component> {
        let called = self.shortcodes.values().find(|(file, _)| file == path).map(|(_, component)| component);
        called.or_else(|| self.overridden.get(path))
    }

    /// Whether some template includes, imports or extends this one.
    pub(super) fn is_part_of_another(&self, path: &str) -> bool {
        self.templates.keys().any(|other| {
            self.includes(other).contains(path)
                || self.imports(other).values().any(|target| target == path)
                || self.parent(other).as_deref() == Some(path)
        })
    }

    fn shortcode(&self, name: &str, path: &str, uses: &[Use]) -> Component {
        let calls: Vec<&Use> = uses.iter().filter(|call| call.name == name).collect();
        let free = self.needs(path, &self.templates[path].nodes, &[], &mut BTreeSet::new());
        let mut wanted: BTreeSet<String> =
            free.iter().filter(|name| !scope::is_given(name)).cloned().collect();
        wanted.extend(calls.iter().flat_map(|call| call.args.keys().cloned()));
        wanted.retain(|arg| arg != "body" && arg != "loop" && arg != "nth" && arg != "none");
        let given = ["page", "section", "config", "lang", "nth"].map(str::to_owned);
        let given = given.into_iter().filter(|name| free.contains(name)).collect();
        // An argument of the name of something that Zola gave was overwritten by it.
        let wanted =
            wanted.into_iter().filter(|name| !["page", "section", "config", "lang"].contains(&name.as_str()));
        let param = |arg: String| {
            let handed: Vec<Option<&Type>> = calls.iter().map(|call| call.args.get(&arg)).collect();
            let all = |kinds: &[Type]| {
                let mut said = handed.iter().flatten();
                !calls.is_empty() && said.all(|kind| kinds.contains(kind))
            };
            Param {
                optional: calls.is_empty() || handed.contains(&None),
                text: all(&[Type::Text]),
                plain: all(&[Type::Int, Type::Float, Type::Bool]),
                name: arg.clone(),
                was: arg,
                ..Param::default()
            }
        };
        let html = !path.ends_with(".md");
        Component {
            name: name.to_owned(),
            params: wanted.map(param).collect(),
            given,
            shortcode: Some(html),
            implicit: self.implicit,
            in_content: true,
        }
    }

    fn find_macros(&mut self) {
        let mut all: Vec<(String, String, Vec<Param>)> = Vec::new();
        for (path, template) in &self.templates {
            for node in &template.nodes {
                if let NodeKind::Macro(name, params, _) = &node.kind {
                    let params = params.iter().map(|param| Param {
                        was: param.name.clone(),
                        name: if param.name == "body" { "body_text".to_owned() } else { param.name.clone() },
                        default: param
                            .default
                            .as_ref()
                            .map(|value| template.text[value.span.clone()].to_owned()),
                        ..Param::default()
                    });
                    all.push((path.clone(), name.clone(), params.collect()));
                }
            }
        }
        let names = self.component_names(&all);
        for ((path, was, params), name) in all.into_iter().zip(names) {
            let component = Component { name, params, ..Component::default() };
            self.macros.insert((path, was), component);
        }
    }

    /// The plain name where only one file defines it; otherwise with the name of the file before it, or with the folders
    /// too. The theme's file and the site's of the same name are one, because the site's overrides it in both dialects.
    fn component_names(&self, all: &[(String, String, Vec<Param>)]) -> Vec<String> {
        let shadowed = self.imported_by_full_name();
        let file = |path: &str| {
            let template = &self.templates[path];
            let prefix = if shadowed.contains(path) { "theme/" } else { "" };
            format!("{prefix}{}", template.name)
        };
        let stem = |file: &str| {
            let name = file.rsplit('/').next().unwrap_or(file);
            identifier(name.split('.').next().unwrap_or(name))
        };
        let long = |file: &str| {
            let folders: Vec<String> =
                file.split('/').map(|part| identifier(part.split('.').next().unwrap_or(part))).collect();
            folders.join(".")
        };
        let files = |wanted: &dyn Fn(&str, &str) -> bool| {
            let files =
                all.iter().filter(|(path, name, _)| wanted(&file(path), name)).map(|(path, ..)| file(path));
            files.collect::<BTreeSet<String>>().len()
        };
        let name = |(path, name, _): &(String, String, Vec<Param>)| {
            let file = file(path);
            let alone = files(&|_, other| other == name) == 1 && !self.shortcodes.contains_key(name);
            let of_stem = files(&|other, called| called == name && stem(other) == stem(&file)) == 1;
            if alone {
                name.clone()
            } else if of_stem {
                format!("{}.{name}", stem(&file))
            } else {
                format!("{}.{name}", long(&file))
            }
        };
        all.iter().map(name).collect()
    }

    /// The theme's templates that the site overrides and imports all the same, by `NAME/templates/…`.
    fn imported_by_full_name(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for path in self.templates.keys() {
            for target in self.imports(path).values() {
                let template = &self.templates[target];
                if template.of_theme && self.templates.contains_key(&format!("templates/{}", template.name)) {
                    found.insert(target.clone());
                }
            }
        }
        found
    }

    /// What each macro must be handed of what Zola gives; a macro that calls another needs what the other needs.
    fn find_given(&mut self) {
        loop {
            let mut grew = false;
            let keys: Vec<(String, String)> = self.macros.keys().cloned().collect();
            for key in keys {
                let (nodes, params) = (self.macro_body(&key), self.macros[&key].params.clone());
                let bound: Vec<String> = params.iter().map(|param| param.was.clone()).collect();
                let needs = self.needs(&key.0, nodes, &bound, &mut BTreeSet::new());
                let given: BTreeSet<String> =
                    needs.into_iter().filter(|name| scope::is_given(name)).collect();
                if let Some(component) = self.macros.get_mut(&key) {
                    grew |= given != component.given;
                    component.given = given;
                }
            }
            let reached = self.reached_from_content();
            for key in reached {
                if let Some(component) = self.macros.get_mut(&key) {
                    grew |= !component.in_content;
                    component.in_content = true;
                }
            }
            if !grew {
                break;
            }
        }
        let shortcodes: Vec<(String, String)> =
            self.shortcodes.iter().map(|(name, (path, _))| (name.clone(), path.clone())).collect();
        for (name, path) in shortcodes {
            let needs = self.needs(&path, &self.templates[&path].nodes, &[], &mut BTreeSet::new());
            let known = ["page", "section", "config", "lang", "nth"];
            if let Some((_, component)) = self.shortcodes.get_mut(&name) {
                component.given.extend(needs.into_iter().filter(|name| known.contains(&name.as_str())));
            }
        }
    }

    fn macro_body(&self, (path, name): &(String, String)) -> &[Node] {
        let nodes = &self.templates[path].nodes;
        let body = nodes.iter().find_map(|node| match &node.kind {
            NodeKind::Macro(found, _, body) if found == name => Some(body.nodes.as_slice()),
            _ => None,
        });
        body.unwrap_or_default()
    }

    fn reached_from_content(&self) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        let mut see = |path: &str, nodes: &[Node]| {
            tree::visit(nodes, &mut |expr| {
                if let Kind::Macro(space, name, _) = &expr.kind
                    && let Some((key, _)) = self.component(path, space, name)
                {
                    found.insert(key.clone());
                }
            });
        };
        for (path, _) in self.shortcodes.values() {
            see(path, &self.templates[path].nodes);
        }
        for (key, component) in &self.macros {
            if component.in_content {
                see(&key.0, self.macro_body(key));
            }
        }
        found
    }

    /// The names that nodes of a template take from outside, by themselves, through what they include and what they call.
    fn needs(
        &self,
        path: &str,
        nodes: &[Node],
        bound: &[String],
        seen: &mut BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut found = scope::free(nodes, bound);
        let (mut calls, mut included, mut set) = (Vec::new(), Vec::new(), Vec::new());
        tree::visit(nodes, &mut |expr| match &expr.kind {
            Kind::Macro(space, name, _) => calls.push((space, name)),
            // These look for the language in the scope they are called from.
            Kind::Call(name, args)
                if self.languages.several
                    && ["get_page", "get_section"].contains(&name.as_str())
                    && !bound.iter().any(|bound| bound == "lang")
                    && !args.iter().any(|arg| arg.name == "lang") =>
            {
                found.insert("lang".to_owned());
            }
            _ => {}
        });
        tree::visit_nodes(nodes, &mut |node| match &node.kind {
            NodeKind::Include(names, _) => included.extend(names.iter().find_map(|name| self.find(name))),
            NodeKind::Set(name, ..) => set.push(name.clone()),
            NodeKind::For(names, ..) => set.extend(names.iter().cloned()),
            _ => {}
        });
        for (space, name) in calls {
            if let Some((_, component)) = self.component(path, space, name) {
                found.extend(component.given.iter().filter(|name| !bound.contains(name)).cloned());
            }
        }
        for target in included {
            if seen.insert(target.clone()) {
                let inside = self.needs(&target, &self.templates[&target].nodes, bound, seen);
                found.extend(inside.into_iter().filter(|name| !set.contains(name)));
            }
        }
        found
    }

    /// Finds the defaults that cannot stay, because some call hands something that may be of another type.
    fn type_defaults(&mut self) {
        let mut other = BTreeSet::new();
        for (path, template) in &self.templates {
            tree::visit(&template.nodes, &mut |expr| {
                let Kind::Macro(space, name, args) = &expr.kind else { return };
                let Some((key, component)) = self.component(path, space, name) else { return };
                for arg in args {
                    let param = component.params.iter().find(|param| param.was == arg.name);
                    let Some(default) = param.and_then(|param| param.default.as_ref()) else { continue };
                    if type_of(&arg.value) != type_of_literal(default) {
                        other.insert((key.clone(), arg.name.clone()));
                    }
                }
            });
        }
        for (key, name) in other {
            let param =
                self.macros.get_mut(&key).and_then(|it| it.params.iter_mut().find(|it| it.was == name));
            if let Some(param) = param {
                param.filled = true;
            }
        }
    }
}

/// A text as a name.
pub(super) fn identifier(text: &str) -> String {
    let mut name: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        name.insert(0, '_');
    }
    name
}
