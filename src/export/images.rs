//! Smaller images. In: the bytes of an image and what to do with it. Out: the bytes of the new image, or a sentence that
//! says why there is none.
//!
//! | file | what it answers |
//! |---|---|
//! | [`decode`] | what is in the file: pixels, upright, and their colour profile |
//! | [`scale`] | the pixels in another size |
//! | [`encode`] | the bytes in a format |

mod decode;
mod encode;
mod scale;

use crate::template::functions::images::{Filter, Format, Operation, Steps};

/// Makes an image out of another.
pub fn make(bytes: &[u8], operation: &Operation) -> Result<Vec<u8>, String> {
    let source = decode::decode(bytes)?;
    let steps = operation.method.steps((source.image.width(), source.image.height()));
    let transparency = encode::keeps_transparency(operation.format);
    let image = scale::apply(source.image, steps, operation.filter, transparency)?;
    encode::encode(&image, source.profile, operation.format)
}

#[cfg(test)]
mod tests;
