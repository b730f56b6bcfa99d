//! Which folder is the site. In: `--root` and `--config`. Out: the root of the site and its settings' file.

use std::path::{Path, PathBuf};

use super::args::Args;
use super::exit::Failure;

/// A site on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its root.
    pub root: PathBuf,
    /// The settings' file, from the root.
    pub config_file: String,
}

/// Finds the site: the nearest folder upwards that holds the settings' file; `zola.toml` in any of them goes before
/// `config.toml` in any of them.
pub fn find(args: &Args) -> Result<Place, Failure> {
    let start = args.root.canonicalize().map_err(|error| {
        Failure::Usage(format!(
            "The folder `{}` cannot be opened: {error}.\n  help: Name the folder of your site with --root, or go there and leave --root out.",
            args.root.display()
        ))
    })?;
    let names: Vec<&Path> = match &args.config {
        Some(file) => vec![file],
        None => vec![Path::new("zola.toml"), Path::new("config.toml")],
    };
    for name in &names {
        for folder in start.ancestors() {
            if folder.join(name).is_file() {
                return place(folder, &folder.join(name));
            }
        }
    }
    let wanted: Vec<String> = names.iter().map(|name| format!("`{}`", name.display())).collect();
    let text = format!("There is no {} in `{}` or a folder above it.", wanted.join(" or "), start.display());
    Err(Failure::Usage(format!(
        "{text}\n  help: Go to the folder of your site, or name it with --root. `praktijk init` makes a new site."
    )))
}

fn place(folder: &Path, file: &Path) -> Result<Place, Failure> {
    let inside = file.strip_prefix(folder).ok().and_then(Path::to_str);
    let name = inside.ok_or_else(|| {
        Failure::Usage(format!("The settings' file `{}` must lie in the site's folder.", file.display()))
    })?;
    Ok(Place { root: folder.to_path_buf(), config_file: name.replace('\\', "/") })
}
