// Puts the page together: style, script, worker and engine into one HTML file; and the facilitators' sheets as Markdown.
// The same sources and the same engine give the same bytes: no times, no paths, a fixed order.
import { build } from "esbuild";
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import zlib from "node:zlib";

const web = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(web);
export const workshop = path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "web-parts");
const out = process.argv[2] ?? path.join(web, "dist");
const sheets = process.argv[3] ?? path.join(root, "docs", "lessons");

async function bundle(entry, define = {}) {
  const made = await build({
    entryPoints: [path.join(web, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    define,
    absWorkingDir: web,
  });
  return made.outputFiles[0].text;
}

/** Every file below `folder`, sorted. */
function files(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(path.join(folder, entry.name)) : [path.join(folder, entry.name)]))
    .sort();
}

/** Digest of all sources that decide what the page does: its own, the engine's, the scenarios, the versions. */
export function sources() {
  const hash = crypto.createHash("sha256");
  const engine = files(path.join(root, "src")).filter((file) => !/\/src\/(cli\/|main\.rs)/.test(file));
  const own = ["package.json", "package-lock.json", "bundle.mjs", "learn.mjs", "engine"].map((file) => path.join(web, file));
  const rest = ["Cargo.toml", "Cargo.lock", "build.rs", "docs/validation.md"].map((file) => path.join(root, file));
  for (const file of [...engine, ...files(path.join(root, "scenarios")), ...files(path.join(web, "src")), ...files(path.join(web, "words")), ...own, ...rest]) {
    hash.update(path.relative(root, file)).update("\0").update(fs.readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/**
 * The visual language of the report, for the page: its colours in light and dark, its font, and the looks of its drawings.
 * Declared once, in the report's style. Dark is for screens: paper is white.
 */
export function language(report) {
  const css = report.replace(/\/\*[^]*?\*\//g, "");
  const found = (what, pattern) => {
    const match = css.match(pattern);
    if (!match) throw new Error(`src/output/report/style.css has no ${what}: web/bundle.mjs must learn where it is`);
    return match[1].trim();
  };
  const light = found("colours", /:root\s*\{([^}]*)\}/);
  const dark = found("dark colours", /prefers-color-scheme: dark\)\s*\{\s*:root\s*\{([^}]*)\}/);
  const font = found("font", /font:\s*1rem\/[\d.]+ ([^;]+);/);
  const drawings = [...css.matchAll(/(?<=^|[}\n])[ \t]*(svg [^{}@]*)\{([^{}]*)\}/g)].map(
    ([, selectors, looks]) => `${selectors.split(",").map((one) => `.drawn ${one.trim()}`).join(", ")} {${looks}}`,
  );
  if (!drawings.length) throw new Error("src/output/report/style.css says nothing of drawings");
  return `:root { color-scheme: light; ${light} --font: ${font}; }
@media screen { :root[data-theme="dark"] { color-scheme: dark; ${dark} } }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { color-scheme: dark; ${dark} } }
${drawings.join("\n")}
`;
}

/** How the model stands: what `dewpoint validate` wrote of each pattern, from its table. */
export function standing(document) {
  const rows = [...document.matchAll(/^\| (P\d+) ([^|]+?) \| ([^|]+?) \|/gm)].map(([, , name, result]) => [name.replaceAll("&lt;", "<"), result.replace(" (part)", "")]);
  const said = Number(document.match(/^Of (\d+) patterns /m)?.[1]);
  if (!rows.length || rows.length !== said) throw new Error(`docs/validation.md tells of ${said} patterns and its table of ${rows.length}: web/bundle.mjs must learn how it is written`);
  const unknown = rows.find(([, result]) => !["pass", "fail", "not emergent", "tautology", "undecided", "open", "not testable yet"].includes(result));
  if (unknown) throw new Error(`docs/validation.md says “${unknown[1]}” of ${unknown[0]}: web/src/standing.tsx must learn what that means`);
  const quick = /^A quick look /m.test(document);
  return { quick, rows };
}

/** A module of the page for use elsewhere. */
export async function load(entry) {
  const made = await build({ entryPoints: [path.join(web, "src", entry)], bundle: true, write: false, format: "esm", platform: "node" });
  const file = path.join(workshop, `${path.parse(entry).name}.mjs`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, made.outputFiles[0].text);
  return import(pathToFileURL(file));
}

/** What usually happens in each lesson, asked of the engine: and so what its words must not contradict. */
export async function usual(wasm) {
  const { LESSONS } = await load("lessons.ts");
  const { faults } = await load("usual.ts");
  await load("engine.ts");
  const modules = ["engine", "lessons", "usual"].map((name) => pathToFileURL(path.join(workshop, `${name}.mjs`)).href);
  const left = LESSONS.map(({ id }) => id);
  const found = {};
  // One lesson at a time for every core there is.
  const one = async () => {
    while (left.length) {
      const worker = new Worker(path.join(web, "learn.mjs"), { workerData: { wasm, modules, ids: [left.shift()], runs: 60 } });
      const [id, learned] = await new Promise((done, failed) => worker.once("message", done).once("error", failed));
      found[id] = learned;
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LESSONS.length, os.availableParallelism()) }, one));
  const wrong = LESSONS.flatMap((lesson) => faults(lesson, found[lesson.id]));
  if (wrong.length) throw new Error(`lessons say what the numbers do not show:\n${wrong.join("\n")}\nSay in web/src/lessons.ts what they do show.`);
  return Object.fromEntries(LESSONS.map(({ id }) => [id, found[id]]));
}

/** Every language that somebody has put the page into: a file each. English is in the page itself. */
export function languages() {
  const folder = path.join(web, "words");
  const found = files(folder).filter((file) => file.endsWith(".json") && path.basename(file) !== "en.json");
  return found.map((file) => JSON.parse(fs.readFileSync(file, "utf8")));
}

/** A language as it lies in the page, packed like the engine. */
function inPage(language) {
  const bytes = zlib.gzipSync(JSON.stringify(language), { level: 9 });
  // A fixed header: no time, no system.
  bytes[9] = 255;
  return `<script type="application/octet-stream" data-language="${language.code}" data-name="${language.name}">${bytes.toString("base64url")}</script>\n`;
}

/** Makes the page and the sheets from the engine and from what is known of the lessons. */
export async function make(wasm, known) {
  const define = {
    STANDING: JSON.stringify(standing(fs.readFileSync(path.join(root, "docs", "validation.md"), "utf8"))),
  };
  const worker = await bundle("worker.ts");
  const script = await bundle("main.tsx", { WORKER: JSON.stringify(worker), ...define });
  const report = fs.readFileSync(path.join(root, "src", "output", "report", "style.css"), "utf8");
  const css = language(report) + fs.readFileSync(path.join(web, "src", "style.css"), "utf8");
  const style = (await build({ stdin: { contents: css, loader: "css" }, minify: true, write: false, charset: "utf8" })).outputFiles[0].text.trim();
  // A fixed header: no time, no system.
  const packed = zlib.gzipSync(wasm, { level: 9 });
  packed[9] = 255;
  const parts = {
    languages: languages().map(inPage).join(""),
    sources: sources(),
    usual: JSON.stringify(known).replaceAll("<", "\\u003c"),
    style,
    script: script.replaceAll("</script", "<\\/script"),
    engine: packed.toString("base64url"),
  };
  const page = fs.readFileSync(path.join(web, "src", "page.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, "dewpoint.html"), page);
  const { LESSONS } = await load("lessons.ts");
  const { markdown } = await load("usual.ts");
  fs.mkdirSync(sheets, { recursive: true });
  for (const lesson of LESSONS) fs.writeFileSync(path.join(sheets, `${lesson.id}.md`), markdown(lesson, known[lesson.id]));
  console.log(`dewpoint.html: ${(page.length / 1024).toFixed(0)} KB (engine ${(parts.engine.length / 1024).toFixed(0)} KB, script ${(parts.script.length / 1024).toFixed(0)} KB, other languages ${(parts.languages.length / 1024).toFixed(0)} KB)`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wasm = fs.readFileSync(path.join(workshop, "engine.wasm"));
  await make(wasm, await usual(wasm));
}
