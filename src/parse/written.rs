//! The Markdown of a file, for as long as somebody needs it: once it has been rendered, few do, and all of it together is a
//! large part of what a site takes in memory. Whoever needs it again reads the file again.

use std::sync::{Arc, Mutex, PoisonError};

/// Markdown that is held until somebody lets go of it. Clones are the same text.
#[derive(Clone, Debug)]
pub struct Written(Arc<Mutex<Option<Arc<str>>>>);

impl Written {
    /// Holds a text.
    pub fn new(text: &str) -> Self {
        Written(Arc::new(Mutex::new(Some(Arc::from(text)))))
    }

    /// The text, unless it was let go of.
    pub fn get(&self) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets go of the text, for everybody.
    pub fn let_go(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Default for Written {
    fn default() -> Self {
        Written::new("")
    }
}
