//! Pictures from HTML. In: an `img` or an `svg`. Out: a file and what it shows, or that in words where no file can be.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use scraper::ElementRef;

use super::inlines::Running;
use super::read::{Beside, Reader};
use super::{Form, PictureFile};

impl Reader<'_> {
    /// Puts a picture beside the running text, or its description into it.
    pub(super) fn picture(&mut self, element: ElementRef<'_>, running: &mut Running, beside: &mut Beside) {
        let drawing = element.value().name() == "svg";
        let alt = if drawing {
            label_of_drawing(element)
        } else {
            // A picture without `alt` has content, but nobody said which.
            element.attr("alt").map_or_else(|| file_name(element.attr("src")), |alt| alt.trim().to_owned())
        };
        if alt.is_empty() {
            return;
        }
        let source = if self.flat { None } else { self.source(element, drawing) };
        match source {
            Some((ending, bytes)) => {
                let name = format!("picture-{}.{ending}", self.pictures.len() + 1);
                beside.found.push(Form::Figure { picture: name.clone(), alt, caption: Vec::new() });
                self.pictures.push(PictureFile { name, bytes });
            }
            None => running.text(&format!("[{}: {alt}] ", self.around.words.picture)),
        }
    }

    /// The bytes of a picture and the ending of its name.
    fn source(&self, element: ElementRef<'_>, drawing: bool) -> Option<(&'static str, Vec<u8>)> {
        if drawing {
            return drawn(element).map(|svg| ("svg", svg.into_bytes()));
        }
        let src = element.attr("src")?;
        let bytes = match src.strip_prefix("data:") {
            Some(data) => STANDARD.decode(data.split_once(";base64,")?.1).ok()?,
            None => (self.around.pictures)(&self.target(src)?)?,
        };
        ending(&bytes).map(|ending| (ending, bytes))
    }
}

/// What bytes begin with tells what they are.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    if begins(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if begins(b"\xff\xd8\xff") {
        Some("jpg")
    } else if begins(b"GIF8") {
        Some("gif")
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()) {
        Some("webp")
    } else {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]).into_owned();
        head.contains("<svg").then_some("svg")
    }
}

/// A drawing that brings its own colours, as a file of its own. One that is coloured by a style sheet would be black.
fn drawn(element: ElementRef<'_>) -> Option<String> {
    let html = element.html();
    let painted = [" fill=\"", " stroke=\"", " style=\"", "<image"].iter().any(|word| html.contains(word));
    // `&nbsp;` is a name of HTML, which XML does not know.
    let html = html.replace("&nbsp;", "&#160;");
    painted.then(|| match element.attr("xmlns") {
        Some(_) => html,
        None => html.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1),
    })
}

fn label_of_drawing(element: ElementRef<'_>) -> String {
    if let Some(label) = element.attr("aria-label") {
        return label.trim().to_owned();
    }
    let part = |name: &str| {
        let child = element.child_elements().find(|child| child.value().name() == name);
        child.map(|child| child.text().collect::<String>().trim().to_owned()).unwrap_or_default()
    };
    let parts = [part("title"), part("desc")];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(". ")
}

fn file_name(src: Option<&str>) -> String {
    src.and_then(|src| src.rsplit('/').next()).unwrap_or_default().to_owned()
}
