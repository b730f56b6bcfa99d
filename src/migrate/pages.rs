//! Rewrites the text of a page. In: a file of content. Out: the same with calls of components where shortcodes were
//! called, and with everything kept from Tera that would mean something to it now.

use std::collections::BTreeMap;

use super::content::{self, Call, Piece, What};
use super::edits;
use super::expr::{Kind, Span, Unreadable};
use super::note::{Note, Weight};
use super::rewrite::Rewriter;
use super::survey::Survey;

/// The byte at which the text of a page begins, behind its front matter.
pub(super) fn text_at(file: &str) -> usize {
    let start = file.len() - file.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let rest = &file[start..];
    let Some(fence) = ["+++", "---"].into_iter().find(|fence| rest.starts_with(fence)) else { return start };
    let mut at = start;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        at += line.len();
        if number > 0 && line.trim_end() == fence {
            return at;
        }
    }
    file.len()
}

/// Front matter in which what is empty in `extra` is an empty text, because 0.23 takes no null there; and how often.
fn without_null(front: &str) -> (String, usize) {
    if !front.trim_start_matches('\u{feff}').trim_start().starts_with("---") {
        return (front.to_owned(), 0);
    }
    let lines: Vec<&str> = front.split_inclusive('\n').collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (mut inside, mut count) = (false, 0);
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let content = line.trim_end();
        if !content.trim_start().starts_with('#') && !content.is_empty() && indent(content) == 0 {
            inside = content.starts_with("extra:");
        }
        let empty = ["~", "null", "Null", "NULL", ""]
            .into_iter()
            .find_map(|null| content.strip_suffix(null)?.trim_end().strip_suffix(':'));
        // Without a value on its line it may have one below.
        let next = lines[at + 1..].iter().find(|next| !next.trim().is_empty()).copied().unwrap_or_default();
        let below = indent(next) > indent(line)
            || indent(next) == indent(line) && next.trim_start().starts_with("- ");
        match empty {
            Some(key)
                if inside
                    && indent(line) > 0
                    && !key.trim_start().trim_start_matches("- ").contains([' ', '"', '\'', '#'])
                    && !(content.ends_with(':') && below) =>
            {
                out.push_str(&format!("{key}: \"\"{}", &line[content.len()..]));
                count += 1;
            }
            _ => out.push_str(line),
        }
    }
    (out, count)
}

/// Front matter in which months and days of dates have two digits, as 0.23 wants them.
fn with_whole_dates(front: &str) -> String {
    let mut out = String::with_capacity(front.len());
    for line in front.split_inclusive('\n') {
        let key = line.split([':', '=', ' ']).next().unwrap_or_default();
        let at = line.find([':', '=']).map_or(line.len(), |at| at + 1);
        match line[at..].find(|c: char| c.is_ascii_digit()) {
            Some(first) if ["date", "updated"].contains(&key) => {
                out.push_str(&line[..at + first]);
                out.push_str(&padded(&line[at + first..]).unwrap_or_else(|| line[at + first..].to_owned()));
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// A date with a zero before each digit that stands alone; none when it is none or has them already.
fn padded(text: &str) -> Option<String> {
    let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').len();
    let parts: Vec<&str> = text[..length].split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let well = year.len() == 4 && (1..3).contains(&month.len()) && (1..3).contains(&day.len());
    (well && (month.len() == 1 || day.len() == 1))
        .then(|| format!("{year}-{month:0>2}-{day:0>2}{}", &text[length..]))
}

/// What became of a page.
pub(super) struct Rewritten {
    /// The file.
    pub text: String,
    /// What is told.
    pub notes: Vec<Note>,
    /// How many calls were rewritten.
    pub calls: usize,
    /// How many places were kept from Tera.
    pub kept: usize,
}

/// Rewrites a file.
pub(super) fn rewrite(survey: &Survey, path: &str, file: &str) -> Result<Rewritten, Unreadable> {
    let start = text_at(file);
    let text = &file[start..];
    let moved = |fault: Unreadable| Unreadable { at: fault.at + start, ..fault };
    let pieces = content::read(text).map_err(moved)?;
    let section = path.rsplit('/').next().is_some_and(|name| name.starts_with("_index."));
    let mut page = Page {
        rewriter: Rewriter::new(survey, path, text),
        section,
        counts: BTreeMap::new(),
        calls: 0,
        kept: 0,
        fences: fences(text),
    };
    let (front, nulls) = without_null(&with_whole_dates(&file[..start]));
    if nulls > 0 {
        page.rewriter.note(
            Weight::Look,
            0,
            format!("0.23 takes no empty value in `extra`; {nulls} became an empty text, `\"\"`."),
            "Take the line away where templates ask whether it is there.",
        );
    }
    if pieces.is_empty() && !is_templated(text) {
        return Ok(Rewritten {
            text: format!("{front}{text}"),
            notes: page.rewriter.notes,
            calls: 0,
            kept: 0,
        });
    }
    page.fences.retain(|fence| {
        let called = |piece: &Piece| !matches!(piece.what, What::Kept(_)) && overlaps(&piece.span, fence);
        let cut = |piece: &Piece| overlaps(&piece.span, fence) && !within(&piece.span, fence);
        !pieces.iter().any(|piece| called(piece) || cut(piece))
    });
    page.pieces(&pieces);
    page.literals(&pieces, &(0..text.len()));
    let mut notes = std::mem::take(&mut page.rewriter.notes);
    let lines = file[..start].matches('\n').count();
    notes.iter_mut().for_each(|note| note.line += lines);
    let new = edits::apply(text, &page.rewriter.edits);
    let new = if page.calls == 0 && page.kept == 0 { text.to_owned() } else { new };
    Ok(Rewritten { text: format!("{front}{new}"), notes, calls: page.calls, kept: page.kept })
}

/// Whether Zola 0.23 runs a text as a template.
fn is_templated(text: &str) -> bool {
    text.contains("{{") || text.contains("{%") || text.find("{#").is_some_and(|at| text[at..].contains("#}"))
}

fn overlaps(a: &Span, b: &Span) -> bool {
    a.start < b.end && b.start < a.end
}

fn within(inner: &Span, outer: &Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Blocks of code between fences that begin at the margin: from the first sign to the last, without the last line's end.
fn fences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches(' ');
        let marks = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
        let indent = line.len() - trimmed.len();
        match open {
            None if marks >= 3 && indent < 4 && !trimmed[marks..].contains('`') => {
                open = Some((at + indent, &trimmed[..marks]));
            }
            Some((start, fence)) if trimmed.starts_with(fence) && trimmed.trim_end().len() == marks => {
                found.push(start..at + line.trim_end().len());
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    found
}

struct Page<'s> {
    rewriter: Rewriter<'s>,
    section: bool,
    /// How often each shortcode was called so far.
    counts: BTreeMap<String, usize>,
    calls: usize,
    kept: usize,
    /// Blocks of code without calls.
    fences: Vec<Span>,
}

impl Page<'_> {
    fn edit(&mut self, span: Span, text: impl Into<String>) {
        self.rewriter.edits.push((span, text.into()));
    }

    fn fence_of(&self, span: &Span) -> Option<Span> {
        self.fences.iter().find(|fence| within(span, fence)).cloned()
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match &piece.what {
                What::Inline(call) => {
                    let text = self.call(call, piece);
                    if let Some((name, attributes)) = text {
                        let (before, after) = self.around(piece, name.as_str());
                        if let Some(body) = self.body_of(call, piece) {
                            // 0.23 keeps this name for what stands between two tags.
                            let text =
                                format!("{before}{{% <{name}{attributes}> %}}{body}{{% </{name}> %}}{after}");
                            self.edit(piece.span.clone(), text);
                            continue;
                        }
                        self.edit(
                            piece.span.clone(),
                            format!("{before}{{{{ <{name}{attributes} /> }}}}{after}"),
                        );
                    }
                }
                What::Block(call, open, inner, end) => {
                    if let Some((name, attributes)) = self.call(call, piece) {
                        let (before, after) = self.around(piece, name.as_str());
                        self.edit(open.clone(), format!("{before}{{% <{name}{attributes}> -%}}"));
                        // 0.22 took the blanks from both ends of a body.
                        self.edit(end.clone(), format!("{{%- </{name}> %}}{after}"));
                    }
                    self.pieces(inner);
                }
                What::Kept(spans) => {
                    let text: String = spans.iter().map(|span| self.rewriter.source(span)).collect();
                    self.kept += 1;
                    let raw = if self.fence_of(&piece.span).is_some() { text } else { raw(&text) };
                    self.edit(piece.span.clone(), raw);
                }
            }
        }
    }

    /// The argument `body` of a call.
    fn body_of(&mut self, call: &Call, piece: &Piece) -> Option<String> {
        let (_, value) = call.args.iter().find(|(name, _)| name == "body")?;
        let text = self.rewriter.source(&value.span);
        if !matches!(value.kind, Kind::Text) {
            self.rewriter.note(
                Weight::ByHand,
                piece.span.start,
                "A component takes its `body` from what stands between two tags, and this one is no text.",
                "Call the argument something else, here and in the component.",
            );
            return None;
        }
        let text = &text[1..text.len() - 1];
        Some(if is_templated(text) { raw(text) } else { text.to_owned() })
    }

    /// The name and the attributes of a call.
    fn call(&mut self, call: &Call, piece: &Piece) -> Option<(String, String)> {
        let survey = self.rewriter.survey;
        let Some((_, component)) = survey.shortcodes.get(&call.name) else {
            self.rewriter.note(
                Weight::ByHand,
                piece.span.start,
                format!("There is no shortcode `{}`, or its file could not be read.", call.name),
                "Write the component, and its call: `{{ <name arg=\"text\" /> }}`.",
            );
            return None;
        };
        self.calls += 1;
        let count = self.counts.entry(call.name.clone()).or_insert(0);
        *count += 1;
        let nth = *count;
        let mut attributes = String::new();
        let own = ["page", "section", "config", "lang", "nth", "body"];
        for (name, value) in call.args.iter().filter(|(name, _)| !own.contains(&name.as_str())) {
            let text = self.rewriter.attribute_for(name, value);
            attributes.push(' ');
            attributes.push_str(&text);
        }
        for name in &component.given {
            match name.as_str() {
                "nth" => attributes.push_str(&format!(" nth={{{nth}}}")),
                _ if component.implicit => {}
                "page" if self.section => {}
                "section" if !self.section => {}
                name => attributes.push_str(&format!(" {name}")),
            }
        }
        if call.args.iter().any(|(_, value)| matches!(&value.kind, Kind::Array(items) if items.iter().any(|item| matches!(&item.kind, Kind::Array(inner) if inner.iter().any(|it| matches!(it.kind, Kind::Array(_))))))) {
            self.rewriter.note(
                Weight::ByHand,
                piece.span.start,
                "A list goes three lists deep here; 0.23 takes two.",
                "Put the data in a file and load it with `load_data`.",
            );
        }
        Some((component.name.clone(), attributes))
    }

    /// What must stand before and behind a call of HTML: to Markdown it was one sign in a line of text, and now it is
    /// HTML, which may begin a block that swallows the text behind it.
    fn around(&self, piece: &Piece, name: &str) -> (&'static str, &'static str) {
        let text = self.rewriter.text;
        let html = self.rewriter.survey.shortcodes.get(name).filter(|(_, it)| it.shortcode == Some(true));
        let Some((path, _)) = html else { return ("", "") };
        let before = content::before(text, &piece.span);
        let lead = before.trim_start_matches([' ', '\t', '>']);
        let lead = lead.trim_start_matches(|c: char| "-*+.)".contains(c) || c.is_ascii_digit()).trim_start();
        if !lead.is_empty() || self.fence_of(&piece.span).is_some() {
            return ("", "");
        }
        let after = content::after(text, &piece.span);
        if after.trim().is_empty() {
            let next = text[piece.span.end..].split('\n').nth(1).unwrap_or_default();
            // An empty line ends the block.
            let ends = next.trim().is_empty() || !before.trim().is_empty();
            return ("", if ends { "" } else { "\n" });
        }
        let source = self.rewriter.survey.templates[path].text.trim_start();
        let starts_block = source.starts_with('<') && !starts_inline(source) || source.starts_with('{');
        // Something inline before it makes it a part of a paragraph, as it was.
        (if starts_block { "<span></span>" } else { "" }, "")
    }

    /// Keeps from Tera what is no call.
    fn literals(&mut self, pieces: &[Piece], span: &Span) {
        let mut at = span.start;
        let mut gaps = Vec::new();
        for piece in pieces {
            gaps.push(at..piece.span.start);
            at = piece.span.end;
            if let What::Block(_, open, inner, end) = &piece.what {
                self.literals(inner, &(open.end..end.start));
            }
        }
        gaps.push(at..span.end);
        for gap in gaps {
            self.gap(&gap);
        }
        let spans: Vec<Span> = pieces
            .iter()
            .filter(|piece| matches!(piece.what, What::Kept(_)))
            .map(|piece| piece.span.clone())
            .collect();
        for kept in spans {
            if let Some(fence) = self.fence_of(&kept) {
                self.fence(&fence);
            }
        }
    }

    fn gap(&mut self, gap: &Span) {
        let text = self.rewriter.text;
        let mut at = gap.start;
        while let Some(found) =
            ["{{", "{%", "{#"].iter().filter_map(|sign| text[at..gap.end].find(sign)).min()
        {
            let start = at + found;
            if text[start..].starts_with("{#") && is_heading_id(text, start) {
                at = start + 2;
                continue;
            }
            if let Some(fence) = self.fence_of(&(start..start + 2)) {
                self.fence(&fence);
                at = fence.end.min(gap.end).max(start + 2);
                continue;
            }
            let end = end_of_literal(&text[start..gap.end]) + start;
            self.kept += 1;
            self.edit(start..end, raw(&text[start..end]));
            at = end;
        }
    }

    fn fence(&mut self, fence: &Span) {
        if self.rewriter.edits.iter().any(|(span, _)| *span == (fence.start..fence.start)) {
            return;
        }
        let text = self.rewriter.text;
        if text[fence.clone()].contains("endraw") {
            // `raw` would end there.
            self.fences.retain(|other| other != fence);
            let pieces = Vec::new();
            self.literals(&pieces, fence);
            return;
        }
        self.kept += 1;
        // Inside of the fence, where nobody counts words.
        let first = fence.start + text[fence.clone()].find('\n').map_or(0, |at| at + 1);
        let last = fence.start + text[fence.clone()].rfind('\n').map_or(0, |at| at + 1);
        self.edit(fence.start..fence.start, "");
        self.edit(first..first, "{% raw %}");
        let empty = text[first..last].trim_end_matches('\n').len() + 1 < last - first;
        // A line of its own takes nothing from the code but the end of its last line.
        self.edit(last..last, if empty { "{% endraw %}" } else { "{%- endraw %}\n" });
    }
}

/// Tags that belong inside a line; any other tag at the beginning of a line may begin a block.
fn starts_inline(source: &str) -> bool {
    let inline = [
        "a", "abbr", "audio", "b", "br", "button", "cite", "code", "em", "i", "img", "input", "kbd", "label",
        "mark", "picture", "q", "s", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "video",
    ];
    let name: String = source[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    inline.contains(&name.to_ascii_lowercase().as_str())
}

/// How far what begins here goes: to the sign that would end it in the same line, else only the sign itself.
fn end_of_literal(text: &str) -> usize {
    let close = match &text[..2] {
        "{{" => "}}",
        "{%" => "%}",
        _ => "#}",
    };
    let line = &text[..text.find('\n').unwrap_or(text.len())];
    line[2..].find(close).map_or(2, |at| at + 4)
}

/// A text that Tera leaves alone.
fn raw(text: &str) -> String {
    if !text.contains("endraw") {
        return format!("{{% raw %}}{text}{{% endraw %}}");
    }
    // `raw` would end there, so each sign is printed.
    let mut out = String::new();
    let mut at = 0;
    while let Some(found) = ["{{", "{%", "{#"].iter().filter_map(|sign| text[at..].find(sign)).min() {
        let start = at + found;
        out.push_str(&text[at..start]);
        out.push_str(&format!("{{{{ \"{}\" }}}}", &text[start..start + 2]));
        at = start + 2;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether `{#…}` is the id of a heading, which 0.23 leaves alone.
fn is_heading_id(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let head = line.trim_start_matches(' ');
    let marks = head.len() - head.trim_start_matches('#').len();
    let id = text[at + 2..].split(['}', '\n']).next().unwrap_or_default();
    let well = !id.is_empty() && !id.starts_with([' ', '#', '{', '}']) && !id.ends_with('#');
    line.len() - head.len() < 4 && (1..=6).contains(&marks) && head[marks..].starts_with(' ') && well
}
