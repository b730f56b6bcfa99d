//! What is done with what members left, besides answering: copies, moves, checks. In: an [`Action`]. Out: a file, or words.

use std::path::Path;

use super::words::Action;
use crate::cli::exit::Failure;
use crate::cli::show;
use crate::reactions::log::Log;
use crate::reactions::private;
use crate::reactions::settings::Settings;
use crate::reactions::setup::{self, Environment};
use crate::reactions::site::OnDisk;
use crate::reactions::store::baked::published_from;
use crate::reactions::store::copies::{Extent, PutBack, look_at};
use crate::reactions::store::{Store, StoreError};
use crate::reactions::tidy;

/// Does it.
pub(super) fn run(action: &Action, settings: &Settings, environment: &Environment) -> Result<(), Failure> {
    match action {
        Action::Backup { file } => copy(&existing(settings, environment)?, file, Extent::Backup),
        Action::Export { file } => copy(&existing(settings, environment)?, file, Extent::Move),
        Action::Restore { file, replace } => restore(&store(settings, environment)?, file, *replace),
        Action::Import { file } => put_back(&store(settings, environment)?, file, false).map(drop),
        Action::Verify { file: Some(file) } => {
            let rows = look_at(&read(file)?).map_err(lacking)?;
            show::put(format_args!("{} is whole: {}.\n", file.display(), show::count(rows, "row", "rows")));
            Ok(())
        }
        Action::Verify { file: None } => verify(&existing(settings, environment)?),
        Action::Publish => {
            let place = setup::place(settings, environment).map_err(Failure::Usage)?;
            let published = published_from(&place).map_err(failed)?;
            show::put(format_args!("{}", String::from_utf8_lossy(&published)));
            Ok(())
        }
        Action::Prune => prune(settings, environment),
        Action::Remap { old, new } => {
            let moved = existing(settings, environment)?
                .write(|tx| {
                    let moved = tx.remap(old, new)?;
                    if moved > 0 {
                        tx.published_changed(0)?;
                    }
                    Ok(moved)
                })
                .map_err(failed)?;
            show::put(format_args!(
                "{} now at `{new}`.\n",
                show::count(moved as usize, "reaction is", "reactions are")
            ));
            Ok(())
        }
        // These two need more than the database.
        Action::Admin { .. } | Action::Config { .. } => Ok(()),
    }
}

fn store(settings: &Settings, environment: &Environment) -> Result<Store, Failure> {
    setup::folder(settings).map_err(Failure::Machine)?;
    Store::open(&setup::place(settings, environment).map_err(Failure::Usage)?).map_err(failed)
}

/// A store that is there already.
fn existing(settings: &Settings, environment: &Environment) -> Result<Store, Failure> {
    Store::open(&setup::existing(settings, environment).map_err(Failure::Usage)?).map_err(failed)
}

fn failed(error: StoreError) -> Failure {
    Failure::Machine(error.to_string())
}

fn lacking(error: StoreError) -> Failure {
    match error {
        StoreError::Setting(text) => Failure::Lacking(text),
        error => failed(error),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file)
        .map_err(|error| Failure::Usage(format!("`{}` cannot be read: {error}.", file.display())))
}

fn copy(store: &Store, file: &Path, extent: Extent) -> Result<(), Failure> {
    let copy = store.copy(extent).map_err(failed)?;
    // A copy that cannot be put back is none, so it is looked at before anybody relies on it.
    let rows = look_at(&copy).map_err(failed)?;
    if rows == 0 && extent == Extent::Backup {
        return Err(Failure::Lacking(format!(
            "There is nothing in {}, so nothing was written.\n  help: Is DATABASE_URL what it is for the endpoint?",
            store.describe()
        )));
    }
    private::write(file, &copy).map_err(Failure::Machine)?;
    show::put(format_args!(
        "Wrote {} of {} to {}.\n",
        show::count(rows, "row", "rows"),
        store.describe(),
        file.display()
    ));
    if extent == Extent::Backup {
        eprintln!(
            "Keep the file `sleutel` of the endpoint, too, and elsewhere: without it no password is right any more."
        );
    }
    Ok(())
}

/// Puts a backup back, and says what it cannot know.
fn restore(store: &Store, file: &Path, replace: bool) -> Result<(), Failure> {
    let done = put_back(store, file, replace)?;
    if done.was_empty {
        eprintln!(
            "The database was empty, so nobody knows any more what was deleted after this copy was made: those members and texts are back. Remove them by hand."
        );
    }
    eprintln!("Who was blocked, and who may decide, is as it was when the copy was made. Look it over.");
    Ok(())
}

fn put_back(store: &Store, file: &Path, replace: bool) -> Result<PutBack, Failure> {
    let copy = read(file)?;
    let done = store.put_back(&copy, replace).map_err(lacking)?;
    let PutBack { rows, still_deleted, .. } = done;
    forget(store);
    show::put(format_args!("Put back {}.\n", show::count(rows as usize, "row", "rows")));
    if still_deleted > 0 {
        let what = show::count(still_deleted as usize, "account or reaction", "accounts or reactions");
        show::put(format_args!("{what} had been deleted since, and stayed deleted.\n"));
    }
    Ok(done)
}

/// What was deleted goes from the files. That is the end of what is done, and done anew every hour by an endpoint, so that it
/// is no failure when somebody else is at work in them.
fn forget(store: &Store) {
    if let Err(error) = store.forget() {
        eprintln!(
            "What was deleted is still in the files of the database, until the endpoint tidies up: {error}"
        );
    }
}

fn verify(store: &Store) -> Result<(), Failure> {
    let wrong = store.verify().map_err(failed)?;
    if wrong.is_empty() {
        show::put(format_args!("{} is whole.\n", store.describe()));
        return Ok(());
    }
    let text = format!(
        "{} is damaged:\n  {}\n  help: Stop the endpoint and restore the last backup.",
        store.describe(),
        wrong.join("\n  ")
    );
    Err(Failure::Machine(text))
}

fn prune(settings: &Settings, environment: &Environment) -> Result<(), Failure> {
    setup::existing(settings, environment).map_err(Failure::Usage)?;
    let site = OnDisk(settings.site.clone());
    let endpoint = setup::open(settings.clone(), environment, Box::new(site), Log::new(|_| {}))
        .map_err(Failure::Machine)?;
    let gone = tidy::tidy(&endpoint.app).map_err(failed)?;
    forget(&endpoint.app.store);
    show::put(format_args!(
        "Gone: {} ended logins, {} old links, {} accounts that were never confirmed, {} rows of the log, {} reports that were looked at, {} mails that could not be sent.\n",
        gone.sessions, gone.tokens, gone.accounts, gone.audit, gone.reports, gone.mails
    ));
    Ok(())
}
