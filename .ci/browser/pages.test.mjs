// Every page of the built book as a reader's browser shows it: offline, in a light
// and a dark theme, on a desk and on a phone. Needs `cargo run --release` before.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const book = join(root, "book/html");
const pictures = join(root, "target/pictures");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const THEMES = ["light", "navy", "coal"];
const SIZES = { desk: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };
const RULES = [
  "aria-input-field-name", "button-name", "bypass", "color-contrast", "heading-order", "image-alt", "label",
  "link-name", "meta-viewport", "nested-interactive", "scrollable-region-focusable", "svg-img-alt", "target-size",
];

// Made by mdBook for machines or for printing, not pages to be read.
const NOT_READ = new Set(["404.html", "print.html", "toc.html"]);

function pages(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path);
    return entry.name.endsWith(".html") && !NOT_READ.has(entry.name) ? [path] : [];
  });
}

let browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
});
after(() => browser?.close());

// A page in a theme and a size, with everything that went wrong while it loaded.
async function open(path, theme, size) {
  const context = await browser.newContext({ viewport: SIZES[size] });
  const page = await context.newPage();
  const complaints = [];
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`asks the network for ${request.url()}`);
  });
  page.on("requestfailed", (request) => complaints.push(`cannot load ${request.url()}`));
  page.on("pageerror", (error) => complaints.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  await page.addInitScript((name) => localStorage.setItem("mdbook-theme", name), theme);
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(() => document.fonts.ready);
  return { context, page, complaints };
}

// What keeps somebody from reading an open page, by axe. It changes the page: every
// formula becomes plain text of the same colour, since its thousands of boxes would
// take nine tenths of the time.
async function barriers(page) {
  await page.evaluate(() => document.querySelectorAll(".katex").forEach((math) => {
    math.textContent = "formula";
  }));
  await page.evaluate(axe);
  const found = await page.evaluate(
    (rules) => window.axe.run(document, { runOnly: { type: "rule", values: rules } }), RULES);
  return found.violations.map((violation) =>
    `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
}

// Formulas that have to be scrolled sideways: a table of four columns may.
const MAY_SCROLL = new Set(["activations"]);

async function sideways(page) {
  const found = await page.evaluate(() => [...document.querySelectorAll("main .katex-display, .exercise pre > code")]
    .filter((box) => box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 2)
    .map((box) => [box.closest("[id]")?.id ?? "", box.textContent.trim().slice(0, 80)]));
  return found.filter(([id]) => !MAY_SCROLL.has(id)).map(([id, text]) => `${id}: ${text}`);
}

// The lines of derivations whose reason, number or mark is not on one height.
async function askew(page) {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll(".chain-line")].filter((line) => line.clientWidth > 0);
    return lines.flatMap((line) => {
      const by = line.querySelector(":scope > .chain-by");
      const mark = line.querySelector(":scope > .chain-checked > summary > span");
      if (!by || !mark) return [];
      // A reason may have two lines, of which the mark stands at one.
      const [reason, sign] = [by.getBoundingClientRect(), mark.getBoundingClientRect()];
      const middle = (sign.top + sign.bottom) / 2;
      const off = Math.max(reason.top - middle, middle - reason.bottom);
      return off > 0 ? [`${line.id}: ${off.toFixed(1)} px`] : [];
    });
  });
}

// Pages made from one mould need not all be seen in every light.
const everywhere = THEMES.flatMap((theme) => Object.keys(SIZES).map((size) => [theme, size]));
const looks = (name) => name.startsWith("back/rules/") ? [["light", "desk"], ["navy", "phone"]] : everywhere;

for (const path of pages(book)) {
  const name = relative(book, path);
  for (const [theme, size] of looks(name)) {
    test(`${name}, ${theme}, ${size}`, async () => {
      const { context, page, complaints } = await open(path, theme, size);
      try {
        assert.ok(await page.evaluate((t) => document.documentElement.classList.contains(t), theme), "theme");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `the page is ${wide} px wider than the screen`);
        const fonts = await page.evaluate(() =>
          !document.querySelector(".katex") || document.fonts.check("16px KaTeX_Main"));
        assert.ok(fonts, "the mathematical font is loaded");
        if (size === "phone") assert.deepEqual(await sideways(page), [], "nothing is cut off at the side");
        assert.deepEqual(await askew(page), [], "a mark stands beside its reason");
        const file = `${name.replaceAll("/", "-").replace(".html", "")}-${theme}-${size}.png`;
        await page.screenshot({ path: join(pictures, file), fullPage: true });
        assert.deepEqual(await barriers(page), []);
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });
  }
}

test("the tangent moves by keyboard, and the page stays", async () => {
  const { context, page } = await open(join(book, "lecture-1/ch03_convex_conjugate.html"), "light", "desk");
  try {
    const slider = page.locator("figure input[type=range]").first();
    await slider.focus();
    const told = () => slider.getAttribute("aria-valuetext");
    const before = await told();
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await told(), before, "the figure says its new slope");
    assert.match(page.url(), /ch03_convex_conjugate/, "the arrow key did not turn the page");
  } finally {
    await context.close();
  }
});

test("a derivation's mark opens by keyboard, and a phone shows the reason below the line", async () => {
  const path = join(book, "lecture-2/ch08_elbo.html");
  const { context, page } = await open(path, "light", "phone");
  try {
    const mark = page.locator(".chain-checked > summary").first();
    await mark.focus();
    await page.keyboard.press("Enter");
    const what = page.locator(".chain-checked[open] .chain-what").first();
    assert.ok(await what.isVisible(), "what was checked is shown");
    assert.match(await what.innerText(), /models/);
    const line = page.locator(".chain-line", { has: page.locator(".chain-by") }).first();
    const formula = await line.locator(".chain-formula").first().boundingBox();
    const reason = await line.locator(".chain-by").boundingBox();
    assert.ok(reason.y >= formula.y + formula.height - 1, "the reason stands below");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `with a mark open the page is ${wide} px wider than the screen`);
    assert.deepEqual(await barriers(page), []);
  } finally {
    await context.close();
  }
});

test("what a mark opens is a list of names beside values, and what a hint says has the box's width", async () => {
  const { context, page } = await open(join(book, "lecture-1/ch01_generative_modelling.html"), "navy", "phone");
  try {
    await page.evaluate(() => document.querySelectorAll("main details").forEach((box) => { box.open = true; }));
    const off = await page.evaluate(() => [...document.querySelectorAll(".chain-model > div")].filter((entry) => {
      const [name, value] = [...entry.children].map((cell) => cell.getBoundingClientRect());
      return Math.abs(name.top - value.top) > 6 || value.left < name.right;
    }).map((entry) => entry.textContent));
    assert.deepEqual(off, []);
    const narrow = await page.evaluate(() => [...document.querySelectorAll(".hint[open]")].filter((hint) =>
      hint.clientWidth < hint.closest(".hints").clientWidth - 1).length);
    assert.equal(narrow, 0);
    assert.deepEqual(await sideways(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `with everything open the page is ${wide} px wider than the screen`);
    assert.deepEqual(await barriers(page), []);
  } finally {
    await context.close();
  }
});

test("a chapter says how long it takes", async () => {
  const { context, page } = await open(join(book, "lecture-1/ch01_generative_modelling.html"), "light", "desk");
  try {
    assert.match(await page.locator("h1 + .reading").innerText(), /^About \d+ minutes to read.* 10 exercises, about \d/);
  } finally {
    await context.close();
  }
});

test("without scripts a derivation's mark opens all the same", async () => {
  const context = await browser.newContext({ viewport: SIZES.desk, javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(book, "lecture-2/ch08_elbo.html")).href);
    await page.locator(".chain-checked > summary").first().click();
    assert.ok(await page.locator(".chain-checked[open] .chain-what").first().isVisible());
  } finally {
    await context.close();
  }
});

test("a planted fault is seen", async () => {
  // The checks above can fail: a page that is too wide, without a label, with a
  // request to the network, and in faint grey.
  const context = await browser.newContext({ viewport: SIZES.phone });
  try {
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setContent(
      `<html lang="en"><body style="background:#fff"><input type="range">
       <p style="color:#ddd;width:900px">faint and wide</p><img src="http://127.0.0.1:9/x.png">
       <main><div class="katex-display" style="width:90px;overflow:auto"><p style="width:200px">long</p></div>
       <ol><li class="chain-line" style="padding:40px"><span class="chain-by" style="position:absolute;top:300px">by</span>
       <details class="chain-checked"><summary><span>ok</span></summary></details></li></ol></main></body></html>`);
    assert.equal((await sideways(page)).length, 1);
    assert.equal((await askew(page)).length, 1);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth));
    const found = await barriers(page);
    for (const id of ["label", "color-contrast", "image-alt"]) {
      assert.ok(found.some((barrier) => barrier.startsWith(`${id}: `)), id);
    }
    assert.ok(asked.some((url) => url.startsWith("http://127.0.0.1:9/")));
  } finally {
    await context.close();
  }
});
