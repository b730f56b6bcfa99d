//! Which files editors and systems only leave for a moment, and never count as a change.

use std::path::Path;

/// Whether nothing has to be built because of this file.
pub(super) fn is_passing(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_passing_name(&name.to_string_lossy()))
}

fn is_passing_name(name: &str) -> bool {
    // Vim probes a folder by writing files with these names.
    const WHOLE: [&str; 5] = ["4913", "5036", ".DS_Store", "Thumbs.db", "desktop.ini"];
    // Emacs locks, LibreOffice locks, Word locks, GNOME, files that a network disk keeps for whoever has them open.
    const STARTS: [&str; 5] = [".#", ".~lock.", "~$", ".goutputstream-", ".nfs"];
    // Copies made before or while saving: Emacs and many others, Vim, Kate, JetBrains, browsers, rsync and friends.
    const ENDS: [&str; 14] = [
        "~",
        ".swp",
        ".swo",
        ".swn",
        ".swx",
        ".swpx",
        ".kate-swp",
        "___jb_tmp___",
        "___jb_old___",
        "___jb_bak___",
        ".crdownload",
        ".part",
        ".tmp",
        ".bck",
    ];
    WHOLE.contains(&name)
        || STARTS.iter().any(|start| name.starts_with(start))
        || ENDS.iter().any(|end| name.ends_with(end))
        || (name.len() > 2 && name.starts_with('#') && name.ends_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave() {
        for name in [
            ".index.md.swp",
            ".a.swx",
            "index.md~",
            ".#index.md",
            "#index.md#",
            "4913",
            ".a.md.kate-swp",
            "a.md___jb_tmp___",
            ".~lock.a.odt#",
            "~$a.docx",
            ".goutputstream-ABC",
            ".DS_Store",
            "a.md.tmp",
        ] {
            assert!(is_passing(&Path::new("/site/content").join(name)), "{name}");
        }
    }

    #[test]
    fn what_people_write() {
        for name in ["index.md", ".htaccess", "4913.md", "a.swf", "#1.md", "part.md", "tmp", "a~b.md"] {
            assert!(!is_passing(&Path::new("/site/content~").join(name)), "{name}");
        }
    }
}
