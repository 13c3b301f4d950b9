//! One plan with many sets of parameters.

use std::ops::ControlFlow;

use atra_core::sweep::Grid;
use atra_core::{Args, ErrorKind, Frame, Result};

use super::{Backtest, Metrics, Plan, Rules};
use crate::parallel;

/// One set of parameters, and what it would have earned.
#[derive(Clone, Debug, PartialEq)]
pub struct Swept {
    /// The values of the plan's `$name`s.
    pub args: Args,
    /// What came of it.
    pub metrics: Metrics,
}

/// The most numbers that plans computed at a time may hold.
const NUMBERS: usize = 1 << 24;

/// The most plans computed at a time: indicators they share are computed once.
const TOGETHER: usize = 32;

impl Backtest {
    /// Runs a plan with every set of a grid, on all processors (feature `parallel`), and hands the results over in the
    /// order of the sets, some at a time. It ends early when it is told to [break](ControlFlow::Break).
    ///
    /// A set that the plan's indicators refuse, as one whose `fast` is above its `slow`, is left out; how many were is
    /// returned. Fails when all are, with the error of the first.
    ///
    /// The best of many sets is the luckiest one too: try it on bars that the sweep has not seen.
    pub fn sweep(
        &self,
        frame: &Frame,
        plan: &Plan,
        grid: &Grid,
        mut each: impl FnMut(Vec<Swept>) -> ControlFlow<()>,
    ) -> Result<usize> {
        self.validate()?;
        let (mut refused, mut first_error) = (0, None);
        let mut accepted = false;
        // Memory is bounded: so many plans hold so many columns.
        let first = grid.iter().find_map(|args| plan.read(&args).ok());
        let columns = first.map_or(8, |rules| rules.steps() + 8);
        let together = (NUMBERS / (columns * frame.len().max(1))).clamp(1, TOGETHER);
        let at_once = together * parallel::threads();
        for begin in (0..grid.len()).step_by(at_once) {
            let mut sets = Vec::with_capacity(at_once);
            for args in (begin..grid.len().min(begin + at_once)).filter_map(|index| grid.get(index)) {
                match plan.read(&args) {
                    Ok(_) => sets.push(args),
                    Err(error) if error.kind() == ErrorKind::Parameter => {
                        refused += 1;
                        first_error.get_or_insert(error);
                    }
                    Err(error) => return Err(error),
                }
            }
            accepted |= !sets.is_empty();
            let share = sets.len().div_ceil(parallel::threads()).clamp(1, together);
            let results = parallel::map(sets.chunks(share).collect(), |sets| self.some(frame, plan, sets));
            let mut swept = Vec::with_capacity(sets.len());
            for result in results {
                swept.append(&mut result?);
            }
            if each(swept).is_break() {
                return Ok(refused);
            }
        }
        match first_error {
            Some(error) if !accepted => Err(error),
            _ => Ok(refused),
        }
    }

    /// Some sets, computed together.
    fn some(&self, frame: &Frame, plan: &Plan, sets: &[Args]) -> Result<Vec<Swept>> {
        let mut rules = Rules::default();
        for args in sets {
            rules.add(plan, args)?;
        }
        let orders = rules.orders(frame)?;
        let runs = sets.iter().zip(&orders);
        runs.map(|(args, orders)| Ok(Swept { args: args.clone(), metrics: self.run(frame, orders)?.metrics }))
            .collect()
    }
}
