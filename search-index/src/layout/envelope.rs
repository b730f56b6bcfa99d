//! What every file begins with. In: what a file holds, and of which index. Out: the file; or, the other way, what it holds,
//! or why it cannot be used.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `PRKT` |
//! | 1 | the version of the format |
//! | 1 | what it holds, see [`Holds`] |
//! | 8 | the index it belongs to, little-endian: a chunk of another build must not be read by mistake |
//! | 4 | CRC-32 of the bytes between `PRKT` and this, and of what follows |
//!
//! tantivy trusts its bytes. What was cut off or changed on the way never reaches it, for the checksum is looked at first.

/// What every file begins with.
pub const MAGIC: &[u8; 4] = b"PRKT";
/// The version of the format.
pub const VERSION: u8 = 1;
const HEAD: usize = 18;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Holds {
    /// What is fetched first.
    Manifest = 1,
    /// Blocks of the dictionary with their postings.
    Chunk = 2,
    /// Where in the texts the words of a chunk stand.
    Positions = 3,
    /// What results show of a page.
    Fragment = 4,
    /// The words of the site.
    Spelling = 5,
}

/// Why a file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is none of ours, or it did not arrive whole.
    Broken,
    /// It has the form of another version.
    Version(u8),
    /// It belongs to another index, such as an older build.
    Other,
}

/// A file.
pub fn seal(holds: Holds, index: u64, payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEAD + payload.len());
    file.extend_from_slice(MAGIC);
    file.push(VERSION);
    file.push(holds as u8);
    file.extend_from_slice(&index.to_le_bytes());
    file.extend_from_slice(&sum(&file[MAGIC.len()..], payload).to_le_bytes());
    file.extend_from_slice(payload);
    file
}

fn sum(head: &[u8], payload: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(head);
    sum.update(payload);
    sum.finalize()
}

/// What a file holds, and of which index it is. None for `index` takes any.
pub fn open(file: &[u8], holds: Holds, index: Option<u64>) -> Result<(u64, &[u8]), Fault> {
    let (head, payload) = file.split_at_checked(HEAD).ok_or(Fault::Broken)?;
    let (magic, rest) = head.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(Fault::Broken);
    }
    if rest[0] != VERSION {
        return Err(Fault::Version(rest[0]));
    }
    let of = u64::from_le_bytes(rest[2..10].try_into().map_err(|_| Fault::Broken)?);
    let told = u32::from_le_bytes(rest[10..14].try_into().map_err(|_| Fault::Broken)?);
    if rest[1] != holds as u8 || told != sum(&rest[..10], payload) {
        return Err(Fault::Broken);
    }
    if index.is_some_and(|index| index != of) {
        return Err(Fault::Other);
    }
    Ok((of, payload))
}
