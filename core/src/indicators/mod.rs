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
        accbands::Accbands,
        donchian::Donchian,
        kc::Kc,
        midpoint::Midpoint,
        midprice::Midprice,
        vwma::Vwma,
    }
    /// Speed and direction of the price.
    momentum {
        rsi::Rsi,
        macd::Macd,
        stoch::Stoch,
        adx::Adx,
        fosc::Fosc,
    }
    /// Size of the price's moves.
    volatility {
        atr::Atr,
        trange::Trange,
        natr::Natr,
        adr::Adr,
        cvi::Cvi,
        massi::Massi,
        rvi::Rvi,
    }
    /// Traded quantity.
    volume {
        obv::Obv,
        ad::Ad,
        adosc::Adosc,
        cmf::Cmf,
        efi::Efi,
        marketfi::Marketfi,
        nvi::Nvi,
        pvi::Pvi,
        pvt::Pvt,
        pvo::Pvo,
        rvol::Rvol,
        vwap::Vwap,
    }
    /// One price from a bar's several.
    price {

        avgprice::Avgprice,
        medprice::Medprice,
        typprice::Typprice,
        wclprice::Wclprice,
        avgdev::Avgdev,
        ha::Ha,
    }
    /// Dominant cycles.
    cycle {

    }
    /// Regression, correlation, distribution.
    statistics {

        var::Var,
        stddev::Stddev,
        linearreg::Linearreg,
        linearreg_slope::LinearregSlope,
        linearreg_intercept::LinearregIntercept,
        linearreg_angle::LinearregAngle,
        tsf::Tsf,
        correl::Correl,
        beta::Beta,
        percentile::Percentile,
        percentrank::Percentrank,
    }
    /// Arithmetic on columns.
    math {

        acos::Acos,
        asin::Asin,
        atan::Atan,
        ceil::Ceil,
        cos::Cos,
        cosh::Cosh,
        exp::Exp,
        floor::Floor,
        ln::Ln,
        log10::Log10,
        sin::Sin,
        sinh::Sinh,
        sqrt::Sqrt,
        tan::Tan,
        tanh::Tanh,
        add::Add,
        sub::Sub,
        mult::Mult,
        div::Div,
        cumsum::Cumsum,
        max::Max,
        min::Min,
        minmax::Minmax,
        maxindex::Maxindex,
        minindex::Minindex,
        minmaxindex::Minmaxindex,
        sum::Sum,
    }
    /// Candlestick patterns.
    candlestick {
        cdl_engulfing::CdlEngulfing,
    }
}
