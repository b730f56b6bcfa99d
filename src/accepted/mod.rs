//! What members wrote and was accepted, as builds and the endpoint share it. In: the file of accepted reactions, or a text
//! from anybody. Out: reactions that are safe to show, and the same file again.
//!
//! | file | what it answers |
//! |---|---|
//! | [`published`] | the file of accepted reactions, read and written |
//! | [`text`] | what members write → HTML that can do no harm |

pub mod published;
pub mod text;
