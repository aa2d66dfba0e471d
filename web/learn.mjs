// Asks the engine about some lessons: a worker of bundle.mjs, so that all cores help.
import { parentPort, workerData } from "node:worker_threads";

const { wasm, modules, ids, runs } = workerData;
const [{ Engine }, { LESSONS }, { learn }] = await Promise.all(modules.map((module) => import(module)));
const engine = await Engine.of(wasm);
const live = (name, does) => {
  const own = engine.ask({ do: "open", name }).json;
  const opened = engine.ask({ do: "open", text: own.text, ...does }).json;
  const { outcomes } = engine.ask({ do: "fan", text: opened.text, seed: 1, replicates: { start: 0, end: runs }, series: [] }).json;
  return { outcomes, money: opened.programmes.reduce((sum, programme) => sum + programme.cost.money, 0) };
};
const estimates = (columns) => {
  const { estimates, changes } = engine.ask({ do: "estimate", columns }).json;
  return estimates.map((estimate, place) => ({ ...estimate, change: changes[place] }));
};
for (const id of ids) parentPort.postMessage([id, learn(LESSONS.find((lesson) => lesson.id === id), live, estimates)]);
