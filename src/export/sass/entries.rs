//! Which files become a style sheet of their own. In: the files of the site and a folder of Sass. Out: each style sheet
//! with where its CSS goes.

use std::path::Path;

use crate::base::{Diagnostic, OutPath, SourcePath};

/// The style sheets of a folder such as `sass` or `themes/x/sass`, by path of their CSS. A file or folder whose name
/// begins with `_` holds parts for others.
pub fn entries(files: &[SourcePath], folder: &str) -> Result<Vec<(SourcePath, OutPath)>, Diagnostic> {
    let mut found: Vec<(SourcePath, OutPath)> =
        files.iter().filter_map(|file| Some((file.clone(), output(file.below(folder)?)?))).collect();
    found.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    let clashes: Vec<_> = found.windows(2).filter(|pair| pair[0].1 == pair[1].1).collect();
    match clashes.split_first() {
        None => Ok(found),
        Some((first, others)) => Err(clash(first, others)),
    }
}

fn output(below: &str) -> Option<OutPath> {
    let is_sass = below.ends_with(".sass") || below.ends_with(".scss");
    let is_part = below.split('/').any(|name| name.starts_with('_'));
    (is_sass && !is_part).then(|| OutPath::new(Path::new(below).with_extension("css").to_string_lossy()))
}

fn clash(first: &[(SourcePath, OutPath)], others: &[&[(SourcePath, OutPath)]]) -> Diagnostic {
    let [(one, css), (two, _)] = first else {
        return Diagnostic::error("sass/same-output", "Two style sheets share a name.");
    };
    let complaint = Diagnostic::error(
        "sass/same-output",
        format!("`{one}` and `{two}` would both become `{css}`, and only one can."),
    )
    .in_file(two)
    .hint("Rename one of the two, or begin its name with `_` if other style sheets only import it.");
    others
        .iter()
        .filter_map(|pair| pair.last())
        .fold(complaint.note("The other style sheet", one, None), |complaint, (file, css)| {
            complaint.note(format!("The same happens here with `{css}`"), file, None)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[&str], folder: &str) -> Result<Vec<(String, String)>, Diagnostic> {
        let files: Vec<_> = files.iter().map(SourcePath::new).collect();
        let found = entries(&files, folder)?;
        Ok(found.into_iter().map(|(from, to)| (from.as_str().to_owned(), to.as_str().to_owned())).collect())
    }

    #[test]
    fn two_sources_for_one_style_sheet() {
        let fault =
            check(&["sass/a.sass", "sass/a.scss", "sass/b/c.sass", "sass/b/c.scss"], "sass").unwrap_err();
        assert_eq!(
            fault.message,
            "`sass/a.sass` and `sass/a.scss` would both become `a.css`, and only one can."
        );
        assert_eq!(fault.place.map(|place| place.file), Some(SourcePath::new("sass/a.scss")));
        assert_eq!(fault.notes.len(), 2);
        assert_eq!(fault.notes[1].place.file, SourcePath::new("sass/b/c.scss"));
    }

    #[test]
    fn parts_and_other_files_are_none() {
        let files = [
            "sass/_a.scss",
            "sass/_x/a.scss",
            "sass/d/_x/a.scss",
            "sass/a.css",
            "sass/a.SCSS",
            "sassy/a.scss",
            "static/b.scss",
        ];
        assert_eq!(check(&files, "sass"), Ok(vec![]));
    }

    #[test]
    fn each_goes_to_its_own_place() {
        let found =
            check(&["themes/t/sass/z.scss", "themes/t/sass/a/b.min.sass", "sass/z.scss"], "themes/t/sass")
                .unwrap();
        let expected = [("themes/t/sass/a/b.min.sass", "a/b.min.css"), ("themes/t/sass/z.scss", "z.css")];
        assert_eq!(found, expected.map(|(from, to)| (from.to_owned(), to.to_owned())));
    }
}
