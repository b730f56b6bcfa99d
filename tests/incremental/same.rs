//! The same bytes twice: whatever the number of threads and the order in which files were written.

use std::sync::Arc;

use praktijk::base::Diagnostic;
use praktijk::engine::{Engine, Options, Target};
use praktijk::source::Memory;

use super::chance::Chance;
use super::disk::{Later, build, write};
use super::edits;
use super::platform::{Platform, Tree};
use super::random::same;
use crate::support::{outputs, tree};

fn cold(platform: &Platform, threads: usize) -> (Tree, Vec<Diagnostic>) {
    let sources = Arc::new(Memory::default());
    platform.files.iter().for_each(|(path, bytes)| sources.put(path, bytes));
    let mut engine = Engine::new(sources.clone(), Options::default(), Target::Memory);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let outcome = pool.install(|| engine.build(None)).expect("the machine works");
    (outputs(&engine, &*sources), outcome.diagnostics)
}

#[test]
fn any_number_of_threads_makes_the_same() {
    let mut platforms = vec![Platform::new()];
    // Others with more, and with faults.
    for seed in 0..6 {
        let mut platform = Platform::new();
        let mut chance = Chance::new(seed);
        (0..25).for_each(|number| drop(edits::edit(&mut platform, &mut chance, number)));
        platforms.push(platform);
    }
    for (at, platform) in platforms.iter().enumerate() {
        let (one, told) = cold(platform, 1);
        for threads in [2, 8, 8] {
            let (more, told_by_more) = cold(platform, threads);
            same(&more, &one, &|| format!("platform {at}, {threads} threads"));
            assert_eq!(told_by_more, told, "platform {at}, {threads} threads");
        }
    }
}

#[test]
fn the_order_in_which_files_were_written_does_not_count() {
    let place = tempfile::tempdir().expect("made");
    let mut platform = Platform::new();
    platform.files.retain(|path, _| !path.contains("klok") && !path.contains("uur"));
    let [forth, back] = ["forth", "back"].map(|name| place.path().join(name));
    write(&forth, &platform, platform.files.keys());
    write(&back, &platform, platform.files.keys().rev());
    let made = [forth, back].map(|root| {
        let output = root.join("public");
        let outcome = build(&Later::new(&root, &platform), &root, &output, None);
        assert!(outcome.is_ok(), "{:#?}", outcome.diagnostics);
        (tree(&output), outcome.diagnostics)
    });
    same(&made[0].0, &made[1].0, &|| "forth and back".to_owned());
    assert_eq!(made[0].1, made[1].1);
}
