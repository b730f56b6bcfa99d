//! Reactions of members: what was accepted, and what their texts may hold. In: bytes that others wrote. Out: values that are
//! safe to show, and complaints.
//!
//! | file | what it answers |
//! |---|---|
//! | [`published`] | the file of accepted reactions, read and written |
//! | [`text`] | what the HTML of a reaction may hold |

pub mod published;
pub mod text;
