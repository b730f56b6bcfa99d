//! What a request brings and what it wants. In: the headers `Content-Type` and `Accept`. Out: whether the body is a form
//! of ours, and whether the answer is to be JSON.
//!
//! Only the type of an ordinary form is taken, and only as UTF-8: text, JSON and the rest can be sent by a page of
//! another site without asking, or hide one body in another.

/// Whether the body is a form. A request without the header brings none.
pub fn is_form(content_type: Option<&str>) -> bool {
    let mut parts = content_type.unwrap_or_default().split(';').map(trimmed);
    let form =
        parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    let Some(parameter) = parts.next() else { return form };
    let utf8 = parameter.split_once('=').is_some_and(|(name, value)| {
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        name.eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8")
    });
    form && utf8 && parts.next().is_none()
}

/// Whether the answer is to be JSON: it is named, and nothing of HTML is liked better.
pub fn wants_json(accept: Option<&str>) -> bool {
    let weight = |wanted: &str| {
        let ranges = accept.unwrap_or_default().split(',').map(|range| range.split(';').map(trimmed));
        let named = ranges.filter_map(|mut parts| {
            let name = parts.next()?;
            let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
            let quality = quality.map_or(Some(1.0), |quality| quality.parse::<f32>().ok());
            name.eq_ignore_ascii_case(wanted)
                .then_some(quality.filter(|quality| (0.0..=1.0).contains(quality))?)
        });
        named.fold(0.0, f32::max)
    };
    let json = weight("application/json");
    json > 0.0 && json > weight("text/html")
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::testing::{Chance, damaged};

    #[test]
    fn only_forms_are_forms() {
        for header in [
            "",
            "text/plain",
            "application/json",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencodedx",
            "application/x-www-form-urlencoded, text/plain",
            "application/x-www-form-urlencoded; charset=utf-16",
            "application/x-www-form-urlencoded; charset=utf-8; charset=utf-7",
            "application/x-www-form-urlencoded;",
            "application/x-www-form-urlencoded; boundary=x",
            "x; application/x-www-form-urlencoded",
        ] {
            assert!(!is_form(Some(header)), "{header}");
        }
        assert!(!is_form(None));
        for header in [
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-UrlEncoded",
            "application/x-www-form-urlencoded;charset=UTF-8",
            " application/x-www-form-urlencoded ; charset=\"utf-8\"",
        ] {
            assert!(is_form(Some(header)), "{header}");
        }
    }

    #[test]
    fn json_is_asked_for_by_name() {
        for header in [
            "",
            "*/*",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/json;q=0",
            "text/html, application/json",
            "application/json;q=0.5, text/html",
            "application/json;q=nan",
            "application/json;q=2",
            "application/jsonp",
            "application/*",
        ] {
            assert!(!wants_json(Some(header)), "{header}");
        }
        assert!(!wants_json(None));
        for header in [
            "application/json",
            "APPLICATION/JSON, */*",
            "text/html;q=0.5, application/json;q=0.9",
            "*/*;q=0.1 ,application/json",
        ] {
            assert!(wants_json(Some(header)), "{header}");
        }
    }

    #[test]
    fn whatever_comes_only_a_form_is_a_form() {
        let samples: [&[u8]; 3] = [
            b"application/x-www-form-urlencoded",
            b"Application/X-WWW-Form-Urlencoded; Charset=\"UTF-8\"",
            b"text/html;q=0.5, application/json;q=0.9",
        ];
        let mut chance = Chance::new(9);
        let mut forms = 0;
        for _ in 0..20_000 {
            let header = String::from_utf8_lossy(&damaged(&mut chance, &samples)).into_owned();
            _ = wants_json(Some(&header));
            if is_form(Some(&header)) {
                forms += 1;
                let plain = header.to_ascii_lowercase().replace([' ', '\t', '"'], "");
                let (kind, rest) = plain.split_at("application/x-www-form-urlencoded".len());
                assert_eq!(kind, "application/x-www-form-urlencoded");
                assert!(["", ";charset=utf-8"].contains(&rest), "{header:?}");
            }
        }
        assert!(forms > 100, "{forms}");
    }
}
