//! Every indicator, one file each. To add one, write its file and name it here.

crate::macros::registry! {
    /// On the scale of the price: moving averages, bands, stops.
    overlap {
        sma::Sma,
        ema::Ema,
        wma::Wma,
        bbands::Bbands,
        supertrend::Supertrend,
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
        cdl_2_crows::Cdl2Crows,
        cdl_3_black_crows::Cdl3BlackCrows,
        cdl_3_inside::Cdl3Inside,
        cdl_3_line_strike::Cdl3LineStrike,
        cdl_3_outside::Cdl3Outside,
        cdl_3_stars_in_south::Cdl3StarsInSouth,
        cdl_3_white_soldiers::Cdl3WhiteSoldiers,
        cdl_abandoned_baby::CdlAbandonedBaby,
        cdl_advance_block::CdlAdvanceBlock,
        cdl_belt_hold::CdlBeltHold,
        cdl_breakaway::CdlBreakaway,
        cdl_closing_marubozu::CdlClosingMarubozu,
        cdl_conceal_baby_swallow::CdlConcealBabySwallow,
        cdl_counterattack::CdlCounterattack,
        cdl_dark_cloud_cover::CdlDarkCloudCover,
        cdl_doji::CdlDoji,
        cdl_doji_star::CdlDojiStar,
        cdl_dragonfly_doji::CdlDragonflyDoji,
        cdl_engulfing::CdlEngulfing,
        cdl_evening_doji_star::CdlEveningDojiStar,
        cdl_evening_star::CdlEveningStar,
        cdl_gap_side_side_white::CdlGapSideSideWhite,
        cdl_gravestone_doji::CdlGravestoneDoji,
        cdl_hammer::CdlHammer,
        cdl_hanging_man::CdlHangingMan,
        cdl_harami::CdlHarami,
        cdl_harami_cross::CdlHaramiCross,
        cdl_high_wave::CdlHighWave,
        cdl_hikkake::CdlHikkake,
        cdl_hikkake_mod::CdlHikkakeMod,
        cdl_homing_pigeon::CdlHomingPigeon,
        cdl_identical_3_crows::CdlIdentical3Crows,
        cdl_in_neck::CdlInNeck,
        cdl_inverted_hammer::CdlInvertedHammer,
        cdl_kicking::CdlKicking,
        cdl_kicking_by_length::CdlKickingByLength,
        cdl_ladder_bottom::CdlLadderBottom,
        cdl_long_legged_doji::CdlLongLeggedDoji,
        cdl_long_line::CdlLongLine,
        cdl_marubozu::CdlMarubozu,
        cdl_mat_hold::CdlMatHold,
        cdl_matching_low::CdlMatchingLow,
        cdl_morning_doji_star::CdlMorningDojiStar,
        cdl_morning_star::CdlMorningStar,
        cdl_on_neck::CdlOnNeck,
        cdl_piercing::CdlPiercing,
        cdl_rickshaw_man::CdlRickshawMan,
        cdl_rise_fall_3_methods::CdlRiseFall3Methods,
        cdl_separating_lines::CdlSeparatingLines,
        cdl_shooting_star::CdlShootingStar,
        cdl_short_line::CdlShortLine,
        cdl_spinning_top::CdlSpinningTop,
        cdl_stalled_pattern::CdlStalledPattern,
        cdl_stick_sandwich::CdlStickSandwich,
        cdl_takuri::CdlTakuri,
        cdl_tasuki_gap::CdlTasukiGap,
        cdl_thrusting::CdlThrusting,
        cdl_tristar::CdlTristar,
        cdl_unique_3_river::CdlUnique3River,
        cdl_upside_gap_2_crows::CdlUpsideGap2Crows,
        cdl_xside_gap_3_methods::CdlXsideGap3Methods,
    }
}
