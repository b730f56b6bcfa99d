//! Formats of dates. In: a format as 0.22 understood it (chrono). Out: the same for 0.23: strftime as jiff understands
//! it or, when names of months and days are in the language of a locale, a pattern of CLDR.

/// The strftime format of 0.23.
pub(super) fn strftime(format: &str) -> String {
    let mut out = String::new();
    for piece in pieces(format) {
        match piece {
            Piece::Plain(text) => out.push_str(text),
            Piece::Field(flag, field) => match (flag, field) {
                // Composites are written out, so that both programs mean the same by them.
                (_, "+") => out.push_str("%Y-%m-%dT%H:%M:%S%.f%:z"),
                (_, "c") => out.push_str("%a %b %e %H:%M:%S %Y"),
                (_, "x") => out.push_str("%m/%d/%y"),
                (_, "X") => out.push_str("%H:%M:%S"),
                (_, "r") => out.push_str("%I:%M:%S %p"),
                (_, "v") => out.push_str("%e-%b-%Y"),
                // A date with an offset has no name of a zone; chrono printed the offset.
                (_, "Z") => out.push_str("%:z"),
                (flag, field) => {
                    out.push('%');
                    out.push_str(flag);
                    out.push_str(field);
                }
            },
        }
    }
    out
}

/// The CLDR pattern of 0.23, or the field for which there is none.
pub(super) fn cldr(format: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut plain = String::new();
    for piece in pieces(format) {
        match piece {
            Piece::Plain(text) => plain.push_str(text),
            Piece::Field(flag, field) => {
                let pattern = field_of_cldr(flag, field).ok_or_else(|| format!("%{flag}{field}"))?;
                push_plain(&mut out, &mut plain);
                out.push_str(pattern);
            }
        }
    }
    push_plain(&mut out, &mut plain);
    Ok(out)
}

/// Filters that make a strftime format into a pattern of CLDR when the site is built: what stands between the fields is
/// put in quotes, and then each field is replaced.
pub(super) fn cldr_by_filters() -> String {
    let mut out = String::from(
        " | regex_replace(pattern=\"(%[-_0]?[a-zA-Z%])|([a-zA-Z]+)\", rep=\"$1'$2'\") | replace(from=\"''\", to=\"\")",
    );
    for field in [
        "%-d", "%d", "%e", "%B", "%b", "%h", "%-m", "%m", "%Y", "%y", "%A", "%a", "%-H", "%H", "%-I", "%I",
        "%M", "%S", "%p",
    ] {
        if let Ok(pattern) = cldr(field) {
            out.push_str(&format!(" | replace(from=\"{field}\", to=\"{pattern}\")"));
        }
    }
    out
}

/// How locales write a whole date, which 0.22 took for `%x`.
const WHOLE: [(&str, &[&str]); 18] = [
    ("%-d.%-m.%Y", &["cs_CZ"]),
    ("%-d/%-m/%y", &["ca_ES"]),
    ("%Y-%m-%d", &["de_AT", "eo", "fr_CA", "hu_HU", "lt_LT", "sv_SE"]),
    ("%Y.%m.%d.", &["lv_LV"]),
    ("%Y年%m月%d日", &["ja_JP", "zh_CN"]),
    ("%Y년 %m월 %d일", &["ko_KR"]),
    ("%d %b, %Y", &["ar_EG"]),
    ("%d-%m-%Y", &["da_DK", "tr_TR"]),
    ("%d-%m-%y", &["nl_BE", "nl_NL"]),
    ("%d. %b %Y", &["nb_NO"]),
    ("%d. %m. %Y", &["sl_SI"]),
    ("%d.%m.%Y", &["de_CH", "de_DE", "et_EE", "fi_FI", "pl_PL", "ro_RO", "ru_RU", "sk_SK"]),
    ("%d.%m.%y", &["uk_UA"]),
    ("%d/%m/%Y", &["el_GR", "fr_FR", "it_IT", "pt_BR", "pt_PT", "vi_VN"]),
    ("%d/%m/%y", &["en_GB", "es_ES", "es_MX", "fr_BE", "he_IL", "id_ID"]),
    ("%e.%m.%Y", &["bg_BG"]),
    ("%m/%d/%Y", &["en_US"]),
    ("西元%Y年%m月%d日", &["zh_TW"]),
];

/// What `%x` meant in a locale.
pub(super) fn whole_date(locale: &str) -> Option<&'static str> {
    let locale = locale.replace('-', "_");
    WHOLE.iter().find(|(_, locales)| locales.contains(&locale.as_str())).map(|(format, _)| *format)
}

fn push_plain(out: &mut String, plain: &mut String) {
    if plain.chars().any(|c| c.is_ascii_alphabetic()) {
        out.push_str(&format!("'{}'", plain.replace('\'', "''")));
    } else {
        out.push_str(&plain.replace('\'', "''"));
    }
    plain.clear();
}

fn field_of_cldr(flag: &str, field: &str) -> Option<&'static str> {
    Some(match (flag, field) {
        ("", "Y") => "yyyy",
        ("", "y") => "yy",
        ("", "m") => "MM",
        ("-", "m") => "M",
        ("", "B") => "MMMM",
        ("", "b" | "h") => "MMM",
        ("", "d") => "dd",
        ("-", "d" | "e") | ("", "e") => "d",
        ("", "A") => "EEEE",
        ("", "a") => "EEE",
        ("", "H") => "HH",
        ("-", "H") => "H",
        ("", "I") => "hh",
        ("-", "I") => "h",
        ("", "M") => "mm",
        ("-", "M") => "m",
        ("", "S") => "ss",
        ("", "p") => "a",
        ("", "F") => "yyyy-MM-dd",
        ("", "T") => "HH:mm:ss",
        ("", "R") => "HH:mm",
        ("", "%") => "%",
        _ => return None,
    })
}

enum Piece<'f> {
    Plain(&'f str),
    /// The flag or width before the letter, and the letter.
    Field(&'f str, &'f str),
}

fn pieces(format: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        if at > 0 {
            pieces.push(Piece::Plain(&rest[..at]));
        }
        let field = &rest[at + 1..];
        let flag = field.len()
            - field.trim_start_matches(|c: char| "-_0.:#".contains(c) || c.is_ascii_digit()).len();
        let letter = field[flag..].chars().next().map_or(0, char::len_utf8);
        pieces.push(Piece::Field(&field[..flag], &field[flag..flag + letter]));
        rest = &field[flag + letter..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composites_are_written_out_and_the_rest_stays() {
        let rows = [
            ("%d %B %Y", "%d %B %Y"),
            ("%-d.%m.", "%-d.%m."),
            ("%+", "%Y-%m-%dT%H:%M:%S%.f%:z"),
            ("%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %z"),
            ("%v %Z 100%%", "%e-%b-%Y %:z 100%%"),
            ("%.3f%:z", "%.3f%:z"),
        ];
        for (before, after) in rows {
            assert_eq!(strftime(before), after, "{before}");
        }
    }

    #[test]
    fn patterns_of_cldr_quote_words() {
        let rows = [
            ("%d %B %Y", Ok("dd MMMM yyyy")),
            ("%-d. %b '%y", Ok("d. MMM ''yy")),
            ("%e de %B de %Y", Ok("d' de 'MMMM' de 'yyyy")),
            ("%j", Err("%j")),
        ];
        for (before, after) in rows {
            assert_eq!(cldr(before), after.map(str::to_owned).map_err(str::to_owned), "{before}");
        }
    }
}
