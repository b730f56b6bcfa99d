//! What a template can wish of an image: a stand-in, shape for shape, for `template::functions::images`, until that is
//! there.

#![expect(missing_docs, reason = "goes when the real one is there")]

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    pub method: Method,
    pub format: Format,
    pub filter: Filter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Scale(u32, u32),
    FitWidth(u32),
    FitHeight(u32),
    Fit(u32, u32),
    Fill(u32, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Jpeg { quality: u8 },
    Png,
    WebP { quality: Option<u8> },
    Avif { quality: u8, speed: u8 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    Nearest,
    Triangle,
    CatmullRom,
    Gaussian,
    Lanczos3,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Steps {
    pub crop: Option<(u32, u32, u32, u32)>,
    pub resize: Option<(u32, u32)>,
}

impl Method {
    pub fn steps(self, from: (u32, u32)) -> Steps {
        let share = |a: u32, b: u32, c: u32| {
            u32::try_from(u64::from(a) * u64::from(b) / u64::from(c.max(1))).unwrap_or(u32::MAX).max(1)
        };
        let plain = |width, height| Steps { crop: None, resize: Some((width, height)) };
        match self {
            Method::Scale(width, height) => plain(width, height),
            Method::FitWidth(width) => plain(width, share(from.1, width, from.0)),
            Method::FitHeight(height) => plain(share(from.0, height, from.1), height),
            Method::Fit(width, height) if from.0 <= width && from.1 <= height => Steps::default(),
            Method::Fit(width, height) => {
                let wider = u64::from(from.0) * u64::from(height) > u64::from(from.1) * u64::from(width);
                if wider {
                    Method::FitWidth(width).steps(from)
                } else {
                    Method::FitHeight(height).steps(from)
                }
            }
            Method::Fill(width, height) => fill(from, (width, height)),
        }
    }
}

fn fill(from: (u32, u32), to: (u32, u32)) -> Steps {
    let (across, down) = (from.0 as f32 / to.0 as f32, from.1 as f32 / to.1 as f32);
    let crop = if (across - down).abs() <= 0.1 {
        None
    } else if across < down {
        let height = (across * to.1 as f32).round() as u32;
        Some((0, from.1.saturating_sub(height) / 2, from.0, height))
    } else {
        let width = (down * to.0 as f32).round() as u32;
        Some((from.0.saturating_sub(width) / 2, 0, width, from.1))
    };
    Steps { crop, resize: Some(to) }
}
