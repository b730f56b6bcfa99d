//! One cookie of a request. In: the headers `Cookie` and the name of ours. Out: its value, if it is there once and as we
//! write it.
//!
//! Which of two cookies of one name a browser sends first depends on where they were set, and a neighbour on the same
//! domain can set one. So two are as good as none.

/// The most bytes of a value; ours are far shorter.
const LONGEST: usize = 256;

/// The value of the cookie with this name.
pub fn one<'a>(headers: impl IntoIterator<Item = &'a str>, name: &str) -> Option<&'a str> {
    let pairs = headers.into_iter().flat_map(|header| header.split(';'));
    let named = pairs.filter_map(|pair| {
        let pair = pair.trim_matches([' ', '\t']);
        // A cookie without a name is sent as its value only, and may look like ours.
        if pair == name {
            Some("")
        } else {
            pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value)
        }
    });
    let mut named = named;
    let value = named.next()?;
    (named.next().is_none() && well_written(value)).then_some(value)
}

/// What a cookie of ours consists of: the characters of base64url, and the dot.
fn well_written(value: &str) -> bool {
    let ours = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !value.is_empty() && value.len() <= LONGEST && value.bytes().all(ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::testing::{Chance, damaged};

    const OURS: &str = "__Host-sessie";

    #[test]
    fn two_of_ours_are_none() {
        for header in [
            "__Host-sessie=a; __Host-sessie=b",
            "__Host-sessie=a;__Host-sessie=a",
            "__Host-sessie=a; x=y; __Host-sessie=",
            "__Host-sessie; __Host-sessie=a",
            "__Host-sessie=a; \t__Host-sessie\t",
        ] {
            assert_eq!(one([header], OURS), None, "{header}");
        }
        assert_eq!(one(["__Host-sessie=a", "__Host-sessie=b"], OURS), None);
    }

    #[test]
    fn only_the_very_name_counts() {
        for header in [
            "",
            ";",
            "=",
            "__host-sessie=a",
            "x__Host-sessie=a",
            "__Host-sessiex=a",
            "__Host-sessie =a",
            "=__Host-sessie=a",
            "a=__Host-sessie=b",
            "__Host-sessie",
            "\"__Host-sessie\"=a",
            "%5F_Host-sessie=a",
            "x=\"; __Host-sessie\"=a",
        ] {
            assert_eq!(one([header], OURS), None, "{header}");
        }
    }

    #[test]
    fn values_are_as_we_write_them() {
        for value in ["", " ", "a b", "\"a\"", "a,b", "a=b", "é", "a\u{1}", "a%20", &"a".repeat(257)] {
            assert_eq!(one([format!("__Host-sessie={value}").as_str()], OURS), None, "{value:?}");
        }
        for value in ["a", "A-_.9", &"a".repeat(256)] {
            assert_eq!(one([format!("__Host-sessie={value}").as_str()], OURS), Some(value));
        }
    }

    #[test]
    fn others_do_not_matter() {
        for header in [
            "__Host-sessie=abc",
            "a=b; __Host-sessie=abc; c",
            "a=\"b c\";__Host-sessie=abc",
            "\t__Host-sessie=abc ;;",
            "reacties=1; x; =y; __Host-sessie=abc; z=é",
        ] {
            assert_eq!(one([header], OURS), Some("abc"), "{header}");
        }
        assert_eq!(one(["a=b", "__Host-sessie=abc"], OURS), Some("abc"));
    }

    #[test]
    fn whatever_comes_is_one_value_or_none() {
        let samples: [&[u8]; 4] = [
            b"__Host-sessie=abc",
            b"a=b; __Host-sessie=x-y_z.1; c=d",
            b"__Host-sessie=a; __Host-sessie=b",
            b"reacties=1",
        ];
        let mut chance = Chance::new(4);
        let mut found = 0;
        for _ in 0..20_000 {
            let header = String::from_utf8_lossy(&damaged(&mut chance, &samples)).into_owned();
            let Some(value) = one([header.as_str()], OURS) else { continue };
            found += 1;
            assert!(header.contains(&format!("{OURS}={value}")) && well_written(value), "{header:?}");
            let twice = format!("{header}; {OURS}={value}");
            assert_eq!(one([twice.as_str()], OURS), None, "{twice:?}");
        }
        assert!(found > 1000, "{found}");
    }
}
