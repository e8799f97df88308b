//! A placed scene as SVG, without any other program.

use super::Theme;
use super::dot::width;
use super::layout::{Spot, font_size, place};
use super::palette::Palette;
use super::scene::{Bundle, Figure, Look, Scene};
use crate::export::style::{Family, tone_name};
use crate::export::xml::escape;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Height of heading and legend on a small picture.
const HEAD: f64 = 118.0;
const MARGIN: f64 = 24.0;

/// Draws the scene.
pub fn write(scene: &Scene, theme: Theme) -> String {
    let palette = Palette::of(theme);
    let spots = place(scene);
    let right = spots.iter().map(|s| s.x + s.width / 2.0).fold(640.0, f64::max) + MARGIN;
    let bottom = spots.iter().map(|s| s.y + s.height / 2.0).fold(40.0, f64::max) + MARGIN;
    // On a large picture the heading must be read from as far away as the rest.
    let zoom = (right / 1300.0).clamp(1.0, 2.2);
    let head = HEAD * zoom;
    let (wide, high) = (right + MARGIN, bottom + head);
    let mut svg = Svg { out: String::new(), palette, labels: Vec::new() };
    svg.line(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" width=\"{wide:.0}\" height=\"{high:.0}\" \
         font-family=\"Helvetica, Arial, sans-serif\" role=\"img\">"
    ));
    svg.line(&format!("<title>{}</title>", escape(&format!("{}, {}", scene.title, scene.subtitle))));
    svg.line(&format!("<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>", palette.paper));
    svg.line(&format!("<g transform=\"scale({zoom:.2})\">"));
    svg.head(scene, wide / zoom);
    svg.line("</g>");
    svg.line(&format!("<g transform=\"translate({MARGIN:.0} {head:.0})\">"));
    svg.grounds(scene, &spots);
    let fan = fan(scene);
    let curves: Vec<Curve> =
        scene.bundles.iter().zip(&fan).map(|(b, bend)| clear(b, &spots, *bend)).collect();
    for (bundle, curve) in scene.bundles.iter().zip(&curves) {
        svg.bundle(bundle, curve);
    }
    for (figure, spot) in scene.nodes.iter().zip(&spots) {
        svg.figure(figure, spot);
    }
    // Labels last, so that no line crosses a word.
    for (bundle, curve) in scene.bundles.iter().zip(&curves) {
        svg.label(bundle, curve, &spots);
    }
    svg.line("</g>");
    svg.line("</svg>");
    svg.out
}

/// How far each bundle bends aside, so that several between two figures stay apart.
fn fan(scene: &Scene) -> Vec<f64> {
    let pair = |b: &Bundle| (b.from.min(b.to), b.from.max(b.to));
    let mut count: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for bundle in &scene.bundles {
        *count.entry(pair(bundle)).or_default() += 1;
    }
    let mut next: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    scene
        .bundles
        .iter()
        .map(|bundle| {
            let n = next.entry(pair(bundle)).or_default();
            let aside = (*n as f64 - (count[&pair(bundle)] as f64 - 1.0) / 2.0) * 52.0;
            *n += 1;
            // The bend is to the left of the direction; both directions of a pair share one fan.
            if bundle.from <= bundle.to { aside } else { -aside }
        })
        .collect()
}

/// A line from border to border.
#[derive(Debug, Clone, Copy)]
struct Curve {
    from: (f64, f64),
    control: (f64, f64),
    to: (f64, f64),
    /// Back to where it came from.
    is_loop: bool,
}

impl Curve {
    fn at(&self, t: f64) -> (f64, f64) {
        let mix = |a: f64, b: f64, c: f64| (1.0 - t) * (1.0 - t) * a + 2.0 * (1.0 - t) * t * b + t * t * c;
        (mix(self.from.0, self.control.0, self.to.0), mix(self.from.1, self.control.1, self.to.1))
    }
}

/// The line with the least bend that crosses the fewest other figures.
fn clear(bundle: &Bundle, spots: &[Spot], bend: f64) -> Curve {
    let straight = curve(bundle, spots, bend);
    if straight.is_loop {
        return straight;
    }
    let crossed = |curve: &Curve| {
        let inside = |s: &Spot, (x, y): (f64, f64)| {
            (s.x - x).abs() < s.width / 2.0 + 3.0 && (s.y - y).abs() < s.height / 2.0 + 3.0
        };
        let others = spots.iter().enumerate().filter(|(n, _)| *n != bundle.from && *n != bundle.to);
        others
            .map(|(_, s)| (1..20).filter(|n| inside(s, curve.at(f64::from(*n) / 20.0))).count())
            .sum::<usize>()
    };
    let mut best = (crossed(&straight), straight);
    for more in [45.0, -45.0, 90.0, -90.0, 150.0, -150.0] {
        if best.0 == 0 {
            break;
        }
        let bent = curve(bundle, spots, bend + more);
        let count = crossed(&bent);
        if count < best.0 {
            best = (count, bent);
        }
    }
    best.1
}

fn curve(bundle: &Bundle, spots: &[Spot], bend: f64) -> Curve {
    let (a, b) = (&spots[bundle.from], &spots[bundle.to]);
    if bundle.from == bundle.to {
        let (left, right) = (a.x - a.width * 0.2, a.x + a.width * 0.2);
        let top = a.y - a.height / 2.0;
        return Curve {
            from: (left, top),
            control: (a.x, top - 60.0 - bend.abs()),
            to: (right, top),
            is_loop: true,
        };
    }
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy).max(1.0);
    let control = ((a.x + b.x) / 2.0 - dy / length * bend, (a.y + b.y) / 2.0 + dx / length * bend);
    Curve { from: border(a, control, 1.0), control, to: border(b, control, 4.0), is_loop: false }
}

/// Where a line from the middle towards `to` leaves the figure, and `gap` beyond.
fn border(spot: &Spot, to: (f64, f64), gap: f64) -> (f64, f64) {
    let (dx, dy) = (to.0 - spot.x, to.1 - spot.y);
    let length = dx.hypot(dy).max(0.01);
    // Between box and ellipse, which fits every shape drawn here.
    let (half_width, half_height) = (spot.width / 2.0, spot.height / 2.0);
    let to_box = (half_width / dx.abs().max(0.01)).min(half_height / dy.abs().max(0.01));
    let to_ellipse = 1.0 / ((dx / half_width).powi(2) + (dy / half_height).powi(2)).sqrt().max(0.01);
    let share = (to_box * 0.5 + to_ellipse * 0.5).min(1.0) + gap / length;
    (spot.x + dx * share, spot.y + dy * share)
}

/// The convex outline of the corners of these spots (Andrew's monotone chain).
fn hull(spots: &[&Spot]) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = spots
        .iter()
        .flat_map(|s| {
            let (w, h) = (s.width / 2.0, s.height / 2.0);
            [(s.x - w, s.y - h), (s.x + w, s.y - h), (s.x - w, s.y + h), (s.x + w, s.y + h)]
        })
        .collect();
    corners.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let half = |corners: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut line: Vec<(f64, f64)> = Vec::new();
        for c in corners {
            while let [.., a, b] = line[..]
                && (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0) <= 0.0
            {
                line.pop();
            }
            line.push(c);
        }
        line.pop();
        line
    };
    let mut outline = half(&mut corners.iter().copied());
    outline.extend(half(&mut corners.iter().rev().copied()));
    outline
}

struct Svg {
    out: String,
    palette: Palette,
    /// Where words stand already.
    labels: Vec<Spot>,
}

impl Svg {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn text(&mut self, (x, y): (f64, f64), size: f64, colour: &str, rest: &str, text: &str) {
        self.line(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.1}\" fill=\"{colour}\"{rest}>{}</text>",
            escape(text)
        ));
    }

    fn head(&mut self, scene: &Scene, wide: f64) {
        let palette = self.palette;
        self.text((MARGIN, 36.0), 22.0, palette.ink, " font-weight=\"bold\"", &scene.title);
        self.text((MARGIN, 56.0), 12.0, palette.soft, "", &scene.subtitle);
        let (mut x, mut y) = (MARGIN, 78.0);
        let mut step = |letters: usize, extra: f64| -> (f64, f64) {
            let width = letters as f64 * 6.0 + extra;
            if x + width > wide - MARGIN {
                (x, y) = (MARGIN, y + 18.0);
            }
            let here = (x, y);
            x += width;
            here
        };
        for family in scene.families() {
            let (x, y) = step(family.name().len(), 34.0);
            let (fill, border) = palette.family(family);
            self.line(&format!(
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"14\" height=\"11\" rx=\"3\" fill=\"{fill}\" stroke=\"{border}\"/>",
                y - 9.0
            ));
            self.text((x + 19.0, y), 11.0, palette.ink, "", family.name());
        }
        for tone in scene.tones() {
            let (x, y) = step(tone_name(tone).len(), 46.0);
            self.line(&format!(
                "<path d=\"M{x:.1} {1:.1}h22\" stroke=\"{0}\" stroke-width=\"2.4\"/>",
                palette.tone(tone),
                y - 4.0
            ));
            self.text((x + 28.0, y), 11.0, palette.tone(tone), "", tone_name(tone));
        }
        for look in scene.looks() {
            let (x, y) = step(look.name().len(), 46.0);
            self.line(&format!(
                "<path d=\"M{x:.1} {1:.1}h22\" stroke=\"{0}\" stroke-width=\"1.8\"{2}/>",
                palette.soft,
                y - 4.0,
                dashes(look)
            ));
            if look == Look::Disputed {
                self.line(&format!(
                    "<path d=\"M{:.1} {:.1}v10\" stroke=\"{}\" stroke-width=\"1.8\"/>",
                    x + 22.0,
                    y - 9.0,
                    palette.soft
                ));
            }
            self.text((x + 28.0, y), 11.0, palette.soft, "", look.name());
        }
    }

    /// A soft ground under the figures of each cluster, with its name.
    fn grounds(&mut self, scene: &Scene, spots: &[Spot]) {
        let mut members: BTreeMap<&str, Vec<&Spot>> = BTreeMap::new();
        for (figure, spot) in scene.nodes.iter().zip(spots) {
            if let Some(cluster) = &figure.cluster {
                members.entry(cluster).or_default().push(spot);
            }
        }
        for (name, spots) in members.into_iter().filter(|(_, spots)| spots.len() > 1) {
            let hull = hull(&spots);
            let points: Vec<String> = hull.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let faint = self.palette.faint;
            self.line(&format!(
                "<polygon points=\"{}\" fill=\"{faint}\" stroke=\"{faint}\" stroke-width=\"18\" stroke-linejoin=\"round\" opacity=\"0.4\"/>",
                points.join(" ")
            ));
            let top = hull.iter().copied().fold((0.0, f64::INFINITY), |a, b| if b.1 < a.1 { b } else { a });
            self.text((top.0, top.1 - 1.0), 10.0, self.palette.soft, " font-style=\"italic\"", name);
        }
    }

    fn bundle(&mut self, bundle: &Bundle, curve: &Curve) {
        let colour = self.palette.line(bundle);
        let thick = width(bundle);
        let ((x1, y1), (cx, cy), (x2, y2)) = (curve.from, curve.control, curve.to);
        self.line(&format!("<g><title>{}</title>", escape(&bundle.tooltip)));
        self.line(&format!(
            "<path d=\"M{x1:.1} {y1:.1}Q{cx:.1} {cy:.1} {x2:.1} {y2:.1}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thick:.1}\"{}/>",
            dashes(bundle.look)
        ));
        let (dx, dy) = (x2 - cx, y2 - cy);
        let length = dx.hypot(dy).max(0.01);
        let (ux, uy) = (dx / length, dy / length);
        let size = 6.0 + thick * 1.5;
        if bundle.symmetric {
            // Holds both ways: no head.
        } else if bundle.look == Look::Disputed {
            self.line(&format!(
                "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{colour}\" stroke-width=\"{thick:.1}\"/>",
                x2 - uy * size * 0.7,
                y2 + ux * size * 0.7,
                x2 + uy * size * 0.7,
                y2 - ux * size * 0.7
            ));
        } else {
            let (bx, by) = (x2 - ux * size, y2 - uy * size);
            self.line(&format!(
                "<path d=\"M{x2:.1} {y2:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{colour}\"/>",
                bx - uy * size * 0.45,
                by + ux * size * 0.45,
                bx + uy * size * 0.45,
                by - ux * size * 0.45
            ));
        }
        self.line("</g>");
    }

    fn figure(&mut self, figure: &Figure, spot: &Spot) {
        let (fill, border) = self.palette.family(figure.family);
        let thick = 1.0 + figure.weight * 1.4;
        let look = format!("fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"{thick:.1}\"");
        self.line(&format!("<g><title>{}</title>", escape(&figure.tooltip)));
        self.shape(figure.family, spot, &look, border);
        let size = font_size(figure.weight);
        let first = spot.y - (figure.lines.len() as f64 - 1.0) * size * 0.6 + size * 0.35;
        for (n, line) in figure.lines.iter().enumerate() {
            let at = (spot.x, first + n as f64 * size * 1.2);
            self.text(at, size, self.palette.ink, " text-anchor=\"middle\"", line);
        }
        self.line("</g>");
    }

    fn shape(&mut self, family: Family, spot: &Spot, look: &str, border: &str) {
        let (w, h) = (spot.width / 2.0, spot.height / 2.0);
        let polygon = |points: &[(f64, f64)]| {
            let mut path = String::new();
            for (x, y) in points {
                let _ = write!(path, "{:.1},{:.1} ", spot.x + x * w, spot.y + y * h);
            }
            format!("<polygon points=\"{}\" {look}/>", path.trim_end())
        };
        let shape = match family {
            Family::State => format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"7\" {look}/>",
                spot.x - w,
                spot.y - h,
                w * 2.0,
                h * 2.0
            ),
            Family::Person | Family::People => {
                format!(
                    "<ellipse cx=\"{:.1}\" cy=\"{:.1}\" rx=\"{w:.1}\" ry=\"{h:.1}\" {look}/>",
                    spot.x, spot.y
                )
            }
            Family::ArmedGroup => polygon(&[
                (-0.82, -1.0),
                (0.82, -1.0),
                (1.0, -0.45),
                (1.0, 0.45),
                (0.82, 1.0),
                (-0.82, 1.0),
                (-1.0, 0.45),
                (-1.0, -0.45),
            ]),
            Family::Organization => {
                polygon(&[(-0.86, -1.0), (0.86, -1.0), (1.0, 0.0), (0.86, 1.0), (-0.86, 1.0), (-1.0, 0.0)])
            }
            Family::Place => polygon(&[(0.0, -1.25), (1.0, -0.6), (1.0, 1.0), (-1.0, 1.0), (-1.0, -0.6)]),
            Family::Event => polygon(&[(-1.0, -1.0), (0.86, -1.0), (1.0, -0.6), (1.0, 1.0), (-1.0, 1.0)]),
        };
        self.line(&shape);
        if family == Family::People {
            self.line(&format!(
                "<ellipse cx=\"{:.1}\" cy=\"{:.1}\" rx=\"{:.1}\" ry=\"{:.1}\" fill=\"none\" stroke=\"{border}\" stroke-width=\"0.8\"/>",
                spot.x,
                spot.y,
                w - 3.5,
                h - 3.5
            ));
        }
    }

    /// Words beside the line, where they cover neither a figure nor other words.
    fn label(&mut self, bundle: &Bundle, curve: &Curve, spots: &[Spot]) {
        let size = 10.0;
        let letters = bundle.lines.iter().map(|l| l.chars().count()).max().unwrap_or(0);
        let (width, height) = (letters as f64 * size * 0.54, bundle.lines.len() as f64 * size * 1.15);
        let along: &[f64] = if curve.is_loop { &[0.5] } else { &[0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] };
        let mut best: Option<(f64, Spot)> = None;
        for t in along {
            let (x, y) = curve.at(*t);
            for aside in [0.0, -0.9, 0.9] {
                let spot = Spot { x, y: y + aside * height, width, height };
                let covered: f64 = spots.iter().chain(&self.labels).map(|o| shared(&spot, o)).sum();
                // On the line and at its middle reads best, where it costs nothing else.
                let cost = covered + (t - 0.5).abs() * 20.0 + f64::abs(aside) * 12.0;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, spot));
                }
            }
        }
        let Some((cost, chosen)) = best else { return };
        // Words on top of words say nothing; the line's tooltip still does.
        if cost > width * height * 0.6 + 20.0 {
            return;
        }
        self.labels.push(chosen);
        let halo = format!(
            " text-anchor=\"middle\" paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"3\" stroke-linejoin=\"round\"",
            self.palette.paper
        );
        let first = chosen.y - (bundle.lines.len() as f64 - 1.0) * size * 0.575 + size * 0.33;
        for (n, line) in bundle.lines.iter().enumerate() {
            let at = (chosen.x, first + n as f64 * size * 1.15);
            self.text(at, size, self.palette.line(bundle), &halo, line);
        }
    }
}

/// Paper that both cover.
fn shared(a: &Spot, b: &Spot) -> f64 {
    let wide = ((a.width + b.width) / 2.0 - (a.x - b.x).abs()).min(a.width);
    let high = ((a.height + b.height) / 2.0 - (a.y - b.y).abs()).min(a.height);
    wide.max(0.0) * high.max(0.0)
}

fn dashes(look: Look) -> &'static str {
    match look {
        Look::Solid => "",
        Look::Dashed | Look::Disputed => " stroke-dasharray=\"7 4\"",
        Look::Dotted => " stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"",
    }
}
