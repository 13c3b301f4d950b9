//! In which row the extreme of a window stands.

use super::{FirstHighest, FirstLowest, Window};

macro_rules! located {
    ($(#[$doc:meta])* $Name:ident, $First:ident, $reaches:tt) => {
        crate::state! {
            $(#[$doc])*
            ///
            /// TA-Lib's choice among equal ones: a newer one takes over at once, but when the extreme leaves the
            /// window, the oldest one left does. So the row depends on more than the window.
            pub(crate) struct $Name {
                period: usize,
                rows: usize,
                /// The extreme and its row, once the window was full.
                row: f64,
                value: f64,
                window: Window<$First>,
            }
        }

        impl $Name {
            pub(crate) fn new(period: usize) -> Self {
                Self { period, rows: 0, row: -1.0, value: 0.0, window: Window::new(period) }
            }

            /// Takes the next value; the row, counted from 0, once the window is full.
            #[inline]
            pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
                let newest = self.rows;
                self.rows = self.rows.saturating_add(1);
                let first = self.window.push(x)?.fold;
                let oldest = self.rows.saturating_sub(self.period) as f64;
                if self.row < oldest {
                    (self.row, self.value) = (oldest + first.place, first.value);
                } else if x $reaches self.value {
                    (self.row, self.value) = (newest as f64, x);
                }
                Some(self.row)
            }
        }
    };
}
located!(
    /// The row of the highest of the last `period` values.
    HighestRow,
    FirstHighest,
    >=
);
located!(
    /// The row of the lowest of the last `period` values.
    LowestRow,
    FirstLowest,
    <=
);
