//! What was done, what was reused, and why.

use std::time::{Duration, Instant};

use super::ledger::Why;

/// A step of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Finding out which files there are.
    Scan,
    /// Reading what an earlier run left.
    Cache,
    /// Understanding files.
    Load,
    /// Resolving the site.
    Resolve,
    /// Rendering texts.
    Texts,
    /// Making outputs.
    Outputs,
    /// Putting them in their place.
    Write,
    /// Asking whether links to other sites lead somewhere.
    Links,
}

impl Step {
    /// As it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Step::Scan => "scan",
            Step::Cache => "cache",
            Step::Load => "load",
            Step::Resolve => "resolve",
            Step::Texts => "texts",
            Step::Outputs => "outputs",
            Step::Write => "write",
            Step::Links => "links",
        }
    }
}

/// What was done, what was reused, and why.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was done and why, by name.
    pub done: Vec<(String, Why)>,
    /// How many texts and jobs were reused.
    pub reused: usize,
    /// Pages, orphans among them, and sections.
    pub counts: (usize, usize, usize),
    /// Files and folders removed from the output folder.
    pub removed: usize,
    /// Whether not even looking was needed.
    pub nothing_changed: bool,
    /// How long each step took.
    pub times: Vec<(Step, Duration)>,
    /// How long it took in all.
    pub total: Duration,
    started: Instant,
}

impl Report {
    /// A report of a build that begins now.
    pub fn start() -> Self {
        Report {
            done: Vec::new(),
            reused: 0,
            counts: (0, 0, 0),
            removed: 0,
            nothing_changed: false,
            times: Vec::new(),
            total: Duration::ZERO,
            started: Instant::now(),
        }
    }

    /// Notes how long a step took.
    pub fn time(&mut self, step: Step, started: Instant) {
        self.times.push((step, started.elapsed()));
    }

    /// The names of what was done.
    pub fn names(&self) -> Vec<&str> {
        self.done.iter().map(|(name, _)| name.as_str()).collect()
    }

    pub(super) fn finish(mut self) -> Self {
        self.done.sort_by(|a, b| a.0.cmp(&b.0));
        self.total = self.started.elapsed();
        self
    }
}
