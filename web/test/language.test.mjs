// Every word of the page in every language: nothing missing, nothing left over, nothing said outside the catalogue.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import ts from "typescript";
import { languages, load } from "../bundle.mjs";
import { catalogue, inFile } from "../words.mjs";
import { PAGE } from "./browser.mjs";

const web = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const src = path.join(web, "src");
const wasm = zlib.gunzipSync(Buffer.from(fs.readFileSync(PAGE, "utf8").match(/id="engine">([^<]*)</)[1].trim(), "base64url"));
const found = catalogue(wasm);
const gaps = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/** What is wrong with a language, against what the page can say. */
function faults({ code, locale, same, words }, said) {
  const wrong = [];
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.length;
  for (const text of said) {
    const own = words[text];
    if (!own?.trim()) wrong.push(`${code} lacks: ${text}`);
    else if (own === text && !same.includes(text)) wrong.push(`${code} says as English does, and not under "same": ${text}`);
    else if (String(gaps(own)) !== String(gaps(text))) wrong.push(`${code} has other gaps: ${text}: ${own}`);
    else if (text.includes("|") && own.split("|").length !== forms) wrong.push(`${code} has ${forms} forms of a number: ${own}`);
  }
  for (const text of Object.keys(words)) if (!said.has(text)) wrong.push(`${code} has what nobody says: ${text}`);
  for (const text of same) if (words[text] !== text) wrong.push(`${code} says under "same" what is not: ${text}`);
  return wrong;
}

test("the English catalogue is what the page, its lessons and its engine say", async () => {
  assert.equal(fs.readFileSync(path.join(web, "words", "en.json"), "utf8"), inFile(await found), "run node web/words.mjs");
});

test("every language has every word, and none that nobody says", async () => {
  const said = new Set((await found).keys());
  assert.ok(said.size > 1000 && languages().length >= 1);
  for (const language of languages()) assert.deepEqual(faults(language, said), []);
  // And the test finds what is wrong.
  const [whole] = languages();
  const broken = (words) => faults({ ...whole, words: { ...whole.words, ...words } }, said);
  assert.match(String(broken({ Begin: "" })), /lacks: Begin/);
  assert.match(String(broken({ Begin: "Begin" })), /as English does.*Begin/);
  assert.match(String(broken({ "year {year}": "Jahr" })), /other gaps: year/);
  assert.match(String(broken({ "{count} run|{count} runs": "{count} Durchläufe" })), /forms of a number/);
  assert.match(String(broken({ "Nobody says this": "Niemand sagt dies" })), /what nobody says/);
});

/** Words of a source that no language can have, since they are not looked up. */
function unsaid(file) {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(src, file), "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found = [];
  const words = (text) => /[A-Za-z]{2,}/.test(text) && text.trim() !== "dewpoint";
  const READ = /^(aria-label|aria-valuetext|title|label|name|placeholder|aria-roledescription)$/;
  const strings = (node) => {
    if (!node) return;
    if (ts.isCallExpression(node) && /^(t|tx|many|word)$/.test(node.expression.getText())) return;
    if (ts.isStringLiteral(node) && words(node.text)) found.push(node.text);
    if (ts.isTemplateExpression(node)) for (const part of [node.head, ...node.templateSpans.map(({ literal }) => literal)]) if (words(part.text)) found.push(node.getText());
    if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(strings);
    else if (ts.isBinaryExpression(node)) {
      if (node.operatorToken.getText() !== "===") [node.left, node.right].forEach((side) => (/^(&&|\|\||\?\?|\+)$/.test(node.operatorToken.getText()) ? strings(side) : 0));
    } else if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node)) strings(node.expression);
    else if (ts.isTemplateExpression(node)) node.templateSpans.forEach(({ expression }) => strings(expression));
  };
  const look = (node) => {
    const tag = ts.isJsxElement(node.parent ?? node) ? node.parent.openingElement.tagName.getText() : "";
    if (ts.isJsxText(node) && words(node.text)) found.push(node.text.trim());
    if (ts.isJsxExpression(node) && ts.isJsxElement(node.parent) && tag !== "code") strings(node.expression);
    // A field of a form has a name for the browser alone.
    const own = ts.isJsxAttribute(node) && node.parent.parent.tagName.getText();
    if (own && READ.test(node.name.getText()) && !(own === "input" && node.name.getText() === "name")) strings(node.initializer);
    ts.forEachChild(node, look);
  };
  look(source);
  return found.map((text) => `${file}: ${text}`);
}

/** Shown as they are, whatever the language. */
const AS_THEY_ARE = ["compare.tsx: B", "data.tsx: 2014-03", "together.tsx: EVA-7K3Q8", "explain.tsx: dewpoint explain", "data.tsx: dewpoint chart"];

test("nothing is written on the page that no language could say", () => {
  const found = fs.readdirSync(src).filter((file) => file.endsWith(".tsx")).flatMap(unsaid);
  assert.deepEqual(found.filter((text) => !AS_THEY_ARE.some((known) => text.startsWith(known))), []);
});

test("numbers, money, dates and counts are written as the language does", async () => {
  const { speak, many, t, within } = await load("language.ts");
  const words = await load("words.ts");
  assert.deepEqual([words.points(0.0123), words.money(-184_000), words.percent(-0.5)], ["+1.2", "−£184,000", "−50 %"]);
  assert.deepEqual([many(1, "{count} run|{count} runs"), many(12_345, "{count} run|{count} runs"), within("Ward")], ["1 run", "12,345 runs", "ward"]);
  speak(languages().find(({ code }) => code === "de"));
  assert.deepEqual([many(1, "{count} run|{count} runs"), many(12_345, "{count} run|{count} runs"), within("Station")], ["1 Durchlauf", "12.345 Durchläufe", "Station"]);
  assert.deepEqual([t("constructor"), t("Station {number}", { number: "{name}" })], ["constructor", "Station {name}"]);
  assert.equal(t("support"), "Unterstützung");
  assert.equal(t("support", {}, "profession"), "Hilfskraft");
});

/** A module that speaks German: it and the words in one. */
async function german(...modules) {
  const { build } = await import("esbuild");
  const contents = ["./language", ...modules].map((module) => `export * from "${module}";`).join("\n");
  const made = await build({ stdin: { contents, resolveDir: src, loader: "ts" }, bundle: true, write: false, format: "esm", platform: "node" });
  const module = await import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].text).toString("base64")}`);
  module.speak(languages().find(({ code }) => code === "de"));
  return module;
}

test("numbers in German have a comma, and sentences of the engine are put into German with them", async () => {
  const { money, points, listed, told, toldDrawing, priced } = await german("./words", "./told", "./price");
  assert.deepEqual([points(-0.0123), money(-184_000), listed(["a", "b", "c"])], ["−1,2", "−184.000\u00a0£", "a, b und c"]);
  assert.equal(told("Safe rounds had a gain of 9.5 points (8.8 to 10.2) when support ended; 24 months later 0.9 points (0.4 to 1.5) were left."), "„Sichere Runden“ hatte am Ende der Unterstützung 9,5 Punkte (8,8 bis 10,2) Gewinn; 24 Monate später waren 0,9 Punkte (0,4 bis 1,5) übrig.");
  assert.equal(told("Of these, withdrawn support took 11.0 points (10.1 to 12.0), cynicism 1.1 (0.8 to 1.4) and fatigue 0.5 (0.4 to 0.6)."), "Davon: Ende der Unterstützung 11,0 Punkte (10,1 bis 12,0), Zynismus 1,1 (0,8 bis 1,4) und Ermüdung 0,5 (0,4 bis 0,6).");
  assert.equal(told("Whether there is a part of fatigue (-0.2, -1.1 to +0.8) is not clear."), "Ob es hier einen Teil gibt, ist nicht klar: Ermüdung (−0,2, −1,1 bis +0,8).");
  assert.equal(told("Fatigue gave back 0.2 points (0.1 to 0.4)."), "Durch Ermüdung kamen 0,2 Punkte (0,1 bis 0,4) zurück.");
  assert.equal(told("15 points in a row lie below the centre, Jan 2014 to Mar 2015: a shift (7 or more in a row)."), "15 Punkte in Folge liegen unterhalb der Mitte, Jan 2014 bis Mär 2015: eine Verschiebung (7 oder mehr in Folge).");
  assert.equal(told("falls: nothing beyond the usual ups and downs in 19 points."), "falls: 19 Punkte, nichts über das übliche Auf und Ab hinaus.");
  assert.match(toldDrawing('<text x="121" y="54.4" text-anchor="end" class="row">withdrawn</text><text x="121" y="68.2" text-anchor="end" class="row">support</text><text x="9" y="9" class="value">−11.1</text>'), /row">Ende der<.*row">Unterstützung<.*>−11,1</);
  assert.equal(priced("0.5 hours of a data analyst a unit a week, planning included (prices.hard_data_hours)"), "0,5 Std. einer Datenfachkraft je Station in der Woche, Planung eingeschlossen (prices.hard_data_hours)");
});

test("what the engine and the room say stands in their sources as the catalogue has it", async () => {
  const { ENGINE_WORDS, FORMS } = await load("told.ts");
  const root = path.dirname(web);
  const folders = ["src/experiment/explain", "src/phrase", "src/programme", "src/cli/teach/class", "src/output/report/draw", "src/picture"];
  const files = folders.flatMap((folder) => fs.readdirSync(path.join(root, folder)).filter((file) => file.endsWith(".rs")).map((file) => path.join(root, folder, file)));
  // A text that goes on in the next line is one; a gap is a gap, whatever it is called.
  const source = files.map((file) => fs.readFileSync(file, "utf8")).join("\n").replace(/\\\n\s*/g, "").replace(/\{[\w.]*\}/g, "{}");
  const long = (text) => text.replace(/\{\w+\}/g, "{}").split(/\{\}|\. |[:,] /).filter((part) => part.trim().length > 17);
  // The drawing puts the axis together: measure, unit.
  const texts = [...ENGINE_WORDS.flatMap((text) => (text.startsWith("Net gain, ") ? text.split(", ") : [text])), ...FORMS.flatMap(long)];
  const strange = texts.filter((text) => !source.includes(text.replace(/\.$/, "")));
  assert.deepEqual(strange, []);
  // And every cause has a name in the catalogue.
  const causes = [...fs.readFileSync(path.join(root, "src/experiment/explain/causes.rs"), "utf8").matchAll(/name: "([^"]+)",\n\s+without/g)].map(([, name]) => name);
  assert.ok(causes.length > 10);
  assert.deepEqual(causes.filter((name) => !ENGINE_WORDS.includes(name)), []);
});

test("what the engine finds in somebody's own numbers is said in German, whatever kind they are", async () => {
  const { Engine } = await load("engine.ts");
  const { told } = await german("./told");
  const engine = await Engine.of(wasm);
  const months = Array.from({ length: 30 }, (_, at) => `${2014 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`);
  const table = (header, row) => [header, ...months.map((month, at) => `${month},${row(at)}`)].join("\n");
  const tables = [
    table("month,done,of", (at) => `${at < 15 ? 25 + ((at * 7) % 5) : 40 + ((at * 3) % 5)},50`),
    table("month,done,of", (at) => (at === 7 ? "," : `${25 + (at % 3)},50`)),
    table("month,falls,bed days,remarks", (at) => `${8 + ((at * 7) % 5)},1000,x`),
    table("month,minutes", (at) => (30 + Math.sin(at) * 3).toFixed(1)),
    table("month,done,of", (at) => `${25 + at},60`).split("\n").slice(0, 7).join("\n"),
  ];
  const answers = tables.flatMap((text) => [null, "2015-04"].map((start) => engine.ask({ do: "data", text, start, unit: null, begins: 20 }).json));
  const all = answers.flatMap(({ notes, why_not, charts }) => [why_not, ...notes, ...charts.flatMap(({ title, sentences, points }) => [title, ...sentences, ...points.map(({ said }) => said)])]).filter(Boolean);
  assert.ok(new Set(all).size > 40);
  // Headers are whoever's they are.
  const left = all.map(told).map((text) => text.replace(/"[^"]*"|^(done of of|falls per 1,000 bed days|minutes)(?=:)/g, ""));
  assert.deepEqual([...new Set(left)].filter((text) => /\b(the|of|and|in a row|from|with|is|are|not|points?|limits?)\b|\d\.\d/i.test(text)), []);
});
