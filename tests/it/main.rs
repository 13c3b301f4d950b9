//! Tests of the whole house.

mod golden;
mod properties;
