//! Chance and secrets. In: the key of this endpoint. Out: ids, tokens that cannot be guessed, and what is kept of them.
//!
//! A token is never kept: the store holds its SHA-256. What is sent by mail is made of the token's id and the key at the
//! moment it is sent, so that the queue of mails holds nothing that opens anything either.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// The key of an endpoint: 32 bytes of chance, in a file that only it may read. All endpoints of one site share it.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// What a key is used for; one use tells nothing about another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// What is sent by mail.
    Mailed,
    /// The code beside it.
    Code,
    /// That a form came from a page of ours.
    Form,
    /// What is kept of a network.
    Network,
    /// The link that ends a subscription.
    Unsubscribe,
    /// The feed of a moderator.
    Feed,
    /// Passwords, so that the database alone is not enough to guess them.
    Pepper,
    /// By what a database knows the key of its members.
    Mark,
}

impl Key {
    /// A new one.
    pub fn new() -> Result<Key, String> {
        chance().map(Key)
    }

    /// The one that [`Key::text`] wrote.
    pub fn read(text: &str) -> Option<Key> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        bytes.try_into().ok().map(Key)
    }

    /// What stands in its file.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What follows from the key and some parts, 32 bytes. Parts cannot run into each other.
    pub fn derive(&self, used_for: Use, parts: &[&str]) -> [u8; 32] {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&self.0) {
            Ok(mac) => mac,
            // A key of any length is right.
            Err(_) => return [0; 32],
        };
        mac.update(format!("{used_for:?}").as_bytes());
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    /// The same as text for addresses and cookies.
    pub fn sign(&self, used_for: Use, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(self.derive(used_for, parts))
    }

    /// Whether a signature is the right one. Takes as long for a wrong one.
    pub fn is_signed(&self, used_for: Use, parts: &[&str], signature: &str) -> bool {
        same(self.sign(used_for, parts).as_bytes(), signature.as_bytes())
    }

    /// A number by which this key is known again, and that tells nothing of it. Of 48 bits: whatever reads a copy as JSON
    /// keeps that whole.
    pub fn mark(&self) -> i64 {
        let bytes = self.derive(Use::Mark, &[]);
        bytes.iter().take(6).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte))
    }

    /// Eight figures that follow from a token's id.
    pub fn code(&self, id: &str) -> String {
        let bytes = self.derive(Use::Code, &[id]);
        let number = bytes.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        format!("{:08}", number % 100_000_000)
    }
}

/// A token that cannot be guessed: 256 bits.
pub fn token() -> Result<String, String> {
    chance::<32>().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a token.
pub fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Whether two are the same, in a time that does not tell where they differ.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

/// An id: a ULID, sorted by time, 80 bits of it chance.
pub fn id(now: i64) -> Result<String, String> {
    let chance: [u8; 10] = chance()?;
    let mut bits = u128::from(now.unsigned_abs() & 0xffff_ffff_ffff) << 80;
    for (at, byte) in chance.iter().enumerate() {
        bits |= u128::from(*byte) << (8 * at);
    }
    let letter =
        |at: u32| char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[((bits >> (5 * at)) & 31) as usize]);
    Ok((0..26).rev().map(letter).collect())
}

/// Whether a text has the form of an id.
pub fn is_id(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn chance<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| format!("this machine gives no random numbers: {error}"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_differ() {
        let (first, second, later) = (id(1_000).unwrap(), id(1_000).unwrap(), id(2_000).unwrap());
        assert_ne!(first, second);
        assert!(first < later && second < later, "{first} {second} {later}");
        assert!(is_id(&first) && !is_id("x") && !is_id(&first.to_lowercase()));
    }

    #[test]
    fn tokens_hold_256_bits_and_their_hash_does_not_show_them() {
        let token = token().unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(&token).unwrap().len(), 32);
        assert_ne!(hashed(&token).to_vec(), URL_SAFE_NO_PAD.decode(&token).unwrap());
    }

    #[test]
    fn a_signature_holds_for_its_use_parts_and_key_only() {
        let (key, other) = (Key::new().unwrap(), Key::new().unwrap());
        let signed = key.sign(Use::Form, &["a", "bc"]);
        assert!(key.is_signed(Use::Form, &["a", "bc"], &signed));
        assert!(!key.is_signed(Use::Form, &["ab", "c"], &signed));
        assert!(!key.is_signed(Use::Mailed, &["a", "bc"], &signed));
        assert!(!other.is_signed(Use::Form, &["a", "bc"], &signed));
        assert!(!key.is_signed(Use::Form, &["a", "bc"], &signed[1..]));
        assert_eq!(Key::read(&key.text()).unwrap().sign(Use::Form, &["a", "bc"]), signed);
        assert!(Key::read("short").is_none());
    }

    #[test]
    fn a_code_has_eight_figures() {
        let key = Key::new().unwrap();
        assert!(key.code("x").len() == 8 && key.code("x").bytes().all(|byte| byte.is_ascii_digit()));
        assert_ne!(key.code("x"), key.code("y"));
    }
}
