//! Whether links lead somewhere.
