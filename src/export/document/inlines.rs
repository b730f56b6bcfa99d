//! Running text from HTML. In: text and elements one by one. Out: inlines, with white space as a browser shows it.

use super::Inline;

/// Running text while it is read. White space is one space at most, and none at the beginning of a line.
#[derive(Debug, Default)]
pub(super) struct Running {
    pieces: Vec<Inline>,
    /// Whether the last thing was a space or the beginning of a line.
    after_space: bool,
    started: bool,
}

impl Running {
    /// Text as it stands in HTML.
    pub(super) fn text(&mut self, text: &str) {
        let mut plain = String::new();
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if space && (self.after_space || !self.started) {
                continue;
            }
            plain.push(if space { ' ' } else { c });
            self.after_space = space;
            self.started = true;
        }
        push_text(&mut self.pieces, &plain);
    }

    /// A piece whose inner text was read with [`Running::inner`].
    pub(super) fn close(&mut self, inner: Running, make: impl FnOnce(Vec<Inline>) -> Inline) {
        self.after_space = inner.after_space;
        self.started = inner.started;
        if !inner.pieces.is_empty() {
            self.pieces.push(make(inner.pieces));
        }
    }

    /// The beginning of a piece inside this text.
    pub(super) fn inner(&self) -> Running {
        Running { pieces: Vec::new(), after_space: self.after_space, started: self.started }
    }

    /// A piece as it is.
    pub(super) fn push(&mut self, piece: Inline) {
        let breaks = matches!(piece, Inline::Break);
        if breaks {
            trim_end(&mut self.pieces);
        }
        self.pieces.push(piece);
        self.after_space = breaks;
        self.started = !breaks;
    }

    /// What was read; white space alone is nothing. Afterwards a new text begins.
    pub(super) fn take(&mut self) -> Vec<Inline> {
        let mut pieces = std::mem::take(self).pieces;
        while matches!(pieces.last(), Some(Inline::Break)) {
            pieces.pop();
        }
        trim_end(&mut pieces);
        let leading = pieces.iter().take_while(|piece| matches!(piece, Inline::Break)).count();
        pieces.drain(..leading);
        pieces
    }
}

/// The text of inlines; a new line becomes a space.
pub(super) fn text_of(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text: piece } | Inline::Code { text: piece } => text.push_str(piece),
            Inline::Strong { of }
            | Inline::Emphasis { of }
            | Inline::Struck { of }
            | Inline::Raised { of }
            | Inline::Lowered { of }
            | Inline::Link { of, .. } => text.push_str(&text_of(of)),
            Inline::Break => text.push(' '),
        }
    }
    text
}

fn push_text(pieces: &mut Vec<Inline>, more: &str) {
    if more.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Inline::Text { text }) => text.push_str(more),
        _ => pieces.push(Inline::text(more)),
    }
}

/// Takes away a space at the end, and what is empty after that.
fn trim_end(pieces: &mut Vec<Inline>) {
    while let Some(last) = pieces.last_mut() {
        let empty = match last {
            Inline::Text { text } => {
                text.truncate(text.trim_end_matches(' ').len());
                text.is_empty()
            }
            Inline::Strong { of }
            | Inline::Emphasis { of }
            | Inline::Struck { of }
            | Inline::Raised { of }
            | Inline::Lowered { of }
            | Inline::Link { of, .. } => {
                trim_end(of);
                of.is_empty()
            }
            Inline::Code { .. } | Inline::Break => false,
        };
        if !empty {
            return;
        }
        pieces.pop();
    }
}
