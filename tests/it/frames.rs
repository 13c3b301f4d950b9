//! Frames made of frames: against pandas, and by properties.

use std::collections::BTreeMap;

use atra_core::frame::{Bars, Fill, Finding, Join, examine};
use atra_core::{Candle, Frame, Zone};
use atra_tests::{SAMPLES, path, sample};
use proptest::prelude::*;

const DAY: i64 = 86_400_000;

/// The frame that a line of `golden/frames.py` names.
fn made(case: &str) -> Frame {
    match case.split(' ').collect::<Vec<_>>()[..] {
        ["fill", series, rule] => {
            let fill = match rule {
                "flat" => Fill::Flat,
                "last" => Fill::Last,
                _ => Fill::Linear,
            };
            sample(series).fill(DAY, fill, usize::MAX).unwrap()
        }
        ["asof", left, right] => {
            let how = Join::AsOf { after: DAY, within: 2 * DAY };
            let joined = sample(left).join(&sample(right), how, "_day").unwrap();
            Candle::COLUMNS.into_iter().fold(Frame::new(joined.time().to_vec()).unwrap(), |frame, name| {
                frame.with_column(name, joined.column(&format!("{name}_day")).unwrap().to_vec()).unwrap()
            })
        }
        [series, bars] => sample(series).resample(Bars::parse(bars, Zone::Utc, 0).unwrap()).unwrap(),
        [series, bars, zone, start] => {
            let zone = match zone {
                "new_york" => Zone::NewYork,
                "sydney" => Zone::Sydney,
                _ => panic!("{zone}"),
            };
            let bars = Bars::parse(bars, zone, start.parse().unwrap()).unwrap();
            sample(series).resample(bars).unwrap()
        }
        _ => panic!("{case}"),
    }
}

/// Prices bit by bit where they are taken over, sums to what the order of adding makes of them.
#[test]
fn pandas_makes_the_same_bars() {
    let text = std::fs::read_to_string(path("golden/frames.tsv")).unwrap();
    let mut frames: BTreeMap<&str, Frame> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [case, place, time, values @ ..] = &cells[..] else { panic!("{line}") };
        let frame = frames.entry(case).or_insert_with(|| made(case));
        let (row, rows) = place.split_once('/').unwrap();
        assert_eq!(frame.len(), rows.parse::<usize>().unwrap(), "{case}");
        let row: usize = row.parse().unwrap();
        assert_eq!(frame.time()[row], time.parse::<i64>().unwrap(), "{case}, row {row}");
        for (name, value) in Candle::COLUMNS.into_iter().zip(values) {
            let (ours, theirs) = (frame.column(name).unwrap()[row], value.parse::<f64>().unwrap());
            let is_taken_over =
                name != "volume" && !["renko", "range", "linear"].iter().any(|made| case.contains(made));
            let near = if is_taken_over { 0.0 } else { 1e-12 * theirs.abs() };
            let same = (ours - theirs).abs() <= near || (ours.is_nan() && theirs.is_nan());
            assert!(same, "{case}, row {row}, {name}: {ours}, pandas has {theirs}");
        }
    }
    assert_eq!(frames.len(), 21);
}

/// Rows of any times and of values that may be gaps.
fn frames() -> impl Strategy<Value = Frame> {
    let value = prop_oneof![4 => -5.0..5.0_f64, 1 => Just(f64::NAN)];
    let row = (1..50_i64, value.clone(), value);
    (-1_000..1_000_i64, proptest::collection::vec(row, 0..60)).prop_map(|(mut time, rows)| {
        let mut times = Vec::new();
        for (step, ..) in &rows {
            time += step;
            times.push(time);
        }
        let column = |of: fn(&(i64, f64, f64)) -> f64| rows.iter().map(of).collect::<Vec<_>>();
        let frame = Frame::new(times).unwrap();
        frame.with_column("a", column(|row| row.1)).unwrap().with_column("b", column(|row| row.2)).unwrap()
    })
}

fn bits(frame: &Frame) -> Vec<Vec<u64>> {
    let column = |name| frame.column(name).unwrap().iter().map(|value: &f64| value.to_bits()).collect();
    frame.column_names().map(column).collect()
}

proptest! {
    #[test]
    fn what_was_cut_is_appended_again(frame in frames(), at in 0..70_usize) {
        let mut whole = frame.slice(..at);
        whole.append(&frame.slice(at..)).unwrap();
        prop_assert_eq!(whole.time(), frame.time());
        prop_assert_eq!(bits(&whole), bits(&frame));
        let time = frame.time().get(at).copied().unwrap_or(i64::MAX);
        prop_assert_eq!(frame.rows_between(i64::MIN, time), 0..at.min(frame.len()));
        prop_assert_eq!(frame.between(i64::MIN, time).len(), at.min(frame.len()));
    }

    /// Each row of a join against a search through all rows.
    #[test]
    fn joins_find_what_a_search_finds(a in frames(), b in frames(), after in 0..60_i64, within in 1..90_i64) {
        let joined = a.join(&b, Join::AsOf { after, within }, "_b").unwrap();
        prop_assert_eq!(joined.time(), a.time());
        for (row, &time) in a.time().iter().enumerate() {
            let known = b.time().iter().rposition(|&other| other + after <= time && time < other + after + within);
            let expected = known.map_or(f64::NAN, |other| b.column("a").unwrap()[other]);
            prop_assert_eq!(joined.column("a_b").unwrap()[row].to_bits(), expected.to_bits());
        }
        let outer = a.join(&b, Join::Outer, "_b").unwrap();
        let inner = a.join(&b, Join::Inner, "_b").unwrap();
        let mut times: Vec<i64> = a.time().iter().chain(b.time()).copied().collect();
        times.sort_unstable();
        times.dedup();
        prop_assert_eq!(outer.time(), &times[..]);
        times.retain(|time| a.time().contains(time) && b.time().contains(time));
        prop_assert_eq!(inner.time(), &times[..]);
        let left = a.join(&b, Join::Left, "_b").unwrap();
        prop_assert_eq!(left.time(), a.time());
    }

    /// Every row is in the bar of its time, and nothing is lost.
    #[test]
    fn resampling_loses_nothing(frame in frames(), step in 1..200_i64) {
        let volumes = frame.column("a").unwrap().iter().map(|value| if value.is_nan() { 1.0 } else { value.abs().round() });
        let frame = Frame::new(frame.time().to_vec()).unwrap().with_column("volume", volumes.collect()).unwrap();
        let bars = frame.resample(Bars::Every(step)).unwrap();
        let mut times: Vec<i64> = frame.time().iter().map(|time| time.div_euclid(step) * step).collect();
        times.dedup();
        prop_assert_eq!(bars.time(), &times[..]);
        let sum = |frame: &Frame| frame.column("volume").unwrap().iter().sum::<f64>();
        prop_assert_eq!(sum(&bars), sum(&frame)); // whole numbers: exact in any order
    }

    #[test]
    fn filling_adds_rows_and_changes_none(frame in frames(), step in 1..30_i64, longest in 0..40_usize) {
        let filled = frame.fill(step, Fill::Last, longest).unwrap();
        let mut row = 0;
        for (at, &time) in filled.time().iter().enumerate() {
            if frame.time().get(row + 1) == Some(&time) {
                row += 1;
            }
            let expected = frame.column("a").unwrap()[row];
            prop_assert_eq!(filled.column("a").unwrap()[at].to_bits(), expected.to_bits());
            if time != frame.time()[row] {
                prop_assert_eq!((time - frame.time()[row]) % step, 0);
            }
        }
        prop_assert_eq!(filled.time().last(), frame.time().last());
        for pair in filled.time().windows(2) {
            prop_assert!(pair[1] - pair[0] <= step || (pair[1] - pair[0] - 1) / step > i64::try_from(longest).unwrap());
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let frame = sample("btcusd_1d");
    for (bars, message) in [
        (Bars::Every(0), "bars of 0 ms cannot be made; they must be longer than 0"),
        (Bars::Renko(f64::NAN), "bars of size NaN cannot be made; they must be of a number above 0"),
        (Bars::Volume(-1.0), "bars of size -1 cannot be made; they must be of a number above 0"),
        (Bars::Ticks(0), "bars of 0 rows cannot be made; they must be of 1 row or more"),
        (
            Bars::Range(1e-30),
            "bars of size 0.000000000000000000000000000001 cannot be made; at a price of 4200.74 numbers are further apart",
        ),
        (
            Bars::Renko(1e-30),
            "bricks of size 0.000000000000000000000000000001 cannot be made; a price of 4108.37 is too many of them",
        ),
    ] {
        assert_eq!(frame.resample(bars).unwrap_err().to_string(), message);
    }
    let week = Bars::parse("1h", Zone::Tokyo, 1_440).unwrap_err();
    assert!(week.to_string().contains("the minute below 1440"), "{week}");
    let times = Frame::new(vec![1, 2]).unwrap();
    assert_eq!(times.resample(Bars::Volume(1.0)).unwrap_err().to_string(), "no column `volume`; there are: ");
    assert!(times.fill(0, Fill::Gap, 1).is_err());
    let far = Frame::new(vec![i64::MIN, i64::MAX]).unwrap();
    assert!(far.fill(1, Fill::Gap, usize::MAX).unwrap_err().to_string().contains("at most 134217728 rows"));
    assert_eq!(far.fill(1, Fill::Gap, 5).unwrap(), far);
    let line = far.with_column("x", vec![0.0, 4.0]).unwrap().fill(1 << 62, Fill::Linear, usize::MAX).unwrap();
    assert_eq!(line.time(), [i64::MIN, i64::MIN + (1 << 62), 0, 1 << 62, i64::MAX]);
    assert_eq!(line.column("x").unwrap(), [0.0, 1.0, 2.0, 3.0, 4.0]);
    let mut first = frame.head(5);
    let before = first.clone();
    let overlapping = first.append(&frame.slice(4..6)).unwrap_err();
    assert!(overlapping.to_string().contains("repeats the time of the row before it"), "{overlapping}");
    let more = frame.slice(5..6).with_column("funding", vec![0.0]).unwrap();
    assert_eq!(
        first.append(&more).unwrap_err().to_string(),
        "the frame to append has a column `funding` that the first one lacks"
    );
    assert_eq!(first, before);
    let clash = first.join(&before, Join::Left, "").unwrap_err();
    assert_eq!(
        clash.to_string(),
        "both frames have a column `open`; give a suffix that makes another name of it"
    );
}

/// Defects put in by hand are found where they were put, and what is real is left alone.
#[test]
fn a_check_finds_what_is_wrong() {
    for name in SAMPLES {
        let report = sample(name).check();
        assert_eq!(report.errors(), 0, "{name}");
        if name == "patterns" {
            continue; // drawn at random, so prices jump
        }
        let outliers =
            report.counts.iter().find(|(finding, _)| *finding == Finding::Outlier).map_or(0, |found| found.1);
        assert!(outliers * 100 <= report.rows, "{name}: {outliers} of {} rows", report.rows);
    }
    let frame = sample("us500_1m").head(300);
    let mut time = frame.time().to_vec();
    let mut columns: Vec<(&str, Vec<f64>)> =
        Candle::COLUMNS.iter().map(|name| (*name, frame.column(name).unwrap().to_vec())).collect();
    time[10] = time[9];
    time[20] = time[18];
    columns[0].1[30] = f64::NAN;
    columns[4].1[40] = -5.0;
    columns[1].1[50] = columns[2].1[50] - 0.5; // a high below the low
    columns[3].1[60] = -1.0;
    columns[2].1[70] /= 10.0; // a bad low
    for time in &mut time[100..] {
        *time += 5 * 60_000;
    }
    let columns: Vec<(&str, &[f64])> = columns.iter().map(|(name, values)| (*name, &values[..])).collect();
    let report = examine(&time, &columns);
    let rows = |finding| {
        report
            .issues
            .iter()
            .filter(|issue| issue.finding == finding)
            .map(|issue| issue.row)
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(Finding::Repeated), [10]);
    assert_eq!(rows(Finding::Backward), [20]);
    assert_eq!(rows(Finding::NotFinite), [30]);
    assert_eq!(rows(Finding::NegativeVolume), [40]);
    assert_eq!(rows(Finding::HighBelowLow), [50]);
    assert_eq!(rows(Finding::NotPositive), [60]);
    assert!(rows(Finding::Outlier).contains(&70) && rows(Finding::Outlier).contains(&60));
    assert!(rows(Finding::Gap).contains(&100));
    assert_eq!(report.step, Some(60_000));
    assert_eq!(report.errors(), 5);
}
