//! `resize_image` and `get_image_metadata`. (to be written)

/// What to do with an image.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Operation {}
