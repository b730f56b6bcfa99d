//! Images in and out. What is expected was made by Zola 0.23.3 from the same pixels: the first bytes of the SHA-256 of
//! each file.

use image::codecs::png::PngEncoder;
use image::{DynamicImage, GenericImageView, GrayImage, ImageEncoder, Luma, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;
use crate::template::functions::images::Method;

const WIDTH: u32 = 40;
const HEIGHT: u32 = 30;
const FILL: Method = Method::Fill(10, 12);
const JPEG: Format = Format::Jpeg { quality: 75 };

fn colour(x: u32, y: u32) -> [u8; 3] {
    [x * 6, y * 8, x * y].map(|value| (value % 256) as u8)
}

fn rgb() -> DynamicImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| Rgb(colour(x, y))).into()
}

fn rgba(alpha: fn(u32) -> u8) -> DynamicImage {
    let pixel = |x, y| {
        let [red, green, blue] = colour(x, y);
        Rgba([red, green, blue, alpha(x)])
    };
    RgbaImage::from_fn(WIDTH, HEIGHT, pixel).into()
}

fn clear() -> DynamicImage {
    rgba(|x| (x * 6 % 256) as u8)
}

fn gray() -> DynamicImage {
    GrayImage::from_fn(WIDTH, HEIGHT, |x, y| Luma([(x * y % 256) as u8])).into()
}

/// The image as a PNG, with an ICC profile and EXIF metadata.
fn png(image: &DynamicImage, profile: Option<&[u8]>, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).unwrap();
    }
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    image.write_with_encoder(encoder).unwrap();
    bytes
}

fn made(bytes: &[u8], method: Method, format: Format, filter: Filter) -> Vec<u8> {
    make(bytes, &Operation { method, format, filter }).unwrap()
}

fn sum(bytes: &[u8]) -> String {
    let sum = <sha2::Sha256 as sha2::Digest>::digest(bytes);
    sum[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn check(image: &DynamicImage, method: Method, format: Format, expected: &str) {
    let bytes = made(&png(image, None, None), method, format, Filter::Lanczos3);
    assert_eq!(sum(&bytes), expected, "{method:?} {format:?}");
}

#[test]
fn what_is_no_image() {
    let operation = Operation { method: FILL, format: Format::Png, filter: Filter::Lanczos3 };
    let whole = png(&rgb(), None, None);
    for bytes in [&b""[..], b"no image at all, but some text", &whole[..40], &whole[..whole.len() / 2]] {
        let reason = make(bytes, &operation).unwrap_err();
        assert!(reason.starts_with("The image cannot be read: ") && reason.ends_with('.'), "{reason}");
    }
}

#[test]
fn sizes_no_format_can_hold() {
    let long = |format| {
        let operation = Operation { method: Method::Scale(70_000, 1), format, filter: Filter::Nearest };
        make(&png(&gray(), None, None), &operation)
    };
    assert!(long(JPEG).unwrap_err().starts_with("The image cannot be written: "));
    assert!(
        long(Format::WebP { quality: None })
            .unwrap_err()
            .starts_with("The image cannot be written as WebP: ")
    );
}

#[test]
fn sizes_that_are_no_image() {
    let sized = |width, height| {
        let operation =
            Operation { method: Method::Scale(width, height), format: Format::Png, filter: Filter::Nearest };
        make(&png(&gray(), None, None), &operation).unwrap_err()
    };
    assert!(sized(0, 10).contains("0 pixels wide and 10 high"));
    assert!(sized(100_000, 100_000).contains("too large"));
}

#[test]
fn extreme_shapes_keep_a_pixel() {
    let image = made(&png(&gray(), None, None), Method::Fill(1, 1000), Format::Png, Filter::Lanczos3);
    let image = image::load_from_memory(&image).unwrap().to_luma8();
    assert!(image.pixels().any(|pixel| pixel.0[0] > 0));
}

#[test]
fn methods() {
    check(&rgb(), Method::Scale(10, 12), Format::Png, "16c0e34259bd94c2");
    check(&rgb(), Method::FitWidth(10), Format::Png, "f3c13153b3616803");
    check(&rgb(), Method::FitHeight(12), Format::Png, "cb273638ac5f736d");
    check(&rgb(), Method::Fit(10, 12), Format::Png, "f3c13153b3616803");
    check(&rgb(), Method::Fit(100, 100), Format::Png, "63b8645982a0494b");
    check(&rgb(), FILL, Format::Png, "24c7a7563ac81308");
    check(&rgb(), Method::Fill(20, 15), Format::Png, "1b3005a5991f7a34");
}

#[test]
fn formats() {
    check(&rgba(|_| 255), FILL, Format::Png, "cd648b27bbd4bf9b");
    check(&gray(), FILL, Format::Png, "da2532f051f5c960");
    check(&rgb(), FILL, JPEG, "6fc5f64bd61fb3cb");
    check(&gray(), FILL, JPEG, "4f5d0d9a92ff584f");
    check(&clear(), FILL, JPEG, "6fc5f64bd61fb3cb");
    check(&rgb(), FILL, Format::Jpeg { quality: 40 }, "fbc843bffb455e69");
    check(&rgb(), FILL, Format::WebP { quality: None }, "9155036a3b013a27");
    check(&rgb(), FILL, Format::WebP { quality: Some(60) }, "e5debd5e8b88e60d");
}

#[test]
fn filters() {
    let bytes = png(&rgb(), None, None);
    let with = |filter| sum(&made(&bytes, FILL, Format::Png, filter));
    assert_eq!(with(Filter::Nearest), "8cf1a16c14ed7b73");
    assert_eq!(with(Filter::Triangle), "0bf2ed99d1e7bf78");
    assert_eq!(with(Filter::CatmullRom), "48a9b23869b6d128");
    assert_eq!(with(Filter::Gaussian), "186d704d59a7fad5");
}

#[test]
fn cameras_held_in_every_way() {
    let expected = [
        "24c7a7563ac81308",
        "6ad84b92f47a123e",
        "66cef1992f5d8e78",
        "c75b4bcb9551b279",
        "6a541a1dfe691956",
        "81960fb79cc8811b",
        "2f42792a2cd88188",
        "0f610854455a3a17",
        "24c7a7563ac81308",
    ];
    for (orientation, expected) in (1..).zip(expected) {
        let bytes = png(&rgb(), None, Some(exif(orientation)));
        assert_eq!(sum(&made(&bytes, FILL, Format::Png, Filter::Lanczos3)), expected, "{orientation}");
    }
    let bytes = png(&rgb(), None, Some(exif(6)));
    assert_eq!(sum(&made(&bytes, Method::FitWidth(10), Format::Png, Filter::Lanczos3)), "d78f5cd5cfa203cb");
    let bytes = png(&rgb(), None, Some(b"no metadata".to_vec()));
    assert_eq!(sum(&made(&bytes, FILL, Format::Png, Filter::Lanczos3)), "24c7a7563ac81308");
}

fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff
}

#[test]
fn profiles_are_kept_where_there_is_room() {
    let bytes = png(&rgb(), Some(b"no real profile"), None);
    let with = |format| sum(&made(&bytes, FILL, format, Filter::Lanczos3));
    assert_eq!(with(Format::Png), "9c1fe9fe028c700b");
    assert_eq!(with(JPEG), "f74f1d14f7de17a4");
    assert_eq!(with(Format::WebP { quality: None }), "1da938a378dc5a6a");
    assert_eq!(with(Format::WebP { quality: Some(60) }), "e5debd5e8b88e60d");
}

#[test]
fn transparent_edges_have_no_dark_border() {
    let half = RgbaImage::from_fn(WIDTH, HEIGHT, |x, _| if x < 21 { Rgba([255; 4]) } else { Rgba([0; 4]) });
    let half_gray = DynamicImage::from(half.clone()).to_luma_alpha8();
    for image in [DynamicImage::from(half), half_gray.into()] {
        for format in [Format::Png, Format::WebP { quality: None }] {
            let small = made(&png(&image, None, None), Method::Scale(10, 8), format, Filter::Lanczos3);
            let small = image::load_from_memory(&small).unwrap();
            let seen: Vec<_> =
                small.pixels().map(|(_, _, pixel)| pixel.0).filter(|pixel| pixel[3] > 0).collect();
            assert!(seen.iter().any(|pixel| pixel[3] < 255), "the edge is soft");
            assert!(seen.iter().all(|pixel| pixel[..3] == [255; 3]), "{format:?}: {seen:?}");
        }
    }
}

#[test]
fn gray_becomes_webp_too() {
    let bytes = made(&png(&gray(), None, None), FILL, Format::WebP { quality: None }, Filter::Lanczos3);
    assert_eq!(image::load_from_memory(&bytes).unwrap().dimensions(), (10, 12));
}

#[test]
#[cfg(feature = "avif")]
fn avif_is_the_same_each_time() {
    let make =
        || made(&png(&rgb(), None, None), FILL, Format::Avif { quality: 80, speed: 5 }, Filter::Lanczos3);
    let bytes = make();
    assert_eq!(bytes.get(4..12), Some(&b"ftypavif"[..]));
    assert_eq!(bytes, make());
    assert_eq!(sum(&bytes), "a233ac3ebd1ab71c");
}

#[test]
#[cfg(not(feature = "avif"))]
fn avif_is_refused_with_a_reason() {
    let operation =
        Operation { method: FILL, format: Format::Avif { quality: 80, speed: 5 }, filter: Filter::Lanczos3 };
    assert!(make(&png(&rgb(), None, None), &operation).unwrap_err().contains("without AVIF"));
}
