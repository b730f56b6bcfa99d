//! The part of `check` that is about content: its rules, their explanation, and the file of known complaints.

use std::path::Path;
use std::sync::Arc;

use super::args::Check;
use super::exit::Failure;
use super::place::Place;
use crate::base::{Diagnostic, SourcePath};
use crate::check::rules::baseline::Baseline;
use crate::check::rules::table::{RULES, Rule};
use crate::check::rules::{self, Given, Level};
use crate::engine::world::World;
use crate::report::Language;

/// What the rules complain about.
pub fn complaints(world: &World, place: &Place, drafts: bool) -> Vec<Diagnostic> {
    let read = |path: &SourcePath| world.files.read(path).ok().flatten().map(|(bytes, _)| bytes);
    let given = Given {
        config: &world.config,
        config_file: SourcePath::new(&place.config_file),
        site: &world.site,
        files: world.files.snapshot().iter().map(|(path, _)| path.clone()).collect(),
        read: &read,
        today: rules::day_of(world.now),
        drafts,
    };
    rules::check(&given)
}

/// Takes known complaints out, or writes them down. Gives what is to be said of that, if anything.
pub fn baseline(
    words: &Check,
    root: &Path,
    diagnostics: &mut Vec<Diagnostic>,
    language: Language,
) -> Result<Option<String>, Failure> {
    let read = |path: &SourcePath| std::fs::read(path.on_disk(root)).ok().map(Arc::from);
    let dutch = language == Language::Dutch;
    if let Some(file) = &words.write_baseline {
        let known = Baseline::of(diagnostics, &read);
        std::fs::write(file, known.write()).map_err(|error| unwritable(file, &error))?;
        let (count, file) = (known.len(), file.display());
        let taken = known.pass_over(diagnostics, &read);
        debug_assert_eq!(taken, count);
        return Ok(Some(if dutch {
            format!("{count} bekende meldingen opgeschreven in {file}.")
        } else {
            format!("{count} known complaints were written to {file}.")
        }));
    }
    let Some(file) = &words.baseline else { return Ok(None) };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("The file `{}` cannot be read: {error}.", file.display())))?;
    let known = Baseline::read(&text).map_err(|cause| {
        Failure::Usage(format!(
            "`{}` is no file of known complaints ({cause}). Write it anew with --write-baseline.",
            file.display()
        ))
    })?;
    let count = known.pass_over(diagnostics, &read);
    Ok((count > 0).then(|| {
        if dutch {
            format!("{count} bekende meldingen overgeslagen ({}).", file.display())
        } else {
            format!("{count} known complaints were passed over ({}).", file.display())
        }
    }))
}

fn unwritable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::Machine(format!("The file `{}` cannot be written: {error}.", file.display()))
}

/// Explains a rule.
pub fn explain(code: &str, language: Language) -> Result<String, Failure> {
    let name = code.strip_prefix("regel/").unwrap_or(code);
    let Some(rule) = RULES.iter().find(|rule| rule.name() == name) else {
        let near = crate::check::rules::nearest(name)
            .map(|near| format!(" Did you mean `{near}`?"))
            .unwrap_or_default();
        let all: Vec<&str> = RULES.iter().map(Rule::name).collect();
        return Err(Failure::Usage(format!(
            "There is no rule `{name}`.{near} The rules are: {}.",
            all.join(", ")
        )));
    };
    let dutch = language == Language::Dutch;
    let at = usize::from(!dutch);
    let level = match (rule.level, dutch) {
        (Level::Error, true) => "fout",
        (Level::Warning, true) => "waarschuwing",
        (Level::Off, true) => "uit",
        (Level::Error, false) => "error",
        (Level::Warning, false) => "warning",
        (Level::Off, false) => "off",
    };
    let [why, wrong, right, set] = if dutch {
        ["Waarom", "Fout", "Goed", "Anders instellen, in zola.toml"]
    } else {
        ["Why", "Wrong", "Right", "To change it, in zola.toml"]
    };
    let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    Ok(format!(
        "{} ({level})\n\n{}\n{why}: {}\n\n{wrong}:\n{}\n{right}:\n{}\n{set}:\n    [extra.praktijk.regels]\n    {} = \"{level}\"\n",
        rule.code,
        rule.asks[at],
        rule.why[at],
        indented(rule.wrong),
        indented(rule.right),
        rule.name(),
    ))
}
