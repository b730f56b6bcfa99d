//! On whose behalf a function is running. Template languages hand a function its arguments and nothing else, so the
//! [`Lookup`] of the job that renders stands here while it renders: the one piece of state in the house that is not
//! passed by hand.

use std::cell::RefCell;
use std::sync::Arc;

use super::lookup::Lookup;

thread_local! {
    static STACK: RefCell<Vec<Arc<dyn Lookup>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` on behalf of `lookup`.
pub fn with<T>(lookup: Arc<dyn Lookup>, work: impl FnOnce() -> T) -> T {
    /// Leaves the stack as it was, also when a template engine panics.
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            STACK.with_borrow_mut(Vec::pop);
        }
    }
    STACK.with_borrow_mut(|stack| stack.push(lookup));
    let _guard = Guard;
    work()
}

/// Whoever is being rendered for on this thread; none outside of [`with`].
pub fn current() -> Option<Arc<dyn Lookup>> {
    STACK.with_borrow(|stack| stack.last().cloned())
}
