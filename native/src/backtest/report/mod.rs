//! A backtest as one page: numbers, equity, drawdown, trades. It needs no other file, and follows the reader's choice of
//! light or dark.

mod chart;

use std::fmt::Write as _;

use atra_core::{Frame, Result, TimeMs};

use super::{Outcome, Trade};
use crate::strategy::Side;

/// What a page says beside the outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was traded: `BTCUSDT 1h`.
    pub title: String,
    /// The rules and terms, by name.
    pub facts: Vec<(String, String)>,
}

/// The most trades a page lists.
const LISTED: usize = 1_000;

/// The page. Fails when the frame lacks the close.
///
/// Equity curves of any length are drawn in a thousand steps, each from its lowest to its highest value.
pub fn html(report: &Report, frame: &Frame, outcome: &Outcome) -> Result<String> {
    let mut page = String::new();
    let title = escaped(&report.title);
    // A string takes everything.
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}: backtest</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p class=\"range\">{}</p>\n",
        include_str!("report.css"),
        range(frame),
    );
    page += "<dl class=\"facts\">\n";
    for (name, value) in &report.facts {
        let _ =
            writeln!(page, "<div><dt>{}</dt><dd><code>{}</code></dd></div>", escaped(name), escaped(value));
    }
    page += "</dl>\n<dl class=\"numbers\">\n";
    for (name, value) in outcome.metrics.lines() {
        let sign = if value.starts_with('-') { " class=\"loss\"" } else { "" };
        let _ = writeln!(page, "<div><dt>{name}</dt><dd{sign}>{value}</dd></div>");
    }
    page += "</dl>\n";
    chart::write(&mut page, frame, outcome)?;
    trades(&mut page, &outcome.trades);
    page += "</main>\n</body>\n</html>\n";
    Ok(page)
}

fn range(frame: &Frame) -> String {
    match frame.time() {
        [] => "no bars".to_owned(),
        [first, .., last] => format!("{} bars from {} to {} UTC", frame.len(), iso(*first), iso(*last)),
        [one] => format!("one bar, {} UTC", iso(*one)),
    }
}

fn trades(page: &mut String, trades: &[Trade]) {
    page.push_str("<h2>Trades</h2>\n");
    if trades.is_empty() {
        page.push_str("<p>None.</p>\n");
        return;
    }
    if trades.len() > LISTED {
        let _ = writeln!(page, "<p>The last {LISTED} of {}.</p>", trades.len());
    }
    page.push_str(
        "<div class=\"scroll\"><table>\n<thead><tr><th>side</th><th>entered</th><th>at</th><th>left</th><th>at</th>\
         <th>why</th><th>bars</th><th>quantity</th><th>profit</th><th>gain</th></tr></thead>\n<tbody>\n",
    );
    for trade in &trades[trades.len().saturating_sub(LISTED)..] {
        let side = if trade.side == Side::Buy { "long" } else { "short" };
        let class = if trade.profit < 0.0 { "loss" } else { "gain" };
        let _ = writeln!(
            page,
            "<tr><td>{side}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>\
             <td class=\"{class}\">{:.2}</td><td class=\"{class}\">{:.2} %</td></tr>",
            iso(trade.entry_time),
            price(trade.entry_price),
            iso(trade.exit_time),
            price(trade.exit_price),
            trade.exit.name(),
            trade.exit_bar - trade.entry_bar,
            price(trade.quantity),
            trade.profit,
            trade.gain * 100.0,
        );
    }
    page.push_str("</tbody>\n</table></div>\n");
}

/// Six digits, or all that stand before the point.
fn price(number: f64) -> String {
    let size = number.abs();
    let decimals = [1e5, 1e4, 1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2].iter().position(|at| size >= *at);
    format!("{number:.*}", decimals.unwrap_or(8))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A time in UTC, to the minute.
fn iso(time: TimeMs) -> String {
    let (days, minutes) = (time.div_euclid(86_400_000), time.rem_euclid(86_400_000) / 60_000);
    let (year, month, day) = civil(days);
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// Year, month and day of so many days since 1970: years are counted from March, so that the odd day is the last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let of_month = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_dates() {
        for (time, text) in [
            (0, "1970-01-01 00:00"),
            (951_782_400_000, "2000-02-29 00:00"),
            (1_704_067_140_000, "2023-12-31 23:59"),
            (-86_400_000, "1969-12-31 00:00"),
        ] {
            assert_eq!(iso(time), text);
        }
    }

    #[test]
    fn prices_have_six_digits() {
        assert_eq!(
            [123_456.7, 97.5, 0.123_456_78, 0.0].map(price),
            ["123457", "97.5000", "0.123457", "0.00000000"]
        );
    }
}
