//! The letters of a word while its endings are taken off. In: a word. Out: what is left of it, mended.

/// Longer words stay as they are.
const LONGEST: usize = 64;

/// The letters of a word.
pub(super) struct Letters {
    letters: [u8; LONGEST],
    count: usize,
    /// An ending that begins with a vowel was taken off, so a single vowel before the last consonant is long.
    pub(super) open: bool,
    /// A prefix or an ending of a participle was taken off.
    pub(super) participle: bool,
}

/// Whether a letter is a vowel; `j` of `ij` is none, it does not matter.
pub(super) fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

impl Letters {
    /// `None` when there is nothing to take off: what is short, long, or has other signs than the letters a to z.
    pub(super) fn new(word: &str) -> Option<Letters> {
        let count = word.len();
        if !(4..=LONGEST).contains(&count)
            || !word.bytes().all(|letter| letter.is_ascii_lowercase())
            || !word.bytes().any(is_vowel)
        {
            return None;
        }
        let mut letters = [0; LONGEST];
        letters.iter_mut().zip(word.bytes()).for_each(|(place, letter)| *place = letter);
        Some(Letters { letters, count, open: false, participle: false })
    }

    pub(super) fn all(&self) -> &[u8] {
        self.letters.get(..self.count).unwrap_or_default()
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(self.all()).unwrap_or_default()
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn ends(&self, ending: &str) -> bool {
        self.all().ends_with(ending.as_bytes())
    }

    pub(super) fn ends_in_any(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.ends(ending))
    }

    /// The letter so many places from the end; 0 is the last one.
    pub(super) fn back(&self, places: usize) -> u8 {
        self.count.checked_sub(places + 1).and_then(|at| self.letters.get(at)).copied().unwrap_or(b' ')
    }

    /// Takes so many letters off the end.
    pub(super) fn cut(&mut self, letters: usize) {
        self.count = self.count.saturating_sub(letters);
    }

    /// Takes so many letters out at a place.
    pub(super) fn take_out(&mut self, at: usize, letters: usize) {
        if at + letters <= self.count {
            self.letters.copy_within(at + letters..self.count, at);
            self.count -= letters;
        }
    }

    /// Puts letters at the end.
    pub(super) fn put(&mut self, text: &str) {
        for letter in text.bytes() {
            if let Some(place) = self.letters.get_mut(self.count) {
                *place = letter;
                self.count += 1;
            }
        }
    }

    /// How many syllables the first letters have, or rather groups of vowels.
    pub(super) fn syllables(&self, letters: usize) -> usize {
        let mut before = false;
        let mut groups = 0;
        for letter in self.all().iter().take(letters) {
            let vowel = is_vowel(*letter);
            groups += usize::from(vowel && !before);
            before = vowel;
        }
        groups
    }

    /// The syllables that are left without the last letters.
    pub(super) fn syllables_without(&self, letters: usize) -> usize {
        self.syllables(self.count.saturating_sub(letters))
    }

    /// Spells what is left as it would be by itself.
    pub(super) fn mend(&mut self) {
        let last = self.back(0);
        if self.count > 3 && !is_vowel(last) && last == self.back(1) {
            self.cut(1);
            self.open = false;
        }
        match self.back(0) {
            b'v' => self.spell(b'f'),
            b'z' => self.spell(b's'),
            _ => {}
        }
        let (end, vowel, before) = (self.back(0), self.back(1), self.back(2));
        if is_vowel(end) || !matches!(vowel, b'a' | b'e' | b'o' | b'u') || self.count < 2 {
            return;
        }
        let short = self.syllables(self.count) > 1;
        if short && vowel == before && !matches!(end, b'w' | b'j') {
            self.cut(2);
            self.put(char::from(end).encode_utf8(&mut [0; 4]));
        } else if !short && self.open && !is_vowel(before) && !matches!(end, b'w' | b'x' | b'j') {
            self.cut(1);
            for letter in [vowel, end] {
                self.put(char::from(letter).encode_utf8(&mut [0; 4]));
            }
        }
    }

    fn spell(&mut self, letter: u8) {
        if let Some(place) = self.count.checked_sub(1).and_then(|at| self.letters.get_mut(at)) {
            *place = letter;
        }
    }
}
