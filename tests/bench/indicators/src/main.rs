//! atra's indicators against other libraries': one process, the same columns, the best of several rounds that take turns.
//!
//!     make bench [SECTIONS="series short live sweeps symbols fused cores"]
//!
//! Nanoseconds a bar, with each library's default build. Contenders take turns within a round, so that what else the
//! machine does meets all of them; a harness that times one after another compares the minutes they ran in. A peer is
//! compared before it is timed: one that gives other numbers (beyond 1e-9 of the column's scale in its last rows) is
//! marked `≠` and counts in no ratio. tulip_rs is left out: it needs a nightly compiler.

mod live;
mod market;
mod peers;
mod report;
mod rounds;
mod sections;

use report::Report;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut report = Report::begin();
    for (name, section) in sections::ALL {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            section(&mut report);
        }
    }
    report.end();
}
