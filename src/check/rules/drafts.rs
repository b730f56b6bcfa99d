//! Whether a draft gets onto the site. In: the published pages and the drafts. Out: complaints of `concept-in-uitvoer`.
//!
//! A draft leaks in three ways: its mark stands where nobody reads it, a published page says of itself that it is a draft,
//! or a published page leads to one.

use super::desk::Desk;
use super::document::Document;
use super::prose::INSERTED;
use crate::parse::placed::Is;

const CODE: &str = "regel/concept-in-uitvoer";

/// Keys that people write for a draft.
pub(super) const MARKS: [&str; 3] = ["draft", "concept", "klad"];

/// What people write where something is still to be filled in. (Two are cut in two, as nothing is left for later here.)
pub(super) const GAPS: [&str; 8] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    "XXX",
    "[invullen]",
    "[nog invullen]",
    "[volgt]",
    "lorem ipsum",
    "Lorem ipsum",
];

/// A draft that is left out.
pub(super) struct Draft {
    /// Its path below `content/`.
    pub(super) relative: String,
    pub(super) title: String,
}

/// Checks a published page or section.
pub(super) fn check(document: &Document<'_>, drafts: &[Draft], desk: &mut Desk<'_>) {
    marks(document, desk);
    title(document, desk);
    gaps(document, desk);
    links(document, drafts, desk);
}

/// `draft = true` below `[extra]`, or by a name that the program does not know.
fn marks(document: &Document<'_>, desk: &mut Desk<'_>) {
    let top = document.front.matter.entries.iter().filter(|entry| entry.key != "draft");
    let extra = document.extra().into_iter().flat_map(|extra| &extra.entries);
    for entry in top
        .chain(extra)
        .filter(|entry| MARKS.contains(&entry.key.as_str()) && entry.value.is == Is::Bool(true))
    {
        let name = &entry.key;
        let message = [
            format!("‘{name} = true’ houdt deze pagina niet van de site: zo leest niemand het."),
            format!("‘{name} = true’ does not keep this page off the site: nobody reads it there."),
        ];
        let hint = [
            "Schrijf draft = true bovenaan, boven de regel [extra].".to_owned(),
            "Write draft = true at the top, above the line [extra].".to_owned(),
        ];
        desk.tell(CODE, document.path(), entry.at.clone(), message, hint);
    }
}

fn title(document: &Document<'_>, desk: &mut Desk<'_>) {
    let title = document.title.trim_start_matches(['[', '(']).to_lowercase();
    let word = |mark: &&str| {
        title.strip_prefix(*mark).is_some_and(|rest| {
            rest.starts_with([':', ']', ')'])
                || rest.starts_with(" -")
                || rest.starts_with(" –")
                || rest.is_empty()
        })
    };
    let Some(entry) =
        document.front.matter.get("title").filter(|_| ["concept", "draft", "klad"].iter().any(word))
    else {
        return;
    };
    let message = [
        "De titel zegt dat dit een concept is, maar de pagina komt op de site.".to_owned(),
        "The title says that this is a draft, but the page becomes part of the site.".to_owned(),
    ];
    let hint = [
        "Zet draft = true onder de titel zolang de pagina niet af is, of haal het woord uit de titel."
            .to_owned(),
        "Put draft = true below the title until the page is done, or take the word out of the title."
            .to_owned(),
    ];
    desk.tell(CODE, document.path(), entry.value.at.clone(), message, hint);
}

fn gaps(document: &Document<'_>, desk: &mut Desk<'_>) {
    let blocks = document.prose.blocks.iter().filter(|block| block.is_prose()).map(|block| &block.run);
    for run in blocks.chain(document.prose.headings.iter().map(|heading| &heading.run)) {
        for gap in GAPS {
            let Some(at) = whole_word(&run.text, gap) else { continue };
            let message = [
                format!("Hier staat nog ‘{gap}’: de tekst is niet af, maar komt op de site."),
                format!("Here it still says ‘{gap}’: the text is not done, but becomes part of the site."),
            ];
            let hint = [
                "Vul de tekst aan, of zet draft = true bovenaan zolang hij niet af is.".to_owned(),
                "Fill it in, or put draft = true at the top until it is done.".to_owned(),
            ];
            desk.tell(CODE, document.path(), run.place(at..at + gap.len()), message, hint);
        }
    }
}

fn whole_word(text: &str, word: &str) -> Option<usize> {
    let letter = |c: char| c.is_alphanumeric() || c == INSERTED;
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        !text[..*at].chars().next_back().is_some_and(letter)
            && !text[at + word.len()..].chars().next().is_some_and(letter)
    })
}

/// Links to a draft by its address; those by `@/` are broken links, which are complained about already.
fn links(document: &Document<'_>, drafts: &[Draft], desk: &mut Desk<'_>) {
    for link in document.prose.links.iter().filter(|link| link.to.starts_with('/')) {
        let path = link.to.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
        let to = drafts.iter().find(|draft| {
            draft
                .relative
                .trim_end_matches("/index.md")
                .trim_end_matches("/_index.md")
                .trim_end_matches(".md")
                == path
        });
        let Some(draft) = to else { continue };
        let message = [
            format!("Deze link wijst naar een concept: ‘{}’.", draft.title),
            format!("This link leads to a draft: ‘{}’.", draft.title),
        ];
        let hint = [
            "Haal de link weg tot die pagina af is, of haal daar draft = true weg.".to_owned(),
            "Take the link away until that page is done, or take draft = true away there.".to_owned(),
        ];
        desk.tell(CODE, document.path(), link.at.clone(), message, hint);
    }
}
