//! Small parts of sentences. In: codes, a text. Out: the same as people read it, in lines that every mail
//! program shows whole.

use super::Site;

/// Lines are broken before this column, as mail programs that know nothing of widths expect.
const COLUMN: usize = 72;

/// A code in groups of four, which is how people type it over.
pub(super) fn spaced(code: &str) -> String {
    let digits: Vec<char> = code.chars().filter(char::is_ascii_alphanumeric).collect();
    digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// A text with greeting and ending, its lines broken between words. An address is never broken.
pub(super) fn signed(text: &str, site: &Site) -> String {
    let ending = format!(
        "Met vriendelijke groet,\n{}\n{}/\n\n-- \nDeze mail is automatisch gemaakt. U kunt er niet op antwoorden.",
        site.name, site.base
    );
    let whole = format!("Goedendag,\n\n{text}\n\n{ending}\n");
    whole.split('\n').map(broken).collect::<Vec<_>>().join("\n")
}

fn broken(line: &str) -> String {
    // Two dashes and a space begin what mail programs fold away.
    if line.chars().count() <= COLUMN {
        return line.to_owned();
    }
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let mut lines: Vec<String> = Vec::new();
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut().filter(|last| last.chars().count() + 1 + word.chars().count() <= COLUMN) {
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => lines.push(format!("{indent}{word}")),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_groups() {
        assert_eq!(spaced("12345678"), "1234 5678");
        assert_eq!(spaced("12 34\r\n5678 9"), "1234 5678 9");
    }

    #[test]
    fn lines_end_between_words() {
        let long = format!("  {}https://voorbeeld.nl/{}", "woord ".repeat(20), "a".repeat(100));
        let lines = broken(&long);
        assert!(lines.lines().all(|line| line.starts_with("  ")));
        assert!(
            lines
                .lines()
                .all(|line| line.chars().count() <= COLUMN || line.contains("https://voorbeeld.nl/aaa"))
        );
        assert_eq!(lines.split_whitespace().count(), 21);
    }
}
