// A real headless Chromium with a fresh profile, and the page from disk.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const web = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const PAGE = process.env.PAGE ?? path.join(web, "dist", "dewpoint.html");
export const ADDRESS = pathToFileURL(PAGE).href;

function executable() {
  const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && fs.existsSync(file));
  if (!found) throw new Error("no Chromium: install the package chromium, or say where it is with CHROMIUM=");
  return found;
}

/** A browser context without any network; gives the context and a way to close it. */
export async function browser(options = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "dewpoint-"));
  const launch = () => chromium.launchPersistentContext(profile, {
    executablePath: executable(),
    headless: true,
    offline: true,
    acceptDownloads: true,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ...options,
  });
  // On a busy machine a browser sometimes dies while it starts, before anything of ours is in it.
  const context = await launch().catch(launch);
  return {
    context,
    async close() {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Opens the page and waits until it is ready; faults of the page end the test. */
export async function page(context, address = ADDRESS) {
  const opened = await context.newPage();
  const faults = [];
  opened.on("pageerror", (error) => faults.push(error.message));
  opened.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await opened.goto(address);
  await opened.waitForSelector('body[data-ready="1"]', { timeout: 30_000 });
  return Object.assign(opened, { faults });
}
export const at = (name) => `[data-test="${name}"]`;
