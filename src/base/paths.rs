//! Two kinds of path that cannot be mixed up. Both are relative, with `/` between the parts on every system.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

macro_rules! relative_path {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
        pub struct $name(Arc<str>);

        impl $name {
            /// A path from its parts joined with `/`. A leading `/` and `./`, and a trailing `/`, are dropped.
            pub fn new(path: impl AsRef<str>) -> Self {
                let path = path.as_ref().trim_start_matches("./").trim_matches('/');
                Self(Arc::from(path))
            }

            /// The path as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The last part; the whole when there is only one.
            pub fn file_name(&self) -> &str {
                self.0.rsplit('/').next().unwrap_or("")
            }

            /// The folder that holds it; the empty path at the top.
            pub fn parent(&self) -> Self {
                Self::new(self.0.rsplit_once('/').map_or("", |(folder, _)| folder))
            }

            /// A path below this one.
            pub fn join(&self, below: &str) -> Self {
                if self.0.is_empty() { Self::new(below) } else { Self::new(format!("{}/{below}", self.0)) }
            }

            /// The ending after the last dot of the file name, if it has one.
            pub fn extension(&self) -> Option<&str> {
                self.file_name().rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ext)| ext)
            }

            /// What is left below `folder`, if it lies in there.
            pub fn below(&self, folder: &str) -> Option<&str> {
                let rest = self.0.strip_prefix(folder)?;
                if folder.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
            }

            /// Where it lies on disk, below `root`.
            pub fn on_disk(&self, root: &Path) -> PathBuf {
                let mut path = root.to_path_buf();
                path.extend(self.0.split('/').filter(|part| !part.is_empty()));
                path
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

relative_path! {
    /// Where a source lies, from the root of the site: `content/blog/_index.md`.
    SourcePath
}

relative_path! {
    /// Where an output goes, from the output folder: `blog/index.html`.
    OutPath
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let path = SourcePath::new("/content/blog/a.fr.md");
        assert_eq!(path.as_str(), "content/blog/a.fr.md");
        assert_eq!(path.file_name(), "a.fr.md");
        assert_eq!(path.parent().as_str(), "content/blog");
        assert_eq!(path.extension(), Some("md"));
        assert_eq!(path.below("content"), Some("blog/a.fr.md"));
        assert_eq!(path.below("cont"), None);
        assert_eq!(SourcePath::new("a").parent().join("b").as_str(), "b");
        assert_eq!(SourcePath::new(".htaccess").extension(), None);
    }
}
