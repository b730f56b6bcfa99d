//! The header `Cookie`. In: any bytes; lines are headers. Out: nothing; a value that is found stands there, once, as we
//! write it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use praktijk_reactions_fuzz::reactions::cookies::one;

const OURS: &str = "__Host-sessie";

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Some(value) = one(text.split('\n'), OURS) else { return };
    assert!(
        !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    );
    assert!(text.contains(&format!("{OURS}={value}")));
    let twice = format!("{OURS}=x");
    assert_eq!(one(text.split('\n').chain([twice.as_str()]), OURS), None, "two are none");
});
