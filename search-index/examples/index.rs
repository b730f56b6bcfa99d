//! Indexes pages, for measuring: `cargo run --release -p praktijk-search --features write --example index -- PAGES OUT`, where
//! PAGES has a page a line, as JSON (see `document.rs`). Prints what it took.

use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(pages), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("give a file of pages and a folder to write to".into());
    };
    let file = std::io::BufReader::new(std::fs::File::open(pages)?);
    let pages: Result<Vec<praktijk_search::document::Page>, Box<dyn std::error::Error>> =
        file.lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect();
    let pages = pages?;
    let mut settings: praktijk_search::document::Settings = match arguments.next() {
        Some(settings) => serde_json::from_str(&std::fs::read_to_string(settings)?)?,
        None => Default::default(),
    };
    if settings.language.is_empty() {
        settings.language = "nl".to_owned();
    }
    let start = std::time::Instant::now();
    let index = praktijk_search::write::index(&pages, &settings)?;
    let took = start.elapsed();
    for file in &index.files {
        let path = std::path::Path::new(&out).join(&file.name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, &file.bytes)?;
    }
    let count = |sign: &str| index.files.iter().filter(|file| file.name.contains(sign)).count();
    let size = |sign: &str| {
        index.files.iter().filter(|file| file.name.contains(sign)).map(|file| file.bytes.len()).sum::<usize>()
    };
    let told = serde_json::json!({
        "manifest": index.manifest, "seconds": took.as_secs_f64(), "pages": pages.len(),
        "hot": index.files.iter().find(|file| file.name == index.manifest).map(|file| file.bytes.len()),
        "chunks": count("/c"), "chunk_bytes": size("/c"), "position_bytes": size("/p"), "fragment_bytes": size("/f"),
        "spelling_bytes": size("/spelling"),
    });
    std::fs::write(std::path::Path::new(&out).join("told.json"), told.to_string())?;
    Ok(())
}
