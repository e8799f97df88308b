// @ts-check
// What the reader has chosen, kept in the address so that it can be shared.
import { data, dayText, span } from "./data.js";

/**
 * @typedef {object} State
 * @property {Set<number>} relations  those left out
 * @property {Set<number>} statuses  those left out
 * @property {number} since  day
 * @property {number} until  day
 * @property {number | null} node  chosen node
 * @property {number[]} edges  chosen edges
 * @property {number} near  0 for everything, else steps around the chosen node
 * @property {"light" | "dark" | null} theme  null follows the system
 * @property {number} x  point of the graph in the middle of the screen
 * @property {number} y
 * @property {number} zoom  0 fits everything
 */

/** @type {State} */
export const state = {
  relations: new Set(),
  statuses: new Set(),
  since: span[0],
  until: span[1],
  node: null,
  edges: [],
  near: 0,
  theme: null,
  x: 0,
  y: 0,
  zoom: 0,
};

/** Reads the state from the address. */
export function readAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  /** @param {string} name @param {{name: string}[]} rows */
  const positions = (name, rows) =>
    new Set((told.get(name) ?? "").split(",").map((n) => rows.findIndex((r) => r.name === n)).filter((n) => n >= 0));
  /** @param {string} name @param {number} otherwise */
  const day = (name, otherwise) => {
    const time = Date.parse(told.get(name) ?? "");
    return Number.isNaN(time) ? otherwise : Math.round(time / 86400000);
  };
  state.relations = positions("without", data.relations);
  state.statuses = positions("no", data.statuses);
  state.since = day("since", span[0]);
  state.until = day("until", span[1]);
  const node = data.nodes.findIndex((n) => n.id === told.get("node"));
  state.node = node < 0 ? null : node;
  const keys = (told.get("edges") ?? "").split(".");
  state.edges = data.edges.flatMap((e, n) => (keys.includes(e.key) ? [n] : []));
  state.near = Number(told.get("near")) || 0;
  const theme = told.get("theme");
  state.theme = theme === "dark" || theme === "light" ? theme : null;
  [state.x, state.y, state.zoom] = (told.get("view") ?? "0,0,0").split(",").map(Number);
  if (![state.x, state.y, state.zoom].every(Number.isFinite)) [state.x, state.y, state.zoom] = [0, 0, 0];
}

/** Writes the state into the address. */
export function writeAddress() {
  const told = new URLSearchParams();
  /** @param {string} name @param {Set<number>} chosen @param {{name: string}[]} rows */
  const put = (name, chosen, rows) => {
    if (chosen.size) told.set(name, [...chosen].map((n) => rows[n].name).join(","));
  };
  put("without", state.relations, data.relations);
  put("no", state.statuses, data.statuses);
  if (state.since > span[0]) told.set("since", dayText(state.since));
  if (state.until < span[1]) told.set("until", dayText(state.until));
  if (state.node !== null) told.set("node", data.nodes[state.node].id);
  if (state.edges.length) told.set("edges", state.edges.map((n) => data.edges[n].key).join("."));
  if (state.near) told.set("near", String(state.near));
  if (state.theme) told.set("theme", state.theme);
  if (state.zoom) told.set("view", [state.x.toFixed(0), state.y.toFixed(0), state.zoom.toFixed(3)].join(","));
  const hash = told.toString();
  try {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // Some browsers refuse where the page is a file; the page works without.
  }
}
