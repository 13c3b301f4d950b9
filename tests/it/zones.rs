//! Time zones against the system's zone database (see `tests/golden/zones.py`), sessions against whole days.

use atra_core::args::Choice;
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
