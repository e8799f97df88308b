// @ts-check
// The view as a picture to keep: SVG, written from the same geometry, or PNG, from the canvas.
import { data, element } from "./data.js";
import { DASHES, curveOf, fontSize, paint, pointOf, view } from "./canvas.js";
import { label } from "./select.js";

/** @typedef {import("./select.js").Selection} Selection */
/** @typedef {import("./data.js").Palette} Palette */

/** @param {string} text */
function safe(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/**
 * The part of the graph on the screen as SVG.
 * @param {Selection} selection
 * @param {Palette} palette
 */
export function toSvg(selection, palette) {
  const canvas = element("graph");
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const { k, dx, dy } = view(width, height);
  /** @param {number} v */
  const n = (v) => v.toFixed(1);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${safe(data.title)}</title><rect width="100%" height="100%" fill="${palette.paper}"/>`,
    `<g transform="translate(${n(dx)} ${n(dy)}) scale(${k.toFixed(4)})">`,
  ];
  for (const bundle of selection.bundles) {
    const c = curveOf(bundle);
    const colour = bundle.look === 3 ? "#8C8C8C" : palette.tones[bundle.tone];
    const thick = Math.min(1.1 + Math.log(bundle.edges.length) * 0.9, 4);
    const dash = DASHES[bundle.look].length ? ` stroke-dasharray="${DASHES[bundle.look].join(" ")}"` : "";
    out.push(
      `<path d="M${n(c.ax)} ${n(c.ay)}Q${n(c.cx)} ${n(c.cy)} ${n(c.bx)} ${n(c.by)}" fill="none" stroke="${colour}" stroke-width="${n(thick)}"${dash}/>`,
    );
    const length = Math.max(Math.hypot(c.bx - c.cx, c.by - c.cy), 0.01);
    const [ux, uy] = [(c.bx - c.cx) / length, (c.by - c.cy) / length];
    if (!bundle.symmetric && bundle.look === 3) {
      out.push(`<path d="M${n(c.bx - uy * 5)} ${n(c.by + ux * 5)}L${n(c.bx + uy * 5)} ${n(c.by - ux * 5)}" stroke="${colour}"/>`);
    } else if (!bundle.symmetric) {
      const [x, y] = [c.bx - ux * 8, c.by - uy * 8];
      out.push(`<path d="M${n(c.bx)} ${n(c.by)}L${n(x - uy * 4)} ${n(y + ux * 4)}L${n(x + uy * 4)} ${n(y - ux * 4)}Z" fill="${colour}"/>`);
    }
    const [x, y] = pointOf(c, 0.5);
    label(bundle).forEach((text, row) => {
      out.push(
        `<text x="${n(x)}" y="${n(y + row * 11.5)}" font-size="10" text-anchor="middle" fill="${colour}" stroke="${palette.paper}" stroke-width="3" paint-order="stroke">${safe(text)}</text>`,
      );
    });
  }
  data.nodes.forEach((node, i) => {
    if (!selection.nodes[i]) return;
    const [fill, edge] = palette.families[node.family];
    const round = node.family === 3 || node.family === 4;
    out.push(
      round
        ? `<ellipse cx="${n(node.x)}" cy="${n(node.y)}" rx="${n(node.w / 2)}" ry="${n(node.h / 2)}" fill="${fill}" stroke="${edge}"/>`
        : `<rect x="${n(node.x - node.w / 2)}" y="${n(node.y - node.h / 2)}" width="${n(node.w)}" height="${n(node.h)}" rx="7" fill="${fill}" stroke="${edge}"/>`,
    );
    const size = fontSize(node.weight);
    node.lines.forEach((text, row) => {
      const at = node.y + (row - (node.lines.length - 1) / 2) * size * 1.2 + size * 0.35;
      out.push(`<text x="${n(node.x)}" y="${n(at)}" font-size="${n(size)}" text-anchor="middle" fill="${palette.ink}">${safe(text)}</text>`);
    });
  });
  out.push("</g></svg>\n");
  return out.join("\n");
}

/**
 * Offers a picture of the view as a file.
 * @param {"svg" | "png"} kind
 * @param {Selection} selection
 * @param {Palette} palette
 */
export function save(kind, selection, palette) {
  if (kind === "svg") {
    offer(new Blob([toSvg(selection, palette)], { type: "image/svg+xml" }), "graph.svg");
    return;
  }
  const screen = element("graph");
  const canvas = document.createElement("canvas");
  const [width, height] = [screen.clientWidth, screen.clientHeight];
  // Twice as fine as the screen, for print.
  canvas.width = width * 2;
  canvas.height = height * 2;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  paint(pen, selection, palette, width, height, 2, false);
  canvas.toBlob((blob) => blob && offer(blob, "graph.png"), "image/png");
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function offer(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
