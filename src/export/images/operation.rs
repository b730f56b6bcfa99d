//! What a template can wish of an image.

use image::imageops::FilterType;

/// What to do with an image.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    /// How the size is found.
    pub method: Method,
    /// The format of the new image.
    pub format: Format,
    /// How pixels are mixed.
    pub filter: FilterType,
}

/// How the size is found; width before height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Exactly this size, stretched.
    Scale(u32, u32),
    /// This width, in the same shape.
    FitWidth(u32),
    /// This height, in the same shape.
    FitHeight(u32),
    /// At most this size, in the same shape, never larger than it was.
    Fit(u32, u32),
    /// Exactly this size, cut where the shape differs.
    Fill(u32, u32),
}

/// The format of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG.
    Jpeg {
        /// From 1 to 100.
        quality: u8,
    },
    /// PNG.
    Png,
    /// WebP.
    WebP {
        /// From 0 to 100; none means that nothing is lost.
        quality: Option<u8>,
    },
    /// AVIF.
    Avif {
        /// From 1 to 100.
        quality: u8,
        /// From 1 to 10.
        speed: u8,
    },
}
