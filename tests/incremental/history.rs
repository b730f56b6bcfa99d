//! A history of edits by chance, with the mending of what they break.

use super::chance::Chance;
use super::edits;
use super::platform::Platform;

/// The platform, how it was when it last was well, and what happened to it.
pub(super) struct History {
    pub(super) seed: u64,
    pub(super) now: Platform,
    well: Platform,
    pub(super) chance: Chance,
    pub(super) told: Vec<String>,
}

impl History {
    pub(super) fn new(seed: u64) -> Self {
        let now = Platform::new();
        History { seed, well: now.clone(), now, chance: Chance::new(seed), told: Vec::new() }
    }

    /// One edit, or the mending of all that is broken. Gives the paths that changed.
    pub(super) fn step(&mut self, was_well: bool) -> Vec<String> {
        let before = self.now.clone();
        if was_well {
            self.well = before.clone();
        }
        self.now.touched = None;
        if !was_well && self.chance.percent(70) {
            let env = self.now.env.clone();
            self.now = Platform { env, touched: None, ..self.well.clone() };
            self.told.push("mended".to_owned());
        } else {
            let number = self.told.len();
            let told = edits::edit(&mut self.now, &mut self.chance, number);
            self.told.push(told);
        }
        self.now.changed_since(&before)
    }

    /// What a failure shows.
    pub(super) fn show(&self) -> String {
        let last = self.told.len().saturating_sub(40);
        format!("seed {}, edit {}:\n{}", self.seed, self.told.len(), self.told[last..].join("\n"))
    }
}

/// How many edits a history has: fewer in everyday tests than when somebody asks for more.
pub(super) fn edits(everyday: usize) -> usize {
    std::env::var("PRAKTIJK_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(everyday)
}

/// How many histories there are.
pub(super) fn seeds(everyday: u64) -> Vec<u64> {
    let asked = std::env::var("PRAKTIJK_SEED").ok().and_then(|seed| seed.parse().ok());
    asked.map_or_else(|| (1..=everyday).collect(), |seed| vec![seed])
}
