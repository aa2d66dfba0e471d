// The page in another language, in a real browser: from the first screen through a lesson and a game, with no English left.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ADDRESS, at, browser, page } from "./browser.mjs";
import { cut, holds } from "./looking.mjs";

const web = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const read = (code) => JSON.parse(fs.readFileSync(path.join(web, "words", `${code}.json`), "utf8"));
const [english, german] = [read("en"), read("de")];
/** Whole texts that only English has. */
const TEXTS = Object.keys(english.words).filter((text) => german.words[text] !== text && !Object.values(german.words).includes(text));
/** Words that no German sentence has; names of studies and programmes keep theirs. */
const WORDS = /\b(?:[Tt]he|[Oo]f|[Aa]nd|[Ww]ith|[Ff]rom|[Yy]our|[Tt]his|[Tt]hat|[Ww]hich|[Ww]ho|[Hh]ow|[Ww]hen|[Ww]here|[Tt]hey|[Ii]s|[Aa]re|[Tt]o|[Ff]or|[Ii]t|[Ww]eeks?|[Yy]ear|[Rr]uns|[Pp]oints)\b/;
const NAMES = [/Overcoming challenges to improving quality, the Health Foundation/g, /Engaging with Quality[\w ]*/g, /(?:Leaders|Shared Leadership) for Change/g, /Journey to safety/g];

let chromium;
before(async () => (chromium = await browser({ viewport: { width: 1280, height: 720 }, reducedMotion: "reduce" })));
after(() => chromium.close());

const GERMAN = ADDRESS + "?lang=de";
const pageOf = async (t, address) => {
  const opened = await page(chromium.context, address);
  t.after(async () => {
    await opened.close();
    assert.deepEqual(opened.faults, []);
  });
  return opened;
};

/** Everything that is read on the page, by eye or by ear: what is folded away, too. */
const said = (opened) =>
  opened.evaluate(() => {
    const found = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) if (!node.parentElement.closest("script, style, code, noscript, textarea, [lang]:not(html)")) found.add(node.data.replace(/\s+/g, " ").trim());
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext", "aria-roledescription"]) for (const element of document.querySelectorAll(`body [${name}]`)) found.add(element.getAttribute(name).trim());
    // A table to paste has the headers that the engine reads.
    return [...found].filter((text) => text && !text.startsWith("month,"));
  });

const known = new Set(TEXTS);
const left = (texts) => texts.filter((text) => known.has(text) || WORDS.test(NAMES.reduce((rest, name) => rest.replace(name, ""), text)));

async function isGerman(opened, where) {
  assert.equal(await opened.getAttribute("html", "lang"), "de");
  const texts = await said(opened);
  assert.ok(texts.length > 15, where);
  assert.deepEqual(left(texts), [], where);
}

test("what is left in English is found", () => {
  assert.deepEqual(left(["Beginnen", "Begin", "1. Watch the ward", "Bleibt es?", "Woche 3, Jahr 1", "week 3"]), ["Begin", "1. Watch the ward", "week 3"]);
});

test("a language is chosen on the page, stands in the address, and stays through what follows", async (t) => {
  const opened = await pageOf(t, `${ADDRESS}#lesson=who-leaves`);
  assert.equal(await opened.getAttribute("html", "lang"), "en");
  await Promise.all([opened.waitForURL(/\?lang=de#lesson=who-leaves$/), opened.selectOption(at("language"), "de")]);
  await opened.waitForSelector('body[data-ready="1"]');
  assert.match(await opened.innerText("h2"), /Wer geht\?/);
  await opened.click(at("tab-explore"));
  await opened.waitForURL(/\?lang=de#tab=explore/);
  await opened.goBack();
  await opened.waitForFunction(() => document.querySelector("h2")?.innerText === "Wer geht?");
  await Promise.all([opened.waitForURL((url) => !url.search), opened.selectOption(at("language"), "en")]);
  await opened.waitForFunction(() => document.querySelector("h2")?.innerText === "Who leaves?");
  // A language that is not in the page is English.
  await opened.goto("about:blank");
  await opened.goto(`${ADDRESS}?lang=tlh`);
  await opened.waitForSelector(at("begin"));
  assert.equal(await opened.getAttribute("html", "lang"), "en");
});

test("the first story is told in German", async (t) => {
  const opened = await pageOf(t, GERMAN);
  assert.equal(await opened.title(), "dewpoint: Bleibt es?");
  await isGerman(opened, "first screen");
  await opened.click(at("begin"));
  await isGerman(opened, "watch");
  await opened.click(at("begin-skip"));
  await opened.waitForSelector(at("guessed"));
  await isGerman(opened, "guess");
  await opened.click(at("guessed"));
  await opened.waitForSelector(at("begin-try"), { timeout: 60_000 });
  await opened.waitForFunction((told) => document.querySelector(told).innerText.includes("60 Durchläufe"), at("begin-told"));
  assert.match(await opened.innerText(at("begin-told")), /\d,\d von \d+,\d Punkten/);
  await isGerman(opened, "told");
  await opened.click(at("begin-try"));
  await opened.check(at("begin-choice-1"));
  await opened.waitForFunction((result) => document.querySelector(result).innerText.includes("noch da:"), at("begin-result"));
  assert.match(await opened.innerText(at("begin-result")), /\d{3}\.000\s£/);
  await isGerman(opened, "try");
});

test("a lesson, its sheet and its debrief are German from the question to the last step", async (t) => {
  const opened = await pageOf(t, `${GERMAN}#lesson=who-leaves`);
  await isGerman(opened, "predict");
  await opened.check(at("choice-1"));
  await opened.click(at("reveal"));
  await opened.click(at("to-the-end"));
  await opened.waitForSelector(at("answer"), { timeout: 60_000 });
  await isGerman(opened, "reveal");
  await opened.click(at("step-explain"));
  await opened.waitForSelector(at("bars"));
  await isGerman(opened, "explain");
  await opened.click(at("step-try"));
  await opened.click(at("trial-3"));
  await isGerman(opened, "try");
  for (const where of ["sheet=who-leaves&minutes=90", "debrief=who-leaves", "tab=lessons", "tab=about", "tab=compare"]) {
    await opened.evaluate((hash) => (location.hash = hash), where);
    await opened.waitForFunction((kind) => document.querySelector(kind), { sheet: at("sheet"), debrief: at("debrief") }[where.split("=")[0]] ?? `nav [aria-current][data-test="${where.replace("tab=", "tab-")}"]`);
    await isGerman(opened, where);
  }
});

test("where a gain went is told and drawn in German", async (t) => {
  const opened = await pageOf(t, `${GERMAN}#tab=explore&week=9999`);
  await isGerman(opened, "explore, with every lever and setting");
  await opened.click(at("shock-inspection"));
  await isGerman(opened, "shocks");
  await opened.click(at("ask-lost"));
  await opened.waitForSelector(at("waterfall"), { timeout: 120_000 });
  await isGerman(opened, "explained");
  await opened.focus("canvas[role=application]");
  await opened.keyboard.press("Enter");
  await opened.waitForSelector(at("person"));
  await isGerman(opened, "a person");
});

test("a game is played in German", async (t) => {
  const opened = await pageOf(t, `${GERMAN}#tab=together`);
  await opened.click(at("make-code"));
  await opened.click(at("join"));
  await opened.waitForSelector(at("hand-in"));
  await isGerman(opened, "the table");
  await opened.locator("#lever-sustain-embedding").fill("1");
  await isGerman(opened, "too dear");
  if (await opened.isVisible(at("thin"))) await opened.click(at("thin"));
  await opened.fill(at("table-name"), "Tisch 4");
  await opened.click(at("hand-in"));
  const code = await opened.inputValue(at("plan-code"));
  await isGerman(opened, "handed in");
  await opened.fill(at("codes"), `${code} DP1.x`);
  await opened.click(at("rank"));
  await opened.waitForSelector(at("ranking"), { timeout: 120_000 });
  await isGerman(opened, "ranked");
});

test("German words are cut nowhere, on a telephone and a notebook, and axe finds nothing", async (t) => {
  const opened = await pageOf(t, GERMAN);
  for (const [width, height] of [[390, 844], [1280, 720]]) {
    await opened.setViewportSize({ width, height });
    for (const where of ["tab=begin", "tab=explore&week=9999", "tab=compare", "tab=lessons", "lesson=change-fatigue", "tab=together", "debrief=evaporating-ward"]) {
      await opened.evaluate((hash) => (location.hash = hash), where);
      await opened.waitForTimeout(150);
      assert.deepEqual(await cut(opened), [], `${where} at ${width}`);
      assert.ok(await opened.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where} at ${width} is wider than the screen`);
    }
  }
  await holds(opened, "debrief in German");
});
