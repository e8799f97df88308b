// @ts-check
// Draws the selection on a canvas and tells what lies under a point.
import { data } from "./data.js";
import { state } from "./state.js";
import { label } from "./select.js";

/** @typedef {import("./select.js").Bundle} Bundle */
/** @typedef {import("./select.js").Selection} Selection */
/** @typedef {import("./data.js").Palette} Palette */
/** @typedef {{ax: number, ay: number, cx: number, cy: number, bx: number, by: number}} Curve */

/** Dashes by look: solid, dashed, dotted, disputed. @type {number[][]} */
export const DASHES = [[], [7, 4], [1.5, 4], [7, 4]];
const FONT = "Helvetica, Arial, sans-serif";
/** Width of a cell of the spatial index, in units of the graph. */
const CELL = 240;
/** Height of letters on the screen below which a name is written apart from its figure, if at all. */
const READABLE = 7;
/** Lines in one path; long paths are slow where no graphics card helps. */
const PATH = 40;
/** Lines drawn while the view moves; all are drawn when it rests. */
const WHILE_MOVING = 2500;

/** Nodes by cell, so that a point is compared with few. @type {Map<string, number[]>} */
const cells = new Map();
data.nodes.forEach((node, n) => {
  for (let x = Math.floor((node.x - node.w / 2) / CELL); x <= Math.floor((node.x + node.w / 2) / CELL); x++) {
    for (let y = Math.floor((node.y - node.h / 2) / CELL); y <= Math.floor((node.y + node.h / 2) / CELL); y++) {
      const key = `${x},${y}`;
      const known = cells.get(key);
      if (known) known.push(n);
      else cells.set(key, [n]);
    }
  }
});

/** Heaviest first, for labels when far away. */
const byWeight = data.nodes.map((_, n) => n).sort((a, b) => data.nodes[b].weight - data.nodes[a].weight || a - b);

/** Lines worked out already; figures never move. @type {WeakMap<Bundle, Curve>} */
const curves = new WeakMap();

/**
 * The line of a bundle, from border to border.
 * @param {Bundle} bundle
 * @returns {Curve}
 */
export function curveOf(bundle) {
  const known = curves.get(bundle);
  if (known) return known;
  const made = bend(bundle);
  curves.set(bundle, made);
  return made;
}

/**
 * @param {Bundle} bundle
 * @returns {Curve}
 */
function bend(bundle) {
  const a = data.nodes[bundle.from];
  const b = data.nodes[bundle.to];
  if (bundle.from === bundle.to) {
    const top = a.y - a.h / 2;
    return { ax: a.x - a.w * 0.2, ay: top, cx: a.x, cy: top - 60 - Math.abs(bundle.bend), bx: a.x + a.w * 0.2, by: top };
  }
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.max(Math.hypot(dx, dy), 1);
  const cx = (a.x + b.x) / 2 - (dy / length) * bundle.bend;
  const cy = (a.y + b.y) / 2 + (dx / length) * bundle.bend;
  const [ax, ay] = border(a, cx, cy, 1);
  const [bx, by] = border(b, cx, cy, 4);
  return { ax, ay, cx, cy, bx, by };
}

/**
 * Where a line towards a point leaves a node.
 * @param {import("./data.js").GraphNode} node
 * @param {number} x
 * @param {number} y
 * @param {number} gap
 * @returns {[number, number]}
 */
function border(node, x, y, gap) {
  const [dx, dy] = [x - node.x, y - node.y];
  const length = Math.max(Math.hypot(dx, dy), 0.01);
  const box = Math.min(node.w / 2 / Math.max(Math.abs(dx), 0.01), node.h / 2 / Math.max(Math.abs(dy), 0.01));
  const ellipse = 1 / Math.max(Math.hypot(dx / (node.w / 2), dy / (node.h / 2)), 0.01);
  const share = Math.min((box + ellipse) / 2, 1) + gap / length;
  return [node.x + dx * share, node.y + dy * share];
}

/**
 * A point of a curve.
 * @param {Curve} c
 * @param {number} t  0 to 1
 * @returns {[number, number]}
 */
export function pointOf(c, t) {
  const s = 1 - t;
  return [s * s * c.ax + 2 * s * t * c.cx + t * t * c.bx, s * s * c.ay + 2 * s * t * c.cy + t * t * c.by];
}

/**
 * The outline of a node by family, on any path.
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./data.js").GraphNode} node
 */
function outline(pen, node) {
  const [w, h] = [node.w / 2, node.h / 2];
  /** @param {number[][]} points */
  const polygon = (points) => {
    for (const [x, y] of points) pen.lineTo(node.x + x * w, node.y + y * h);
    pen.closePath();
  };
  pen.beginPath();
  switch (node.family) {
    case 0:
      pen.roundRect(node.x - w, node.y - h, node.w, node.h, 7);
      break;
    case 1:
      polygon([[-0.82, -1], [0.82, -1], [1, -0.45], [1, 0.45], [0.82, 1], [-0.82, 1], [-1, 0.45], [-1, -0.45]]);
      break;
    case 2:
      polygon([[-0.86, -1], [0.86, -1], [1, 0], [0.86, 1], [-0.86, 1], [-1, 0]]);
      break;
    case 3:
    case 4:
      pen.ellipse(node.x, node.y, w, h, 0, 0, 2 * Math.PI);
      break;
    case 5:
      polygon([[0, -1.25], [1, -0.6], [1, 1], [-1, 1], [-1, -0.6]]);
      break;
    default:
      polygon([[-1, -1], [0.86, -1], [1, -0.6], [1, 1], [-1, 1]]);
  }
}

/** @param {number} weight */
export function fontSize(weight) {
  return 11 + 13 * Math.sqrt(weight);
}

/** The scale and shift that turn points of the graph into points of the screen. */
export function view(/** @type {number} */ width, /** @type {number} */ height) {
  return { k: state.zoom, dx: width / 2 - state.x * state.zoom, dy: height / 2 - state.y * state.zoom };
}

/**
 * Moves so that every visible node is seen.
 * @param {Selection} selection
 * @param {number} width
 * @param {number} height
 */
export function fit(selection, width, height) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  data.nodes.forEach((node, n) => {
    if (!selection.nodes[n]) return;
    left = Math.min(left, node.x - node.w / 2);
    right = Math.max(right, node.x + node.w / 2);
    top = Math.min(top, node.y - node.h / 2);
    bottom = Math.max(bottom, node.y + node.h / 2);
  });
  if (left > right) [left, top, right, bottom] = [0, 0, 100, 100];
  // The legend stands at the foot.
  const foot = 44;
  state.zoom = Math.max(Math.min((width - 40) / (right - left), (height - 40 - foot) / (bottom - top), 1.6), 0.01);
  state.x = (left + right) / 2;
  state.y = (top + bottom) / 2 + foot / 2 / state.zoom;
}

/**
 * Draws everything.
 * @param {CanvasRenderingContext2D} pen
 * @param {Selection} selection
 * @param {Palette} palette
 * @param {number} width
 * @param {number} height
 * @param {number} ratio  pixels of the device per pixel of the page
 * @param {boolean} isMoving
 */
export function paint(pen, selection, palette, width, height, ratio, isMoving) {
  const { k, dx, dy } = view(width, height);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = palette.paper;
  pen.fillRect(0, 0, width, height);
  pen.setTransform(ratio * k, 0, 0, ratio * k, ratio * dx, ratio * dy);
  const [left, top, right, bottom] = [-dx / k, -dy / k, (width - dx) / k, (height - dy) / k];
  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  const isSeen = (x, y, w, h) => x + w > left && x - w < right && y + h > top && y - h < bottom;
  const chosen = new Set(state.edges);
  const isQuiet = state.node !== null || chosen.size > 0;
  const onScreen = selection.bundles.filter((b) => {
    const [a, c] = [data.nodes[b.from], data.nodes[b.to]];
    return isSeen((a.x + c.x) / 2, (a.y + c.y) / 2, Math.abs(a.x - c.x) / 2 + 120, Math.abs(a.y - c.y) / 2 + 120);
  });
  const seen = isMoving ? onScreen.slice(0, WHILE_MOVING) : onScreen;
  /** @param {Bundle} b */
  const matters = (b) =>
    !isQuiet || b.edges.some((e) => chosen.has(e)) || (chosen.size === 0 && (b.from === state.node || b.to === state.node));
  lines(pen, seen, palette, k, matters, (b) => b.edges.some((e) => chosen.has(e)));
  data.nodes.forEach((node, n) => {
    if (selection.nodes[n] && isSeen(node.x, node.y, node.w / 2, node.h / 2)) figure(pen, n, palette, k);
  });
  if (k > 0.45) {
    /** @type {number[][]} */
    const taken = [];
    for (const bundle of seen) {
      if (matters(bundle) || k > 0.8) words(pen, bundle, palette, taken);
    }
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (11 * k < READABLE) names(pen, selection, palette, k, dx, dy, width, height);
}

/**
 * Lines that look alike are one path, which is what makes many of them fast.
 * @param {CanvasRenderingContext2D} pen
 * @param {Bundle[]} bundles
 * @param {Palette} palette
 * @param {number} k
 * @param {(bundle: Bundle) => boolean} matters
 * @param {(bundle: Bundle) => boolean} isChosen
 */
function lines(pen, bundles, palette, k, matters, isChosen) {
  /** @type {Map<string, {first: Bundle, thick: number, strength: number, all: Bundle[]}>} */
  const groups = new Map();
  for (const bundle of bundles) {
    const strength = matters(bundle) ? 1 : 0.25;
    const wide = Math.min(1.1 + Math.log(bundle.edges.length) * 0.9, 4) * (isChosen(bundle) ? 2 : 1);
    const thick = Math.round(wide * 2) / 2;
    const key = [bundle.tone, bundle.look, strength, thick].join();
    const known = groups.get(key);
    if (known) known.all.push(bundle);
    else groups.set(key, { first: bundle, thick, strength, all: [bundle] });
  }
  // What is dim lies below.
  for (const { first, thick, strength, all } of [...groups.values()].sort((a, b) => a.strength - b.strength)) {
    const colour = first.look === 3 ? "#8C8C8C" : palette.tones[first.tone];
    pen.globalAlpha = strength * (bundles.length > 4000 ? 0.5 : 1);
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = thick * Math.max(1, 0.35 / k);
    pen.setLineDash(k > 0.25 ? DASHES[first.look] : []);
    for (let at = 0; at < all.length; at += PATH) {
      pen.beginPath();
      for (const bundle of all.slice(at, at + PATH)) {
        const c = curveOf(bundle);
        pen.moveTo(c.ax, c.ay);
        if (k > 0.12) pen.quadraticCurveTo(c.cx, c.cy, c.bx, c.by);
        else pen.lineTo(c.bx, c.by);
      }
      pen.stroke();
    }
    pen.setLineDash([]);
    if (k > 0.2) heads(pen, all, 6 + thick * 1.5);
  }
  pen.globalAlpha = 1;
}

/**
 * Heads of lines that look alike: a bar for what is disputed, an arrow for the rest, none where it holds both ways.
 * @param {CanvasRenderingContext2D} pen
 * @param {Bundle[]} bundles
 * @param {number} size
 */
function heads(pen, bundles, size) {
  pen.beginPath();
  for (const bundle of bundles) {
    if (bundle.symmetric) continue;
    const c = curveOf(bundle);
    const length = Math.max(Math.hypot(c.bx - c.cx, c.by - c.cy), 0.01);
    const [ux, uy] = [(c.bx - c.cx) / length, (c.by - c.cy) / length];
    if (bundle.look === 3) {
      pen.moveTo(c.bx - uy * size * 0.7, c.by + ux * size * 0.7);
      pen.lineTo(c.bx + uy * size * 0.7, c.by - ux * size * 0.7);
    } else {
      pen.moveTo(c.bx, c.by);
      pen.lineTo(c.bx - ux * size - uy * size * 0.45, c.by - uy * size + ux * size * 0.45);
      pen.lineTo(c.bx - ux * size + uy * size * 0.45, c.by - uy * size - ux * size * 0.45);
      pen.closePath();
    }
  }
  if (bundles[0].look === 3) pen.stroke();
  else pen.fill();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} n
 * @param {Palette} palette
 * @param {number} k
 */
function figure(pen, n, palette, k) {
  const node = data.nodes[n];
  const [fill, edge] = palette.families[node.family];
  pen.fillStyle = fill;
  pen.strokeStyle = n === state.node ? palette.ink : edge;
  if (node.w * k < 12) {
    // From far away a figure is a spot.
    pen.fillStyle = n === state.node ? palette.ink : edge;
    const size = Math.max(3, node.w * k * 0.6) / k;
    pen.fillRect(node.x - size / 2, node.y - size / 2, size, size);
    return;
  }
  pen.lineWidth = n === state.node ? 3.5 : 1 + node.weight * 1.4;
  outline(pen, node);
  pen.fill();
  pen.stroke();
  const size = fontSize(node.weight);
  // Letters too small to read cost time and say nothing.
  if (size * k < READABLE) return;
  pen.font = `${size}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = palette.ink;
  node.lines.forEach((text, row) => {
    pen.fillText(text, node.x, node.y + (row - (node.lines.length - 1) / 2) * size * 1.2);
  });
}

/**
 * Words on a line, where no others stand.
 * @param {CanvasRenderingContext2D} pen
 * @param {Bundle} bundle
 * @param {Palette} palette
 * @param {number[][]} taken
 */
function words(pen, bundle, palette, taken) {
  const lines = label(bundle);
  const size = 10;
  pen.font = `${size}px ${FONT}`;
  const w = Math.max(...lines.map((text) => pen.measureText(text).width)) / 2;
  const h = (lines.length * size * 1.15) / 2;
  const curve = curveOf(bundle);
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66]) {
    const [x, y] = pointOf(curve, t);
    if (taken.some(([ox, oy, ow, oh]) => Math.abs(x - ox) < w + ow && Math.abs(y - oy) < h + oh)) continue;
    if (nodesNear(x, y, w, h)) continue;
    taken.push([x, y, w, h]);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 3;
    pen.lineJoin = "round";
    pen.strokeStyle = palette.paper;
    pen.fillStyle = bundle.look === 3 ? "#8C8C8C" : palette.tones[bundle.tone];
    lines.forEach((text, row) => {
      const at = y + (row - (lines.length - 1) / 2) * size * 1.15;
      pen.strokeText(text, x, at);
      pen.fillText(text, x, at);
    });
    return;
  }
}

/** Whether a node lies under words. */
function nodesNear(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h) {
  const under = cells.get(`${Math.floor(x / CELL)},${Math.floor(y / CELL)}`) ?? [];
  return under.some((n) => {
    const o = data.nodes[n];
    return Math.abs(x - o.x) < w + o.w / 2 && Math.abs(y - o.y) < h + o.h / 2;
  });
}

/**
 * From far away, the names of the heaviest, as many as fit.
 * @param {CanvasRenderingContext2D} pen
 * @param {Selection} selection
 * @param {Palette} palette
 * @param {number} k
 * @param {number} dx
 * @param {number} dy
 * @param {number} width
 * @param {number} height
 */
function names(pen, selection, palette, k, dx, dy, width, height) {
  /** @type {number[][]} */
  const taken = [];
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const n of byWeight) {
    const node = data.nodes[n];
    const [x, y] = [node.x * k + dx, node.y * k + dy];
    const own = fontSize(node.weight) * k;
    if (!selection.nodes[n] || own >= READABLE || x < 0 || y < 0 || x > width || y > height) continue;
    const size = Math.max(9, Math.min(13, 8 + node.weight * 6));
    pen.font = `${size}px ${FONT}`;
    const w = pen.measureText(node.name).width / 2 + 3;
    if (taken.some(([ox, oy, ow]) => Math.abs(x - ox) < w + ow && Math.abs(y - oy) < 13)) continue;
    taken.push([x, y, w]);
    const inside = Math.max(w, Math.min(width - w, x));
    pen.globalAlpha = 0.7;
    pen.lineWidth = 2.5;
    pen.strokeStyle = palette.paper;
    pen.strokeText(node.name, inside, y);
    pen.globalAlpha = 1;
    pen.fillStyle = palette.ink;
    pen.fillText(node.name, inside, y);
    if (taken.length > 150) return;
  }
}

/**
 * What lies under a point of the screen.
 * @param {Selection} selection
 * @param {number} px
 * @param {number} py
 * @param {number} width
 * @param {number} height
 * @returns {{node?: number, bundle?: Bundle}}
 */
export function pick(selection, px, py, width, height) {
  const { k, dx, dy } = view(width, height);
  const [x, y] = [(px - dx) / k, (py - dy) / k];
  // A finger is wide: from far away the nearest node within a few pixels counts.
  const slack = 6 / k;
  let best = { node: -1, distance: slack };
  const reach = Math.ceil(slack / CELL);
  for (let cx = Math.floor(x / CELL) - reach; cx <= Math.floor(x / CELL) + reach; cx++) {
    for (let cy = Math.floor(y / CELL) - reach; cy <= Math.floor(y / CELL) + reach; cy++) {
      for (const n of cells.get(`${cx},${cy}`) ?? []) {
        const o = data.nodes[n];
        const away = Math.max(Math.abs(x - o.x) - o.w / 2, Math.abs(y - o.y) - o.h / 2, 0);
        if (selection.nodes[n] && away < best.distance) best = { node: n, distance: away };
      }
    }
  }
  if (best.node >= 0) return { node: best.node };
  let nearest = { bundle: /** @type {Bundle | undefined} */ (undefined), distance: slack };
  for (const bundle of selection.bundles) {
    const c = curveOf(bundle);
    if (x < Math.min(c.ax, c.cx, c.bx) - slack || x > Math.max(c.ax, c.cx, c.bx) + slack) continue;
    if (y < Math.min(c.ay, c.cy, c.by) - slack || y > Math.max(c.ay, c.cy, c.by) + slack) continue;
    for (let n = 0; n <= 24; n++) {
      const [ox, oy] = pointOf(c, n / 24);
      const away = Math.hypot(x - ox, y - oy);
      if (away < nearest.distance + (n % 24 ? 2 : 0)) nearest = { bundle, distance: Math.min(away, nearest.distance) };
    }
  }
  return nearest.bundle ? { bundle: nearest.bundle } : {};
}
