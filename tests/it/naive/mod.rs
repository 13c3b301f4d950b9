//! Indicators TA-Lib lacks, against the same formula written the slow and obvious way: each value from scratch, from
//! the definition its documentation cites, with no code of atra's. One file a group.

#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)] // of whole parameters
#![allow(clippy::manual_midpoint, clippy::needless_range_loop)] // formulas as they are printed

mod averages;
mod bands;
mod conventions;
mod ehlers;
mod flows;
mod oscillators;
mod series;
mod sessions;
mod smoothing;
mod statistics;
mod tools;
mod trends;
mod volatility;

use std::collections::BTreeSet;

use atra_core::args::Value;
use atra_core::registry;
use atra_core::spec::ParamKind;
use atra_core::{Args, DynIndicator, Frame};
use atra_tests::sample;

use crate::peers;

/// An indicator's parameters as numbers (of a choice, its number), in the order of its spec.
type Params<'a> = &'a [f64];

/// All outputs from all inputs, NaN while warming up. Inputs are as the spec orders them.
type Naive = fn(Params<'_>, &[&[f64]]) -> Vec<Vec<f64>>;

/// Id, how it is computed, and parameter sets to try beside the defaults (all parameters, in order).
type Case = (&'static str, Naive, &'static [&'static [f64]]);

/// All files' cases.
const ALL: &[&[Case]] = &[
    averages::CASES,
    bands::CASES,
    conventions::CASES,
    ehlers::CASES,
    flows::CASES,
    oscillators::CASES,
    sessions::CASES,
    statistics::CASES,
    trends::CASES,
    volatility::CASES,
];

/// The parameters as numbers, and the indicator.
fn build(id: &str, given: Option<&[f64]>) -> (Vec<f64>, Box<dyn DynIndicator>) {
    let entry = registry::find(id).unwrap();
    let spec = entry.spec();
    if let Some(given) = given {
        assert_eq!(given.len(), spec.params.len(), "{id}: a parameter set names all parameters");
    }
    let mut args = Args::new();
    let mut numbers = Vec::new();
    for (index, param) in spec.params.iter().enumerate() {
        let number = given.map_or_else(
            || match (param.default(), param.kind) {
                (Value::Text(name), ParamKind::Choice { choices, .. }) => {
                    choices.iter().find(|(choice, _)| *choice == name).unwrap().1 as f64
                }
                (Value::Number(number), _) => number,
                (value, _) => panic!("{id}: {value} of {}", param.name),
            },
            |given| given[index],
        );
        numbers.push(number);
        args = args.with(param.name, number);
    }
    (numbers, entry.build(&args).unwrap())
}

/// The first 700 rows: with every value computed from scratch, enough to go through any window many times.
fn samples() -> Vec<(&'static str, Frame)> {
    ["aapl_1d", "btcusd_4h", "us500_1m"].map(|name| (name, sample(name).head(700))).into()
}

#[test]
fn every_case_gives_what_its_formula_gives() {
    for (id, naive, sets) in ALL.iter().copied().flatten().copied() {
        for set in std::iter::once(None).chain(sets.iter().map(|set| Some(*set))) {
            let (params, indicator) = build(id, set);
            let mut compared = false;
            for (name, frame) in samples() {
                let inputs = tools::inputs(indicator.spec(), &frame);
                let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
                let ours = indicator.compute_columns(&inputs).unwrap();
                let expected = naive(&params, &inputs);
                assert_eq!(ours.len(), expected.len(), "outputs of {id}");
                for ((ours, expected), output) in ours.iter().zip(&expected).zip(indicator.spec().outputs) {
                    let place = format!("{id} {params:?} {} on {name}", output.name);
                    tools::same(&place, ours, expected);
                    let warm = indicator.lookback();
                    assert!(expected[..warm].iter().all(|value| value.is_nan()), "warm-up of {place}");
                }
                compared |= expected.iter().flatten().any(|value| value.is_finite());
            }
            assert!(compared, "{id} {params:?}: nothing compared");
        }
    }
}

/// Every indicator's numbers are checked against something atra's code has no part in.
#[test]
fn every_indicator_is_checked_against_another_source() {
    let naive: BTreeSet<&str> = ALL.iter().copied().flatten().map(|(id, ..)| *id).collect();
    let peers = peers::ids();
    for entry in registry::all() {
        let spec = entry.spec();
        assert!(
            spec.talib.is_some() || naive.contains(spec.id) || peers.contains(spec.id),
            "{} is neither TA-Lib's nor in tests/it/naive nor in tests/golden/peers.py",
            spec.id
        );
    }
}
