/** Fair play for a class: one code, the same hospital and the same luck for every table; plans compared, luck shown apart. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Lesson } from "./asks";
import { LESSONS } from "./lessons";
import { Levers } from "./levers";
import { column, curves as curvesOf, estimates, fanOf, open, runFan, type Estimate, type Opened } from "./model";
import { Numbers, RunChart, Transport, Undo } from "./parts";
import { visit } from "./place";
import { useKept } from "./keep";
import { cohortCode, otherSeed, planCode, readCohort, readPlan, type Plan } from "./share";
import { Scan, Square } from "./square";
import { useClock, useDesign, type Room } from "./store";
import { money, points, signed } from "./words";

const CODES = LESSONS.map((lesson) => lesson.code);
const lessonOf = (code: string) => LESSONS.find((lesson) => lesson.code === code)!;

/** Money of all programmes of a design. */
const costOf = (opened: Opened) => opened.programmes.reduce((sum, programme) => sum + programme.cost.money, 0);

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

/** Only what a designer chooses may be in a plan: not the hospital, not the luck. */
export function fair(room: Room, changes: [string, string][]): boolean {
  const keys = new Set([...room.reference.levers.map((lever) => `${lever.theme}.${lever.key}`), ...room.reference.clock.map(({ name }) => name)]);
  return changes.every(([path]) => {
    const [table, number, ...key] = path.split(".");
    return table === "programme" && /^\d+$/.test(number) && keys.has(key.join("."));
  });
}

function Table({ room, cohort, seed, lesson }: { room: Room; cohort: string; seed: number; lesson: Lesson }) {
  const own = useMemo(() => open(room.engine, { name: lesson.scenario }), [lesson]);
  // A table that reloads the page goes on where it was.
  const [text, setText] = useKept(`table.${cohort}`, "");
  const design = useDesign(room, text ? { text } : { name: lesson.scenario }, seed);
  useEffect(() => setText(design.opened.text), [design.opened.text]);
  const clock = useClock(design.opened.weeks);
  const [name, setName] = useKept(`table.${cohort}.name`, "");
  const [code, setCode] = useState("");
  const [budget, cost] = [costOf(own), costOf(design.opened)];
  useEffect(() => design.setProgramme(lesson.programme), [lesson]);
  const hand = async () => setCode(await planCode({ table: name.trim() || "A table", cohort, changes: changesOf(room, own, design.opened) }));
  return (
    <div data-test="table">
      <p>
        <b>{lesson.title}</b>: {lesson.about} You may change the programme, not the hospital, and spend no more than {money(budget, room.reference.currency)}.
      </p>
      <div class="meter">
        <span>Budget</span>
        <meter min={0} max={budget * 1.5} high={budget} optimum={0} value={Math.min(cost, budget * 1.5)} aria-label="Money spent" />
        <b>{money(cost, room.reference.currency)}</b>
        <span class={cost > budget * 1.0001 ? "fault" : "hint"}>{cost > budget * 1.0001 ? `${money(cost - budget, room.reference.currency)} too much` : "within the budget"}</span>
      </div>
      {design.fault && (
        <p class="fault" role="alert">
          {design.fault}
        </p>
      )}
      <div class="columns">
        <div class="main-column">
          <Transport clock={clock} weeks={design.opened.weeks} />
          <RunChart design={design} clock={clock} />
          <section class="panel hand-in">
            <h2>Hand in</h2>
            <label>
              Name of your table <input value={name} maxLength={30} onInput={(event) => setName(event.currentTarget.value)} data-test="table-name" />
            </label>{" "}
            <button type="button" class="primary" onClick={hand} data-test="hand-in">
              Make our code
            </button>
            {code && (
              <div class="handed">
                <Square part="plan" code={code} label="The code of your plan" />
                <label>
                  Show the square, or copy this:
                  <textarea readOnly rows={4} value={code} onFocus={(event) => event.currentTarget.select()} data-test="plan-code" />
                </label>
              </div>
            )}
          </section>
        </div>
        <div class="side-column">
          <Numbers design={design} engine={room.engine} currency={room.reference.currency} week={clock.week} />
          <section class="panel">
            <h2>Our programme</h2>
            <div class="buttons">
              <Undo design={design} />
            </div>
            <Levers reference={room.reference} design={design} base={own} given />
          </section>
        </div>
      </div>
    </div>
  );
}

interface Place {
  plan: Plan;
  cost: number;
  within: boolean;
  own: number | null;
  others: Estimate;
  spread: number[];
}

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
      This is the plan of <b>“{plan.table}”</b> for {plan.cohort}: {plan.changes.length ? plan.changes.map(([path, value]) => `${path.split(".").slice(2).join(" ").replaceAll("_", " ")} ${value}`).join(", ") : "nothing changed"}. Add the others below, or rank it by itself.
    </p>
  );
}

function Ranking({ room, first }: { room: Room; first: string }) {
  const [codes, setCodes] = useKept("codes", first);
  useEffect(() => {
    // A plan that came by its address joins those that are there.
    if (first) setCodes((before) => (before.includes(first) ? before : `${before.trim()}\n${first}`.trim()));
  }, [first]);
  const [rows, setRows] = useState<Place[] | null>(null);
  const [said, say] = useState("");
  const [faults, setFaults] = useState<string[]>([]);
  const rank = async () => {
    const wrong: string[] = [];
    const places: Place[] = [];
    setRows(null);
    let cohort = "";
    for (const line of codes.split(/\s+/).filter((line) => line.includes("DP1."))) {
      try {
        const plan = await readPlan(line);
        const { lesson: letters, seed } = readCohort(plan.cohort, CODES);
        if (cohort && cohort !== plan.cohort) throw new Error(`“${plan.table}” played ${plan.cohort}, the others ${cohort}: another hospital, another luck`);
        if (!fair(room, plan.changes)) throw new Error(`“${plan.table}” changed more than the programme`);
        cohort = plan.cohort;
        const lesson = lessonOf(letters);
        const own = open(room.engine, { name: lesson.scenario });
        const opened = open(room.engine, { text: own.text, changes: plan.changes });
        say(`“${plan.table}” under 200 other seeds …`);
        const metric = "net_gain_24_months_after";
        const luck = curvesOf(room.engine, opened.text, seed).outcomes[lesson.programme][metric];
        const fan = fanOf(await runFan(room.pool, opened.text, opened.weeks, otherSeed(seed), 200, () => {}, () => false));
        const values = column(fan, lesson.programme, metric);
        const [others] = estimates(room.engine, [[values, null]]);
        const sorted = values.filter((value): value is number => value !== null).sort((one, other) => one - other);
        const cost = costOf(opened);
        places.push({ plan, cost, within: cost <= costOf(own) * 1.0001, own: luck, others, spread: [0.05, 0.5, 0.95].map((share) => sorted[Math.round(share * (sorted.length - 1))]) });
      } catch (error) {
        wrong.push((error as Error).message);
      }
    }
    setFaults(wrong);
    say(places.length ? "" : "No plan was found: each begins with DP1.");
    setRows(places.sort((one, other) => Number(other.within) - Number(one.within) || (other.others.value ?? -9) - (one.others.value ?? -9) || one.cost - other.cost));
  };
  const all = rows?.flatMap((row) => [...row.spread, row.own ?? 0, 0]) ?? [];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (value: number) => `${((value - low) / Math.max(1e-6, high - low)) * 100}%`;
  return (
    <section class="panel" aria-label="Ranking">
      <h2>Rank the plans</h2>
      <Brought code={first} />
      <label>
        One code a line, as the tables handed them in
        <textarea rows={5} value={codes} onInput={(event) => setCodes(event.currentTarget.value)} data-test="codes" />
      </label>
      <Scan onRead={(text) => setCodes((before) => (before.includes(text) ? before : `${before.trim()}\n${text}`.trim()))} />
      <button type="button" class="primary" onClick={rank} data-test="rank">
        Rank
      </button>{" "}
      <span role="status">{said}</span>
      {faults.map((fault) => (
        <p class="fault" role="alert" key={fault}>
          {fault}
        </p>
      ))}
      {rows && rows.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Ranking as a table">
          <table class="ranking" data-test="ranking">
            <thead>
              <tr>
                <td />
                <th scope="col">table</th>
                <th scope="col">kept after two years, mean of 200 other seeds</th>
                <th scope="col">range of luck, and their own</th>
                <th scope="col">own luck</th>
                <th scope="col">money</th>
                <th scope="col">points for £100,000</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, place) => (
                <tr key={place}>
                  <td>{row.within ? place + 1 : "–"}</td>
                  <th scope="row">{row.plan.table}</th>
                  <td>
                    <b>{points(row.others.value)}</b>{" "}
                    <span class="interval">
                      {points(row.others.low)} to {points(row.others.high)}
                    </span>
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
                  <td>{row.within ? money(row.cost, room.reference.currency) : `${money(row.cost, room.reference.currency)}: over the budget`}</td>
                  <td>{row.others.value === null || row.cost <= 0 ? "–" : signed((row.others.value * 100) / (row.cost / 100_000), 2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="hint">Plans within the budget are ranked by the gain still there two years after support, as a mean over 200 seeds that no table has seen; at equal gain the cheaper one leads. The diamond is what their own luck gave them: a diamond far from its bar was luck, not skill.</p>
        </div>
      )}
    </section>
  );
}

export function Together({ room, handed, joins }: { room: Room; handed: string; joins: string }) {
  const [made, setMade] = useState("");
  const [typed, setTyped] = useState("");
  const [cohort, setCohort] = useState<{ code: string; seed: number; lesson: Lesson } | null>(null);
  const [fault, setFault] = useState("");
  const [lesson, setLesson] = useState(LESSONS[0].code);
  const join = (code: string) => {
    try {
      const { lesson, seed } = readCohort(code, CODES);
      const clean = cohortCode({ lesson, seed });
      setCohort({ code: clean, seed, lesson: lessonOf(lesson) });
      visit({ join: clean });
      setFault("");
    } catch (error) {
      setFault((error as Error).message);
    }
  };
  useEffect(() => {
    if (!joins) return;
    setTyped(joins);
    join(joins);
  }, []);
  return (
    <div class="together">
      <p class="lead">A short code gives every table the same hospital and the same luck. No server: tables show each other their codes.</p>
      <div class="three">
        <section class="panel">
          <h2>1. Make a code</h2>
          <label>
            Lesson{" "}
            <select value={lesson} onChange={(event) => setLesson(event.currentTarget.value)} data-test="cohort-lesson">
              {LESSONS.map((row) => (
                <option value={row.code} key={row.code}>
                  {row.title}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            class="primary"
            data-test="make-code"
            onClick={() => {
              const seed = crypto.getRandomValues(new Uint32Array(1))[0] % (1 << 20);
              const code = cohortCode({ lesson, seed });
              setMade(code);
              setTyped(code);
            }}
          >
            Make
          </button>
          {made && (
            <>
              <p class="big-code" data-test="cohort-code">
                {made}
              </p>
              <Square part="join" code={made} label="The code of this round" />
            </>
          )}
        </section>
        <section class="panel">
          <h2>2. Join a table</h2>
          <label>
            Code on the wall <input value={typed} placeholder="EVA-7K3Q8" autocapitalize="characters" onInput={(event) => setTyped(event.currentTarget.value)} data-test="cohort-input" />
          </label>
          <button type="button" class="primary" onClick={() => join(typed)} data-test="join">
            Join
          </button>
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
        </section>
      </div>
      {cohort && <Table key={cohort.code} room={room} cohort={cohort.code} seed={cohort.seed} lesson={cohort.lesson} />}
      <Ranking room={room} first={handed} />
    </div>
  );
}
