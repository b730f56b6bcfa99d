//! The index for elasticlunr. In: items, a language and which fields are wanted. Out: JSON, or that the language is not
//! one of elasticlunr's.

use elasticlunr::{IndexBuilder, Language, lang};
use jiff::Timestamp;
use jiff::tz::Offset;
use rayon::prelude::*;

use super::elasticlunr_old::{self, Words};
use super::{Item, plain};
use crate::base::Diagnostic;
use crate::model::config::Search;
use crate::model::{Config, DateValue};

/// The script with which a browser reads the index. It is `release/elasticlunr.min.js` of the tag v0.9.6 of
/// <https://github.com/weixsong/elasticlunr.js> (MIT, see `elasticlunr.LICENSE`), with that version in its header. The
/// package on npm is 0.9.5, whose results do not carry the document that the scripts of Zola's sites show.
pub(super) const READER: &str = include_str!("elasticlunr.min.js");

/// The index of these items. Its fields are those of the settings of the language, and so are the values, except in
/// dialect 0.22, where the values are those of the settings of the site.
pub(super) fn index(code: &str, items: &[Item<'_>], config: &Config) -> Result<String, Diagnostic> {
    let language = language(code).ok_or_else(|| unknown(code))?;
    let wanted = config.language(code).map_or(&config.search, |options| &options.search);
    let fields = fields(wanted);
    let values = if config.dialect.is_old() { &config.search } else { wanted };
    let rows: Vec<Vec<String>> = items.par_iter().map(|item| row(item, values)).collect();
    let rows = items.iter().zip(rows);
    if config.dialect.is_old() {
        let mut index = elasticlunr_old::Index::new(language, fields);
        rows.for_each(|(item, row)| index.add(item.url, row));
        return Ok(index.to_json());
    }
    let mut builder = IndexBuilder::with_language(language);
    for (name, words) in fields {
        builder = match words {
            Some(words) => builder.add_field_with_tokenizer(name, Box::new(words)),
            None => builder.add_field(name),
        };
    }
    let mut index = builder.build();
    rows.for_each(|(item, row)| index.add_doc(item.url, row));
    Ok(index.to_json())
}

/// elasticlunr's language for a code such as `fr` or `pt-BR`. It knows Dutch as `du`.
fn language(code: &str) -> Option<Box<dyn Language>> {
    let primary = code.split('-').next().unwrap_or(code);
    lang::from_code(if primary.eq_ignore_ascii_case("nl") { "du" } else { primary })
}

fn unknown(code: &str) -> Diagnostic {
    let mut known: Vec<String> = lang::languages().iter().map(|language| language.code()).collect();
    known.push("nl".to_owned());
    known.sort();
    let message =
        format!("There can be no search index for the language `{code}`: elasticlunr does not know it.");
    Diagnostic::error("search/language", message)
        .hint(format!("It knows these languages: {}.", known.join(", ")))
        .hint("Set `index_format = \"fuse_json\"` under `[search]`: that index knows every language.")
        .hint(format!("Or set `build_search_index = false` for `{code}`."))
}

/// The fields, each with its own way to be cut into words, if it has one.
fn fields(wanted: &Search) -> Vec<(&'static str, Words)> {
    let all: [(bool, &'static str, Words); 5] = [
        (wanted.include_title, "title", None),
        (wanted.include_description, "description", None),
        (wanted.include_date, "date", None),
        (wanted.include_path, "path", Some(words_of_path)),
        (wanted.include_content, "body", None),
    ];
    all.into_iter().filter(|(wanted, ..)| *wanted).map(|(_, name, words)| (name, words)).collect()
}

/// The values of an item, in the order of the fields. An item without a date has no value for it, so that what follows
/// moves up one field: Zola's index has it so, and the index must be the same.
fn row(item: &Item<'_>, wanted: &Search) -> Vec<String> {
    let values = [
        wanted.include_title.then(|| item.title.unwrap_or_default().to_owned()),
        wanted.include_description.then(|| item.description.unwrap_or_default().to_owned()),
        if wanted.include_date { item.date.and_then(rfc3339) } else { None },
        wanted.include_path.then(|| item.path.to_owned()),
        wanted.include_content.then(|| plain(item.html, wanted.truncate_content_length)),
    ];
    values.into_iter().flatten().collect()
}

fn words_of_path(path: &str) -> Vec<String> {
    let separates = |c: char| c.is_whitespace() || c == '-' || c == '/';
    path.split(separates).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A date in full, in the offset it was written with (`Z` when that is UTC or none), without zeros behind the seconds.
fn rfc3339(date: &DateValue) -> Option<String> {
    let (seconds, nanoseconds) = date.moment?;
    let offset = Offset::from_seconds(offset_of(&date.text).unwrap_or(0)).ok()?;
    let time = offset.to_datetime(Timestamp::new(seconds, nanoseconds).ok()?);
    let (minutes, sign) = (offset.seconds() / 60, if offset.is_negative() { '-' } else { '+' });
    let zone = match minutes.abs() {
        0 => "Z".to_owned(),
        minutes => format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
    };
    Some(format!("{time}{zone}"))
}

/// The offset at the end of a date with a time, in seconds.
fn offset_of(text: &str) -> Option<i32> {
    let tail = text.len().checked_sub(6).filter(|start| *start > 10).and_then(|start| text.get(start..))?;
    let (hours, minutes) = tail.get(1..)?.split_once(':')?;
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    match tail.as_bytes().first()? {
        b'+' => Some(seconds),
        b'-' => Some(-seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, moment: Option<(i64, i32)>) -> Option<String> {
        rfc3339(&DateValue { text: text.to_owned(), moment, ymd: None })
    }

    #[test]
    fn unknown_languages_are_told_the_known_ones() {
        let fault = index("xx-YY", &[], &Config::default()).unwrap_err();
        assert!(fault.message.contains("`xx-YY`"));
        let known =
            "It knows these languages: da, de, du, en, es, fi, fr, hu, it, ko, nl, no, pt, ro, ru, sv, tr.";
        assert_eq!(fault.hints[0], known);
    }

    #[test]
    fn regions_do_not_matter_and_dutch_is_known() {
        let name = |code: &str| language(code).map(|language| language.name());
        assert_eq!(name("nl-BE").as_deref(), Some("Dutch"));
        assert_eq!(name("pt-BR").as_deref(), Some("Portuguese"));
        assert_eq!(name("DE").as_deref(), Some("German"));
        assert_eq!(name(""), None);
    }

    #[test]
    fn dates_in_full() {
        assert_eq!(date("gisteren", None), None);
        assert_eq!(date("2023-02-01", Some((1_675_209_600, 0))).as_deref(), Some("2023-02-01T00:00:00Z"));
        let moment = Some((1_675_152_000, 120_000_000));
        assert_eq!(
            date("2023-01-31T10:00:00.120+02:00", moment).as_deref(),
            Some("2023-01-31T10:00:00.12+02:00")
        );
        assert_eq!(
            date("2023-01-31T04:30:00.12-03:30", moment).as_deref(),
            Some("2023-01-31T04:30:00.12-03:30")
        );
        assert_eq!(date("2023-01-31 08:00:00.12", moment).as_deref(), Some("2023-01-31T08:00:00.12Z"));
        assert_eq!(date("2023-01-31T08:00:00.12+00:00", moment).as_deref(), Some("2023-01-31T08:00:00.12Z"));
    }

    #[test]
    fn the_reader_is_the_one_zola_gives() {
        let sum = <sha2::Sha256 as sha2::Digest>::digest(READER.as_bytes());
        assert_eq!(sum[..4], [0x4f, 0x64, 0x8b, 0x9e]);
    }
}
