//! How passwords are made up that need no thinking. In: a password in small letters. Out: whether it is a row of keys, a
//! date or a repetition, and what is left of it without digits and signs.

use unicode_normalization::UnicodeNormalization;

/// The order in which fingers and alphabets go, there and back.
const ROWS: [&str; 14] = [
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qwertzuiop",
    "12345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8i9j0",
    "147258369",
    "!@#$%^&*()_+",
];

/// In small letters, with one way of writing each.
pub(super) fn folded(password: &str) -> String {
    password.nfkc().flat_map(char::to_lowercase).collect()
}

/// With the letters that digits and signs stand for: `w@chtw00rd` is `wachtwoord`.
pub(super) fn plain(small: &str) -> String {
    let begin =
        small.len() - small.trim_start_matches(|c: char| !c.is_alphabetic() && !"@$".contains(c)).len();
    let end = small.trim_end_matches(|c: char| !c.is_alphabetic()).len().max(begin);
    let letters = small[begin..end].chars().map(|character| match character {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => character,
    });
    let letters: String = letters.collect();
    format!("{}{letters}{}", &small[..begin], &small[end..])
}

/// The letters of it, without what stands between and around them.
pub(super) fn core(small: &str) -> String {
    small.chars().filter(|c| c.is_alphabetic()).collect()
}

/// Whether hardly more than three different characters are in it, or one piece over and over.
pub(super) fn is_repeated(small: &str) -> bool {
    let all: Vec<char> = small.chars().collect();
    let mut different = all.clone();
    different.sort_unstable();
    different.dedup();
    let over_and_over = |piece: usize| all.iter().zip(&all[piece..]).all(|(one, next)| one == next);
    different.len() <= 3 || (1..=all.len() / 2).any(|piece| piece <= 6 && over_and_over(piece))
}

/// Whether hardly anything is left without pieces of four keys and more in a row.
pub(super) fn is_row(small: &str) -> bool {
    let all: Vec<char> = small.chars().collect();
    let rows: Vec<Vec<char>> =
        ROWS.iter().flat_map(|row| [row.chars().collect(), row.chars().rev().collect()]).collect();
    let mut left = 0;
    let mut at = 0;
    while at < all.len() {
        let longest = rows.iter().map(|row| run(&all[at..], row)).max().unwrap_or(0);
        if longest >= 4 {
            at += longest;
        } else {
            left += 1;
            at += 1;
        }
    }
    left <= 3 && left * 2 < all.len()
}

/// How far a text goes along a row, from wherever it enters it.
fn run(text: &[char], row: &[char]) -> usize {
    let along = |from: usize| text.iter().zip(&row[from..]).take_while(|(one, other)| one == other).count();
    (0..row.len()).map(along).max().unwrap_or(0)
}

/// Whether it is a date in digits, or a month or season of a year, whatever stands between.
pub(super) fn is_date(small: &str) -> bool {
    let digits: String = small.chars().filter(char::is_ascii_digit).collect();
    let others = small.chars().filter(|c| !c.is_ascii_digit() && !"-/. _:".contains(*c)).count();
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0)
    };
    let year = |range: std::ops::Range<usize>| (1900..2100).contains(&number(range));
    let day = |day: std::ops::Range<usize>, month: std::ops::Range<usize>| {
        (1..=31).contains(&number(day)) && (1..=12).contains(&number(month))
    };
    let ways = year(4..8) && (day(0..2, 2..4) || day(2..4, 0..2)) || year(0..4) && day(6..8, 4..6);
    others == 0 && digits.len() == 8 && ways
}
