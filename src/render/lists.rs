//! Sections, pagers, taxonomies and terms.

use super::{Shelf, plan, redirect, render};
use crate::base::{Artifact, Diagnostic, OutPath};
use crate::resolve::{Pager, SectionId};
use crate::template::Field;
use crate::template::objects::{self, Cut, Parts};

type Made = Result<Vec<Artifact>, Vec<Diagnostic>>;

/// A section without pagers, or one that leads elsewhere.
pub(super) fn section(id: SectionId, shelf: &dyn Shelf) -> Made {
    let section = shelf.site().section(id);
    let file = &section.parsed.file;
    let output = plan::section_folder(shelf.site(), id, shelf.settings()).join("index.html");
    if let Some(to) = &section.parsed.matter.redirect_to {
        let elsewhere = to.starts_with("http:") || to.starts_with("https:");
        let url = if elsewhere { to.clone() } else { shelf.settings().permalink(to) };
        return redirect(output, &url, shelf);
    }
    let context = vec![
        ("config", Field::Shared(shelf.config_object(&file.lang))),
        ("section", Field::Shared(shelf.section_object(id))),
        ("current_url", Field::from(section.permalink.as_str())),
        ("current_path", Field::from(section.path.as_str())),
        ("lang", Field::from(file.lang.as_str())),
    ];
    Ok(vec![Artifact::new(output, render(section.template(), context, shelf, Some(&file.path))?)])
}

/// A pager of a section.
pub(super) fn section_pager(id: SectionId, index: usize, shelf: &dyn Shelf) -> Made {
    let section = shelf.site().section(id);
    let file = &section.parsed.file;
    let matter = &section.parsed.matter;
    let cut = Cut {
        size: matter.paginate_by.unwrap_or(0),
        permalink: &section.permalink,
        path: &matter.paginate_path,
        pagers: &section.pagers,
    };
    let mut context = vec![
        ("config", Field::Shared(shelf.config_object(&file.lang))),
        ("section", Field::Shared(shelf.paginated_section(id))),
        ("lang", Field::from(file.lang.as_str())),
    ];
    context.extend(pager_context(&cut, index, shelf));
    let text = render(section.template(), context, shelf, Some(&file.path))?;
    pager_artifacts(&plan::section_folder(shelf.site(), id, shelf.settings()), &cut, index, text, shelf)
}

/// The list of a taxonomy's terms.
pub(super) fn taxonomy(at: usize, shelf: &dyn Shelf) -> Made {
    let taxonomy = &shelf.site().taxonomies[at];
    let terms = (0..taxonomy.terms.len()).map(|term| Field::Shared(shelf.term_object(at, term))).collect();
    let context = vec![
        ("config", Field::Shared(shelf.config_object(&taxonomy.lang))),
        ("terms", Field::List(terms)),
        ("taxonomy", objects::kind(&taxonomy.kind)),
        ("lang", Field::from(taxonomy.lang.as_str())),
        ("current_url", Field::from(taxonomy.permalink.as_str())),
        ("current_path", Field::from(taxonomy.path.as_str())),
    ];
    let own = format!("{}/list.html", taxonomy.kind.name);
    let name = if shelf.has_template(&own) { own.as_str() } else { "taxonomy_list.html" };
    Ok(vec![Artifact::new(
        OutPath::new(&taxonomy.path).join("index.html"),
        render(name, context, shelf, None)?,
    )])
}

/// A term without pagers.
pub(super) fn term(at: usize, term: usize, shelf: &dyn Shelf) -> Made {
    let known = &shelf.site().taxonomies[at].terms[term];
    let mut context = term_context(at, term, shelf);
    context.push(("current_url", Field::from(known.permalink.as_str())));
    context.push(("current_path", Field::from(known.path.as_str())));
    let text = render(&term_template(at, shelf), context, shelf, None)?;
    Ok(vec![Artifact::new(OutPath::new(&known.path).join("index.html"), text)])
}

/// A pager of a term.
pub(super) fn term_pager(at: usize, term: usize, index: usize, shelf: &dyn Shelf) -> Made {
    let taxonomy = &shelf.site().taxonomies[at];
    let known = &taxonomy.terms[term];
    let cut = Cut {
        size: taxonomy.kind.paginate_by.unwrap_or(0),
        permalink: &known.permalink,
        path: taxonomy.kind.paginate_path.as_deref().unwrap_or("page"),
        pagers: &known.pagers,
    };
    let mut context = term_context(at, term, shelf);
    context.extend(pager_context(&cut, index, shelf));
    let text = render(&term_template(at, shelf), context, shelf, None)?;
    pager_artifacts(&OutPath::new(&known.path), &cut, index, text, shelf)
}

fn term_context(at: usize, term: usize, shelf: &dyn Shelf) -> Parts {
    let taxonomy = &shelf.site().taxonomies[at];
    vec![
        ("config", Field::Shared(shelf.config_object(&taxonomy.lang))),
        ("term", Field::Shared(shelf.term_object(at, term))),
        ("taxonomy", objects::kind(&taxonomy.kind)),
        ("lang", Field::from(taxonomy.lang.as_str())),
    ]
}

fn term_template(at: usize, shelf: &dyn Shelf) -> String {
    let own = format!("{}/single.html", shelf.site().taxonomies[at].kind.name);
    if shelf.has_template(&own) { own } else { "taxonomy_single.html".to_owned() }
}

fn pager_context(cut: &Cut<'_>, index: usize, shelf: &dyn Shelf) -> Parts {
    let pager: &Pager = &cut.pagers[index - 1];
    let pages = pager.pages.iter().map(|id| shelf.listed_page(*id)).collect();
    vec![
        ("current_url", Field::from(pager.permalink.as_str())),
        ("current_path", Field::from(pager.path.as_str())),
        ("paginator", objects::paginator(cut, index, pages)),
    ]
}

fn pager_artifacts(folder: &OutPath, cut: &Cut<'_>, index: usize, text: String, shelf: &dyn Shelf) -> Made {
    let mut outputs = plan::pager_outputs(folder, cut.path, index).into_iter();
    let mut made: Vec<Artifact> =
        outputs.next().map(|output| Artifact::new(output, text)).into_iter().collect();
    for output in outputs {
        made.extend(redirect(output, cut.permalink, shelf)?);
    }
    Ok(made)
}
