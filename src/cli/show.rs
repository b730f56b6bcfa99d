//! Complaints and progress on the terminal.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::ReportForm;
use crate::base::{Diagnostic, SourcePath};
use crate::engine::Step;
use crate::report::{self, Language, Look};

/// Shows complaints. `root` is where their files lie.
pub fn diagnostics(list: &[Diagnostic], form: ReportForm, root: &Path, language: Language) {
    if list.is_empty() && form != ReportForm::Gitlab {
        return;
    }
    let read = |path: &SourcePath| std::fs::read(path.on_disk(root)).ok().map(std::sync::Arc::from);
    match form {
        ReportForm::Terminal => {
            let env = |name: &str| std::env::var(name).ok();
            let look = Look::of_environment(&env, std::io::stderr().is_terminal(), language);
            eprint!("{}", report::terminal::text(list, &read, &look));
        }
        ReportForm::Json => put(format_args!("{}", report::json::lines(list, &read))),
        ReportForm::Gitlab => put(format_args!("{}", report::gitlab::report(list, &read))),
        ReportForm::Annotations => put(format_args!("{}", report::annotations::lines(list, &read, language))),
    }
}

/// Writes on standard output. Who reads may have gone, as `head` does when it has seen enough; nobody misses the rest then.
pub fn put(text: std::fmt::Arguments<'_>) {
    let written = std::io::stdout().lock().write_fmt(text);
    if let Some(error) = written.err().filter(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
        eprintln!("{error}");
    }
}

/// The language of the frame around complaints: the site's, where there is a translation.
pub fn language(default_language: Option<&str>) -> Language {
    if default_language.is_some_and(|lang| lang == "nl" || lang.starts_with("nl-")) {
        Language::Dutch
    } else {
        Language::English
    }
}

/// A line that moves, on a terminal, when the work takes long. Quiet in a pipe.
pub struct Progress {
    bar: ProgressBar,
    step: Mutex<Option<Step>>,
}

impl Progress {
    /// A line that shows nothing yet.
    pub fn new() -> Self {
        // Short work shows nothing: the first picture comes after a third of a second.
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{prefix:>8} {bar:32} {pos}/{len}") {
            bar.set_style(style);
        }
        Progress { bar, step: Mutex::default() }
    }

    /// Tells how far it is.
    pub fn tell(&self, step: Step, done: usize, of: usize) {
        if self.bar.is_hidden() || self.bar.elapsed() < Duration::from_millis(300) {
            return;
        }
        let mut now = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        if *now != Some(step) {
            *now = Some(step);
            self.bar.set_prefix(step.name());
        }
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Default for Progress {
    fn default() -> Self {
        Progress::new()
    }
}

/// A time as people read it.
pub fn duration(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1000.0;
    if millis < 1000.0 { format!("{millis:.0} ms") } else { format!("{:.2} s", millis / 1000.0) }
}

/// `1 page`, `2 pages`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
