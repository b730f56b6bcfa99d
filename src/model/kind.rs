//! Kinds of content, as a theme or a site declares them in `kinds/NAME.toml`. The program knows what a kind is; it knows
//! none by name. `parse::kinds` reads the declarations, `resolve::catalog` finds out what follows from them.
//!
//! A page is of the kind that its `[extra] kind` names, else of the kind whose `folder` holds it; a page of no kind is a
//! plain page. A field is a key of `[extra]`, but for the [`STANDARD`] ones, which are keys of the front matter itself.

use serde::{Deserialize, Serialize};

/// The fields that stand in the front matter itself and not below `[extra]`.
pub const STANDARD: [&str; 7] = ["title", "description", "date", "updated", "authors", "weight", "slug"];

/// A kind of content. Every key but `label` may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kind {
    /// How templates and other declarations name it: the name of the file. Never written in the file itself.
    #[serde(skip_deserializing)]
    pub name: String,
    /// What people call one of it.
    pub label: String,
    /// What people call many of it; `label` when empty.
    pub plural: String,
    /// What it is for, for whoever writes one. Markdown.
    pub description: String,
    /// The folder below `content/` its pages lie in, at any depth. Of several, the longest one counts.
    pub folder: String,
    /// How lists are ordered: `title`, `weight`, or a field; `-` in front turns it around. Ties go by title.
    pub order: String,
    /// Whether a page needs no text below its front matter.
    pub text_optional: bool,
    /// The fields.
    pub fields: Vec<Field>,
    /// The headings of the text, in their order. None means that the text is free.
    pub sections: Vec<Section>,
    /// What inside a page can be linked, listed and found by itself.
    pub units: Vec<Unit>,
    /// By what lists of it can be narrowed down.
    pub facets: Vec<Facet>,
    /// The files that are made of every page.
    pub downloads: Vec<Download>,
    /// What makes it an event.
    pub calendar: Option<Calendar>,
    /// The field that holds the last day it counts; lists leave it out the day after.
    pub expires: Option<String>,
    /// The field that holds the day it was last checked, and after how many months it should be again.
    pub review: Option<Review>,
    /// The field that holds an abbreviation of the title. Other texts get `<abbr>` around their first use of it.
    pub abbreviation: Option<String>,
    /// Whether its pages are part of the open data.
    pub open_data: bool,
    /// The reactions that its pages take: words of [`reaction::TAKEN`](super::reaction::TAKEN). None means that they take none.
    pub reactions: Vec<String>,
    /// The template of the pages that list it by one value of a facet; none makes no such pages.
    pub facet_template: Option<String>,
    /// How search treats it.
    pub search: Search,
    /// Whether a title tells the reader to do something: "Bring people together".
    pub imperative: bool,
}

/// One thing an editor fills in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Field {
    /// The key.
    pub name: String,
    /// What people call it; the key when empty.
    pub label: String,
    /// What may stand there.
    #[serde(rename = "type")]
    pub holds: Holds,
    /// Whether it is a list of such things.
    pub list: bool,
    /// Whether it must be there.
    pub need: Need,
    /// What it is for and how to fill it in, for editors.
    pub help: String,
    /// What `praktijk new` writes there, as TOML; a value that fits the type when empty.
    pub example: String,
    /// The words to choose from ([`Holds::Choice`]).
    pub choices: Vec<String>,
    /// The kinds that may be named ([`Holds::Relation`]).
    pub to: Vec<String>,
    /// What the relation is called from the other side; the name of this kind when empty ([`Holds::Relation`]).
    pub inverse: String,
    /// The keys of a table ([`Holds::Table`]).
    pub fields: Vec<Field>,
    /// Whether it says who somebody is, beside mail addresses, which always do: a name, a telephone number. In a table
    /// that is published only when the person agreed.
    pub personal: bool,
    /// The key that says that the person in the table agreed; the table's only yes-or-no key when empty ([`Holds::Table`]).
    pub consent: String,
    /// The key with the day on which the table was last checked; the table's only date when empty ([`Holds::Table`]).
    pub checked: String,
    /// Whether it says in which role somebody speaks. What people say cannot be judged without.
    pub role: bool,
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Text.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// A day: `2026-11-19`.
    Date,
    /// A day, a month, a year, or words that end in a year: `2020-11`, `2019`, `najaar 2022`.
    PartialDate,
    /// A day and a time with its distance to UTC: `2027-01-14T13:30:00+01:00`.
    Moment,
    /// The address of a page elsewhere.
    Url,
    /// A mail address.
    Mail,
    /// One of the words in `choices`.
    Choice,
    /// A page of a kind in `to`: its title, its slug, or its path below `content/`.
    Relation,
    /// A file: its path from the page's own folder, from `content/` or from `static/`.
    File,
    /// A table with `fields`.
    Table,
}

/// Whether something must be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// It may be left out.
    #[default]
    Optional,
    /// It should be there.
    Advised,
    /// It must be there.
    Required,
}

/// A heading of the text, and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// The heading, word for word.
    pub heading: String,
    /// Its level; 2 when 0.
    pub level: u8,
    /// Whether it must be there. A heading that may be left out still keeps its place.
    pub need: Need,
    /// How many words are advised at most; 0 for any number.
    pub max_words: usize,
    /// What belongs there, for editors.
    pub help: String,
}

/// A part of a page that can be linked, listed and found by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unit {
    /// How templates name it. Its anchors begin with it: `succesfactor-1`.
    pub name: String,
    /// What people call one of it.
    pub label: String,
    /// What people call many of it; `label` when empty.
    pub plural: String,
    /// The heading below which its list or its headings stand, word for word. Empty means the whole text.
    pub under: String,
    /// What of it is one.
    pub each: Each,
    /// How many of it a page has; 0 for any number.
    pub exactly: usize,
    /// Whether its title tells the reader to do something: "Bring people together".
    pub imperative: bool,
}

/// What of a text is one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// Every item of the lists, at their outermost level.
    #[default]
    Item,
    /// Every heading of the next deeper level, with what stands under it. It keeps its own anchor.
    Heading,
}

/// By what a list can be narrowed down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facet {
    /// How templates and URLs name it.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Where its values come from: a field; `relation.field`, the field of the pages a relation leads to; `date:year`, the
    /// year of a date. All of them together.
    pub from: Vec<String>,
    /// How its values are ordered: `name`, `count`, or `choices` for the order in which they were declared (for a
    /// relation: the order of that kind).
    pub order: String,
    /// How much a shared value makes two pages alike; 1 when 0.
    pub weight: u8,
}

/// A file that is made of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Download {
    /// What it becomes.
    pub format: Format,
    /// What people call it.
    pub label: String,
    /// The field that holds files to put with it ([`Format::Zip`]).
    pub attachments: String,
    /// The fields that are shown as a table at its top. The zip has those of the others.
    pub facts: Vec<String>,
    /// The field with its version, for the foot of every page. What one download says of this and of the next three
    /// fields counts for all of them.
    pub version: String,
    /// The field with the day of this version; that of the last change when empty.
    pub date: String,
    /// The field that says what others may do with it.
    pub licence: String,
    /// The field that is `true` when there is nothing to take along.
    pub unless: String,
    /// How large its pages are.
    pub paper: Paper,
}

/// The size of pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// A4.
    #[default]
    A4,
    /// A3, for the wall.
    A3,
}

/// The form of a download.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// To read and to print.
    #[default]
    Pdf,
    /// To adapt.
    Docx,
    /// Both, with the attachments.
    Zip,
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Zip => "zip",
        }
    }
}

/// What makes a page an event: the fields that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calendar {
    /// When it begins: a moment or a date.
    pub begin: String,
    /// When it ends; empty when nothing says so.
    pub end: String,
    /// Where it is.
    pub location: String,
    /// Who holds it.
    pub organizer: String,
}

/// When something should be looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Review {
    /// The field with the day of the last look.
    pub field: String,
    /// After how many months it is too long ago.
    pub months: u32,
}

/// How search treats a kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// Its weight among other kinds, in hundredths.
    pub weight: u32,
    /// The fields whose words are part of its text.
    pub fields: Vec<String>,
    /// The field that lists other words for its title.
    pub synonyms: String,
    /// The field that is `true` when its abbreviation counts only as it is written, because in small letters it is another
    /// word: `OM` and not `om`.
    pub as_written: String,
}

impl Default for Search {
    fn default() -> Self {
        Search { weight: 100, fields: Vec::new(), synonyms: String::new(), as_written: String::new() }
    }
}

impl Kind {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What people call many of it.
    pub fn plural(&self) -> &str {
        if self.plural.is_empty() { &self.label } else { &self.plural }
    }
}

impl Field {
    /// What people call it.
    pub fn label(&self) -> &str {
        if self.label.is_empty() { &self.name } else { &self.label }
    }

    /// Whether it stands in the front matter itself and not below `[extra]`.
    pub fn is_standard(&self) -> bool {
        STANDARD.contains(&self.name.as_str())
    }
}

/// What a field could hold, as TOML: its own example, else a value that fits its type.
pub fn example(field: &Field) -> String {
    if !field.example.is_empty() {
        return field.example.clone();
    }
    let one = match field.holds {
        Holds::Text | Holds::Relation | Holds::File => "\"…\"".to_owned(),
        Holds::Integer => "1".to_owned(),
        Holds::Number => "1.5".to_owned(),
        Holds::Bool => "false".to_owned(),
        Holds::Date => "2026-11-19".to_owned(),
        Holds::PartialDate => "\"najaar 2026\"".to_owned(),
        Holds::Moment => "2027-01-14T13:30:00+01:00".to_owned(),
        Holds::Url => "\"https://voorbeeld.example\"".to_owned(),
        Holds::Mail => "\"naam@voorbeeld.example\"".to_owned(),
        Holds::Choice => format!("\"{}\"", field.choices.first().map_or("…", String::as_str)),
        Holds::Table => {
            let inside = field.fields.iter().filter(|below| below.need == Need::Required);
            let inside: Vec<String> =
                inside.map(|below| format!("{} = {}", below.name, example(below))).collect();
            format!("{{ {} }}", inside.join(", "))
        }
    };
    if field.list { format!("[{one}]") } else { one }
}
