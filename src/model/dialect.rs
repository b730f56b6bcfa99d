//! Which Zola a site was written for.

use std::fmt;

/// The two languages that templates of Zola sites are written in. A site speaks one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// Before August 2026: Tera 1, macros, shortcodes. Measured against Zola 0.22.1.
    Zola022,
    /// Since then: Tera 2, components, templates in content. Measured against Zola 0.23.3.
    #[default]
    Zola023,
}

impl Dialect {
    /// The dialect that settings and options call by this name.
    pub fn named(name: &str) -> Option<Dialect> {
        match name {
            "0.22" => Some(Dialect::Zola022),
            "0.23" => Some(Dialect::Zola023),
            _ => None,
        }
    }

    /// Whether it is the dialect before the break.
    pub fn is_old(self) -> bool {
        self == Dialect::Zola022
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dialect::Zola022 => "0.22",
            Dialect::Zola023 => "0.23",
        })
    }
}
