//! What was done before, what it asked, and what came of it. In: the answers of now. Out: which of it still holds.
//!
//! Every question stands here once, with the answer that all entries rest on. An entry holds as long as the job itself is
//! the same and none of the answers it asked for has changed.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::query::Query;
use crate::base::hash::Quick;
use crate::base::{Diagnostic, Hash128, OutPath, SourcePath};
use crate::body::Body;
use crate::model::security::Inline;
use crate::template::ImageJob;

/// The memory of the engine.
#[derive(Default)]
pub struct Ledger {
    /// Every question with its answer.
    pub answers: IndexMap<Query, Hash128, Quick>,
    /// What became of texts, by relative path.
    pub texts: HashMap<String, Entry<TextResult>, Quick>,
    /// What became of jobs, by name.
    pub jobs: HashMap<String, Entry<JobResult>, Quick>,
    /// The answers that changed since jobs were last settled: more than one build may pass before they are, when texts
    /// are at fault.
    pending: Vec<bool>,
}

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The identity of what was to be done.
    pub subject: Hash128,
    /// The questions it asked: indexes into [`Ledger::answers`].
    pub asked: Vec<u32>,
    /// Why it must be done on every build, if it must: it asked the clock, chance or the network.
    pub always: Option<&'static str>,
    /// The images it ordered.
    pub images: Vec<ImageJob>,
    /// What its pages have in themselves that browsers run or apply.
    pub inline: Vec<Inline>,
    /// The warnings it gave.
    pub warnings: Vec<Diagnostic>,
    /// What came of it.
    pub result: T,
}

/// What came of a text.
#[derive(Clone, Debug)]
pub struct TextResult {
    /// The HTML and what belongs to it; none right after the ledger was read from disk, where only bodies are kept that
    /// are costly to make.
    pub body: Option<Arc<Body>>,
    /// Its identity.
    pub hash: Hash128,
}

/// What came of a job.
#[derive(Clone, Debug, Default)]
pub struct JobResult {
    /// The outputs.
    pub outputs: Vec<Output>,
}

/// One output of a job.
#[derive(Clone, Debug, PartialEq, Eq, bitcode::Encode, bitcode::Decode)]
pub struct Output {
    /// Where it goes.
    pub path: String,
    /// What is in it.
    pub hash: Hash128,
    /// How many bytes.
    pub size: u64,
    /// The source it is a copy of, if it is one.
    pub copy_of: Option<String>,
    /// What its maker knows about it: JSON.
    pub about: Option<String>,
    /// Whether the name of a search index stands in it, for which `hash` has the mark.
    pub carries: bool,
}

impl Output {
    /// Where it goes.
    pub fn out_path(&self) -> OutPath {
        OutPath::new(&self.path)
    }

    /// The source it is a copy of.
    pub fn source(&self) -> Option<SourcePath> {
        self.copy_of.as_ref().map(SourcePath::new)
    }
}

/// Which answers changed since the entries were made.
pub struct Changes(Vec<bool>);

impl Ledger {
    /// Asks every question that `which` picks again, notes the new answers and says which changed.
    pub fn ask_again(
        &mut self,
        which: impl Fn(&Query) -> bool + Sync,
        answer: impl Fn(&Query) -> Hash128 + Sync,
    ) -> Changes {
        use rayon::prelude::*;
        let fresh: Vec<Option<Hash128>> = self
            .answers
            .par_iter()
            .with_min_len(256)
            .map(|(query, _)| which(query).then(|| answer(query)))
            .collect();
        let mut changed = vec![false; fresh.len()];
        for (at, fresh) in fresh.into_iter().enumerate() {
            if let (Some(fresh), Some((_, old))) = (fresh, self.answers.get_index_mut(at)) {
                changed[at] = *old != fresh;
                *old = fresh;
            }
        }
        self.pending.resize(changed.len(), false);
        self.pending.iter_mut().zip(&changed).for_each(|(pending, changed)| *pending |= changed);
        Changes(changed)
    }

    /// The answers that changed since jobs were last settled.
    pub fn pending(&self) -> Changes {
        Changes(self.pending.clone())
    }

    /// Jobs are settled: what no longer holds is made anew or gone.
    pub fn settled(&mut self) {
        self.pending.clear();
        self.compact();
    }

    /// Notes a question with its answer.
    pub fn note(&mut self, query: Query, answer: impl FnOnce(&Query) -> Hash128) -> u32 {
        if let Some(at) = self.answers.get_index_of(&query) {
            return at as u32;
        }
        let hash = answer(&query);
        self.answers.insert_full(query, hash).0 as u32
    }

    /// Notes questions with their answers, and gives their places.
    pub fn note_all(
        &mut self,
        questions: IndexSet<Query, Quick>,
        answer: impl Fn(&Query) -> Hash128 + Sync,
    ) -> Vec<u32> {
        use rayon::prelude::*;
        let known = &self.answers;
        let fresh: Vec<Option<Hash128>> = questions
            .par_iter()
            .with_min_len(256)
            .map(|query| (!known.contains_key(query)).then(|| answer(query)))
            .collect();
        let noted = questions.into_iter().zip(fresh);
        noted.map(|(query, fresh)| self.note(query, |_| fresh.unwrap_or_default())).collect()
    }

    /// Drops the questions that no entry asks any more.
    fn compact(&mut self) {
        let mut used = vec![false; self.answers.len()];
        let asked =
            self.texts.values().map(|entry| &entry.asked).chain(self.jobs.values().map(|entry| &entry.asked));
        asked.flatten().for_each(|at| used[*at as usize] = true);
        // Moving everything costs more than a few questions too many.
        let unused = used.iter().filter(|used| !**used).count();
        if unused * 4 <= used.len() {
            return;
        }
        let mut moved = vec![0; used.len()];
        let mut next = 0;
        for (at, used) in used.iter().enumerate() {
            moved[at] = next;
            next += u32::from(*used);
        }
        let mut at = 0;
        self.answers.retain(|_, _| {
            at += 1;
            used[at - 1]
        });
        let asked = self
            .texts
            .values_mut()
            .map(|entry| &mut entry.asked)
            .chain(self.jobs.values_mut().map(|entry| &mut entry.asked));
        asked.flatten().for_each(|at| *at = moved[*at as usize]);
    }
}

impl Changes {
    /// Whether any answer changed.
    pub fn any(&self) -> bool {
        self.0.contains(&true)
    }

    /// Why an entry no longer holds; none when it does.
    pub fn why<T>(
        &self,
        entry: &Entry<T>,
        subject: Hash128,
        answers: &IndexMap<Query, Hash128, Quick>,
    ) -> Option<Why> {
        if entry.subject != subject {
            return Some(Why::Different);
        }
        if let Some(reason) = entry.always {
            return Some(Why::Always(reason));
        }
        let changed = entry.asked.iter().find(|at| self.0.get(**at as usize).copied().unwrap_or(false))?;
        Some(Why::Changed(
            answers.get_index(*changed as usize).map(|(query, _)| query.to_string()).unwrap_or_default(),
        ))
    }
}

/// Why something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was not done before.
    New,
    /// What was to be done is not what was done before.
    Different,
    /// It asked for something that is another on every build.
    Always(&'static str),
    /// An answer it rests on changed.
    Changed(String),
    /// Its output is gone or was changed by somebody else.
    OutputLost,
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Why::New => f.write_str("new"),
            Why::Different => f.write_str("itself changed"),
            Why::Always(reason) => write!(f, "asks {reason}"),
            Why::Changed(what) => write!(f, "changed: {what}"),
            Why::OutputLost => f.write_str("its output was gone"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(asked: Vec<u32>) -> Entry<JobResult> {
        Entry {
            subject: Hash128(1),
            asked,
            always: None,
            images: vec![],
            inline: vec![],
            warnings: vec![],
            result: JobResult::default(),
        }
    }

    #[test]
    fn an_entry_falls_with_an_answer_it_asked_for() {
        let mut ledger = Ledger::default();
        let config = ledger.note(Query::Config, |_| Hash128(1));
        let link = ledger.note(Query::Link("a.md".into()), |_| Hash128(2));
        let changes =
            ledger.ask_again(|_| true, |query| Hash128(if *query == Query::Config { 9 } else { 2 }));
        assert_eq!(changes.why(&entry(vec![link]), Hash128(1), &ledger.answers), None);
        assert_eq!(
            changes.why(&entry(vec![link, config]), Hash128(1), &ledger.answers),
            Some(Why::Changed("the settings".into()))
        );
        assert_eq!(changes.why(&entry(vec![]), Hash128(2), &ledger.answers), Some(Why::Different));
    }

    #[test]
    fn compacting_keeps_every_entry_at_its_questions() {
        let mut ledger = Ledger::default();
        let queries: Vec<u32> =
            (0..4).map(|n| ledger.note(Query::Link(n.to_string()), |_| Hash128(n))).collect();
        ledger.jobs.insert("j".into(), entry(vec![queries[3], queries[1]]));
        ledger.settled();
        let kept: Vec<_> = ledger.jobs["j"]
            .asked
            .iter()
            .map(|at| ledger.answers.get_index(*at as usize).unwrap().0.clone())
            .collect();
        assert_eq!(kept, [Query::Link("3".into()), Query::Link("1".into())]);
        assert_eq!(ledger.answers.len(), 2);
    }
}
