// @ts-check
// What is known of the chosen node or edges: dossier and claims, with the sentence and the marked words.
import { data, edgesOf, element, make, spaced } from "./data.js";
import { state } from "./state.js";

/** @typedef {import("./select.js").Selection} Selection */

/**
 * Fills the panel.
 * @param {Selection} selection
 * @param {(node: number) => void} openNode
 * @param {(edges: number[]) => void} openEdges
 * @param {() => void} changed
 */
export function fillPanel(selection, openNode, openEdges, changed) {
  const panel = element("panel");
  panel.replaceChildren();
  document.body.classList.toggle("open", state.node !== null || state.edges.length > 0);
  if (state.edges.length) showEdges(panel, openNode);
  else if (state.node !== null) showNode(panel, state.node, selection, openNode, openEdges, changed);
  else showOverview(panel, selection, openNode);
}

/**
 * @param {HTMLElement} panel
 * @param {Selection} selection
 * @param {(node: number) => void} openNode
 */
function showOverview(panel, selection, openNode) {
  const nodes = selection.nodes.filter(Boolean).length;
  const edges = selection.edges.filter(Boolean).length;
  panel.append(
    make("h2", { text: data.title }),
    make("p", { class: "soft", text: data.subtitle }),
    make("p", { class: "soft", text: `${nodes} parties and ${edges} edges shown` }),
    make("h3", { text: "Told of most" }),
  );
  const list = make("ul", { class: "parties" });
  const heaviest = data.nodes.map((_, n) => n).filter((n) => selection.nodes[n]);
  heaviest.sort((a, b) => data.nodes[b].weight - data.nodes[a].weight || a - b);
  for (const n of heaviest.slice(0, 40)) list.append(make("li", {}, party(n, openNode)));
  panel.append(list);
}

/**
 * @param {number} n
 * @param {(node: number) => void} openNode
 */
function party(n, openNode) {
  return make("button", { class: `party family${data.nodes[n].family}`, text: data.nodes[n].name, type: "button", click: () => openNode(n) });
}

/**
 * @param {HTMLElement} panel
 * @param {number} n
 * @param {Selection} selection
 * @param {(node: number) => void} openNode
 * @param {(edges: number[]) => void} openEdges
 * @param {() => void} changed
 */
function showNode(panel, n, selection, openNode, openEdges, changed) {
  const node = data.nodes[n];
  panel.append(make("h2", { text: node.name }));
  const facts = [spaced(node.kind), node.country, node.above && `belongs to ${node.above}`].filter(Boolean);
  panel.append(make("p", { class: "soft", text: facts.join(" · ") }));
  if (node.aliases.length) panel.append(make("p", { class: "soft", text: `also: ${node.aliases.join(", ")}` }));
  const steps = make("div", { class: "steps", role: "group", "aria-label": "Surroundings" });
  ["everything", "1 step", "2 steps"].forEach((text, near) => {
    const chosen = String(state.near === near);
    const choose = () => {
      state.near = near;
      changed();
    };
    steps.append(make("button", { text, type: "button", "aria-pressed": chosen, click: choose }));
  });
  panel.append(steps);
  const edges = edgesOf[n].filter((e) => selection.edges[e]);
  /** @param {string} title @param {number[]} edges */
  const list = (title, edges) => {
    if (!edges.length) return;
    const rows = make("ul", { class: "edges" });
    edges.sort((a, b) => (data.edges[b].days?.[0] ?? -1e9) - (data.edges[a].days?.[0] ?? -1e9));
    for (const e of edges) rows.append(make("li", {}, row(e, n, openEdges)));
    panel.append(make("h3", { text: `${title} (${edges.length})` }), rows);
  };
  list("Does", edges.filter((e) => data.edges[e].from === n));
  list("Is done to it", edges.filter((e) => data.edges[e].from !== n));
  if (!edges.length) panel.append(make("p", { text: "No edge meets the conditions." }));
  const others = [...new Set(edges.flatMap((e) => [data.edges[e].from, data.edges[e].to]))].filter((o) => o !== n);
  if (others.length) {
    const rows = make("ul", { class: "parties" });
    for (const o of others) rows.append(make("li", {}, party(o, openNode)));
    panel.append(make("h3", { text: "Partners" }), rows);
  }
}

/**
 * One edge in one line.
 * @param {number} e
 * @param {number} n  the node it is listed for
 * @param {(edges: number[]) => void} openEdges
 */
function row(e, n, openEdges) {
  const edge = data.edges[e];
  const relation = data.relations[edge.relation];
  const status = data.statuses[edge.status].name;
  const [who, whom] = edge.from === n ? ["", data.nodes[edge.to].name] : [data.nodes[edge.from].name, ""];
  const words = [who, spaced(relation.name), whom].filter(Boolean).join(" ");
  const rest = [edge.date, status === "actual" ? null : status, edge.sources > 1 ? `${edge.sources} sources` : null];
  return make(
    "button",
    { class: `edge tone${relation.tone} look${data.statuses[edge.status].look}`, type: "button", click: () => openEdges([e]) },
    words,
    make("span", { class: "soft", text: ` ${rest.filter(Boolean).join(" · ")}` }),
  );
}

/**
 * @param {HTMLElement} panel
 * @param {(node: number) => void} openNode
 */
function showEdges(panel, openNode) {
  for (const e of state.edges) {
    const edge = data.edges[e];
    const relation = data.relations[edge.relation];
    panel.append(
      make("h2", { class: `tone${relation.tone}`, title: relation.meaning }, party(edge.from, openNode), ` ${spaced(relation.name)} `, party(edge.to, openNode)),
    );
    const facts = [
      data.statuses[edge.status].name,
      edge.date,
      edge.place && `in ${edge.place}`,
      `confidence ${edge.confidence}`,
      edge.sources > 1 ? `${edge.sources} independent sources` : "one source",
      edge.disputed ? "sources disagree" : null,
    ];
    panel.append(make("p", { class: "soft", text: facts.filter(Boolean).join(" · ") }));
    for (const claim of edge.claims) panel.append(claimBox(claim));
  }
}

/** @param {import("./data.js").Claim} claim */
function claimBox(claim) {
  const article = data.articles[claim.article];
  const box = make("figure", { class: "claim" });
  box.append(make("blockquote", {}, ...marked(claim)));
  const told = [
    data.statuses[claim.status].name,
    claim.by && `according to ${claim.by}`,
    `confidence ${claim.confidence}`,
  ];
  const caption = make("figcaption", {}, make("span", { text: article?.title ?? article?.id ?? "" }));
  const origin = [article?.source, article?.date, `characters ${claim.start}–${claim.end}`].filter(Boolean).join(" · ");
  caption.append(make("br"), make("span", { class: "soft", text: origin }), make("br"));
  caption.append(make("span", { class: "soft", text: told.filter(Boolean).join(" · ") }));
  if (article?.url && /^https?:/.test(article.url)) {
    caption.append(make("br"), make("a", { href: article.url, rel: "noreferrer noopener", target: "_blank", text: "article" }));
  }
  box.append(caption);
  return box;
}

/**
 * The sentence with doer, trigger and target marked. Offsets count code points.
 * @param {import("./data.js").Claim} claim
 * @returns {(Node | string)[]}
 */
function marked(claim) {
  const letters = [...claim.text];
  /** @type {number[]} */
  const kinds = new Array(letters.length).fill(-1);
  // The trigger is the shortest and lies on top.
  for (const kind of [0, 2, 1]) {
    const mark = claim.marks[kind];
    if (mark) kinds.fill(kind, mark[0], mark[1]);
  }
  /** @type {(Node | string)[]} */
  const parts = [];
  for (let at = 0; at < letters.length; ) {
    let end = at;
    while (end < letters.length && kinds[end] === kinds[at]) end++;
    const text = letters.slice(at, end).join("");
    const title = ["who", "did what", "to whom"][kinds[at]];
    parts.push(kinds[at] < 0 ? text : make("mark", { class: `mark${kinds[at]}`, title, text }));
    at = end;
  }
  return parts;
}
