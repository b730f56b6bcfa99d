//! Tests of the rules, one table each.
