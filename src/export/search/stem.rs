//! English words without their endings, as elasticlunr in a browser cuts them. In: a word in lower case. Out: its stem.
//!
//! These are the steps of M. F. Porter, "An algorithm for suffix stripping", with what the script of elasticlunr makes of
//! them: letters that are not Latin count as consonants, a `y` is a vowel behind a consonant, and a first `y` is none.

/// Endings of step 2 and what stands for them; of two that fit, the longer is meant.
const STEP_2: [(&str, &str); 21] = [
    ("ational", "ate"),
    ("ization", "ize"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("entli", "ent"),
    ("ousli", "ous"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("alli", "al"),
    ("ator", "ate"),
    ("logi", "log"),
    ("bli", "ble"),
    ("eli", "e"),
];
/// The same of step 3.
const STEP_3: [(&str, &str); 7] = [
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
];
/// Endings that step 4 takes away.
const STEP_4: [&str; 18] = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
];

/// The stem of a word.
pub(super) fn stem(word: &str) -> String {
    if word.len() < 3 {
        return word.to_owned();
    }
    // A `y` at the start is no vowel. As a capital letter it meets none of the rules.
    let first_is_y = word.starts_with('y');
    let mut word: Vec<char> = word.chars().collect();
    if first_is_y {
        word[0] = 'Y';
    }
    plural(&mut word);
    past(&mut word);
    if let Some(head) = cut(&word, "y")
        && head.len() > 1
        && !is_open(head[head.len() - 1])
    {
        let at = word.len() - 1;
        word[at] = 'i';
    }
    swap(&mut word, &STEP_2);
    swap(&mut word, &STEP_3);
    strip(&mut word);
    last_letter(&mut word);
    if first_is_y {
        word[0] = 'y';
    }
    word.into_iter().collect()
}

/// Step 1a: `caresses`, `ponies`, `cats`.
fn plural(word: &mut Vec<char>) {
    let long = cut(word, "sses").or_else(|| cut(word, "ies"));
    if long.is_some_and(|head| !head.is_empty()) {
        word.truncate(word.len() - 2);
    }
    if let Some(head) = cut(word, "s")
        && head.len() > 1
        && head[head.len() - 1] != 's'
    {
        word.pop();
    }
}

/// Step 1b: `agreed`, `plastered`, `motoring`.
fn past(word: &mut Vec<char>) {
    if let Some(head) = cut(word, "eed").filter(|head| !head.is_empty()) {
        if measure(head) > 0 {
            word.pop();
        }
        return;
    }
    let Some(head) = cut(word, "ed").or_else(|| cut(word, "ing")).filter(|head| !head.is_empty()) else {
        return;
    };
    if !has_vowel(head) {
        return;
    }
    word.truncate(head.len());
    if ["at", "bl", "iz"].iter().any(|ending| cut(word, ending).is_some()) {
        word.push('e');
    } else if let [.., a, b] = word[..]
        && a == b
        && !is_open(a)
        && !"ylsz".contains(a)
    {
        word.pop();
    } else if is_short(word) {
        word.push('e');
    }
}

/// Steps 2 and 3: one ending for another.
fn swap(word: &mut Vec<char>, endings: &[(&str, &str)]) {
    let fits = |(ending, _): &&(&str, &str)| cut(word, ending).is_some_and(|head| !head.is_empty());
    if let Some((ending, other)) = endings.iter().find(fits)
        && let Some(head) = cut(word, ending)
        && measure(head) > 0
    {
        word.truncate(head.len());
        word.extend(other.chars());
    }
}

/// Step 4: endings that say little.
fn strip(word: &mut Vec<char>) {
    let fits = |ending: &&&str| cut(word, ending).is_some_and(|head| !head.is_empty());
    let head = match STEP_4.iter().find(fits) {
        Some(ending) => cut(word, ending).map(<[char]>::len),
        None => cut(word, "ion")
            .filter(|head| head.len() > 1 && matches!(head.last(), Some('s' | 't')))
            .map(<[char]>::len),
    };
    if let Some(length) = head.filter(|length| measure(&word[..*length]) > 1) {
        word.truncate(length);
    }
}

/// Step 5: an `e` at the end, and one of two `l`s.
fn last_letter(word: &mut Vec<char>) {
    if let Some(head) = cut(word, "e").filter(|head| !head.is_empty()) {
        let measure = measure(head);
        if measure > 1 || measure == 1 && !is_short(head) {
            word.pop();
        }
    }
    if cut(word, "ll").is_some() && measure(word) > 1 {
        word.pop();
    }
}

/// What stands before an ending, when the word has it.
fn cut<'a>(word: &'a [char], ending: &str) -> Option<&'a [char]> {
    let length = word.len().checked_sub(ending.len())?;
    word[length..].iter().copied().eq(ending.chars()).then(|| &word[..length])
}

/// Whether a letter is always a vowel.
fn is_open(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Whether each letter is heard as a vowel. A `y` is one unless it begins the word or follows a vowel that ended a run of
/// consonants: runs are as long as they can be.
fn vowels(word: &[char]) -> Vec<bool> {
    let mut heard: Vec<bool> = Vec::with_capacity(word.len());
    for (at, letter) in word.iter().enumerate() {
        let after_vowel = at.checked_sub(1).map(|before| heard[before]);
        heard.push(is_open(*letter) || (*letter == 'y' && after_vowel == Some(false)));
    }
    heard
}

/// How often vowels are followed by consonants.
fn measure(word: &[char]) -> usize {
    vowels(word).windows(2).filter(|pair| pair[0] && !pair[1]).count()
}

fn has_vowel(word: &[char]) -> bool {
    vowels(word).contains(&true)
}

/// Whether a word is consonants, a vowel and one more consonant that is not `w`, `x` or `y`.
fn is_short(word: &[char]) -> bool {
    let [head @ .., vowel, last] = word else { return false };
    let heard = vowels(word);
    !head.is_empty()
        && !is_open(*last)
        && !"wxy".contains(*last)
        && (is_open(*vowel) || *vowel == 'y')
        && heard[..head.len()].iter().all(|vowel| !vowel)
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn words_lose_their_endings() {
        let pairs = [
            ("", ""),
            ("is", "is"),
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("cats", "cat"),
            ("agreed", "agre"),
            ("feed", "feed"),
            ("plastered", "plaster"),
            ("motoring", "motor"),
            ("sing", "sing"),
            ("conflated", "conflat"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("sky", "ski"),
            ("relational", "relat"),
            ("organization", "organ"),
            ("hopefulness", "hope"),
            ("electrical", "electr"),
            ("adjustment", "adjust"),
            ("adoption", "adopt"),
            ("rate", "rate"),
            ("controlling", "control"),
            ("yellow", "yellow"),
            ("yearly", "yearli"),
            ("knives", "knive"),
            ("1", "1"),
            ("2024", "2024"),
            ("éénmaal", "éénmaal"),
        ];
        for (word, wanted) in pairs {
            assert_eq!(stem(word), wanted, "{word}");
        }
    }
}
