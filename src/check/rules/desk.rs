//! Where complaints of the rules are written down. In: a rule, a place and what is to be said in both languages. Out:
//! [`Diagnostic`]s in the language of the site, at the level the site gave the rule.

use std::ops::Range;

use super::settings::{Level, Settings};
use crate::base::{Diagnostic, Severity, SourcePath};

/// Something said in Dutch and in English.
pub(super) type Both = [String; 2];

/// Takes complaints down.
pub(super) struct Desk<'a> {
    pub(super) settings: &'a Settings,
    pub(super) dutch: bool,
    pub(super) told: Vec<Diagnostic>,
}

impl<'a> Desk<'a> {
    /// A desk on which nothing lies yet.
    pub(super) fn new(settings: &'a Settings, dutch: bool) -> Self {
        Desk { settings, dutch, told: Vec::new() }
    }

    /// Complains about a place in a file.
    pub(super) fn tell(
        &mut self,
        code: &'static str,
        file: &SourcePath,
        at: Range<usize>,
        message: Both,
        hint: Both,
    ) {
        self.tell_as(self.settings.level(code), code, message, hint, |told| told.at(file, at));
    }

    /// Complains about a place in a file, but never as an error.
    pub(super) fn advise(
        &mut self,
        code: &'static str,
        file: &SourcePath,
        at: Range<usize>,
        message: Both,
        hint: Both,
    ) {
        let level = match self.settings.level(code) {
            Level::Error => Level::Warning,
            level => level,
        };
        self.tell_as(level, code, message, hint, |told| told.at(file, at));
    }

    /// Complains about a place in a file, as badly as of another rule when that is worse: a message and a hint.
    pub(super) fn insist(
        &mut self,
        code: &'static str,
        other: &str,
        file: &SourcePath,
        at: Range<usize>,
        [message, hint]: [Both; 2],
    ) {
        let level = match (self.settings.level(code), self.settings.level(other)) {
            (_, Level::Error) => Level::Error,
            (level, _) => level,
        };
        self.tell_as(level, code, message, hint, |told| told.at(file, at));
    }

    /// Complains about a whole file.
    pub(super) fn tell_of_file(&mut self, code: &'static str, file: &SourcePath, message: Both, hint: Both) {
        self.tell_as(self.settings.level(code), code, message, hint, |told| told.in_file(file));
    }

    fn tell_as(
        &mut self,
        level: Level,
        code: &'static str,
        message: Both,
        hint: Both,
        place: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let pick = |[nl, en]: Both| if self.dutch { nl } else { en };
        let mut told = match level {
            Level::Off => return,
            Level::Warning => Diagnostic::warning(code, pick(message)),
            Level::Error => Diagnostic::error(code, pick(message)),
        };
        debug_assert!(told.severity >= Severity::Warning);
        told = place(told).hint(pick(hint));
        self.told.push(told);
    }
}

/// Words as they are listed in a sentence, at most eight.
pub(super) fn listed<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let shown: Vec<String> = words.iter().take(8).map(|word| format!("‘{word}’")).collect();
    format!("{}{}", shown.join(", "), if words.len() > 8 { ", …" } else { "" })
}
