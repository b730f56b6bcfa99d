//! Errors and exit codes: the one place where the one becomes the other.

use crate::engine::EngineError;

/// The content is at fault.
pub const CONTENT: u8 = 1;
/// The command line is at fault.
pub const USAGE: u8 = 2;
/// The machine is at fault, or somebody stopped it.
pub const MACHINE: u8 = 3;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// The content is at fault, and the complaints have been shown.
    Content,
    /// The content is at fault, or lacks what was asked for.
    Lacking(String),
    /// The command line is at fault.
    Usage(String),
    /// The machine is at fault.
    Machine(String),
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Content | Failure::Lacking(_) => CONTENT,
            Failure::Usage(_) => USAGE,
            Failure::Machine(_) => MACHINE,
        }
    }

    /// What is left to say.
    pub fn text(&self) -> Option<String> {
        match self {
            Failure::Content => None,
            Failure::Lacking(text) | Failure::Usage(text) | Failure::Machine(text) => {
                Some(format!("error: {text}"))
            }
        }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let hint = match &error {
            EngineError::Write(error) => error.hint(),
            _ => None,
        };
        let text = match hint {
            Some(hint) => format!("{error}\n  help: {hint}"),
            None => error.to_string(),
        };
        match error {
            EngineError::Write(crate::write::WriteError::Unsafe(_)) => Failure::Usage(text),
            _ => Failure::Machine(text),
        }
    }
}
