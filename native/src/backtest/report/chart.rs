//! The curves: paths that stretch to any width, and labels that do not.

use std::fmt::Write as _;

use atra_core::{Frame, Result, num};

use super::{Outcome, iso};
use crate::strategy::Side;

/// Steps a curve is drawn in, and the width it has in its own measure.
const STEPS: usize = 1_000;
const HEIGHT: f64 = 100.0;

/// Equity with buying and holding beside it, when trades were open, and drawdown.
pub(super) fn write(page: &mut String, frame: &Frame, outcome: &Outcome) -> Result<()> {
    let equity = &outcome.equity;
    if equity.is_empty() {
        return Ok(());
    }
    let held = hold(frame.column("close")?, equity.first().copied().unwrap_or(0.0));
    let (low, high) = bounds(equity.iter().chain(&held));
    let scale = Scale::of(low, high);
    let _ = writeln!(
        page,
        "<p class=\"legend\"><b></b>equity<b class=\"hold\"></b>buy and hold<b class=\"long\"></b>long\
         <b class=\"short\"></b>short{}</p>",
        if scale.logarithmic { " · logarithmic" } else { "" }
    );
    pane(page, "equity", scale, &short, |page, y| {
        let _ = writeln!(
            page,
            "<path class=\"hold\" vector-effect=\"non-scaling-stroke\" d=\"{}\"/>",
            path(&held, y)
        );
        let _ = writeln!(
            page,
            "<path class=\"curve\" vector-effect=\"non-scaling-stroke\" d=\"{}\"/>",
            path(equity, y)
        );
    });
    trades(page, outcome);
    let falls = drawdown(equity);
    let deepest = falls.iter().fold(0.0, |deepest, fall| num::min(*fall, deepest));
    let floor = if deepest == 0.0 { -0.01 } else { deepest };
    page.push_str("<p class=\"legend\">drawdown</p>\n");
    let scale = Scale { low: floor, high: 0.0, logarithmic: false };
    pane(page, "drawdown", scale, &|value| format!("{} %", trimmed(value * 100.0)), |page, y| {
        let area = format!("M0 {0:.2}{1}L{STEPS} {0:.2}Z", y(0.0), path(&falls, y).replacen('M', "L", 1));
        let _ = writeln!(page, "<path class=\"fall\" vector-effect=\"non-scaling-stroke\" d=\"{area}\"/>");
    });
    times(page, frame);
    Ok(())
}

/// One picture with lines at round values and their labels.
fn pane(
    page: &mut String,
    class: &str,
    scale: Scale,
    label: &dyn Fn(f64) -> String,
    curves: impl FnOnce(&mut String, &dyn Fn(f64) -> f64),
) {
    let y = |value: f64| scale.y(value);
    let ticks = scale.ticks();
    let _ = writeln!(
        page,
        "<figure class=\"{class}\"><svg viewBox=\"0 0 {STEPS} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{class}\">"
    );
    for tick in &ticks {
        let _ = writeln!(
            page,
            "<path class=\"grid\" vector-effect=\"non-scaling-stroke\" d=\"M0 {0:.2}H{STEPS}\"/>",
            y(*tick)
        );
    }
    curves(page, &y);
    page.push_str("</svg>\n");
    for tick in &ticks {
        let _ =
            writeln!(page, "<span class=\"label\" style=\"top:{:.2}%\">{}</span>", y(*tick), label(*tick));
    }
    page.push_str("</figure>\n");
}

/// A strip with the bars in which a trade was open.
fn trades(page: &mut String, outcome: &Outcome) {
    let rows = outcome.equity.len();
    let mut sides = [None; STEPS];
    for trade in &outcome.trades {
        let (from, to) = (trade.entry_bar * STEPS / rows, trade.exit_bar * STEPS / rows);
        for side in sides.iter_mut().take(to.min(STEPS - 1) + 1).skip(from) {
            *side = Some(trade.side);
        }
    }
    let _ = writeln!(
        page,
        "<figure class=\"held\"><svg viewBox=\"0 0 {STEPS} 1\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"open trades\">"
    );
    let mut at = 0;
    for run in sides.chunk_by(|a, b| a == b) {
        if let Some(side) = run.first().copied().flatten() {
            let class = if side == Side::Buy { "long" } else { "short" };
            let _ = writeln!(
                page,
                "<rect class=\"{class}\" x=\"{at}\" y=\"0\" width=\"{}\" height=\"1\"/>",
                run.len()
            );
        }
        at += run.len();
    }
    page.push_str("</svg></figure>\n");
}

fn times(page: &mut String, frame: &Frame) {
    let (time, shown) = (frame.time(), 5.min(frame.len()));
    page.push_str("<p class=\"times\">");
    for index in 0..shown {
        let row = index * (time.len() - 1) / (shown - 1).max(1);
        let day = time.get(row).map_or_else(String::new, |time| iso(*time).split(' ').take(1).collect());
        let _ = write!(page, "<span>{day}</span>");
    }
    page.push_str("</p>\n");
}

/// What the same money would be worth, had it bought at the first close.
fn hold(close: &[f64], money: f64) -> Vec<f64> {
    let first = close.iter().copied().find(|price| price.is_finite()).unwrap_or(f64::NAN);
    let mut last = first;
    let worth = |price: &f64| {
        if price.is_finite() {
            last = *price;
        }
        money * last / first
    };
    close.iter().map(worth).collect()
}

fn drawdown(equity: &[f64]) -> Vec<f64> {
    let mut high = f64::NEG_INFINITY;
    let mut fall = |equity: &f64| {
        high = num::max(*equity, high);
        equity / high - 1.0
    };
    equity.iter().map(&mut fall).collect()
}

/// The least and the greatest.
fn bounds<'a>(values: impl Iterator<Item = &'a f64>) -> (f64, f64) {
    let values = values.filter(|value| value.is_finite());
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (num::min(*value, low), num::max(*value, high))
    })
}

/// A path of a thousand steps, each from its lowest to its highest value, or of all values when they are fewer.
fn path(values: &[f64], y: &dyn Fn(f64) -> f64) -> String {
    let rows = values.len();
    let mut path = String::new();
    let mut point = |x: f64, value: f64| {
        if value.is_finite() {
            let _ = write!(path, "{}{x:.1} {:.2}", if path.is_empty() { 'M' } else { 'L' }, y(value));
        }
    };
    if rows <= STEPS {
        let width = STEPS as f64 / (rows.saturating_sub(1).max(1)) as f64;
        values.iter().enumerate().for_each(|(row, value)| point(row as f64 * width, *value));
        return path;
    }
    for step in 0..STEPS {
        let part = &values[step * rows / STEPS..(step + 1) * rows / STEPS];
        let place = |best: fn(f64, f64) -> bool| {
            let better =
                |held: usize, (at, value): (usize, &f64)| if best(*value, part[held]) { at } else { held };
            part.iter().enumerate().fold(0, better)
        };
        let (lowest, highest) = (place(|a, b| a < b), place(|a, b| a > b));
        // In the order in which they came.
        for at in [lowest.min(highest), lowest.max(highest)] {
            point(step as f64 + 0.5, part[at]);
        }
    }
    path
}

/// How values are placed.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
    /// Where the highest is many times the lowest.
    logarithmic: bool,
}

impl Scale {
    /// With some room below the lowest and above the highest.
    fn of(low: f64, high: f64) -> Self {
        if low > 0.0 && high / low > 8.0 {
            return Self { low: low / 1.1, high: high * 1.1, logarithmic: true };
        }
        let room = (high - low) * 0.04;
        let room = if room > 0.0 && room.is_finite() { room } else { 1.0 };
        Self { low: low - room, high: high + room, logarithmic: false }
    }

    /// From the top.
    fn y(self, value: f64) -> f64 {
        let Self { low, high, logarithmic } = self;
        let part = if logarithmic {
            num::ln(high / value) / num::ln(high / low)
        } else {
            (high - value) / (high - low)
        };
        part * HEIGHT
    }

    /// Some round values.
    fn ticks(self) -> Vec<f64> {
        let Self { low, high, logarithmic } = self;
        let rough = (high - low) / 4.0;
        if rough <= 0.0 || !rough.is_finite() {
            return Vec::new();
        }
        if logarithmic {
            let decades = (0..40).map(|index| power(num::floor(num::log10(low)) + f64::from(index)));
            let ticks: Vec<f64> = decades.flat_map(|unit| [unit, 2.0 * unit, 5.0 * unit]).collect();
            return ticks.into_iter().filter(|tick| (low..=high).contains(tick)).collect();
        }
        let unit = power(num::floor(num::log10(rough)));
        let step = [1.0, 2.0, 5.0].map(|times| times * unit).into_iter().find(|step| *step >= rough);
        let step = step.unwrap_or(10.0 * unit);
        let first = num::ceil(low / step);
        (0..8).map(|index| (first + f64::from(index)) * step).take_while(|tick| *tick <= high).collect()
    }
}

/// Ten to a whole power, exactly.
fn power(exponent: f64) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// A number of money in few characters: 950, 12.5k, 1.25M.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 1e6 => trimmed(value / 1e6) + "M",
        size if size >= 1e4 => trimmed(value / 1e3) + "k",
        _ => trimmed(value),
    }
}

/// Two decimals, without zeros behind them.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_round() {
        let ticks = |low, high| Scale::of(low, high).ticks();
        assert_eq!(ticks(9_000.0, 13_000.0), [10_000.0, 12_000.0]);
        assert_eq!(ticks(9_000.0, 210_000.0), [10_000.0, 20_000.0, 50_000.0, 100_000.0, 200_000.0]);
        assert_eq!(ticks(-500.0, 1_500.0), [0.0, 1_000.0]);
        assert_eq!(ticks(1.0, 1.0), [0.0, 0.5, 1.0, 1.5, 2.0]);
        let shown = [0.0, -0.001, 950.0, 12_500.0, 1_250_000.0, -20.0].map(short);
        assert_eq!(shown, ["0", "0", "950", "12.5k", "1.25M", "-20"]);
    }

    #[test]
    fn long_curves_are_drawn_from_lowest_to_highest() {
        let values: Vec<f64> = (0..5_000).map(|row| f64::from(row % 50)).collect();
        let drawn = path(&values, &|value| value);
        assert_eq!(drawn.matches(['M', 'L']).count(), 2 * STEPS);
        assert!(drawn.contains(" 0.00") && drawn.contains(" 49.00"));
        assert_eq!(path(&[1.0, f64::NAN, 3.0], &|value| value), "M0.0 1.00L1000.0 3.00");
    }
}
