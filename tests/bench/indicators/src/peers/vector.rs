//! `vector-ta`: where it is among the fastest.

use vector_ta::indicators as vector;

use super::{Run, Task};

pub fn run(Task { id, period, market: m }: Task<'_>) -> Option<Run<'_>> {
    let (h, l, c, v) = (&m.high[..], &m.low[..], &m.close[..], &m.volume[..]);
    let period = Some(period);
    macro_rules! run {
        ($name:ident, $into:ident, $Input:ident::$from:ident($($column:expr),*), $params:expr) => {
            Box::new(move |out: &mut [Vec<f64>]| {
                vector::$name::$into(&vector::$name::$Input::$from($($column),*, $params), &mut out[0]).unwrap();
                0
            })
        };
    }
    let mut typical = m.close.clone();
    Some(match id {
        "sma" => run!(sma, sma_into, SmaInput::from_slice(c), vector::sma::SmaParams { period }),
        "adx" => run!(adx, adx_into, AdxInput::from_slices(h, l, c), vector::adx::AdxParams { period }),
        "cci" => Box::new(move |out| {
            m.typical_price(&mut typical);
            let input = vector::cci::CciInput::from_slice(&typical, vector::cci::CciParams { period });
            vector::cci::cci_into(&input, &mut out[0]).unwrap();
            0
        }),
        "obv" => run!(obv, obv_into, ObvInput::from_slices(c, v), vector::obv::ObvParams),
        "mfi" => Box::new(move |out| {
            m.typical_price(&mut typical);
            let input = vector::mfi::MfiInput::from_slices(&typical, v, vector::mfi::MfiParams { period });
            vector::mfi::mfi_into(&input, &mut out[0]).unwrap();
            0
        }),
        _ => return None,
    })
}
