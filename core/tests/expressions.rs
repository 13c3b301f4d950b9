//! Expressions against a second, slower way to compute them, over every indicator, and against text that is none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_wrap)] // a test fails by panicking

use atra_core::expression::{Expression, Values};
use atra_core::{Args, Candle, Frame, registry};

/// Numbers from a seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next()).unwrap() % most
    }

    /// From −0.5 to 0.5.
    fn part(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 31) as f64 - 0.5
    }
}

/// A walk that goes another way from `from` on.
fn walk(rows: usize, from: usize) -> Frame {
    let (mut random, mut price) = (Random(3), 50.0);
    let candles = (0..rows).map(|bar| {
        if bar == from {
            random = Random(99);
        }
        let open = price;
        price = 20.0 + (price + random.part() * 3.0 - 20.0_f64).abs();
        let (low, high) = if open < price { (open, price) } else { (price, open) };
        let (low, high) = (low - random.part().abs(), high + random.part().abs());
        Candle {
            time: bar as i64 * 3_600_000,
            open,
            high,
            low,
            close: price,
            volume: 100.0 * (random.part() + 0.6),
        }
    });
    Frame::candles(candles.collect::<Vec<_>>()).unwrap()
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan())
}

/// Changing bars to come changes no result before them, whatever the indicator.
#[test]
fn no_expression_looks_ahead() {
    let (rows, from) = (360, 240);
    let (frame, other) = (walk(rows, rows), walk(rows, from));
    assert_ne!(frame.candle(from), other.candle(from));
    for entry in registry::of_candles() {
        for output in entry.spec().outputs {
            let value = format!("{}().{}", entry.spec().id, output.name);
            for text in [
                value.clone(),
                format!("{value} - {value}[3] / close"),
                format!(
                    "crosses_above({value}, sma({value}, 5)) or {value} > ema({value}, 3)[1] and not close < open"
                ),
            ] {
                let expression = Expression::parse(&text).unwrap();
                let (past, other) =
                    (expression.numbers(&frame).unwrap(), expression.numbers(&other).unwrap());
                assert!(same(&past[..from], &other[..from]), "{text}");
                let cut = expression.numbers(&frame.head(from)).unwrap();
                assert!(same(&past[..from], &cut), "{text}");
            }
        }
    }
}

/// An expression as a tree, to be written as text and computed row by row.
enum Tree {
    Number(f64),
    Column(&'static str),
    /// As it is called, and by the library.
    Indicator(String, Vec<f64>),
    Lag(Box<Tree>, usize),
    Minus(Box<Tree>),
    Absolute(Box<Tree>),
    Binary(&'static str, Box<Tree>, Box<Tree>),
    Cross(bool, Box<Tree>, Box<Tree>),
    Not(Box<Tree>),
}

const COLUMNS: [&str; 5] = ["open", "high", "low", "close", "volume"];

impl Tree {
    fn number(random: &mut Random, frame: &Frame, depth: usize) -> Self {
        let inner = |random: &mut Random| Box::new(Self::number(random, frame, depth - 1));
        match random.below(if depth == 0 { 3 } else { 8 }) {
            0 => Self::Number([0.0, 0.5, 2.0, 30.0][random.below(4)]),
            1 => Self::Column(COLUMNS[random.below(5)]),
            2 => {
                let (id, period) = (["sma", "rsi", "ema", "mom"][random.below(4)], random.below(9) + 2);
                let indicator =
                    registry::find(id).unwrap().build(&Args::new().with("period", period)).unwrap();
                let values = indicator.compute_frame(frame).unwrap().remove(0);
                Self::Indicator(format!("{id}({period})"), values)
            }
            3 => Self::Lag(inner(random), random.below(4)),
            4 => Self::Minus(inner(random)),
            5 => Self::Absolute(inner(random)),
            _ => Self::Binary(["+", "-", "*", "/"][random.below(4)], inner(random), inner(random)),
        }
    }

    fn condition(random: &mut Random, frame: &Frame, depth: usize) -> Self {
        let number = |random: &mut Random| Box::new(Self::number(random, frame, depth));
        let inner = |random: &mut Random| Box::new(Self::condition(random, frame, depth - 1));
        match random.below(if depth == 0 { 3 } else { 7 }) {
            0 | 1 => {
                let comparison = ["<", "<=", ">", ">=", "==", "!="][random.below(6)];
                Self::Binary(comparison, number(random), number(random))
            }
            2 => Self::Cross(random.below(2) == 0, number(random), number(random)),
            3 => Self::Not(inner(random)),
            4 => Self::Lag(inner(random), random.below(4)),
            5 => Self::Binary("and", inner(random), inner(random)),
            _ => Self::Binary("or", inner(random), inner(random)),
        }
    }

    /// How strongly what it is written as binds.
    fn power(&self) -> u8 {
        match self {
            Self::Binary("or", ..) => 1,
            Self::Binary("and", ..) => 2,
            Self::Not(_) => 3,
            Self::Binary("+" | "-", ..) => 5,
            Self::Binary("*" | "/", ..) => 6,
            Self::Binary(..) => 4,
            Self::Minus(_) => 7,
            _ => 8,
        }
    }

    /// In brackets only where it must be.
    fn within(&self, least: u8) -> String {
        let text = self.text();
        if self.power() < least { format!("({text})") } else { text }
    }

    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Column(name) => (*name).to_owned(),
            Self::Indicator(call, _) => call.clone(),
            Self::Lag(of, bars) => format!("{}[{bars}]", of.within(8)),
            Self::Minus(of) => format!("-{}", of.within(7)),
            Self::Absolute(of) => format!("abs({})", of.text()),
            Self::Not(of) => format!("not {}", of.within(3)),
            Self::Cross(above, a, b) => {
                format!("crosses_{}({}, {})", if *above { "above" } else { "below" }, a.text(), b.text())
            }
            // What stands right of an operator of the same strength is a bracket's.
            Self::Binary(sign, a, b) => {
                let left = if self.power() == 4 { 5 } else { self.power() };
                format!("{} {sign} {}", a.within(left), b.within(self.power() + 1))
            }
        }
    }

    /// At one row; before the first there is no number, and nothing is true.
    fn at(&self, frame: &Frame, row: Option<usize>) -> f64 {
        let finite = |x: f64| if x.is_finite() { x } else { f64::NAN };
        let truth = |x: bool| f64::from(u8::from(x));
        let Some(now) = row else { return if self.is_condition() { 0.0 } else { f64::NAN } };
        match self {
            Self::Number(number) => *number,
            Self::Column(name) => frame.column(name).unwrap()[now],
            Self::Indicator(_, values) => values[now],
            // A number has always been that number.
            Self::Lag(of, _) if of.constant().is_some() => of.at(frame, row),
            Self::Lag(of, bars) => of.at(frame, now.checked_sub(*bars)),
            Self::Minus(of) => -of.at(frame, row),
            Self::Absolute(of) => of.at(frame, row).abs(),
            Self::Not(of) => truth(of.at(frame, row) == 0.0),
            Self::Cross(above, a, b) => {
                let Some(before) = now.checked_sub(1) else { return 0.0 };
                let (a0, b0) = (a.at(frame, Some(before)), b.at(frame, Some(before)));
                let (a1, b1) = (a.at(frame, row), b.at(frame, row));
                truth(if *above { a0 <= b0 && a1 > b1 } else { a0 >= b0 && a1 < b1 })
            }
            Self::Binary(sign, a, b) => {
                let (a, b) = (a.at(frame, row), b.at(frame, row));
                match *sign {
                    "+" => finite(a + b),
                    "-" => finite(a - b),
                    "*" => finite(a * b),
                    "/" => finite(a / b),
                    "<" => truth(a < b),
                    "<=" => truth(a <= b),
                    ">" => truth(a > b),
                    ">=" => truth(a >= b),
                    "==" => truth(a == b),
                    "!=" => truth(!a.is_nan() && !b.is_nan() && a != b),
                    "and" => truth(a * b != 0.0),
                    _ => truth(a + b != 0.0),
                }
            }
        }
    }

    fn is_condition(&self) -> bool {
        match self {
            Self::Lag(of, _) => of.is_condition(),
            Self::Cross(..) | Self::Not(_) => true,
            Self::Binary(sign, ..) => !["+", "-", "*", "/"].contains(sign),
            _ => false,
        }
    }

    /// The number it is without any bar; `Some(NaN)` where that is none.
    fn constant(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Minus(of) => of.constant().map(|x| -x),
            Self::Absolute(of) => of.constant().map(f64::abs),
            Self::Lag(of, _) => of.constant(),
            Self::Binary(sign, a, b) if !self.is_condition() => {
                let (a, b) = (a.constant()?, b.constant()?);
                let result = match *sign {
                    "+" => a + b,
                    "-" => a - b,
                    "*" => a * b,
                    _ => a / b,
                };
                Some(if result.is_finite() { result } else { f64::NAN })
            }
            _ => None,
        }
    }
}

#[test]
fn expressions_are_what_they_are_row_by_row() {
    let frame = walk(60, 60);
    let mut random = Random(2024);
    let (mut numbers, mut conditions) = (0, 0);
    for round in 0..4_000 {
        let tree = if round % 2 == 0 {
            Tree::number(&mut random, &frame, 1 + round % 4)
        } else {
            Tree::condition(&mut random, &frame, 1 + round % 4)
        };
        let text = tree.text();
        let expression = match Expression::parse(&text) {
            Ok(expression) => expression,
            // Numbers are computed when they are read.
            Err(error) if error.to_string().ends_with("the result is not a finite number") => continue,
            Err(error) => panic!("{text}: {error}"),
        };
        match expression.evaluate(&frame).unwrap() {
            Values::Numbers(_) => numbers += 1,
            Values::Conditions(_) => conditions += 1,
        }
        let values = expression.numbers(&frame).unwrap();
        let expected: Vec<f64> = (0..60).map(|row| tree.at(&frame, Some(row))).collect();
        // Zero has a sign that no comparison sees.
        let equal = |(a, b): (&f64, &f64)| a == b || a.is_nan() && b.is_nan();
        assert!(values.iter().zip(&expected).all(equal), "{text}\n{values:?}\n{expected:?}");
    }
    assert!(numbers > 1_000 && conditions > 1_000, "{numbers} {conditions}");
}

#[test]
fn any_text_is_read_or_refused() {
    let words = [
        "close",
        "rsi",
        "macd",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        "histogram",
        "14",
        "1e5",
        "-",
        "+",
        "*",
        "/",
        "<",
        ">=",
        "==",
        "=",
        "and",
        "or",
        "not",
        "crosses_above",
        "period",
        "$x",
        "\"",
        "é",
        "&&",
        "\u{0}",
        "sma(",
        "0",
        "1",
        "\n",
        "abs(",
    ];
    let frame = walk(20, 20);
    let mut random = Random(77);
    let mut read = 0;
    for _ in 0..30_000 {
        let mut text = String::new();
        for _ in 0..random.below(12) {
            text.push_str(words[random.below(words.len())]);
            if random.below(3) == 0 {
                text.push(' ');
            }
        }
        match Expression::parse(&text) {
            Ok(expression) => {
                read += 1;
                let _ = expression.evaluate(&frame);
            }
            Err(error) => {
                let place = std::error::Error::source(&error).map(ToString::to_string);
                assert!(place.is_none_or(|place| place.lines().count() == 2), "{text:?}");
            }
        }
    }
    assert!(read > 100, "{read}");
}
