//! Images: `resize_image`, `get_image_metadata`. In: the path of an image. Out: what is known about it, and, for
//! `resize_image`, an order to make another and where that will stand. Nothing is made here.

use super::args::Args;
use super::{Answer, Call, files, image_meta};
use crate::base::{Hash128, OutPath};
use crate::model::Json;
use crate::template::lookup::ImageJob;

pub use super::image_meta::ImageMeta;
pub use super::image_operation::{Filter, Format, Method, Operation, Steps};

const RESIZE: &str = "resize_image";
const METADATA: &str = "get_image_metadata";
/// Where results go, below the output folder.
const FOLDER: &str = "processed_images";

/// `resize_image(path, width, height, op, format, quality, speed, filter)`: orders a copy of an image in another size
/// or format, and says where it will be.
pub(super) fn resize_image(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of(RESIZE, call);
    let path = args.need_text("path", "images/photo.jpg")?;
    let Some((found, bytes)) = files::read(RESIZE, &path, &*call.lookup)? else {
        return Err(files::missing(RESIZE, &path, &*call.lookup));
    };
    let meta = meta(call, &bytes, found.source.extension(), Kind::Pixels).map_err(|error| {
        format!(
            "`{RESIZE}` cannot read `{}` as an image: it is damaged, or no image. Save it again as JPEG, PNG or WebP. (The decoder says: {error}.)",
            found.source
        )
    })?;
    let operation = Operation::from_args(&args, meta.is_lossy())?;
    let file_name = found.source.file_name();
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| if stem.is_empty() { file_name } else { stem });
    let name = operation.output_name(&found.named, stem);
    let original = (meta.width, meta.height);
    let (width, height) = operation.method.steps(original).resize.unwrap_or(original);
    let answer = serde_json::json!({
        "url": format!("{}{name}", call.lookup.config().permalink(FOLDER)),
        "static_path": format!("static/{FOLDER}/{name}"),
        "width": width,
        "height": height,
        "orig_width": meta.width,
        "orig_height": meta.height,
    });
    call.lookup.order_image(ImageJob {
        source: found.source,
        output: OutPath::new(format!("{FOLDER}/{name}")),
        operation,
    });
    Ok(Answer::Json(answer))
}

/// `get_image_metadata(path, allow_missing)`: size, format, media type, description and moment of an image.
pub(super) fn get_image_metadata(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of(METADATA, call);
    let path = args.need_text("path", "images/photo.jpg")?;
    let allow_missing = args.flag("allow_missing", false)?;
    let Some((found, bytes)) = files::read(METADATA, &path, &*call.lookup)? else {
        return if allow_missing {
            Ok(Answer::nothing())
        } else {
            Err(files::missing(METADATA, &path, &*call.lookup))
        };
    };
    let meta = meta(call, &bytes, found.source.extension(), Kind::Any)
        .map_err(|error| format!("`{METADATA}` cannot read `{}` as an image: {error}.", found.source))?;
    serde_json::to_value(meta).map(Answer::Json).map_err(|error| format!("`{METADATA}`: {error}"))
}

/// Which images will do.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// All that can be understood.
    Any,
    /// Those that can be resized.
    Pixels,
}

/// What is known about an image, worked out once for the same bytes.
fn meta(call: &Call<'_>, bytes: &[u8], extension: Option<&str>, kind: Kind) -> Result<ImageMeta, String> {
    let extension = extension.unwrap_or("");
    let key = format!("image {kind:?} {extension} {:?}", Hash128::of_bytes(bytes));
    let kept = call.lookup.memo(&key, &|| match kind {
        Kind::Any => to_json(image_meta::read(bytes, extension)?),
        Kind::Pixels => to_json(image_meta::read_pixels(bytes, extension)?),
    })?;
    serde_json::from_value(kept.json.clone()).map_err(|error| error.to_string())
}

fn to_json(meta: ImageMeta) -> Result<Json, String> {
    serde_json::to_value(meta).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, call, call_from, value};
    use super::super::image_meta::tests::picture;
    use super::*;
    use image::ImageFormat;
    use serde_json::json;
    use std::sync::Arc;

    fn site() -> Fake {
        let mut fake = Fake::default();
        fake.config.theme = Some("t".to_owned());
        let jpeg = picture(300, 380, ImageFormat::Jpeg);
        let places =
            ["static/a.jpg", "content/a.jpg", "content/gallery/asset.jpg", "themes/t/static/in-theme.jpg"];
        places
            .into_iter()
            .fold(fake, |fake, path| fake.with_file(path, &jpeg))
            .with_file("static/no.jpg", "text")
            .with_file("static/d.svg", r#"<svg width="3" height="2"/>"#)
    }

    #[test]
    fn what_is_missing_or_no_image() {
        let sentence = |args| value(resize_image(&call(site(), args))).unwrap_err();
        assert!(sentence(json!({})).starts_with("`resize_image` needs the argument `path`"));
        assert!(sentence(json!({ "path": "x.jpg" })).contains("cannot find the file `x.jpg`"));
        assert!(sentence(json!({ "path": "no.jpg" })).contains("cannot read `static/no.jpg` as an image"));
        assert!(sentence(json!({ "path": "d.svg" })).contains("Save it again as JPEG, PNG or WebP"));
        assert!(sentence(json!({ "path": "a.jpg", "width": 1 })).contains("needs the argument `height`"));
        let metadata = |args| value(get_image_metadata(&call(site(), args)));
        assert!(
            metadata(json!({ "path": "x.jpg" })).unwrap_err().starts_with("`get_image_metadata` cannot find")
        );
        assert!(metadata(json!({ "path": "no.jpg" })).unwrap_err().contains("as an image"));
        assert_eq!(metadata(json!({ "path": "x.jpg", "allow_missing": true })), Ok(Json::Null));
    }

    #[test]
    fn an_order_and_where_it_will_be() {
        let fake = Arc::new(site());
        let args = json!({ "path": "a.jpg", "op": "fit", "width": 150, "height": 150 });
        let answer = value(resize_image(&call_from(fake.clone(), args, &|_| None))).unwrap();
        let jobs = fake.ordered.lock().unwrap();
        let output = jobs[0].output.as_str();
        let expected = json!({
            "url": format!("https://example.com/{output}"), "static_path": format!("static/{output}"),
            "width": 118, "height": 150, "orig_width": 300, "orig_height": 380,
        });
        assert_eq!(answer, expected);
        assert_eq!(jobs[0].source.as_str(), "static/a.jpg");
        assert_eq!(jobs[0].operation.method, Method::Fit(150, 150));
        assert_eq!(jobs[0].operation.format, Format::Jpeg { quality: 75 });
        assert!(output.starts_with("processed_images/a.") && output.ends_with(".jpg"), "{output}");
    }

    /// The hashes of these names are in the tests of Zola 0.23.3.
    #[test]
    fn the_name_follows_the_path_as_it_was_asked_for() {
        let check = |path: &str, hash: &str| {
            let args = json!({ "path": path, "width": 40, "height": 40 });
            let answer = value(resize_image(&call(site(), args))).unwrap();
            assert!(answer["url"].as_str().unwrap().contains(hash), "{path}: {answer}");
        };
        check("gallery/asset.jpg", "asset.160461e0d0be19e6.jpg");
        check("in-theme.jpg", "in-theme.d8f4f6eef30de1b2.jpg");
        let name = |path: &str| {
            value(resize_image(&call(site(), json!({ "path": path, "width": 4, "height": 4 })))).unwrap()
        };
        assert_eq!(name("@/a.jpg"), name("/content/a.jpg"));
        assert_ne!(name("a.jpg"), name("static/a.jpg"));
    }

    #[test]
    fn metadata_is_worked_out_once() {
        let fake = Arc::new(site());
        let ask = |path: &str| {
            value(get_image_metadata(&call_from(fake.clone(), json!({ "path": path }), &|_| None))).unwrap()
        };
        let expected = json!({
            "width": 300, "height": 380, "format": "jpg", "mime": "image/jpeg", "description": null, "created": null,
        });
        assert_eq!(ask("a.jpg"), expected);
        assert_eq!(ask("content/a.jpg"), expected);
        assert_eq!(fake.kept.lock().unwrap().len(), 1);
        assert_eq!(ask("d.svg")["mime"], "text/svg+xml");
    }
}
