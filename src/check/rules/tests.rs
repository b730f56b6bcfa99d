//! The rules on small sites, one fault at a time.
