//! What members post and what everybody reads, on each database there is.
//!
//! | file | what it tests |
//! |---|---|
//! | `posting` | from a form to a text that is kept once |
//! | `appearing` | what waits and what does not |
//! | `changing` | changing, withdrawing, choosing |
//! | `reporting` | reports of members and visitors |
//! | `following` | mails for those who follow, and their end |
//! | `reading` | pages, feeds and data, with everything that members could write to do harm |

mod appearing;
mod changing;
mod following;
mod posting;
mod reading;
mod reporting;
