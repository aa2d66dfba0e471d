/** The plans of all tables under lucks that none of them has seen: who is where, and beside what. */
import { csv } from "./class";
import { bestOf, budgetOf, costOf, entries, fair, livedOf, LUCKS, standings, thin, type Lived, type Standing } from "./game";
import { CODES, lessonOf } from "./lessons";
import { curves as curvesOf, estimates, fanOf, open, runFan, type Estimate, type Opened } from "./model";
import { otherSeed, readCohort, type Plan } from "./share";
import type { Room } from "./store";
import { percent, quoted, title } from "./words";
import { decimal, t, within, word } from "./language";

export interface Row extends Standing {
  name: string;
  /** Who made it. */
  tables: string[];
  cost: number;
  note: string;
  own: number | null;
  spread: number[];
  /** What the plan changes, in words. */
  tried: string;
}
export interface Told {
  rows: Row[];
  /** The story's own plan and the best that is known: to measure by, not to win. */
  marks: { name: string; cost: number; later: Estimate }[];
  budget: number;
  cohort: string;
}

/** Plans that may be ranked together: of one cohort, with nothing changed that is given. */
export function fairPlans(room: Room, plans: Plan[], cohort: string): { plans: Plan[]; wrong: string[] } {
  const wrong: string[] = [];
  const found = plans.filter((plan) => {
    const why = plan.cohort !== cohort ? t("“{table}” played {cohort}, the others {others}: another hospital, another luck", { table: plan.table, cohort: plan.cohort, others: cohort }) : fair(room, plan.changes) ? "" : t("“{table}” changed what is given", { table: plan.table });
    if (why) wrong.push(why);
    return !why;
  });
  return { plans: found, wrong };
}

/** What a plan changes, in words. */
export const inWords = (changes: [string, string][]) => (changes.length ? changes.map(([path, value]) => `${within(title(path.split(".").at(-1)!))} ${decimal(value)}`).join(", ") : t("nothing changed"));

export async function rank(room: Room, plans: Plan[], say: (what: string) => void): Promise<Told & { said: string[] }> {
  const { lesson: letters, seed } = readCohort(plans[0].cohort, CODES);
  const lesson = lessonOf(letters);
  const own = open(room.engine, { name: lesson.scenario });
  const budget = budgetOf(own);
  const { entries: found, said } = entries(plans);
  const before = new Map<string, Lived>();
  const live = async (name: string, opened: Opened): Promise<Lived> => {
    say(t("{name} under {lucks} lucks …", { name, lucks: LUCKS }));
    // What has been lived need not be lived again.
    const made = before.get(opened.text) ?? livedOf(fanOf(await runFan(room.pool, opened.text, opened.weeks, otherSeed(seed), LUCKS, () => {}, () => false)).outcomes, lesson.programme);
    before.set(opened.text, made);
    return made;
  };
  const best = open(room.engine, { text: own.text, changes: bestOf(lesson) });
  const [asItIs, known] = [await live(t("The story's own plan"), own), await live(t("The best plan known"), best)];
  const lived: Lived[] = [];
  const rows: Omit<Row, keyof Standing>[] = [];
  for (const { tables, changes } of found) {
    const name = tables.join(", ");
    const thinned = thin(room, open(room.engine, { text: own.text, changes }), budget);
    if (!thinned) {
      said.push(t("“{name}” costs more than the budget even with hardly anything done: it is not ranked.", { name }));
      continue;
    }
    const { opened, share } = thinned;
    const plan = await live(quoted(name), opened);
    const sorted = plan.later.filter((value): value is number => value !== null).sort((one, other) => one - other);
    lived.push(plan);
    rows.push({
      name,
      tables,
      cost: costOf(opened),
      note: share < 1 ? t("over the budget: all of it done to {share}", { share: percent(share) }) : "",
      own: curvesOf(room.engine, opened.text, seed).outcomes[lesson.programme].net_gain_24_months_after,
      spread: [0.05, 0.5, 0.95].map((share) => sorted[Math.round(share * (sorted.length - 1))]),
      tried: inWords(changes),
    });
  }
  const [of, ofBest] = estimates(room.engine, [
    [asItIs.later, null],
    [known.later, null],
  ]);
  const placed = standings(room, asItIs, lived).map((standing, row) => ({ ...rows[row], ...standing }));
  placed.sort((one, other) => (one.place ?? 1e9) - (other.place ?? 1e9) || (other.later.value ?? -9) - (one.later.value ?? -9));
  return {
    rows: placed,
    marks: [
      { name: word("the best plan known (found by a search of the makers)"), cost: costOf(best), later: ofBest },
      { name: word("the story's own plan"), cost: costOf(own), later: of },
    ],
    budget,
    cohort: plans[0].cohort,
    said,
  };
}

/** A ranking as a table for other programs. */
export const rowsCsv = (told: Told) =>
  csv([
    ["place", "table", "points_two_years_after", "low", "high", "own_luck", "cost", "said", "changes"],
    ...told.rows.map(({ place, name, later, own, cost, why, note, tried }) => [place, name, hundredfold(later.value), hundredfold(later.low), hundredfold(later.high), hundredfold(own), Math.round(cost), [why, note].filter(Boolean).join("; "), tried]),
  ]);
const hundredfold = (share: number | null | undefined) => (share == null ? null : Math.round(share * 1000) / 10);
