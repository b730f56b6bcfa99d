//! Which part of an image to cut out and how large to make it. In: the wish of a template and the size of the image.
//! Out: a [`Plan`], or a sentence that says why there can be no such image. All sizes are width and height.

use super::Method;

/// What happens to the pixels: first the cut, then the new size.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// The part to cut out: its left top corner and its size; none means all of it.
    pub(super) cut: Option<((u32, u32), (u32, u32))>,
    /// The new size; none means as it is.
    pub(super) size: Option<(u32, u32)>,
}

/// More pixels than this (a gigabyte of memory) are a mistake in a template, not a wish.
const MOST_PIXELS: u64 = 1 << 28;

/// Shapes that differ less than this, in source pixels for each new one, are stretched instead of cut.
const SAME_SHAPE: f32 = 0.1;

/// What is to be done with an image of this size.
pub(super) fn plan(method: &Method, from: (u32, u32)) -> Result<Plan, String> {
    if from.0 == 0 || from.1 == 0 {
        return Err("The image has no pixels.".to_owned());
    }
    let plan = match *method {
        Method::Scale(width, height) => Plan { cut: None, size: Some((width, height)) },
        Method::FitWidth(width) => Plan { cut: None, size: Some(at_width(from, width)) },
        Method::FitHeight(height) => Plan { cut: None, size: Some(at_height(from, height)) },
        Method::Fit(width, height) => fit(from, (width, height)),
        Method::Fill(width, height) => fill(from, (width, height)),
    };
    let (width, height) = plan.size.unwrap_or(from);
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
    Ok(plan)
}

fn at_width(from: (u32, u32), width: u32) -> (u32, u32) {
    (width, share(from.1, width, from.0))
}

fn at_height(from: (u32, u32), height: u32) -> (u32, u32) {
    (share(from.0, height, from.1), height)
}

/// `a * b / c`, rounded down; what is too large for a size stays too large.
fn share(a: u32, b: u32, c: u32) -> u32 {
    u32::try_from(u64::from(a) * u64::from(b) / u64::from(c)).unwrap_or(u32::MAX)
}

/// As large as fits, but never larger than it was.
fn fit(from: (u32, u32), within: (u32, u32)) -> Plan {
    if from.0 <= within.0 && from.1 <= within.1 {
        return Plan { cut: None, size: None };
    }
    let wider = u64::from(from.0) * u64::from(within.1) > u64::from(from.1) * u64::from(within.0);
    let size = if wider { at_width(from, within.0) } else { at_height(from, within.1) };
    Plan { cut: None, size: Some(size) }
}

/// Exactly this large; what sticks out is cut off on both sides. Counted in 32-bit floats, because the rounding decides
/// which pixels are cut.
fn fill(from: (u32, u32), to: (u32, u32)) -> Plan {
    let across = from.0 as f32 / to.0 as f32;
    let down = from.1 as f32 / to.1 as f32;
    if (across - down).abs() <= SAME_SHAPE {
        return Plan { cut: None, size: Some(to) };
    }
    let cut = if across < down {
        let height = ((across * to.1 as f32).round() as u32).max(1);
        ((0, from.1.saturating_sub(height) / 2), (from.0, height))
    } else {
        let width = ((down * to.0 as f32).round() as u32).max(1);
        ((from.0.saturating_sub(width) / 2, 0), (width, from.1))
    };
    Plan { cut: Some(cut), size: Some(to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_that_are_no_image() {
        let nothing = |method, from| plan(&method, from).unwrap_err();
        assert!(nothing(Method::FitWidth(10), (1000, 10)).contains("10 pixels wide and 0 high"));
        assert!(nothing(Method::Fill(0, 10), (10, 10)).contains("0 pixels wide"));
        assert!(nothing(Method::Scale(10, 0), (10, 10)).contains("0 high"));
        assert!(nothing(Method::Scale(100_000, 100_000), (10, 10)).contains("too large"));
        assert!(nothing(Method::FitWidth(u32::MAX), (1, 100)).contains("too large"));
        assert!(nothing(Method::Fit(10, 10), (0, 10)).contains("no pixels"));
    }

    #[test]
    fn fit_never_enlarges() {
        assert_eq!(plan(&Method::Fit(100, 100), (40, 30)), Ok(Plan { cut: None, size: None }));
        assert_eq!(plan(&Method::Fit(10, 12), (40, 30)), Ok(Plan { cut: None, size: Some((10, 7)) }));
        assert_eq!(plan(&Method::Fit(100, 15), (40, 30)), Ok(Plan { cut: None, size: Some((20, 15)) }));
    }

    #[test]
    fn fill_cuts_what_sticks_out() {
        let cut = |to: (u32, u32), from| plan(&Method::Fill(to.0, to.1), from).map(|plan| plan.cut);
        assert_eq!(cut((10, 12), (40, 30)), Ok(Some(((7, 0), (25, 30)))));
        assert_eq!(cut((12, 10), (30, 40)), Ok(Some(((0, 7), (30, 25)))));
        assert_eq!(cut((20, 15), (40, 31)), Ok(None));
        assert_eq!(cut((1, 1000), (10, 10)), Ok(Some(((4, 0), (1, 10)))));
    }
}
