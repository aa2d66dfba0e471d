// Opens each page as a reader would - desktop, phone, dark, print - and checks what only a browser knows.
//
// Screenshots depend on the fonts of the machine. So the gallery, which has one picture of every kind, is compared with
// kept ones by its drawing: all words are made invisible, the rest is scaled down and compared grey by grey. What words do
// (leave their picture, lie on each other) is measured instead, in the very browser, whatever the font.
//
// Pages named kind:... are whole reports of every kind from made-up numbers (examples/pages.rs). They are compared as a
// whole, in one font for all machines, without what changes with model and version: parameters, failures, digest.
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [kept, ...rest] = process.argv.slice(2);
const renew = rest.includes('--renew');
const pages = Object.fromEntries(rest.filter((word) => word.includes('=')).map((word) => word.split('=')));

const LARGEST = 1_000_000; // bytes
const SLOWEST = 1_000; // milliseconds until a page of 1,000 runs is laid out; the best of three
const SMALL = 240; // columns of a kept picture of the gallery
const SMALLER = { desktop: 200, phone: 90, print: 160 }; // columns of a kept picture of a whole page
const TOLERANCE = 0.03; // mean difference of grey, from 0 to 1, within any tile
const axe = fs.readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const VIEWS = {
  desktop: { width: 1280, height: 900, colorScheme: 'light', media: 'screen' },
  phone: { width: 360, height: 780, colorScheme: 'light', media: 'screen' },
  dark: { width: 1280, height: 900, colorScheme: 'dark', media: 'screen' },
  print: { width: 688, height: 1000, colorScheme: 'dark', media: 'print' },
};
const KIND = 'kind:'; // pages that are compared as a whole, but not in the dark: colours are those of the gallery
const FONT = 'Liberation Sans';
const WHOLE = `* { font-family: "${FONT}" !important } #trust .columns2 { display: none !important } #assumptions p { visibility: hidden }`;

const WITHOUT_WORDS = 'svg text { visibility: hidden } h1, h2, p, ul, dl, figcaption, details, section:not(#pictures) { display: none !important }';

const faults = [];
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'report-check-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb', '--hide-scrollbars'],
});
// A page that asks for anything at all is at fault: it must open on a train.
await context.route('**/*', (route) => {
  if (route.request().url().startsWith('file:')) return route.continue();
  faults.push(`asks for ${route.request().url()}`);
  return route.abort();
});
const page = await context.newPage();
page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));

if (!(await hasFont())) faults.push(`the font ${FONT} is missing: whole pages cannot be compared; install fonts-liberation`);
for (const [name, file] of Object.entries(pages)) {
  const size = fs.statSync(file).size;
  if (size >= LARGEST) faults.push(`${name}: ${size} bytes`);
  for (const [view, { width, height, colorScheme, media }] of Object.entries(VIEWS)) {
    if (name.startsWith(KIND) && view === 'dark') continue;
    const fault = (what) => faults.push(`${name}, ${view}: ${what}`);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, media });
    await page.goto(`file://${path.resolve(file)}`);
    (await page.evaluate(faultsOfLayout)).forEach(fault);
    if (view === 'phone') (await page.evaluate(cutTables)).forEach(fault);
    if (media === 'screen') {
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const violation of found.violations) {
        fault(`axe ${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3).join(' | ')}`);
      }
    }
    if (name === 'gallery') await compare(`${name}-${view}`, '#pictures', WITHOUT_WORDS, SMALL, fault);
    if (name.startsWith(KIND)) await compare(`${name.slice(KIND.length)}-${view}`, 'body', WHOLE, SMALLER[view], fault);
  }
  if (name === 'run') await time(file);
  await keyboard(name, file);
}

/// Whether the font of whole pages is there: its words are not as wide as those of what would stand in for it.
async function hasFont() {
  return page.evaluate((font) => {
    const pen = new OffscreenCanvas(10, 10).getContext('2d');
    const width = (family) => ((pen.font = `40px ${family}`), pen.measureText('Will it last? 0123456789 mmiill').width);
    return ['monospace', 'serif'].every((other) => width(other) !== width(`"${font}", ${other}`));
  }, FONT);
}

/// Words that leave their picture or lie on each other, and pages that scroll sideways.
function faultsOfLayout() {
  const found = [];
  const slack = 1.5;
  if (document.documentElement.scrollWidth > window.innerWidth + slack) {
    found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  }
  for (const svg of document.querySelectorAll('figure svg')) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const name = svg.closest('figure').id;
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ text, turned: text.hasAttribute('transform'), box: text.getBoundingClientRect() }));
    for (const { text, box } of texts) {
      if (box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack) {
        found.push(`${name}: "${text.textContent}" leaves its picture`);
      }
    }
    const upright = texts.filter(({ turned }) => !turned);
    upright.forEach((one, place) => {
      for (const other of upright.slice(place + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Boxes hold the empty room above and below letters as well.
        if (across > 1 && down > 0.4 * Math.min(one.box.height, other.box.height)) {
          found.push(`${name}: "${one.text.textContent}" lies on "${other.text.textContent}"`);
        }
      }
    });
  }
  return found;
}

/// Tables that a phone shows a part of, in which one had to move sideways.
async function cutTables() {
  const closed = [...document.querySelectorAll('details:not([open])')];
  closed.forEach((one) => (one.open = true));
  const broad = [...document.querySelectorAll('.scroll')].filter((part) => part.scrollWidth > part.clientWidth * 1.2);
  const found = broad.map((part) => `the table "${part.getAttribute('aria-label')}" is ${part.scrollWidth} wide in ${part.clientWidth}`);
  closed.forEach((one) => (one.open = false));
  return found;
}

/// Holds a part of the page, with `style` laid over it, against the kept one.
async function compare(name, part, style, columns, fault) {
  await page.addStyleTag({ content: style });
  const shot = (await page.locator(part).screenshot()).toString('base64');
  const grey = await page.evaluate(toGrey, [shot, columns]);
  const file = path.join(kept, `${name}.png`);
  if (renew) {
    fs.mkdirSync(kept, { recursive: true });
    fs.writeFileSync(file, Buffer.from(await page.evaluate(toPicture, grey), 'base64'));
    return;
  }
  if (!fs.existsSync(file)) return fault('no picture is kept; run tests/report/check --renew and look at it');
  const before = await page.evaluate(toGrey, [fs.readFileSync(file).toString('base64'), columns]);
  if (Math.abs(before.height - grey.height) > 0.02 * before.height) return fault(`${grey.height} rows high, not ${before.height}`);
  const tile = 16;
  let worst = 0;
  const rows = Math.min(before.height, grey.height);
  for (let top = 0; top < rows; top += tile) {
    for (let left = 0; left < columns; left += tile) {
      let sum = 0, count = 0;
      for (let y = top; y < Math.min(top + tile, rows); y += 1) {
        for (let x = left; x < Math.min(left + tile, columns); x += 1) {
          sum += Math.abs(before.values[y * columns + x] - grey.values[y * columns + x]) / 255;
          count += 1;
        }
      }
      worst = Math.max(worst, sum / count);
    }
  }
  if (worst > TOLERANCE) fault(`is drawn differently (${worst.toFixed(3)}); if that is meant, look at it and run with --renew`);
}

async function toGrey([png, width]) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(width, Math.round((image.height * width) / image.width));
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  const values = [];
  for (let at = 0; at < data.length; at += 4) values.push(Math.round(0.3 * data[at] + 0.59 * data[at + 1] + 0.11 * data[at + 2]));
  return { width, height: canvas.height, values };
}

function toPicture({ width, height, values }) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(width, height);
  values.forEach((value, at) => picture.data.set([value, value, value, 255], 4 * at));
  pen.putImageData(picture, 0, 0);
  return canvas.toDataURL('image/png').split(',')[1];
}

async function time(file) {
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
  await page.setViewportSize({ width: 1280, height: 900 });
  let best = Infinity;
  for (let round = 0; round < 3; round += 1) {
    await page.goto('about:blank');
    const start = performance.now();
    await page.goto(`file://${path.resolve(file)}`, { waitUntil: 'load' });
    await page.evaluate(() => document.body.getBoundingClientRect().height);
    best = Math.min(best, performance.now() - start);
  }
  console.log(`the report of 1,000 runs: ${fs.statSync(file).size} bytes, open in ${best.toFixed(0)} ms`);
  if (best > SLOWEST) faults.push(`opens in ${best.toFixed(0)} ms`);
}

/// The tables behind the pictures open by keyboard alone.
async function keyboard(name, file) {
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
  await page.goto(`file://${path.resolve(file)}`);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  if (!first?.startsWith('#') || !(await page.locator(first).count())) faults.push(`${name}: the first stop of the keyboard leads to ${first}`);
  const details = page.locator('figure details').first();
  if ((await details.count()) === 0) return;
  await details.locator('summary').focus();
  await page.keyboard.press('Enter');
  if (!(await details.evaluate((element) => element.open && element.querySelector('td') !== null))) faults.push(`${name}: the numbers do not open by keyboard`);
  // What scrolls sideways can be reached, so that arrow keys move it.
  const unreachable = await page.evaluate(() => [...document.querySelectorAll('.scroll')].filter((part) => part.tabIndex !== 0 || !part.getAttribute('aria-label')).length);
  if (unreachable > 0) faults.push(`${name}: ${unreachable} tables cannot be scrolled by keyboard`);
}

await context.close();
fs.rmSync(profile, { recursive: true, force: true });
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${Object.keys(pages).length} reports hold in ${Object.keys(VIEWS).length} views.`);
