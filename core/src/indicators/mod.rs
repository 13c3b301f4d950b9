//! Every indicator, one file each. To add one, write its file and name it here.

crate::macros::registry! {
    /// On the scale of the price: moving averages, bands, stops.
    overlap {
        sma::Sma,
        ema::Ema,
        wma::Wma,
        bbands::Bbands,
        supertrend::Supertrend,
        dema::Dema,
        tema::Tema,
        trima::Trima,
        kama::Kama,
        t3::T3,
        hma::Hma,
        zlema::Zlema,
        rma::Rma,
        ma::Ma,
        mama::Mama,
    }
    /// Speed and direction of the price.
    momentum {
        rsi::Rsi,
        macd::Macd,
        stoch::Stoch,
        adx::Adx,
    }
    /// Size of the price's moves.
    volatility {
        atr::Atr,
    }
    /// Traded quantity.
    volume {
        obv::Obv,
    }
    /// Candlestick patterns.
    candlestick {
        cdl_engulfing::CdlEngulfing,
    }
}
