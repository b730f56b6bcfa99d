//! Gives back the pages of an index that a site has: `… --example pages -- SITE/zoekindex MANIFEST PAGES SETTINGS` writes a page
//! a line, and the settings, as the example `index` reads them. For trying other rules of ranking on the same pages.

use std::io::Write;

use praktijk_search::document::Settings;
use praktijk_search::layout::envelope::{self, Holds};
use praktijk_search::layout::{fragment, manifest::Manifest};
use praktijk_search::write::unpack;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, name, pages, settings] = arguments.as_slice() else { return Err("give four names".into()) };
    let read = |name: &str| -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        Ok(unpack(&std::fs::read(std::path::Path::new(folder).join(name))?)?)
    };
    let bytes = read(name)?;
    let (_, payload) = envelope::open(&bytes, Holds::Manifest, None).map_err(|fault| format!("{fault:?}"))?;
    let manifest = Manifest::read(payload).map_err(|fault| format!("{fault:?}"))?;
    let known =
        Settings { language: manifest.language, facets: manifest.facets, concepts: manifest.concepts };
    std::fs::write(settings, serde_json::to_string(&known)?)?;
    let mut to = std::io::BufWriter::new(std::fs::File::create(pages)?);
    for layer in manifest.layers {
        for (number, row) in layer.pages.iter().enumerate() {
            let bytes = read(&format!("{}/f{number}.bin", layer.folder))?;
            let (_, payload) =
                envelope::open(&bytes, Holds::Fragment, None).map_err(|fault| format!("{fault:?}"))?;
            let mut page = fragment::read(payload).map_err(|fault| format!("{fault:?}"))?;
            page.weight = u32::from(row.weight);
            writeln!(to, "{}", serde_json::to_string(&page)?)?;
        }
    }
    Ok(())
}
