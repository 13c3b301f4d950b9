CREATE TABLE bench_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO bench_users VALUES (1, 'ada');
CREATE TABLE bench_signals (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES bench_users,
    time INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX bench_signals_by_time ON bench_signals (time);
CREATE INDEX bench_signals_by_symbol ON bench_signals (symbol, time);
