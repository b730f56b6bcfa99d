//! Edits of the text of one page, undone afterwards. In: a site. Out: a page that says something new.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Pages of a site, in order; no sections.
pub(crate) fn pages(site: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(site.join("content")).sort_by_file_name().into_iter().flatten();
    let pages = files.filter(|file| {
        let name = file.file_name().to_string_lossy();
        name.ends_with(".md") && !name.starts_with("_index.")
    });
    pages.map(walkdir::DirEntry::into_path).collect()
}

/// An edit of a page; the page gets its old text back when this goes.
pub(crate) struct Edit {
    path: PathBuf,
    url: String,
    before: String,
}

impl Edit {
    /// An edit of one of the pages, another one for another number.
    pub(crate) fn of(site: &Path, number: usize) -> io::Result<Self> {
        let pages = pages(site);
        // A step that has no factor in common with most sizes visits pages of every section.
        let path = pages.get(number * 7919 % pages.len().max(1)).cloned();
        let path = path.ok_or_else(|| io::Error::other("the site has no pages"))?;
        let below = path.strip_prefix(site.join("content")).map_err(io::Error::other)?;
        let url = below.with_extension("").to_string_lossy().replace('\\', "/") + "/";
        Ok(Edit { url, before: fs::read_to_string(&path)?, path })
    }

    /// Where the page is on the site, without a slash before it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Adds a paragraph, and gives the words that now are on the page and nowhere else.
    pub(crate) fn write(&mut self, number: usize) -> io::Result<String> {
        let mark = format!("Nieuw op deze bladzijde: nummer {number}.");
        fs::write(&self.path, format!("{}\n\n{mark}\n", self.before.trim_end()))?;
        Ok(mark)
    }
}

impl Drop for Edit {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.path, &self.before) {
            eprintln!("{} could not get its old text back: {error}", self.path.display());
        }
    }
}
