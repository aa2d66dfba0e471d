/** The rules of the game between tables: what may be spent, what may be chosen, what counts, who is ahead of whom. */
import type { Lesson } from "./asks";
import { GIVEN, LATER, GAIN } from "./lessons";
import { estimates, open, type Estimate, type Opened, type Outcomes } from "./model";
import type { Plan } from "./share";
import type { Room } from "./store";
import { t } from "./language";

/** Lucks that no table has seen, over which plans are ranked. */
export const LUCKS = 200;

/** Money of all programmes of a design. */
export const costOf = (opened: Opened) => opened.programmes.reduce((sum, programme) => sum + programme.cost.money, 0);

/** What a table may spend: what the story's own plan costs and a quarter more, so that one thing can be had, but not everything. */
export const budgetFor = (cost: number) => Math.round((cost * 1.25) / 5000) * 5000;
export const budgetOf = (own: Opened) => budgetFor(costOf(own));

/** A pound more or less decides nothing. */
export const fits = (cost: number, budget: number) => cost <= budget + 500;

/** Levers and clocks that differ from the lesson's own, as changes by path. */
export function changesOf(room: Room, own: Opened, now: Opened): [string, string][] {
  const found: [string, string][] = [];
  now.programmes.forEach((programme, place) => {
    room.reference.levers.forEach((lever, row) => {
      const value = programme.levers[row];
      if (value !== own.programmes[place]?.levers[row]) found.push([`programme.${place}.${lever.theme}.${lever.key}`, String(value)]);
    });
    for (const { name } of room.reference.clock)
      if (programme.clock[name] !== own.programmes[place]?.clock[name]) found.push([`programme.${place}.${name}`, String(programme.clock[name])]);
  });
  return found;
}

/** Only what a designer chooses may be in a plan: not the hospital, not the luck, not what the programme is about. */
export function fair(room: Room, changes: [string, string][]): boolean {
  const levers = room.reference.levers.filter(({ theme }) => !GIVEN.includes(theme));
  const keys = new Set([...levers.map((lever) => `${lever.theme}.${lever.key}`), ...room.reference.clock.map(({ name }) => name)]);
  return changes.every(([path]) => {
    const [table, number, ...key] = path.split(".");
    return table === "programme" && /^\d+$/.test(number) && keys.has(key.join("."));
  });
}

/** A plan made to fit the money by doing everything a little less; nothing where even that does not fit. */
export function thin(room: Room, design: Opened, budget: number): { opened: Opened; share: number } | null {
  const at = (share: number) => {
    const changes = design.programmes.flatMap((programme, place) =>
      room.reference.levers.flatMap((lever, row): [string, string][] =>
        GIVEN.includes(lever.theme) || programme.levers[row] === 0 ? [] : [[`programme.${place}.${lever.theme}.${lever.key}`, (Math.floor(programme.levers[row] * share * 1000) / 1000).toString()]],
      ),
    );
    return open(room.engine, { text: design.text, changes });
  };
  if (fits(costOf(design), budget)) return { opened: design, share: 1 };
  if (!fits(costOf(at(0)), budget)) return null;
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 12; turn++) {
    const middle = (low + high) / 2;
    if (fits(costOf(at(middle)), budget)) low = middle;
    else high = middle;
  }
  return { opened: at(low), share: low };
}

export interface Entry {
  tables: string[];
  changes: [string, string][];
}

/** Plans as they count: a table has one, its last; the same plan of several tables is one. What was put together is said. */
export function entries(plans: Plan[]): { entries: Entry[]; said: string[] } {
  const said: string[] = [];
  const key = ({ changes }: { changes: [string, string][] }) => JSON.stringify([...changes].sort(([one], [other]) => (one < other ? -1 : 1)));
  const last = new Map<string, Plan>();
  for (const plan of plans) {
    const before = last.get(plan.table);
    if (before) said.push(key(before) === key(plan) ? t("“{table}” handed in the same plan twice: it counts once.", { table: plan.table }) : t("“{table}” handed in two plans: the later one counts.", { table: plan.table }));
    last.set(plan.table, plan);
  }
  const found = new Map<string, Entry>();
  for (const plan of last.values()) {
    const same = found.get(key(plan));
    if (same) {
      said.push(t("“{table}” and “{other}” made the same plan: it is one.", { table: plan.table, other: same.tables[0] }));
      same.tables.push(plan.table);
    } else found.set(key(plan), { tables: [plan.table], changes: plan.changes });
  }
  return { entries: [...found.values()], said };
}

/** A plan as it was lived, luck by luck. */
export interface Lived {
  atEnd: (number | null)[];
  later: (number | null)[];
}
export interface Standing {
  /** Whose place is the same is not clearly apart; none for a plan that cannot win. */
  place: number | null;
  why: string;
  later: Estimate;
}

export const livedOf = (outcomes: Outcomes[][], programme: number): Lived => {
  const column = (metric: string) => outcomes.map((run) => run[programme]?.[metric] ?? null);
  return { atEnd: column(GAIN), later: column(LATER) };
};

/** One luck after another, what a plan keeps more than another. */
const apart = (one: Lived, other: Lived) => one.later.map((value, run) => (value === null || other.later[run] === null ? null : value - other.later[run]!));

/**
 * Who is where. A plan has a place where it gains something when support ends and then clearly keeps more than the story's
 * own plan: so doing nothing wins nothing. Plans that are not clearly apart, luck by luck, share a place.
 */
export function standings(room: Pick<Room, "engine">, own: Lived, plans: Lived[]): Standing[] {
  const of = (...columns: (number | null)[][]) => estimates(room.engine, columns.map((column) => [column, null]));
  const found: Standing[] = plans.map((plan) => {
    const [later, atEnd, more] = of(plan.later, plan.atEnd, apart(plan, own));
    const why = !((atEnd.low ?? 0) > 0) ? t("gains nothing to keep") : !((more.low ?? 0) > 0) ? t("keeps no more than the story's own plan") : "";
    return { place: null, why, later };
  });
  const order = plans.map((_, row) => row).filter((row) => !found[row].why);
  order.sort((one, other) => (found[other].later.value ?? -9) - (found[one].later.value ?? -9));
  let first: number | null = null;
  order.forEach((row, at) => {
    const [behind] = first === null ? [null] : of(apart(plans[first], plans[row]));
    if (behind && !((behind.low ?? 0) > 0)) found[row].place = found[first!].place;
    else {
      found[row].place = at + 1;
      first = row;
    }
  });
  return found;
}

/** The best plan that anybody is known to have found for a lesson. */
export const bestOf = (lesson: Lesson) => lesson.best.changes ?? [];
