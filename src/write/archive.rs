//! A ZIP file of a folder. In: the folder, and what becomes of each file. Out: the ZIP file, whole or not at all; the same
//! bytes every time, as no date and no owner is in it.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;

use super::{WriteError, at};

/// Every file below a folder, by its path there, in order.
pub fn files(folder: &Path) -> Result<Vec<String>, WriteError> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, below: &str, files: &mut Vec<String>) -> Result<(), WriteError> {
    let failed = || at("The output folder cannot be read:", folder);
    for entry in fs::read_dir(folder).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes a ZIP file with these files of a folder, each as `change` makes it. Gives how many bytes it has.
pub fn write(
    folder: &Path,
    files: &[String],
    change: &dyn Fn(&str, Vec<u8>) -> Vec<u8>,
    to: &Path,
) -> Result<u64, WriteError> {
    let waiting = waiting(to);
    let made = fill(folder, files, change, &waiting);
    if made.is_err() {
        // Nothing more can be done about half a file that cannot be removed.
        let _ = fs::remove_file(&waiting);
    }
    made?;
    fs::rename(&waiting, to).map_err(at("The ZIP file cannot be put in its place:", to))?;
    Ok(fs::metadata(to).map_or(0, |metadata| metadata.len()))
}

fn fill(
    folder: &Path,
    files: &[String],
    change: &dyn Fn(&str, Vec<u8>) -> Vec<u8>,
    to: &Path,
) -> Result<(), WriteError> {
    let failed = || at("The ZIP file cannot be written:", to);
    let file = fs::File::create(to).map_err(failed())?;
    let mut zip = zip::ZipWriter::new(BufWriter::new(file));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for path in files {
        let from = folder.join(path);
        let bytes = fs::read(&from).map_err(at("An output cannot be read:", &from))?;
        zip.start_file(path.as_str(), options).map_err(|error| failed()(error.into()))?;
        zip.write_all(&change(path, bytes)).map_err(failed())?;
    }
    let mut file = zip.finish().map_err(|error| failed()(error.into()))?;
    file.flush().map_err(failed())
}

/// Beside the file, so that it can take its place.
fn waiting(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    to.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn the_same_bytes_twice_and_nothing_when_it_fails() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("public");
        fs::create_dir_all(folder.join("a")).unwrap();
        fs::write(folder.join("a/b.html"), "een").unwrap();
        fs::write(folder.join("é.txt"), "twee").unwrap();
        let files = files(&folder).unwrap();
        assert_eq!(files, ["a/b.html", "é.txt"]);
        let change = |path: &str, bytes: Vec<u8>| [path.as_bytes(), b":", bytes.as_slice()].concat();
        let (first, second) = (dir.path().join("1.zip"), dir.path().join("2.zip"));
        write(&folder, &files, &change, &first).unwrap();
        write(&folder, &files, &change, &second).unwrap();
        assert_eq!(fs::read(&first).unwrap(), fs::read(&second).unwrap());
        let mut zip = zip::ZipArchive::new(fs::File::open(&first).unwrap()).unwrap();
        let mut text = String::new();
        zip.by_name("é.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "é.txt:twee");

        let gone = vec!["weg.html".to_owned()];
        let before = fs::read(&first).unwrap();
        assert!(write(&folder, &gone, &change, &first).is_err());
        assert_eq!(fs::read(&first).unwrap(), before);
        assert!(!dir.path().join("1.zip.part").exists());
    }
}
