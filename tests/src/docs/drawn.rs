//! What of an indicator is drawn, in which colours, and how a legend says it.

use atra_core::spec::{Plot, Spec};

use super::stretch::Stretch;

/// Classes and their colours, light and dark: those of the chart page.
pub(super) const COLOURS: [(&str, &str, &str); 14] = [
    ("s", "#fff", "#10141c"),
    ("g", "#e4e8ef", "#232a37"),
    ("t", "#566176", "#97a1b3"),
    ("u", "#078561", "#2cb58c"),
    ("d", "#cf3444", "#f0616d"),
    ("a", "#c77d00", "#f2b13c"),
    ("b", "#2f6be0", "#6c9bff"),
    ("c", "#8248d8", "#b78af5"),
    ("e", "#0b8d9c", "#35c2cf"),
    ("f", "#c93d80", "#f27fb2"),
    ("h", "#5d8a12", "#9ccb4b"),
    ("i", "#d8581d", "#ff8f5c"),
    ("j", "#66728a", "#a3aec2"),
    ("z", "#97a2b4", "#5b6678"),
];
/// The classes of lines.
const LINES: [&str; 8] = ["a", "b", "c", "e", "f", "h", "i", "j"];

/// Letters in a line of the legend.
const LETTERS: usize = 100;

/// One output.
pub(super) struct Drawn<'a> {
    pub(super) name: &'a str,
    pub(super) plot: Plot,
    pub(super) values: &'a [f64],
    pub(super) shift: i64,
    pub(super) class: &'static str,
    /// Whether the direction's sign colours it.
    pub(super) directed: bool,
}

/// The outputs as they are drawn: the edges of a band share a colour, every line has its own.
pub(super) fn outputs<'a>(spec: &'a Spec, stretch: &'a Stretch<'_>) -> Vec<Drawn<'a>> {
    let any = |plot: Plot| spec.outputs.iter().any(|output| output.plot == plot);
    // A direction with nothing beside it to colour is itself a line.
    let alone = spec.outputs.iter().all(|output| matches!(output.plot, Plot::Direction | Plot::Hidden));
    let mut directed = any(Plot::Direction) && !alone;
    let edge = if any(Plot::Line) { "b" } else { "a" };
    let banded = any(Plot::Upper) || any(Plot::Lower);
    let mut lines = LINES.into_iter().filter(|class| !banded || *class != edge).cycle();
    let columns = stretch.outputs.iter().zip(&stretch.shifts);
    let drawn = spec.outputs.iter().zip(columns).map(|(output, (values, shift))| {
        let plot = if alone && output.plot == Plot::Direction { Plot::Line } else { output.plot };
        let class = match plot {
            Plot::Line => lines.next().unwrap_or(edge),
            Plot::Upper | Plot::Lower => edge,
            Plot::MarkAbove | Plot::MarkBelow => "a",
            _ => "t",
        };
        // Beside a line that the direction colours, others keep their own.
        let directed = plot == Plot::Line && std::mem::take(&mut directed);
        Drawn { name: output.name, plot, values, shift: *shift, class, directed }
    });
    drawn.collect()
}

/// Whether it has a place on the pane's scale.
pub(super) fn is_line(plot: Plot) -> bool {
    matches!(plot, Plot::Line | Plot::Upper | Plot::Lower | Plot::Histogram)
}

/// The class of a rising or falling thing.
pub(super) fn sign_class(value: f64) -> &'static str {
    if value < 0.0 { "d" } else { "u" }
}

/// The legend's entries in lines of bearable length.
pub(super) fn wrapped(entries: &[String]) -> Vec<String> {
    let letters = |entry: &str| {
        let mut inside = false;
        let text = entry.chars().filter(|letter| {
            inside = (inside || *letter == '<') && *letter != '>';
            !inside && *letter != '>'
        });
        text.count()
    };
    let mut lines: Vec<(usize, String)> = Vec::new();
    for entry in entries {
        let length = letters(entry) + 3;
        match lines.last_mut() {
            Some((width, line)) if *width + length <= LETTERS => {
                *width += length;
                line.push('\u{2003}');
                line.push_str(entry);
            }
            _ => lines.push((length, entry.clone())),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}
