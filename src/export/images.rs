//! Smaller images. In: the bytes of an image and what to do with it. Out: the bytes of the new image, or a sentence that
//! says why there is none.
//!
//! | file | what it answers |
//! |---|---|
//! | [`decode`] | what is in the file: pixels, upright, and their colour profile |
//! | [`geometry`] | which part to cut out and how large to make it |
//! | [`scale`] | the pixels in another size |
//! | [`encode`] | the bytes in a format |
//! | [`operation`] | what a template can wish |

mod decode;
mod encode;
mod geometry;
mod operation;
mod scale;

pub use operation::{Format, Method, Operation};

/// Makes an image out of another.
pub fn make(bytes: &[u8], operation: &Operation) -> Result<Vec<u8>, String> {
    let source = decode::decode(bytes)?;
    let plan = geometry::plan(&operation.method, (source.image.width(), source.image.height()))?;
    let image =
        scale::apply(source.image, &plan, operation.filter, encode::keeps_transparency(&operation.format));
    encode::encode(&image, source.profile, &operation.format)
}

#[cfg(test)]
mod tests;
