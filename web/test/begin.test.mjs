// The first half minute: one sentence, one thing to do, one story in four steps.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ADDRESS, at, browser, page } from "./browser.mjs";
import { cut, holds } from "./looking.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
let chromium;
before(async () => (chromium = await browser({ viewport: { width: 390, height: 844 } })));
after(() => chromium.close());

test("who opens the page sees one sentence, one thing to do, and how far it can be trusted as its validation says", async (t) => {
  const opened = await page(chromium.context, ADDRESS);
  t.after(() => opened.close());
  for (const [width, height] of [
    [390, 844],
    [1280, 720],
    [1920, 1080],
  ]) {
    await opened.setViewportSize({ width, height });
    const { bottom } = await opened.locator(at("begin")).evaluate((button) => button.getBoundingClientRect());
    assert.ok(bottom < height, `${width}: ${bottom}`);
    assert.equal(await opened.locator("main button.primary").count(), 1);
  }
  assert.match(await opened.locator(".lead").innerText(), /^You lead [^.!?]*\?$/);
  assert.deepEqual(await opened.locator(".way b").allInnerTexts(), ["Watch", "Guess", "See", "Try"]);
  await opened.setViewportSize({ width: 390, height: 844 });
  assert.deepEqual(await cut(opened), []);
  const document = fs.readFileSync(path.join(root, "docs", "validation.md"), "utf8");
  const [, all, pass, fail] = document.match(/Of (\d+) patterns (\d+) pass[^,]*, (\d+) fail/) ?? document.match(/Of (\d+) patterns (\d+) pass \(.*?\), (\d+) fail/);
  assert.match(await opened.locator(`${at("standing")} summary`).innerText(), new RegExp(`Of ${all} patterns.* ${pass} pass, ${fail} fail`));
  await opened.click(`${at("standing")} summary`);
  const first = document.match(/^\| P\d+ ([^|]+?) \| fail \|/m)[1];
  assert.ok((await opened.locator(at("standing")).innerText()).includes(first), first);
});

test("watch, guess, see, try: nothing of the end before the guess, and the goal wants more than one thing", async (t) => {
  const opened = await page(chromium.context, ADDRESS);
  t.after(async () => {
    await opened.close();
    assert.deepEqual(opened.faults, []);
  });
  await opened.setViewportSize({ width: 1280, height: 720 });
  await opened.click(at("begin"));
  await opened.click(at("begin-skip"));
  await opened.waitForSelector(at("guess"));
  assert.match(await opened.locator("main .chart svg").first().getAttribute("aria-label"), /week 77 of/);
  await opened.locator(at("guess")).fill("70");
  await opened.reload();
  await opened.waitForSelector(at("guess"));
  assert.equal(await opened.inputValue(at("guess")), "70");
  await opened.click(at("guessed"));
  await opened.waitForSelector(at("begin-told"), { timeout: 30_000 });
  await opened.waitForFunction(() => /60 runs/.test(document.querySelector('[data-test="begin-told"]').innerText));
  assert.match(await opened.locator(at("begin-told")).innerText(), /You guessed 70 %\. In this one run .*\(\d+ % to \d+ %/s);
  await opened.click(at("begin-try"));
  const result = async (...chosen) => {
    for (let place = 0; place < 5; place++) await opened.setChecked(at(`begin-choice-${place}`), chosen.includes(place));
    await opened.waitForFunction(() => /60 runs/.test(document.querySelector('[data-test="begin-result"]').innerText), null, { timeout: 30_000 });
    return opened.locator(at("begin-result")).innerText();
  };
  // The two that keep most: neither does it alone.
  for (const place of [2, 3]) assert.doesNotMatch(await result(place), /reached the goal/, `choice ${place}`);
  assert.match(await result(1, 3), /within the money[\s\S]*You have reached the goal/);
  assert.match(await result(1, 2, 3), /too much/);
  await holds(opened, "try");
  await opened.click(at("to-explore"));
  await opened.waitForSelector(at("preset"));
});
