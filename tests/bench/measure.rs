//! `measure`: how long generators take over the same platform. In: sites. Out: tables in Markdown.
//!
//! Everybody takes turns within one round, so that whatever else the machine does hits all alike.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::cost::{self, Cost};
use crate::edit::Edit;
use crate::generator::{self, Contender};
use crate::table::{self, median, megabytes, seconds, times};

/// The cache of Praktijk distrusts files that were written less than two seconds before they were read.
const SETTLE: Duration = Duration::from_secs(3);

/// What is measured, in the order in which it is done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Build {
    Cold,
    Unchanged,
    Edited,
}

impl Build {
    const ALL: [Build; 3] = [Build::Cold, Build::Unchanged, Build::Edited];

    fn name(self) -> &'static str {
        match self {
            Build::Cold => "from nothing",
            Build::Unchanged => "again, nothing changed",
            Build::Edited => "again, the text of one page changed",
        }
    }
}

/// What one generator needed, round after round.
struct Row {
    contender: Contender,
    costs: BTreeMap<Build, Vec<Cost>>,
}

/// Measures these sites. Sites with as many pages share a table.
pub(crate) fn measure(sites: &[PathBuf], rounds: usize) -> Result<(), Box<dyn Error>> {
    let mut tables: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    for site in sites {
        let pages = crate::edit::pages(site).len();
        for contender in generator::contenders(site)? {
            tables.entry(pages).or_default().push(Row { contender, costs: BTreeMap::new() });
        }
    }
    for (pages, rows) in &mut tables {
        sleep(SETTLE);
        for round in 1..=rounds {
            for row in rows.iter_mut() {
                eprintln!("{pages} pages, round {round} of {rounds}: {}", row.contender.name);
                turn(row, round)?;
            }
        }
        show(*pages, rounds, rows);
        rows.iter().try_for_each(|row| row.contender.forget())?;
    }
    Ok(())
}

/// One turn of one generator: all builds, from nothing to nothing.
fn turn(row: &mut Row, round: usize) -> Result<(), Box<dyn Error>> {
    let Row { contender, costs } = row;
    contender.forget()?;
    let mut note = |build: Build| -> Result<(), Box<dyn Error>> {
        costs.entry(build).or_default().push(cost::run(contender)?);
        Ok(())
    };
    note(Build::Cold)?;
    note(Build::Unchanged)?;
    let mut edit = Edit::of(&contender.site, round)?;
    let mark = edit.write(round)?;
    note(Build::Edited)?;
    let shown = std::fs::read_to_string(contender.output().join(edit.url()).join("index.html"))?;
    if !shown.contains(&mark) {
        return Err(format!("{} did not show the edit", contender.name).into());
    }
    drop(edit);
    sleep(SETTLE);
    Ok(())
}

fn show(pages: usize, rounds: usize, rows: &[Row]) {
    println!(
        "### {pages} pages\n\nMedians of {rounds} runs; between brackets the fastest and the slowest.\n"
    );
    for build in Build::ALL {
        let ours = rows.iter().find(|row| row.contender.ours).map(|row| wall(row, build));
        let lines: Vec<Vec<String>> = rows.iter().map(|row| line(row, build, ours)).collect();
        println!("**Built {}**\n", build.name());
        let head = [
            "generator",
            "time",
            "processor time",
            "of which user",
            "peak memory",
            "times as long as Praktijk",
        ];
        println!("{}", table::markdown(&head, &lines));
    }
    for row in rows {
        let cold = wall(row, Build::Cold).as_secs_f64();
        let part = |build| table::number(cold / wall(row, build).as_secs_f64().max(1e-6));
        let (unchanged, edited) = (part(Build::Unchanged), part(Build::Edited));
        let name = &row.contender.name;
        println!(
            "- {name}: nothing changed takes 1/{unchanged} of a build from nothing, one edit 1/{edited}."
        );
    }
    println!();
}

fn line(row: &Row, build: Build, ours: Option<Duration>) -> Vec<String> {
    let costs = &row.costs[&build];
    let walls = || costs.iter().map(|cost| cost.wall);
    let (least, most) = (walls().min().unwrap_or_default(), walls().max().unwrap_or_default());
    vec![
        row.contender.name.clone(),
        format!("{} ({}–{})", seconds(median(walls())), seconds(least), seconds(most)),
        seconds(median(costs.iter().map(|cost| cost.user + cost.system))),
        seconds(median(costs.iter().map(|cost| cost.user))),
        megabytes(median(costs.iter().map(|cost| cost.memory))),
        ours.map_or_else(String::new, |ours| times(median(walls()), ours)),
    ]
}

fn wall(row: &Row, build: Build) -> Duration {
    median(row.costs[&build].iter().map(|cost| cost.wall))
}

/// The date, the machine and the command, for above the tables.
pub(crate) fn circumstances(command: &str) -> String {
    let read = |path: &str| std::fs::read_to_string(Path::new(path)).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let memory: f64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
    let load = read("/proc/loadavg");
    let load = load.split_whitespace().next().unwrap_or("?");
    format!(
        "- Date: {}\n- Machine: {} ({cores} cores), {:.0} GB memory, {}; load at the start {load}\n- Command: `{command}`\n",
        jiff::Zoned::now().strftime("%Y-%m-%d"),
        field(&read("/proc/cpuinfo"), "model name"),
        memory / 1024.0 / 1024.0,
        std::env::consts::OS,
    )
}
