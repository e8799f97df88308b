// @ts-check
// How much happened when, as bars under the graph, with two sliders that choose a time.
import { data, dayText, element, span } from "./data.js";
import { isWholeTime } from "./select.js";
import { state } from "./state.js";

/** @typedef {import("./data.js").Palette} Palette */

/**
 * Lets the sliders choose a time.
 * @param {() => void} changed
 */
export function startTimeline(changed) {
  const [since, until] = sliders();
  if (span[0] > span[1]) {
    element("timeline").hidden = true;
    return;
  }
  for (const slider of [since, until]) {
    slider.min = String(span[0]);
    slider.max = String(span[1]);
    slider.addEventListener("input", () => {
      state.since = Math.min(Number(since.value), Number(until.value));
      state.until = Math.max(Number(since.value), Number(until.value));
      changed();
    });
  }
}

/** @returns {[HTMLInputElement, HTMLInputElement]} */
function sliders() {
  return [/** @type {HTMLInputElement} */ (element("since")), /** @type {HTMLInputElement} */ (element("until"))];
}

/**
 * Draws bars and labels anew.
 * @param {Palette} palette
 */
export function paintTimeline(palette) {
  const [since, until] = sliders();
  since.value = String(state.since);
  until.value = String(state.until);
  element("time").textContent = isWholeTime()
    ? `${dayText(span[0])} to ${dayText(span[1])}`
    : `${dayText(state.since)} to ${dayText(state.until)}`;
  const canvas = /** @type {HTMLCanvasElement} */ (element("bars"));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const count = Math.max(1, Math.min(120, Math.floor(width / 6), span[1] - span[0] + 1));
  const days = span[1] - span[0] + 1;
  // Conflict and cooperation, one above the other.
  const bars = Array.from({ length: count }, () => [0, 0, 0, 0, 0]);
  for (const edge of data.edges) {
    if (!edge.days) continue;
    const at = Math.floor(((edge.days[0] - span[0]) / days) * count);
    bars[Math.min(at, count - 1)][data.relations[edge.relation].tone] += 1;
  }
  const most = Math.max(...bars.map((bar) => bar.reduce((a, b) => a + b, 0)), 1);
  bars.forEach((bar, n) => {
    const day = span[0] + (n / count) * days;
    pen.globalAlpha = day + days / count > state.since && day <= state.until ? 1 : 0.25;
    let base = height;
    bar.forEach((number, tone) => {
      const high = (number / most) * height;
      pen.fillStyle = palette.tones[tone];
      pen.fillRect((n * width) / count, base - high, Math.max(width / count - 1, 1), high);
      base -= high;
    });
  });
  pen.globalAlpha = 1;
}
