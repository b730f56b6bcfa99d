//! Chance for tests: the same numbers at every run. In: a seed and samples. Out: damaged samples.

/// A generator of numbers (xorshift64*).
pub(crate) struct Chance(u64);

impl Chance {
    /// From a seed; the same seed gives the same numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, which is not zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % end
    }

    /// One of these.
    pub(crate) fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// A sample with one to six places damaged: bytes changed, taken out, doubled, or a piece of another sample put in.
pub(crate) fn damaged(chance: &mut Chance, samples: &[&[u8]]) -> Vec<u8> {
    let mut bytes = chance.one_of(samples).to_vec();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).unwrap_or_default(),
            1 if at < bytes.len() => _ = bytes.remove(at),
            2 => {
                let end = (at + chance.below(12)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => {
                let other = chance.one_of(samples);
                let from = chance.below(other.len() + 1);
                let to = (from + chance.below(24)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            4 => bytes.insert(
                at,
                *chance
                    .one_of(&[b"<>\"'&;:=/%\0\n\t*_`[]()!#\xff\xc3".as_slice()])
                    .get(chance.below(22))
                    .unwrap_or(&b'<'),
            ),
            _ => bytes.truncate(bytes.len().max(1) - chance.below(bytes.len().clamp(1, 4))),
        }
    }
    bytes
}
