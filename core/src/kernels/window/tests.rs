use super::*;
use crate::kernels::{Deviations, Highest, Lowest, Sum, Weighted};
use crate::num;

/// The last `period` values folded the obvious way.
fn naive(values: &[f64], period: usize) -> [f64; 5] {
    let window = &values[values.len() - period..];
    let n = period as f64;
    let mean = window.iter().sum::<f64>() / n;
    let variance = window.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    let weighted = window.iter().zip(1..).map(|(x, weight)| x * f64::from(weight)).sum::<f64>();
    let highest = window.iter().copied().fold(f64::MIN, num::max);
    let lowest = window.iter().copied().fold(f64::MAX, num::min);
    [mean, num::sqrt(variance), weighted / (n * (n + 1.0) / 2.0), highest, lowest]
}

/// Small whole numbers and one spike: after it has left, the window is as exact as before it came.
#[test]
fn windows_equal_the_obvious_fold_and_forget_a_spike() {
    let mut seed = 1_u32;
    let mut values: Vec<f64> = (0..500)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 24)
        })
        .collect();
    values[200] = 1e15;
    for period in [1, 2, 3, 7, 64] {
        let (mut mean, mut deviation) = (Window::<Sum>::new(period), Window::<Deviations>::new(period));
        let mut weighted = Window::<Weighted>::new(period);
        let (mut highest, mut lowest) = (Window::<Highest>::new(period), Window::<Lowest>::new(period));
        for end in 1..=values.len() {
            let x = values[end - 1];
            let folded = [
                mean.push(x).map(Folded::<Sum>::mean),
                deviation.push(x).map(|window| window.mean_and_deviation().1),
                weighted.push(x).map(|window| window.weighted_mean(period)),
                highest.push(x).map(|window| window.fold.0),
                lowest.push(x).map(|window| window.fold.0),
            ];
            if end < period {
                assert_eq!(folded, [None; 5]);
                continue;
            }
            let spike = (201..201 + period).contains(&end);
            for (ours, expected) in folded.into_iter().zip(naive(&values[..end], period)) {
                let allowed = if spike { 1e-12 * 1e15 } else { 1e-12 * 256.0 };
                let error = (ours.unwrap() - expected).abs();
                assert!(error <= allowed, "period {period}, end {end}: {ours:?}, expected {expected}");
            }
        }
    }
}

#[test]
fn a_window_is_loaded_into_one_of_its_period_only() {
    let mut saved = Vec::new();
    let mut window = Window::<Sum>::new(2);
    for value in [1.0, 2.0, 4.0] {
        window.push(value);
    }
    window.save(&mut saved);
    let load = |bytes: &[u8], period: usize| {
        let (mut window, mut from) = (Window::<Sum>::new(period), Reader::new(bytes));
        window.load(&mut from)?;
        from.end().map(|()| window)
    };
    let mut loaded = load(&saved, 2).unwrap();
    assert_eq!(loaded.push(5.0).map(|window| window.sum(2)), Some(9.0));
    assert!(load(&saved, 1).is_err());
    assert!(load(&saved, 3).is_err());
    // How many values the block has stands behind its two places.
    for at in [0, 2, u8::MAX] {
        let mut bad = saved.clone();
        bad[16] = at;
        assert!(load(&bad, 2).is_err(), "{at}");
    }
}
