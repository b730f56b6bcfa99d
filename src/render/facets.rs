//! The pages that list what a kind has of one value of a facet, so that lists can be narrowed down without a script.

use super::plan::{FacetOf, Job};
use super::{Shelf, render};
use crate::base::{Artifact, Diagnostic, Hash128, OutPath, hash_of};
use crate::model::{Config, JsonMap};
use crate::resolve::Site;
use crate::template::Field;
use crate::template::catalog::{Ask, facet_path};

/// One for each value of each facet of the kinds that name a template for them.
pub(super) fn jobs(site: &Site, config: &Config) -> Vec<Job> {
    let wanted = |kind: &usize| config.kinds[*kind].facet_template.is_some();
    let mut jobs = Vec::new();
    for (kind, lang, tables) in site.catalog.facets.iter().filter(|(kind, ..)| wanted(kind)) {
        for table in tables {
            jobs.extend(table.values.iter().map(|value| {
                Job::Facet(FacetOf {
                    kind: *kind,
                    lang: lang.clone(),
                    facet: table.name.clone(),
                    value: value.slug.clone(),
                })
            }));
        }
    }
    jobs
}

/// What it is called.
pub(super) fn name(of: &FacetOf) -> String {
    format!("kind {} by {} {} ({})", of.kind, of.facet, of.value, of.lang)
}

/// The identity of what it makes, apart from the answers it asks for.
pub(super) fn spec(of: &FacetOf, site: &Site, config: &Config) -> Hash128 {
    let kind = &config.kinds[of.kind];
    hash_of(&(path(of, site, config), &kind.name, &kind.facet_template))
}

/// Where it stands.
pub(super) fn path(of: &FacetOf, site: &Site, config: &Config) -> String {
    facet_path(site, config, &config.kinds[of.kind], &of.lang, &of.facet, &of.value)
}

/// Makes it.
pub(super) fn page(of: &FacetOf, shelf: &dyn Shelf) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let config = shelf.settings();
    let kind = &config.kinds[of.kind];
    let ask = Ask::FacetPage(kind.name.clone(), of.lang.clone(), of.facet.clone(), of.value.clone());
    let shown = match shelf.lookup().catalog(&ask) {
        Ok(Some(kept)) => kept.json.as_object().cloned().unwrap_or_default(),
        _ => JsonMap::new(),
    };
    let path = path(of, shelf.site(), config);
    let mut context = vec![
        ("config", Field::Shared(shelf.config_object(&of.lang))),
        ("current_url", Field::from(config.permalink(&path).as_str())),
        ("current_path", Field::from(path.as_str())),
        ("lang", Field::from(of.lang.as_str())),
    ];
    for name in ["kind", "facet", "value", "items", "section"] {
        context.push((name, Field::Data(shown.get(name).cloned().unwrap_or_default())));
    }
    let template = kind.facet_template.as_deref().unwrap_or_default();
    let text = render(template, context, shelf, None)?;
    Ok(vec![Artifact::new(OutPath::new(&path).join("index.html"), text)])
}
