//! Time zones and trading sessions: when a bar belongs to another day, week, month or year than the bar before it.

use crate::TimeMs;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

crate::choice! {
    /// The time zone of an exchange, by the city it stands in.
    ///
    /// Summer time follows the rules in force: of the United States as since 1987, of Europe as since 1996, of Australia
    /// as since 2008. Zones without summer time have today's offset at all times.
    pub enum Zone {
        /// Universal time: where crypto markets draw their days.
        Utc = "utc" 0,
        /// UTC−5, summer time of the United States.
        NewYork = "new_york" 1,
        /// UTC−6, summer time of the United States.
        Chicago = "chicago" 2,
        /// UTC−8, summer time of the United States.
        LosAngeles = "los_angeles" 3,
        /// UTC−3.
        SaoPaulo = "sao_paulo" 4,
        /// UTC+0, summer time of Europe.
        London = "london" 5,
        /// UTC+1, summer time of Europe; also Amsterdam, Madrid, Paris, Stockholm, Zurich.
        Frankfurt = "frankfurt" 6,
        /// UTC+2, summer time of Europe; also Athens.
        Helsinki = "helsinki" 7,
        /// UTC+2.
        Johannesburg = "johannesburg" 8,
        /// UTC+3; also Istanbul, Riyadh.
        Moscow = "moscow" 9,
        /// UTC+4.
        Dubai = "dubai" 10,
        /// UTC+5:30.
        Kolkata = "kolkata" 11,
        /// UTC+7; also Bangkok.
        Jakarta = "jakarta" 12,
        /// UTC+8; also Hong Kong, Kuala Lumpur, Manila, Perth, Singapore, Taipei.
        Shanghai = "shanghai" 13,
        /// UTC+9; also Seoul.
        Tokyo = "tokyo" 14,
        /// UTC+10, summer time of Australia.
        Sydney = "sydney" 15,
    }
}

/// When clocks are put forward.
#[derive(Clone, Copy)]
enum Summer {
    Never,
    UnitedStates,
    Europe,
    Australia,
}

impl Zone {
    /// How many milliseconds its clocks are ahead of UTC at this time.
    #[must_use]
    pub fn offset(self, time: TimeMs) -> i64 {
        let (minutes, summer) = match self {
            Self::Utc => (0, Summer::Never),
            Self::NewYork => (-300, Summer::UnitedStates),
            Self::Chicago => (-360, Summer::UnitedStates),
            Self::LosAngeles => (-480, Summer::UnitedStates),
            Self::SaoPaulo => (-180, Summer::Never),
            Self::London => (0, Summer::Europe),
            Self::Frankfurt => (60, Summer::Europe),
            Self::Helsinki => (120, Summer::Europe),
            Self::Johannesburg => (120, Summer::Never),
            Self::Moscow => (180, Summer::Never),
            Self::Dubai => (240, Summer::Never),
            Self::Kolkata => (330, Summer::Never),
            Self::Jakarta => (420, Summer::Never),
            Self::Shanghai => (480, Summer::Never),
            Self::Tokyo => (540, Summer::Never),
            Self::Sydney => (600, Summer::Australia),
        };
        let standard = minutes * 60_000;
        standard + if summer.is_on(time, standard) { HOUR } else { 0 }
    }
}

impl Summer {
    fn is_on(self, time: TimeMs, standard: i64) -> bool {
        // In standard time, so that both changes of a year are told by the same clock.
        let local = time.saturating_add(standard);
        let year = date(local.div_euclid(DAY)).0;
        let at = |day: i64, hour: i64| day * DAY + hour * HOUR;
        match self {
            Self::Never => false,
            Self::UnitedStates => {
                let (first, last) = if year >= 2007 {
                    (sunday_from(year, 3, 8), sunday_from(year, 11, 1))
                } else {
                    (sunday_from(year, 4, 1), sunday_from(year, 10, 25))
                };
                (at(first, 2)..at(last, 1)).contains(&local)
            }
            Self::Europe => {
                // All of it at one moment, 01:00 UTC.
                (at(sunday_from(year, 3, 25), 1)..at(sunday_from(year, 10, 25), 1)).contains(&time)
            }
            Self::Australia => {
                !(at(sunday_from(year, 4, 1), 2)..at(sunday_from(year, 10, 1), 2)).contains(&local)
            }
        }
    }
}

/// The first Sunday on or after a date, in days since 1970.
fn sunday_from(year: i64, month: i64, day: i64) -> i64 {
    let from = days(year, month, day);
    from + (3 - from).rem_euclid(7) // day 3 was a Sunday
}

/// Days since 1970 of a date in the Gregorian calendar. Years are counted from March, so that the day which leap years
/// have more is a year's last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leaps + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// Year and month (1 to 12) of a day since 1970.
fn date(day: i64) -> (i64, i64) {
    let day = day + 719_468;
    let century = (4 * day + 3).div_euclid(146_097);
    let day = day - (146_097 * century).div_euclid(4);
    let year = (4 * day + 3) / 1_461;
    let day = day - 1_461 * year / 4;
    let month = (5 * day + 2) / 153;
    let year = 100 * century + year;
    if month < 10 { (year, month + 3) } else { (year + 1, month - 9) }
}

crate::choice! {
    /// How long a session is.
    pub enum Span {
        /// A day.
        Day = "day" 0,
        /// A week, from Monday.
        Week = "week" 1,
        /// A calendar month.
        Month = "month" 2,
        /// Three calendar months, from January.
        Quarter = "quarter" 3,
        /// A calendar year.
        Year = "year" 4,
    }
}

impl Span {
    /// The number of the session that a day since 1970 belongs to.
    fn number(self, day: i64) -> i64 {
        let month = |day| {
            let (year, month) = date(day);
            12 * year + month - 1
        };
        match self {
            Self::Day => day,
            Self::Week => (day + 3).div_euclid(7),
            Self::Month => month(day),
            Self::Quarter => month(day).div_euclid(3),
            Self::Year => date(day).0,
        }
    }

    /// The first day since 1970 of the session of this number.
    fn first_day(self, number: i64) -> i64 {
        let month = |number: i64| days(number.div_euclid(12), number.rem_euclid(12) + 1, 1);
        match self {
            Self::Day => number,
            Self::Week => number * 7 - 3,
            Self::Month => month(number),
            Self::Quarter => month(number * 3),
            Self::Year => days(number, 1, 1),
        }
    }
}

crate::state! {
    /// Tells when a new session begins.
    ///
    /// ```
    /// use atra_core::time::{Sessions, Span, Zone};
    ///
    /// // The trading day of New York's futures begins at 18:00 the evening before.
    /// let mut sessions = Sessions::new(Span::Day, Zone::NewYork, 18 * 60);
    /// let hour = 3_600_000.0;
    /// let friday_17h = 1_704_492_000_000.0; // 2024-01-05 22:00 UTC
    /// assert!(sessions.begins(friday_17h)); // the first bar begins one in any case
    /// assert!(!sessions.begins(friday_17h + 0.5 * hour));
    /// assert!(sessions.begins(friday_17h + hour));
    /// ```
    pub struct Sessions {
        span: Span,
        zone: Zone,
        /// What is added to local time so that a session's day is a calendar day.
        shift: i64,
        /// The hour since 1970 that `offset` is of: clocks change on the hour.
        hour: i64,
        offset: i64,
        day: i64,
        number: i64,
    }
}

impl Sessions {
    /// Sessions whose days begin `start` minutes after local midnight. From noon on, that is the evening before: the
    /// session's day is the one that most of it lies in.
    #[must_use]
    pub fn new(span: Span, zone: Zone, start: usize) -> Self {
        let minutes = i64::try_from(start.min(1_439)).unwrap_or(0);
        let shift = if minutes < 720 { -minutes } else { 1_440 - minutes };
        let never = i64::MIN;
        Self { span, zone, shift: shift * 60_000, hour: never, offset: 0, day: never, number: never }
    }

    /// Whether the bar of this time, in milliseconds since 1970 UTC, belongs to a later session than the bars before it.
    #[inline]
    pub fn begins(&mut self, time: f64) -> bool {
        // The range of JavaScript's dates: no sum of what follows can overflow.
        #[allow(clippy::cast_possible_truncation)] // clamped
        let time = time.clamp(-8.64e15, 8.64e15) as i64;
        let hour = time.div_euclid(HOUR);
        if hour != self.hour {
            self.hour = hour;
            self.offset = self.zone.offset(time);
        }
        let day = time.wrapping_add(self.offset).wrapping_add(self.shift).div_euclid(DAY);
        if day == self.day {
            return false;
        }
        self.day = day;
        // Where clocks repeat an hour, a session that begins within it has begun by then.
        let number = self.span.number(day);
        let begins = number > self.number;
        self.number = self.number.max(number);
        begins
    }

    /// When the session of the last bar opened, in milliseconds since 1970 UTC. Where clocks show the hour that it opens at
    /// twice, that is the first time; where they pass over it, an hour off at most.
    ///
    /// ```
    /// use atra_core::time::{Sessions, Span, Zone};
    ///
    /// let mut weeks = Sessions::new(Span::Week, Zone::NewYork, 0);
    /// weeks.begins(1_704_492_000_000.0); // Friday, 2024-01-05 22:00 UTC
    /// assert_eq!(weeks.opening(), 1_704_085_200_000); // Monday, 2024-01-01 05:00 UTC
    /// ```
    #[must_use]
    pub fn opening(&self) -> TimeMs {
        if self.number == i64::MIN {
            return self.number; // no bar yet
        }
        let local = self.span.first_day(self.number) * DAY - self.shift;
        // Clocks change a few times a year at most: they show what they did the day before, or what they will the day after.
        let [earlier, later] = [local - DAY, local + DAY].map(|time| local - self.zone.offset(time));
        if earlier.wrapping_add(self.zone.offset(earlier)) == local { earlier } else { later }
    }
}
