//! Reads one expression of Tera 1. In: the text of a file and the bytes at which an expression may stand. Out: what it is
//! made of, each part with its bytes, and where it ends; or the place at which it stops making sense.
//!
//! Tera 1 lets a filter apply to the whole sum or `~` before it, which Tera 2 does not; the tree says what Tera 1 means.

use std::ops::Range;

/// Bytes of a file.
pub(super) type Span = Range<usize>;

/// Where and why reading stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// The byte at which it stops making sense.
    pub at: usize,
    /// What was expected there.
    pub why: String,
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) struct Expr {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// `"text"`, in any of three quotes. No escapes exist.
    Text,
    /// `12`.
    Int,
    /// `1.5`.
    Float,
    /// `true`.
    Bool,
    /// `page.extra["x"]`.
    Path(String, Vec<Step>),
    /// `name(a=1)`.
    Call(String, Vec<Arg>),
    /// `space::name(a=1)`.
    Macro(String, String, Vec<Arg>),
    /// `[1, 2]`.
    Array(Vec<Expr>),
    /// `(…)`.
    Group(Box<Expr>),
    /// `not …`.
    Not(Box<Expr>),
    /// `a + b`, `a and b`, `a ~ b`, `a in b`.
    Binary(Op, Box<Expr>, Box<Expr>),
    /// `a is odd`, `a is not containing("x")`.
    Test(Box<Test>),
    /// `a | upper`.
    Filter(Box<Expr>, FilterCall),
}

/// One step into a value.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// `.name` or `.0`.
    Name(String),
    /// `[…]`.
    Key(Expr),
}

/// `name=value`.
#[derive(Clone, Debug)]
pub(super) struct Arg {
    /// Its name.
    pub name: String,
    /// From the name to the end of the value.
    pub span: Span,
    /// Its value.
    pub value: Expr,
}

/// `name(a=1)` behind a `|`.
#[derive(Clone, Debug)]
pub(super) struct FilterCall {
    /// Its name.
    pub name: String,
    /// From the name to the closing bracket.
    pub span: Span,
    /// Its arguments.
    pub args: Vec<Arg>,
}

/// What stands around `is`.
#[derive(Clone, Debug)]
pub(super) struct Test {
    /// What is tested; a path.
    pub subject: Expr,
    /// Whether `not` stands behind `is`.
    pub negated: bool,
    /// The name of the test.
    pub name: String,
    /// Its arguments, which have no names.
    pub args: Vec<Expr>,
}

/// An operator between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// `or`
    Or,
    /// `and`
    And,
    /// `==`, `!=`, `<`, …
    Compare,
    /// `in`, `not in`
    In,
    /// `+`, `-`, `*`, `%`
    Math,
    /// `/`
    Divide,
    /// `~`
    Concat,
}

impl Expr {
    /// Every expression directly inside.
    pub(super) fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            Kind::Text | Kind::Int | Kind::Float | Kind::Bool => Vec::new(),
            Kind::Path(_, steps) => steps
                .iter()
                .filter_map(|step| match step {
                    Step::Key(key) => Some(key),
                    Step::Name(_) => None,
                })
                .collect(),
            Kind::Call(_, args) | Kind::Macro(_, _, args) => args.iter().map(|arg| &arg.value).collect(),
            Kind::Array(items) => items.iter().collect(),
            Kind::Group(inner) | Kind::Not(inner) => vec![inner],
            Kind::Binary(_, left, right) => vec![left, right],
            Kind::Test(test) => std::iter::once(&test.subject).chain(&test.args).collect(),
            Kind::Filter(input, call) => {
                std::iter::once(&**input).chain(call.args.iter().map(|arg| &arg.value)).collect()
            }
        }
    }

    /// Calls `see` for this expression and everything inside it.
    pub(super) fn visit<'e>(&'e self, see: &mut dyn FnMut(&'e Expr)) {
        see(self);
        for child in self.children() {
            child.visit(see);
        }
    }
}

/// Reads an expression from `at`; answers with it and the byte behind it.
pub(super) fn read(text: &str, at: usize, end: usize) -> Result<(Expr, usize), Unreadable> {
    let mut reader = Reader { text, at, end, depth: 0 };
    let expr = reader.logic(0)?;
    Ok((expr, reader.at))
}

/// Reads `name` or `name(a=1)` from `at`, as behind a `|` or in `{% filter %}`.
pub(super) fn read_filter(text: &str, at: usize, end: usize) -> Result<(FilterCall, usize), Unreadable> {
    let mut reader = Reader { text, at, end, depth: 0 };
    let call = reader.filter_call()?;
    Ok((call, reader.at))
}

/// Reads a literal, or a list of literals, from `at`; answers with it and the byte behind it.
pub(super) fn read_literal(text: &str, at: usize) -> Option<(Expr, usize)> {
    let mut reader = Reader { text, at, end: text.len(), depth: 0 };
    let expr = reader.term().ok()?;
    is_literal(&expr).then_some((expr, reader.at))
}

fn is_literal(value: &Expr) -> bool {
    match &value.kind {
        Kind::Text | Kind::Int | Kind::Float | Kind::Bool => true,
        Kind::Array(items) => items.iter().all(is_literal),
        _ => false,
    }
}

/// How deep brackets may go; far more than anybody writes, and far less than a stack holds.
const DEEPEST: usize = 200;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn fault<T>(&self, why: &str) -> Result<T, Unreadable> {
        Err(Unreadable { at: self.at, why: why.to_owned() })
    }

    /// Takes `sign` when it is next.
    fn takes(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    fn needs(&mut self, sign: &str) -> Result<(), Unreadable> {
        if self.takes(sign) { Ok(()) } else { self.fault(&format!("`{sign}` was expected here")) }
    }

    /// The word that is next, without taking it.
    fn word_ahead(&mut self) -> &str {
        self.skip_blanks();
        let rest = self.rest();
        let length = word_length(rest);
        &rest[..length]
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = self.word_ahead() == word;
        if found {
            self.at += word.len();
        }
        found
    }

    fn word(&mut self) -> Result<String, Unreadable> {
        let word = self.word_ahead().to_owned();
        if word.is_empty() {
            return self.fault("a name was expected here");
        }
        self.at += word.len();
        Ok(word)
    }

    /// `or` is level 0, `and` is level 1.
    fn logic(&mut self, level: usize) -> Result<Expr, Unreadable> {
        let (word, op) = if level == 0 { ("or", Op::Or) } else { ("and", Op::And) };
        let mut left = if level == 0 { self.logic(1)? } else { self.negation()? };
        while self.takes_word(word) {
            let right = if level == 0 { self.logic(1)? } else { self.negation()? };
            left = binary(op, left, right);
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Expr, Unreadable> {
        self.skip_blanks();
        let start = self.at;
        if self.takes_word("not") {
            let inner = self.comparison()?;
            return Ok(Expr { span: start..inner.span.end, kind: Kind::Not(Box::new(inner)) });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expr, Unreadable> {
        let left = self.operand()?;
        let before = self.at;
        if self.takes_word("in") {
            let right = self.operand()?;
            return Ok(binary(Op::In, left, right));
        }
        if self.takes_word("not") {
            if self.takes_word("in") {
                let right = self.operand()?;
                return Ok(binary(Op::In, left, right));
            }
            self.at = before;
        }
        for sign in ["==", "!=", "<=", ">=", "<", ">"] {
            if self.takes(sign) {
                let right = self.operand()?;
                return Ok(binary(Op::Compare, left, right));
            }
        }
        Ok(left)
    }

    /// A `~` chain or a sum, with filters over the whole of it; sums of such go on.
    fn operand(&mut self) -> Result<Expr, Unreadable> {
        let first = self.term()?;
        let mut left = if self.takes("~") {
            let mut chain = binary(Op::Concat, first, self.term()?);
            while self.takes("~") {
                chain = binary(Op::Concat, chain, self.term()?);
            }
            self.filters(chain)?
        } else {
            let sum = self.sum(first, 0)?;
            self.filters(sum)?
        };
        while let Some((op, _)) = self.takes_math(0) {
            let first = self.term()?;
            let sum = self.sum(first, 0)?;
            let right = self.filters(sum)?;
            left = binary(op, left, right);
        }
        Ok(left)
    }

    /// The operator that is next, when it binds at least as tightly as `level`.
    fn takes_math(&mut self, level: usize) -> Option<(Op, usize)> {
        self.skip_blanks();
        let rest = self.rest().as_bytes();
        let (op, binds) = match (rest.first()?, rest.get(1)) {
            // The end of a tag, `-%}` or `-}}`, is no minus, `%}` is no remainder, and `*/}}` multiplies nothing.
            (b'-', Some(b'%' | b'}')) | (b'%', Some(b'}')) | (b'*', Some(b'/')) => return None,
            (b'+' | b'-', _) => (Op::Math, 0),
            (b'*' | b'%', _) => (Op::Math, 1),
            (b'/', _) => (Op::Divide, 1),
            _ => return None,
        };
        if binds < level {
            return None;
        }
        self.at += 1;
        Some((op, binds))
    }

    fn sum(&mut self, mut left: Expr, level: usize) -> Result<Expr, Unreadable> {
        while let Some((op, binds)) = self.takes_math(level) {
            let first = self.term()?;
            let right = if binds == 0 { self.sum(first, 1)? } else { first };
            left = binary(op, left, right);
        }
        Ok(left)
    }

    fn filters(&mut self, mut input: Expr) -> Result<Expr, Unreadable> {
        while self.takes("|") {
            let call = self.filter_call()?;
            let span = input.span.start..call.span.end;
            input = Expr { span, kind: Kind::Filter(Box::new(input), call) };
        }
        Ok(input)
    }

    fn filter_call(&mut self) -> Result<FilterCall, Unreadable> {
        self.skip_blanks();
        let start = self.at;
        let name = self.word()?;
        let after = self.at;
        let args = if self.takes("(") {
            self.args()?
        } else {
            self.at = after;
            Vec::new()
        };
        Ok(FilterCall { name, span: start..self.at, args })
    }

    /// Arguments with names, and the closing bracket.
    fn args(&mut self) -> Result<Vec<Arg>, Unreadable> {
        let mut args = Vec::new();
        while !self.takes(")") {
            if !args.is_empty() {
                self.needs(",")?;
                if self.takes(")") {
                    break;
                }
            }
            self.skip_blanks();
            let start = self.at;
            let name = self.word()?;
            self.needs("=")?;
            let value = self.logic(0)?;
            args.push(Arg { name, span: start..value.span.end, value });
        }
        Ok(args)
    }

    fn term(&mut self) -> Result<Expr, Unreadable> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fault("brackets go too deep here");
        }
        let term = self.shallow_term();
        self.depth -= 1;
        term
    }

    fn shallow_term(&mut self) -> Result<Expr, Unreadable> {
        self.skip_blanks();
        let start = self.at;
        let bytes = self.rest().as_bytes();
        let kind = match (bytes.first(), bytes.get(1)) {
            (Some(b'"' | b'\'' | b'`'), _) => self.text_literal()?,
            (Some(b'0'..=b'9'), _) | (Some(b'-'), Some(b'0'..=b'9')) => self.number(),
            (Some(b'('), _) => {
                self.at += 1;
                let inner = self.logic(0)?;
                self.needs(")")?;
                Kind::Group(Box::new(inner))
            }
            (Some(b'['), _) => {
                self.at += 1;
                Kind::Array(self.items("]")?)
            }
            _ => return self.named(),
        };
        Ok(Expr { span: start..self.at, kind })
    }

    fn text_literal(&mut self) -> Result<Kind, Unreadable> {
        let quote = self.rest().chars().next().unwrap_or('"');
        match self.rest()[1..].find(quote) {
            Some(length) => {
                self.at += length + 2;
                Ok(Kind::Text)
            }
            None => self.fault("a text begins here whose closing quote is missing"),
        }
    }

    fn number(&mut self) -> Kind {
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += usize::from(self.rest().starts_with('-'));
        self.at += digits(self.rest());
        let rest = self.rest();
        if rest.starts_with('.') && digits(&rest[1..]) > 0 {
            self.at += 1 + digits(&rest[1..]);
            return Kind::Float;
        }
        Kind::Int
    }

    /// Expressions between commas, up to a closing sign.
    fn items(&mut self, close: &str) -> Result<Vec<Expr>, Unreadable> {
        let mut items = Vec::new();
        while !self.takes(close) {
            if !items.is_empty() {
                self.needs(",")?;
                if self.takes(close) {
                    break;
                }
            }
            items.push(self.logic(0)?);
        }
        Ok(items)
    }

    /// What begins with a name: a call, a macro, a path, a test of a path.
    fn named(&mut self) -> Result<Expr, Unreadable> {
        let start = self.at;
        let name = self.word()?;
        if matches!(name.as_str(), "true" | "false" | "True" | "False") {
            return Ok(Expr { span: start..self.at, kind: Kind::Bool });
        }
        let after = self.at;
        if self.takes("::") {
            let called = self.word()?;
            self.needs("(")?;
            let args = self.args()?;
            return Ok(Expr { span: start..self.at, kind: Kind::Macro(name, called, args) });
        }
        if self.takes("(") {
            let args = self.args()?;
            return Ok(Expr { span: start..self.at, kind: Kind::Call(name, args) });
        }
        self.at = after;
        let steps = self.steps()?;
        let path = Expr { span: start..self.at, kind: Kind::Path(name, steps) };
        let after = self.at;
        if self.takes_word("is") {
            return self.test(path);
        }
        self.at = after;
        Ok(path)
    }

    fn steps(&mut self) -> Result<Vec<Step>, Unreadable> {
        let mut steps = Vec::new();
        loop {
            let rest = self.rest();
            if let Some(name) = rest.strip_prefix('.') {
                let length = name.len()
                    - name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
                if length == 0 {
                    return self.fault("a name was expected behind the dot");
                }
                steps.push(Step::Name(name[..length].to_owned()));
                self.at += 1 + length;
            } else if rest.starts_with('[') {
                self.at += 1;
                steps.push(Step::Key(self.logic(0)?));
                self.needs("]")?;
            } else {
                return Ok(steps);
            }
        }
    }

    fn test(&mut self, subject: Expr) -> Result<Expr, Unreadable> {
        let negated = self.takes_word("not");
        let name = self.word()?;
        let after = self.at;
        let args = if self.takes("(") {
            self.items(")")?
        } else {
            self.at = after;
            Vec::new()
        };
        let span = subject.span.start..self.at;
        Ok(Expr { span, kind: Kind::Test(Box::new(Test { subject, negated, name, args })) })
    }
}

fn binary(op: Op, left: Expr, right: Expr) -> Expr {
    let span = left.span.start..right.span.end;
    Expr { span, kind: Kind::Binary(op, Box::new(left), Box::new(right)) }
}

/// How many bytes of a text are one name.
pub(super) fn word_length(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len()
}
