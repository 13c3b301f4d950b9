//! A stream's snapshot with bytes altered, its checksum made right: refused, or a stream that takes bars without panicking
//! and can be saved again. The input is the indicator, then pairs of a place and a byte.

use atra::registry;

fn feed(stream: &mut atra::DynStream, bars: std::ops::Range<u32>) {
    let mut output = vec![0.0; stream.spec().outputs.len()];
    let inputs = stream.spec().inputs.len();
    for bar in bars {
        let input: Vec<f64> =
            (0..inputs).map(|input| 100.0 + f64::from(bar * 7 % 11) + input as f64).collect();
        let _ = stream.update(&input, &mut output);
        let _ = stream.replace(&input, &mut output);
    }
    let columns = vec![vec![100.0; 40]; inputs];
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut outputs = vec![vec![0.0; 40]; output.len()];
    let mut outputs: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    let _ = stream.extend(&columns, &mut outputs);
}

pub(crate) fn check(bytes: &[u8]) {
    let Some((&[low, high, bars], alterations)) = bytes.split_first_chunk() else { return };
    let entry = &registry::all()[usize::from(u16::from_le_bytes([low, high])) % registry::all().len()];
    let Ok(indicator) = entry.build(&atra::Args::new()) else { return };
    let mut stream = indicator.stream();
    feed(&mut stream, 0..u32::from(bars));
    let mut saved = stream.snapshot().unwrap();
    for &[low, high, byte] in alterations.as_chunks::<3>().0 {
        let at = 12 + usize::from(u16::from_le_bytes([low, high])) % (saved.len() - 12);
        saved[at] = byte;
    }
    let checksum = crc32fast::hash(&saved[12..]).to_le_bytes();
    saved[8..12].copy_from_slice(&checksum);
    let Ok(mut restored) = registry::restore(&saved) else { return };
    feed(&mut restored, 0..40);
    restored.snapshot().unwrap();
}
