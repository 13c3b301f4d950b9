use super::*;

/// Everything a kernel can do with numbers, of numbers for which it is easy to get wrong.
struct Everything<'a> {
    values: &'a [f64],
    stride: usize,
}

fn all<T: Number>(a: T, b: T) -> [T; 10] {
    [
        a + b,
        a - b,
        a * b,
        a / b,
        a.like(0.1),
        a.if_greater(b, a, b * b),
        a.larger(b),
        a.smaller(b),
        a.abs(),
        b.abs().sqrt(),
    ]
}

impl Kernel for Everything<'_> {
    type Out = usize;

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> usize {
        let Self { values, stride } = self;
        let mut copy = vec![0.0; values.len()];
        let mut rows = [values; N];
        for (lane, row) in rows.iter_mut().enumerate() {
            *row = &values[lane * stride..];
        }
        let columns = isa.columns(&rows, 1);
        isa.put_columns(columns, &mut split::<N>(&mut copy, stride), 1);
        for (lane, (row, copy)) in rows.into_iter().zip(copy.chunks(stride)).enumerate() {
            for (at, column) in columns.iter().enumerate() {
                assert_eq!(isa.unpack(*column)[lane].to_bits(), row[at + 1].to_bits());
                assert_eq!(copy[at + 1].to_bits(), row[at + 1].to_bits());
            }
        }
        let shifted = isa.unpack(isa.shift(columns[0], columns[N - 1]));
        assert_eq!(shifted[0], isa.unpack(columns[0])[N - 1]);
        assert_eq!(shifted[1..], isa.unpack(columns[N - 1])[..N - 1]);
        for pair in values.windows(2) {
            let vectors = all(isa.splat(pair[0]), isa.pack([pair[1]; N]));
            for (vector, expected) in vectors.into_iter().zip(all(pair[0], pair[1])) {
                for lane in isa.unpack(vector) {
                    assert!(lane.to_bits() == expected.to_bits() || (lane.is_nan() && expected.is_nan()));
                }
            }
        }
        N
    }
}

#[test]
fn every_lane_does_what_a_number_does() {
    let odd = [0.0, -0.0, 1.5, -3.25, f64::MIN_POSITIVE / 3.0, 1e300, -1e300, 0.1, 7.0, -0.0, 0.0, 2.0, 2.0];
    let values: Vec<f64> = odd.iter().cycle().take(80).copied().collect();
    for stride in [8, 9, 17] {
        widest(Everything { values: &values, stride });
        assert_eq!(Everything { values: &values, stride }.run(Single), 1);
        #[cfg(target_arch = "x86_64")]
        assert_eq!(Everything { values: &values, stride }.run(x86::Sse2), 2);
    }
}

#[test]
fn what_goes_past_the_caches_arrives() {
    let from: Vec<u8> = (0..20_000_u32).map(|place| place.to_le_bytes()[place as usize % 2]).collect();
    for begin in [0, 1, 7, 63, 64, 100] {
        for length in [0, 1, 15, 64, 65, 4_095, 4_096, 4_200, 12_345] {
            let (mut to, mut seen) = (vec![7; begin], Vec::new());
            append_past_caches(&mut to, &from[begin..begin + length], |piece| {
                seen.extend_from_slice(piece);
            });
            assert!(to[..begin].iter().all(|byte| *byte == 7));
            assert_eq!(to[begin..], from[begin..begin + length]);
            assert_eq!(seen, from[begin..begin + length]);
        }
    }
}
