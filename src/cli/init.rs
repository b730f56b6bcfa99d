//! `init`: a new site.

use std::fs;
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use super::args::Init;
use super::exit::Failure;
use super::show;

/// Makes a new site: settings and empty folders, with answers to three questions when somebody is there to ask.
pub fn run(words: &Init) -> Result<(), Failure> {
    let folder = &words.name;
    if !words.force && !is_free(folder) {
        let name = if folder == Path::new(".") {
            "This folder".to_owned()
        } else {
            format!("The folder `{}`", folder.display())
        };
        return Err(Failure::Usage(format!(
            "{name} is not empty. (Files whose name begins with a dot do not count.)\n  help: Name another folder, or add --force to keep what is there and add a site."
        )));
    }
    let asking = std::io::stdin().is_terminal();
    let base_url = question(asking, "Where will the site stand?", "https://example.com")?;
    let sass = is_yes(&question(asking, "Compile Sass? (yes/no)", "yes")?);
    let search = is_yes(&question(asking, "Build a search index? (yes/no)", "no")?);
    make(folder, &settings(&base_url, sass, search), sass, words.force)?;
    let shown = folder.canonicalize().unwrap_or_else(|_| folder.clone());
    show::put(format_args!("The site stands in {}. Go there and type `praktijk serve`.\n", shown.display()));
    Ok(())
}

fn is_free(folder: &Path) -> bool {
    match folder.read_dir() {
        Ok(mut entries) => {
            entries.all(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with('.')))
        }
        Err(_) => !folder.exists(),
    }
}

fn question(asking: bool, text: &str, default: &str) -> Result<String, Failure> {
    if !asking {
        return Ok(default.to_owned());
    }
    show::put(format_args!("{text} [{default}] "));
    let failed = |error: std::io::Error| Failure::Machine(error.to_string());
    std::io::stdout().flush().map_err(failed)?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(failed)?;
    let answer = answer.trim();
    Ok(if answer.is_empty() { default.to_owned() } else { answer.to_owned() })
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.to_lowercase().chars().next(), Some('y' | 'j' | 't'))
}

fn settings(base_url: &str, sass: bool, search: bool) -> String {
    let base_url = base_url.replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        "# Where the site will stand\nbase_url = \"{base_url}\"\n\n# Whether the Sass files in `sass/` become style sheets\ncompile_sass = {sass}\n\n# Whether there is a search index for a script in the page\nbuild_search_index = {search}\n\n[markdown]\n\n[extra]\n# Your own settings, for templates: `config.extra.name`\n\n[extra.praktijk]\n# The templates are written as for Zola since 0.23\ndialect = \"0.23\"\n"
    )
}

fn make(folder: &Path, settings: &str, sass: bool, force: bool) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let shown = path.display().to_string();
        move |error: std::io::Error| Failure::Machine(format!("`{shown}` cannot be made: {error}."))
    };
    let mut folders = vec!["content", "static", "templates", "themes"];
    folders.extend(sass.then_some("sass"));
    for name in folders {
        let path = folder.join(name);
        fs::create_dir_all(&path).map_err(failed(&path))?;
    }
    let file = folder.join("zola.toml");
    if force && file.exists() {
        return Err(Failure::Usage(format!("`{}` exists already and was left as it is.", file.display())));
    }
    fs::write(&file, settings).map_err(failed(&file))
}
