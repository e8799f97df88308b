// Opens the page in a real browser and uses it: node browse.js PAGE CHROMIUM [FOLDER FOR SCREENSHOTS]
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_file, program, folder] = process.argv.slice(2);
const address = pathToFileURL(page_file).href;
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
let passed = 0;
let failed = 0;

/** One test with a fresh page; console errors and requests to elsewhere fail it. */
async function test(name, { hash = "", ...options }, body) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address && !request.url().startsWith("blob:")) faults.push(`asks for ${request.url()}`);
  });
  try {
    await page.goto(address + hash);
    await page.waitForFunction(() => document.querySelector("#panel h2") !== null);
    await body(page);
    if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(" ", "-")}.png` });
    assert.deepEqual(faults, []);
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}: ${error.message}`);
    if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(" ", "-")}-failed.png` });
  }
  await context.close();
}

const text = (page, selector) => page.locator(selector).innerText();
/** How many different colours the canvas shows: more than a few where something is drawn. */
const colours = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector("#graph");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let n = 0; n < data.length; n += 4) seen.add((data[n] << 16) | (data[n + 1] << 8) | data[n + 2]);
    return seen.size;
  });

await test("the whole graph", {}, async (page) => {
  await page.waitForTimeout(200);
  assert.ok((await colours(page)) > 20);
  assert.match(await text(page, "#panel"), /parties and \d+ edges shown/);
  assert.ok((await page.locator("#legend span").count()) > 8);
});

await test("search and dossier", {}, async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("latv");
  await page.keyboard.press("Enter");
  assert.equal(await text(page, "#panel h2"), "Latvia");
  assert.match(page.url(), /node=country%3ALV/);
  assert.match(await text(page, "#panel"), /accuses Belarus/);
  await page.waitForTimeout(100);
});

await test("an edge and its claims", { hash: "#node=country%3ALV" }, async (page) => {
  await page.locator("#panel .edge", { hasText: "accuses Belarus" }).first().click();
  assert.ok((await page.locator("blockquote").count()) > 0);
  assert.ok((await page.locator("mark.mark1").count()) > 0);
  assert.match(await text(page, "figcaption >> nth=0"), /characters \d+–\d+/);
  assert.match(page.url(), /edges=/);
});

await test("back from an edge", { hash: "#node=country%3ALV" }, async (page) => {
  await page.locator("#panel .edge").first().click();
  await page.keyboard.press("Escape");
  assert.equal(await text(page, "#panel h2"), "Latvia");
});

await test("a click on the canvas", { hash: "#node=country%3ALV" }, async (page) => {
  await page.keyboard.press("+");
  await page.waitForTimeout(300);
  const shown = await page.evaluate(() => location.hash);
  const [x, y, zoom] = new URLSearchParams(shown.slice(1)).get("view").split(",").map(Number);
  const node = await page.evaluate(() => JSON.parse(document.querySelector("#data").textContent).nodes.find((n) => n.id === "country:LT"));
  const box = await page.locator("#graph").boundingBox();
  await page.mouse.click(box.x + box.width / 2 + (node.x - x) * zoom, box.y + box.height / 2 + (node.y - y) * zoom);
  assert.equal(await text(page, "#panel h2"), "Lithuania");
});

await test("filters and time", {}, async (page) => {
  const shown = async () => Number((await text(page, "#panel")).match(/(\d+) edges shown/)[1]);
  const all = await shown();
  await page.click("#choose");
  await page.locator("label", { hasText: "accuses" }).click();
  const without = await shown();
  assert.ok(without < all, `${without} of ${all}`);
  await page.locator("#since").evaluate((slider) => {
    slider.value = String((Number(slider.min) + Number(slider.max)) / 2);
    slider.dispatchEvent(new Event("input"));
  });
  assert.ok((await shown()) < without);
  assert.match(page.url(), /without=accuses/);
  assert.match(page.url(), /since=\d{4}-\d\d-\d\d/);
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("#panel h2") !== null);
  assert.ok((await shown()) < without);
});

await test("surroundings in the dark", { colorScheme: "dark", hash: "#node=country%3ALV" }, async (page) => {
  await page.locator(".steps button", { hasText: "2 steps" }).click();
  assert.match(page.url(), /near=2/);
  await page.keyboard.press("0");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.waitForTimeout(100);
});

await test("keys", {}, async (page) => {
  await page.keyboard.press("n");
  const first = await text(page, "#panel h2");
  await page.keyboard.press("n");
  assert.notEqual(await text(page, "#panel h2"), first);
  await page.keyboard.press("p");
  assert.equal(await text(page, "#panel h2"), first);
  await page.keyboard.press("d");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.keyboard.press("Escape");
  assert.match(await text(page, "#panel"), /edges shown/);
});

await test("pictures to keep", {}, async (page) => {
  const [svg] = await Promise.all([page.waitForEvent("download"), page.click("#svg")]);
  const written = await readFile(await svg.path(), "utf8");
  assert.ok(written.startsWith("<svg") && written.includes("Latvia"));
  const [png] = await Promise.all([page.waitForEvent("download"), page.click("#png")]);
  assert.equal((await readFile(await png.path())).subarray(1, 4).toString(), "PNG");
});

await test("a telephone", { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true }, async (page) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide} wide`);
  await page.fill("#search", "belarus");
  await page.locator("#found button").first().tap();
  assert.equal(await text(page, "#panel h2"), "Belarus");
  await page.waitForTimeout(200);
});

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
