//! Which signs can be printed. In: data with texts in it, and what the fonts have. Out: the same data, in which every sign
//! that no font has is replaced, and a list of those.

use std::collections::BTreeSet;

use serde_json::Value;

/// Stands for a sign that cannot be printed.
const REPLACEMENT: char = '\u{fffd}';

/// Replaces what cannot be printed in every text of `data`, and tells which signs those were.
pub(super) fn replace(data: &mut Value, printable: &dyn Fn(char) -> bool) -> Vec<char> {
    let mut missing = BTreeSet::new();
    texts(data, &mut |text| {
        if text.chars().all(|sign| sign.is_ascii_graphic() || sign == ' ') {
            return;
        }
        let replacement = if printable(REPLACEMENT) { REPLACEMENT } else { '?' };
        let printed = text.chars().filter_map(|sign| match sign {
            ' ' | '\n' => Some(sign),
            '\t' => Some(' '),
            _ if sign.is_control() || is_silent(sign) => None,
            _ if printable(sign) => Some(sign),
            _ => {
                missing.insert(sign);
                Some(replacement)
            }
        });
        *text = printed.collect();
    });
    missing.into_iter().collect()
}

/// Signs that change how others look or break, and are nothing themselves.
fn is_silent(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Every text but those in which links and labels are written, which must stay as they are to find each other.
fn texts(data: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    match data {
        Value::String(text) => visit(text),
        Value::Array(list) => list.iter_mut().for_each(|item| texts(item, visit)),
        Value::Object(map) => {
            for (key, value) in map {
                if !["anchors", "to", "picture", "is"].contains(&key.as_str()) {
                    texts(value, visit);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_no_font_has_is_replaced_and_told() {
        let mut data = json!({"is": "text", "text": "a\u{ad}b 🎉\u{0}", "anchors": ["🎉"], "of": ["ë"]});
        let missing = replace(&mut data, &|sign| sign.is_ascii() || ['ë', '\u{fffd}'].contains(&sign));
        assert_eq!(missing, ['🎉']);
        assert_eq!(data, json!({"is": "text", "text": "ab \u{fffd}", "anchors": ["🎉"], "of": ["ë"]}));
    }
}
