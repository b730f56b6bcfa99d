//! The templates that every site has, unless it or its theme has one of the same name.

/// Name and text. `__zola_builtins/` stands before each name but `internal/alias.html`.
pub const BUILTINS: &[(&str, &str)] = &[];
