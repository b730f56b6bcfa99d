//! The pixels in another size. In: an image and the [`Steps`] to take. Out: the image cut and scaled, or a sentence that
//! says why it cannot be of that size.

use image::imageops::{self, FilterType};
use image::{ColorType, DynamicImage, GenericImageView};

use super::{Filter, Steps};

/// More pixels than this (a gigabyte of memory) are a mistake in a template, not a wish.
const MOST_PIXELS: u64 = 1 << 28;

/// Cuts, then scales. `transparency` says whether the new image can have any.
pub(super) fn apply(
    image: DynamicImage,
    steps: Steps,
    filter: Filter,
    transparency: bool,
) -> Result<DynamicImage, String> {
    let (width, height) = steps.resize.unwrap_or((image.width(), image.height()));
    if width == 0 || height == 0 {
        return Err(format!(
            "The image would be {width} pixels wide and {height} high, and that is no image."
        ));
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!(
            "The image would be {width} pixels wide and {height} high, and that is too large."
        ));
    }
    let image = match steps.crop {
        // Of an extreme shape, less than one pixel would be left.
        Some((left, top, width, height)) => image.crop_imm(left, top, width.max(1), height.max(1)),
        None => image,
    };
    Ok(match steps.resize {
        None => image,
        Some(_) => scaled(&image, (width, height), kernel(filter), transparency),
    })
}

fn kernel(filter: Filter) -> FilterType {
    match filter {
        Filter::Nearest => FilterType::Nearest,
        Filter::Triangle => FilterType::Triangle,
        Filter::CatmullRom => FilterType::CatmullRom,
        Filter::Gaussian => FilterType::Gaussian,
        Filter::Lanczos3 => FilterType::Lanczos3,
    }
}

fn scaled(image: &DynamicImage, size: (u32, u32), kernel: FilterType, transparency: bool) -> DynamicImage {
    if transparency && bleeds(image, size, kernel) {
        weighted(image, size, kernel)
    } else {
        image.resize_exact(size.0, size.1, kernel)
    }
}

/// Whether colours that nobody sees would come out at the edges: a transparent pixel has a colour too, mostly black, and
/// scaling mixes it into its neighbours. Images without such pixels are scaled as they are, which keeps their bytes.
fn bleeds(image: &DynamicImage, size: (u32, u32), kernel: FilterType) -> bool {
    let mixes = kernel != FilterType::Nearest && size != (image.width(), image.height());
    mixes && image.color().has_alpha() && image.pixels().any(|(_, _, pixel)| pixel.0[3] < u8::MAX)
}

/// Scales with every colour counted for as much as it can be seen.
fn weighted(image: &DynamicImage, size: (u32, u32), kernel: FilterType) -> DynamicImage {
    let mut pixels = image.to_rgba32f();
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        pixel.0 = [red * alpha, green * alpha, blue * alpha, alpha];
    }
    let mut scaled = imageops::resize(&pixels, size.0, size.1, kernel);
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
