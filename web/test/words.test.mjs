// Codes, plans, words and lessons, without a browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PAGE } from "./browser.mjs";

const src = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "src");
async function load(name) {
  const made = await build({ entryPoints: [path.join(src, name)], bundle: true, write: false, format: "esm", platform: "node", define: { WORKER: '""', USUAL: "{}" } });
  return import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].text).toString("base64")}`);
}
const share = await load("share.ts");
const { LESSONS } = await load("lessons.ts");
const { AS_IT_IS, decided, designs, designsOf, inDesign, measured } = await load("asks.ts");
const words = await load("words.ts");
const { faults, learn, markdown } = await load("usual.ts");
const { CLASS_STEPS, csv, fromThousandths, plansHandedIn, predictionsCsv, toThousandths } = await load("class.ts");
const { curvesSpread } = await load("spread.tsx");
const CODES = LESSONS.map((lesson) => lesson.code);

test("a cohort's code reads back, and a slip of the pen is caught", () => {
  for (const lesson of CODES)
    for (const seed of [0, 1, 31, 32, 777_777, (1 << 20) - 1]) {
      const code = share.cohortCode({ lesson, seed });
      assert.match(code, /^[A-Z]{3}-[0-9A-Z]{5}$/);
      assert.deepEqual(share.readCohort(code, CODES), { lesson, seed });
      assert.deepEqual(share.readCohort(` ${code.toLowerCase().replace("-", " ")} `, CODES), { lesson, seed });
      let caught = 0;
      for (let place = 4; place < 8; place++) {
        const other = code[place] === "7" ? "8" : "7";
        try {
          share.readCohort(code.slice(0, place) + other + code.slice(place + 1), CODES);
        } catch {
          caught += 1;
        }
      }
      assert.equal(caught, 4, code);
    }
  assert.throws(() => share.readCohort("XYZ-12345", CODES));
});

test("scenarios and plans survive their codes", async () => {
  const text = "# Ward – “Übung”\n\ntitle = \"x\"\n".repeat(20);
  const packed = await share.pack(text);
  assert.match(packed, /^[A-Za-z0-9_-]+$/);
  assert.ok(packed.length < text.length / 3);
  assert.equal(await share.unpack(packed), text);
  const plan = { table: "Table 4", cohort: "EVA-00001", changes: [["programme.0.sustain.embedding", "0.8"]] };
  const code = await share.planCode(plan);
  assert.ok(code.length < 220, code);
  assert.deepEqual(await share.readPlan(`see: ${code}\n`), plan);
  await assert.rejects(share.readPlan("hello"));
});

test("numbers read as people write them", () => {
  assert.equal(words.money(193_712), "£194,000");
  assert.equal(words.points(0.1234), "+12.3");
  assert.equal(words.points(-0.0001), "0.0");
  assert.equal(words.points(null), "–");
  assert.equal(words.when(53), "week 53, year 2");
  assert.equal(words.percent(-0.3), "−30 %");
  assert.equal(words.money(-5), "−£5");
});

test("every lesson is whole", () => {
  assert.deepEqual(LESSONS.map((lesson) => lesson.id).sort(), ["carrots-and-sticks", "change-fatigue", "evaporating-ward", "measure-what-matters", "who-leaves"]);
  assert.equal(new Set(CODES).size, LESSONS.length);
  for (const lesson of LESSONS) {
    for (const minutes of [15, 60, 90]) {
      assert.equal(lesson.plans[minutes].reduce((sum, step) => sum + step.minutes, 0), minutes, lesson.id);
    }
    // Every possible answer is in exactly one choice.
    for (let value = -1; value <= 3; value += 0.0625) {
      assert.equal(lesson.choices.filter(({ low, high }) => value >= low && value < high).length, 1, `${lesson.id} ${value}`);
    }
    // The notes of who leads follow the class: every step has its minutes, and every minute its step.
    assert.deepEqual(lesson.plans[60].map((step) => step.at), CLASS_STEPS, lesson.id);
    assert.deepEqual(lesson.plans[15].map((step) => step.at), CLASS_STEPS.slice(0, 4), lesson.id);
    // The debrief holds the review beside a claim that the numbers hold, and says where in the review.
    assert.ok(lesson.beside.length >= 3 && lesson.cannot.length >= 2, lesson.id);
    for (const { where, claim } of lesson.beside) assert.ok(/^chapter \d, (theme|challenge) \d/.test(where) && lesson.explain[claim], `${lesson.id}: ${where}`);
    assert.ok(lesson.trials.length >= 3 && lesson.discuss.length >= 3 && lesson.evidence.length >= 2);
    // Every sentence that explains names the numbers that must show it, and every number a design that is there.
    const labels = designs(lesson).map(({ label }) => label);
    assert.equal(new Set(labels).size, labels.length, lesson.id);
    assert.ok(lesson.explain.length >= 3 && lesson.explain.every(({ shown }) => shown.length > 0), lesson.id);
    const { picture } = lesson;
    const asked = [lesson.measure, ...lesson.explain.flatMap(({ shown }) => shown.map((check) => check.of)), ...(picture.kind === "bars" ? picture.designs.map((label) => inDesign(picture.of, label)) : [])];
    for (const measure of asked) assert.deepEqual(designsOf(measure).filter((label) => !labels.includes(label)), [], lesson.id);
  }
});

/** Means without luck: every run alike. */
const plainly = (columns) =>
  columns.map(([top, over]) => {
    const mean = (all) => all.reduce((sum, value) => sum + value, 0) / all.length;
    const value = mean(top) / (over ? mean(over) : 1);
    return { value, low: value, high: value, count: top.length, change: "gain" };
  });

test("a table for other programs is no formula for them, and keeps what was said in its cell", () => {
  assert.equal(csv([["a", 1, null], ['=HYPERLINK("x")', -2.5, "two\nlines"]]), 'a,1,\n"\'=HYPERLINK(""x"")",-2.5,"two\nlines"\n');
  const row = predictionsCsv([{ number: 7, lesson: "who-leaves", choice: 1, drawn: [null, 250, 600] }], () => [1, 2]).split("\n")[1];
  assert.equal(row, '7,who-leaves,2,"Some, but not by a third",25,60');
});

test("nobody hands in for another table, whatever its name", async () => {
  const read = async (code) => ({ table: "Mine", cohort: "WHO-00000", changes: [["x", code]] });
  const plans = [{ number: 1, lesson: "w", table: " Night ", plan: "a" }, { number: 2, lesson: "w", table: "Night", plan: "b" }, { number: 3, lesson: "w", table: " ", plan: "c" }];
  const { plans: found } = await plansHandedIn(plans, read);
  assert.deepEqual(found.map(({ table }) => table), ["Night (1)", "Night (2)", "Number 3"]);
});

test("a curve survives the way to the room; of several the middle and the edges are told", () => {
  const weeks = new Array(12).fill(0.5);
  const drawn = [null, ...weeks, 0.123, 1.2];
  assert.deepEqual(fromThousandths(toThousandths(drawn), 16), [null, ...weeks, 0.123, 1, null]);
  assert.deepEqual(toThousandths([null, null]), []);
  // A slip of the finger is no curve, not even one that an older page sent.
  assert.deepEqual(toThousandths([null, ...weeks]), []);
  const curve = (share) => ({ lesson: "w", choice: 0, drawn: [null, ...new Array(13).fill(share)] });
  const handed = [100, 200, 300].map(curve);
  const { many, middle, low, high } = curvesSpread([...handed, { lesson: "w", choice: 0, drawn: [] }, { lesson: "w", choice: 0, drawn: [null, 900] }], 14);
  assert.deepEqual([many, middle[0], middle[1], low[1], high[1]], [3, null, 0.2, 0.1, 0.3]);
});

test("a lesson's answer is the ratio it asks for, and how much bigger is what is more", () => {
  const answer = (id, runs) => {
    const lesson = LESSONS.find((lesson) => lesson.id === id);
    return measured(lesson.measure, lesson, runs, plainly).value;
  };
  assert.equal(answer("measure-what-matters", () => [[{ net_gain_at_end: 0.1, reported_minus_true_at_end: 0.1 }]]), 0.5);
  const bigger = answer("who-leaves", (label) => [[{ net_gain_at_end: label === AS_IT_IS ? 0.1 : 0.123 }]]);
  assert.ok(Math.abs(bigger - 0.23) < 1e-9, String(bigger));
});

const figures = JSON.parse(fs.readFileSync(PAGE, "utf8").match(/id="usual">([^<]*)</)[1]);

test("every lesson was run: its numbers decide its question and show what its words say", () => {
  for (const lesson of LESSONS) {
    const usual = figures[lesson.id];
    assert.equal(usual.runs, 60);
    assert.deepEqual(faults(lesson, usual), []);
    assert.match(markdown(lesson, usual), /## 15 minutes[\s\S]*## 60 minutes[\s\S]*## 90 minutes[\s\S]*The answer to the question is/);
    assert.doesNotMatch(markdown(lesson, usual), /NaN|undefined|Infinity|–\)/);
  }
});

test("a lesson that claims what the numbers do not show is found out, and so is a question that they leave open", () => {
  for (const lesson of LESSONS)
    lesson.explain.forEach(({ shown }, claim) =>
      shown.forEach(({ low, high }, place) => {
        // The same words, where the engine finds the opposite.
        const usual = structuredClone(figures[lesson.id]);
        const beyond = low === undefined ? high + 0.01 : low - 0.01;
        Object.assign(usual.claims[claim][place], { value: beyond, low: beyond, high: beyond });
        assert.equal(faults(lesson, usual).length, 1, lesson.id);
      }),
    );
  const [lesson] = LESSONS;
  const usual = structuredClone(figures[lesson.id]);
  Object.assign(usual.answer, { low: lesson.choices[0].high - 0.1, high: lesson.choices[0].high + 0.1 });
  assert.equal(decided(lesson, usual.answer), null);
  assert.match(faults(lesson, usual)[0], /lies in no one choice/);
  // What is learned is what was lived.
  const learned = learn(lesson, (_, does) => ({ outcomes: [[new Proxy({}, { get: () => (does.changes ? 0.2 : 0.1) })]], money: 1 }), plainly);
  assert.equal(learned.means[AS_IT_IS].net_gain_at_end.value, 0.1);
  assert.ok(faults(lesson, learned).length > 0);
});

test("nobody wins by doing nothing, and who is not clearly ahead shares a place", async () => {
  const { entries, standings } = await load("game.ts");
  const engine = {
    ask: ({ columns }) => {
      const estimates = columns.map(([all]) => {
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        const wide = 2 * Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length ** 2);
        return { value: mean, low: mean - wide, high: mean + wide, count: all.length };
      });
      return { json: { estimates, changes: estimates.map(() => "") } };
    },
  };
  const lucks = Array.from({ length: 20 }, (_, luck) => Math.sin(luck));
  const lived = (later, noise = 0.01, atEnd = 0.1, sign = 1) => ({ later: lucks.map((luck) => later + sign * noise * luck), atEnd: lucks.map(() => atEnd) });
  const own = lived(-0.02);
  const found = standings({ engine }, own, [lived(0.05), lived(0.0501, 0.02, 0.1, -1), lived(0, 0, 0), lived(-0.02), lived(0.02)]);
  assert.deepEqual(found.map(({ place }) => place), [1, 1, null, null, 3]);
  // Nothing is more than what the story's own plan keeps here: it wins all the same nothing.
  assert.equal(found[2].why, "gains nothing to keep");
  assert.equal(found[3].why, "keeps no more than the story's own plan");
  const plan = (table, value) => ({ table, cohort: "EVA-00001", changes: [["programme.0.sustain.embedding", value]] });
  const together = entries([plan("One", "0.1"), plan("One", "0.1"), plan("Two", "0.1"), plan("Three", "0.2"), plan("Three", "0.3")]);
  assert.deepEqual(together.entries.map(({ tables }) => tables), [["One", "Two"], ["Three"]]);
  assert.equal(together.entries[1].changes[0][1], "0.3");
  assert.equal(together.said.length, 3);
});

test("the page names no lever, shock or setting; only lessons do, and plainer names are of what is declared", async () => {
  const declared = fs.readFileSync(path.join(src, "..", "..", "src", "programme", "lever", "rows.rs"), "utf8");
  const keys = [...declared.matchAll(/^\s+(\w+) = [\d.]+, /gm)].map(([, key]) => key);
  const kinds = [...fs.readFileSync(path.join(src, "..", "..", "src", "world", "shock.rs"), "utf8").matchAll(/^\s+\w+ "(\w+)" \{/gm)].map(([, kind]) => kind);
  assert.ok(keys.length > 20 && kinds.length > 8, `${keys.length} levers, ${kinds.length} shocks`);
  const clock = fs.readFileSync(path.join(src, "..", "..", "src", "programme", "clock.rs"), "utf8");
  const { NAMES } = await load("names.ts");
  const all = [...keys, ...kinds, ...[...clock.matchAll(/^\s+(\w+) = /gm)].map(([, key]) => key), "at"];
  assert.deepEqual(Object.keys(NAMES).filter((key) => !all.includes(key)), []);
  assert.equal(new Set(Object.values(NAMES)).size, Object.keys(NAMES).length);
  for (const file of fs.readdirSync(src).filter((file) => /\.tsx?$/.test(file) && !["lessons.ts", "names.ts"].includes(file))) {
    const text = fs.readFileSync(path.join(src, file), "utf8");
    // A word that is common English may occur; as a key it stands in quotes or after a dot of a path.
    const named = [...keys, ...kinds].filter((key) => key.includes("_") && new RegExp(`\\b${key}\\b`).test(text));
    assert.deepEqual(named, [], file);
  }
});

test("colours and looks of drawings are those of the report", async () => {
  const { language } = await import("../bundle.mjs");
  const report = fs.readFileSync(path.join(src, "..", "..", "src", "output", "report", "style.css"), "utf8");
  const css = language(report);
  for (const colour of ["--with", "--without", "--reported", "--gain", "--loss"]) {
    const [light, dark] = [...report.matchAll(new RegExp(`${colour}: (#[0-9a-f]{6})`, "g"))].map(([, value]) => value);
    assert.ok(css.startsWith(":root") && css.includes(`${colour}: ${light}`) && css.split(`${colour}: ${dark}`).length === 3, colour);
  }
  assert.match(css, /\.drawn svg \.loss\.bar/);
  assert.throws(() => language("body {}"), /no colours/);
  // Every colour that the page uses is declared there: none is its own.
  for (const file of fs.readdirSync(src)) {
    const used = [...fs.readFileSync(path.join(src, file), "utf8").matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name]) => name);
    assert.deepEqual(used.filter((name) => !css.includes(`${name}:`)), [], file);
  }
});

test("a square holds an address only where another machine can follow it", () => {
  const at = (href) => share.squareText(new URL(href), "plan", "DP1.x");
  assert.equal(at("https://ward.example/teach/dewpoint.html#tab=together"), "https://ward.example/teach/dewpoint.html#plan=DP1.x");
  assert.equal(at("http://192.168.0.7:8000/"), "http://192.168.0.7:8000/#plan=DP1.x");
  for (const here of ["file:///desk/dewpoint.html", "http://localhost:8000/", "http://127.0.0.1:8000/", "http://[::1]:8000/"]) assert.equal(at(here), "DP1.x");
});
