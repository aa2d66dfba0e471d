// The page for everybody: names, keys, contrast, telephones, paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, at, browser, page } from "./browser.mjs";
import { cut, holds, hyphens, nameless } from "./looking.mjs";

let chromium;
before(async () => (chromium = await browser({ viewport: { width: 1280, height: 720 }, reducedMotion: "reduce" })));
after(() => chromium.close());

const pageOf = async (t, address = ADDRESS) => {
  const opened = await page(chromium.context, address);
  t.after(async () => {
    await opened.close();
    assert.deepEqual(opened.faults, []);
  });
  return opened;
};
/** One page for what leaves it as it was. */
let same = null;
const shared = async () => (same ??= await page(chromium.context, `${ADDRESS}#tab=explore`));
after(() => assert.deepEqual(same?.faults, []));
const unfold = (opened) => opened.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
const TABS = ["begin", "explore", "compare", "lessons", "together", "about"];

test("with everything open: every field has a name, every id is there once, axe has no question left", async (t) => {
  const opened = await pageOf(t);
  await opened.click(at("tab-explore"));
  await opened.click(at("shock-inspection"));
  for (const theme of ["light", "dark"]) {
    await opened.selectOption(at("theme"), theme);
    // In the dark only the colours are others, and one page has nearly all of them.
    for (const tab of theme === "light" ? TABS : ["begin", "explore"]) {
      await opened.click(at(`tab-${tab}`));
      if (tab === "together" && theme === "light") {
        await opened.click(at("make-code"));
        await opened.click(at("join"));
        await opened.waitForSelector(at("table"));
      }
      await unfold(opened);
      assert.deepEqual(await nameless(opened), [], tab);
      assert.deepEqual(await hyphens(opened), [], tab);
      await holds(opened, `${tab}, ${theme}`, theme === "dark" ? ["color-contrast"] : undefined);
    }
  }
});

test("a label leads to its own slider, in both designs", async (t) => {
  const opened = await pageOf(t);
  await opened.click(at("tab-compare"));
  await unfold(opened);
  for (const side of ["a", "b"]) {
    const id = `${side}-lever-sustain-embedding`;
    await opened.click(`label[for="${id}"]`);
    await opened.keyboard.press("ArrowRight");
    assert.equal(await opened.inputValue(`#${id}`), "0.05", side);
  }
  assert.match(await opened.locator('[aria-label="The difference"]').innerText(), /A and B are the same design/);
});

test("Escape closes a person, and the keyboard is where it was", async (t) => {
  const opened = await shared();
  await opened.click(at("tab-explore"));
  await opened.waitForFunction(() => /staff at work/.test(document.querySelector(".ward canvas").getAttribute("aria-label")));
  await opened.locator(".ward canvas").focus();
  await opened.keyboard.press("Enter");
  await opened.waitForSelector(at("person"));
  assert.equal(await opened.evaluate(() => document.activeElement.dataset.test), "person");
  await opened.keyboard.press("Escape");
  await opened.waitForSelector(at("person"), { state: "detached" });
  assert.equal(await opened.evaluate(() => document.activeElement.tagName), "CANVAS");
});

test("a field that was cleared says what it wants and changes nothing", async (t) => {
  const opened = await shared();
  await opened.click(at("tab-explore"));
  await unfold(opened);
  const field = opened.locator("#clock-active");
  const before = await field.inputValue();
  for (const [typed, says] of [
    ["", /Weeks of support wants a whole number from 1 to 1040; until there is one, it stays as it was\./],
    ["0", /Weeks of support wants a whole number from 1 to 1040; 0 is not one/],
  ]) {
    await field.fill(typed);
    await field.press("Tab");
    assert.match(await opened.locator("#clock-active-fault").innerText(), says);
    assert.match(await field.getAttribute("aria-describedby"), /clock-active-fault/);
  }
  await field.fill(String(Number(before) + 1));
  await field.press("Tab");
  assert.equal(await opened.locator(".fault").count(), 0);
});

test("a week is the same number in a shock's field, in words and beside the clock", async (t) => {
  const opened = await shared();
  await opened.click(at("tab-explore"));
  await opened.fill(at("scrub"), "60");
  await opened.click(at("shock-winter_surge"));
  await unfold(opened);
  assert.match(await opened.locator(".happened").innerText(), /week 60: winter surge/);
  assert.equal(await opened.inputValue('.happened [id$="-at"]'), "60");
  assert.match(await opened.locator(".now").innerText(), /week 60, year 2/);
  assert.match(await opened.getAttribute("main .chart svg", "aria-label"), /week 60 of/);
});

test("on a notebook the chart is seen at once; on a telephone nothing is cut off; nowhere is anything too wide", async (t) => {
  const opened = await pageOf(t);
  await opened.click(at("tab-explore"));
  const { bottom } = await opened.locator("main .chart svg").first().evaluate((svg) => svg.getBoundingClientRect());
  assert.ok(bottom <= 720, `the chart ends at ${bottom}`);
  // Long names at both ends of the time.
  for (const week of ["2", "225"]) {
    await opened.fill(at("scrub"), week);
    await opened.click(at("shock-inspection"));
  }
  for (const [width, height] of [
    [390, 844],
    [1920, 1080],
  ]) {
    await opened.setViewportSize({ width, height });
    for (const tab of TABS) {
      await opened.click(at(`tab-${tab}`));
      await opened.waitForTimeout(200);
      const over = await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${tab} at ${width}: ${over} pixels too wide`);
      if (width < 400) assert.deepEqual(await cut(opened), [], `${tab} at ${width}`);
    }
  }
});

test("on paper it is dark on white, whatever the screen is", async (t) => {
  const opened = await pageOf(t);
  await opened.click(at("tab-explore"));
  await opened.selectOption(at("theme"), "dark");
  await opened.emulateMedia({ media: "print", colorScheme: "dark" });
  const [ink, paper] = await opened.evaluate(() => ["--ink", "--paper"].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()));
  const light = (colour) => parseInt(colour.slice(1, 3), 16);
  assert.ok(light(ink) < 80 && light(paper) > 240, `${ink} on ${paper}`);
  assert.equal(await opened.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  await holds(opened, "on paper");
});

test("larger letters by a button, the play button by keys alone", async (t) => {
  const opened = await shared();
  await opened.click(at("tab-explore"));
  await opened.click(at("large"));
  await opened.waitForFunction(() => parseFloat(getComputedStyle(document.documentElement).fontSize) > 16);
  await opened.click(at("large"));
  for (let press = 0; press < 60; press++) {
    await opened.keyboard.press("Tab");
    if (await opened.evaluate(() => document.activeElement.dataset.test === "play")) break;
  }
  await opened.keyboard.press("Enter");
  assert.match(await opened.locator(at("play")).innerText(), /Pause/);
});

test("the people are in the first picture, also for who only takes one", async (t) => {
  const opened = await chromium.context.newPage();
  t.after(() => opened.close());
  await opened.addInitScript(() => {
    new MutationObserver((_, watch) => {
      const canvas = document.querySelector(".ward canvas");
      if (!canvas) return;
      watch.disconnect();
      window.drawn = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
    }).observe(document, { childList: true, subtree: true });
  });
  await opened.goto(`${ADDRESS}#tab=explore&week=60`);
  await opened.waitForSelector('body[data-ready="1"]');
  assert.equal(await opened.evaluate(() => window.drawn), true);
});
