//! What the front matter of a file, or a file of settings, says, with the place of every key and value. In: the text of
//! the file. Out: a tree with places counted in bytes from the first byte of the file. Only complaints need it, so it is
//! read anew when somebody complains.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fields::Syntax;
use super::front_matter::fence;
use super::{dates, placed_yaml};

/// A file taken apart, with places.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What stands between the fences.
    pub matter: Table,
    /// Where the fence stands that opens it.
    pub fence: Range<usize>,
    /// Whether it is YAML.
    pub yaml: bool,
    /// Where the text begins.
    pub body: usize,
}

/// Keys and values, in the order they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Each key with its place and value.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub at: Range<usize>,
    /// What it holds.
    pub value: Value,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where it stands.
    pub at: Range<usize>,
    /// What it is.
    pub is: Is,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Is {
    /// Nothing (only YAML has it).
    Nothing,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A date, with a time or without, as text.
    Date(String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Table),
}

impl Table {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The table below a key.
    pub fn table(&self, key: &str) -> Option<&Table> {
        match &self.get(key)?.value.is {
            Is::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text below a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.value.as_text()
    }
}

impl Value {
    /// The text, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.is {
            Is::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing stands there: nothing at all, an empty text, a list of nothing.
    pub fn is_empty(&self) -> bool {
        match &self.is {
            Is::Nothing => true,
            Is::Text(text) => text.trim().is_empty(),
            Is::List(items) => items.iter().all(Value::is_empty),
            Is::Table(table) => table.entries.is_empty(),
            _ => false,
        }
    }

    /// The value itself, or everything in the list.
    pub fn items(&self) -> &[Value] {
        match &self.is {
            Is::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }
}

/// The front matter of a file; none when it has none or when it cannot be read, which others complain about.
pub fn front_matter(text: &str) -> Option<Placed> {
    let mark = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let split = fence::split(&text[mark..]).ok()?;
    let (from, to) = (mark + split.matter.start, mark + split.matter.end);
    let matter = match split.syntax {
        Syntax::Toml => toml_table(&text[from..to], from)?,
        Syntax::Yaml => placed_yaml::table(&text[from..to], from)?,
    };
    let fence = text[..from].rfind(split.syntax.fence()).map_or(mark..from, |at| at..at + 3);
    Some(Placed { matter, fence, yaml: split.syntax == Syntax::Yaml, body: mark + split.body })
}

/// A file of TOML; none when it cannot be read.
pub fn settings(text: &str) -> Option<Table> {
    toml_table(text, 0)
}

/// A day that the calendar has, from a text that begins with one: `2026-11-19`, `2026-11-19T10:00:00Z`.
pub fn day(text: &str) -> Option<(i32, u8, u8)> {
    dates::from_text(text).and_then(|date| date.ymd)
}

fn toml_table(text: &str, offset: usize) -> Option<Table> {
    let (table, errors) = DeTable::parse_recoverable(text);
    errors.is_empty().then(|| of_toml(table.get_ref(), offset))
}

fn of_toml(table: &DeTable<'_>, offset: usize) -> Table {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        Entry { key: name.to_string(), at: moved(key.span(), offset), value: toml_value(value, offset) }
    };
    Table { entries: table.iter().map(entry).collect() }
}

fn toml_value(value: &Spanned<DeValue<'_>>, offset: usize) -> Value {
    let is = match value.get_ref() {
        DeValue::String(text) => Is::Text(text.to_string()),
        DeValue::Boolean(flag) => Is::Bool(*flag),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Is::Number(f64::NAN), Is::Integer),
        DeValue::Float(number) => Is::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Datetime(date) => Is::Date(dates::toml_text(date)),
        DeValue::Array(items) => Is::List(items.iter().map(|item| toml_value(item, offset)).collect()),
        DeValue::Table(table) => Is::Table(of_toml(table, offset)),
    };
    Value { at: moved(value.span(), offset), is }
}

fn moved(at: Range<usize>, offset: usize) -> Range<usize> {
    at.start + offset..at.end + offset
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key and value as it stands in the file.
    fn shown(text: &str) -> Vec<String> {
        fn table(text: &str, of: &Table, path: &str, out: &mut Vec<String>) {
            for entry in &of.entries {
                let path = format!("{path}{}", entry.key);
                out.push(format!("{path} [{}]", &text[entry.at.clone()]));
                value(text, &entry.value, &path, out);
            }
        }
        fn value(text: &str, of: &Value, path: &str, out: &mut Vec<String>) {
            match &of.is {
                Is::Table(below) => table(text, below, &format!("{path}."), out),
                Is::List(items) => {
                    for (at, item) in items.iter().enumerate() {
                        value(text, item, &format!("{path}#{at}"), out);
                    }
                }
                is => out.push(format!("{path} = {is:?} [{}]", &text[of.at.clone()])),
            }
        }
        let mut out = Vec::new();
        table(text, &front_matter(text).expect("front matter").matter, "", &mut out);
        out
    }

    #[test]
    fn toml_and_yaml_give_the_same_tree() {
        let toml = "\u{feff}+++\ntitle = \"Één\"\ndate = 2026-11-19\n[extra]\nja = true\nn = [3, 1.5]\n[[extra.c]]\nm = \"a@b.nl\"\n+++\ntekst";
        let yaml = "---\ntitle: \"Één\"\ndate: 2026-11-19\nextra:\n  ja: true\n  n: [3, 1.5]\n  c:\n    - m: a@b.nl\n---\ntekst";
        let bare = |text| -> Vec<String> {
            shown(text).iter().map(|line| line.rsplit_once(" [").expect("a place").0.to_owned()).collect()
        };
        assert_eq!(bare(toml), bare(yaml));
        assert_eq!(
            shown(yaml),
            [
                "title [title]",
                "title = Text(\"Één\") [\"Één\"]",
                "date [date]",
                "date = Date(\"2026-11-19\") [2026-11-19]",
                "extra [extra]",
                "extra.ja [ja]",
                "extra.ja = Bool(true) [true]",
                "extra.n [n]",
                "extra.n#0 = Integer(3) [3]",
                "extra.n#1 = Number(1.5) [1.5]",
                "extra.c [c]",
                "extra.c#0.m [m]",
                "extra.c#0.m = Text(\"a@b.nl\") [a@b.nl]",
            ]
        );
        for text in [toml, yaml] {
            let placed = front_matter(text).expect("front matter");
            assert_eq!(&text[placed.body..], "tekst");
            assert!(["+++", "---"].contains(&&text[placed.fence]));
        }
    }

    #[test]
    fn what_cannot_be_read_gives_nothing() {
        for text in ["", "tekst", "+++\na = \n+++\n", "---\na: [\n---\n", "---\n- a\n---\n"] {
            assert!(front_matter(text).is_none(), "{text}");
        }
    }

    #[test]
    fn yaml_of_every_shape() {
        let text = "---\na: ~\nb: 'é''s'\nc: &x\n  - één\n  - 2\nd: *x\ne: |\n  regel\n  twee\nf:\ng: \"2024\"\n---\n";
        assert_eq!(
            shown(text),
            [
                "a [a]",
                "a = Nothing [~]",
                "b [b]",
                "b = Text(\"é's\") ['é''s']",
                "c [c]",
                "c#0 = Text(\"één\") [één]",
                "c#1 = Integer(2) [2]",
                "d [d]",
                "d#0 = Text(\"één\") [één]",
                "d#1 = Integer(2) [2]",
                "e [e]",
                "e = Text(\"regel\\ntwee\\n\") [regel\n  twee\n]",
                "f [f]",
                "f = Nothing []",
                "g [g]",
                "g = Text(\"2024\") [\"2024\"]",
            ]
        );
    }
}
