// @ts-check
// The graph as the page carries it, and small things everybody needs.

/**
 * @typedef {object} GraphNode
 * @property {string} id
 * @property {string} name
 * @property {string[]} lines  the name, broken into lines
 * @property {number} family  position in `families`
 * @property {string} kind
 * @property {string[]} aliases
 * @property {string | null} country
 * @property {string | null} above  name of the party it belongs to
 * @property {number} weight  0 to 1
 * @property {number} x  middle
 * @property {number} y
 * @property {number} w
 * @property {number} h
 */

/**
 * @typedef {object} Claim
 * @property {number} article  position in `articles`
 * @property {number} start
 * @property {number} end
 * @property {string} text
 * @property {number} status
 * @property {string | null} by  who says so
 * @property {number} confidence
 * @property {([number, number] | null)[]} marks  doer, trigger and target inside the text, in code points
 */

/**
 * @typedef {object} GraphEdge
 * @property {string} key
 * @property {number} from
 * @property {number} to
 * @property {number} relation
 * @property {number} status
 * @property {string | null} date
 * @property {[number, number] | null} days  first and last day since 1970
 * @property {string | null} place
 * @property {number} confidence
 * @property {number} sources
 * @property {boolean} disputed
 * @property {Claim[]} claims
 */

/**
 * @typedef {object} Palette
 * @property {string} paper
 * @property {string} ink
 * @property {string} soft
 * @property {string} faint
 * @property {string[]} tones
 * @property {[string, string][]} families  fill and border
 */

/**
 * @typedef {object} GraphData
 * @property {string} title
 * @property {string} subtitle
 * @property {{id: string, title: string | null, date: string | null, source: string | null, url: string | null}[]} articles
 * @property {GraphNode[]} nodes
 * @property {GraphEdge[]} edges
 * @property {{name: string, meaning: string, symmetric: boolean, tone: number}[]} relations
 * @property {{name: string, look: number}[]} statuses
 * @property {string[]} tones
 * @property {string[]} families
 * @property {Palette} light
 * @property {Palette} dark
 */

/** @type {GraphData} */
export const data = JSON.parse(element("data").textContent ?? "");

/** Positions of the edges of each node. @type {number[][]} */
export const edgesOf = data.nodes.map(() => []);
data.edges.forEach((edge, n) => {
  edgesOf[edge.from].push(n);
  if (edge.to !== edge.from) edgesOf[edge.to].push(n);
});

/** First and last day of the whole graph. @type {[number, number]} */
export const span = data.edges.reduce(
  (all, edge) => (edge.days ? [Math.min(all[0], edge.days[0]), Math.max(all[1], edge.days[1])] : all),
  /** @type {[number, number]} */ ([Infinity, -Infinity]),
);

/**
 * The element of the page with this id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * A new element.
 * @param {string} tag
 * @param {Record<string, string | (() => void)>} properties  attributes, `text`, and `click`
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (name === "text") made.textContent = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * A day as YYYY-MM-DD.
 * @param {number} day  since 1970
 */
export function dayText(day) {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

/**
 * Text without case and accents, for searching.
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {string} name */
export function spaced(name) {
  return name.replaceAll("_", " ");
}
