//! What somebody probably meant to write. In: a word and the words that are known. Out: the known word that is near
//! enough to ask "did you mean".

/// The nearest known word, if it is near enough: at most a third of its letters differ (one letter in a short word).
/// Letters next to each other that changed places count as one difference; capitals count as none.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.to_lowercase().chars().collect();
    let near = known.into_iter().filter_map(|word| {
        let letters: Vec<char> = word.to_lowercase().chars().collect();
        let allowed = (letters.len() / 3).max(usize::from(letters.len() > 2));
        let far = letters.len().abs_diff(written.len()) > allowed;
        let distance = if far { usize::MAX } else { distance(&written, &letters) };
        (distance <= allowed).then_some((distance, word))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(from != to)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_found_and_others_left_alone() {
        let known = ["title", "taxonomies", "weight", "date", "description", "draft", "slug"];
        for (written, meant) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("taxonomy", Some("taxonomies")),
            ("weigth", Some("weight")),
            ("descripton", Some("description")),
            ("beschrijving", None),
            ("datum", None),
            ("author", None),
            ("", None),
        ] {
            assert_eq!(closest(written, known), meant, "{written}");
        }
    }

    #[test]
    fn the_nearest_wins_and_short_words_are_not_guessed() {
        assert_eq!(closest("lighttheme", ["theme", "light_theme"]), Some("light_theme"));
        assert_eq!(closest("id", ["it"]), None);
    }
}
