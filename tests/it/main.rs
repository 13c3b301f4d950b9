//! Tests of the whole house.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking
#![allow(clippy::disallowed_methods)] // bits are compared within one process

mod accuracy;
mod docs;
mod codec;
mod golden;
mod naive;
mod peers;
mod properties;
mod zones;
