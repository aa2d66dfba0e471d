// Whether two pages are the same apart from the bytes of their engines, and of the present sources. See web/check.
import fs from "node:fs";
import zlib from "node:zlib";
import { sources } from "./bundle.mjs";

const [kept, fresh] = process.argv.slice(2).map((file) => {
  const page = fs.readFileSync(file, "utf8");
  const engine = page.match(/id="engine">([^<]*)</)[1];
  // Another system may pack as well with other bytes.
  const unpacked = page.replace(/(data-language="\w+" data-name="[^"]*">)([^<]*)/g, (_, head, packed) => head + zlib.gunzipSync(Buffer.from(packed, "base64url")));
  return { shell: unpacked.replace(engine, ""), engine, sources: page.match(/<meta name="sources" content="([0-9a-f]{64})">/)?.[1] };
});
const faults = [];
if (kept.sources !== sources()) faults.push("was made from other sources");
if (kept.shell !== fresh.shell) faults.push("differs from a fresh build in page, style, script or figures");
for (const fault of faults) console.error(`web/dist/dewpoint.html ${fault}: run web/build and keep what it makes`);
if (faults.length) process.exit(1);
console.log(kept.engine === fresh.engine ? "the kept page is this build, byte for byte" : "the kept page is this build; its engine came from another compiler, its results are compared next");
