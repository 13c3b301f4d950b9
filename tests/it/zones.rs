//! Time zones against the system's zone database (see `tests/golden/zones.py`), sessions against whole days.

use atra_core::Frame;
use atra_core::args::Choice;
use atra_core::frame::Bars;
use atra_core::time::{Sessions, Span, Zone};
use atra_tests::path;

#[test]
fn offsets_are_those_of_the_zone_database() {
    let text = std::fs::read_to_string(path("golden/zones.tsv")).unwrap();
    let mut zones = std::collections::BTreeSet::new();
    for line in text.lines() {
        let [name, time, minutes] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let offset = Zone::named(name).offset(time.parse().unwrap());
        assert_eq!(offset, minutes.parse::<i64>().unwrap() * 60_000, "{line}");
        zones.insert(name);
    }
    assert_eq!(zones.len(), Zone::CHOICES.len(), "each zone is there");
}

/// How many sessions begin in a run of hours.
fn count(span: Span, zone: Zone, start: usize, from: i64, hours: i64) -> usize {
    let mut sessions = Sessions::new(span, zone, start);
    (0..hours).filter(|hour| sessions.begins((from + hour * 3_600_000) as f64)).count()
}

#[test]
fn a_year_has_as_many_sessions_as_the_calendar_says() {
    let hours = 366 * 24;
    // 2024, a leap year that begins on a Monday, in local time.
    for (zone, start, from) in [
        (Zone::Utc, 0, 1_704_067_200_000),
        (Zone::NewYork, 0, 1_704_085_200_000),
        (Zone::NewYork, 18 * 60, 1_704_063_600_000),
        (Zone::Sydney, 0, 1_704_027_600_000),
        (Zone::Kolkata, 9 * 60 + 30, 1_704_081_600_000),
    ] {
        for (span, expected) in
            [(Span::Day, 366), (Span::Week, 53), (Span::Month, 12), (Span::Quarter, 4), (Span::Year, 1)]
        {
            assert_eq!(count(span, zone, start, from, hours), expected, "{zone:?} {start} {span:?}");
            assert_eq!(
                count(span, zone, start, from - 3_600_000, hours + 1),
                expected + 1,
                "one hour before"
            );
        }
    }
}

/// Sessions that begin in, or beside, the hour that clocks show twice or not at all: each begins once, a day after the other
/// but for that hour, and where it begins does not depend on the bar that asks.
#[test]
fn a_session_begins_once_where_clocks_change() {
    const QUARTER: i64 = 900_000;
    // The last Sunday of October 2024 and of March 2025 in Europe, the first of November and the second of March in New York,
    // the first of April and of October in Sydney.
    let changes = [
        (Zone::London, 1_729_990_800_000),
        (Zone::Frankfurt, 1_729_990_800_000),
        (Zone::Frankfurt, 1_743_296_400_000),
        (Zone::NewYork, 1_730_613_600_000),
        (Zone::NewYork, 1_741_503_600_000),
        (Zone::Sydney, 1_743_868_800_000),
        (Zone::Sydney, 1_728_144_000_000),
    ];
    for (zone, change) in changes {
        assert_ne!(zone.offset(change), zone.offset(change - 1), "{zone:?}");
        for start in (0..24 * 60).step_by(15) {
            let times: Vec<i64> = (-400..400).map(|bar| change + bar * QUARTER).collect();
            let frame = Frame::new(times.clone()).unwrap();
            let bars = frame.resample(Bars::Session { span: Span::Day, zone, start }).unwrap();
            let openings = bars.time();
            let mut sessions = Sessions::new(Span::Day, zone, start);
            let mut begun = 0;
            for time in times {
                begun += usize::from(sessions.begins(time as f64));
                let opening = openings[begun - 1];
                assert_eq!(sessions.opening(), opening, "{zone:?} {start} {time}");
                assert!(
                    (opening - 4 * QUARTER..opening + 100 * QUARTER).contains(&time),
                    "{zone:?} {start} {time}"
                );
            }
            assert_eq!(openings.len(), begun, "{zone:?} {start}");
            let days: Vec<i64> = openings.windows(2).map(|pair| pair[1] - pair[0]).collect();
            assert!(
                days.iter().all(|day| (day - 96 * QUARTER).abs() <= 4 * QUARTER),
                "{zone:?} {start}: {days:?}"
            );
        }
    }
}
