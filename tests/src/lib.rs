//! Tests across the house.
