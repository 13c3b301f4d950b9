//! What is printed, and written beside it as JSON and as a page.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// One indicator in one section.
pub struct Row {
    pub section: String,
    pub id: String,
    pub ours: f64,
    /// Name, time, and whether it computes the same.
    pub peers: Vec<(String, f64, bool)>,
}

impl Row {
    /// Our time over that of the best peer that computes the same.
    fn ratio(&self) -> Option<f64> {
        let right = self.peers.iter().filter(|(.., same)| *same).map(|(_, time, _)| *time);
        right.min_by(f64::total_cmp).map(|best| self.ours / best)
    }
}

/// All rows.
pub struct Report {
    machine: String,
    rows: Vec<Row>,
}

impl Report {
    pub fn begin() -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let cpu = read("/proc/cpuinfo");
        let model = cpu.lines().find_map(|line| line.strip_prefix("model name\t: ")).unwrap_or("unknown processor");
        let load = read("/proc/loadavg");
        let flags = option_env!("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
        let machine = format!(
            "{model}, {} processors, load {}, flags `{flags}`; ta-lib 0.8.3, vector-ta 0.3.1, \
             wickra 2.1.1, ferro_ta_core 1.6.0, kand 0.2.2, ta 0.5.0, yata 0.7.0{}",
            std::thread::available_parallelism().map_or(1, usize::from),
            load.split(' ').next().unwrap_or_default(),
            std::env::var("TA_LIB").ok().filter(|path| !path.is_empty()).map_or("", |_| ", TA-Lib C"),
        );
        println!("{machine}");
        Self { machine, rows: Vec::new() }
    }

    pub fn section(&mut self, title: &str, unit: &str) {
        println!("\n{title}, {unit}\n{:<10} {:>7}   {:<46} atra / best peer", "", "atra", "peers");
    }

    pub fn row(&mut self, row: Row) {
        let mark = |same: bool| if same { "" } else { "≠" };
        let peers: Vec<String> =
            row.peers.iter().map(|(name, time, same)| format!("{name} {time:.2}{}", mark(*same))).collect();
        let ratio = row.ratio().map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        println!("{:<10} {:>7.2}   {:<46} {ratio}", row.id, row.ours, peers.join(", "));
        self.rows.push(row);
    }

    /// Writes `target/bench/indicators.json` and `.html`, and prints the medians.
    pub fn end(self) {
        let mut sections: Vec<&str> = self.rows.iter().map(|row| row.section.as_str()).collect();
        sections.dedup();
        println!();
        for section in &sections {
            let rows = self.rows.iter().filter(|row| row.section == *section);
            let mut ratios: Vec<f64> = rows.filter_map(Row::ratio).collect();
            ratios.sort_by(f64::total_cmp);
            if let (Some(median), Some(worst)) = (ratios.get(ratios.len() / 2), ratios.last()) {
                println!("{section}: median {median:.2}, worst {worst:.2} of {}", ratios.len());
            }
        }
        let into = Path::new("target/bench");
        let written = fs::create_dir_all(into)
            .and_then(|()| fs::write(into.join("indicators.json"), self.json()))
            .and_then(|()| fs::write(into.join("indicators.html"), self.html(&sections)));
        match written {
            Ok(()) => println!("written: target/bench/indicators.json, target/bench/indicators.html"),
            Err(error) => eprintln!("error: target/bench: {error}"),
        }
    }

    fn json(&self) -> String {
        let row = |row: &Row| {
            let peers = row.peers.iter().map(|(name, time, same)| {
                format!("{{\"name\": \"{name}\", \"ns\": {time:.4}, \"same\": {same}}}")
            });
            format!(
                "  {{\"section\": \"{}\", \"id\": \"{}\", \"ns\": {:.4}, \"peers\": [{}]}}",
                row.section,
                row.id,
                row.ours,
                peers.collect::<Vec<_>>().join(", ")
            )
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        format!("{{\"machine\": \"{}\", \"rows\": [\n{}\n]}}\n", self.machine.replace('"', "'"), rows.join(",\n"))
    }

    /// A bar for each contender, the shorter the better.
    fn html(&self, sections: &[&str]) -> String {
        let mut page = format!(
            "<!doctype html><meta charset=utf-8><meta name=color-scheme content='light dark'><title>atra: speed</title>\
             <style>body{{font:14px system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}}text{{fill:currentColor}}\
             .a{{fill:#2a7}}.p{{fill:#89a}}.w{{fill:#c96}}</style><h1>Nanoseconds, the shorter the better</h1><p>{}</p>",
            self.machine
        );
        for section in sections {
            let _ = write!(page, "<h2>{section}</h2>");
            for row in self.rows.iter().filter(|row| row.section == *section) {
                let all = row.peers.iter().map(|(_, time, _)| *time).fold(row.ours, f64::max);
                let height = 18 * (row.peers.len() + 1);
                let _ = write!(page, "<h3>{}</h3><svg width=100% height={height} viewBox='0 0 800 {height}'>", row.id);
                let ours = ("atra".to_owned(), row.ours, true);
                for (place, (name, time, same)) in std::iter::once(&ours).chain(&row.peers).enumerate() {
                    let class = if place == 0 { "a" } else if *same { "p" } else { "w" };
                    let (y, width) = (18 * place, 520.0 * time / all);
                    let note = if *same { "" } else { " (other numbers)" };
                    let _ = write!(
                        page,
                        "<text x=0 y={} font-size=13>{name}</text><rect class={class} x=130 y={} width={width:.1} height=13 />\
                         <text x={:.1} y={} font-size=12>{time:.2}{note}</text>",
                        y + 13,
                        y + 2,
                        138.0 + width,
                        y + 13
                    );
                }
                page.push_str("</svg>");
            }
        }
        page
    }
}
