/** The room of a class: asked of the program that serves this page on the local network. A page from anywhere else asks nobody. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Lesson } from "./asks";
import { LESSONS } from "./lessons";
import type { Plan } from "./share";
import { t, word } from "./language";
import { told } from "./told";

/** Whether there is a room here: the program says so in the page that it serves. */
export const inRoom = () => document.querySelector('meta[name="class"]') !== null;

export const CLASS_STEPS = ["wait", "predict", "reveal", "explain", "try", "rank", "debrief"] as const;
export type ClassStep = (typeof CLASS_STEPS)[number];
export const STEP_NAMES: Record<ClassStep, string> = { wait: word("Come in"), predict: word("Predict"), reveal: word("Reveal"), explain: word("Explain"), try: word("Try"), rank: word("Rank"), debrief: word("Debrief") };

export interface Shown {
  lesson: string;
  step: ClassStep;
  /** Seconds since 1970, by the clock of the program. */
  since: number;
}
export interface HandedPrediction {
  lesson: string;
  choice: number;
  /** Thousandths by week. */
  drawn: (number | null)[];
}
export interface HandedPlan {
  lesson: string;
  table: string;
  plan: string;
}
/** What one telephone sees. */
export interface Seen {
  seed: number;
  now: number;
  seen: { number: number; shown: Shown; people: number; prediction: HandedPrediction | null; plan: HandedPlan | null; revealed: boolean; ranked: { place: number | null } | null };
}
/** What whoever leads sees. */
export interface Everything {
  shown: Shown;
  open: boolean;
  people: number[];
  predictions: (HandedPrediction & { number: number })[];
  plans: (HandedPlan & { number: number })[];
}
export interface Led {
  code: string;
  seed: number;
  now: number;
  slowed: number;
  port: number;
  addresses: string[];
  happened: number;
  all: Everything | null;
}

/** What the room would not do, and what that is in HTTP: 401 who is not in it, 429 too fast. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    why: string,
  ) {
    super(why);
  }
}

export async function askRoom<T>(path: string, headers: Record<string, string>, body?: object): Promise<T> {
  const answer = await fetch(path, {
    method: body ? "POST" : "GET",
    headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(8000),
  }).catch(() => {
    throw new Refused(0, t("the room does not answer: is this device in its network, and does the program run?"));
  });
  const said = await answer.json().catch(() => ({ why: t("the room said {status}", { status: answer.status }) }));
  if (!answer.ok) throw new Refused(answer.status, told(said.why));
  return said as T;
}

/** What the room says, asked again every two seconds; `again` asks at once. */
export function useAsked<T>(ask: (() => Promise<T>) | null, on: unknown): { told: T | null; fault: Refused | null; again(): void } {
  const [told, setTold] = useState<T | null>(null);
  const [fault, setFault] = useState<Refused | null>(null);
  const now = useRef<() => void>(() => {});
  useEffect(() => {
    if (!ask) return;
    let [stale, waits] = [false, 0];
    const turn = async () => {
      clearTimeout(waits);
      try {
        const found = await ask();
        if (stale) return;
        setTold(found);
        setFault(null);
      } catch (error) {
        if (stale) return;
        setFault(error as Refused);
      }
      clearTimeout(waits);
      waits = window.setTimeout(turn, 2000);
    };
    now.current = () => void turn();
    void turn();
    return () => {
      stale = true;
      clearTimeout(waits);
    };
  }, [on]);
  return { told, fault, again: () => now.current() };
}

/** The room as whoever has the key leads it. */
export interface Host {
  led: Led | null;
  all: Everything | null;
  fault: string;
  show(lesson: string, step: ClassStep): void;
  open(open: boolean): void;
  remove(number: number): void;
  /** Tells everybody their place, by number. */
  rank(lesson: string, places: [number, number | null][]): void;
}

export function useHost(key: string): Host {
  const [all, setAll] = useState<Everything | null>(null);
  const seen = useRef("");
  const [fault, setFault] = useState("");
  const asked = useAsked<Led>(async () => {
    const led = await askRoom<Led>("/host", { "X-Key": key, "X-Happened": seen.current });
    seen.current = String(led.happened);
    if (led.all) setAll(led.all);
    return led;
  }, key);
  const lead = (path: string, body: object) =>
    void askRoom(path, { "X-Key": key }, body)
      .then(() => (setFault(""), asked.again()))
      .catch((error: Error) => setFault(error.message));
  return {
    led: asked.told,
    all,
    fault: fault || (asked.fault?.message ?? ""),
    show: (lesson, step) => lead("/host/show", { lesson, step }),
    open: (open) => lead("/host/door", { open }),
    remove: (number) => lead("/host/remove", { number }),
    rank: (lesson, places) => lead("/host/ranked", { lesson, places }),
  };
}

export const lessonShown = (shown: Shown | undefined): Lesson | undefined => LESSONS.find(({ id }) => id === shown?.lesson);

/** Weeks that make a curve, a quarter of a year: less is a slip of the finger. */
export const CURVE = 13;
export const isCurve = (drawn: (number | null)[]) => drawn.filter((value) => value !== null).length >= CURVE;

/** A curve as it is sent, and back. */
export const toThousandths = (drawn: (number | null)[]) => (isCurve(drawn) ? drawn.map((value) => (value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 1000))) : []);
export const fromThousandths = (drawn: (number | null)[], weeks: number) => Array.from({ length: weeks }, (_, week) => (drawn[week] == null ? null : drawn[week]! / 1000));

/** What a table that gave itself no name is called; and no table can speak in another's name. */
export const tableName = ({ number, table }: { number: number; table: string }) => (table.trim() ? `${table.trim()} (${number})` : t("Number {number}", { number }));

/** Plans as they were handed in, each under the number of who handed it in. */
export async function plansHandedIn(plans: Everything["plans"], read: (code: string) => Promise<Plan>): Promise<{ plans: Plan[]; wrong: string[] }> {
  const [found, wrong]: [Plan[], string[]] = [[], []];
  for (const handed of plans) {
    try {
      found.push({ ...(await read(handed.plan)), table: tableName(handed) });
    } catch {
      wrong.push(t("What {table} handed in cannot be read: it is left out.", { table: tableName(handed) }));
    }
  }
  return { plans: found, wrong };
}

/** One cell of a CSV table: no program that opens it takes it for a formula. */
const cell = (value: string | number | null | undefined) => {
  const text = value == null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
export const csv = (rows: (string | number | null | undefined)[][]) => rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";

/** Predictions as a table: who, of which lesson, which answer, and the curve at the end of support and at the very end. */
export function predictionsCsv(predictions: Everything["predictions"], ends: (lesson: Lesson) => [number, number]): string {
  const rows = predictions.flatMap((handed) => {
    const lesson = LESSONS.find(({ id }) => id === handed.lesson);
    if (!lesson) return [];
    const at = (week: number) => (handed.drawn[week] == null ? null : handed.drawn[week]! / 10);
    const [end, last] = ends(lesson);
    return [[handed.number, lesson.id, handed.choice + 1, t(lesson.choices[handed.choice]?.says ?? ""), at(end), at(last)]];
  });
  return csv([["number", "lesson", "choice", "answer", "drawn_at_end_of_support_percent", "drawn_at_the_end_percent"], ...rows]);
}
