//! What can be done with an image, and the name of the result. In: the arguments of `resize_image`. Out: an
//! [`Operation`], the [`Steps`] it takes on an image of a certain size, and a name that is the same as Zola's, so that
//! images that are linked from elsewhere keep their URL.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use super::args::Args;

/// What to do with an image, after it has been turned upright as its EXIF data say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
pub struct Operation {
    /// Which size, and how to get there.
    pub method: Method,
    /// What the result is encoded as.
    pub format: Format,
    /// How pixels are computed from others.
    pub filter: Filter,
}

/// Which size, and how to get there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
pub enum Method {
    /// This width and height, whatever becomes of the proportions.
    Scale(u32, u32),
    /// This width; the height follows.
    FitWidth(u32),
    /// This height; the width follows.
    FitHeight(u32),
    /// No wider and no higher than this, never larger than it was.
    Fit(u32, u32),
    /// This width and height; what sticks out is cut off, evenly on both sides.
    Fill(u32, u32),
}

/// What the result is encoded as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
pub enum Format {
    /// JPEG, with a quality from 1 to 100.
    Jpeg {
        /// The quality.
        quality: u8,
    },
    /// PNG.
    Png,
    /// WebP, with a quality from 0 to 100; none keeps every pixel as it is.
    WebP {
        /// The quality.
        quality: Option<u8>,
    },
    /// AVIF, with a quality from 1 to 100 and a speed from 1 (slow, small) to 10.
    Avif {
        /// The quality.
        quality: u8,
        /// The speed.
        speed: u8,
    },
}

/// How pixels are computed from others.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode,
)]
pub enum Filter {
    /// The nearest pixel.
    Nearest,
    /// Linear.
    Triangle,
    /// Cubic.
    CatmullRom,
    /// Gaussian.
    Gaussian,
    /// Lanczos with a window of 3.
    #[default]
    Lanczos3,
}

/// What to do with the pixels, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Steps {
    /// Keep this part only: left, top, width, height.
    pub crop: Option<(u32, u32, u32, u32)>,
    /// Resize to exactly this width and height; none leaves the size alone.
    pub resize: Option<(u32, u32)>,
}

impl Operation {
    /// The operation that the arguments of `resize_image` ask for. `lossy` says whether the source is, which decides
    /// what `format="auto"` means.
    pub fn from_args(args: &Args<'_>, lossy: bool) -> Result<Operation, String> {
        Ok(Operation { method: method(args)?, format: format(args, lossy)?, filter: filter(args)? })
    }

    /// The name of the result. `named` is the path by which the template asked for the source, `stem` the source's
    /// file name without its ending.
    ///
    /// This is Zola's recipe: SipHash-1-3 without a key over the name, then numbers as they lie in memory.
    pub fn output_name(&self, named: &str, stem: &str) -> String {
        let mut hasher = DefaultHasher::new();
        hasher.write(named.as_bytes());
        let (kind, sizes) = self.method.as_numbers();
        hasher.write(&kind.to_le_bytes());
        for size in sizes.into_iter().flatten() {
            hasher.write(&size.to_le_bytes());
        }
        let (quality, speed) = self.format.as_numbers();
        hasher.write(self.format.extension().as_bytes());
        hasher.write(&quality.to_le_bytes());
        hasher.write(&speed.to_le_bytes());
        if self.filter != Filter::Lanczos3 {
            hasher.write(&(self.filter as i64).to_le_bytes());
        }
        format!("{stem}.{:016x}.{}", hasher.finish(), self.format.extension())
    }
}

impl Method {
    /// What to do with an image of this width and height.
    pub fn steps(self, original: (u32, u32)) -> Steps {
        let (width, height) = original;
        let resize = |width, height| Steps { crop: None, resize: Some((width, height)) };
        match self {
            Method::Scale(w, h) => resize(w, h),
            Method::FitWidth(w) => resize(w, in_proportion(height, w, width)),
            Method::FitHeight(h) => resize(in_proportion(width, h, height), h),
            Method::Fit(w, h) if width <= w && height <= h => Steps::default(),
            Method::Fit(w, h) if u64::from(width) * u64::from(h) > u64::from(height) * u64::from(w) => {
                Method::FitWidth(w).steps(original)
            }
            Method::Fit(_, h) => Method::FitHeight(h).steps(original),
            Method::Fill(w, h) => fill((w, h), original),
        }
    }

    fn as_numbers(self) -> (i64, [Option<u32>; 2]) {
        match self {
            Method::Scale(w, h) => (0, [Some(w), Some(h)]),
            Method::FitWidth(w) => (1, [Some(w), None]),
            Method::FitHeight(h) => (2, [Some(h), None]),
            Method::Fit(w, h) => (3, [Some(w), Some(h)]),
            Method::Fill(w, h) => (4, [Some(w), Some(h)]),
        }
    }
}

/// `side * new / old`, and at least one pixel.
fn in_proportion(side: u32, new: u32, old: u32) -> u32 {
    let size = u64::from(side) * u64::from(new) / u64::from(old.max(1));
    u32::try_from(size).unwrap_or(u32::MAX).max(1)
}

/// Cuts first and resizes then: fewer pixels to compute. Proportions that hardly differ are not worth a cut.
fn fill((w, h): (u32, u32), (width, height): (u32, u32)) -> Steps {
    const HARDLY: f32 = 0.1;
    let (factor_w, factor_h) = (width as f32 / w as f32, height as f32 / h as f32);
    let resize = Some((w, h));
    if (factor_w - factor_h).abs() <= HARDLY {
        return Steps { crop: None, resize };
    }
    let crop = if factor_w < factor_h {
        let kept = (factor_w * h as f32).round() as u32;
        (0, height.saturating_sub(kept) / 2, width, kept)
    } else {
        let kept = (factor_h * w as f32).round() as u32;
        (width.saturating_sub(kept) / 2, 0, kept, height)
    };
    Steps { crop: Some(crop), resize }
}

impl Format {
    /// The ending of the result's name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jpeg { .. } => "jpg",
            Format::Png => "png",
            Format::WebP { .. } => "webp",
            Format::Avif { .. } => "avif",
        }
    }

    fn as_numbers(self) -> (i16, i16) {
        match self {
            Format::Jpeg { quality } => (quality.into(), -1),
            Format::Png => (-1, -1),
            Format::WebP { quality } => (quality.map_or(-1, i16::from), -1),
            Format::Avif { quality, speed } => (quality.into(), speed.into()),
        }
    }
}

fn method(args: &Args<'_>) -> Result<Method, String> {
    let op = args.text("op")?.unwrap_or_else(|| "fill".to_owned());
    let size = |name: &str| -> Result<u32, String> {
        let size = args.number(name, 1..=i64::from(u32::MAX))?;
        size.and_then(|size| u32::try_from(size).ok()).ok_or_else(|| {
            format!("`resize_image` with `op=\"{op}\"` needs the argument `{name}`, in pixels.")
        })
    };
    match op.as_str() {
        "scale" => Ok(Method::Scale(size("width")?, size("height")?)),
        "fit_width" => Ok(Method::FitWidth(size("width")?)),
        "fit_height" => Ok(Method::FitHeight(size("height")?)),
        "fit" => Ok(Method::Fit(size("width")?, size("height")?)),
        "fill" => Ok(Method::Fill(size("width")?, size("height")?)),
        _ => Err(unknown("op", &op, "scale, fit_width, fit_height, fit or fill")),
    }
}

fn format(args: &Args<'_>, lossy: bool) -> Result<Format, String> {
    let name = args.text("format")?.unwrap_or_else(|| "auto".to_owned());
    let small = |argument: &str, range: std::ops::RangeInclusive<i64>| -> Result<Option<u8>, String> {
        Ok(args.number(argument, range)?.and_then(|number| u8::try_from(number).ok()))
    };
    match (name.as_str(), lossy) {
        ("jpeg" | "jpg", _) | ("auto", true) => {
            Ok(Format::Jpeg { quality: small("quality", 1..=100)?.unwrap_or(75) })
        }
        ("png", _) | ("auto", false) => Ok(Format::Png),
        ("webp", _) => Ok(Format::WebP { quality: small("quality", 0..=100)? }),
        ("avif", _) => Ok(Format::Avif {
            quality: small("quality", 1..=100)?.unwrap_or(80),
            speed: small("speed", 1..=10)?.unwrap_or(5),
        }),
        _ => Err(unknown("format", &name, "auto, jpeg, png, webp or avif")),
    }
}

fn filter(args: &Args<'_>) -> Result<Filter, String> {
    match args.text("filter")?.as_deref() {
        None | Some("lanczos3") => Ok(Filter::Lanczos3),
        Some("nearest") => Ok(Filter::Nearest),
        Some("triangle") => Ok(Filter::Triangle),
        // Zola's manual prints the second form, its program knows the first.
        Some("catmull_rom" | "catmullrom") => Ok(Filter::CatmullRom),
        Some("gaussian") => Ok(Filter::Gaussian),
        Some(other) => Err(unknown("filter", other, "nearest, triangle, catmull_rom, gaussian or lanczos3")),
    }
}

fn unknown(argument: &str, value: &str, known: &str) -> String {
    format!("The argument `{argument}` of `resize_image` cannot be `{value}`: it is {known}.")
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, call};
    use super::*;
    use crate::model::Json;
    use serde_json::json;

    fn operation(args: Json, lossy: bool) -> Result<Operation, String> {
        let call = call(Fake::default(), args);
        Operation::from_args(&Args::of("resize_image", &call), lossy)
    }

    #[test]
    fn arguments_that_make_no_operation() {
        let check = |args: Json, expected: &str| {
            let sentence = operation(args, true).unwrap_err();
            assert!(sentence.contains(expected), "{sentence}");
        };
        check(json!({}), "`op=\"fill\"` needs the argument `width`");
        check(json!({ "width": 1 }), "`op=\"fill\"` needs the argument `height`");
        check(json!({ "op": "fit_height", "width": 1 }), "`op=\"fit_height\"` needs the argument `height`");
        check(json!({ "op": "zoom" }), "`op` of `resize_image` cannot be `zoom`: it is scale, fit_width");
        check(json!({ "op": "fit_width", "width": 0 }), "a whole number from 1 to 4294967295, but it is `0`");
        let with = |name: &str, value: Json| {
            let mut args = json!({ "op": "fit_width", "width": 1 });
            args[name] = value;
            args
        };
        check(with("format", json!("bmp")), "`format` of `resize_image` cannot be `bmp`");
        check(with("filter", json!("cubic")), "`filter` of `resize_image` cannot be `cubic`");
        check(with("quality", json!(0)), "`quality` of `resize_image` must be a whole number from 1 to 100");
        let mut avif = with("format", json!("avif"));
        avif["speed"] = json!(11);
        check(avif, "`speed` of `resize_image` must be a whole number from 1 to 10");
    }

    #[test]
    fn formats_and_their_defaults() {
        let format = |mut args: Json, lossy| {
            args["op"] = json!("fit_width");
            args["width"] = json!(10.0);
            operation(args, lossy).unwrap().format
        };
        assert_eq!(format(json!({}), true), Format::Jpeg { quality: 75 });
        assert_eq!(format(json!({}), false), Format::Png);
        assert_eq!(format(json!({ "format": "jpg", "quality": 9 }), false), Format::Jpeg { quality: 9 });
        assert_eq!(format(json!({ "format": "webp" }), true), Format::WebP { quality: None });
        assert_eq!(
            format(json!({ "format": "webp", "quality": 0 }), true),
            Format::WebP { quality: Some(0) }
        );
        assert_eq!(format(json!({ "format": "avif" }), true), Format::Avif { quality: 80, speed: 5 });
    }

    #[test]
    fn sizes() {
        let resize = |method: Method, original| method.steps(original);
        let sized = |width, height| Steps { crop: None, resize: Some((width, height)) };
        assert_eq!(resize(Method::Scale(7, 9), (300, 380)), sized(7, 9));
        assert_eq!(resize(Method::FitWidth(100), (300, 380)), sized(100, 126));
        assert_eq!(resize(Method::FitHeight(150), (300, 380)), sized(118, 150));
        assert_eq!(resize(Method::Fit(5000, 5000), (300, 380)), Steps::default());
        assert_eq!(resize(Method::Fit(150, 150), (300, 380)), sized(118, 150));
        assert_eq!(resize(Method::Fit(150, 150), (380, 300)), sized(150, 118));
        assert_eq!(resize(Method::FitWidth(1), (1000, 1)), sized(1, 1));
        assert_eq!(resize(Method::Fill(100, 100), (205, 200)), sized(100, 100));
        let high = Steps { crop: Some((0, 40, 300, 300)), resize: Some((150, 150)) };
        assert_eq!(resize(Method::Fill(150, 150), (300, 380)), high);
        let wide = Steps { crop: Some((40, 0, 300, 300)), resize: Some((150, 150)) };
        assert_eq!(resize(Method::Fill(150, 150), (380, 300)), wide);
    }

    /// The names of images in the sources of Zola's own manual.
    #[test]
    fn names_are_those_of_zola() {
        let check = |stem: &str, args: Json, hash: &str| {
            let named = format!("documentation/content/image-processing/{stem}.file");
            let named = if hash.ends_with("jpg") {
                named.replace(".file", ".jpg")
            } else {
                named.replace(".file", ".png")
            };
            let operation = operation(args, hash.ends_with("jpg")).unwrap();
            assert_eq!(operation.output_name(&named, stem), format!("{stem}.{hash}"));
        };
        let sized = |op: &str, width: u32, height: u32| json!({ "op": op, "width": width, "height": height });
        check("01-zola", sized("scale", 150, 150), "782c862031f6b2d5.png");
        check("01-zola", json!({ "op": "fit_width", "width": 100 }), "8aadbee6c40a8bd4.png");
        check("01-zola", json!({ "op": "fit_height", "height": 150 }), "55d6e65a63e4be0d.png");
        check("01-zola", sized("fit", 5000, 5000), "766fcd939b56ba4d.png");
        check("01-zola", sized("fit", 150, 150), "d26e31f499ea5014.png");
        check("01-zola", sized("fill", 150, 150), "d0e71800763af2f1.png");
        check("02-zola-manet", sized("fill", 240, 180), "4f840f11f489db10.png");
        check("06-example", sized("fill", 240, 180), "97bc5d9d9d2e0e58.jpg");
        let filtered = |filter: &str| json!({ "width": 226, "height": 285, "filter": filter });
        check("01-zola", filtered("lanczos3"), "74f3603e2bd9dab0.png");
        check("01-zola", filtered("nearest"), "c7b689f48c777e9c.png");
        check("01-zola", filtered("triangle"), "7203129e44169180.png");
        check("01-zola", filtered("catmull_rom"), "ff13b1957faa7753.png");
        check("01-zola", filtered("gaussian"), "a067671f181b0c66.png");
    }
}
