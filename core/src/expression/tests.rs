use super::*;
use crate::indicators::momentum::{Macd, Rsi};
use crate::indicators::overlap::Sma;
use crate::{Candle, Indicator};

/// A walk with turns, a gap nowhere.
fn frame(rows: i64) -> Frame {
    let mut seed = 7_u64;
    let mut price = 100.0;
    let candles = (0..rows).map(|row| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        price += ((seed >> 40) as f64 / (1_u64 << 24) as f64 - 0.5) * 2.0;
        let (open, close) = (price - 0.2, price);
        Candle {
            time: row * 60_000,
            open,
            high: close + 0.5,
            low: open - 0.5,
            close,
            volume: (row % 7) as f64,
        }
    });
    Frame::candles(candles).unwrap()
}

fn numbers(text: &str, frame: &Frame) -> Vec<f64> {
    Expression::number(text).unwrap().numbers(frame).unwrap()
}

fn conditions(text: &str, frame: &Frame) -> Vec<bool> {
    Expression::condition(text).unwrap().conditions(frame).unwrap()
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()))
}

fn fails(text: &str) -> String {
    match Expression::parse(text) {
        Err(error) => error.to_string(),
        Ok(expression) => expression.evaluate(&frame(3)).unwrap_err().to_string(),
    }
}

#[test]
fn indicators_give_the_librarys_bits() {
    let frame = frame(300);
    let close = frame.column("close").unwrap();
    let mut rsi = vec![0.0; 300];
    Rsi::new(14).unwrap().compute([close], [&mut rsi]).unwrap();
    for text in
        ["rsi(14)", "rsi()", "RSI(period = 14)", "rsi(close)", "rsi(close, 14)", "rsi(7 * 2)", "rsi(14.0)"]
    {
        assert!(same(&numbers(text, &frame), &rsi), "{text}");
    }
    let mut smoothed = vec![0.0; 300];
    Sma::new(5).unwrap().compute([&rsi], [&mut smoothed]).unwrap();
    assert!(same(&numbers("sma(rsi(14), 5)", &frame), &smoothed));
    let [mut line, mut signal, mut histogram] = std::array::from_fn(|_| vec![0.0; 300]);
    Macd::default().compute([close], [&mut line, &mut signal, &mut histogram]).unwrap();
    assert!(same(&numbers("macd().histogram", &frame), &histogram));
    assert!(same(&numbers("macd().macd - macd().signal", &frame), &histogram));
    // Two outputs of one indicator, the later first.
    assert!(same(&numbers("macd().signal + 0 * macd().macd", &frame), &signal));
}

#[test]
fn operators_bind_as_in_arithmetic() {
    let frame = frame(3);
    for (text, value) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("16 / 4 / 2", 2.0),
        ("-2 * -3", 6.0),
        ("- - 2", 2.0),
        ("2 - -2", 4.0),
        ("abs(-3) + .5", 3.5),
        ("1e2 + 1.5e-1", 100.15),
    ] {
        assert_eq!(numbers(text, &frame), [value; 3], "{text}");
    }
    for (text, value) in [
        ("1 < 2 and 2 < 1 or 1 == 1", true),
        ("1 == 1 or 1 < 2 and 2 < 1", true),
        ("(1 == 1 or 1 < 2) and 2 < 1", false),
        ("not 1 < 2 or 2 > 1", true),
        ("not (1 < 2 or 2 > 1)", false),
        ("not not 2 >= 2", true),
        ("1 + 1 != 2", false),
        ("1 AND 2 > 1", true),
    ] {
        let read = Expression::condition(text);
        if text.starts_with("1 AND") {
            assert!(read.unwrap_err().to_string().contains("`1` is a number"));
            continue;
        }
        assert_eq!(read.unwrap().conditions(&frame).unwrap(), [value; 3], "{text}");
    }
}

#[test]
fn bars_ago_and_crossings() {
    let column =
        |values: [f64; 6]| Frame::new((0..6).collect()).unwrap().with_column("x", values.to_vec()).unwrap();
    let frame = column([1.0, 2.0, 2.0, 3.0, f64::NAN, 1.0]);
    assert!(same(&numbers("x[2]", &frame), &[f64::NAN, f64::NAN, 1.0, 2.0, 2.0, 3.0]));
    assert!(same(&numbers("x[1][1]", &frame), &numbers("x[2]", &frame)));
    assert!(same(&numbers("x[0]", &frame), frame.column("x").unwrap()));
    assert!(numbers("x[100]", &frame).iter().all(|x| x.is_nan()));
    assert_eq!(conditions("(x > 1)[1]", &frame), [false, false, true, true, true, false]);
    // From at most 2 to above it; a missing number is on no side.
    assert_eq!(conditions("crosses_above(x, 2)", &frame), [false, false, false, true, false, false]);
    let frame = column([1.0, 3.0, 1.0, 2.0, 1.0, 5.0]);
    assert_eq!(conditions("crosses_above(x, 2)", &frame), [false, true, false, false, false, true]);
    assert_eq!(conditions("crosses_below(x, 2)", &frame), [false, false, true, false, true, false]);
    assert_eq!(conditions("crosses_below(2, x)", &frame), conditions("crosses_above(x, 2)", &frame));
}

#[test]
fn missing_numbers_make_comparisons_false() {
    let frame = Frame::new((0..4).collect())
        .unwrap()
        .with_column("x", vec![f64::NAN, 0.0, 1.0, f64::INFINITY])
        .unwrap()
        .with_column("odd name", vec![1.0; 4])
        .unwrap();
    for text in ["x < 1", "x >= 1", "x == x", "x != 0"] {
        assert!(!conditions(text, &frame)[0], "{text}");
    }
    assert!(conditions("not x < 1", &frame)[0]);
    // No finite result is none.
    assert!(same(&numbers("1 / x", &frame), &[f64::NAN, f64::NAN, 1.0, 0.0]));
    assert!(same(&numbers("x * 1e308 * 10", &frame), &[f64::NAN, 0.0, f64::NAN, f64::NAN]));
    assert_eq!(conditions("1 / x > 0", &frame), [false, false, true, false]);
    assert_eq!(numbers("\"odd name\" * 2", &frame), [2.0; 4]);
    assert_eq!(Values::Numbers(vec![f64::NAN, 0.0, 2.0]).into_conditions(), [false, false, true]);
    assert_eq!(Expression::parse("x > 0").unwrap().numbers(&frame).unwrap(), [0.0, 0.0, 1.0, 1.0]);
}

#[test]
fn what_is_common_is_computed_once() {
    let mut expressions = Expressions::new();
    let none = Args::new();
    expressions.add("rsi(14) < 30 and close > sma(200)", Some(Kind::Condition), &none).unwrap();
    let steps = expressions.steps();
    expressions.add("close > SMA(period=200) and rsi() < 30", Some(Kind::Condition), &none).unwrap();
    assert_eq!(expressions.steps(), steps + 1, "only `and` is new");
    expressions.add_list("rsi(7+7), bbands(20, 2).upper, bbands().lower, close", &none).unwrap();
    assert_eq!(expressions.texts()[2..], ["rsi(7+7)", "bbands(20, 2).upper", "bbands().lower", "close"]);
    assert_eq!(expressions.columns(), ["close"]);
    // Roots that are operands of others, and the same root twice, are there in full.
    let frame = frame(250);
    expressions.add("close", None, &none).unwrap();
    let values = expressions.evaluate(&frame).unwrap();
    for (text, values) in expressions.texts().iter().zip(values) {
        let alone = Expression::parse(text).unwrap();
        assert_eq!(values.kind(), alone.kind());
        assert!(same(&values.into_numbers(), &alone.numbers(&frame).unwrap()), "{text}");
    }
}

#[test]
fn what_cannot_be_read_leaves_nothing_behind() {
    let mut expressions = Expressions::new();
    let none = Args::new();
    expressions.add("close > sma(20)", None, &none).unwrap();
    let steps = expressions.steps();
    expressions.add("foo > rsi(", None, &none).unwrap_err();
    expressions.add("foo", Some(Kind::Condition), &none).unwrap_err();
    expressions.add("foo, bar", None, &none).unwrap_err();
    expressions.add_list("foo, rsi(7), bar(", &none).unwrap_err();
    assert_eq!((expressions.columns(), expressions.steps()), (vec!["close"], steps));
    expressions.add("rsi(7) > 30", None, &none).unwrap();
    assert_eq!(expressions.evaluate(&frame(50)).unwrap().len(), 2);
}

#[test]
fn parameters_come_from_beside_the_text() {
    let frame = frame(100);
    let args = Args::new().with("fast", 5.0).with("average", "ema");
    let mut expressions = Expressions::new();
    expressions.add("ma($fast, $average) - ma(period=$fast * 2, ma=$average)", None, &args).unwrap();
    let values = expressions.evaluate(&frame).unwrap().remove(0).into_numbers();
    assert!(same(&values, &numbers("ema(5) - ema(10)", &frame)));
    let error = Expressions::new().add("sma($fas)", None, &args).unwrap_err();
    assert_eq!(error.to_string(), "character 5: `$fas` has no value; did you mean `$fast`?");
    let error = Expressions::new().add("close > $average", None, &args).unwrap_err();
    assert_eq!(error.to_string(), "character 9: `ema` is not a number");
}

#[test]
fn errors_say_where_and_what_would_be_right() {
    for (text, message) in [
        ("", "character 1: expected a number, a column or an indicator, found the end"),
        ("rsii(14)", "character 1: unknown indicator `rsii`; did you mean `rsi`?"),
        (
            "cross_above(close, 1)",
            "character 1: unknown function `cross_above`; did you mean `crosses_above`?",
        ),
        ("close > clos", "character 9: no column `clos`; did you mean `close`?"),
        ("rsi < 30", "character 1: no column `rsi`; the indicator is written `rsi()`"),
        ("frobnicate > 1", "character 1: no column `frobnicate`; there are: open, high, low, close, volume"),
        ("mavp(5, 9)", "character 1: no column `periods`; there are: open, high, low, close, volume"),
        (
            "rsi(1)",
            "character 5: rsi: period 1 is not valid; it must be a whole number from 2 to 100000 (default 14)",
        ),
        ("rsi(priod=7)", "character 5: rsi has no parameter `priod`; did you mean `period`?"),
        (
            "rsi(period=0)",
            "character 12: rsi: period 0 is not valid; it must be a whole number from 2 to 100000 (default 14)",
        ),
        ("sma(7, 8)", "character 8: sma has no more parameters; it takes period"),
        ("sma(period=7, 8)", "character 15: parameters with a name come last"),
        ("sma(period=7, period=8)", "character 15: parameter `period` is given twice"),
        ("sma(5, close)", "character 8: columns come before parameters"),
        ("atr(close, 5)", "character 13: atr reads 3 columns (high, low, close), not 1"),
        ("macd() > 0", "character 1: macd has the outputs macd, signal, histogram; name one, as macd().macd"),
        ("macd().histogramm", "character 8: macd has no output `histogramm`; did you mean `histogram`?"),
        ("30 < rsi(14) < 70", "character 1: comparisons do not chain; write a < b and b < c"),
        (
            "close and open > 1",
            "character 1: `and` and `or` join conditions; `close` is a number, `close > 0` would be a condition",
        ),
        (
            "not close",
            "character 5: `not` needs a condition; `close` is a number, `close > 0` would be a condition",
        ),
        ("(close > 1) + 1", "character 1: arithmetic needs numbers; `(close > 1)` is a condition"),
        ("close = 1", "character 7: `=` names a parameter; equality is written `==`"),
        ("close && open", "character 7: `&&` is written `and`"),
        ("!(close > 1)", "character 1: `!` is written `not`"),
        ("close > 1)", "character 10: this bracket closes none"),
        ("(close > 1", "character 11: expected `)`, found the end"),
        (
            "macd().macd crosses above 0",
            "character 13: crossing is written crosses_above(a, b) or crosses_below(a, b)",
        ),
        ("close[open]", "character 7: how many bars ago must be a number, as close[1]"),
        ("close[-1]", "character 7: bars ago -1 is not valid; it must be a whole number from 0 to 100000"),
        ("close ; open", "character 7: `;` has no meaning here"),
        ("é € 1", "character 3: `€` has no meaning here"),
        ("1 / 0", "character 1: the result is not a finite number"),
        ("1e999", "character 1: `1e999` is not a finite number"),
        ("\"close", "character 1: the quotes are not closed"),
        ("close, open", "one expression is wanted, `close, open` is 2"),
        ("crosses_above(close)", "character 20: crosses_above takes 2 values; expected `,`, found `)`"),
    ] {
        assert_eq!(fails(text), message, "{text}");
    }
}

#[test]
fn the_place_is_shown_below_the_expression() {
    let error = Expression::parse("close > 1 and\nrsi(priod=7) < 30").unwrap_err();
    let place = std::error::Error::source(&error).unwrap().downcast_ref::<Place>().unwrap();
    assert_eq!(place.to_string(), "close > 1 and rsi(priod=7) < 30\n                  ^^^^^");
    assert_eq!(place.character(), 19);
}

#[test]
fn hostile_text_is_refused_and_never_deep() {
    for open in ["(", "-", "not ", "abs(", "sma(", "close[", "sma(period="] {
        let error = Expression::parse(&open.repeat(800)).unwrap_err().to_string();
        assert!(error.contains("nest at most 64 deep"), "{open}: {error}");
    }
    let long = format!("close{}", " + 1".repeat(3_000));
    assert!(Expression::parse(&long).unwrap_err().to_string().contains("at most 10000 bytes"));
    // As long as may be, and flat.
    let sum = format!("close{}", "+close".repeat(1_600));
    assert_eq!(numbers(&sum, &frame(2)).len(), 2);
    let lags = format!("close{}", "[1]".repeat(3_000));
    assert_eq!(numbers(&lags, &frame(2)).len(), 2);
    let conditions = format!("1<2{}", " or 1<2".repeat(1_400));
    assert!(Expression::condition(&conditions).is_ok());
}
