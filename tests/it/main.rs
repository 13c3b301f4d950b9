//! Tests of the whole house.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking
#![allow(clippy::disallowed_methods)] // bits are compared within one process

mod accuracy;
mod codec;
mod contract;
mod docs;
mod frames;
mod golden;
mod naive;
mod peers;
mod properties;
mod streams;
mod zones;
