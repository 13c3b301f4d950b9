//! What holds for every indicator of the registry, whatever the data and parameters: one rule, many ways to run it,
//! the same bits from each.

use atra_core::codec::{self, Format};
use atra_core::registry::{self, Entry};
use atra_core::spec::{Group, Input, ParamKind};
use atra_core::{Args, DynIndicator};
use proptest::prelude::*;

/// Columns open, high, low, close, volume, time, periods.
type Series = [Vec<f64>; 7];

/// Series that break careless code: walks at several price levels, flat stretches, spikes.
fn series(rows: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Series> {
    let bar = prop_oneof![
        8 => (-1.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64, 0.0..1e4f64),
        3 => Just((0.0, 0.0, 0.0, 0.0)), // flat, no range, nothing traded
        1 => (-30.0..30.0f64, 0.0..20.0f64, 0.0..20.0f64, 0.0..1e9f64),
    ];
    let level = prop_oneof![Just(100.0), Just(60_000.0), Just(1e-5)];
    let pause = prop_oneof![Just(60_000.0), Just(3_600_000.0), Just(86_400_000.0), Just(3.0 * 86_400_000.0)];
    let times = (1e12..2e12f64, pause).prop_map(|(start, pause)| (start.floor(), pause));
    let bar = (bar, 0..45u8);
    (level, times, proptest::collection::vec(bar, rows)).prop_map(|(level, (mut time, pause), bars)| {
        let mut series = Series::default();
        let mut price: f64 = level;
        for ((step, above, below, volume), period) in bars {
            time += pause * f64::from(1 + period / 40);
            let open = price;
            price = (price + step * level * 0.01).max(level * 0.01);
            let high = open.max(price) + above * level * 0.01;
            let low = open.min(price) - below * level * 0.01;
            let bar = [open, high, low, price, volume.round(), time, f64::from(period)];
            for (column, value) in series.iter_mut().zip(bar) {
                column.push(value);
            }
        }
        series
    })
}

/// An indicator of the registry with parameters of its own, short enough for the series.
fn indicators() -> impl Strategy<Value = Box<dyn DynIndicator>> {
    let index = any::<prop::sample::Index>;
    (index(), index(), proptest::collection::vec(0.0..1.0f64, 8)).prop_map(|(group, index, dice)| {
        // The group first: a third of all indicators are candlestick patterns.
        let mut groups: Vec<Group> = registry::all().iter().map(|entry| entry.spec().group).collect();
        groups.dedup();
        let group = group.get(&groups);
        let members: Vec<&Entry> =
            registry::all().iter().filter(|entry| entry.spec().group == *group).collect();
        let entry = *index.get(&members);
        let mut args = Args::new();
        for (param, die) in entry.spec().params.iter().zip(dice) {
            let value = match param.kind {
                ParamKind::Int { min, max, .. } => (min as f64 + die * die * 40.0).floor().min(max as f64),
                ParamKind::Float { min, max, .. } => min.max(-4.0) + die * (max.min(4.0) - min.max(-4.0)),
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                // 0 to the number of choices
                ParamKind::Choice { choices, .. } => choices[(die * choices.len() as f64) as usize].1 as f64,
                _ => continue,
            };
            args = args.with(param.name, value);
        }
        entry.build(&args).unwrap()
    })
}

fn inputs<'a>(indicator: &dyn DynIndicator, series: &'a Series) -> Vec<&'a [f64]> {
    let column = |input: &Input| match input {
        Input::Open => &series[0],
        Input::High => &series[1],
        Input::Low => &series[2],
        Input::Close => &series[3],
        Input::Volume => &series[4],
        Input::Time => &series[5],
        Input::Periods => &series[6],
        other => panic!("no series for {other:?}"),
    };
    indicator.spec().inputs.iter().map(|input| column(input).as_slice()).collect()
}

fn row(columns: &[&[f64]], index: usize) -> Vec<f64> {
    columns.iter().map(|column| column[index]).collect()
}

/// Bits, all NaNs alike.
fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| if value.is_nan() { u64::MAX } else { value.to_bits() }).collect()
}

fn same(what: &str, indicator: &dyn DynIndicator, ours: &[Vec<f64>], batch: &[Vec<f64>]) {
    for ((ours, batch), output) in ours.iter().zip(batch).zip(indicator.spec().outputs) {
        assert_eq!(ours.len(), batch.len());
        if let Some(index) = (0..batch.len()).find(|&i| bits(&ours[i..=i]) != bits(&batch[i..=i])) {
            panic!(
                "{what} of {indicator:?} {}: row {index} is {:?}, batch gives {:?}",
                output.name, ours[index], batch[index]
            );
        }
    }
}

/// Room for all outputs, `rows` long.
fn room(indicator: &dyn DynIndicator, rows: usize) -> Vec<Vec<f64>> {
    vec![vec![0.0; rows]; indicator.spec().outputs.len()]
}

fn parts(outputs: &mut [Vec<f64>], range: std::ops::Range<usize>) -> Vec<&mut [f64]> {
    outputs.iter_mut().map(|column| &mut column[range.clone()]).collect()
}

fn put(outputs: &mut [Vec<f64>], index: usize, row: &[f64]) {
    for (column, value) in outputs.iter_mut().zip(row) {
        column[index] = *value;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_first_value_stands_at_lookback_and_all_after_it_are_finite(
        indicator in indicators(), series in series(0..200),
    ) {
        let columns = inputs(&*indicator, &series);
        for output in indicator.compute_columns(&columns).unwrap() {
            prop_assert_eq!(output.len(), columns[0].len());
            let warm = indicator.lookback().min(output.len());
            prop_assert!(output[..warm].iter().all(|value| value.is_nan()), "{:?}", indicator);
            let defined = indicator.spec().undefined.is_none();
            prop_assert!(!defined || output[warm..].iter().all(|value| value.is_finite()), "{:?}", indicator);
        }
    }

    #[test]
    fn stream_and_chunks_equal_batch(
        indicator in indicators(), series in series(1..200), cut in any::<prop::sample::Index>(),
    ) {
        let columns = inputs(&*indicator, &series);
        let rows = columns[0].len();
        let batch = indicator.compute_columns(&columns).unwrap();

        let (mut stream, mut streamed) = (indicator.stream(), room(&*indicator, rows));
        let mut out = vec![0.0; batch.len()];
        for index in 0..rows {
            stream.update(&row(&columns, index), &mut out).unwrap();
            put(&mut streamed, index, &out);
        }
        same("stream", &*indicator, &streamed, &batch);

        let cut = cut.index(rows);
        let (mut stream, mut chunked) = (indicator.stream(), room(&*indicator, rows));
        for range in [0..cut, cut..rows] {
            let chunk: Vec<&[f64]> = columns.iter().map(|column| &column[range.clone()]).collect();
            stream.extend(&chunk, &mut parts(&mut chunked, range)).unwrap();
        }
        same("chunks", &*indicator, &chunked, &batch);
        prop_assert_eq!(stream.bars(), rows as u64);
    }

    #[test]
    fn lockstep_equals_batch(
        indicator in indicators(),
        // Of all lengths, and so long that all have begun while there is more of each.
        many in prop_oneof![
            proptest::collection::vec(series(0..60), 0..20),
            proptest::collection::vec(series(150..170), 8..10),
        ],
    ) {
        let columns: Vec<Vec<&[f64]>> = many.iter().map(|series| inputs(&*indicator, series)).collect();
        let mut outputs: Vec<Vec<Vec<f64>>> =
            columns.iter().map(|columns| room(&*indicator, columns[0].len())).collect();
        let mut places: Vec<Vec<&mut [f64]>> =
            outputs.iter_mut().map(|output| output.iter_mut().map(Vec::as_mut_slice).collect()).collect();
        let borrowed: Vec<&[&[f64]]> = columns.iter().map(Vec::as_slice).collect();
        indicator.lockstep(&borrowed, &mut places).unwrap();
        for (output, columns) in outputs.iter().zip(&columns) {
            same("lockstep", &*indicator, output, &indicator.compute_columns(columns).unwrap());
        }
    }

    /// The forming bar changes many times, is peeked at, and the stream is saved and restored between any two steps.
    #[test]
    fn a_live_stream_equals_batch(
        indicator in indicators(),
        series in series(2..120),
        steps in proptest::collection::vec((0..4usize, any::<bool>(), any::<bool>()), 120),
    ) {
        let columns = inputs(&*indicator, &series);
        let rows = columns[0].len();
        let batch = indicator.compute_columns(&columns).unwrap();
        let (mut stream, mut live) = (indicator.stream(), room(&*indicator, rows));
        let [mut out, mut peeked] = [(); 2].map(|()| vec![0.0; batch.len()]);
        for (index, &(replaced, peeks, saves)) in (0..rows).zip(&steps) {
            let bar = row(&columns, index);
            if peeks {
                stream.peek(&bar, &mut peeked).unwrap();
            }
            // The bar opens elsewhere, moves about, and ends where the series has it.
            let opening = if replaced > 0 { row(&columns, (index * 7 + 3) % rows) } else { bar.clone() };
            stream.update(&opening, &mut out).unwrap();
            for step in 1..=replaced {
                if saves {
                    stream = registry::restore(&stream.snapshot().unwrap()).unwrap();
                }
                let form = if step == replaced { bar.clone() } else { row(&columns, (index * 5 + step) % rows) };
                stream.replace(&form, &mut out).unwrap();
            }
            if peeks {
                prop_assert_eq!(bits(&peeked), bits(&out), "peek of {:?} at {}", indicator, index);
            }
            put(&mut live, index, &out);
            if saves {
                stream = registry::restore(&stream.snapshot().unwrap()).unwrap();
            }
        }
        same("live stream", &*indicator, &live, &batch);
    }

    #[test]
    fn a_gap_is_nan_and_leaves_the_rest_as_if_it_were_not_there(
        indicator in indicators(),
        series in series(1..150),
        gaps in proptest::collection::vec(prop::option::weighted(0.15, (0..5usize, 0..3usize)), 150),
    ) {
        let columns = inputs(&*indicator, &series);
        let rows = columns[0].len();
        let mut holed: Vec<Vec<f64>> = columns.iter().map(|column| column.to_vec()).collect();
        for (index, gap) in (0..rows).zip(&gaps) {
            if let Some((column, kind)) = gap {
                let column = column % holed.len();
                holed[column][index] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY][*kind];
            }
        }
        let holed: Vec<&[f64]> = holed.iter().map(Vec::as_slice).collect();
        let keep: Vec<usize> = (0..rows).filter(|&index| gaps[index].is_none()).collect();
        let kept: Vec<Vec<f64>> =
            columns.iter().map(|column| keep.iter().map(|&index| column[index]).collect()).collect();
        let kept: Vec<&[f64]> = kept.iter().map(Vec::as_slice).collect();

        let mut expected = vec![vec![f64::NAN; rows]; indicator.spec().outputs.len()];
        for (to, from) in expected.iter_mut().zip(indicator.compute_columns(&kept).unwrap()) {
            for (&index, value) in keep.iter().zip(from) {
                to[index] = value;
            }
        }
        same("gaps, batch", &*indicator, &indicator.compute_columns(&holed).unwrap(), &expected);
        let (mut stream, mut streamed) = (indicator.stream(), room(&*indicator, rows));
        let mut out = vec![0.0; expected.len()];
        for index in 0..rows {
            stream.update(&row(&holed, index), &mut out).unwrap();
            put(&mut streamed, index, &out);
        }
        same("gaps, stream", &*indicator, &streamed, &expected);
    }

    /// A bar may open as a gap, move into one or out of it; what counts is how it ended.
    #[test]
    fn a_live_stream_with_gaps_equals_batch(
        indicator in (indicators(), any::<bool>()).prop_map(|(indicator, recovers)| {
            let args = indicator.args().with("gaps", if recovers { "recover" } else { "skip" });
            registry::find(indicator.spec().id).unwrap().build(&args).unwrap()
        }),
        series in series(2..120),
        steps in proptest::collection::vec((0..3usize, 0..8u8, 0..8u8), 120),
    ) {
        let columns = inputs(&*indicator, &series);
        let rows = columns[0].len();
        let mut holed: Vec<Vec<f64>> = columns.iter().map(|column| column.to_vec()).collect();
        for (index, &(_, ends, _)) in (0..rows).zip(&steps) {
            if ends == 0 {
                let column = index % holed.len();
                holed[column][index] = f64::NAN;
            }
        }
        let holed: Vec<&[f64]> = holed.iter().map(Vec::as_slice).collect();
        let batch = indicator.compute_columns(&holed).unwrap();
        let (mut stream, mut live) = (indicator.stream(), room(&*indicator, rows));
        let mut out = vec![0.0; batch.len()];
        for (index, &(replaced, _, moves)) in (0..rows).zip(&steps) {
            let form = |step: usize| {
                let mut bar = row(&columns, (index * 7 + step * 3) % rows);
                if usize::from(moves) == step {
                    bar[0] = f64::INFINITY;
                }
                bar
            };
            let end = row(&holed, index);
            stream.update(&if replaced > 0 { form(0) } else { end.clone() }, &mut out).unwrap();
            for step in 1..=replaced {
                stream.replace(&if step < replaced { form(step) } else { end.clone() }, &mut out).unwrap();
            }
            put(&mut live, index, &out);
        }
        same("live stream with gaps", &*indicator, &live, &batch);
    }

    /// Whatever the outputs held before, as they may be used again.
    #[test]
    fn what_is_known_to_have_no_gaps_equals_batch(indicator in indicators(), series in series(0..150)) {
        let columns = inputs(&*indicator, &series);
        let rows = columns[0].len();
        let mut outputs = vec![vec![7.5; rows]; indicator.spec().outputs.len()];
        indicator.compute_gapless(&columns, &mut parts(&mut outputs, 0..rows)).unwrap();
        same("gapless", &*indicator, &outputs, &indicator.compute_columns(&columns).unwrap());
        for column in &mut outputs {
            column.fill(-7.5);
        }
        indicator.compute(&columns, &mut parts(&mut outputs, 0..rows)).unwrap();
        same("batch", &*indicator, &outputs, &indicator.compute_columns(&columns).unwrap());
    }

    /// Every stretch between gaps as if it were a series of its own.
    #[test]
    fn after_a_gap_a_recovering_indicator_starts_anew(
        (indicator, recovering) in indicators().prop_map(|indicator| {
            let args = indicator.args().with("gaps", "recover");
            let recovering = registry::find(indicator.spec().id).unwrap().build(&args).unwrap();
            (indicator, recovering)
        }),
        series in series(1..150),
        gaps in proptest::collection::vec(prop::option::weighted(0.05, 0..7usize), 150),
    ) {
        let columns = inputs(&*indicator, &series);
        let rows = columns[0].len();
        let mut holed: Vec<Vec<f64>> = columns.iter().map(|column| column.to_vec()).collect();
        let mut expected = vec![vec![f64::NAN; rows]; indicator.spec().outputs.len()];
        let mut start = 0;
        for (end, gap) in gaps.iter().enumerate().take(rows).chain([(rows, &Some(0))]) {
            let Some(column) = gap else { continue };
            let stretch: Vec<&[f64]> = columns.iter().map(|column| &column[start..end]).collect();
            for (to, from) in expected.iter_mut().zip(indicator.compute_columns(&stretch).unwrap()) {
                to[start..end].copy_from_slice(&from);
            }
            start = end + 1;
            if end < rows {
                let column = column % holed.len();
                holed[column][end] = f64::NAN;
            }
        }
        let holed: Vec<&[f64]> = holed.iter().map(Vec::as_slice).collect();
        same("recovering, batch", &*indicator, &recovering.compute_columns(&holed).unwrap(), &expected);
        let (mut stream, mut streamed) = (recovering.stream(), room(&*indicator, rows));
        let mut out = vec![0.0; expected.len()];
        for index in 0..rows {
            stream.update(&row(&holed, index), &mut out).unwrap();
            if index % 50 == 49 {
                stream = registry::restore(&stream.snapshot().unwrap()).unwrap();
            }
            put(&mut streamed, index, &out);
        }
        same("recovering, stream", &*indicator, &streamed, &expected);
        let mut outputs = vec![room(&*indicator, rows); 9];
        let mut places: Vec<Vec<&mut [f64]>> =
            outputs.iter_mut().map(|output| output.iter_mut().map(Vec::as_mut_slice).collect()).collect();
        recovering.lockstep(&[&holed[..]; 9], &mut places).unwrap();
        for output in &outputs {
            same("recovering, lockstep", &*indicator, output, &expected);
        }
    }

    /// Wherever the gap comes from: an error that says where, and a stream that goes on as if it had not come.
    #[test]
    fn a_rejected_gap_is_an_error_and_changes_nothing(
        indicator in indicators().prop_map(|indicator| {
            let args = indicator.args().with("gaps", "reject");
            registry::find(indicator.spec().id).unwrap().build(&args).unwrap()
        }),
        series in series(2..100), at in any::<prop::sample::Index>(), column in any::<prop::sample::Index>(),
    ) {
        let columns = inputs(&*indicator, &series);
        let (rows, at, column) = (columns[0].len(), at.index(columns[0].len()), column.index(columns.len()));
        let batch = indicator.compute_columns(&columns).unwrap();
        let mut holed: Vec<Vec<f64>> = columns.iter().map(|column| column.to_vec()).collect();
        holed[column][at] = f64::NAN;
        let holed: Vec<&[f64]> = holed.iter().map(Vec::as_slice).collect();
        let name = indicator.spec().inputs[column].column();
        let expected = format!("`{name}` is NaN in row {at};");
        let message = indicator.compute_columns(&holed).unwrap_err().to_string();
        prop_assert!(message.contains(&expected), "{}", message);
        let mut places: Vec<Vec<Vec<f64>>> = vec![room(&*indicator, rows); 8];
        let mut places: Vec<Vec<&mut [f64]>> =
            places.iter_mut().map(|output| output.iter_mut().map(Vec::as_mut_slice).collect()).collect();
        let message = indicator.lockstep(&[&holed[..]; 8], &mut places).unwrap_err().to_string();
        prop_assert!(message.contains(&expected), "{}", message);

        let (mut stream, mut streamed) = (indicator.stream(), room(&*indicator, rows));
        let mut room = room(&*indicator, rows);
        prop_assert!(stream.extend(&holed, &mut parts(&mut room, 0..rows)).is_err());
        let mut out = vec![0.0; batch.len()];
        for index in 0..rows {
            let bar = row(&columns, index);
            if index == at {
                let gap = row(&holed, index);
                prop_assert!(stream.peek(&gap, &mut out).is_err());
                prop_assert!(stream.update(&gap, &mut out).is_err());
            }
            stream.update(&bar, &mut out).unwrap();
            put(&mut streamed, index, &out);
            if index == at {
                prop_assert!(stream.replace(&row(&holed, index), &mut out).is_err());
            }
        }
        same("stream", &*indicator, &streamed, &batch);
    }

    /// No output may depend on a later bar.
    #[test]
    fn the_future_does_not_change_the_past(
        indicator in indicators(), series in series(2..150), other in series(150), cut in any::<prop::sample::Index>(),
    ) {
        let columns = inputs(&*indicator, &series);
        let rows = columns[0].len();
        let cut = cut.index(rows);
        let others = inputs(&*indicator, &other);
        let changed: Vec<Vec<f64>> = columns
            .iter()
            .zip(others)
            .map(|(column, other)| [&column[..cut], &other[cut..rows]].concat())
            .collect();
        let changed: Vec<&[f64]> = changed.iter().map(Vec::as_slice).collect();
        let head = |outputs: Vec<Vec<f64>>| -> Vec<Vec<f64>> {
            outputs.into_iter().map(|output| output[..cut].to_vec()).collect()
        };
        let before = head(indicator.compute_columns(&columns).unwrap());
        same("past", &*indicator, &head(indicator.compute_columns(&changed).unwrap()), &before);
    }

    /// Bytes from elsewhere: an error or a stream, never a panic, also when the stream is used.
    #[test]
    fn a_damaged_snapshot_never_panics(
        indicator in indicators(), series in series(40), flips in proptest::collection::vec(any::<(u16, u8)>(), 1..4),
    ) {
        let columns = inputs(&*indicator, &series);
        let mut stream = indicator.stream();
        stream.extend(&columns, &mut parts(&mut room(&*indicator, 40), 0..40)).unwrap();
        let mut bytes = stream.snapshot().unwrap();
        let payload = bytes.len() - 12;
        for (position, value) in flips {
            bytes[12 + position as usize % payload] = value;
        }
        // The checksum is repaired, so that the damage reaches the state.
        let checksum = crc32(&bytes[12..]);
        bytes[8..12].copy_from_slice(&checksum.to_le_bytes());
        if let Ok(mut stream) = registry::restore(&bytes) {
            let mut out = vec![0.0; stream.spec().outputs.len()];
            // The damage may have made it another indicator's.
            let any: Vec<&[f64]> = series.iter().take(stream.spec().inputs.len()).map(Vec::as_slice).collect();
            for index in 0..40 {
                let bar = row(&any, index);
                stream.update(&bar, &mut out).unwrap();
                let _ = stream.replace(&bar, &mut out);
            }
            let mut outputs = vec![vec![0.0; 40]; out.len()];
            stream.extend(&any, &mut parts(&mut outputs, 0..40)).unwrap();
        }
    }
}

/// Each number of a saved state made one that a hostile hand would write.
#[test]
fn no_number_in_a_snapshot_makes_it_panic() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Saved {
        id: String,
        args: Args,
        bars: u64,
        #[serde(with = "serde_bytes")]
        state: Vec<u8>,
        #[serde(with = "serde_bytes")]
        before: Vec<u8>,
    }
    const ROWS: usize = 60;
    let column = |shift: usize| (0..ROWS).map(|row| 100.0 + ((row * 7919 + shift) % 23) as f64).collect();
    let series: Vec<Vec<f64>> = (0..8).map(column).collect();
    for entry in registry::all() {
        // Short windows, so that few of the numbers are values.
        let params = entry.spec().params.iter();
        let short = params.filter_map(|param| match param.kind {
            ParamKind::Int { default, min, .. } => Some((param.name, default.min(7).max(min) as f64)),
            _ => None,
        });
        let args = short.fold(Args::new(), |args, (name, value)| args.with(name, value));
        let indicator = entry.build(&args).or_else(|_| entry.build(&Args::new())).unwrap();
        let columns: Vec<&[f64]> = series.iter().take(entry.spec().inputs.len()).map(Vec::as_slice).collect();
        let mut stream = indicator.stream();
        let mut outputs = room(&*indicator, ROWS);
        stream.extend(&columns, &mut parts(&mut outputs, 0..ROWS)).unwrap();
        let mut saved: Saved = codec::decode(&stream.snapshot().unwrap()).unwrap();
        let state = saved.state.clone();
        for place in (0..state.len().saturating_sub(7)).take(600) {
            for number in [0, 1000, u64::MAX] {
                saved.state.clone_from(&state);
                saved.state[place..place + 8].copy_from_slice(&u64::to_le_bytes(number));
                let bytes = codec::encode(&saved, Format::MessagePack).unwrap();
                if let Ok(mut stream) = registry::restore(&bytes) {
                    stream.extend(&columns, &mut parts(&mut outputs, 0..ROWS)).unwrap();
                }
            }
        }
    }
}

/// CRC-32 (IEEE), bit by bit: not the codec's.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// Long series are computed a stretch at a time, and looked through for gaps only then, if at all: gaps at and between its
/// borders, one a stretch in one column or another, then some in all.
#[test]
fn gaps_in_a_long_series_are_those_of_a_stream() {
    const STRETCH: usize = 12_288;
    const ROWS: usize = 13 * STRETCH + 5_000;
    let mut seed = 7_u32;
    let mut random = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(seed >> 8) / f64::from(1_u32 << 24)
    };
    let (mut series, mut price) = (Series::default(), 100.0_f64);
    for row in 0..ROWS {
        let open = price;
        price = (price + random() - 0.5).max(10.0);
        let (high, low) = (open.max(price) + random(), open.min(price) - random());
        let bar =
            [open, high, low, price, (random() * 1000.0).floor(), 1e12 + row as f64 * 6e4, (row % 40) as f64];
        for (column, value) in series.iter_mut().zip(bar) {
            column.push(value);
        }
    }
    let mut alone = Vec::new();
    for stretch in 0..10 {
        let (column, place) = ([3, 1, 2, 0, 4][stretch / 2], [5_000, STRETCH - 1, 0, 20, 7_000][stretch % 5]);
        series[column][stretch * STRETCH + place] = [f64::NAN, f64::INFINITY][stretch % 2];
        alone.push(stretch * STRETCH + place);
    }
    let together =
        [11 * STRETCH - 1, 11 * STRETCH, 12 * STRETCH + 20, 12 * STRETCH + 21, 13 * STRETCH, ROWS - 1];
    for (gap, row) in together.into_iter().enumerate() {
        for column in &mut series {
            column[row] = [f64::NAN, f64::INFINITY][gap % 2];
        }
    }
    for entry in registry::all() {
        let indicator = entry.build(&Args::new()).unwrap();
        let columns = inputs(&*indicator, &series);
        let streamed = |columns: &[&[f64]]| {
            let rows = columns[0].len();
            let (mut stream, mut streamed) = (indicator.stream(), room(&*indicator, rows));
            let mut out = vec![0.0; streamed.len()];
            for index in 0..rows {
                stream.update(&row(columns, index), &mut out).unwrap();
                put(&mut streamed, index, &out);
            }
            streamed
        };
        // Shorter ones are computed another way.
        for gap in &alone {
            let rows = gap.saturating_sub(1_000)..gap + 1_000;
            let columns: Vec<_> = columns.iter().map(|column| &column[rows.clone()]).collect();
            let batch = indicator.compute_columns(&columns).unwrap();
            same("a gap in the middle", &*indicator, &batch, &streamed(&columns));
        }
        let streamed = streamed(&columns);
        same("gaps in a long series", &*indicator, &indicator.compute_columns(&columns).unwrap(), &streamed);
        // Of a short series, which is computed another way, one column's last number but one is a gap, and the last.
        for rows in [5_002, 5_001] {
            let columns: Vec<_> = columns.iter().map(|column| &column[..rows]).collect();
            let streamed: Vec<_> = streamed.iter().map(|column| column[..rows].to_vec()).collect();
            same("a gap at the end", &*indicator, &indicator.compute_columns(&columns).unwrap(), &streamed);
        }
    }
}

#[test]
fn a_period_longer_than_the_series_gives_only_nan() {
    for entry in registry::all() {
        let mut args = Args::new();
        for param in entry.spec().params {
            if let ParamKind::Int { max, .. } = param.kind {
                args = args.with(param.name, max);
            }
        }
        let indicator = entry.build(&args).unwrap();
        let column = [1.0; 3];
        for rows in 0..=3 {
            let columns = vec![&column[..rows]; entry.spec().inputs.len()];
            for output in indicator.compute_columns(&columns).unwrap() {
                let warm = indicator.lookback().min(rows);
                assert!(output[..warm].iter().all(|value| value.is_nan()), "{}", entry.spec().id);
            }
        }
    }
}

#[test]
fn a_spec_is_well_formed_and_found_by_all_its_names() {
    let mut names = std::collections::HashSet::new();
    for entry in registry::all() {
        let spec = entry.spec();
        let id = spec.id;
        let word =
            |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        assert!(word(id) && names.insert(id.to_owned()), "{id}");
        for output in spec.outputs {
            assert!(word(output.name), "{id}: {}", output.name);
        }
        for param in spec.params {
            assert!(word(param.name) && !param.docs.is_empty(), "{id}: {}", param.name);
            param.check(id, &param.default()).unwrap();
        }
        for heading in ["# Formula", "# Warm-up", "# Edge cases", "# Example", "# References"] {
            assert!(spec.docs.contains(heading), "{id} lacks {heading}");
        }
        let indicator = entry.build(&Args::new()).unwrap();
        let values = vec![[1.0].as_slice(); spec.inputs.len()];
        assert_eq!(indicator.compute_columns(&values).unwrap().len(), spec.outputs.len(), "{id}");
        let functions = spec.talib.as_ref().map(|talib| talib.function);
        for name in [Some(id), functions].into_iter().flatten() {
            assert_eq!(registry::find(&name.to_uppercase()).unwrap().spec().id, id);
            assert_eq!(registry::find(&name.to_lowercase()).unwrap().spec().id, id);
        }
        for (ours, _) in spec.talib.as_ref().map_or(&[][..], |talib| talib.params) {
            spec.param(ours).unwrap();
        }
    }
}
