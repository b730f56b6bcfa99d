//! Asks an index that was written by the example `index`: `… --example ask -- OUT [--json]`, a question a line on standard
//! input. With `--json` every answer is a line of JSON.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use praktijk_search::native::Whole;
use praktijk_search::query::Request;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("give the folder of an index")?;
    let json = arguments.next().is_some();
    let root = std::path::Path::new(&out);
    let told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(root.join("told.json"))?)?;
    let mut files = BTreeMap::new();
    for folder in
        [root.to_path_buf()].into_iter().chain(std::fs::read_dir(root)?.flatten().map(|entry| entry.path()))
    {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().is_file() {
                let name = entry.path().strip_prefix(root)?.to_string_lossy().into_owned();
                files.insert(name, std::fs::read(entry.path())?);
            }
        }
    }
    let mut whole = Whole::of_files(told["manifest"].as_str().unwrap_or_default(), files)?;
    let mut to = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let request = Request { query: line?, explain: !json, ..Request::default() };
        let start = std::time::Instant::now();
        let found = whole.search(&request)?;
        if json {
            writeln!(to, "{}", serde_json::to_string(&found)?)?;
            continue;
        }
        writeln!(to, "\n{} – {} + {} in {:?}", found.query, found.total, found.partial, start.elapsed())?;
        for row in found.rows {
            let why: Vec<String> = row
                .why
                .iter()
                .map(|why| format!("{}={} {:?} {}", why.word, why.matched, why.how, why.weight))
                .collect();
            writeln!(
                to,
                "{:8.3} {} [{}] {:?}\n         {}",
                row.score,
                row.url,
                why.join("; "),
                row.missing,
                row.excerpt.concat()
            )?;
        }
    }
    Ok(())
}
