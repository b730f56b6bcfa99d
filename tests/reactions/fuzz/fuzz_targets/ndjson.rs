//! The file of accepted reactions. In: any bytes. Out: nothing; what is read can be written and read again as the same,
//! its texts are clean, and every complaint stands in the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use praktijk_reactions_fuzz::base::SourcePath;
use praktijk_reactions_fuzz::accepted::published::{read, write};
use praktijk_reactions_fuzz::accepted::text::clean;

fuzz_target!(|bytes: &[u8]| {
    let file = SourcePath::new("reacties.ndjson");
    let (published, complaints) = read(bytes, &file);
    for complaint in &complaints {
        assert!(!complaint.message.is_empty());
        let span = complaint.place.as_ref().and_then(|place| place.span.clone());
        assert!(span.is_none_or(|span| span.start <= span.end && span.end <= bytes.len()), "{complaint:?}");
    }
    for reaction in &published.items {
        assert_eq!(clean(&reaction.html), reaction.html);
    }
    let written = write(&published);
    let (again, complaints) = read(&written, &file);
    assert!(complaints.is_empty(), "{complaints:?}");
    assert_eq!(again, published);
    assert_eq!(write(&again), written);
});
