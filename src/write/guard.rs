//! Whether an output folder is safe to write to. Everything in it that the build does not make is removed, so it must
//! hold nothing else.

use std::path::{Component, Path, PathBuf};

use super::WriteError;

/// Refuses an output folder that is, holds or lies in the sources.
pub fn check(root: &Path, output: &Path) -> Result<(), WriteError> {
    let (root, output) = (absolute(root), absolute(output));
    if root.starts_with(&output) {
        return Err(WriteError::Unsafe(format!(
            "The output folder `{}` holds the sources of the site, and a build removes everything else from its output folder. Choose a folder of its own, such as `public`.",
            output.display()
        )));
    }
    for sources in ["content", "templates", "static", "sass", "themes"] {
        if output.starts_with(root.join(sources)) {
            return Err(WriteError::Unsafe(format!(
                "The output folder `{}` lies in `{sources}/`, among the sources. Choose a folder of its own, such as `public`.",
                output.display()
            )));
        }
    }
    Ok(())
}

/// A path with links followed as far as it exists and `.` and `..` resolved in the rest.
fn absolute(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut clean = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
        if let Ok(real) = clean.canonicalize() {
            clean = real;
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_are_safe() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        std::fs::create_dir_all(root.join("content/blog")).unwrap();
        for (output, safe) in [
            ("public", true),
            ("out/deep", true),
            ("", false),
            ("..", false),
            ("public/../.", false),
            ("content", false),
            ("content/public", false),
            ("themes/x/static", false),
        ] {
            assert_eq!(check(root, &root.join(output)).is_ok(), safe, "{output}");
        }
        assert!(check(root, Path::new("/")).is_err());
    }
}
