//! ZIP files. In: named bytes. Out: one file that holds them, the same bytes every time: in the order of their names, all
//! of the same moment, 1 January 1980.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A file in a ZIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its name, with `/` between folders.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Packs files; a sentence when that cannot be done. Of two with one name, the first is kept.
pub fn pack(mut files: Vec<Packed>) -> Result<Vec<u8>, String> {
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|later, first| later.name == first.name);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let told = |fault: &dyn std::fmt::Display| format!("The ZIP file cannot be made: {fault}.");
    for file in &files {
        writer.start_file(file.name.as_str(), options).map_err(|fault| told(&fault))?;
        writer.write_all(&file.bytes).map_err(|fault| told(&fault))?;
    }
    let done = writer.finish().map_err(|fault| told(&fault))?;
    Ok(done.into_inner())
}

/// The files in a ZIP; folders are left out.
pub fn unpack(bytes: &[u8]) -> Result<Vec<Packed>, String> {
    let told = |fault: &dyn std::fmt::Display| format!("The ZIP file cannot be read: {fault}.");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| told(&fault))?;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|fault| told(&fault))?;
        if file.is_file() {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(|fault| told(&fault))?;
            let name = file.name().map_err(|fault| told(&fault))?.into_owned();
            files.push(Packed { name, bytes });
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(name: &str, bytes: &[u8]) -> Packed {
        Packed { name: name.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn what_is_no_zip_is_told() {
        assert!(unpack(b"PK no").unwrap_err().starts_with("The ZIP file cannot be read: "));
    }

    #[test]
    fn the_order_of_files_makes_no_difference() {
        let (a, b) = (packed("map/a.txt", b"aaa"), packed("B.txt", &[0; 5000]));
        let one = pack(vec![a.clone(), b.clone()]).unwrap();
        assert_eq!(one, pack(vec![b.clone(), a.clone()]).unwrap());
        assert!(one.len() < 500, "{} bytes: not compressed", one.len());
        assert_eq!(unpack(&one).unwrap(), [b, a]);
        // The moment of every file: 1980-01-01 00:00, at its place in the first local header.
        assert_eq!(one[10..14], [0, 0, 33, 0]);
    }

    #[test]
    fn of_two_with_one_name_the_first_stays() {
        let bytes = pack(vec![packed("a", b"1"), packed("a", b"2")]).unwrap();
        assert_eq!(unpack(&bytes).unwrap(), [packed("a", b"1")]);
    }
}
