/** What the engine tells, with names and types, and what the page derives from it. */
import type { Engine } from "./engine";
import type { Pool } from "./pool";
import { word } from "./language";

export interface Quantity {
  name: string;
  doc: string;
  unit: string;
  default: number;
  low: number;
  high: number;
  whole: boolean;
  standing: string;
}
export interface Lever {
  theme: string;
  key: string;
  doc: string;
  default: number;
  meaning: [string, string, string];
  challenge: string | null;
  price: string;
}
export interface Named {
  name: string;
  doc: string;
}
export interface Reference {
  version: string;
  currency: string;
  themes: Named[];
  levers: Lever[];
  clock: Quantity[];
  settings: Quantity[];
  shocks: { kind: string; doc: string; settings: Quantity[] }[];
  series: (Named & { unit: string })[];
  columns: (Named & { unit: string })[];
  outcomes: (Named & { unit: string })[];
  scenarios: { name: string; folder: string; title: string; story: string }[];
}
export interface Programme {
  name: string;
  clock: Record<string, number>;
  live: number;
  end: number;
  levers: number[];
  cost: { hours: number; paid: number; unreplaced: number; money: number; money_until_end: number; themes: Record<string, number>; budget: string | null };
}
export interface Shock {
  name: string;
  kind: string;
  week: number;
  /** What of it is to be seen: week, and what happens then, in words that follow its name. */
  turns: [number, string][];
  settings: Record<string, number>;
}
export interface Opened {
  text: string;
  title: string;
  story: string;
  weeks: number;
  seed: number;
  runs: number;
  setting: Record<string, number>;
  professions: string[];
  programmes: Programme[];
  shocks: Shock[];
  /** Post, unit (none for managers and the sponsor), rank. */
  posts: [number, number | null, number][];
  /** Whether each organisation lives by itself. */
  apart: boolean;
}
export type Outcomes = Record<string, number | null>;

/** One replicate: `of(programme, world, series)` is a weekly series. */
export interface Curves {
  weeks: number;
  of(programme: number, world: 0 | 1, series: string): Float32Array;
  outcomes: Outcomes[];
}
/** Everybody of one organisation; shares as 0 to 255. */
export interface Frames {
  weeks: number;
  people: number;
  professions: number[];
  of(world: 0 | 1, week: number, column: string): Uint8Array;
}
export interface Changes {
  name?: string;
  text?: string;
  changes?: [string, string][];
  add?: { kind: string; at: number }[];
  remove?: string[];
  without?: number[];
}
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
  count: number;
  /** What may be said of it as a change: `gain`, `loss`, `nothing`, `unclear`, `untold` or `undefined`. */
  change: string;
}

/** Columns of people that are drawn. */
export const DRAWN = ["practice", "fatigue", "present", "joined", "left", "opinion_leader", "blocker", "champion"];
export const RANKS = [word("front line"), word("unit leader"), word("division manager"), word("executive sponsor")];

export function open(engine: Engine, changes: Changes): Opened {
  return engine.ask({ do: "open", ...changes }).json;
}

/** One replicate of all organisations, or of one alone: then without outcomes. */
export function curves(engine: Engine, text: string, seed: number, organisation?: number): Curves {
  return curvesFrom(engine.ask({ do: "pair", text, seed, organisation }));
}

/** What is there before anything is: curves that cannot be drawn. */
export function blank(weeks: number): Curves {
  const nothing = new Float32Array(weeks).fill(NaN);
  return { weeks, outcomes: [], of: () => nothing };
}

export function curvesFrom({ json, numbers }: { json: any; numbers: ArrayBuffer }): Curves {
  const all = new Float32Array(numbers);
  const { weeks, series, outcomes } = json;
  return {
    weeks,
    outcomes,
    of(programme, world, name) {
      const start = ((programme * 2 + world) * series.length + series.indexOf(name)) * weeks;
      return all.subarray(start, start + weeks);
    },
  };
}

export function framesOf({ json, numbers }: { json: any; numbers: ArrayBuffer }): Frames {
  const all = new Uint8Array(numbers);
  const { weeks, people, columns, professions } = json;
  return {
    weeks,
    people,
    professions,
    of(world, week, column) {
      const start = ((world * weeks + week) * columns.length + columns.indexOf(column)) * people;
      return all.subarray(start, start + people);
    },
  };
}

export function watchRequest(text: string, seed: number, organisation: number, programme: number) {
  return { do: "watch", text, seed, organisation, programme, columns: DRAWN };
}

/** A person in both worlds: `of(world, column)` is weekly. */
export function person(engine: Engine, text: string, seed: number, organisation: number, programme: number, post: number) {
  const { json, numbers } = engine.ask({ do: "person", text, seed, organisation, programme, post });
  const all = new Float32Array(numbers);
  const { weeks, columns } = json;
  return {
    weeks: weeks as number,
    of(world: 0 | 1, column: string): Float32Array {
      const start = (world * columns.length + columns.indexOf(column)) * weeks;
      return all.subarray(start, start + weeks);
    },
  };
}
export type Life = ReturnType<typeof person>;

/** Series of which fans are drawn. */
export const FANNED = ["practice", "reported", "ownership", "motivation", "fatigue", "cynicism"];
const VIEWS = 2;

/** Many replicates of one design. */
export interface Fan {
  runs: number;
  weeks: number;
  /** Outcomes by replicate and programme. */
  outcomes: Outcomes[][];
  /** Quantiles of a series over replicates. */
  band(programme: number, world: 0 | 1, series: string, low: number, high: number): [Float32Array, Float32Array];
  mean(programme: number, world: 0 | 1, series: string): Float32Array;
}

export function emptyFan(weeks: number): FanParts {
  return { weeks, parts: new Map() };
}
export interface FanParts {
  weeks: number;
  parts: Map<number, { json: any; numbers: Float32Array }>;
}

export function fanOf(collected: FanParts): Fan {
  const parts = [...collected.parts.entries()].sort(([one], [other]) => one - other).map(([, part]) => part);
  const { weeks } = collected;
  const rows = (programme: number, world: 0 | 1, series: string) => {
    const found: Float32Array[] = [];
    for (const { json, numbers } of parts) {
      const runs = json.outcomes.length;
      for (let run = 0; run < runs; run++) {
        const place = ((run * json.programmes + programme) * VIEWS + world) * FANNED.length + FANNED.indexOf(series);
        found.push(numbers.subarray(place * weeks, (place + 1) * weeks));
      }
    }
    return found;
  };
  return {
    weeks,
    runs: parts.reduce((sum, part) => sum + part.json.outcomes.length, 0),
    outcomes: parts.flatMap((part) => part.json.outcomes),
    band(programme, world, series, low, high) {
      const all = rows(programme, world, series);
      const [lows, highs] = [new Float32Array(weeks), new Float32Array(weeks)];
      const column = new Float32Array(all.length);
      for (let week = 0; week < weeks; week++) {
        all.forEach((row, place) => (column[place] = row[week]));
        column.sort();
        lows[week] = column[Math.floor(low * (all.length - 1))];
        highs[week] = column[Math.ceil(high * (all.length - 1))];
      }
      return [lows, highs];
    },
    mean(programme, world, series) {
      const all = rows(programme, world, series);
      const mean = new Float32Array(weeks);
      for (let week = 0; week < weeks; week++) mean[week] = all.reduce((sum, row) => sum + row[week], 0) / all.length;
      return mean;
    },
  };
}

/** Runs replicates in workers, telling of each piece that comes in; stops when `stopped` says so. */
export async function runFan(
  pool: Pool,
  text: string,
  weeks: number,
  seed: number,
  runs: number,
  progress: (parts: FanParts, done: number) => void,
  stopped: () => boolean,
): Promise<FanParts> {
  const collected = emptyFan(weeks);
  const piece = 4;
  let [next, done] = [0, 0];
  const one = async () => {
    while (next < runs && !stopped()) {
      const start = next;
      const end = Math.min(runs, start + piece);
      next = end;
      const { json, numbers } = await pool.ask({ do: "fan", text, seed, replicates: { start, end }, series: FANNED });
      collected.parts.set(start, { json, numbers: new Float32Array(numbers) });
      done += end - start;
      if (!stopped()) progress(collected, done);
    }
  };
  await Promise.all(Array.from({ length: pool.size }, one));
  return collected;
}

/** Means with 95 % intervals, from the engine's own statistics. */
export function estimates(engine: Engine, columns: [(number | null)[], (number | null)[] | null][]): Estimate[] {
  const { estimates, changes } = engine.ask({ do: "estimate", columns }).json;
  return estimates.map((estimate: Estimate, place: number) => ({ ...estimate, change: changes[place] }));
}

/** One metric of one programme, replicate by replicate. */
export function column(fan: Fan, programme: number, metric: string): (number | null)[] {
  return fan.outcomes.map((run) => run[programme]?.[metric] ?? null);
}
