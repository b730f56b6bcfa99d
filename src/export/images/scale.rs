//! The pixels in another size. In: an image and a [`Plan`]. Out: the image cut and scaled.

use image::imageops::{self, FilterType};
use image::{ColorType, DynamicImage, GenericImageView};

use super::geometry::Plan;

/// Cuts, then scales. `transparency` says whether the new image will have any.
pub(super) fn apply(
    image: DynamicImage,
    plan: &Plan,
    filter: FilterType,
    transparency: bool,
) -> DynamicImage {
    let image = match plan.cut {
        Some(((x, y), (width, height))) => image.crop_imm(x, y, width, height),
        None => image,
    };
    match plan.size {
        None => image,
        Some((width, height)) if transparency && bleeds(&image, (width, height), filter) => {
            weighted(&image, width, height, filter)
        }
        Some((width, height)) => image.resize_exact(width, height, filter),
    }
}

/// Whether colours that nobody sees would come out at the edges: a transparent pixel has a colour too, mostly black, and
/// scaling mixes it into its neighbours. Images without such pixels are scaled as they are, which keeps their bytes.
fn bleeds(image: &DynamicImage, size: (u32, u32), filter: FilterType) -> bool {
    let mixes = filter != FilterType::Nearest && size != (image.width(), image.height());
    mixes && image.color().has_alpha() && image.pixels().any(|(_, _, pixel)| pixel.0[3] < u8::MAX)
}

/// Scales with every colour counted for as much as it can be seen.
fn weighted(image: &DynamicImage, width: u32, height: u32, filter: FilterType) -> DynamicImage {
    let mut pixels = image.to_rgba32f();
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        pixel.0 = [red * alpha, green * alpha, blue * alpha, alpha];
    }
    let mut scaled = imageops::resize(&pixels, width, height, filter);
    for pixel in scaled.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        if alpha > 0.0 {
            pixel.0 = [(red / alpha).min(1.0), (green / alpha).min(1.0), (blue / alpha).min(1.0), alpha];
        }
    }
    let scaled = DynamicImage::ImageRgba32F(scaled);
    match image.color() {
        ColorType::La8 => scaled.to_luma_alpha8().into(),
        ColorType::La16 => scaled.to_luma_alpha16().into(),
        ColorType::Rgba8 => scaled.to_rgba8().into(),
        ColorType::Rgba16 => scaled.to_rgba16().into(),
        _ => scaled,
    }
}
