import { browser, page, at } from "./test/browser.mjs";
const sizes = { desktop: [1366, 800], phone: [390, 844], projector: [1920, 1080] };
for (const [name, [width, height]] of Object.entries(sizes)) {
  const b = await browser({ viewport: { width, height }, colorScheme: name === "projector" ? "dark" : "light" });
  const p = await page(b.context);
  await p.waitForTimeout(600);
  await p.fill(at("scrub"), "80");
  await p.waitForTimeout(300);
  await p.screenshot({ path: `/tmp/shot-${name}-explore.png`, fullPage: name !== "projector" });
  if (name === "desktop") {
    await p.click(".ward canvas", { position: { x: 300, y: 200 } });
    await p.click(at("run"));
    await p.waitForSelector(at("run"), { timeout: 60000 });
    await p.waitForTimeout(300);
    await p.screenshot({ path: `/tmp/shot-${name}-run.png` });
  }
  await p.click(at("tab-compare")); await p.waitForTimeout(600);
  await p.screenshot({ path: `/tmp/shot-${name}-compare.png`, fullPage: name === "phone" });
  await p.click(at("tab-lessons")); await p.waitForTimeout(200);
  await p.screenshot({ path: `/tmp/shot-${name}-lessons.png` });
  await p.click(at("lesson-carrots-and-sticks")); await p.waitForTimeout(300);
  await p.screenshot({ path: `/tmp/shot-${name}-predict.png` });
  await p.click(at("reveal")); await p.waitForTimeout(6000);
  await p.screenshot({ path: `/tmp/shot-${name}-reveal.png` });
  await p.click(at("step-explain")); await p.waitForSelector(at("causes"), { timeout: 90000 });
  await p.screenshot({ path: `/tmp/shot-${name}-explain.png` });
  console.log(name, p.faults, await p.evaluate(() => ({ redraws: window.dewpoint.redraws.slice(0, 8), pics: window.dewpoint.pictures.length, overflow: document.documentElement.scrollWidth - innerWidth })));
  await b.close();
}
