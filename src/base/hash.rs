//! 128-bit identities. In: anything that is [`Hash`]. Out: a [`Hash128`] that is equal for equal content on every
//! run of the same program.
//!
//! The standard hasher is seeded or unspecified; XXH3 is neither, and 128 bits make an accidental collision among
//! billions of answers negligible (2⁻⁶⁴ at four billion). It is no defence against someone who wants a collision,
//! which is not needed: an author can only deceive their own build.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// How maps of ours find their keys. The standard hasher guards against strangers who choose keys, and there are none.
pub type Quick = foldhash::fast::RandomState;

/// The identity of an answer or of an output's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, bitcode::Encode, bitcode::Decode)]
pub struct Hash128(pub u128);

impl Hash128 {
    /// The identity of "there is no such thing": absence is an answer too.
    pub const ABSENT: Hash128 = Hash128(0);

    /// The identity of a run of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Hash128(xxh3_128(bytes))
    }

    /// The identity of two answers taken together, in this order.
    pub fn and(self, other: Hash128) -> Self {
        let mut both = [0; 32];
        both[..16].copy_from_slice(&self.0.to_le_bytes());
        both[16..].copy_from_slice(&other.0.to_le_bytes());
        Hash128::of_bytes(&both)
    }
}

impl std::fmt::Debug for Hash128 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The identity of a value.
pub fn hash_of<T: Hash + ?Sized>(value: &T) -> Hash128 {
    let mut hasher = Hasher128::default();
    value.hash(&mut hasher);
    hasher.finish128()
}

/// A hasher for answers made of several parts.
#[derive(Default)]
pub struct Hasher128(Xxh3);

impl Hasher128 {
    /// The identity of all that was fed.
    pub fn finish128(&self) -> Hash128 {
        Hash128(self.0.digest128())
    }
}

impl Hasher for Hasher128 {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_boundaries_count() {
        assert_ne!(hash_of(&("ab", "c")), hash_of(&("a", "bc")));
        let (a, b) = (Hash128(1), Hash128(2));
        assert_ne!(a.and(b), b.and(a));
    }

    #[test]
    fn nothing_real_is_absent() {
        assert_ne!(Hash128::of_bytes(b""), Hash128::ABSENT);
    }
}
