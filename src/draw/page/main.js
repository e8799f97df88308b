// @ts-check
// Joins the parts: choices, drawing, panel, keys.
import { data, element, folded, make, spaced } from "./data.js";
import { readAddress, state, writeAddress } from "./state.js";
import { select } from "./select.js";
import { fit, paint, pick, view } from "./canvas.js";
import { paintTimeline, startTimeline } from "./timeline.js";
import { fillPanel } from "./panel.js";
import { save } from "./save.js";

const canvas = /** @type {HTMLCanvasElement} */ (element("graph"));
const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
const search = /** @type {HTMLInputElement} */ (element("search"));
const system = matchMedia("(prefers-color-scheme: dark)");
let selection = select();
let isWaiting = false;
let rest = 0;

/** @returns {import("./data.js").Palette} */
function palette() {
  return isDark() ? data.dark : data.light;
}

function isDark() {
  return (state.theme ?? (system.matches ? "dark" : "light")) === "dark";
}

/**
 * Draws at the next frame, once.
 * @param {boolean} isMoving
 */
function draw(isMoving = false) {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!state.zoom) fit(selection, width, height);
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    paint(pen, selection, palette(), width, height, ratio, isMoving);
  });
}

/** The view moved: drawn at once, in full and kept in the address when it rests. */
function moved() {
  draw(true);
  clearTimeout(rest);
  rest = setTimeout(() => {
    draw();
    writeAddress();
  }, 150);
}

/** A choice changed. */
function changed() {
  selection = select();
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  for (const box of element("filters").querySelectorAll("input")) {
    const chosen = box.dataset.of === "relation" ? state.relations : state.statuses;
    box.checked = !chosen.has(Number(box.value));
  }
  fillPanel(selection, openNode, openEdges, changed);
  paintTimeline(palette());
  draw();
  writeAddress();
}

/** @param {number} node */
function openNode(node) {
  state.node = node;
  state.edges = [];
  bring(data.nodes[node].x, data.nodes[node].y);
  changed();
}

/** @param {number[]} edges */
function openEdges(edges) {
  state.edges = edges;
  const [from, to] = [data.nodes[data.edges[edges[0]].from], data.nodes[data.edges[edges[0]].to]];
  bring((from.x + to.x) / 2, (from.y + to.y) / 2);
  changed();
  element("panel").scrollTop = 0;
}

/**
 * Brings a point of the graph into view where it is not, and close enough to read.
 * @param {number} x
 * @param {number} y
 */
function bring(x, y) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!state.zoom) fit(selection, width, height);
  const { k, dx, dy } = view(width, height);
  const [px, py] = [x * k + dx, y * k + dy];
  if (px < 60 || py < 60 || px > width - 60 || py > height - 60 || k < 0.35) {
    [state.x, state.y, state.zoom] = [x, y, Math.max(k, 0.8)];
  }
}

function close() {
  if (state.edges.length) state.edges = [];
  else [state.node, state.near] = [null, 0];
  changed();
}

/**
 * Zooms around a point of the screen.
 * @param {number} factor
 * @param {number} px
 * @param {number} py
 */
function zoom(factor, px = canvas.clientWidth / 2, py = canvas.clientHeight / 2) {
  const { k, dx, dy } = view(canvas.clientWidth, canvas.clientHeight);
  const next = Math.max(0.01, Math.min(6, k * factor));
  const [x, y] = [(px - dx) / k, (py - dy) / k];
  state.zoom = next;
  state.x = x - (px - canvas.clientWidth / 2) / next;
  state.y = y - (py - canvas.clientHeight / 2) / next;
  moved();
}

/**
 * Moves the view by pixels of the screen.
 * @param {number} x
 * @param {number} y
 */
function shift(x, y) {
  state.x += x / state.zoom;
  state.y += y / state.zoom;
  moved();
}

function startFilters() {
  /** @param {string} of @param {{name: string}[]} rows @param {number[]} shown */
  const group = (of, rows, shown) => {
    const boxes = make("fieldset", {}, make("legend", { text: of }));
    for (const n of shown) {
      const tone = of === "relation" ? ` tone${data.relations[n].tone}` : "";
      const box = make("input", { type: "checkbox", value: String(n), "data-of": of });
      box.addEventListener("change", () => {
        const left = of === "relation" ? state.relations : state.statuses;
        if (/** @type {HTMLInputElement} */ (box).checked) left.delete(n);
        else left.add(n);
        changed();
      });
      boxes.append(make("label", { class: tone }, box, spaced(rows[n].name)));
    }
    /** @param {number[]} without */
    const leave = (without) => {
      if (of === "relation") state.relations = new Set(without);
      else state.statuses = new Set(without);
      changed();
    };
    boxes.append(
      make("button", { text: "all", type: "button", click: () => leave([]) }),
      make("button", { text: "none", type: "button", click: () => leave(shown) }),
    );
    element("filters").append(boxes);
  };
  const used = (/** @type {(e: import("./data.js").GraphEdge) => number} */ of) =>
    [...new Set(data.edges.map(of))].sort((a, b) => a - b);
  group("relation", data.relations, used((e) => e.relation));
  group("status", data.statuses, used((e) => e.status));
}

function startLegend() {
  const legend = element("legend");
  data.families.forEach((name, n) => {
    if (data.nodes.some((node) => node.family === n)) legend.append(make("span", { class: `party family${n}`, text: name }));
  });
  data.tones.forEach((name, n) => {
    legend.append(make("span", { class: `tone${n} line`, text: name }));
  });
  ["actual", "alleged", "planned or possible", "denied or not so"].forEach((name, n) => {
    legend.append(make("span", { class: `look${n} line`, text: name }));
  });
}

function startSearch() {
  const names = data.nodes.map((n) => folded([n.name, ...n.aliases].join("\n")));
  const found = element("found");
  const list = () => {
    const wanted = folded(search.value.trim());
    found.replaceChildren();
    found.hidden = !wanted;
    if (!wanted) return;
    /** @param {number} n */
    const rank = (n) => (names[n].startsWith(wanted) ? 2 : 0) + data.nodes[n].weight;
    const hits = data.nodes.map((_, n) => n).filter((n) => names[n].includes(wanted));
    hits.sort((a, b) => rank(b) - rank(a));
    for (const n of hits.slice(0, 12)) {
      const choose = () => {
        search.value = "";
        found.hidden = true;
        openNode(n);
      };
      found.append(make("button", { class: `party family${data.nodes[n].family}`, text: data.nodes[n].name, type: "button", click: choose }));
    }
    if (!hits.length) found.append(make("p", { class: "soft", text: "nothing has this name" }));
  };
  search.addEventListener("input", list);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") /** @type {HTMLElement | null} */ (found.querySelector("button"))?.click();
    if (event.key === "ArrowDown") /** @type {HTMLElement | null} */ (found.querySelector("button"))?.focus();
  });
  found.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    const next = event.key === "ArrowDown" ? here?.nextElementSibling : event.key === "ArrowUp" ? here?.previousElementSibling : null;
    if (next instanceof HTMLElement) next.focus();
  });
}

function startPointer() {
  /** @type {Map<number, PointerEvent>} */
  const held = new Map();
  let travelled = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, event);
    if (held.size === 1) travelled = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) {
      const under = pick(selection, event.offsetX, event.offsetY, canvas.clientWidth, canvas.clientHeight);
      canvas.style.cursor = under.node !== undefined || under.bundle ? "pointer" : "grab";
      return;
    }
    travelled += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (held.size === 2) {
      // Two fingers: their distance zooms.
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const apart = (/** @type {PointerEvent} */ p) => Math.hypot(p.offsetX - other.offsetX, p.offsetY - other.offsetY);
        zoom(apart(event) / Math.max(apart(before), 1), (event.offsetX + other.offsetX) / 2, (event.offsetY + other.offsetY) / 2);
      }
    } else if (travelled > 4) {
      shift(before.clientX - event.clientX, before.clientY - event.clientY);
    }
    held.set(event.pointerId, event);
  });
  /** @param {PointerEvent} event */
  const release = (event) => {
    const wasHeld = held.delete(event.pointerId);
    if (!wasHeld || travelled > 4 || event.type === "pointercancel") return;
    const under = pick(selection, event.offsetX, event.offsetY, canvas.clientWidth, canvas.clientHeight);
    if (under.node !== undefined) openNode(under.node);
    else if (under.bundle) openEdges(under.bundle.edges);
    else if (state.node !== null || state.edges.length) {
      [state.node, state.near, state.edges] = [null, 0, []];
      changed();
    }
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
  canvas.addEventListener("dblclick", (event) => zoom(1.7, event.offsetX, event.offsetY));
}

/** Next or previous party by weight. @param {number} step */
function walk(step) {
  const shown = data.nodes.map((_, n) => n).filter((n) => selection.nodes[n]);
  shown.sort((a, b) => data.nodes[b].weight - data.nodes[a].weight || a - b);
  if (!shown.length) return;
  const at = state.node === null ? (step > 0 ? -1 : 0) : shown.indexOf(state.node);
  openNode(shown[(at + step + shown.length) % shown.length]);
}

function refit() {
  state.zoom = 0;
  moved();
}

function toggleTheme() {
  state.theme = isDark() ? "light" : "dark";
  changed();
}

function startKeys() {
  /** @type {Record<string, () => void>} */
  const keys = {
    "/": () => search.focus(),
    "+": () => zoom(1.3),
    "=": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    0: refit,
    n: () => walk(1),
    p: () => walk(-1),
    d: toggleTheme,
    f: () => document.body.classList.toggle("filtering"),
    Escape: close,
    ArrowLeft: () => shift(-60, 0),
    ArrowRight: () => shift(60, 0),
    ArrowUp: () => shift(0, -60),
    ArrowDown: () => shift(0, 60),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement;
    if (event.key === "Escape") search.blur();
    else if (isTyping && (event.target instanceof HTMLInputElement || event.key.startsWith("Arrow"))) return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

readAddress();
startFilters();
startLegend();
startSearch();
startTimeline(changed);
startPointer();
startKeys();
element("fit").addEventListener("click", refit);
element("in").addEventListener("click", () => zoom(1.3));
element("out").addEventListener("click", () => zoom(1 / 1.3));
element("dark").addEventListener("click", toggleTheme);
element("close").addEventListener("click", close);
element("choose").addEventListener("click", () => document.body.classList.toggle("filtering"));
element("svg").addEventListener("click", () => save("svg", selection, palette()));
element("png").addEventListener("click", () => save("png", selection, palette()));
system.addEventListener("change", changed);
addEventListener("hashchange", () => {
  readAddress();
  changed();
});
addEventListener("resize", () => {
  paintTimeline(palette());
  draw();
});
// An address that names a party or edge but no view shows it.
if (!state.zoom && state.edges.length) openEdges(state.edges);
else if (!state.zoom && state.node !== null && !state.near) openNode(state.node);
else changed();
