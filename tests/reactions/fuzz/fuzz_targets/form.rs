//! The body of a form. In: any bytes. Out: nothing; a form that is read keeps to its limits and reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use praktijk_reactions_fuzz::reactions::forms::{FIELDS, NAME, VALUE, parse};

fuzz_target!(|body: &[u8]| {
    let Ok(form) = parse(body) else { return };
    assert!(form.iter().count() <= FIELDS);
    let mut again = Vec::new();
    for (name, value) in form.iter() {
        assert!(!name.is_empty() && name.chars().count() <= NAME && value.chars().count() <= VALUE);
        assert!(!value.chars().any(|c| c.is_ascii_control() && c != '\n' && c != '\t'));
        assert_eq!(form.get(name), Some(value), "a name stands for one value");
        again.push(format!("{}={}", written(name), written(value)));
    }
    assert_eq!(parse(again.join("&").as_bytes()), Ok(form));
});

fn written(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}
