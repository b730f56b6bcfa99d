//! How a Word document looks, and how its lists are numbered. In: an empty document. Out: the same with styles, whose names
//! are those that word processors know, so that headings land in the navigation and can be restyled at once.

use docx_rs::{
    AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelText, LineSpacing, LineSpacingType,
    NumberFormat, RunFonts, SpecialIndentType, Start, Style, StyleType,
};

/// The list without numbers.
pub(super) const BULLETS: usize = 2;
/// The list with numbers.
pub(super) const NUMBERS: usize = 3;
/// How deep lists can be.
pub(super) const DEEPEST: usize = 8;
/// How far each level of a list is from the left.
pub(super) const STEP: i32 = 400;
/// The font of code.
pub(super) const CODE_FONT: &str = "Consolas";

const FONT: &str = "Calibri";
const INK: &str = "1A2230";
const SOFT: &str = "4B5566";
const ACCENT: &str = "17567A";

/// Adds styles and lists.
pub(super) fn all(mut docx: Docx) -> Docx {
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT);
    docx = docx.default_fonts(fonts).default_size(22).default_line_spacing(spacing().after(140).line(288));
    for style in headings().into_iter().chain(others()) {
        docx = docx.add_style(style);
    }
    docx.add_abstract_numbering(bullets()).add_abstract_numbering(numbers())
}

fn headings() -> Vec<Style> {
    let sizes = [(30, ACCENT), (25, INK), (22, INK), (22, SOFT), (22, SOFT)];
    let one = |(at, (size, color)): (usize, (usize, &str))| {
        paragraph(&format!("Heading{}", at + 1), &format!("heading {}", at + 1))
            .size(size)
            .color(color)
            .bold()
            .outline_lvl(at)
            .line_spacing(spacing().before(if at == 0 { 400 } else { 280 }).after(120).line(264))
    };
    sizes.into_iter().enumerate().map(one).collect()
}

fn others() -> Vec<Style> {
    let indent = |style: Style, left: i32| style.indent(Some(left), None, None, None);
    vec![
        Style::new("Normal", StyleType::Paragraph).name("Normal").color(INK).q_format(true),
        paragraph("Title", "Title").size(46).bold().line_spacing(spacing().after(120).line(264)),
        paragraph("Subtitle", "Subtitle").size(26).color(SOFT).line_spacing(spacing().after(300).line(276)),
        indent(paragraph("Quote", "Quote").color(SOFT).italic(), 400),
        indent(paragraph("Note", "Note"), 400),
        paragraph("Caption", "caption").size(20).color(SOFT),
        paragraph("Code", "Code")
            .size(20)
            .fonts(RunFonts::new().ascii(CODE_FONT).hi_ansi(CODE_FONT).cs(CODE_FONT)),
        paragraph("ListParagraph", "List Paragraph").line_spacing(spacing().after(80).line(280)),
        paragraph("Cell", "Cell").line_spacing(spacing().before(40).after(40).line(264)),
        paragraph("Header", "header").size(18).color(SOFT),
        paragraph("Footer", "footer").size(18).color(SOFT),
        Style::new("Hyperlink", StyleType::Character).name("Hyperlink").color(ACCENT).underline("single"),
    ]
}

/// Without a rule, some word processors take the height of a line as exact, and cut pictures off.
fn spacing() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Auto)
}

fn paragraph(id: &str, name: &str) -> Style {
    Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next("Normal").q_format(true)
}

fn bullets() -> AbstractNumbering {
    let marks = ["•", "–", "·"];
    let level = |at: usize| level(at, "bullet", marks[at % marks.len()]);
    (0..DEEPEST).fold(AbstractNumbering::new(BULLETS), |list, at| list.add_level(level(at)))
}

fn numbers() -> AbstractNumbering {
    let level = |at: usize| level(at, "decimal", &format!("%{}.", at + 1));
    (0..DEEPEST).fold(AbstractNumbering::new(NUMBERS), |list, at| list.add_level(level(at)))
}

fn level(at: usize, form: &str, text: &str) -> Level {
    let left = STEP * (i32::try_from(IndentLevel::new(at).val).unwrap_or_default() + 1);
    Level::new(at, Start::new(1), NumberFormat::new(form), LevelText::new(text), LevelJc::new("left")).indent(
        Some(left),
        Some(SpecialIndentType::Hanging(STEP)),
        None,
        None,
    )
}
