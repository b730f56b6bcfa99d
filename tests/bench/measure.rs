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

/// How to measure.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    /// How often everything is built.
    pub(crate) rounds: usize,
    /// Whether peers build from nothing only: those that remember nothing between builds need no more.
    pub(crate) peers_once: bool,
}

/// Measures these sites. Sites with as many pages share a table.
pub(crate) fn measure(sites: &[PathBuf], options: Options) -> Result<(), Box<dyn Error>> {
    let rounds = options.rounds;
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
                turn(row, round, options)?;
            }
        }
        show(*pages, rounds, rows);
        rows.iter().try_for_each(|row| row.contender.clean())?;
    }
    Ok(())
}

/// One turn of one generator: all builds, from nothing to nothing.
fn turn(row: &mut Row, round: usize, options: Options) -> Result<(), Box<dyn Error>> {
    let Row { contender, costs } = row;
    contender.forget()?;
    let mut note = |build: Build| -> Result<(), Box<dyn Error>> {
        costs.entry(build).or_default().push(cost::run(contender)?);
        Ok(())
    };
    note(Build::Cold)?;
    if options.peers_once && !contender.ours {
        return Ok(());
    }
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
    println!("### {pages} pages\n\nMedians of {rounds} runs; in brackets the fastest and the slowest.\n");
    for build in Build::ALL {
        let measured = || rows.iter().filter(|row| row.costs.contains_key(&build));
        // Everybody is compared with Praktijk on the same site; who has a site of its own, with the first.
        let own = |row: &Row| {
            measured().find(|ours| ours.contender.ours && ours.contender.site == row.contender.site)
        };
        let ours = |row: &Row| own(row).or_else(|| measured().find(|ours| ours.contender.ours));
        let lines: Vec<Vec<String>> = measured().map(|row| line(row, build, ours(row))).collect();
        println!("**Built {}**\n", build.name());
        let head = [
            "generator",
            "time",
            "user",
            "system",
            "peak memory",
            "time / user / user and system, Praktijk = 1",
        ];
        println!("{}", table::markdown(&head, &lines));
    }
    for row in rows.iter().filter(|row| row.costs.contains_key(&Build::Edited)) {
        let (cold, again) = (row.median(Build::Cold), row.median(Build::Unchanged));
        let edited = row.median(Build::Edited);
        println!(
            "- {}: nothing changed takes 1/{} of the time and 1/{} of the processor time of a build from nothing, \
             one edit 1/{} and 1/{}.",
            row.contender.name,
            times(cold.0, again.0),
            times(cold.1, again.1),
            times(cold.0, edited.0),
            times(cold.1, edited.1),
        );
    }
    println!();
}

impl Row {
    /// The time by the clock and the processor time of a build.
    fn median(&self, build: Build) -> (Duration, Duration) {
        let costs = &self.costs[&build];
        (median(costs.iter().map(|cost| cost.wall)), median(costs.iter().map(|cost| cost.user + cost.system)))
    }
}

fn line(row: &Row, build: Build, ours: Option<&Row>) -> Vec<String> {
    let costs = &row.costs[&build];
    let (wall, processor) = row.median(build);
    let user = |row: &Row| median(row.costs[&build].iter().map(|cost| cost.user));
    let walls = || costs.iter().map(|cost| cost.wall);
    let (least, most) = (walls().min().unwrap_or_default(), walls().max().unwrap_or_default());
    let ratio = |ours: &Row| {
        let (our_wall, our_processor) = ours.median(build);
        let user = times(user(row), user(ours));
        format!("{} / {user} / {}", times(wall, our_wall), times(processor, our_processor))
    };
    vec![
        row.contender.name.clone(),
        format!("{} ({}–{})", seconds(wall), seconds(least), seconds(most)),
        seconds(user(row)),
        seconds(median(costs.iter().map(|cost| cost.system))),
        megabytes(median(costs.iter().map(|cost| cost.memory))),
        ours.map_or_else(String::new, ratio),
    ]
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
