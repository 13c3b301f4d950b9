//! Taking turns.

use std::time::Instant;

/// Rounds; of each contender the best counts.
const ROUNDS: usize = 15;

/// Something to time.
pub type Turn<'a> = Box<dyn FnMut() + 'a>;

/// The shortest time of each, in nanoseconds a `unit`, of which a turn has so many; each turn is taken `repeats` times.
pub fn best(turns: &mut [Turn<'_>], repeats: usize, units: usize) -> Vec<f64> {
    let mut best = vec![f64::MAX; turns.len()];
    for _ in 0..ROUNDS {
        for (turn, best) in turns.iter_mut().zip(&mut best) {
            let started = Instant::now();
            for _ in 0..repeats {
                turn();
            }
            *best = best.min(started.elapsed().as_secs_f64() * 1e9 / (units * repeats) as f64);
        }
    }
    best
}
