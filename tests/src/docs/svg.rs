//! Paths, small: whole fifths of a pixel, each point relative to the one before.

use std::fmt::Write;

/// Units of a path to a pixel.
pub(super) const UNITS: f64 = 5.0;

/// A point in a path's units, from pixels.
#[allow(clippy::cast_possible_truncation)] // a few thousand
pub(super) fn units(pixels: f64) -> i64 {
    (pixels * UNITS).round() as i64
}

/// What a path's `d` says.
#[derive(Default)]
pub(super) struct Path {
    d: String,
    at: Option<(i64, i64)>,
    /// The command that a further pair of numbers repeats.
    command: char,
    /// How far a horizontal stroke has come that is not written yet.
    pending: i64,
}

impl Path {
    /// Goes to a point without drawing.
    pub(super) fn move_to(&mut self, x: i64, y: i64) {
        self.flush();
        match self.at {
            Some((from_x, from_y)) => self.pair('m', x - from_x, y - from_y),
            None => self.pair('M', x, y),
        }
        self.at = Some((x, y));
        // Pairs after a move would be lines.
        self.command = ' ';
    }

    /// Draws to a point; the first one is gone to.
    pub(super) fn line_to(&mut self, x: i64, y: i64) {
        let Some((from_x, from_y)) = self.at else { return self.move_to(x, y) };
        if y == from_y {
            self.pending += x - from_x;
        } else {
            self.flush();
            self.pair('l', x - from_x, y - from_y);
        }
        self.at = Some((x, y));
    }

    /// Draws down by `height`.
    pub(super) fn down(&mut self, height: i64) {
        self.flush();
        let _ = write!(self.d, "v{height}");
        self.command = 'v';
        self.at = self.at.map(|(x, y)| (x, y + height));
    }

    /// A point alone: a dot, where line ends are round.
    pub(super) fn dot(&mut self) {
        self.flush();
        self.d.push_str("h0");
        self.command = 'h';
    }

    /// Draws back to where the path began.
    pub(super) fn close(&mut self, from: (i64, i64)) {
        self.flush();
        self.d.push('z');
        self.command = 'z';
        self.at = Some(from);
    }

    /// The path's `d`, empty when nothing was drawn.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.d
    }

    fn flush(&mut self) {
        if self.pending != 0 {
            let _ = write!(self.d, "h{}", self.pending);
            self.command = 'h';
            self.pending = 0;
        }
    }

    fn pair(&mut self, command: char, x: i64, y: i64) {
        let before = if self.command != command {
            self.d.push(command);
            self.command = command;
            ""
        } else if x < 0 {
            ""
        } else {
            " "
        };
        let between = if y < 0 { "" } else { " " };
        let _ = write!(self.d, "{before}{x}{between}{y}");
    }
}

/// A path through points; where there is none, it is broken. A point alone is a dot.
pub(super) fn line(points: impl IntoIterator<Item = Option<(i64, i64)>>) -> String {
    let mut path = Path::default();
    let mut run = 0;
    for point in points {
        match point {
            Some((x, y)) if run == 0 => path.move_to(x, y),
            Some((x, y)) => path.line_to(x, y),
            None if run == 1 => path.dot(),
            None => {}
        }
        run = if point.is_some() { run + 1 } else { 0 };
    }
    if run == 1 {
        path.dot();
    }
    path.finish()
}

/// The area between two lines, for each stretch where both have points.
pub(super) fn area(edges: &[Option<[(i64, i64); 2]>]) -> String {
    let mut path = Path::default();
    for run in edges.split(Option::is_none) {
        let run: Vec<_> = run.iter().flatten().collect();
        let Some([start, _]) = run.first() else { continue };
        path.move_to(start.0, start.1);
        let upper = run.iter().skip(1).map(|[upper, _]| upper);
        for (x, y) in upper.chain(run.iter().rev().map(|[_, lower]| lower)) {
            path.line_to(*x, *y);
        }
        path.close(*start);
    }
    path.finish()
}

/// Text as XML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
