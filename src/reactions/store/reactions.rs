//! What members wrote. In: a text and what is decided about it. Out: reactions with the name of whoever wrote them, and all
//! that is published, as a build takes it.

use super::database::{Row, values};
use super::{StoreError, Tx};
use crate::accepted::text;
use crate::model::reaction::{Kind, Published, Reaction, TAKEN};
use crate::reactions::clock::written;
use crate::reactions::holds::whole;

/// The name behind what somebody wrote who is no member any more.
pub const FORMER: &str = "Voormalig deelnemer";

/// What became of a reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for a moderator.
    Waiting,
    /// Everybody reads it.
    Placed,
    /// A moderator did not place it.
    Declined,
    /// It was taken away; its text is gone.
    Withdrawn,
}

impl State {
    /// As it is kept and shown.
    pub fn word(self) -> &'static str {
        match self {
            State::Waiting => "wacht",
            State::Placed => "geplaatst",
            State::Declined => "afgewezen",
            State::Withdrawn => "ingetrokken",
        }
    }

    fn of(word: &str) -> State {
        let all = [State::Placed, State::Declined, State::Withdrawn];
        all.into_iter().find(|state| state.word() == word).unwrap_or(State::Waiting)
    }
}

/// A reaction as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// The page it stands below.
    pub page: String,
    /// What it answers.
    pub parent: Option<String>,
    /// Who wrote it; none when they left.
    pub account: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: Option<String>,
    /// What was typed.
    pub text: String,
    /// What became of it.
    pub state: State,
    /// Why it waits.
    pub holds: Vec<String>,
    /// What a moderator said of the decision.
    pub reason: Option<String>,
    /// Whether it is the answer that was chosen.
    pub chosen: bool,
    /// What a notice is.
    pub notice: Option<String>,
    /// Its last day.
    pub expires: Option<String>,
    /// When it was written.
    pub created: i64,
    /// When it was last changed by its writer.
    pub edited: Option<i64>,
    /// When a moderator last decided; none for what appeared by itself.
    pub decided: Option<i64>,
    /// The name that is shown.
    pub author: String,
    /// What is shown behind it.
    pub about: Option<String>,
    /// Whether its writer is a moderator.
    pub staff: bool,
}

/// What is new about a reaction.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Its title.
    pub title: Option<&'a str>,
    /// What was typed.
    pub text: &'a str,
    /// What a notice is.
    pub notice: Option<&'a str>,
    /// Its last day.
    pub expires: Option<&'a str>,
    /// What becomes of it.
    pub state: State,
    /// Why it waits, one line each.
    pub holds: &'a str,
}

/// A reaction that is written for the first time.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Its id.
    pub id: &'a str,
    /// The page it stands below.
    pub page: &'a str,
    /// What it answers.
    pub parent: Option<&'a str>,
    /// Who writes.
    pub account: &'a str,
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub said: Said<'a>,
    /// What the form carried, so that a form sent twice is one reaction.
    pub once: &'a str,
    /// When.
    pub now: i64,
}

/// How many of a member's reactions wait, stand, and were not placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting.
    pub waiting: i64,
    /// Placed.
    pub placed: i64,
    /// Not placed.
    pub declined: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.page, r.parent, r.account, r.kind, r.title, r.text, r.state, r.holds, r.reason, r.chosen, \
             r.notice, r.expires, r.created, r.edited, r.decided, a.name, a.about, a.role \
             FROM reactions r LEFT JOIN accounts a ON a.id = r.account ",
            $rest
        )
    };
}
pub(super) use select;

impl Kept {
    pub(super) fn of(row: &Row) -> Kept {
        Kept {
            id: row.text(0),
            page: row.text(1),
            parent: row.maybe_text(2),
            account: row.maybe_text(3),
            kind: kind(&row.text(4)),
            title: row.maybe_text(5),
            text: row.text(6),
            state: State::of(&row.text(7)),
            holds: row.text(8).lines().map(ToOwned::to_owned).collect(),
            reason: row.maybe_text(9),
            chosen: row.flag(10),
            notice: row.maybe_text(11),
            expires: row.maybe_text(12),
            created: row.int(13),
            edited: row.maybe_int(14),
            decided: row.maybe_int(15),
            author: row.maybe_text(16).unwrap_or_else(|| FORMER.to_owned()),
            about: row.maybe_text(17),
            staff: row.maybe_text(18).is_some_and(|role| role != "deelnemer"),
        }
    }

    /// Title and text, as they are looked through.
    pub fn words(&self) -> String {
        whole(self.title.as_deref(), &self.text)
    }

    /// What changes with every change of it: whoever decides says what they read.
    pub fn version(&self) -> i64 {
        self.edited.unwrap_or(self.created)
    }

    /// As everybody may see it.
    pub fn shown(&self) -> Reaction {
        Reaction {
            id: self.id.clone(),
            page: self.page.clone(),
            parent: self.parent.clone(),
            kind: self.kind,
            title: self.title.as_deref().map(text::one_line).filter(|title| !title.is_empty()),
            author: text::one_line(&self.author),
            about: self.about.as_deref().map(text::one_line).filter(|about| !about.is_empty()),
            staff: self.staff,
            html: text::to_html(&self.text),
            created: written(self.created),
            edited: self.edited.map(written),
            chosen: self.chosen && self.kind == Kind::Answer,
            notice: self.notice.clone().filter(|_| self.kind == Kind::Notice),
            expires: self.expires.clone(),
        }
    }
}

fn kind(word: &str) -> Kind {
    TAKEN.into_iter().find(|kind| kind.word() == word).unwrap_or(Kind::Answer)
}

impl Tx<'_> {
    /// Keeps a reaction; false when one with the same `once` is there already.
    pub fn add_reaction(&mut self, new: &New<'_>) -> Result<bool, StoreError> {
        let said = new.said;
        let added = self.run(
            "INSERT INTO reactions (id, page, parent, account, kind, title, text, state, holds, notice, expires, once, created) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (once) DO NOTHING",
            values![
                new.id,
                new.page,
                new.parent,
                new.account,
                new.kind.word(),
                said.title,
                said.text,
                said.state.word(),
                said.holds,
                said.notice,
                said.expires,
                new.once,
                new.now,
            ],
        )?;
        Ok(added > 0)
    }

    /// The reaction with this id.
    pub fn reaction(&mut self, id: &str) -> Result<Option<Kept>, StoreError> {
        let found = self.row(select!("WHERE r.id = $1"), values![id])?;
        Ok(found.as_ref().map(Kept::of))
    }

    /// The one that a form made.
    pub fn reaction_of_form(&mut self, once: &str) -> Result<Option<Kept>, StoreError> {
        let found = self.row(select!("WHERE r.once = $1"), values![once])?;
        Ok(found.as_ref().map(Kept::of))
    }

    /// Everything of a member, oldest first.
    pub fn reactions_of(&mut self, account: &str) -> Result<Vec<Kept>, StoreError> {
        let found = self.rows(select!("WHERE r.account = $1 ORDER BY r.id"), values![account])?;
        Ok(found.iter().map(Kept::of).collect())
    }

    /// What stands below a page for everybody.
    pub fn placed_on(&mut self, page: &str) -> Result<Vec<Kept>, StoreError> {
        let found = self.rows(
            select!(
                "WHERE r.page = $1 AND r.state = 'geplaatst' AND (r.parent IS NULL OR EXISTS \
                 (SELECT 1 FROM reactions p WHERE p.id = r.parent AND p.state = 'geplaatst')) ORDER BY r.id"
            ),
            values![page],
        )?;
        Ok(found.iter().map(Kept::of).collect())
    }

    /// Everything that is published, with its revision.
    pub fn published(&mut self) -> Result<Published, StoreError> {
        let found = self.rows(
            select!(
                "WHERE r.state = 'geplaatst' AND (r.parent IS NULL OR EXISTS \
                 (SELECT 1 FROM reactions p WHERE p.id = r.parent AND p.state = 'geplaatst'))"
            ),
            values![],
        )?;
        let mut items: Vec<Reaction> = found.iter().map(|row| Kept::of(row).shown()).collect();
        items.sort_by(|one, other| (&one.page, &one.id).cmp(&(&other.page, &other.id)));
        Ok(Published { revision: self.revision()?.unsigned_abs(), items })
    }

    /// How many of a member's wait, stand, and were not placed.
    pub fn reaction_counts(&mut self, account: &str) -> Result<Counts, StoreError> {
        let found = self.row(
            "SELECT count(CASE WHEN state = 'wacht' THEN 1 END), count(CASE WHEN state = 'geplaatst' THEN 1 END), \
             count(CASE WHEN state = 'afgewezen' THEN 1 END) FROM reactions WHERE account = $1",
            values![account],
        )?;
        Ok(found
            .map(|row| Counts { waiting: row.int(0), placed: row.int(1), declined: row.int(2) })
            .unwrap_or_default())
    }

    /// How many answers others gave to something.
    pub fn answers_to(&mut self, id: &str) -> Result<i64, StoreError> {
        let found = self
            .row("SELECT count(*) FROM reactions WHERE parent = $1 AND state = 'geplaatst'", values![id])?;
        Ok(found.map_or(0, |row| row.int(0)))
    }

    /// Its writer changed it.
    pub fn change_reaction(&mut self, id: &str, said: &Said<'_>, now: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE reactions SET title = $2, text = $3, notice = $4, expires = $5, state = $6, holds = $7, edited = $8 \
             WHERE id = $1",
            values![id, said.title, said.text, said.notice, said.expires, said.state.word(), said.holds, now],
        )?;
        Ok(())
    }

    /// A moderator decided. What is placed waits for nothing any more.
    pub fn decide_reaction(
        &mut self,
        id: &str,
        state: State,
        reason: Option<&str>,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE reactions SET state = $2, reason = $3, decided = $4, \
             holds = CASE WHEN $2 = 'geplaatst' THEN '' ELSE holds END WHERE id = $1",
            values![id, state.word(), reason, now],
        )?;
        Ok(())
    }

    /// It waits again, for a reason that a moderator will read.
    pub fn hold_reaction(&mut self, id: &str, hold: &str, now: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE reactions SET state = 'wacht', holds = $2, decided = $3 WHERE id = $1",
            values![id, hold, now],
        )?;
        Ok(())
    }

    /// Of the answers to something, this one is the one, or none is.
    pub fn choose_answer(&mut self, parent: &str, answer: Option<&str>) -> Result<(), StoreError> {
        self.run("UPDATE reactions SET chosen = 0 WHERE parent = $1", values![parent])?;
        if let Some(answer) = answer {
            self.run(
                "UPDATE reactions SET chosen = 1 WHERE id = $1 AND parent = $2",
                values![answer, parent],
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
