//! Lists of file patterns, as `ignored_content` and its kin have them.

use std::hash::{Hash, Hasher};

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};

/// File patterns, compiled. Equal when their texts are equal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Globs {
    patterns: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Whether one of the patterns matches.
    pub fn is_match(&self, path: impl AsRef<std::path::Path>) -> bool {
        !self.patterns.is_empty() && self.set.is_match(path)
    }

    /// Whether there are no patterns.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}

impl TryFrom<Vec<String>> for Globs {
    type Error = String;

    fn try_from(patterns: Vec<String>) -> Result<Self, String> {
        let mut builder = GlobSetBuilder::new();
        for pattern in &patterns {
            builder.add(
                Glob::new(pattern).map_err(|error| format!("`{pattern}` is not a file pattern: {error}"))?,
            );
        }
        let set = builder.build().map_err(|error| error.to_string())?;
        Ok(Globs { patterns, set })
    }
}

impl From<Globs> for Vec<String> {
    fn from(globs: Globs) -> Self {
        globs.patterns
    }
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Hash for Globs {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.patterns.hash(state);
    }
}
