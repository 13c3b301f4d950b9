//! atra.
fn main() {}
