//! Having the site built anew after what is published changed. In: a command or an address to call. Out: a site that shows
//! it, sooner or later: what fails is tried again, and what was begun when the program ended is begun again.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use super::app::App;
use super::clock::MINUTE;
use super::store::StoreError;
use crate::model::reaction::WANTED;

/// How long a build may take.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// When a build that failed is tried again.
const AGAIN: i64 = 5 * MINUTE;
/// How much of what a command says goes into the log.
const SAID: usize = 2000;

/// Has the site built when that is due. Whether it was.
pub fn build(app: &App) -> Result<bool, StoreError> {
    let table = &app.settings.table;
    let is_set = !table.rebuild_command.is_empty() || table.rebuild_webhook.is_some();
    if !is_set && app.build_here.is_none() {
        return Ok(false);
    }
    let now = app.clock.now();
    let behind = app.store.read(|tx| tx.behind())?;
    if behind.wanted <= behind.done {
        return Ok(false);
    }
    if let Some(build) = &app.build_here {
        build();
        app.store.write(|tx| tx.built(behind.wanted, None, 0))?;
        return Ok(true);
    }
    if now < behind.not_before {
        return Ok(false);
    }
    let until = now + LONGEST.as_millis() as i64 + MINUTE;
    if !app.store.write(|tx| tx.take_work("bouwen", now, until))? {
        return Ok(false);
    }
    let mut fault = (!table.rebuild_command.is_empty())
        .then(|| run(&table.rebuild_command, &app.settings.root, behind.wanted))
        .and_then(Result::err);
    if fault.is_none()
        && let Some(hook) = &table.rebuild_webhook
    {
        fault = call(hook, behind.wanted).err();
    }
    let after = app.clock.now();
    app.store.write(|tx| {
        tx.built(behind.wanted, fault.as_deref(), after + AGAIN)?;
        tx.leave_work("bouwen")
    })?;
    let (level, why) = if fault.is_some() { ("fout", fault) } else { ("goed", None) };
    app.log.say(after, level, "bouw", &json!({"revisie": behind.wanted, "waarom": why}));
    Ok(true)
}

/// Runs a command in a folder, to its end. It is told of which revision the site must be: a build that finds an older one
/// fails, and what failed is tried again.
fn run(words: &[String], folder: &Path, revision: i64) -> Result<(), String> {
    let (program, words) = words.split_first().ok_or("no command")?;
    let mut command = Command::new(program);
    command.current_dir(folder).args(words).env(WANTED, revision.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("{program}: {error}"))?;
    let said = child.stderr.take().map(|stderr| {
        std::thread::spawn(move || {
            let mut said = Vec::new();
            // What is too long is read all the same: a command whose words nobody takes stands still.
            let _ = std::io::BufReader::new(stderr).read_to_end(&mut said);
            let text = String::from_utf8_lossy(&said).into_owned();
            text.chars().rev().take(SAID).collect::<Vec<_>>().into_iter().rev().collect::<String>()
        })
    });
    let until = Instant::now() + LONGEST;
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if Instant::now() > until => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{program} took longer than {} minutes", LONGEST.as_secs() / 60));
            }
            None => std::thread::sleep(Duration::from_millis(100)),
        }
    };
    if status.success() {
        return Ok(());
    }
    let said = said.and_then(|said| said.join().ok()).unwrap_or_default();
    Err(format!("{program}: {status}: {}", said.trim()))
}

/// Calls an address. What goes there is a number and nothing of anybody.
fn call(hook: &str, revision: i64) -> Result<(), String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .max_redirects(0)
        .build()
        .into();
    let body = json!({"revisie": revision}).to_string();
    let answer =
        agent.post(hook).content_type("application/json").send(body).map_err(|error| error.to_string())?;
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(format!("the address answered {}", answer.status()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactions::routes::testing::{Town, towns};

    fn changed(town: &Town) {
        let now = town.app.clock.now();
        town.app.store.write(|tx| tx.published_changed(now + 30_000)).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn several_changes_are_one_build_and_a_failure_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let (ran, works) = (folder.path().join("ran"), folder.path().join("works"));
        let script = format!(
            "echo x >> {}; test -e {} || {{ echo kapot >&2; exit 1; }}",
            ran.display(),
            works.display()
        );
        let table = serde_json::json!({"rebuild_command": ["sh", "-c", script], "rebuild_quiet": 30});
        for town in towns(&table) {
            let _ = (std::fs::remove_file(&ran), std::fs::remove_file(&works));
            let times = || std::fs::read_to_string(&ran).unwrap_or_default().lines().count();
            assert!(!build(&town.app).unwrap());
            changed(&town);
            town.app.clock.forward(20_000);
            changed(&town);
            assert!(!build(&town.app).unwrap());
            // From the first change on, so that a busy day does not put it off for ever.
            town.app.clock.forward(10_000);
            assert!(build(&town.app).unwrap());
            assert_eq!(times(), 1);
            assert!(town.said.lock().unwrap().concat().contains("kapot"));
            std::fs::write(&works, "").unwrap();
            assert!(!build(&town.app).unwrap());
            town.app.clock.forward(AGAIN);
            assert!(build(&town.app).unwrap());
            assert!(!build(&town.app).unwrap());
            assert_eq!(times(), 2);
            assert_eq!(town.app.store.read(|tx| tx.behind()).unwrap().done, 2);
        }
    }

    #[cfg(unix)]
    #[test]
    fn it_runs_in_the_folder_of_the_site() {
        let folder = tempfile::tempdir().unwrap();
        run(&["sh", "-c", "pwd -P > hier"].map(str::to_owned), folder.path(), 1).unwrap();
        let said = std::fs::read_to_string(folder.path().join("hier")).unwrap();
        assert_eq!(Path::new(said.trim()), folder.path().canonicalize().unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_build_is_told_of_which_revision_it_must_be() {
        let folder = tempfile::tempdir().unwrap();
        let told = folder.path().join("told");
        let script = format!("echo $REACTIES_REVISIE >> {}", told.display());
        let table = serde_json::json!({"rebuild_command": ["sh", "-c", script], "rebuild_quiet": 0});
        for town in towns(&table) {
            let _ = std::fs::remove_file(&told);
            for _ in 0..2 {
                changed(&town);
                changed(&town);
                town.app.clock.forward(30_000);
                assert!(build(&town.app).unwrap());
            }
            assert_eq!(std::fs::read_to_string(&told).unwrap(), "2\n4\n");
        }
    }

    #[test]
    fn only_one_endpoint_builds_and_one_that_died_is_taken_over() {
        for town in towns(&serde_json::json!({"rebuild_command": ["true"], "rebuild_quiet": 0})) {
            changed(&town);
            town.app.clock.forward(30_000);
            let now = town.app.clock.now();
            town.app.store.write(|tx| tx.take_work("bouwen", now, now + MINUTE)).unwrap();
            assert!(!build(&town.app).unwrap());
            town.app.clock.forward(MINUTE);
            assert!(build(&town.app).unwrap());
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_a_fault_and_nothing_is_lost() {
        for town in towns(&serde_json::json!({"rebuild_command": ["/nowhere/praktijk"], "rebuild_quiet": 0}))
        {
            changed(&town);
            town.app.clock.forward(30_000);
            assert!(build(&town.app).unwrap());
            let behind = town.app.store.read(|tx| tx.behind()).unwrap();
            assert_eq!((behind.wanted, behind.done), (1, 0));
            assert!(
                town.app
                    .store
                    .read(|tx| tx.work_fault("bouw"))
                    .unwrap()
                    .unwrap()
                    .contains("/nowhere/praktijk")
            );
        }
    }
}
