/** The plans of all tables, brought by their codes and ranked. */
import { useEffect, useState } from "preact/hooks";
import { COUNTS } from "./asks";
import { LUCKS } from "./game";
import { keep, useKept } from "./keep";
import { CODES } from "./lessons";
import { fairPlans, inWords, rank, type Told } from "./rank";
import { Ranked } from "./ranked";
import { readCohort, readPlan, type Plan } from "./share";
import { Scan } from "./square";
import type { Room } from "./store";
import { t, tx } from "./language";
import { quoted } from "./words";

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
        {t("The plan in this address cannot be read: {why}", { why: plan })}
      </p>
    );
  return (
    <p data-test="brought">
      {tx("This is the plan of {table} for {cohort}: {changes}. Add the others below, or rank it by itself.", { table: <b>{quoted(plan.table)}</b>, cohort: plan.cohort, changes: inWords(plan.changes) })}
    </p>
  );
}

/** Reads codes into plans of one cohort; what cannot be used is said. */
async function plansOf(room: Room, codes: string): Promise<{ plans: Plan[]; wrong: string[] }> {
  const [plans, wrong]: [Plan[], string[]] = [[], []];
  for (const line of codes.split(/\s+/).filter((line) => line.includes("DP1."))) {
    try {
      const plan = await readPlan(line);
      readCohort(plan.cohort, CODES);
      plans.push(plan);
    } catch (error) {
      wrong.push((error as Error).message);
    }
  }
  const together = fairPlans(room, plans, plans[0]?.cohort ?? "");
  return { plans: together.plans, wrong: [...wrong, ...together.wrong] };
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
    if (!plans.length) return say(t("No plan was found: each begins with DP1."));
    try {
      const found = await rank(room, plans, say);
      setTold(found);
      // For the debrief of the lesson.
      keep(`ranked.${readCohort(found.cohort, CODES).lesson}`, found);
      setNotes(found.said);
      say("");
    } catch (error) {
      setFaults([...wrong, (error as Error).message]);
    }
  };
  return (
    <section class="panel" aria-label={t("Ranking")}>
      <h2>{t("Rank the plans")}</h2>
      <p class="hint">
        {t("What counts: {counts}, as the mean of {lucks} lucks that no table has seen, and its interval.", { counts: t(COUNTS), lucks: LUCKS })}
      </p>
      <Brought code={first} />
      <label>
        {t("One code a line, as the tables handed them in")}
        <textarea rows={5} value={codes} onInput={(event) => setCodes(event.currentTarget.value)} data-test="codes" />
      </label>
      <Scan onRead={(text) => setCodes((before) => (before.includes(text) ? before : `${before.trim()}\n${text}`.trim()))} />
      <button type="button" class="primary" onClick={begin} data-test="rank">
        {t("Rank")}
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
      {told && told.rows.length > 0 && <Ranked told={told} currency={room.reference.currency} />}
    </section>
  );
}
