//! The demo platform with as many more examples as wanted, and a playbook for every twenty. In: a new folder and a number.
//! Out: a site with the demo's theme, kinds and content.
//!
//! With `--no-downloads` playbooks are made no files of, so that two sites show what the files cost.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::chance::Chance;
use crate::prose;

/// How many examples there are for each playbook.
const EXAMPLES_PER_PLAYBOOK: usize = 20;
const PLAYBOOK: &str = "themes/kennisplatform/kinds/draaiboek.toml";

/// Makes the site.
pub(crate) fn generate(folder: &Path, examples: usize, downloads: bool) -> Result<(), Box<dyn Error>> {
    if folder.exists() {
        return Err(format!("{} is there already: name a new folder", folder.display()).into());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["content", "themes", "zola.toml"] {
        for entry in WalkDir::new(root.join(part)).sort_by_file_name() {
            let entry = entry?;
            let to = folder.join(entry.path().strip_prefix(root)?);
            if entry.file_type().is_dir() {
                fs::create_dir_all(to)?;
            } else {
                fs::create_dir_all(to.parent().unwrap_or(folder))?;
                fs::copy(entry.path(), to)?;
            }
        }
    }
    if !downloads {
        let declared = fs::read_to_string(root.join(PLAYBOOK))?;
        let kept: Vec<&str> =
            declared.split("\n[[").filter(|part| !part.starts_with("downloads]]")).collect();
        fs::write(folder.join(PLAYBOOK), kept.join("\n[["))?;
    }
    let known = Known::of(root)?;
    let mut chance = Chance::new(5);
    for number in 1..=examples {
        let file = folder.join(format!("content/praktijkvoorbeelden/gemaakt-{number}.md"));
        fs::write(file, example(number, &known, &mut chance))?;
    }
    for number in 1..=examples / EXAMPLES_PER_PLAYBOOK {
        let file = folder.join(format!("content/draaiboeken/gemaakt-{number}.md"));
        fs::write(file, playbook(number, &known, &mut chance))?;
    }
    Ok(())
}

/// The pages that others can name.
struct Known {
    places: Vec<String>,
    themes: Vec<String>,
    steps: Vec<String>,
}

impl Known {
    fn of(root: &Path) -> Result<Self, Box<dyn Error>> {
        let names = |folder: &str| -> Result<Vec<String>, Box<dyn Error>> {
            let mut names = Vec::new();
            for entry in WalkDir::new(root.join("content").join(folder)).max_depth(1).sort_by_file_name() {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy();
                names.extend(name.strip_suffix(".md").filter(|stem| *stem != "_index").map(str::to_owned));
            }
            Ok(names)
        };
        Ok(Known { places: names("gemeenten")?, themes: names("themas")?, steps: names("stappen")? })
    }
}

fn one<'k>(names: &'k [String], chance: &mut Chance) -> &'k str {
    names.get(chance.below(names.len().max(1))).map_or("", String::as_str)
}

fn example(number: usize, known: &Known, chance: &mut Chance) -> String {
    let (place, theme, other) =
        (one(&known.places, chance), one(&known.themes, chance), one(&known.themes, chance));
    let step = one(&known.steps, chance);
    let cost = chance.one(&["geen", "laag", "middel", "hoog", "onbekend"]);
    let phase = chance.one(&["pilot", "uitgerold", "afgerond", "gestopt", "niet vermeld"]);
    let mut text = format!(
        "+++\ntitle = \"{} ({number})\"\ndescription = \"{}\"\ndate = 2026-{:02}-{:02}\n\n[extra]\nfictief = true\n\
         gemeente = [\"{place}\"]\nthema = [\"{theme}\", \"{other}\"]\nstap = [\"{step}\"]\norganisaties = [\"Veilig Thuis\"]\n\
         doelgroep = [\"gezinnen\"]\nfase = \"{phase}\"\nkostenband = \"{cost}\"\ngecontroleerd_op = 2026-11-19\n\
         [[extra.contact]]\norganisatie = \"Gemeente {number}\"\nfunctie = \"beleid\"\ngecontroleerd_op = 2026-11-19\n+++\n",
        prose::subject(chance),
        prose::sentence(chance),
        chance.below(10) + 1,
        chance.below(28) + 1,
    );
    let section = |heading: &str, text: &mut String, chance: &mut Chance| {
        let _ = write!(text, "\n{heading}\n\n{}\n", prose::paragraph(chance));
    };
    for heading in [
        "## Samenvatting",
        "## Wat levert het op?",
        "## Schaalscore door deelnemers aan het eind",
        "## Hoe is de opzet?",
        "## Wat werkt goed? Wat kan beter?",
    ] {
        section(heading, &mut text, chance);
    }
    for heading in ["### Succesfactoren", "### Risicofactoren"] {
        let _ = write!(text, "\n{heading}\n\n");
        for _ in 0..3 {
            let _ = writeln!(text, "- {}", prose::item(chance));
        }
    }
    for heading in ["## Wat kost het?", "## Contact", "## Vragen?"] {
        section(heading, &mut text, chance);
    }
    text
}

fn playbook(number: usize, known: &Known, chance: &mut Chance) -> String {
    let mut text = format!(
        "+++\ntitle = \"Draaiboek {number}\"\ndescription = \"{}\"\ndate = 2026-10-01\n\n[extra]\nfictief = true\n\
         gemeente = [\"{}\"]\nthema = [\"{}\"]\nstap = [\"{}\"]\nduur = \"een dagdeel\"\ndeelnemers = \"lokaal team\"\n\
         versie = \"1.0\"\nlicentie = \"CC BY 4.0\"\n+++\n\n{}\n\n## Stappen\n",
        prose::sentence(chance),
        one(&known.places, chance),
        one(&known.themes, chance),
        one(&known.steps, chance),
        prose::paragraph(chance),
    );
    for step in 1..=6 {
        let _ =
            write!(text, "\n### Stap {step}. {}\n\n{}\n", prose::subject(chance), prose::paragraph(chance));
    }
    text.push_str("\n## Checklist\n\n");
    for _ in 0..6 {
        let _ = writeln!(text, "- {}", prose::item(chance));
    }
    text
}
