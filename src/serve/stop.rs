//! The way to end [`super::run`] from elsewhere (a test, or the keys Ctrl-C), or to have it build once more.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use super::burst::Signal;

/// Ends a server. Its clones all end the same one.
#[derive(Clone, Default)]
pub struct Stop(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    stopped: bool,
    wake: Option<Sender<Signal>>,
}

impl Stop {
    /// Ends it: now, or as soon as it starts.
    pub fn stop(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.stopped = true;
        if let Some(wake) = &state.wake {
            // An error means that it has ended already.
            let _ = wake.send(Signal::Stop);
        }
    }

    /// Has the site built again, for a reason that is in no file.
    pub fn build_again(&self) {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wake) = &state.wake {
            // An error means that it has ended already.
            let _ = wake.send(Signal::Missed);
        }
    }

    /// What to wake when it is to end.
    pub(super) fn wakes(&self, wake: Sender<Signal>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            let _ = wake.send(Signal::Stop);
        }
        state.wake = Some(wake);
    }
}
