//! The bytes of an image in a format. In: pixels, their colour profile and the format. Out: a file, or a sentence that
//! says why there is none. A profile is kept where the format has a place for it.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ColorType, DynamicImage, ImageEncoder};

use super::Format;

/// Writes an image.
pub(super) fn encode(
    image: &DynamicImage,
    profile: Option<Vec<u8>>,
    format: Format,
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let done = match format {
        Format::Png => image.write_with_encoder(with_profile(PngEncoder::new(&mut bytes), profile)),
        Format::Jpeg { quality } => {
            with_profile(JpegEncoder::new_with_quality(&mut bytes, quality), profile).encode_image(image)
        }
        // The other encoder makes smaller files, but has no place for a profile.
        Format::WebP { quality: None } if profile.is_some() => {
            image.write_with_encoder(with_profile(WebPEncoder::new_lossless(&mut bytes), profile))
        }
        Format::WebP { quality } => return webp(image, quality),
        Format::Avif { quality, speed } => return avif(image, quality, speed),
    };
    done.map_err(|error| format!("The image cannot be written: {error}."))?;
    Ok(bytes)
}

/// Whether a pixel of this format can be transparent.
pub(super) fn keeps_transparency(format: Format) -> bool {
    !matches!(format, Format::Jpeg { .. })
}

/// An encoder that refuses the profile writes the image without it.
fn with_profile<E: ImageEncoder>(mut encoder: E, profile: Option<Vec<u8>>) -> E {
    if let Some(profile) = profile {
        drop(encoder.set_icc_profile(profile));
    }
    encoder
}

fn webp(image: &DynamicImage, quality: Option<u8>) -> Result<Vec<u8>, String> {
    // The encoder takes only these two kinds of pixels.
    let image: DynamicImage = match image.color() {
        ColorType::Rgb8 | ColorType::Rgba8 => image.clone(),
        color if color.has_alpha() => image.to_rgba8().into(),
        _ => image.to_rgb8().into(),
    };
    let refused = |reason: &str| format!("The image cannot be written as WebP: {reason}.");
    let encoder = webp::Encoder::from_image(&image).map_err(refused)?;
    // 75 is the effort of the lossless encoder, which has no quality.
    let made = encoder.encode_simple(quality.is_none(), quality.map_or(75.0, f32::from));
    Ok(made.map_err(|error| refused(&format!("{error:?}")))?.to_vec())
}

/// On one thread: the number of threads decides how the encoder divides the image, and the bytes may not depend on the
/// machine. AVIF carries no profile here.
#[cfg(feature = "avif")]
fn avif(image: &DynamicImage, quality: u8, speed: u8) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::avif::AvifEncoder::new_with_speed_quality(&mut bytes, speed, quality)
        .with_num_threads(Some(1));
    image
        .write_with_encoder(encoder)
        .map_err(|error| format!("The image cannot be written as AVIF: {error}."))?;
    Ok(bytes)
}

#[cfg(not(feature = "avif"))]
fn avif(_image: &DynamicImage, _quality: u8, _speed: u8) -> Result<Vec<u8>, String> {
    Err("This program was built without AVIF. Use `format=\"webp\"`, or a program built with the feature `avif`.".to_owned())
}
