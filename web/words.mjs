// The English catalogue: everything that the page can say, with where it is said. Languages are held against it.
//
//   node web/words.mjs           writes words/en.json, and says what other languages lack
//
// Words come from four places: what stands in the sources between the brackets of `t`, `tx`, `many` and `word`; the lessons;
// what the engine declares and what its scenarios are called; the patterns of docs/validation.md.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { languages, load, standing, workshop } from "./bundle.mjs";

const web = path.dirname(fileURLToPath(import.meta.url));
const src = path.join(web, "src");
const SAYS = new Set(["t", "tx", "many", "word"]);

/** Words in a source, and calls whose words cannot be seen there. */
export function said(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found = [];
  const look = (node) => {
    if (ts.isCallExpression(node) && SAYS.has(node.expression.getText())) {
      const words = node.arguments[node.expression.getText() === "many" ? 1 : 0];
      const as = node.arguments[2];
      if (words && ts.isStringLiteral(words)) found.push(as && ts.isStringLiteral(as) ? `${words.text} [${as.text}]` : words.text);
      else if (words && ts.isTemplateExpression(words)) throw new Error(`${file}: words with \${}: say them with {names}: ${words.getText()}`);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

/** Everything that a lesson says: its texts, wherever they stand, but not its keys. */
function ofLesson(lesson) {
  const { title, about, question, answer, besides, choices, draw, picture, knockouts, explain, trials, discuss, evidence, beside, cannot, plans } = lesson;
  return [
    title, about, question, answer, besides, draw,
    ...choices.map(({ says }) => says),
    ...(picture.kind === "bars" ? [picture.title, ...picture.designs] : []),
    ...knockouts.map(({ label }) => label),
    ...explain.map(({ says }) => says),
    ...trials.flatMap(({ label, ask }) => [label, ask]),
    ...discuss, ...evidence, ...cannot,
    ...beside.flatMap(({ review, where }) => [review, where]),
    ...Object.values(plans).flatMap((steps) => steps.flatMap(({ who, what }) => [who, ...what])),
  ];
}

/** What the engine declares for the page, and what its scenarios are called. */
function ofEngine(engine, named, pieced) {
  const found = new Map();
  const add = (where, ...texts) => texts.filter(Boolean).forEach((text) => found.has(text) || found.set(text, where));
  const { themes, levers, clock, settings, shocks, scenarios } = engine.ask({ do: "reference" }).json;
  const quantity = (where) => ({ name, doc, unit }) => add(where, named(name), doc, unit === "count" ? "" : unit);
  for (const { name, doc } of themes) add("themes", `${named(name)} [theme]`, doc);
  for (const lever of levers) add("levers", named(lever.key), lever.doc, ...lever.meaning, lever.challenge, ...pieced(lever.price));
  clock.forEach(quantity("time"));
  settings.forEach(quantity("the hospital"));
  for (const { kind, doc, settings } of shocks) {
    add("shocks", named(kind), doc);
    settings.forEach(quantity("shocks"));
  }
  for (const { name, folder, title, story } of scenarios.filter(({ folder }) => folder !== "settings")) {
    add("scenarios", title, story);
    const { programmes, professions, shocks } = engine.ask({ do: "open", name }).json;
    add(`scenario ${folder}/${name}`, ...programmes.map(({ name }) => name), ...professions.map((name) => `${name} [profession]`));
    for (const { turns } of shocks) if (turns.length > 1) add("shocks", ...turns.map(([, words]) => words));
  }
  return found;
}

/** Every word of the page, with where it is said first. */
export async function catalogue(wasm) {
  const { LESSONS, FIRST_STORY } = await load("lessons.ts");
  const { Engine } = await load("engine.ts");
  const { named } = await load("words.ts");
  const { pieced } = await load("price.ts");
  const found = new Map();
  const add = (text, where) => found.has(text) || found.set(text, where);
  for (const file of fs.readdirSync(src).filter((file) => /\.tsx?$/.test(file)).sort()) for (const text of said(file, fs.readFileSync(path.join(src, file), "utf8"))) add(text, file);
  const { says, steps, watch, guess, why, goal, choices } = FIRST_STORY;
  for (const text of [says, ...steps, watch, guess, why, goal.says, ...choices.map(({ label }) => label)]) add(text, "lessons.ts, the first story");
  for (const lesson of LESSONS) for (const text of ofLesson(lesson)) add(text, `lessons.ts, ${lesson.id}`);
  for (const [text, where] of ofEngine(await Engine.of(wasm), named, pieced)) add(text, `the engine, ${where}`);
  for (const [name] of standing(fs.readFileSync(path.join(path.dirname(web), "docs", "validation.md"), "utf8")).rows) add(name, "docs/validation.md");
  return found;
}

export const inFile = (found) => `${JSON.stringify({ code: "en", name: "English", locale: "en-GB", small: true, words: Object.fromEntries(found) }, null, 1)}\n`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await catalogue(fs.readFileSync(path.join(workshop, "engine.wasm")));
  fs.writeFileSync(path.join(web, "words", "en.json"), inFile(found));
  console.log(`${found.size} texts, ${[...found.keys()].join("").length} letters`);
  for (const { code, words } of languages()) {
    for (const text of found.keys()) if (!words[text]) console.log(`${code} lacks: ${text}`);
    for (const text of Object.keys(words)) if (!found.has(text)) console.log(`${code} has what nobody says: ${text}`);
  }
}
