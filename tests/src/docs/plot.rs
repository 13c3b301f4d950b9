//! An indicator's picture: candles, its outputs over or under them, and a legend. Nothing here knows which indicator
//! it is; outputs are drawn as the chart page draws them.

use std::fmt::Write;

use atra_core::spec::{Placement, Plot, Spec};
use atra_core::{Candle, TimeMs};

use super::drawn::{COLOURS, Drawn, is_line, outputs, sign_class, wrapped};
use super::scale::{Scale, date, range, reading};
use super::stretch::{Stretch, marks_bar};
use super::svg::{Path, UNITS, area, escaped, line, units};

const WIDTH: f64 = 720.0;
const LEFT: f64 = 12.0;
/// Of the bars; the scale's labels stand beside.
const PLOT: f64 = 648.0;
/// Of a line of text.
const LINE: f64 = 18.0;
/// A part of the picture with a scale of its own.
struct Pane<'a> {
    /// Where its legend begins.
    top: f64,
    legend: Vec<String>,
    scale: Scale,
    drawn: Vec<&'a Drawn<'a>>,
}

struct Picture<'a> {
    stretch: &'a Stretch<'a>,
    candles: Vec<Candle>,
    direction: Option<&'a [f64]>,
    /// Between two bars, in units.
    step: i64,
    paths: String,
    texts: String,
}

/// The picture as SVG.
pub(super) fn svg(spec: &Spec, stretch: &Stretch<'_>) -> String {
    let drawn = outputs(spec, stretch);
    let candles: Vec<Candle> = stretch.rows.clone().filter_map(|row| stretch.frame.candle(row)).collect();
    let ahead = drawn.iter().map(|drawn| drawn.shift).max().unwrap_or(0).clamp(0, 60);
    let slots = candles.len() as f64 + ahead as f64;
    let direction = spec.outputs.iter().position(|output| output.plot == Plot::Direction);
    let mut picture = Picture {
        stretch,
        candles,
        direction: direction.map(|index| &stretch.outputs[index][..]),
        step: units(PLOT / slots),
        paths: String::new(),
        texts: String::new(),
    };

    let over = |drawn: &&Drawn<'_>| spec.placement == Placement::Overlay || drawn.plot.is_mark();
    let (upper, lower): (Vec<&Drawn<'_>>, Vec<_>) = drawn.iter().partition(over);
    let below = lower.iter().any(|drawn| is_line(drawn.plot));
    let mut title = vec![format!(r#"<tspan class="t">{}</tspan>"#, stretch.title)];
    if below {
        title.extend(upper.iter().map(|drawn| picture.entry(drawn)));
    } else {
        title.extend(drawn.iter().map(|drawn| picture.entry(drawn)));
    }
    let highs_and_lows = picture.candles.iter().flat_map(|candle| [candle.high, candle.low]);
    let prices = highs_and_lows
        .chain(upper.iter().filter(|drawn| is_line(drawn.plot)).flat_map(|drawn| picture.shown(drawn)));
    let prices = range(prices).unwrap_or((0.0, 1.0));
    let legend = wrapped(&title);
    let top = 8.0 + LINE * legend.len() as f64;
    let height = if below { 150.0 } else { 230.0 };
    let pane = Pane { top: 8.0, legend, scale: Scale::new(prices, top, height), drawn: upper };
    picture.frame(&pane, top, height, 4.0);
    picture.bands(&pane);
    picture.bars(&pane);
    picture.lines(&pane);
    picture.marks(&pane);
    let mut bottom = top + height;

    if below {
        let mut title: Vec<String> = lower.iter().map(|drawn| picture.entry(drawn)).collect();
        if stretch.scaled {
            title.push(r#"<tspan class="t">of inputs scaled to −1 … 1</tspan>"#.to_owned());
        }
        let legend = wrapped(&title);
        let from_zero = lower.iter().any(|drawn| drawn.plot == Plot::Histogram).then_some(0.0);
        let values = lower.iter().filter(|drawn| is_line(drawn.plot)).flat_map(|drawn| picture.shown(drawn));
        let values = range(values.chain(from_zero)).unwrap_or((-1.0, 1.0));
        let top = bottom + 8.0 + LINE * legend.len() as f64;
        let pane = Pane { top: bottom + 8.0, legend, scale: Scale::new(values, top, 110.0), drawn: lower };
        picture.frame(&pane, top, 110.0, 3.0);
        picture.bands(&pane);
        picture.lines(&pane);
        bottom = top + 110.0;
    }
    picture.times(bottom);
    picture.finish(spec, bottom + 24.0)
}

impl Picture<'_> {
    /// Where the middle of a bar stands, in units.
    fn x(&self, bar: i64) -> i64 {
        units(LEFT) + self.step / 2 + bar * self.step
    }

    /// How thick a bar is, in units.
    fn thickness(&self) -> i64 {
        (self.step * 3 / 5).min(70)
    }

    /// The rows whose values lie in the picture, with the bar they stand at.
    fn places(&self, drawn: &Drawn<'_>) -> impl Iterator<Item = (usize, i64)> + use<> {
        let rows = &self.stretch.rows;
        #[allow(clippy::cast_possible_wrap)] // rows of a sample
        let (start, end, shift) = (rows.start as i64, rows.end as i64, drawn.shift);
        let first = if shift > 0 { (start - shift).max(0) } else { start - shift };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not before the first
        (first..end).map(move |row| (row as usize, row + shift - start))
    }

    /// The values in the picture.
    fn shown(&self, drawn: &Drawn<'_>) -> impl Iterator<Item = f64> {
        self.places(drawn).map(|(row, _)| drawn.values[row])
    }

    /// An output in the legend: its colour, its name and its last value.
    fn entry(&self, drawn: &Drawn<'_>) -> String {
        let last = drawn.values[self.stretch.rows.end - 1];
        let name = escaped(drawn.name);
        if drawn.plot.is_mark() {
            let mark = match drawn.plot {
                Plot::MarkAbove => Some('▼'),
                Plot::MarkBelow => Some('▲'),
                _ => None,
            };
            if let Some(mark) = mark {
                return format!(
                    r#"<tspan class="t">{name}</tspan> <tspan class="{}">{mark}</tspan>"#,
                    drawn.class
                );
            }
            let marks = |sign: f64| self.shown(drawn).any(|value| value * sign > 0.0);
            let up = if marks(1.0) { r#" <tspan class="u">▲</tspan>"# } else { "" };
            let down = if marks(-1.0) { r#" <tspan class="d">▼</tspan>"# } else { "" };
            return format!(r#"<tspan class="t">{name}</tspan>{up}{down}"#);
        }
        let class = match (drawn.directed, drawn.plot, self.direction) {
            (true, _, Some(direction)) => sign_class(direction[self.stretch.rows.end - 1]),
            (_, Plot::Histogram, _) => sign_class(last),
            _ => drawn.class,
        };
        let later = match drawn.shift {
            0 => String::new(),
            bars if bars > 0 => format!(" ({bars} later)"),
            bars => format!(" ({} earlier)", -bars),
        };
        format!(r#"<tspan class="{class}">{name} {}{later}</tspan>"#, reading(last))
    }

    /// A pane's legend, its grid and its scale.
    fn frame(&mut self, pane: &Pane<'_>, top: f64, height: f64, ticks: f64) {
        let mut y = pane.top + 12.0;
        for words in &pane.legend {
            let _ = writeln!(self.texts, r#"<text x="{LEFT}" y="{y}">{words}</text>"#);
            y += LINE;
        }
        let mut grid = Path::default();
        let mut labels = String::new();
        for (value, label) in pane.scale.ticks(ticks) {
            let y = pane.scale.y(value);
            if y < top + 4.0 || y > top + height - 2.0 {
                continue;
            }
            grid.move_to(units(LEFT), units(y));
            grid.line_to(units(LEFT + PLOT), units(y));
            let _ = write!(labels, r#"<text x="{}" y="{:.1}">{label}</text>"#, LEFT + PLOT + 6.0, y + 4.0);
        }
        self.path("g", 5, &grid.finish());
        let _ = writeln!(self.texts, r#"<g class="t">{labels}</g>"#);
        if pane.scale.crosses_zero() && pane.drawn.iter().any(|drawn| is_line(drawn.plot)) {
            let zero = units(pane.scale.y(0.0));
            self.path("z", 5, &line([Some((units(LEFT), zero)), Some((units(LEFT + PLOT), zero))]));
        }
    }

    /// The candles: wicks and bodies, rising and falling ones.
    fn bars(&mut self, pane: &Pane<'_>) {
        let thick = if self.step > 40 { 6 } else { 5 };
        for (class, rising) in [("u", true), ("d", false)] {
            let mut wicks = Path::default();
            let mut bodies = Path::default();
            for (bar, candle) in (0..).zip(&self.candles) {
                if (candle.close >= candle.open) != rising {
                    continue;
                }
                let [open, high, low, close] = [candle.open, candle.high, candle.low, candle.close]
                    .map(|price| units(pane.scale.y(price)));
                let x = self.x(bar);
                if high < low {
                    wicks.move_to(x, high);
                    wicks.down(low - high);
                }
                // A body without height is still seen.
                bodies.move_to(x, open.min(close) - if open == close { 2 } else { 0 });
                bodies.down((open - close).abs().max(4));
            }
            let (wicks, bodies) = (wicks.finish(), bodies.finish());
            if !bodies.is_empty() {
                let broad = self.thickness();
                let faint =
                    if pane.drawn.iter().any(|drawn| is_line(drawn.plot)) { r#" opacity=".7""# } else { "" };
                let _ = writeln!(
                    self.paths,
                    r#"<g class="{class}"{faint} stroke-linecap="butt"><path stroke-width="{thick}" d="{wicks}"/><path stroke-width="{broad}" d="{bodies}"/></g>"#
                );
            }
        }
    }

    /// The area between the edges of each band.
    fn bands(&mut self, pane: &Pane<'_>) {
        let edges = |plot: Plot| pane.drawn.iter().filter(move |drawn| drawn.plot == plot);
        for (upper, lower) in edges(Plot::Upper).zip(edges(Plot::Lower)) {
            if upper.shift != lower.shift {
                continue;
            }
            let points: Vec<Option<[(i64, i64); 2]>> = self
                .places(upper)
                .map(|(row, bar)| {
                    let (high, low) = (upper.values[row], lower.values[row]);
                    let x = self.x(bar);
                    (high.is_finite() && low.is_finite())
                        .then(|| [high, low].map(|value| (x, units(pane.scale.y(value)))))
                })
                .collect();
            let _ = writeln!(self.paths, r#"<path class="{} p" d="{}"/>"#, upper.class, area(&points));
        }
    }

    /// Histograms, then lines.
    fn lines(&mut self, pane: &Pane<'_>) {
        for drawn in pane.drawn.iter().filter(|drawn| drawn.plot == Plot::Histogram) {
            let zero = units(pane.scale.y(0.0));
            for (class, sign) in [("u", 1.0), ("d", -1.0)] {
                let mut path = Path::default();
                for (row, bar) in self.places(drawn).filter(|(row, _)| drawn.values[*row] * sign > 0.0) {
                    path.move_to(self.x(bar), zero);
                    path.down(units(pane.scale.y(drawn.values[row])) - zero);
                }
                let d = path.finish();
                if !d.is_empty() {
                    let broad = self.thickness();
                    let _ = writeln!(
                        self.paths,
                        r#"<path class="{class}" stroke-linecap="butt" opacity=".6" stroke-width="{broad}" d="{d}"/>"#
                    );
                }
            }
        }
        let lines = pane.drawn.iter().filter(|drawn| is_line(drawn.plot) && drawn.plot != Plot::Histogram);
        for drawn in lines {
            let width = if drawn.plot == Plot::Line { 8 } else { 6 };
            if let Some(direction) = self.direction.filter(|_| drawn.directed) {
                // Where the direction turns, the line jumps to the other side: the stroke to there is left out.
                for (class, sign) in [("u", 1.0), ("d", -1.0)] {
                    let d = line(self.points(pane, drawn, |row| direction[row] * sign > 0.0));
                    self.path(class, width, &d);
                }
            } else {
                let d = line(self.points(pane, drawn, |_| true));
                self.path(drawn.class, width, &d);
            }
        }
    }

    /// The points of a line, none where it has no value or is not of the wanted rows.
    fn points(
        &self,
        pane: &Pane<'_>,
        drawn: &Drawn<'_>,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<Option<(i64, i64)>> {
        let point = |(row, bar): (usize, i64)| {
            let value = drawn.values[row];
            (value.is_finite() && wanted(row)).then(|| (self.x(bar), units(pane.scale.y(value))))
        };
        self.places(drawn).map(point).collect()
    }

    /// Marks: of patterns below a candle for bullish ones and above for bearish ones, of others where they belong.
    fn marks(&mut self, pane: &Pane<'_>) {
        for (class, plot, sign) in [
            ("u", Plot::Pattern, 1),
            ("d", Plot::Pattern, -1),
            ("a", Plot::MarkBelow, 1),
            ("a", Plot::MarkAbove, -1),
        ] {
            let mut path = Path::default();
            for drawn in pane.drawn.iter().filter(|drawn| drawn.plot == plot) {
                let marked = |(row, _): &(usize, i64)| {
                    let value = drawn.values[*row];
                    marks_bar(value) && (plot != Plot::Pattern || (value > 0.0) == (sign > 0))
                };
                for (_, bar) in self.places(drawn).filter(marked) {
                    let candle = usize::try_from(bar).ok().and_then(|bar| self.candles.get(bar));
                    let Some(candle) = candle else { continue };
                    let price = if sign > 0 { candle.low } else { candle.high };
                    let (x, y) = (self.x(bar), units(pane.scale.y(price)) + 20 * sign);
                    path.move_to(x, y);
                    path.line_to(x + 20, y + 35 * sign);
                    path.line_to(x - 20, y + 35 * sign);
                    path.close((x, y));
                }
            }
            let d = path.finish();
            if !d.is_empty() {
                let _ = writeln!(self.paths, r#"<path class="{class} m" d="{d}"/>"#);
            }
        }
    }

    /// Four dates under the bars.
    fn times(&mut self, bottom: f64) {
        let time = self.stretch.frame.time();
        let gap: TimeMs = time.get(1).zip(time.first()).map_or(0, |(second, first)| second - first);
        if self.stretch.title.starts_with("synthetic") {
            return;
        }
        let bars = self.candles.len();
        let mut labels = String::new();
        for eighth in [1, 3, 5, 7] {
            let bar = bars * eighth / 8;
            #[allow(clippy::cast_possible_wrap)] // at most 120
            let x = self.x(bar as i64) as f64 / UNITS;
            let text = date(time[self.stretch.rows.start + bar], gap >= 86_400_000);
            let _ = write!(labels, r#"<text x="{x:.0}" y="{:.0}">{text}</text>"#, bottom + 16.0);
        }
        let _ = writeln!(self.texts, r#"<g class="t" text-anchor="middle">{labels}</g>"#);
    }

    fn path(&mut self, class: &str, width: i64, d: &str) {
        if !d.is_empty() {
            let _ = writeln!(self.paths, r#"<path class="{class}" stroke-width="{width}" d="{d}"/>"#);
        }
    }

    fn finish(self, spec: &Spec, height: f64) -> String {
        let Self { paths, texts, .. } = &self;
        let used = |class: &str| {
            let (alone, first) = (format!("\"{class}\""), format!("\"{class} "));
            class == "s"
                || [paths, texts].into_iter().any(|body| body.contains(&alone) || body.contains(&first))
        };
        let colours = |dark: bool| {
            let used = COLOURS.into_iter().filter(|(class, ..)| used(class));
            let rule = |(class, light, night): (&str, &str, &str)| {
                format!(".{class}{{color:{}}}", if dark { night } else { light })
            };
            used.map(rule).collect::<String>()
        };
        let (title, summary) = (escaped(spec.name), escaped(&spec.summary()));
        let bars = format!("{} of {}, {} bars", title, self.stretch.title, self.candles.len());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
             <title id=\"title\">{bars}</title>\n\
             <desc id=\"desc\">{summary}</desc>\n\
             <style>.p{{fill:currentColor;stroke:none;opacity:.12}}.m{{fill:currentColor;stroke:none}}\n\
             {}\n@media(prefers-color-scheme:dark){{{}}}</style>\n\
             <rect class=\"s\" width=\"100%\" height=\"100%\" rx=\"6\" fill=\"currentColor\"/>\n\
             <g transform=\"scale(.2)\" fill=\"none\" stroke=\"currentColor\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n{paths}</g>\n\
             <g fill=\"currentColor\" font-family=\"system-ui,sans-serif\" font-size=\"11.5\">\n{texts}</g>\n</svg>\n",
            colours(false),
            colours(true),
        )
    }
}
