/** The plans of all tables under lucks that none of them has seen. */
import { useEffect, useState } from "preact/hooks";
import { bestOf, budgetOf, costOf, COUNTS, entries, fair, livedOf, LUCKS, standings, thin, type Lived, type Standing } from "./game";
import { useKept } from "./keep";
import { CODES, lessonOf } from "./lessons";
import { curves as curvesOf, estimates, fanOf, open, runFan, type Estimate, type Opened } from "./model";
import { otherSeed, readCohort, readPlan, type Plan } from "./share";
import { Scan } from "./square";
import type { Room } from "./store";
import { money, percent, points, title } from "./words";

/** Whose plan an address brought along. */
function Brought({ code }: { code: string }) {
  const [plan, setPlan] = useState<Plan | string | null>(null);
  useEffect(() => {
    if (code) readPlan(code).then(setPlan, (error: Error) => setPlan(error.message));
  }, [code]);
  if (!plan) return null;
  if (typeof plan === "string")
    return (
      <p class="fault" role="alert">
        The plan in this address cannot be read: {plan}
      </p>
    );
  return (
    <p data-test="brought">
      This is the plan of <b>“{plan.table}”</b> for {plan.cohort}: {plan.changes.length ? plan.changes.map(([path, value]) => `${title(path.split(".").at(-1)!).toLowerCase()} ${value}`).join(", ") : "nothing changed"}. Add the others below, or rank it by itself.
    </p>
  );
}

interface Row extends Standing {
  name: string;
  cost: number;
  note: string;
  own: number | null;
  spread: number[];
}
interface Told {
  rows: Row[];
  /** The story's own plan and the best that is known: to measure by, not to win. */
  marks: { name: string; cost: number; later: Estimate }[];
  budget: number;
  cohort: string;
}

/** Reads codes into plans of one cohort; what cannot be used is said. */
async function plansOf(room: Room, codes: string): Promise<{ plans: Plan[]; wrong: string[] }> {
  const [plans, wrong]: [Plan[], string[]] = [[], []];
  for (const line of codes.split(/\s+/).filter((line) => line.includes("DP1."))) {
    try {
      const plan = await readPlan(line);
      readCohort(plan.cohort, CODES);
      if (plans.length && plans[0].cohort !== plan.cohort) throw new Error(`“${plan.table}” played ${plan.cohort}, the others ${plans[0].cohort}: another hospital, another luck`);
      if (!fair(room, plan.changes)) throw new Error(`“${plan.table}” changed what is given`);
      plans.push(plan);
    } catch (error) {
      wrong.push((error as Error).message);
    }
  }
  return { plans, wrong };
}

async function rank(room: Room, plans: Plan[], say: (what: string) => void): Promise<Told & { said: string[] }> {
  const { lesson: letters, seed } = readCohort(plans[0].cohort, CODES);
  const lesson = lessonOf(letters);
  const own = open(room.engine, { name: lesson.scenario });
  const budget = budgetOf(own);
  const { entries: found, said } = entries(plans);
  const before = new Map<string, Lived>();
  const live = async (name: string, opened: Opened): Promise<Lived> => {
    say(`${name} under ${LUCKS} lucks …`);
    // What has been lived need not be lived again.
    const made = before.get(opened.text) ?? livedOf(fanOf(await runFan(room.pool, opened.text, opened.weeks, otherSeed(seed), LUCKS, () => {}, () => false)).outcomes, lesson.programme);
    before.set(opened.text, made);
    return made;
  };
  const best = open(room.engine, { text: own.text, changes: bestOf(lesson) });
  const [asItIs, known] = [await live("The story's own plan", own), await live("The best plan known", best)];
  const lived: Lived[] = [];
  const rows: Omit<Row, keyof Standing>[] = [];
  for (const { tables, changes } of found) {
    const name = tables.join(", ");
    const thinned = thin(room, open(room.engine, { text: own.text, changes }), budget);
    if (!thinned) {
      said.push(`“${name}” costs more than the budget even with hardly anything done: it is not ranked.`);
      continue;
    }
    const { opened, share } = thinned;
    const plan = await live(`“${name}”`, opened);
    const sorted = plan.later.filter((value): value is number => value !== null).sort((one, other) => one - other);
    lived.push(plan);
    rows.push({
      name,
      cost: costOf(opened),
      note: share < 1 ? `over the budget: all of it done to ${percent(share)}` : "",
      own: curvesOf(room.engine, opened.text, seed).outcomes[lesson.programme].net_gain_24_months_after,
      spread: [0.05, 0.5, 0.95].map((share) => sorted[Math.round(share * (sorted.length - 1))]),
    });
  }
  const [of, ofBest] = estimates(room.engine, [
    [asItIs.later, null],
    [known.later, null],
  ]);
  const placed = standings(room, asItIs, lived).map((standing, row) => ({ ...rows[row], ...standing }));
  placed.sort((one, other) => (one.place ?? 99) - (other.place ?? 99) || (other.later.value ?? -9) - (one.later.value ?? -9));
  return {
    rows: placed,
    marks: [
      { name: "the best plan known (found by a search of the makers)", cost: costOf(best), later: ofBest },
      { name: "the story's own plan", cost: costOf(own), later: of },
    ],
    budget,
    cohort: plans[0].cohort,
    said,
  };
}

export function Ranking({ room, first }: { room: Room; first: string }) {
  const [codes, setCodes] = useKept("codes", first);
  useEffect(() => {
    // A plan that came by its address joins those that are there.
    if (first) setCodes((before) => (before.includes(first) ? before : `${before.trim()}\n${first}`.trim()));
  }, [first]);
  const [told, setTold] = useState<Told | null>(null);
  const [said, say] = useState("");
  const [notes, setNotes] = useState<string[]>([]);
  const [faults, setFaults] = useState<string[]>([]);
  const begin = async () => {
    setTold(null);
    setNotes([]);
    const { plans, wrong } = await plansOf(room, codes);
    setFaults(wrong);
    if (!plans.length) return say("No plan was found: each begins with DP1.");
    try {
      const found = await rank(room, plans, say);
      setTold(found);
      setNotes(found.said);
      say("");
    } catch (error) {
      setFaults([...wrong, (error as Error).message]);
    }
  };
  const { currency } = room.reference;
  const all = told?.rows.flatMap((row) => [...row.spread, row.own ?? 0, 0]) ?? [];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (value: number) => `${((value - low) / Math.max(1e-6, high - low)) * 100}%`;
  const Points = ({ of }: { of: Estimate }) => (
    <>
      <b>{points(of.value)}</b>{" "}
      <span class="interval">
        {points(of.low)} to {points(of.high)}
      </span>
    </>
  );
  const winners = told?.rows.filter(({ place }) => place === 1) ?? [];
  return (
    <section class="panel" aria-label="Ranking">
      <h2>Rank the plans</h2>
      <p class="hint">
        What counts: {COUNTS}, as the mean of {LUCKS} lucks that no table has seen, and its interval.
      </p>
      <Brought code={first} />
      <label>
        One code a line, as the tables handed them in
        <textarea rows={5} value={codes} onInput={(event) => setCodes(event.currentTarget.value)} data-test="codes" />
      </label>
      <Scan onRead={(text) => setCodes((before) => (before.includes(text) ? before : `${before.trim()}\n${text}`.trim()))} />
      <button type="button" class="primary" onClick={begin} data-test="rank">
        Rank
      </button>{" "}
      <span role="status">{said}</span>
      {faults.map((fault) => (
        <p class="fault" role="alert" key={fault}>
          {fault}
        </p>
      ))}
      {notes.map((note) => (
        <p class="hint" key={note}>
          {note}
        </p>
      ))}
      {told && told.rows.length > 0 && (
        <>
          <p data-test="winner">
            {winners.length === 0 ? (
              "Nobody wins: no plan gains something and clearly keeps more than the story's own."
            ) : (
              <>
                <b>{winners.map(({ name }) => name).join(" and ")}</b> {winners.length > 1 ? "share the first place: they are not clearly apart" : "is first"}.
              </>
            )}{" "}
            {told.cohort}; budget {money(told.budget, currency)}.
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label="Ranking as a table">
            <table class="ranking" data-test="ranking">
              <thead>
                <tr>
                  <th scope="col">place</th>
                  <th scope="col">table</th>
                  <th scope="col">{COUNTS}</th>
                  <th scope="col" class="strip-cell">
                    range of luck, and their own
                  </th>
                  <th scope="col">own luck</th>
                  <th scope="col">money</th>
                </tr>
              </thead>
              <tbody>
                {told.rows.map((row) => (
                  <tr key={row.name}>
                    <td>{row.place ?? "–"}</td>
                    <th scope="row">
                      {row.name}
                      {[row.why, row.note].filter(Boolean).map((text) => (
                        <div class="hint" key={text}>
                          {text}
                        </div>
                      ))}
                    </th>
                    <td>
                      <Points of={row.later} />
                    </td>
                    <td class="strip-cell">
                      <span class="strip" role="img" aria-label={`From ${points(row.spread[0])} to ${points(row.spread[2])}; own luck ${points(row.own)}`}>
                        <span class="strip-range" style={{ left: at(row.spread[0]), right: `calc(100% - ${at(row.spread[2])})` }} />
                        <span class="strip-middle" style={{ left: at(row.spread[1]) }} />
                        <span class="strip-own" style={{ left: at(row.own ?? 0) }}>
                          ◆
                        </span>
                      </span>
                    </td>
                    <td>{points(row.own)}</td>
                    <td>{money(row.cost, currency)}</td>
                  </tr>
                ))}
                {told.marks.map(({ name, cost, later }) => (
                  <tr key={name} class="mark">
                    <td>–</td>
                    <th scope="row">To measure by: {name}</th>
                    <td>
                      <Points of={later} />
                    </td>
                    <td class="strip-cell" />
                    <td />
                    <td>{money(cost, currency)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p class="hint">Plans that are not clearly apart, luck by luck, share a place. The diamond is what their own luck gave a table: far from its bar it was luck, not skill.</p>
        </>
      )}
    </section>
  );
}
