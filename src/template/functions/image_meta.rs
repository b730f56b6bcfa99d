//! What the bytes of an image say about it. In: bytes and the ending of the file's name. Out: size as people see it,
//! format, description and moment of taking; or why it cannot be told.

use std::io::Cursor;

use image::{ImageDecoder, ImageFormat, ImageReader};
use serde::{Deserialize, Serialize};

/// What is known about an image. The order of the fields is the order templates see them in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageMeta {
    /// The width in pixels, after turning it upright.
    pub width: u32,
    /// The height in pixels, after turning it upright.
    pub height: u32,
    /// The format's usual ending.
    pub format: Option<String>,
    /// The format's media type.
    pub mime: Option<String>,
    /// What the camera or its owner wrote about it.
    pub description: Option<String>,
    /// When it was taken, as EXIF writes it: `2021:03:04 05:06:07`.
    pub created: Option<String>,
}

/// Understands an image of any kind, drawings (`svg`) and `avif` included.
pub fn read(bytes: &[u8], extension: &str) -> Result<ImageMeta, String> {
    match extension.to_lowercase().as_str() {
        "svg" => read_svg(bytes),
        "avif" => read_avif(bytes),
        _ => read_pixels(bytes, extension),
    }
}

/// Understands an image that can be resized. Its content says what it is; its ending counts when that says nothing.
pub fn read_pixels(bytes: &[u8], extension: &str) -> Result<ImageMeta, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    if let Some(format) = ImageFormat::from_extension(extension) {
        reader.set_format(format);
    }
    let reader = reader.with_guessed_format().map_err(|error| error.to_string())?;
    let format = reader.format();
    let mut decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    let (width, height) = decoder.dimensions();
    let exif = decoder.exif_metadata().map_err(|error| error.to_string())?;
    // Broken EXIF data are no reason to refuse an image: it is shown as it lies.
    let exif = exif.and_then(|raw| exif::Reader::new().read_raw(raw).ok());
    let turned = exif.as_ref().is_some_and(is_turned);
    let (width, height) = if turned { (height, width) } else { (width, height) };
    Ok(ImageMeta {
        width,
        height,
        format: format.and_then(|format| format.extensions_str().first()).map(|name| (*name).to_owned()),
        mime: format.map(|format| format.to_mime_type().to_owned()),
        description: exif.as_ref().and_then(|exif| text(exif, exif::Tag::ImageDescription)),
        created: exif.as_ref().and_then(|exif| text(exif, exif::Tag::DateTimeOriginal)),
    })
}

impl ImageMeta {
    /// Whether its format throws away detail; then a copy may, too.
    pub fn is_lossy(&self) -> bool {
        let exact = ["png", "pbm", "tiff", "tga", "bmp", "ico", "hdr", "ff"];
        !self.format.as_deref().is_some_and(|format| exact.contains(&format))
    }
}

/// Whether width and height change places when it is turned upright.
fn is_turned(exif: &exif::Exif) -> bool {
    let orientation =
        exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY).and_then(|field| field.value.get_uint(0));
    matches!(orientation, Some(5..=8))
}

fn text(exif: &exif::Exif, tag: exif::Tag) -> Option<String> {
    match &exif.get_field(tag, exif::In::PRIMARY)?.value {
        exif::Value::Ascii(lines) => lines.first().map(|line| String::from_utf8_lossy(line).into_owned()),
        _ => None,
    }
}

fn read_svg(bytes: &[u8]) -> Result<ImageMeta, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not written in UTF-8".to_owned())?;
    let svg = svg_metadata::Metadata::parse(text).map_err(|error| error.to_string())?;
    let (width, height) = match (svg.width(), svg.height(), svg.view_box()) {
        (Some(width), Some(height), _) => (width, height),
        (.., Some(view_box)) => (view_box.width, view_box.height),
        _ => return Err("the `<svg>` has neither `width` and `height` nor a `viewBox`".to_owned()),
    };
    let (format, mime) = (Some("svg".to_owned()), Some("text/svg+xml".to_owned()));
    Ok(ImageMeta { width: width as u32, height: height as u32, format, mime, ..ImageMeta::default() })
}

fn read_avif(bytes: &[u8]) -> Result<ImageMeta, String> {
    let data = avif_parse::read_avif(&mut Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let item = data.primary_item_metadata().map_err(|error| error.to_string())?;
    let (format, mime) = (Some("avif".to_owned()), Some("image/avif".to_owned()));
    let (width, height) = (item.max_frame_width.get(), item.max_frame_height.get());
    Ok(ImageMeta { width, height, format, mime, ..ImageMeta::default() })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A grey image in a format.
    pub(in super::super) fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with EXIF data: an orientation, a description and a moment.
    fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x03".to_vec();
        // Count of fields, then tag, kind, length and value (or its offset) of each; the moment lies in a folder of its own.
        exif.extend(b"\x01\x0e\0\x02\0\0\0\x03Hi\0\0");
        exif.extend([1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
        exif.extend(b"\x87\x69\0\x04\0\0\0\x01\0\0\0\x32\0\0\0\0");
        exif.extend(b"\0\x01\x90\x03\0\x02\0\0\0\x14\0\0\0\x44\0\0\0\x002021:03:04 05:06:07\0");
        let plain = picture(width, height, ImageFormat::Jpeg);
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], b"\xff\xe1", &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn what_is_no_image() {
        assert!(read(b"hello", "png").is_err());
        assert!(read(b"hello", "").is_err());
        assert!(read(b"hello", "avif").is_err());
        assert!(read(b"<svg/>", "svg").unwrap_err().contains("neither `width` and `height` nor a `viewBox`"));
        assert!(read(b"\xff", "svg").unwrap_err().contains("UTF-8"));
    }

    #[test]
    fn content_says_what_it_is() {
        let meta = read(&picture(3, 2, ImageFormat::Png), "jpg").unwrap();
        assert_eq!((meta.width, meta.height, meta.format.as_deref()), (3, 2, Some("png")));
        assert_eq!(meta.mime.as_deref(), Some("image/png"));
        assert!(!meta.is_lossy());
    }

    #[test]
    fn lossless_formats_by_name() {
        use ImageFormat::*;
        for format in [Png, Pnm, Tiff, Tga, Bmp, Ico, Hdr, Farbfeld] {
            let meta = ImageMeta {
                format: format.extensions_str().first().map(|s| (*s).to_owned()),
                ..ImageMeta::default()
            };
            assert!(!meta.is_lossy(), "{format:?}");
        }
        assert!(ImageMeta { format: Some("webp".to_owned()), ..ImageMeta::default() }.is_lossy());
    }

    #[test]
    fn a_photo_is_turned_upright() {
        for orientation in 0..=9 {
            let meta = read(&photo(3, 2, orientation), "jpg").unwrap();
            let expected = if (5..=8).contains(&orientation) { (2, 3) } else { (3, 2) };
            assert_eq!((meta.width, meta.height), expected, "orientation {orientation}");
            assert_eq!(meta.description.as_deref(), Some("Hi"));
            assert_eq!(meta.created.as_deref(), Some("2021:03:04 05:06:07"));
            assert_eq!(meta.mime.as_deref(), Some("image/jpeg"));
            assert_eq!(meta.format.as_deref(), Some("jpg"));
        }
    }

    #[test]
    fn drawings() {
        let size = |svg: &str| read(svg.as_bytes(), "SVG").map(|meta| (meta.width, meta.height)).unwrap();
        assert_eq!(size(r#"<svg width="30.5" height="20px" viewBox="0 0 1 1"/>"#), (30, 20));
        assert_eq!(size(r#"<svg width="30" viewBox="0 0 40 50"/>"#), (40, 50));
    }
}
