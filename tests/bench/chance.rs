//! Chance that is the same every time. In: a number. Out: the same row of numbers for it, on every machine.

/// A row of numbers that looks random and depends on nothing but its seed (SplitMix64).
pub(crate) struct Chance(u64);

impl Chance {
    /// The row of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is above zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // A remainder of 64 bits by a small number is even enough for prose.
        usize::try_from(self.next() % (end as u64)).unwrap_or(0)
    }

    /// One of these.
    pub(crate) fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}
