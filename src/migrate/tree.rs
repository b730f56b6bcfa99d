//! Reads a whole template of Tera 1. In: its text. Out: its nodes, each with its bytes, or the place at which it stops
//! making sense.

use super::expr::{self, Expr, FilterCall, Span, Unreadable};

/// One piece of a template.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Its bytes, with everything inside and the tag that ends it.
    pub span: Span,
    /// The bytes of the (first) tag.
    pub tag: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(super) enum NodeKind {
    /// Text.
    Text,
    /// `{# … #}`.
    Comment,
    /// `{% raw %}…{% endraw %}`.
    Raw,
    /// `{{ … }}`.
    Print(Expr),
    /// `{% extends "…" %}`.
    Extends(String),
    /// `{% import "…" as … %}`.
    Import(String, String),
    /// `{% include "…" %}`; more than one name, and whether none may be there.
    Include(Vec<String>, bool),
    /// `{% set … = … %}`; the flag says `set_global`.
    Set(String, bool, Expr),
    /// `{% break %}` and `{% continue %}`.
    Jump,
    /// `{% block … %}`.
    Block(String, Body),
    /// `{% macro … %}`.
    Macro(String, Vec<Param>, Body),
    /// `{% if %}`: conditions (none for `else`), each with its tag and nodes.
    If(Vec<(Option<Expr>, Span, Vec<Node>)>),
    /// `{% for %}`: names, what it goes over, nodes, nodes of `else`.
    For(Vec<String>, Expr, Body, Option<(Span, Vec<Node>)>),
    /// `{% filter … %}`.
    Section(FilterCall, Body),
}

/// What stands between two tags.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The bytes of the tag that ends it.
    pub end: Span,
    /// The name in that tag and its bytes, when it has one.
    pub end_name: Option<(String, Span)>,
}

/// An argument in the definition of a macro.
#[derive(Clone, Debug)]
pub(super) struct Param {
    /// Its name.
    pub name: String,
    /// What it is when nobody says.
    pub default: Option<Expr>,
}

/// Reads a template.
pub(super) fn read(text: &str) -> Result<Vec<Node>, Unreadable> {
    let mut reader = Reader { text, at: 0 };
    let (nodes, end) = reader.nodes(&[])?;
    match end {
        None => Ok(nodes),
        Some(tag) => Err(Unreadable {
            at: tag.span.start,
            why: format!("`{}` ends nothing that is open here", tag.word),
        }),
    }
}

/// Calls `see` for every expression of the nodes and everything inside them.
pub(super) fn visit<'n>(nodes: &'n [Node], see: &mut dyn FnMut(&'n Expr)) {
    for node in nodes {
        for expr in node.exprs() {
            expr.visit(see);
        }
        for body in node.bodies() {
            visit(body, see);
        }
    }
}

/// Calls `see` for every node and every node inside it.
pub(super) fn visit_nodes<'n>(nodes: &'n [Node], see: &mut dyn FnMut(&'n Node)) {
    for node in nodes {
        see(node);
        for body in node.bodies() {
            visit_nodes(body, see);
        }
    }
}

impl Node {
    /// The expressions in the tags of this node.
    pub(super) fn exprs(&self) -> Vec<&Expr> {
        match &self.kind {
            NodeKind::Print(expr) | NodeKind::Set(_, _, expr) | NodeKind::For(_, expr, _, _) => vec![expr],
            NodeKind::If(branches) => branches.iter().filter_map(|(test, ..)| test.as_ref()).collect(),
            NodeKind::Section(call, _) => call.args.iter().map(|arg| &arg.value).collect(),
            _ => Vec::new(),
        }
    }

    /// The lists of nodes inside this node.
    pub(super) fn bodies(&self) -> Vec<&[Node]> {
        match &self.kind {
            NodeKind::Block(_, body) | NodeKind::Macro(_, _, body) | NodeKind::Section(_, body) => {
                vec![&body.nodes]
            }
            NodeKind::If(branches) => branches.iter().map(|(_, _, nodes)| nodes.as_slice()).collect(),
            NodeKind::For(_, _, body, otherwise) => std::iter::once(body.nodes.as_slice())
                .chain(otherwise.iter().map(|(_, nodes)| nodes.as_slice()))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// A tag `{% word … %}`.
struct Tag {
    word: String,
    span: Span,
    /// The bytes behind the word.
    inner: Span,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn fault<T>(at: usize, why: impl Into<String>) -> Result<T, Unreadable> {
        Err(Unreadable { at, why: why.into() })
    }

    /// Nodes up to a tag with one of the words, which is answered too; or up to the end.
    fn nodes(&mut self, until: &[&str]) -> Result<(Vec<Node>, Option<Tag>), Unreadable> {
        let mut nodes = Vec::new();
        while self.at < self.text.len() {
            let start = self.at;
            let rest = &self.text[start..];
            if rest.starts_with("{{") {
                nodes.push(self.print()?);
            } else if rest.starts_with("{#") {
                let Some(end) = rest.find("#}") else {
                    return Self::fault(start, "a comment begins here that has no end");
                };
                self.at += end + 2;
                nodes.push(plain(start..self.at, NodeKind::Comment));
            } else if rest.starts_with("{%") {
                let tag = self.tag()?;
                let ends = tag.word.starts_with("end") || matches!(tag.word.as_str(), "elif" | "else");
                if until.contains(&tag.word.as_str()) || ends {
                    return if until.contains(&tag.word.as_str()) || until.is_empty() {
                        Ok((nodes, Some(tag)))
                    } else {
                        Self::fault(
                            tag.span.start,
                            format!("`{}` was expected before `{}`", until[0], tag.word),
                        )
                    };
                }
                nodes.push(self.tagged(tag)?);
            } else {
                let signs = ["{{", "{%", "{#"].into_iter().filter_map(|sign| rest.find(sign));
                self.at += signs.min().unwrap_or(rest.len());
                nodes.push(plain(start..self.at, NodeKind::Text));
            }
        }
        Ok((nodes, None))
    }

    fn print(&mut self) -> Result<Node, Unreadable> {
        let start = self.at;
        let after = start + 2 + usize::from(self.text[start + 2..].starts_with('-'));
        let (expr, end) = expr::read(self.text, after, self.text.len())?;
        let rest = &self.text[end..];
        let blanks = rest.len() - rest.trim_start().len();
        let close = rest[blanks..].strip_prefix('-').unwrap_or(&rest[blanks..]);
        if !close.starts_with("}}") {
            return Self::fault(end + blanks, "`}}` was expected here");
        }
        self.at = self.text.len() - close.len() + 2;
        Ok(plain(start..self.at, NodeKind::Print(expr)))
    }

    /// The tag at which we are. Its end is looked for outside of quotes.
    fn tag(&mut self) -> Result<Tag, Unreadable> {
        let start = self.at;
        let open = start + 2 + usize::from(self.text[start + 2..].starts_with('-'));
        let mut quote = None;
        for (at, sign) in self.text[open..].char_indices() {
            match quote {
                Some(open) if sign == open => quote = None,
                Some(_) => {}
                None if matches!(sign, '"' | '\'' | '`') => quote = Some(sign),
                None if sign == '%' && self.text[open + at..].starts_with("%}") => {
                    let inside =
                        self.text[open..open + at].strip_suffix('-').unwrap_or(&self.text[open..open + at]);
                    let word_at = open + inside.len() - inside.trim_start().len();
                    let length = expr::word_length(&self.text[word_at..open + inside.len()]);
                    let word = self.text[word_at..word_at + length].to_owned();
                    self.at = open + at + 2;
                    return Ok(Tag {
                        word,
                        span: start..self.at,
                        inner: word_at + length..open + inside.len(),
                    });
                }
                None => {}
            }
        }
        Self::fault(start, "a tag begins here that has no end")
    }

    fn tagged(&mut self, tag: Tag) -> Result<Node, Unreadable> {
        let (span, inner) = (tag.span.clone(), tag.inner.clone());
        let words = self.text[inner.clone()].trim();
        let kind = match tag.word.as_str() {
            "raw" => return self.raw(span),
            "extends" => NodeKind::Extends(self.name_in_quotes(&inner)?),
            "import" => {
                let file = self.name_in_quotes(&inner)?;
                match words.rsplit_once(char::is_whitespace) {
                    Some((before, space)) if before.trim_end().ends_with("as") => {
                        NodeKind::Import(file, space.to_owned())
                    }
                    _ => return Self::fault(inner.start, "`as` and a name were expected in this import"),
                }
            }
            "include" => self.include(&inner)?,
            "set" | "set_global" => self.set(&tag)?,
            "break" | "continue" => NodeKind::Jump,
            "block" => NodeKind::Block(words.to_owned(), self.body("endblock")?),
            "macro" => {
                let (name, params) = self.signature(&inner)?;
                NodeKind::Macro(name, params, self.body("endmacro")?)
            }
            "if" => return self.branches(tag),
            "for" => self.repeated(&tag)?,
            "filter" => {
                let (call, _) = expr::read_filter(self.text, inner.start, inner.end)?;
                NodeKind::Section(call, self.body("endfilter")?)
            }
            other => return Self::fault(span.start, format!("Tera 1 has no tag `{other}`")),
        };
        Ok(Node { span: span.start..self.at, tag: span, kind })
    }

    fn raw(&mut self, span: Span) -> Result<Node, Unreadable> {
        while let Some(next) = self.text[self.at..].find("{%") {
            self.at += next;
            match self.tag() {
                Ok(tag) if tag.word == "endraw" => {
                    return Ok(Node { span: span.start..self.at, tag: span, kind: NodeKind::Raw });
                }
                // Not the end: any other text.
                Ok(tag) => self.at = tag.span.start + 2,
                Err(_) => self.at += 2,
            }
        }
        Self::fault(span.start, "`raw` begins here and has no `endraw`")
    }

    fn body(&mut self, until: &str) -> Result<Body, Unreadable> {
        let open = self.at;
        let (nodes, end) = self.nodes(&[until])?;
        let Some(end) = end else {
            return Self::fault(open, format!("`{until}` is missing for the tag before this place"));
        };
        Ok(self.closed(nodes, end))
    }

    fn closed(&self, nodes: Vec<Node>, end: Tag) -> Body {
        let words = &self.text[end.inner.clone()];
        let start = end.inner.start + words.len() - words.trim_start().len();
        let name = words.trim();
        let end_name = (!name.is_empty()).then(|| (name.to_owned(), start..start + name.len()));
        Body { nodes, end: end.span, end_name }
    }

    fn name_in_quotes(&self, inner: &Span) -> Result<String, Unreadable> {
        let words = self.text[inner.clone()].trim_start();
        let quote = words.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'));
        let name = quote.and_then(|quote| words[1..].split_once(quote));
        match name {
            Some((name, _)) => Ok(name.to_owned()),
            None => Self::fault(inner.start, "the name of a template in quotes was expected here"),
        }
    }

    fn include(&self, inner: &Span) -> Result<NodeKind, Unreadable> {
        let (what, end) = expr::read(self.text, inner.start, inner.end)?;
        let names: Vec<&Expr> = match &what.kind {
            expr::Kind::Array(items) => items.iter().collect(),
            _ => vec![&what],
        };
        let texts = names.iter().map(|name| match name.kind {
            expr::Kind::Text => Ok(self.text[name.span.start + 1..name.span.end - 1].to_owned()),
            _ => Self::fault(name.span.start, "the name of a template in quotes was expected here"),
        });
        let names = texts.collect::<Result<_, _>>()?;
        Ok(NodeKind::Include(names, self.text[end..inner.end].trim().starts_with("ignore")))
    }

    fn set(&self, tag: &Tag) -> Result<NodeKind, Unreadable> {
        let Some(sign) = self.text[tag.inner.clone()].find('=') else {
            return Self::fault(tag.inner.start, "`=` was expected in this tag");
        };
        let name = self.text[tag.inner.start..tag.inner.start + sign].trim().to_owned();
        let value = self.whole(tag.inner.start + sign + 1, tag.inner.end)?;
        Ok(NodeKind::Set(name, tag.word == "set_global", value))
    }

    /// An expression that takes up everything up to `end`.
    fn whole(&self, at: usize, end: usize) -> Result<Expr, Unreadable> {
        let (expr, after) = expr::read(self.text, at, end)?;
        let rest = &self.text[after..end];
        if rest.trim().is_empty() {
            return Ok(expr);
        }
        Self::fault(after + rest.len() - rest.trim_start().len(), "the end of the tag was expected here")
    }

    fn signature(&self, inner: &Span) -> Result<(String, Vec<Param>), Unreadable> {
        let words = &self.text[inner.clone()];
        let Some(open) = words.find('(') else {
            return Self::fault(inner.start, "`(` was expected behind the name of the macro");
        };
        let name = words[..open].trim().to_owned();
        let mut params = Vec::new();
        let mut at = inner.start + open + 1;
        loop {
            let rest = &self.text[at..inner.end];
            at += rest.len() - rest.trim_start_matches([' ', '\n', '\t', '\r', ',']).len();
            let length = expr::word_length(&self.text[at..inner.end]);
            if length == 0 {
                break;
            }
            let param = self.text[at..at + length].to_owned();
            at += length;
            let after = self.text[at..inner.end].trim_start();
            let mut default = None;
            if let Some(value) = after.strip_prefix('=') {
                let (expr, end) = expr::read(self.text, inner.end - value.len(), inner.end)?;
                at = end;
                default = Some(expr);
            }
            params.push(Param { name: param, default });
        }
        if !self.text[at..inner.end].trim_start().starts_with(')') {
            return Self::fault(at, "`)` was expected in the definition of this macro");
        }
        Ok((name, params))
    }

    fn branches(&mut self, tag: Tag) -> Result<Node, Unreadable> {
        let start = tag.span.clone();
        let mut branches = Vec::new();
        let mut tag = tag;
        loop {
            let test = match tag.word.as_str() {
                "else" => None,
                _ => Some(self.whole(tag.inner.start, tag.inner.end)?),
            };
            let until: &[&str] = if test.is_some() { &["endif", "elif", "else"] } else { &["endif"] };
            let (nodes, end) = self.nodes(until)?;
            branches.push((test, tag.span, nodes));
            match end {
                None => return Self::fault(start.start, "`if` begins here and has no `endif`"),
                Some(end) if end.word == "endif" => {
                    let kind = NodeKind::If(branches);
                    return Ok(Node { span: start.start..self.at, tag: start, kind });
                }
                Some(next) => tag = next,
            }
        }
    }

    fn repeated(&mut self, tag: &Tag) -> Result<NodeKind, Unreadable> {
        let words = &self.text[tag.inner.clone()];
        let found = words.match_indices("in").find(|(at, _)| {
            let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
            blank(words[..*at].chars().next_back()) && blank(words[at + 2..].chars().next())
        });
        let Some((at, _)) = found else {
            return Self::fault(tag.inner.start, "`in` was expected in this loop");
        };
        let names = words[..at].split(',').map(|name| name.trim().to_owned()).collect();
        let over = self.whole(tag.inner.start + at + 2, tag.inner.end)?;
        let (nodes, end) = self.nodes(&["endfor", "else"])?;
        match end {
            None => Self::fault(tag.span.start, "`for` begins here and has no `endfor`"),
            Some(end) if end.word == "else" => {
                let otherwise = self.body("endfor")?;
                let body = Body { nodes, end: otherwise.end, end_name: None };
                Ok(NodeKind::For(names, over, body, Some((end.span, otherwise.nodes))))
            }
            Some(end) => Ok(NodeKind::For(names, over, self.closed(nodes, end), None)),
        }
    }
}

fn plain(span: Span, kind: NodeKind) -> Node {
    Node { tag: span.clone(), span, kind }
}
