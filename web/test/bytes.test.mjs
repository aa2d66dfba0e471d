// Five scenarios give the same digest natively, in Node and in Chromium: of the engine in the page itself.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { ADDRESS, browser, page, PAGE } from "./browser.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const NATIVE = process.env.DEWPOINT ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "release", "dewpoint");
const SCENARIOS = ["evaporating_ward", "change_fatigue", "carrots_and_sticks", "spi1", "shared_leadership_wales"];
const RUNS = 3;
const SEED = 7;

/** The digest that the command line writes into the manifest. */
function native(name, text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dewpoint-"));
  const file = path.join(folder, `${name}.toml`);
  fs.writeFileSync(file, text);
  const out = path.join(folder, "out");
  execFileSync(NATIVE, ["run", file, "--fixed", "--runs", String(RUNS), "--seed", String(SEED), "--quiet", "--out", out], { stdio: ["ignore", "ignore", "inherit"] });
  const { digest } = JSON.parse(fs.readFileSync(path.join(out, "manifest.json"), "utf8"));
  fs.rmSync(folder, { recursive: true });
  return digest;
}

/** A text as the page's address holds it. */
const packed = async (text) => `z${zlib.deflateRawSync(Buffer.from(text)).toString("base64url")}`;

/** The engine in the page, in Node. */
async function inNode() {
  const packed = fs.readFileSync(PAGE, "utf8").match(/id="engine">([^<]*)</)[1];
  const { instance } = await WebAssembly.instantiate(zlib.gunzipSync(Buffer.from(packed, "base64url")), {});
  const { memory, take, ask, give_back } = instance.exports;
  return (request) => {
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const start = take(bytes.length);
    new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
    const place = BigInt.asUintN(64, ask(start, bytes.length));
    const at = Number(place >> 32n);
    const length = new DataView(memory.buffer).getUint32(at, true);
    const json = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, length)));
    give_back(start, bytes.length);
    give_back(at, Number(place & 0xffffffffn));
    return json;
  };
}

/** The digest of `dewpoint explain`. */
function nativelyExplained(text, question, runs) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dewpoint-"));
  const file = path.join(folder, "ward.toml");
  fs.writeFileSync(file, text);
  const out = path.join(folder, "out");
  const words = ["explain", "--fixed", file, "--only", question, "--months", "24", "--runs", String(runs), "--seed", String(SEED), "--no-report", "--quiet", "--out", out];
  execFileSync(NATIVE, words, { stdio: ["ignore", "ignore", "inherit"] });
  const { digest } = JSON.parse(fs.readFileSync(path.join(out, "manifest.json"), "utf8"));
  const steps = fs.readFileSync(path.join(out, "attribution.csv"), "utf8");
  fs.rmSync(folder, { recursive: true });
  return { digest, steps };
}

test("a gain is explained with the same numbers by the command line and by the page", async (t) => {
  const chromium = await browser();
  t.after(() => chromium.close());
  const node = await inNode();
  const { text } = node({ do: "open", name: "evaporating_ward" });
  // All that the page lives by itself: fewer are shown for a moment only, and on a quick machine not at all.
  const runs = 8;
  const known = nativelyExplained(text, "lost", runs);
  const opened = await page(chromium.context, `${ADDRESS}#s=${await packed(text)}&seed=${SEED}&week=9999`);
  await opened.click('[data-test="ask-lost"]');
  const shown = `[data-test="explained"][data-runs="${runs}"]`;
  await opened.waitForSelector(shown, { timeout: 240_000 });
  assert.equal(await opened.getAttribute(shown, "data-digest"), known.digest);
  // The parts add up to the whole: from the gain at the end of support to what is left of it.
  const rows = known.steps.trim().split("\n").slice(1).map((line) => line.split(","));
  const of = (kind) => rows.filter((row) => row[2] === kind).map((row) => Number(row[3]));
  const [first, last] = of("gain");
  const taken = [...of("part"), ...of("rest")].reduce((sum, value) => sum + value, 0);
  assert.ok(Math.abs(first - taken - last) < 1e-9, `${first} - ${taken} is not ${last}`);
});

test("five scenarios: the same digest natively, in Node and in Chromium", async (t) => {
  const node = await inNode();
  const chromium = await browser();
  t.after(() => chromium.close());
  const opened = await page(chromium.context);
  const digests = new Set();
  for (const name of SCENARIOS) {
    const { text } = node({ do: "open", name });
    const request = { do: "results", text, seed: SEED, runs: RUNS };
    const [here, there, own] = [native(name, text), node(request).digest, await opened.evaluate((asked) => window.dewpoint.ask(asked).digest, request)];
    assert.match(here, /^[0-9a-f]{64}$/);
    assert.equal(there, here, `${name} in Node`);
    assert.equal(own, here, `${name} in Chromium`);
    digests.add(here);
  }
  assert.equal(digests.size, SCENARIOS.length);
});
