//! What a result shows of a page: its texts, from which excerpts are cut in the browser.

use super::bytes::{Broken, Put, Take};
use crate::document::{Page, Unit};

/// The bytes of a page.
pub fn write(page: &Page) -> Vec<u8> {
    let mut put = Put::default();
    for text in [&page.url, &page.title, &page.summary, &page.kind, &page.kind_label, &page.text] {
        put.text(text);
    }
    put.texts(&page.names);
    put.texts(&page.fields);
    put.count(page.units.len());
    for unit in &page.units {
        for text in [&unit.anchor, &unit.title, &unit.kind, &unit.label, &unit.text] {
            put.text(text);
        }
        put.count(usize::from(unit.headed));
    }
    put.count(page.facets.len());
    for (name, values) in &page.facets {
        put.text(name);
        put.texts(values);
    }
    put.0
}

/// The page, but for its weight, which the manifest has.
pub fn read(bytes: &[u8]) -> Result<Page, Broken> {
    let mut take = Take(bytes);
    let page = Page {
        url: take.text()?,
        title: take.text()?,
        summary: take.text()?,
        kind: take.text()?,
        kind_label: take.text()?,
        text: take.text()?,
        names: take.texts()?,
        fields: take.texts()?,
        units: take.many(unit)?,
        facets: take.many(|take| Ok((take.text()?, take.texts()?)))?,
        weight: 100,
    };
    take.end()?;
    Ok(page)
}

fn unit(take: &mut Take<'_>) -> Result<Unit, Broken> {
    Ok(Unit {
        anchor: take.text()?,
        title: take.text()?,
        kind: take.text()?,
        label: take.text()?,
        text: take.text()?,
        headed: take.number()? != 0,
    })
}
