//! `load_data`: data from a file of the site, from the network or from a text. In: where it is and what format it has.
//! Out: the data. A file that does not parse is complained about at the place in the file.
//!
//! | file | what it answers |
//! |---|---|
//! | [`formats`] | what a text in one of the formats says |

pub mod formats;

use std::sync::Arc;

use self::formats::DataFormat;
use super::args::Args;
use super::{Answer, Call, files};
use crate::base::diagnostic::line_and_column;
use crate::base::{Diagnostic, Hash128, SourcePath};
use crate::template::lookup::Fetch;

const NAME: &str = "load_data";

/// Where data come from.
enum Source {
    Path(String),
    Url(String),
    Literal(String),
}

/// `load_data(path | url | literal, format, required, method, body, content_type, headers)`.
pub(super) fn load_data(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of(NAME, call);
    let required = args.flag("required", true)?;
    let request = Request::from_args(&args)?;
    let source = match source(&args) {
        Ok(source) => source,
        Err(_) if !required => return Ok(Answer::nothing()),
        Err(sentence) => return Err(sentence),
    };
    let format = args
        .text("format")?
        .map(|name| DataFormat::named(&name).ok_or_else(|| unknown_format(&name)))
        .transpose()?;
    match source {
        Source::Path(path) => from_file(call, &path, format, required),
        Source::Url(url) => from_network(call, &url, format.unwrap_or(DataFormat::Plain), request, required),
        Source::Literal(text) => parsed(call, Where::Text, &text, format.unwrap_or(DataFormat::Plain)),
    }
}

fn source(args: &Args<'_>) -> Result<Source, String> {
    match (args.text("path")?, args.text("url")?, args.text("literal")?) {
        (Some(path), None, None) => Ok(Source::Path(path)),
        (None, Some(url), None) => Ok(Source::Url(url)),
        (None, None, Some(text)) => Ok(Source::Literal(text)),
        _ => Err("`load_data` needs exactly one of `path`, `url` and `literal`. Write, for example, \
                  `load_data(path=\"data/people.toml\")`."
            .to_owned()),
    }
}

fn unknown_format(name: &str) -> String {
    format!("The argument `format` of `load_data` cannot be `{name}`: it is {}.", formats::KNOWN)
}

fn from_file(
    call: &Call<'_>,
    path: &str,
    format: Option<DataFormat>,
    required: bool,
) -> Result<Answer, String> {
    let read = match files::read(NAME, path, &*call.lookup) {
        Err(_) if !required => None,
        read => read?,
    };
    let Some((found, bytes)) = read else {
        let hint = "Pass `required=false` if it may be absent.";
        return if required {
            Err(format!("{} {hint}", files::missing(NAME, path, &*call.lookup)))
        } else {
            Ok(Answer::nothing())
        };
    };
    let format = format.or_else(|| DataFormat::named(found.source.extension()?)).unwrap_or(DataFormat::Plain);
    match std::str::from_utf8(&bytes) {
        Ok(text) => parsed(call, Where::File(&found.source), text, format),
        Err(error) => {
            let at = error.valid_up_to();
            let complaint =
                Diagnostic::error("data/encoding", format!("`{}` is not written in UTF-8.", found.source));
            call.lookup.complain(complaint.at(&found.source, at..at).hint("Save the file again as UTF-8."));
            Err(format!("`load_data` cannot read `{}`, because it is not written in UTF-8.", found.source))
        }
    }
}

/// How to ask over the network.
struct Request {
    post: bool,
    body: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl Request {
    fn from_args(args: &Args<'_>) -> Result<Self, String> {
        let post = match args.text("method")?.map(|method| method.to_lowercase()).as_deref() {
            None | Some("get") => false,
            Some("post") => true,
            Some(other) => {
                return Err(format!(
                    "The argument `method` of `load_data` cannot be `{other}`: it is GET or POST."
                ));
            }
        };
        let headers = args
            .texts("headers")?
            .unwrap_or_default()
            .iter()
            .map(|line| header(line))
            .collect::<Result<_, _>>()?;
        Ok(Request { post, body: args.text("body")?, content_type: args.text("content_type")?, headers })
    }
}

fn header(line: &str) -> Result<(String, String), String> {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
    };
    match line.split_once('=') {
        Some((name, value)) if is_name(name) && !value.contains(['\r', '\n', '\0']) => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err(format!(
            "The argument `headers` of `load_data` holds `{line}`, which is no `Name=value`, such as `Accept-Language=nl`."
        )),
    }
}

fn from_network(
    call: &Call<'_>,
    url: &str,
    format: DataFormat,
    request: Request,
    required: bool,
) -> Result<Answer, String> {
    let parsed_url = match url::Url::parse(url) {
        Ok(parsed_url) => parsed_url,
        Err(_) if !required => return Ok(Answer::nothing()),
        Err(error) => {
            return Err(format!(
                "`load_data` cannot understand `{url}` as a URL: {error}. Write it whole, with `https://`."
            ));
        }
    };
    let Request { post, body, content_type, headers } = request;
    let (body, content_type) = if post { (body, content_type) } else { (None, None) };
    let fetch =
        Fetch { url: parsed_url.into(), post, body, content_type, accept: format.media_type(), headers };
    match call.lookup.fetch(&fetch) {
        Ok(bytes) => parsed(call, Where::Url(url), &String::from_utf8_lossy(&bytes), format),
        Err(_) if !required => Ok(Answer::nothing()),
        Err(error) => Err(format!(
            "`load_data` got no data from `{url}`: {error}. Try the address in a browser, or pass `required=false` if the \
             site can do without."
        )),
    }
}

/// Where a text came from, for complaints.
enum Where<'a> {
    File(&'a SourcePath),
    Url(&'a str),
    Text,
}

/// What a text says. The same text is parsed once a build, however many pages load it.
fn parsed(call: &Call<'_>, place: Where<'_>, text: &str, format: DataFormat) -> Result<Answer, String> {
    let (mark, text) = text.strip_prefix('\u{feff}').map_or((0, text), |rest| (3, rest));
    if format == DataFormat::Plain {
        return Ok(Answer::text(text));
    }
    let key = format!("{NAME} {format:?} {:?}", Hash128::of_bytes(text.as_bytes()));
    let kept: Result<Arc<_>, _> =
        call.lookup.memo(&key, &|| formats::parse(text, format).map_err(|fault| fault.message));
    kept.map(Answer::Kept).map_err(|message| {
        // The place is needed only now; finding it again is cheaper than keeping it for all texts that are well.
        let at = formats::parse(text, format).err().and_then(|fault| fault.at);
        let seen = at.map_or(String::new(), |at| {
            let (line, column) = line_and_column(text, at);
            format!(" (line {line}, column {column})")
        });
        let source = match place {
            Where::File(file) => {
                let complaint = Diagnostic::error(
                    "data/syntax",
                    format!("`{file}` is no valid {}: {message}.", format.name()),
                );
                let complaint = match at {
                    Some(at) => complaint.at(file, at + mark..at + mark),
                    None => complaint.in_file(file),
                };
                call.lookup.complain(
                    complaint.hint("Mend the file at this place, or pass another `format` to `load_data`."),
                );
                format!("`{file}`")
            }
            Where::Url(url) => format!("the answer of `{url}`"),
            Where::Text => "the text in `literal`".to_owned(),
        };
        format!("`load_data` cannot read {source} as {}: {message}{seen}.", format.name())
    })
}

#[cfg(test)]
mod tests;
