//! Places for the figures of a scene without Graphviz: distances on paper follow distances in the
//! graph (stress majorisation), then boxes that overlap are pushed apart and components packed.

use super::scene::Scene;
use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

/// Where a figure stands: its middle and its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Spot {
    fn overlaps(&self, other: &Self, gap: f64) -> Option<(f64, f64)> {
        // Words lie flat: between neighbours in a row they need more room than between rows.
        let dx = (self.width + other.width) / 2.0 + gap * 2.6 - (self.x - other.x).abs();
        let dy = (self.height + other.height) / 2.0 + gap - (self.y - other.y).abs();
        (dx > 0.0 && dy > 0.0).then_some((dx, dy))
    }
}

/// Paper between two linked figures, besides their own size: room for the words on the line.
const LINK: f64 = 84.0;
/// Paper around a figure.
const GAP: f64 = 22.0;

/// Places every figure; the upper left corner of the whole is near the origin.
pub fn place(scene: &Scene) -> Vec<Spot> {
    let mut spots: Vec<Spot> = scene
        .nodes
        .iter()
        .map(|figure| {
            let size = font_size(figure.weight);
            let letters = figure.lines.iter().map(|l| l.chars().count()).max().unwrap_or(1);
            Spot {
                x: 0.0,
                y: 0.0,
                width: letters as f64 * size * 0.58 + 26.0,
                height: figure.lines.len() as f64 * size * 1.2 + 16.0,
            }
        })
        .collect();
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); spots.len()];
    for bundle in scene.bundles.iter().filter(|b| b.from != b.to) {
        near[bundle.from].push(bundle.to);
        near[bundle.to].push(bundle.from);
    }
    // Members of a cluster keep near its first, linked or not.
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, figure) in scene.nodes.iter().enumerate() {
        if let Some(cluster) = &figure.cluster {
            let head = *first.entry(cluster).or_insert(n);
            if head != n {
                near[head].push(n);
                near[n].push(head);
            }
        }
    }
    for links in &mut near {
        links.sort_unstable();
        links.dedup();
    }
    let components = components(&near);
    for component in &components {
        settle(component, &near, &mut spots);
        spread(component, &mut spots);
        push_apart(component, &mut spots);
    }
    pack(&components, &mut spots);
    spots
}

/// Larger letters for who matters.
pub fn font_size(weight: f64) -> f64 {
    11.0 + 13.0 * weight.sqrt()
}

fn components(near: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; near.len()];
    let mut components = Vec::new();
    for start in 0..near.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut component = vec![start];
        let mut at = 0;
        while at < component.len() {
            for &other in &near[component[at]] {
                if !std::mem::replace(&mut seen[other], true) {
                    component.push(other);
                }
            }
            at += 1;
        }
        components.push(component);
    }
    components
}

/// Steps from `start` to every figure of its component.
fn steps_from(start: usize, near: &[Vec<usize>], steps: &mut [u32]) {
    steps.fill(u32::MAX);
    steps[start] = 0;
    let mut queue = VecDeque::from([start]);
    while let Some(here) = queue.pop_front() {
        for &other in &near[here] {
            if steps[other] == u32::MAX {
                steps[other] = steps[here] + 1;
                queue.push_back(other);
            }
        }
    }
}

/// Of more figures than this, only distances to neighbours, landmarks and a sample count.
const ALL_PAIRS: usize = 500;
/// So many landmarks.
const LANDMARKS: usize = 48;
/// So many others a figure, by their way over a landmark; without them, partners of one party would stand
/// in one spot.
const SAMPLE: usize = 30;

/// Stress majorisation: each figure goes where its wished distances to others put it on average.
fn settle(component: &[usize], near: &[Vec<usize>], spots: &mut [Spot]) {
    let count = component.len();
    // A spiral in order of weight: the sequence of figures is fixed, so is the picture.
    for (n, &ix) in component.iter().enumerate() {
        let (radius, angle) = (LINK * 0.7 * (n as f64).sqrt(), n as f64 * 2.399_963);
        spots[ix].x = radius * angle.cos();
        spots[ix].y = radius * angle.sin();
    }
    let wishes = wishes(component, near, spots);
    let rounds = if count <= 200 { 150 } else { 80 };
    for _ in 0..rounds {
        for (&ix, wishes) in component.iter().zip(&wishes) {
            let (mut x, mut y, mut weights) = (0.0, 0.0, 0.0);
            let here = spots[ix];
            for wish in wishes {
                let there = spots[wish.from];
                let (dx, dy) = (here.x - there.x, here.y - there.y);
                let length = dx.hypot(dy).max(0.01);
                x += wish.weight * (there.x + dx / length * wish.distance);
                y += wish.weight * (there.y + dy / length * wish.distance);
                weights += wish.weight;
            }
            if weights > 0.0 {
                spots[ix].x = x / weights;
                spots[ix].y = y / weights;
            }
        }
    }
    // Names are wide and low, so is paper.
    for &ix in component {
        spots[ix].x *= 1.15;
    }
}

/// How far from another figure one would stand, and how much that counts.
#[derive(Debug, Clone, Copy)]
struct Wish {
    from: usize,
    distance: f64,
    weight: f64,
}

/// The wishes of each figure of a component.
fn wishes(component: &[usize], near: &[Vec<usize>], spots: &[Spot]) -> Vec<Vec<Wish>> {
    // Who has many partners needs more room around, and so do long names.
    let room = |n: usize| 1.0 + (near[n].len() as f64).ln_1p() * 0.12;
    let extent = |n: usize| (spots[n].width + spots[n].height) / 4.0;
    let distance = |a: usize, b: usize, steps: u32| {
        f64::from(steps) * LINK * (room(a) + room(b)) / 2.0 + extent(a) + extent(b)
    };
    let mut steps = vec![0_u32; near.len()];
    let mut wishes: Vec<Vec<Wish>> = vec![Vec::new(); component.len()];
    let all = component.len() <= ALL_PAIRS;
    let marks = if all { component.len() } else { LANDMARKS };
    // Each landmark is the figure farthest from those before it.
    let mut farness = vec![u32::MAX; component.len()];
    let mut landmarks: Vec<Vec<u32>> = Vec::new();
    let mut mark = 0;
    for n in 0..marks {
        mark = if all { n } else { mark };
        let from = component[mark];
        steps_from(from, near, &mut steps);
        for ((&ix, wishes), far) in component.iter().zip(&mut wishes).zip(&mut farness) {
            *far = steps[ix].min(*far);
            if ix != from {
                let distance = distance(from, ix, steps[ix]);
                wishes.push(Wish { from, distance, weight: 1.0 / (distance * distance) });
            }
        }
        if !all {
            landmarks.push(component.iter().map(|&ix| steps[ix]).collect());
        }
        mark = (0..component.len()).max_by_key(|&n| (farness[n], Reverse(n))).unwrap_or(0);
    }
    if !all {
        let count = component.len();
        let mut number = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..SAMPLE / 2 {
            // One stride for everybody: each figure is sampled by as many as it samples.
            number = (number ^ (number >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let stride = 1 + (number >> 33) as usize % (count - 1);
            for n in 0..count {
                let other = (n + stride) % count;
                let over = landmarks.iter().map(|steps| steps[n] + steps[other]).min().unwrap_or(1);
                let distance = distance(component[n], component[other], over);
                let weight = 1.0 / (distance * distance);
                wishes[n].push(Wish { from: component[other], distance, weight });
                wishes[other].push(Wish { from: component[n], distance, weight });
            }
        }
        for (&ix, wishes) in component.iter().zip(&mut wishes) {
            for &from in &near[ix] {
                let distance = distance(from, ix, 1);
                wishes.push(Wish { from, distance, weight: 2.0 / (distance * distance) });
            }
        }
    }
    wishes
}

/// Gives a component as much paper as its figures and the lines between them need, where many partners
/// have drawn it together.
fn spread(component: &[usize], spots: &mut [Spot]) {
    if component.len() < 3 {
        return;
    }
    let needed: f64 =
        component.iter().map(|&n| (spots[n].width + 2.6 * GAP) * (spots[n].height + GAP)).sum::<f64>() * 1.6;
    // The middle is what gets crowded, so that outliers must not count as room.
    let deviation = |f: fn(&Spot) -> f64| {
        let of = component.iter().map(|&n| f(&spots[n]));
        let mean = of.clone().sum::<f64>() / component.len() as f64;
        (of.map(|v| (v - mean).powi(2)).sum::<f64>() / component.len() as f64).sqrt()
    };
    let factor = (needed / (8.0 * deviation(|s| s.x) * deviation(|s| s.y)).max(1.0)).sqrt();
    if factor > 1.0 {
        for &n in component {
            spots[n].x *= factor;
            spots[n].y *= factor;
        }
    }
}

fn push_apart(component: &[usize], spots: &mut [Spot]) {
    let widest = component.iter().map(|&n| spots[n].width).fold(0.0, f64::max) + 3.0 * GAP;
    let rounds = if component.len() <= ALL_PAIRS { 200 } else { 60 };
    for _ in 0..rounds {
        let mut order: Vec<usize> = component.to_vec();
        order.sort_by(|&a, &b| spots[a].x.total_cmp(&spots[b].x).then(a.cmp(&b)));
        let mut moved = false;
        for i in 0..order.len() {
            for j in i + 1..order.len() {
                let (a, b) = (order[i], order[j]);
                if spots[b].x - spots[a].x > widest {
                    break;
                }
                let Some((dx, dy)) = spots[a].overlaps(&spots[b], GAP) else { continue };
                moved = true;
                if dx < dy {
                    let by = dx / 2.0 + 0.5;
                    spots[a].x -= by;
                    spots[b].x += by;
                } else {
                    let by = dy / 2.0 + 0.5;
                    let sign = if (spots[a].y, a) <= (spots[b].y, b) { 1.0 } else { -1.0 };
                    spots[a].y -= by * sign;
                    spots[b].y += by * sign;
                }
            }
        }
        if !moved {
            return;
        }
    }
}

/// What a component covers of the paper.
#[derive(Debug, Clone, Copy)]
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Frame {
    fn around(component: &[usize], spots: &[Spot]) -> Self {
        let low = |f: fn(&Spot) -> f64| component.iter().map(|&n| f(&spots[n])).fold(f64::INFINITY, f64::min);
        let (left, top) = (low(|s| s.x - s.width / 2.0), low(|s| s.y - s.height / 2.0));
        let (right, bottom) = (-low(|s| -s.x - s.width / 2.0), -low(|s| -s.y - s.height / 2.0));
        Self { left, top, width: right - left + 2.0 * GAP, height: bottom - top + 2.0 * GAP }
    }

    fn covers(&self, other: &Self) -> bool {
        self.left < other.left + other.width - 0.01
            && other.left < self.left + self.width - 0.01
            && self.top < other.top + other.height - 0.01
            && other.top < self.top + self.height - 0.01
    }
}

/// Width to height of the whole paper.
const ASPECT: f64 = 1.5;
/// So many components are fitted into gaps; the rest, which are small, stand in rows below.
const FITTED: usize = 250;

/// Puts components beside each other, the largest first, each where the paper grows least.
fn pack(components: &[Vec<usize>], spots: &mut [Spot]) {
    let frames: Vec<Frame> = components.iter().map(|c| Frame::around(c, spots)).collect();
    let mut order: Vec<usize> = (0..frames.len()).collect();
    let area = |n: usize| frames[n].width * frames[n].height;
    order.sort_by(|&a, &b| area(b).total_cmp(&area(a)).then(a.cmp(&b)));
    let mut placed: Vec<Frame> = Vec::new();
    let (mut right, mut bottom) = (0.0_f64, 0.0_f64);
    let (mut row_x, mut row_height) = (0.0_f64, 0.0_f64);
    for (rank, c) in order.into_iter().enumerate() {
        let frame = frames[c];
        let (x, y) = if rank < FITTED {
            fitting(&frame, &placed, right, bottom)
        } else {
            if row_x + frame.width > right {
                bottom += row_height;
                (row_x, row_height) = (0.0, 0.0);
            }
            row_x += frame.width;
            row_height = row_height.max(frame.height);
            (row_x - frame.width, bottom)
        };
        if rank < FITTED {
            placed.push(Frame { left: x, top: y, ..frame });
            (right, bottom) = (right.max(x + frame.width), bottom.max(y + frame.height));
        }
        for &n in &components[c] {
            spots[n].x += x + GAP - frame.left;
            spots[n].y += y + GAP - frame.top;
        }
    }
}

/// The corner of a placed frame where this one fits and stretches the paper least.
fn fitting(frame: &Frame, placed: &[Frame], right: f64, bottom: f64) -> (f64, f64) {
    let lefts = std::iter::once(0.0).chain(placed.iter().map(|f| f.left + f.width));
    let mut best: Option<(f64, f64, f64)> = None;
    for left in lefts {
        for top in std::iter::once(0.0).chain(placed.iter().map(|f| f.top + f.height)) {
            let (wide, high) = (right.max(left + frame.width), bottom.max(top + frame.height));
            // The longer side of the paper counts first, then nearness to its upper left corner.
            let cost = wide.max(high * ASPECT) + 0.01 * (left + top * ASPECT);
            if best.is_some_and(|(least, ..)| cost >= least) {
                continue;
            }
            let here = Frame { left, top, ..*frame };
            if !placed.iter().any(|other| other.covers(&here)) {
                best = Some((cost, left, top));
            }
        }
    }
    best.map_or((0.0, bottom), |(_, left, top)| (left, top))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{DrawOptions, scene::Scene};
    use crate::graph::sample::{articles, graph};

    #[test]
    fn no_two_figures_overlap_and_the_picture_is_the_same_each_time() {
        let scene = Scene::of(&graph(&articles()), &DrawOptions::default());
        let spots = place(&scene);
        for (n, a) in spots.iter().enumerate() {
            assert!(a.x.is_finite() && a.y.is_finite());
            assert!(spots[n + 1..].iter().all(|b| a.overlaps(b, 0.0).is_none()), "{a:?}");
        }
        assert_eq!(spots, place(&scene));
    }

    #[test]
    fn hundreds_of_partners_of_one_party_do_not_stand_in_one_spot() {
        let mut scene = Scene::of(&graph(&articles()), &DrawOptions::default());
        let (figure, bundle) = (scene.nodes[0].clone(), scene.bundles[0].clone());
        scene.nodes = vec![figure; 700];
        scene.bundles =
            (1..700).map(|to| crate::draw::scene::Bundle { from: 0, to, ..bundle.clone() }).collect();
        let spots = place(&scene);
        let crowded =
            |n: usize| spots[n + 1..].iter().filter(|b| spots[n].overlaps(b, 0.0).is_some()).count();
        let overlaps: usize = (0..spots.len()).map(crowded).sum();
        // At the rim some touch; in one spot there would be a quarter of a million.
        assert!(overlaps < 200, "{overlaps} overlaps");
        assert_eq!(spots, place(&scene));
    }
}
