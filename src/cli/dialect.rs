//! `check --dialect`: which dialect of Zola a site is read as, and why. In: the site. Out: a few lines on standard output.

use std::path::Path;

use super::show;
use crate::base::SourcePath;
use crate::base::diagnostic::line_and_column;
use crate::engine::dialect::{Finding, Reason};
use crate::model::Dialect;

/// How many reasons are told.
const TOLD: usize = 12;

/// Tells it.
pub fn tell(finding: &Finding, root: &Path) {
    let meaning = match finding.dialect {
        Dialect::Zola022 => "Zola before 0.23: Tera 1, macros, shortcodes",
        Dialect::Zola023 => "Zola since 0.23: Tera 2, components",
    };
    show::put(format_args!("This site is read as dialect {} ({meaning}), because\n", finding.dialect));
    for reason in finding.reasons.iter().take(TOLD) {
        show::put(format_args!("  - {}\n", told(reason, root)));
    }
    if finding.reasons.len() > TOLD {
        show::put(format_args!("  and {} more files show the same.\n", finding.reasons.len() - TOLD));
    }
    show::put(format_args!(
        "To set it yourself, write in the settings:\n\n  [extra.praktijk]\n  dialect = \"{}\"\n",
        finding.dialect
    ));
}

fn told(reason: &Reason, root: &Path) -> String {
    match &reason.place {
        Some((file, span)) if *span != (0..0) => {
            format!("{} ({file}:{})", reason.what, line_of(file, span.start, root))
        }
        Some((file, _)) => format!("{} ({file})", reason.what),
        None => reason.what.clone(),
    }
}

fn line_of(file: &SourcePath, at: usize, root: &Path) -> usize {
    let text = std::fs::read_to_string(file.on_disk(root)).unwrap_or_default();
    line_and_column(&text, at).0
}
