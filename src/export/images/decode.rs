//! What is in an image file. In: its bytes. Out: its pixels, turned upright, and its colour profile.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

/// An image, upright.
pub(super) struct Source {
    /// The pixels.
    pub(super) image: DynamicImage,
    /// What their values mean, as an ICC profile; none means sRGB.
    pub(super) profile: Option<Vec<u8>>,
}

/// Reads an image.
pub(super) fn decode(bytes: &[u8]) -> Result<Source, String> {
    let unreadable = |error: image::ImageError| format!("The image cannot be read: {error}.");
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| format!("The image cannot be read: {error}."))?;
    if reader.format().is_none() {
        // TGA is the one format that does not say in its first bytes what it is.
        reader.set_format(ImageFormat::Tga);
    }
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let profile = decoder.icc_profile().ok().flatten();
    let orientation = decoder.exif_metadata().ok().flatten().and_then(orientation);
    let image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    Ok(Source { image: upright(image, orientation), profile })
}

/// How a camera held the image, as EXIF says it. Metadata that cannot be read says nothing.
fn orientation(exif: Vec<u8>) -> Option<u32> {
    let exif = exif::Reader::new().read_raw(exif).ok()?;
    exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0)
}

fn upright(image: DynamicImage, orientation: Option<u32>) -> DynamicImage {
    match orientation {
        Some(2) => image.fliph(),
        Some(3) => image.rotate180(),
        Some(4) => image.flipv(),
        Some(5) => image.fliph().rotate270(),
        Some(6) => image.rotate90(),
        Some(7) => image.fliph().rotate90(),
        Some(8) => image.rotate270(),
        _ => image,
    }
}
