// What everybody needs of a page, looked at in the page itself: axe, contrast, letters that are not cut off.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Rules of which axe cannot decide everything by itself, and who answers instead. What is not here may leave no question.
 * color-contrast: axe does not look at words over a drawing, at a single letter, or at what lies under something else;
 * `contrasts` measures those words against what they stand on.
 */
const ANSWERED = new Set(["color-contrast"]);

/** How the words are told of which an element went while the page was looked at. */
const GONE = " is not there";

/** Contrast of each element's words with what they stand on: of those that have too little. */
async function contrasts(opened, selectors) {
  return opened.evaluate(([selectors, gone]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const out = canvas.getContext("2d", { willReadFrequently: true });
    const colour = (text) => {
      out.clearRect(0, 0, 1, 1);
      out.fillStyle = text;
      out.fillRect(0, 0, 1, 1);
      return [...out.getImageData(0, 0, 1, 1).data];
    };
    const light = ([red, green, blue]) => {
      const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    };
    const ratio = (one, other) => {
      const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const found = colour(getComputedStyle(at).backgroundColor);
        if (found[3] === 255) return found;
      }
      return [255, 255, 255, 255];
    };
    const root = getComputedStyle(document.documentElement);
    return selectors.flatMap((selector) => {
      const element = document.querySelector(selector);
      if (!element) return [`${selector}${gone}`];
      const inSvg = element.closest("svg");
      const ink = colour(getComputedStyle(element)[inSvg ? "fill" : "color"]);
      // In a drawing words may stand on the paper or on the time of support.
      const grounds = inSvg ? [behind(inSvg), colour(root.getPropertyValue("--support"))] : [behind(element)];
      const least = Math.min(...grounds.map((ground) => ratio(ink, ground)));
      return least >= 4.5 ? [] : [`${element.outerHTML.slice(0, 100)}: contrast ${least.toFixed(2)}`];
    });
  }, [selectors, GONE]);
}

/** No fault, and no question without an answer; of some rules only, where the others have been held already. */
export async function holds(opened, what, rules) {
  await opened.evaluate(axe);
  // A picture to which runs are still added may be drawn anew while it is looked at: then its words are looked up again.
  for (let look = 1; look < 6; look++) {
    const gone = await looked(opened, what, rules);
    if (!gone.length) return;
    await opened.waitForTimeout(200 * look);
  }
  assert.deepEqual(await looked(opened, what, rules), [], what);
}

/** Holds all that `holds` wants of what is there, and gives the words that went while they were looked at. */
async function looked(opened, what, rules) {
  const { violations, incomplete } = await opened.evaluate(async (rules) => {
    // Rows that are scrolled away are looked at, too.
    const whole = Object.assign(document.createElement("style"), { textContent: ".scroll { max-height: none !important } .transport { position: static !important }" });
    document.head.append(whole);
    const found = await window.axe.run(document, { resultTypes: ["violations", "incomplete"], ...(rules ? { runOnly: rules } : {}) });
    whole.remove();
    return found;
  }, rules);
  const told = ({ id, nodes }) => `${what}: ${id}: ${nodes[0].html.slice(0, 120)} (${nodes[0].failureSummary})`;
  assert.deepEqual(violations.map(told), []);
  assert.deepEqual(incomplete.filter(({ id }) => !ANSWERED.has(id)).map(told), [], "questions of axe without an answer");
  const asked = incomplete.filter(({ id }) => id === "color-contrast").flatMap(({ nodes }) => nodes.map(({ target }) => target[0]));
  const found = await contrasts(opened, asked);
  assert.deepEqual(found.filter((fault) => !fault.endsWith(GONE)), [], what);
  return found.filter((fault) => fault.endsWith(GONE));
}

/** Every field and every slider has a name of its own, and every id is there once. */
export const nameless = (opened) =>
  opened.evaluate(() => {
    const seen = new Map();
    for (const { id } of document.querySelectorAll("[id]")) seen.set(id, (seen.get(id) ?? 0) + 1);
    const twice = [...seen].filter(([, times]) => times > 1).map(([id, times]) => `${id}: ${times} times`);
    const fields = [...document.querySelectorAll("input, select, textarea, meter, progress")];
    const named = (field) => field.getAttribute("aria-label") || [...(field.labels ?? [])].some((label) => label.innerText.trim());
    return [...twice, ...fields.filter((field) => !named(field)).map((field) => `no name: ${field.outerHTML.slice(0, 120)}`)];
  });

/** Words that are cut off, by the edge of their drawing or of their box. */
export const cut = (opened) =>
  opened.evaluate(() => {
    const found = [];
    for (const text of document.querySelectorAll("main svg text")) {
      const [own, svg] = [text.getBoundingClientRect(), text.closest("svg").getBoundingClientRect()];
      if (own.width && (own.left < svg.left - 1 || own.right > svg.right + 1)) found.push(`in a drawing: ${text.textContent}`);
    }
    for (const box of document.querySelectorAll("button, label, legend, figcaption, th, td, summary, h2, h3, p, output, option")) {
      if (box.closest(".sr, .scroll") || !box.offsetParent) continue;
      const { overflowX } = getComputedStyle(box);
      if (box.scrollWidth > box.clientWidth + 1 && box.clientWidth && overflowX !== "auto" && !box.querySelector(".sr")) found.push(`in its box: ${box.innerText.slice(0, 60)}`);
      if (box.getBoundingClientRect().right > innerWidth + 1) found.push(`beyond the edge: ${box.innerText.slice(0, 60)}`);
    }
    return found;
  });

/** Numbers that wear a hyphen where a minus sign belongs. */
export const hyphens = (opened) => opened.evaluate(() => [...document.querySelector("main").innerText.matchAll(/(?:^|[\s(])-\d[\d.]*/g)].map(([text]) => text));
