//! `generate`: a platform in a folder. In: a folder, a number of pages, a dialect. Out: the same files every time.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::platform::{Page, Piece, Platform};

/// Whose language the site is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Zola 0.23: Tera 2 and components.
    Zola023,
    /// Zola 0.22: Tera 1, macros and shortcodes.
    Zola022,
    /// Hugo.
    Hugo,
}

/// A file of the theme: where it goes and what is in it.
type File = (&'static str, &'static str);

macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("sites/", $folder, "/", $name)))),*]
    };
}

const ZOLA_023: &[File] = files!("zola-0.23":
    "zola.toml" "templates/base.html" "templates/index.html" "templates/section.html" "templates/page.html"
    "templates/themas/list.html" "templates/themas/single.html" "templates/gemeenten/list.html"
    "templates/gemeenten/single.html" "templates/components/delen.html" "templates/termen.html"
    "templates/term.html" "sass/stijl.scss");

const ZOLA_022: &[File] = files!("zola-0.22":
    "config.toml" "templates/base.html" "templates/index.html" "templates/section.html" "templates/page.html"
    "templates/themas/list.html" "templates/themas/single.html" "templates/gemeenten/list.html"
    "templates/gemeenten/single.html" "templates/delen.html" "templates/termen.html" "templates/term.html"
    "templates/shortcodes/cijfer.html" "sass/stijl.scss");

const HUGO: &[File] = files!("hugo":
    "hugo.toml" "layouts/_default/baseof.html" "layouts/index.html" "layouts/_default/list.html"
    "layouts/_default/single.html" "layouts/_default/taxonomy.html" "layouts/_default/term.html"
    "layouts/partials/kaart.html" "layouts/partials/bladeren.html" "layouts/shortcodes/cijfer.html"
    "static/stijl.css");

impl Dialect {
    /// The dialect of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "0.23" => Some(Dialect::Zola023),
            "0.22" => Some(Dialect::Zola022),
            "hugo" => Some(Dialect::Hugo),
            _ => None,
        }
    }

    fn theme(self) -> &'static [File] {
        match self {
            Dialect::Zola023 => ZOLA_023,
            Dialect::Zola022 => ZOLA_022,
            Dialect::Hugo => HUGO,
        }
    }
}

/// Writes a platform of so many pages to a folder that is not there yet or is empty.
pub(crate) fn generate(folder: &Path, pages: usize, dialect: Dialect) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::other(format!("{} is not empty", folder.display())));
    }
    for (path, text) in dialect.theme() {
        put(&folder.join(path), text)?;
    }
    let platform = Platform::new(pages);
    let content = folder.join("content");
    put(&content.join("_index.md"), &home(&platform))?;
    for section in 0..platform.sections() {
        let path = content.join(platform.section_folder(section)).join("_index.md");
        put(&path, &section_text(&platform.section_title(section), section + 1, dialect))?;
    }
    for number in 0..platform.pages() {
        put(&content.join(platform.path(number)), &page_text(&platform, number, dialect))?;
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}

fn home(platform: &Platform) -> String {
    format!("+++\ntitle = \"Samenspel\"\n+++\nEen gemaakt platform met {} pagina's.\n", platform.pages())
}

fn section_text(title: &str, weight: usize, dialect: Dialect) -> String {
    let order = if dialect == Dialect::Hugo { "" } else { "sort_by = \"date\"\npaginate_by = 20\n" };
    // Sections of the same weight stand in no order that generators agree on.
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"Alles onder {title}.\"\nweight = {weight}\n{order}+++\n"
    )
}

fn page_text(platform: &Platform, number: usize, dialect: Dialect) -> String {
    let page = platform.page(number);
    let mut text = front_matter(&page, dialect);
    for piece in &page.body {
        let _ = match piece {
            Piece::Text(markdown) => write!(text, "{markdown}"),
            Piece::Link { text: words, page } => {
                let path = platform.path(*page);
                match dialect {
                    Dialect::Hugo => write!(text, "[{words}]({{{{< relref \"/{path}\" >}}}})"),
                    _ => write!(text, "[{words}](@/{path})"),
                }
            }
            Piece::Figure { number, meaning } => match dialect {
                Dialect::Zola023 => {
                    write!(text, "{{{{ <cijfer getal={{{number}}} uitleg=\"{meaning}\" /> }}}}")
                }
                Dialect::Zola022 => write!(text, "{{{{ cijfer(getal={number}, uitleg=\"{meaning}\") }}}}"),
                Dialect::Hugo => write!(text, "{{{{< cijfer getal=\"{number}\" uitleg=\"{meaning}\" >}}}}"),
            },
        };
    }
    text
}

fn front_matter(page: &Page, dialect: Dialect) -> String {
    let Page { title, description, date, themes, place, phase, cost, .. } = page;
    let (taxonomies, extra) =
        if dialect == Dialect::Hugo { ("", "params") } else { ("\n[taxonomies]\n", "extra") };
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"{description}\"\ndate = {date}\n{taxonomies}\
         themas = {themes:?}\ngemeenten = [\"{place}\"]\n\n[{extra}]\nfictief = true\ngemeente = \"{place}\"\n\
         fase = \"{phase}\"\nkosten = {cost}\n+++\n"
    )
}
