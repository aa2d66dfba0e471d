// A class on the local network: a wall, notes, two telephones, from coming in to the debrief.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { at, browser, page, PAGE } from "./browser.mjs";
import { cut, holds, hyphens, nameless } from "./looking.mjs";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const DEWPOINT = process.env.DEWPOINT ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "release", "dewpoint");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dewpoint-class-"));

/** The program with a room, and what it printed of it. */
async function open() {
  const program = spawn(DEWPOINT, ["teach", "--class", "--no-open", "--address", "127.0.0.1", "--room", path.join(folder, "class.room"), "--page", PAGE], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const piece of program.stdout) {
    said += piece;
    if (said.includes("Ctrl-C")) break;
  }
  return { program, wall: said.match(/on this machine:\s+(\S+)/)[1], notes: said.match(/own telephone:\s+(\S+)/)[1], code: said.match(/with the code\s+(\w+)/)[1] };
}

let [chromium, room] = [];
before(async () => {
  room = await open();
  chromium = await browser({ viewport: { width: 1280, height: 720 }, reducedMotion: "reduce", offline: false });
});
after(async () => {
  await chromium?.close();
  room?.program.kill();
  fs.rmSync(folder, { recursive: true, force: true });
});
const text = (opened, name) => opened.locator(at(name)).innerText();
/** Waits until something says what it should: what comes over the network takes a moment. */
const says = (opened, name, pattern) => opened.waitForFunction(([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.innerText ?? ""), [at(name), pattern.source], { timeout: 15_000 });

/** Everybody can use what is shown, on a notebook, a projector and a telephone; axe looks at what has parts of its own. */
async function looked(opened, what, { sizes = [[390, 844], [1280, 720], [1920, 1080]], axe = false } = {}) {
  for (const [width, height] of sizes) {
    await opened.setViewportSize({ width, height });
    await opened.waitForTimeout(50);
    const over = await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${what} at ${width}: ${over} pixels too wide`);
    if (width < 400) assert.deepEqual(await cut(opened), [], `${what} at ${width}`);
    if (process.env.SHOTS) await opened.screenshot({ path: path.join(process.env.SHOTS, `${what.replaceAll(" ", "-")}-${width}.png`), fullPage: true });
  }
  await opened.setViewportSize({ width: sizes[0][0], height: sizes[0][1] });
  assert.deepEqual([...(await nameless(opened)), ...(await hyphens(opened))], [], what);
  if (axe) await holds(opened, what);
}

test("a class comes in, predicts, sees, plans, ranks and takes along", async () => {
  const wall = await page(chromium.context, room.wall);
  await wall.waitForSelector(at("wall"));
  // The wall is for all to see: the key is in no address there.
  assert.doesNotMatch(wall.url(), /host/);
  assert.equal(await text(wall, "room-code"), room.code);
  const square = await wall.locator(".qr").getAttribute("data-says");
  assert.match(square, new RegExp(`^http://127\\.0\\.0\\.1:\\d+/#class=${room.code}$`));
  await looked(wall, "wall before it begins", { axe: true });

  // One telephone follows the square, the other types the code, with a slip first.
  const one = await page(chromium.context, square);
  await one.setViewportSize({ width: 390, height: 844 });
  await says(one, "my-number", /1/);
  // Lessons and sheets say the answer: before the debrief a telephone has none of them, whatever its address asks for.
  const doors = (opened) => opened.locator("nav button").evaluateAll((all) => all.map((one) => one.dataset.test));
  assert.deepEqual(await doors(one), ["tab-class"]);
  const curious = await page(chromium.context, square.replace(/#.*/, "#sheet=who-leaves&minutes=15"));
  await curious.waitForSelector(at("class-code"));
  assert.equal(await curious.locator(at("sheet")).count(), 0);
  assert.deepEqual(await doors(curious), ["tab-class"]);
  await curious.close();
  const other = await page(chromium.context, square.split("#")[0].replace("127.0.0.1", "localhost"));
  await other.fill(at("class-code"), "00000");
  await other.click(at("class-join"));
  await other.waitForSelector(".fault");
  assert.match(await other.locator(".fault").innerText(), /compare it letter by letter/);
  await looked(other, "telephone outside", { sizes: [[390, 844]] });
  other.faults.length = 0; // The browser itself tells of a refusal.
  await other.fill(at("class-code"), room.code.toLowerCase());
  await other.click(at("class-join"));
  await says(other, "my-number", /2/);
  await says(wall, "people", /2/);

  // The notes have the door, and who is in, before a lesson is chosen.
  await wall.click(at("view-notes"));
  await wall.click(at("notes-door"));
  await says(wall, "notes-door", /Open the door/);
  await wall.click(at("notes-door"));
  await says(wall, "notes-door", /Close the door/);
  await says(wall, "notes", /Number 2/);
  await wall.click(at("view-wall"));

  await wall.selectOption(at("wall-lesson"), "who-leaves");
  await wall.waitForSelector(at("wall-next"));
  await wall.click(at("wall-next"));
  await one.waitForSelector(at("choice-1"));
  await one.click(at("choice-1"));
  await one.fill(at("height-0"), "0.6");
  await looked(one, "telephone predicts", { sizes: [[390, 844]], axe: true });
  await one.click(at("reveal"));
  await says(one, "handed-in", /Handed in/);
  await other.click(at("choice-2"));
  await other.click(at("reveal"));
  await says(wall, "answered", /2/);
  assert.equal(await wall.locator(at("answers")).count(), 0, "nobody is told what others say before they have said it");
  await wall.click(at("early"));
  assert.match(await text(wall, "answers"), /1 of 2[^]*1 of 2/);
  await looked(wall, "wall predicts");

  // A telephone that reloads is who it was, and changes its mind.
  await other.evaluate(() => delete document.body.dataset.ready);
  await other.reload();
  await other.waitForSelector(at("choice-0"));
  assert.equal(await text(other, "my-number"), "2");
  await other.click(at("choice-0"));
  await other.click(at("reveal"));
  await says(wall, "answers", /Hardly[^]*1 of 2/);

  // Nobody is taken to another lesson by a slip of the hand.
  await wall.selectOption(at("wall-lesson"), "change-fatigue");
  await wall.click(at("lesson-stays"));
  assert.equal(await wall.inputValue(at("wall-lesson")), "who-leaves");
  await wall.waitForSelector(at("wall-reveal"));

  await wall.click(at("wall-reveal"));
  await says(one, "my-answer", /You said: “Some, but not by a third”/);
  await wall.waitForSelector(at("wall-to-the-end"));
  assert.doesNotMatch(await text(wall, "answers"), /came out/);
  await looked(wall, "wall reveals");
  await wall.click(at("wall-to-the-end"));
  await says(wall, "wall-answer", /the gain at the end is \d+ % bigger.*mean of 60 runs.*1 person said so/);
  assert.match(await text(wall, "answers"), /Some, but not by a third ← this came out/);
  await wall.click(at("wall-explain"));
  await wall.waitForSelector(at("bars"));
  await looked(wall, "wall explains");

  // The notes, on another device: the same room, and the key leads from there as well.
  const notes = await page(chromium.context, room.notes);
  await says(notes, "counts", /2 people in the room, 2 predictions, 0 plans/);
  await says(notes, "minutes", /0 of 10 min/);
  await looked(notes, "notes", { axe: true });
  const below = await notes.evaluate(() => document.documentElement.scrollHeight - document.querySelector("main").getBoundingClientRect().bottom - scrollY);
  assert.ok(below < 20, `${below} pixels of nothing below the notes`);
  await notes.click(at("wall-try"));

  await one.waitForSelector(at("table"));
  const names = ["<b class=evil>Ward 7</b>", ""];
  for (const [place, opened] of [one, other].entries()) {
    await opened.waitForSelector(at("table"));
    await opened.fill(at("table-name"), names[place]);
    await opened.locator("main .levers details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
    await opened.fill("#lever-sustain-succession", place ? "0.4" : "0.8");
    await opened.click(at("hand-in"));
    await says(opened, "plan-handed-in", /Handed in/);
  }
  // A telephone says the goal, keeps the money in sight among the levers, and what is spent and left is the budget.
  assert.match(await text(one, "rules"), /^The goal: the most points of gain still there two years after support\..*£\d+,000/);
  await one.locator("#lever-sustain-succession").evaluate((lever) => lever.scrollIntoView({ block: "center" }));
  const meter = await one.locator(".meter").boundingBox();
  assert.ok(meter.y >= 0 && meter.y < 10, `the budget stands at ${meter.y}`);
  const money = (await one.locator(".meter").innerText()).match(/£[\d,]+/g).map((sum) => Number(sum.replace(/\D/g, "")));
  assert.equal(money[0] + money[1], money[2], money.join(" "));
  await one.click(at("hand-in"));
  await says(one, "plan-handed-in", /it replaces the plan that you handed in before/);
  await looked(one, "telephone plans", { sizes: [[390, 844]] });
  await says(wall, "planned", /2/);
  await wall.click(at("wall-rank"));
  await wall.click(at("wall-rank-now"));
  await wall.waitForSelector(at("ranking"), { timeout: 120_000 });
  // What a telephone says is words, whatever it looks like.
  assert.match(await text(wall, "ranking"), /<b class=evil>Ward 7<\/b> \(1\)[^]*Number 2|Number 2[^]*<b class=evil>Ward 7<\/b> \(1\)/);
  assert.equal(await wall.locator(".evil").count(), 0);
  await looked(wall, "wall ranks");
  // Every telephone is told its own place, or why it has none.
  for (const opened of [one, other]) await says(opened, "my-place", /Your plan (is in place \d|got no place)/);

  await wall.click(at("wall-debrief"));
  await wall.waitForSelector(at("debrief"));
  await one.waitForSelector(at("tab-lessons"));
  await one.click(at("tab-lessons"));
  await one.waitForSelector(at("lesson-who-leaves"));
  assert.match(await text(wall, "debrief"), /2 people[^]*1 of 2 had said so[^]*deputies are ready 0\.8[^]*chapter 3, challenge 5/);
  await looked(wall, "wall debriefs", { axe: true });
  const saved = [];
  wall.on("download", (file) => saved.push(file));
  await wall.click(at("class-csv"));
  for (let turn = 0; saved.length < 2 && turn < 50; turn++) await wall.waitForTimeout(100);
  const tables = await Promise.all(saved.map(async (file) => fs.readFileSync(await file.path(), "utf8")));
  const predictions = tables.find((table) => table.startsWith("number,lesson"));
  assert.match(predictions, /^1,who-leaves,2,"Some, but not by a third",60,/m);
  assert.match(predictions, /^2,who-leaves,1,Hardly: the staff do the work,,$/m);
  assert.match(tables.find((table) => table.startsWith("place,table")), /<b class=evil>Ward 7<\/b> \(1\),.*deputies are ready 0\.8/);

  // Where the class goes on, whoever reads elsewhere is called back.
  await wall.click(at("wall-rank"));
  await one.waitForFunction((selector) => document.querySelectorAll("nav button").length === 1 && document.querySelector(selector)?.offsetParent, at("my-number"));
  // Whoever goes back finds predictions closed: the answer is known.
  await wall.click(at("wall-predict"));
  await says(one, "closed", /predictions of this lesson are closed/);
  assert.equal(await one.locator(at("reveal")).count(), 0);
  await wall.click(at("wall-debrief"));
  await wall.waitForSelector(at("debrief"));

  // As slides each part is a page of its own.
  await wall.evaluate(() => (window.print = () => {}));
  await wall.click(at("print-slides"));
  const pdf = (await wall.pdf({ preferCSSPageSize: true })).toString("latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages >= (await wall.locator(".slide").count()), `${pages} pages`);
  assert.match(pdf, /\/MediaBox \[0 0 960 540\]/);
  for (const opened of [wall, one, other, notes]) assert.deepEqual(opened.faults, []);
});

test("a class is led in another language, and its square leads telephones there", async () => {
  const wall = await page(chromium.context, room.wall.replace("/#", "/?lang=de#"));
  await wall.waitForSelector(at("wall"));
  assert.match(await text(wall, "wall"), /Lektion/);
  await wall.click(at("wall-wait"));
  await wall.waitForSelector(".qr");
  const square = await wall.locator(".qr").getAttribute("data-says");
  assert.match(square, /\/\?lang=de#class=/);
  const telephone = await page(chromium.context, square);
  await says(telephone, "telephone", /Sie sind Nummer/);
  await wall.click(at("view-notes"));
  await says(wall, "notes", /Personen im Raum[^]*Wer da ist/);
  await telephone.close();
  await wall.close();
});

test("whoever has no key leads nothing, and a page without a room has no class", async () => {
  const stranger = await page(chromium.context, room.wall.replace(/host=.*/, "host=NOTTHEKEY"));
  await stranger.waitForFunction(() => /for who leads the class/.test(document.querySelector("main").innerText));
  assert.equal(await stranger.locator(at("wall-next")).count(), 0);
  const alone = await page(chromium.context);
  assert.equal(await alone.locator(at("tab-class")).count(), 0);
  // It could ask, but nothing lets it.
  const asked = await alone.evaluate((address) => fetch(address).then(() => "answered", () => "refused"), room.wall.split("#")[0]);
  assert.equal(asked, "refused");
});
