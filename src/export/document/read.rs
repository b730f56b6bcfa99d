//! Blocks from HTML. In: the HTML of a page's text and what is around it. Out: blocks, pictures and abbreviations of a
//! document. An element that is not known here becomes its text; only what no reader would miss is left out: scripts,
//! controls, and what is hidden from everybody or from screen readers.
//!
//! An element with `data-download="no"` is left out too, so that a theme can keep things for the screen.

use scraper::{ElementRef, Html, Node};
use url::Url;

use super::inlines::{Running, text_of};
use super::{Abbreviation, Block, Definition, Document, Form, Inline, Item, PictureFile, Words, order};

/// What a text refers to.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The URL of the page.
    pub url: &'a str,
    /// The words of its language.
    pub words: &'a Words,
    /// The bytes of the picture at an absolute URL, when it is the site's own.
    pub pictures: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// Reads a text into a document.
pub fn read(html: &str, around: &Surroundings<'_>, document: &mut Document) {
    let tree = Html::parse_fragment(html);
    let mut reader = Reader {
        around,
        base: Url::parse(around.url).ok(),
        pictures: Vec::new(),
        abbreviations: Vec::new(),
        flat: false,
        depth: 0,
    };
    let mut flow = Flow::default();
    reader.children(tree.root_element(), &mut flow);
    document.blocks = flow.end().blocks;
    document.pictures = reader.pictures;
    document.abbreviations = reader.abbreviations;
    order::put(document, around.url);
}

/// Elements nested deeper than this are read as their text.
const DEEPEST: usize = 60;

/// A text while it is read.
pub(super) struct Reader<'a> {
    pub(super) around: &'a Surroundings<'a>,
    base: Option<Url>,
    pub(super) pictures: Vec<PictureFile>,
    abbreviations: Vec<Abbreviation>,
    /// Whether pictures are told in words, where none can stand.
    pub(super) flat: bool,
    depth: usize,
}

/// Blocks while they are read.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    running: Running,
    beside: Beside,
}

/// What turns up in running text and is no text.
#[derive(Default)]
pub(super) struct Beside {
    anchors: Vec<String>,
    pub(super) found: Vec<Form>,
    task: Option<bool>,
}

impl Flow {
    /// Ends the paragraph that is being read.
    fn flush(&mut self) {
        let of = self.running.take();
        if !of.is_empty() {
            self.blocks.push(Block {
                anchors: std::mem::take(&mut self.beside.anchors),
                form: Form::Paragraph { of },
            });
        }
        for form in std::mem::take(&mut self.beside.found) {
            self.blocks.push(Block { anchors: std::mem::take(&mut self.beside.anchors), form });
        }
    }

    /// Adds a block.
    pub(super) fn push(&mut self, form: Form) {
        self.flush();
        self.blocks.push(Block { anchors: std::mem::take(&mut self.beside.anchors), form });
    }

    fn end(mut self) -> Flow {
        self.flush();
        if let Some(last) = self.blocks.last_mut() {
            last.anchors.append(&mut self.beside.anchors);
        }
        self
    }
}

impl Reader<'_> {
    pub(super) fn children(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        if self.depth > DEEPEST {
            element.text().for_each(|text| flow.running.text(text));
            return;
        }
        self.depth += 1;
        for child in element.children() {
            match child.value() {
                Node::Text(text) => flow.running.text(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, flow);
                    }
                }
                _ => {}
            }
        }
        self.depth -= 1;
    }

    fn inside(&mut self, element: ElementRef<'_>) -> Flow {
        let mut flow = Flow::default();
        self.children(element, &mut flow);
        flow.end()
    }

    fn element(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        let name = element.value().name();
        if is_left_out(element) {
            return;
        }
        if !stands_alone(name) {
            self.inline(element, &mut flow.running, &mut flow.beside);
            return;
        }
        flow.flush();
        flow.beside.anchors.extend(element.attr("id").filter(|id| !id.is_empty()).map(str::to_owned));
        if let Some(label) = drawn_label(element) {
            flow.running.text(label);
            flow.flush();
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                let of = self.line(element, flow);
                if !of.is_empty() {
                    flow.push(Form::Heading { level, of });
                }
            }
            "ul" | "ol" | "menu" => self.list(element, flow),
            "dl" => self.definitions(element, flow),
            "table" => self.table(element, flow),
            "blockquote" => {
                let blocks = self.inside(element).blocks;
                flow.push(Form::Quote { blocks });
            }
            "aside" => {
                let blocks = self.inside(element).blocks;
                flow.push(Form::Note { blocks });
            }
            "pre" => {
                let text: String = element.text().collect();
                flow.push(Form::Code { text: text.trim_end_matches('\n').to_owned() });
            }
            "figure" => self.figure(element, flow),
            "div" if has_class(element, "footnote-definition") => self.footnote(element, flow),
            "hr" => flow.push(Form::Rule),
            "summary" => {
                let of = self.line(element, flow);
                flow.push(Form::Paragraph { of: vec![Inline::Strong { of }] });
            }
            _ => {
                self.children(element, flow);
                flow.flush();
            }
        }
    }

    /// The running text of an element in which no block can stand.
    pub(super) fn line(&mut self, element: ElementRef<'_>, flow: &mut Flow) -> Vec<Inline> {
        let (mut running, mut beside) = (Running::default(), Beside::default());
        let flat = std::mem::replace(&mut self.flat, true);
        self.inlines(element, &mut running, &mut beside);
        self.flat = flat;
        flow.beside.anchors.append(&mut beside.anchors);
        running.take()
    }

    fn inlines(&mut self, element: ElementRef<'_>, running: &mut Running, beside: &mut Beside) {
        if self.depth > DEEPEST {
            element.text().for_each(|text| running.text(text));
            return;
        }
        self.depth += 1;
        for child in element.children() {
            match child.value() {
                Node::Text(text) => running.text(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child).filter(|child| !is_left_out(*child)) {
                        self.inline(child, running, beside);
                    }
                }
                _ => {}
            }
        }
        self.depth -= 1;
    }

    fn inline(&mut self, element: ElementRef<'_>, running: &mut Running, beside: &mut Beside) {
        beside.anchors.extend(element.attr("id").filter(|id| !id.is_empty()).map(str::to_owned));
        let name = element.value().name();
        if name != "svg"
            && let Some(label) = drawn_label(element)
        {
            running.text(label);
            return;
        }
        match name {
            "br" => running.push(Inline::Break),
            "input" => {
                beside.task = beside.task.or_else(|| Some(element.attr("checked").is_some()));
            }
            "code" | "kbd" | "samp" => running.push(Inline::Code { text: element.text().collect() }),
            "img" | "svg" => self.picture(element, running, beside),
            "iframe" | "video" | "audio" | "object" | "embed" => self.elsewhere(element, running),
            "abbr" => {
                self.abbreviation(element);
                self.inlines(element, running, beside);
            }
            "q" => {
                running.text("“");
                self.inlines(element, running, beside);
                running.text("”");
            }
            "strong" | "b" | "em" | "i" | "cite" | "dfn" | "var" | "del" | "s" | "sup" | "sub" | "a" => {
                let mut inner = running.inner();
                self.inlines(element, &mut inner, beside);
                let link = element.attr("href").and_then(|href| self.target(href));
                running.close(inner, |of| styled(name, of, link));
            }
            _ if stands_alone(name) => {
                // A block inside running text, such as a card that is one link.
                running.push(Inline::Break);
                self.inlines(element, running, beside);
                running.push(Inline::Break);
            }
            _ => self.inlines(element, running, beside),
        }
    }

    /// Where a link leads, when paper can say so.
    pub(super) fn target(&self, href: &str) -> Option<String> {
        let url = match &self.base {
            Some(base) => base.join(href),
            None => Url::parse(href),
        };
        url.ok()
            .filter(|url| ["http", "https", "mailto", "tel"].contains(&url.scheme()))
            .map(|url| url.to_string())
    }

    fn abbreviation(&mut self, element: ElementRef<'_>) {
        let Some(long) = element.attr("title").filter(|title| !title.trim().is_empty()) else { return };
        let short: String = element.text().collect();
        let short = short.trim().to_owned();
        if !short.is_empty() && !self.abbreviations.iter().any(|known| known.short == short) {
            self.abbreviations.push(Abbreviation { short, long: long.trim().to_owned() });
        }
    }

    /// What paper cannot show: its name and where it is.
    fn elsewhere(&self, element: ElementRef<'_>, running: &mut Running) {
        let named = element.attr("title").or_else(|| element.attr("aria-label"));
        let source = element.attr("src").or_else(|| element.attr("data")).and_then(|src| self.target(src));
        let text = named.map(str::to_owned).or_else(|| source.clone());
        if let Some(text) = text {
            let text = vec![Inline::text(text)];
            match source {
                Some(to) => running.push(Inline::Link { to, of: text }),
                None => text.into_iter().for_each(|piece| running.push(piece)),
            }
        }
    }

    fn list(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        let ordered = element.value().name() == "ol";
        let start = ordered.then(|| element.attr("start").and_then(|n| n.parse().ok()).unwrap_or(1));
        let mut items = Vec::new();
        for child in element.child_elements().filter(|child| !is_left_out(*child)) {
            let inner = self.inside(child);
            let anchors = child.attr("id").into_iter().filter(|id| !id.is_empty()).map(str::to_owned);
            if !inner.blocks.is_empty() {
                items.push(Item {
                    anchors: anchors.collect(),
                    task: inner.beside.task,
                    blocks: inner.blocks,
                });
            }
        }
        if !items.is_empty() {
            flow.push(Form::List { start, items });
        }
    }

    fn definitions(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        let mut items: Vec<Definition> = Vec::new();
        let rows = element.child_elements().flat_map(|child| match child.value().name() {
            "div" => child.child_elements().collect(),
            _ => vec![child],
        });
        for row in rows.filter(|row| !is_left_out(*row)) {
            let is_term = row.value().name() == "dt";
            if is_term {
                let term = self.line(row, flow);
                items.push(Definition { term, blocks: Vec::new() });
            } else {
                let blocks = self.inside(row).blocks;
                match items.last_mut() {
                    Some(last) => last.blocks.extend(blocks),
                    None => items.push(Definition { term: Vec::new(), blocks }),
                }
            }
        }
        if !items.is_empty() {
            flow.push(Form::Definitions { items });
        }
    }

    fn figure(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        let mut inner = Flow::default();
        let mut below = Vec::new();
        for child in element.children() {
            match (child.value(), ElementRef::wrap(child)) {
                (Node::Text(text), _) => inner.running.text(text),
                (_, Some(child)) if child.value().name() == "figcaption" => below = self.line(child, flow),
                (_, Some(child)) => self.element(child, &mut inner),
                _ => {}
            }
        }
        let mut blocks = inner.end().blocks;
        match blocks.as_mut_slice() {
            [Block { form: Form::Figure { caption, .. }, .. }] => *caption = below,
            [Block { form: Form::Quote { blocks }, .. }] if !below.is_empty() => {
                below.insert(0, Inline::text("— "));
                blocks.push(Block { anchors: Vec::new(), form: Form::Paragraph { of: below } });
            }
            _ if !below.is_empty() => {
                blocks.push(Block { anchors: Vec::new(), form: Form::Paragraph { of: below } });
            }
            _ => {}
        }
        if let Some(first) = blocks.first_mut() {
            first.anchors.append(&mut flow.beside.anchors);
        }
        flow.blocks.append(&mut blocks);
    }

    /// A footnote whose number stands in a line of its own, where the style sheet of a site would float it.
    fn footnote(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        let mut blocks = self.inside(element).blocks;
        if let [
            Block { form: Form::Paragraph { of: number }, .. },
            Block { form: Form::Paragraph { of }, .. },
            ..,
        ] = blocks.as_mut_slice()
            && matches!(number.as_slice(), [Inline::Raised { .. }])
        {
            number.push(Inline::text(" "));
            number.append(of);
            blocks.remove(1);
        }
        if let Some(first) = blocks.first_mut() {
            first.anchors.append(&mut flow.beside.anchors);
        }
        flow.blocks.append(&mut blocks);
    }
}

fn styled(name: &str, of: Vec<Inline>, link: Option<String>) -> Inline {
    match (name, link) {
        ("strong" | "b", _) => Inline::Strong { of },
        ("del" | "s", _) => Inline::Struck { of },
        ("sup", _) => Inline::Raised { of },
        ("sub", _) => Inline::Lowered { of },
        ("a", Some(to)) => Inline::Link { to, of },
        ("a", None) => Inline::text(text_of(&of)),
        _ => Inline::Emphasis { of },
    }
}

/// What an element says instead of what it draws.
fn drawn_label(element: ElementRef<'_>) -> Option<&str> {
    let drawn = element.attr("role") == Some("img") && element.value().name() != "img";
    element.attr("aria-label").filter(|label| drawn && !label.trim().is_empty())
}

pub(super) fn is_left_out(element: ElementRef<'_>) -> bool {
    let left_out = [
        "script", "style", "template", "noscript", "button", "select", "textarea", "head", "link", "meta",
        "datalist", "dialog",
    ];
    let name = element.value().name();
    left_out.contains(&name)
        || name == "input" && element.attr("type") != Some("checkbox")
        || element.attr("aria-hidden") == Some("true")
        || element.attr("hidden").is_some()
        || element.attr("data-download") == Some("no")
        || has_class(element, "zola-anchor")
        // The way back from a footnote, which a page has no use for.
        || name == "a" && element.text().next().is_some_and(|text| text.starts_with('↩'))
}

fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|known| known == class)
}

/// Whether an element begins a line of its own.
fn stands_alone(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "menu"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "tr"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "hr"
            | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "nav"
            | "address"
            | "hgroup"
            | "fieldset"
            | "form"
            | "legend"
            | "search"
            | "details"
            | "summary"
            | "html"
            | "body"
    )
}
