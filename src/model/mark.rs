//! What stands in a page for the name of a search index. The name is a hash of all pages, so it is known when all of them
//! have been indexed, and pages are not rendered anew for it: they carry a mark, which is replaced late.
//!
//! A mark has no sign that templates escape or that anything makes smaller, and is as long as the hash it stands for.

/// The folder of every file of a search index in the output.
pub const FOLDER: &str = "zoekindex";

/// What stands where the hash will stand.
pub const MARK: &str = "0000praktijk0000";

/// The name of the manifest of a language while its hash is not known.
pub fn manifest(lang: &str) -> String {
    format!("{lang}-{MARK}.bin")
}

/// Whether a mark stands in these bytes.
pub fn is_in(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, MARK.as_bytes()).is_some()
}

/// Bytes with each name replaced by another. `names` holds what stands there and what is to stand there.
pub fn replaced(bytes: &[u8], names: &[(String, String)]) -> Vec<u8> {
    let mut made = bytes.to_vec();
    for (from, to) in names {
        let places: Vec<usize> = memchr::memmem::find_iter(&made, from.as_bytes()).collect();
        if places.is_empty() {
            continue;
        }
        let mut fresh = Vec::with_capacity(made.len() + places.len() * to.len());
        let mut behind = 0;
        for at in places {
            fresh.extend_from_slice(&made[behind..at]);
            fresh.extend_from_slice(to.as_bytes());
            behind = at + from.len();
        }
        fresh.extend_from_slice(&made[behind..]);
        made = fresh;
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_replaced_wherever_it_stands() {
        let names = [(manifest("nl"), "nl-1.bin".to_owned()), (manifest("en"), "en-22.bin".to_owned())];
        let page = format!("{0}<a {1}>{0}", manifest("nl"), manifest("en"));
        assert!(is_in(page.as_bytes()));
        let made = replaced(page.as_bytes(), &names);
        assert_eq!(String::from_utf8(made.clone()).unwrap(), "nl-1.bin<a en-22.bin>nl-1.bin");
        assert!(!is_in(&made));
        assert_eq!(replaced(&made, &names), made);
    }
}
