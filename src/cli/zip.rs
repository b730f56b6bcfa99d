//! `build --zip`: the whole site as one file, to be read without a server. In: a site that was built. Out: a ZIP file.

use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::show;
use crate::engine::{Engine, EngineError};
use crate::export::offline::{self, Offline};
use crate::model::Config;
use crate::model::slug::{Strategy, path_slug};
use crate::write::archive;

/// Writes it. `to` is where to; none means beside the output folder, under the name of the site.
pub fn run(
    engine: &mut Engine,
    root: &Path,
    output: Option<&Path>,
    to: Option<&Path>,
) -> Result<(), Failure> {
    let Some(config) = engine.settings()?.0 else { return Err(Failure::Content) };
    let output = output.map_or_else(|| root.join(&config.output_dir), Path::to_path_buf);
    let to = to.map_or_else(|| beside(&output, &config), Path::to_path_buf);
    if std::path::absolute(&to)
        .ok()
        .zip(std::path::absolute(&output).ok())
        .is_some_and(|(to, output)| to.starts_with(output))
    {
        return Err(Failure::Usage(format!(
            "The ZIP file `{}` would lie in the output folder, and the next build would remove it.\n  help: Name a file elsewhere, or none.",
            to.display()
        )));
    }
    let all = archive::files(&output).map_err(EngineError::from)?;
    let has = |path: &str| all.binary_search_by(|file| file.as_str().cmp(path)).is_ok();
    let files: Vec<String> = all.iter().filter(|path| offline::is_wanted(path, &has)).cloned().collect();
    let offline = Offline::new(&config.base_url, &has);
    let change = |path: &str, bytes: Vec<u8>| match &offline {
        Some(offline) => offline.output(path, bytes),
        None => bytes,
    };
    let size = archive::write(&output, &files, &change, &to).map_err(EngineError::from)?;
    eprintln!(
        "Wrote {} with {} in {} kB.",
        to.display(),
        show::count(files.len(), "file", "files"),
        size.div_ceil(1000)
    );
    Ok(())
}

/// Beside the output folder, under the title of the site.
fn beside(output: &Path, config: &Config) -> PathBuf {
    let title = config.language(&config.default_language).and_then(|options| options.title.as_deref());
    let name = path_slug(title.unwrap_or_default(), Strategy::On);
    let name = if name.is_empty() { "site" } else { &name };
    output.with_file_name(format!("{name}.zip"))
}
