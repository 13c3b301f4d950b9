//! The whole store against a plain map in memory.

use std::collections::{BTreeMap, HashMap};

use atra::store::{Bulk, Durability, LogEntry, SignalKey, SignalQuery};
use atra::{Side, Signal};
use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    AddUser(usize),
    SetData {
        user: usize,
        key: usize,
        value: i32,
    },
    BulkData(Vec<(usize, usize, i32)>, bool),
    Signals(Vec<(usize, i64, u8)>, bool),
    Log {
        symbol: usize,
        time: i64,
        event: i64,
    },
    /// A closure of two statements of which the second fails.
    HalfFailing(usize),
    Once {
        id: usize,
        user: usize,
    },
    RemoveUser(usize),
    Reopen,
}

/// Names that have hurt others.
const NAMES: [&str; 6] = ["ada", "o'hara", "x'; DROP TABLE users; --", "nul\0inside", "日本 👩‍💻", " "];

fn step() -> impl Strategy<Value = Step> {
    let name = 0..NAMES.len();
    let data = || (0..NAMES.len(), 0..3_usize, any::<i32>());
    prop_oneof![
        name.clone().prop_map(Step::AddUser),
        data().prop_map(|(user, key, value)| Step::SetData { user, key, value }),
        (proptest::collection::vec(data(), 0..8), any::<bool>())
            .prop_map(|(rows, skip)| Step::BulkData(rows, skip)),
        (
            proptest::collection::vec(
                (0..NAMES.len(), prop_oneof![0..5_i64, any::<i64>()], 0..=120_u8),
                0..8
            ),
            any::<bool>()
        )
            .prop_map(|(rows, skip)| Step::Signals(rows, skip)),
        (name.clone(), 0..5_i64, 0..4_i64).prop_map(|(symbol, time, event)| Step::Log {
            symbol,
            time,
            event
        }),
        name.clone().prop_map(Step::HalfFailing),
        (0..3_usize, name.clone()).prop_map(|(id, user)| Step::Once { id, user }),
        name.prop_map(Step::RemoveUser),
        Just(Step::Reopen),
    ]
}

#[derive(Default)]
struct Model {
    users: Vec<usize>,
    data: HashMap<(usize, usize), i32>,
    /// Score in percent by symbol and time.
    signals: BTreeMap<(usize, i64), u8>,
    log: Vec<((usize, i64), i64)>,
    once: HashMap<usize, i64>,
}

fn signal(symbol: usize, time: i64, percent: u8) -> Signal {
    Signal {
        symbol: NAMES[symbol].to_owned(),
        interval: "1h".to_owned(),
        time,
        strategy: "s".to_owned(),
        side: Side::Sell,
        entry_price: 1.0,
        stop_loss: None,
        take_profit: None,
        score: f64::from(percent) / 100.0,
        reason: String::new(),
        quality_meta: None,
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_store_is_a_map(steps in proptest::collection::vec(step(), 1..40)) {
        let place = Place::new();
        let options = || StoreOptions::new().durability(Durability::Process);
        let mut store = place.open_with(options());
        let mut model = Model::default();
        for step in steps {
            match step {
                Step::AddUser(user) => {
                    let is_new = !model.users.contains(&user);
                    prop_assert_eq!(store.add_user(NAMES[user]).unwrap(), is_new);
                    if is_new {
                        model.users.push(user);
                    }
                }
                Step::SetData { user, key, value } => {
                    let stored = store.set_user_data(NAMES[user], NAMES[key], &value).is_ok();
                    prop_assert_eq!(stored, model.users.contains(&user));
                    if stored {
                        model.data.insert((user, key), value);
                    }
                }
                Step::BulkData(rows, skip) => {
                    let given: Vec<_> = rows.iter().map(|(user, key, value)| (NAMES[*user], NAMES[*key], *value)).collect();
                    let options = if skip { Bulk::skip_bad().batch_size(3) } else { Bulk::all_or_nothing() };
                    let stored = store.bulk_update_user_data(&given, options);
                    let good = |user: &usize| model.users.contains(user);
                    prop_assert_eq!(stored.is_ok(), skip || rows.iter().all(|(user, ..)| good(user)));
                    if stored.is_ok() {
                        let good: Vec<_> = rows.into_iter().filter(|(user, ..)| good(user)).collect();
                        model.data.extend(good.into_iter().map(|(user, key, value)| ((user, key), value)));
                    }
                }
                Step::Signals(rows, skip) => {
                    let given: Vec<Signal> = rows.iter().map(|(symbol, time, score)| signal(*symbol, *time, *score)).collect();
                    let options = if skip { Bulk::skip_bad().batch_size(2) } else { Bulk::all_or_nothing() };
                    let stored = store.bulk_insert_signals(&given, options);
                    prop_assert_eq!(stored.is_ok(), skip || rows.iter().all(|(.., score)| *score <= 100));
                    if stored.is_ok() {
                        let good = rows.into_iter().filter(|(.., score)| *score <= 100);
                        model.signals.extend(good.map(|(symbol, time, score)| ((symbol, time), score)));
                    }
                }
                Step::Log { symbol, time, event } => {
                    let entry = LogEntry { time: event, event: event.to_string(), note: String::new() };
                    let key = SignalKey::from(&signal(symbol, time, 0));
                    let stored = store.bulk_insert_signals_log(&[(key, entry)], Bulk::all_or_nothing());
                    prop_assert_eq!(stored.is_ok(), model.signals.contains_key(&(symbol, time)));
                    if stored.is_ok() && !model.log.contains(&((symbol, time), event)) {
                        model.log.push(((symbol, time), event));
                    }
                }
                Step::HalfFailing(user) => {
                    store.write(move |conn| {
                        conn.execute("DELETE FROM user_data", [])?;
                        conn.execute("INSERT INTO users (name) VALUES (?1), (?1)", [NAMES[user]])?;
                        Ok(())
                    }).unwrap_err();
                }
                Step::Once { id, user } => {
                    let count = store.write_once(&id.to_string(), move |conn| {
                        conn.execute("INSERT INTO users (name) VALUES (?1) ON CONFLICT DO NOTHING", [NAMES[user]])?;
                        Ok(conn.query_row("SELECT count(*) FROM users", [], |row| row.get::<_, i64>(0))?)
                    }).unwrap();
                    if !model.once.contains_key(&id) {
                        if !model.users.contains(&user) {
                            model.users.push(user);
                        }
                        model.once.insert(id, i64::try_from(model.users.len()).unwrap());
                    }
                    prop_assert_eq!(count, model.once[&id]);
                }
                Step::RemoveUser(user) => {
                    store.execute("DELETE FROM users WHERE name = ?1", &[&NAMES[user]]).unwrap();
                    model.users.retain(|other| *other != user);
                    model.data.retain(|(other, _), _| *other != user);
                }
                Step::Reopen => {
                    store.close().unwrap();
                    store = place.open_with(options());
                }
            }
            // Through the cache, after every step.
            let mut users: Vec<String> = store.users().unwrap().iter().map(|user| user.name.clone()).collect();
            let mut expected: Vec<String> = model.users.iter().map(|user| NAMES[*user].to_owned()).collect();
            users.sort();
            expected.sort();
            prop_assert_eq!(users, expected);
            for (key, name) in NAMES.iter().enumerate().take(3) {
                let values = store.get_multiple_user_data::<i32>(&NAMES, name).unwrap();
                for (user, value) in values.into_iter().enumerate() {
                    prop_assert_eq!(value, model.data.get(&(user, key)).copied());
                    if model.users.contains(&user) {
                        prop_assert_eq!(store.user_data::<i32>(NAMES[user], name).unwrap(), value);
                    }
                }
            }
            let signals = store.signals(&SignalQuery::default()).unwrap();
            let found: BTreeMap<(usize, i64), u8> = signals.iter().map(|signal| {
                let symbol = NAMES.iter().position(|name| *name == signal.symbol).unwrap();
                let percent = (0..=100).find(|percent| f64::from(*percent) / 100.0 == signal.score).unwrap();
                ((symbol, signal.time), percent)
            }).collect();
            prop_assert_eq!((&found, signals.len()), (&model.signals, model.signals.len()));
            let rows = store.query_as::<(i64,)>("SELECT count(*) FROM signals_log", &[]).unwrap();
            prop_assert_eq!(rows[0].0, i64::try_from(model.log.len()).unwrap());
        }
        store.close().unwrap();
        place.assert_sound();
    }
}
