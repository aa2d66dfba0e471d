// What is seen and what is kept: nothing before its week, everything after a reload.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, at, browser, page } from "./browser.mjs";

let chromium;
before(async () => (chromium = await browser({ viewport: { width: 1366, height: 800 } })));
after(() => chromium.close());

const pageOf = async (t, address = ADDRESS) => {
  const opened = await page(chromium.context, address);
  t.after(async () => {
    await opened.close();
    assert.deepEqual(opened.faults, []);
  });
  return opened;
};
/** Waits until the address tells what is shown. */
const noted = (opened, part) => opened.waitForFunction((part) => location.hash.includes(part), part);
const reload = async (opened) => {
  await opened.evaluate(() => delete document.body.dataset.ready);
  await opened.reload();
  await opened.waitForSelector('body[data-ready="1"]');
};
/** How far to the right a curve is to be seen, as a share of the width of all weeks. */
const drawnTo = (opened) =>
  opened.evaluate(() => {
    const svg = document.querySelector("main .chart svg");
    const [path] = [...svg.querySelectorAll("path[clip-path][stroke-width='2.6']")];
    const clip = document.getElementById(path.getAttribute("clip-path").slice(5, -1)).firstChild.getBBox().width;
    const { x, width } = path.getBBox();
    return (clip - x) / width;
  });

test("a story is opened before it begins, and nothing is told before its week", async (t) => {
  const opened = await pageOf(t, `${ADDRESS}#tab=explore`);
  assert.equal(await opened.inputValue(at("scrub")), "0");
  const told = () => opened.locator(".numbers").innerText();
  const gain = /Gain when support ends\s+[+−]?\d/;
  const later = /Two years later\s+[+−]?\d/;
  assert.ok((await drawnTo(opened)) < 0.02);
  assert.doesNotMatch(await told(), gain);
  assert.equal(await opened.locator(at("ask-lost")).isDisabled(), true);
  await opened.locator("main details.as-table").evaluate((table) => (table.open = true));
  assert.equal(await opened.locator("main .as-table tbody tr").count(), 1);
  const [, high] = await opened.evaluate(() => [...document.querySelectorAll("main .chart svg text.tick")].map(({ textContent }) => textContent).filter((text) => text.includes("%")).sort()).then((all) => [all[0], all.at(-1)]);
  // The axis of a story in which nothing happens is the same.
  await opened.locator("main .levers input[type=range]").evaluateAll((all) => all.forEach((one) => ((one.value = 0), one.dispatchEvent(new Event("input", { bubbles: true })))));
  assert.equal(await opened.evaluate(() => [...document.querySelectorAll("main .chart svg text.tick")].map(({ textContent }) => textContent).filter((text) => text.includes("%")).sort().at(-1)), high);
  await opened.click(at("reset"));
  const end = await opened.evaluate(() => window.dewpoint.ask({ do: "open", name: "evaporating_ward" }).programmes[0].end);
  await opened.fill(at("scrub"), String(end - 2));
  assert.doesNotMatch(await told(), gain);
  await opened.fill(at("scrub"), String(end - 1));
  assert.match(await told(), gain);
  assert.doesNotMatch(await told(), later);
  await opened.fill(at("scrub"), String(end + 107));
  assert.match(await told(), later);
  assert.equal(await opened.locator(at("ask-lost")).isDisabled(), false);
});

test("no lesson reveals anything to who has not predicted, and a prediction stands", async (t) => {
  const opened = await pageOf(t, `${ADDRESS}#lesson=evaporating-ward&step=reveal`);
  for (const name of ["reveal", "step-reveal", "step-explain", "step-try"]) assert.equal(await opened.locator(at(name)).isDisabled(), true, name);
  await opened.check(at("choice-0"));
  await opened.keyboard.press("ArrowDown");
  assert.equal(await opened.isChecked(at("choice-1")), true);
  await opened.click(at("reveal"));
  assert.equal(await opened.locator(at("answer")).count(), 0);
  await opened.click(at("to-the-end"));
  await opened.waitForSelector(at("answer"), { timeout: 60_000 });
  await opened.click(at("step-predict"));
  assert.equal(await opened.locator(at("choice-2")).isDisabled(), true);
  await opened.click(at("anew"));
  assert.equal(await opened.locator(at("choice-1")).isChecked(), false);
  assert.equal(await opened.locator(at("step-reveal")).isDisabled(), true);
});

test("back, on, reload and a link lead to what was there, in every view", async (t) => {
  const opened = await pageOf(t, `${ADDRESS}#tab=explore&story=who_leaves&week=40`);
  assert.equal(await opened.inputValue(at("preset")), "who_leaves");
  assert.equal(await opened.inputValue(at("scrub")), "40");
  await opened.locator("#lever-sustain-embedding").fill("0.65");
  await opened.selectOption(at("organisation"), "1");
  await opened.fill(at("scrub"), "50");
  await noted(opened, "week=50");
  await reload(opened);
  assert.equal(await opened.inputValue(at("organisation")), "1");
  assert.equal(await opened.inputValue("#lever-sustain-embedding"), "0.65");
  assert.equal(await opened.inputValue(at("preset")), "who_leaves");
  assert.equal(await opened.inputValue(at("scrub")), "50");
  await opened.click(at("pin"));
  await opened.locator("#lever-sustain-embedding").fill("0.3");
  await opened.click(at("tab-compare"));
  await noted(opened, "a=z");
  const words = () => opened.locator('[aria-label="The difference"]').innerText();
  assert.match(await words(), /standards and roles 65 → 30/);
  // The link alone, in another tab that knows nothing else.
  const other = await pageOf(t, await opened.evaluate(() => location.href));
  assert.match(await other.locator('[aria-label="The difference"]').innerText(), /standards and roles 65 → 30/);
  await opened.click(at("tab-lessons"));
  await opened.click(at("lesson-change-fatigue"));
  await noted(opened, "#lesson=change-fatigue");
  await opened.check(at("choice-2"));
  await reload(opened);
  assert.equal(await opened.isChecked(at("choice-2")), true);
  await opened.click(at("all-lessons"));
  await opened.click(at("sheet-who-leaves-15"));
  await reload(opened);
  assert.match(await opened.locator(at("sheet")).innerText(), /Who leaves\?\s+in 15 minutes/);
  await opened.goBack();
  await opened.waitForSelector(".cards");
  await opened.goBack();
  await opened.waitForSelector(at("choice-2"));
  for (let back = 0; back < 3; back++) await opened.goBack();
  await opened.waitForSelector(at("preset"));
  assert.equal(await opened.inputValue("#lever-sustain-embedding"), "0.3");
  await opened.goForward();
  await opened.waitForSelector('[aria-label="The difference"]');
});

test("a change is taken back and made again, a slider's way as one", async (t) => {
  const opened = await pageOf(t, `${ADDRESS}#tab=explore`);
  const lever = opened.locator("#lever-sustain-embedding");
  for (const value of ["0.2", "0.4", "0.6"]) await lever.fill(value);
  await opened.click(at("reset"));
  assert.equal(await lever.inputValue(), "0");
  await opened.click(at("undo"));
  assert.equal(await lever.inputValue(), "0.6");
  await opened.keyboard.press("Control+z");
  assert.equal(await lever.inputValue(), "0");
  assert.equal(await opened.locator(at("undo")).isDisabled(), true);
  await opened.keyboard.press("Control+Shift+z");
  assert.equal(await lever.inputValue(), "0.6");
});

test("a table goes on after a reload, and two tabs do not disturb each other", async (t) => {
  const [one, other] = [await pageOf(t, `${ADDRESS}#tab=together`), await pageOf(t, `${ADDRESS}#tab=together`)];
  await one.click(at("make-code"));
  const code = await one.locator(at("cohort-code")).innerText();
  for (const [opened, name, value] of [
    [one, "First", "0.4"],
    [other, "Second", "0.9"],
  ]) {
    await opened.fill(at("cohort-input"), code);
    await opened.click(at("join"));
    await opened.locator("#lever-sustain-embedding").fill(value);
    await opened.fill(at("table-name"), name);
  }
  for (const [opened, name, value] of [
    [one, "First", "0.4"],
    [other, "Second", "0.9"],
  ]) {
    await reload(opened);
    assert.equal(await opened.inputValue("#lever-sustain-embedding"), value);
    assert.equal(await opened.inputValue(at("table-name")), name);
  }
});
