//! Which differences are there on purpose. In: `differences.md`, as text. Out: its rows, and whether one of them speaks
//! of an output.
//!
//! Under a heading that ends in a dialect (`## Dialect 0.23`), each row of a table with the columns `site`, `outputs`
//! and `why` names outputs of a site, as paths between backticks in which `*` stands for anything. Other tables are for
//! readers.

/// Differences that stay: the outputs of a site in a dialect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// `0.22` or `0.23`.
    pub(crate) dialect: String,
    /// The name of the site, as its folder has it.
    pub(crate) site: String,
    /// Patterns of paths.
    pub(crate) outputs: Vec<String>,
    /// Why they are not mended.
    pub(crate) why: String,
}

/// Reads the rows.
pub(crate) fn read(text: &str) -> Vec<Listed> {
    let mut rows = Vec::new();
    let (mut dialect, mut of_outputs) = (String::new(), false);
    for line in text.lines().map(str::trim) {
        if line.starts_with('#') {
            dialect = line.rsplit(' ').next().unwrap_or_default().to_owned();
        }
        let Some(inner) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) else {
            of_outputs = false;
            continue;
        };
        match inner.split('|').map(str::trim).collect::<Vec<_>>()[..] {
            ["site", "outputs", "why"] => of_outputs = true,
            [site, outputs, why] if of_outputs && !site.starts_with("--") => rows.push(Listed {
                dialect: dialect.clone(),
                site: site.trim_matches('`').to_owned(),
                outputs: outputs.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
                why: why.to_owned(),
            }),
            _ => {}
        }
    }
    rows
}

impl Listed {
    /// Whether this row speaks of an output. Without a dialect, rows of any dialect do.
    pub(crate) fn covers(&self, dialect: Option<&str>, site: &str, path: &str) -> bool {
        dialect.is_none_or(|dialect| dialect == self.dialect)
            && self.site == site
            && self.outputs.iter().any(|pattern| matches(pattern, path))
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((head, rest)) => path.strip_prefix(head).is_some_and(|tail| {
            (0..=tail.len()).any(|at| tail.is_char_boundary(at) && matches(rest, &tail[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_of_outputs_count() {
        let text = "# Head\n\n## Dialect 0.23\n\n| here | there |\n|---|---|\n| `a` | `b` |\n\n\
                    | site | outputs | why |\n|---|---|---|\n| docs | `x/*.png`, `y.html` | because |\n";
        let rows = read(text);
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!((rows[0].dialect.as_str(), rows[0].why.as_str()), ("0.23", "because"));
        let covers = |site, path| rows[0].covers(Some("0.23"), site, path);
        assert!(covers("docs", "x/a/b.png") && covers("docs", "y.html"));
        assert!(!covers("docs", "x/b.jpg") && !covers("docs", "y.htm") && !covers("blog", "y.html"));
        assert!(!rows[0].covers(Some("0.22"), "docs", "y.html") && rows[0].covers(None, "docs", "y.html"));
    }
}
