// @ts-check
// The part of the graph that the choices let through, its edges bundled as they are drawn.
import { data, edgesOf } from "./data.js";
import { state } from "./state.js";

/**
 * Edges of one pair that look alike.
 * @typedef {object} Bundle
 * @property {number} from
 * @property {number} to
 * @property {number} tone
 * @property {number} look
 * @property {boolean} symmetric
 * @property {number} bend  how far it bends aside from others of its pair
 * @property {number[]} edges
 */

/**
 * @typedef {object} Selection
 * @property {boolean[]} nodes
 * @property {boolean[]} edges
 * @property {Bundle[]} bundles
 */

/** @returns {Selection} */
export function select() {
  const near = state.near && state.node !== null ? around(state.node, state.near) : null;
  const edges = data.edges.map((e) => admits(e) && (!near || (near.has(e.from) && near.has(e.to))));
  const nodes = data.nodes.map((_, n) => n === state.node);
  data.edges.forEach((edge, n) => {
    if (edges[n]) nodes[edge.from] = nodes[edge.to] = true;
  });
  return { nodes, edges, bundles: bundle(edges) };
}

/**
 * Whether an edge meets the conditions on relation, status and time. Without a day it counts only where no
 * time is chosen.
 * @param {import("./data.js").GraphEdge} edge
 */
export function admits(edge) {
  if (state.relations.has(edge.relation) || state.statuses.has(edge.status)) return false;
  const days = edge.days;
  if (!days) return isWholeTime();
  return days[1] >= state.since && days[0] <= state.until;
}

/** Whether the time chosen is all there is. */
export function isWholeTime() {
  return data.edges.every((e) => !e.days || (e.days[1] >= state.since && e.days[0] <= state.until));
}

/**
 * Nodes at most so many edges away.
 * @param {number} node
 * @param {number} steps
 */
function around(node, steps) {
  const seen = new Set([node]);
  let rim = [node];
  for (let step = 0; step < steps; step++) {
    /** @type {number[]} */
    const next = [];
    for (const here of rim) {
      for (const n of edgesOf[here]) {
        const edge = data.edges[n];
        if (!admits(edge)) continue;
        const other = edge.from === here ? edge.to : edge.from;
        if (!seen.has(other)) {
          seen.add(other);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return seen;
}

/**
 * @param {boolean[]} edges
 * @returns {Bundle[]}
 */
function bundle(edges) {
  /** @type {Map<string, Bundle>} */
  const bundles = new Map();
  data.edges.forEach((edge, n) => {
    if (!edges[n]) return;
    const { tone, symmetric } = data.relations[edge.relation];
    const { look } = data.statuses[edge.status];
    const [from, to] = symmetric && edge.to < edge.from ? [edge.to, edge.from] : [edge.from, edge.to];
    const key = [from, to, tone, look, symmetric].join();
    const known = bundles.get(key);
    if (known) known.edges.push(n);
    else bundles.set(key, { from, to, tone, look, symmetric, bend: 0, edges: [n] });
  });
  /** @type {Map<string, Bundle[]>} */
  const pairs = new Map();
  for (const one of bundles.values()) {
    const key = [Math.min(one.from, one.to), Math.max(one.from, one.to)].join();
    const others = pairs.get(key);
    if (others) others.push(one);
    else pairs.set(key, [one]);
  }
  for (const pair of pairs.values()) {
    pair.forEach((one, n) => {
      const aside = (n - (pair.length - 1) / 2) * 46;
      one.bend = one.from <= one.to ? aside : -aside;
    });
  }
  // Those between the heaviest come first, and are drawn where there is no time for all.
  /** @param {Bundle} b */
  const weight = (b) => data.nodes[b.from].weight + data.nodes[b.to].weight;
  return [...bundles.values()].sort((a, b) => weight(b) - weight(a));
}

/**
 * The words on a bundle's line.
 * @param {Bundle} bundle
 */
export function label(bundle) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const n of bundle.edges) {
    const edge = data.edges[n];
    const status = data.statuses[edge.status].name;
    const name = data.relations[edge.relation].name.replaceAll("_", " ");
    const words = status === "actual" ? name : `${name} (${status})`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = ranked.slice(0, ranked.length > 3 ? 2 : 3).map(([words, n]) => (n > 1 ? `${words} ×${n}` : words));
  return ranked.length > 3 ? [...shown, `+ ${ranked.length - 2} more`] : shown;
}
