/** What a lesson asks, claims and shows, and how the engine's runs answer it. */
import type { ClassStep } from "./class";
import type { Changes, Estimate, Outcomes } from "./model";
import { word } from "./language";

/** What counts in the game between tables, in the words of every screen and sheet; and what may be spent. */
export const COUNTS = word("points of gain still there two years after support");
export const GOAL = word("The goal: the most points of gain still there two years after support.");
export const BUDGET = word("The budget: a quarter more than the story's own plan costs.");

/** A number to be found by running designs: a metric of one programme, perhaps over another's. */
export interface Measure {
  metric: string;
  programme?: number;
  /** Of the design of this label instead of the lesson's own. */
  of?: string;
  plus?: Measure;
  minus?: Measure;
  over?: Measure;
  /** What is taken off at last: 1 of a ratio leaves how much more it is. */
  less?: number;
}
export interface Choice {
  says: string;
  /** True where the measured number lies from `low` (included) to `high`. */
  low: number;
  high: number;
}
export interface Trial {
  label: string;
  does: Changes;
  ask: string;
}
/** Something that is taken away, to see what the answer hangs on. */
export interface Knockout {
  label: string;
  does: Changes;
}
/** What the numbers must show for a sentence to be true: the interval lies from `low` to `high`. */
export interface Check {
  of: Measure;
  low?: number;
  high?: number;
}
export interface Claim {
  says: string;
  shown: Check[];
}
/** The picture that answers the question: bars of one number in several designs, or where the gain went. */
export type Picture = { kind: "lost" } | { kind: "bars"; title: string; of: Measure; unit: "points" | "share"; designs: string[] };
export interface Step {
  minutes: number;
  who: string;
  /** Sentence by sentence. */
  what: string[];
  /** What a class with telephones is shown meanwhile. */
  at: ClassStep;
}
/** What the review found, in our words, beside what the model says of it. */
export interface Beside {
  review: string;
  /** Where in the review. */
  where: string;
  /** Which of the lesson's claims the model answers with. */
  claim: number;
}
export interface Lesson {
  id: string;
  code: string;
  scenario: string;
  title: string;
  about: string;
  /** Which programme is followed. */
  programme: number;
  question: string;
  measure: Measure;
  /** The answer as a sentence: of what `{value}` is a share. */
  answer: string;
  /** What is not ranked in the game, but has to be looked at. */
  besides: string;
  choices: Choice[];
  draw: string;
  picture: Picture;
  knockouts: Knockout[];
  explain: Claim[];
  trials: Trial[];
  discuss: string[];
  evidence: string[];
  /** For the debrief. */
  beside: Beside[];
  /** What nobody may conclude from it. */
  cannot: string[];
  plans: { 15: Step[]; 60: Step[]; 90: Step[] };
  /** The best plan for the game that anybody has found: of the makers, by a search. */
  best: Changes;
}

/** What the lesson's own design is called. */
export const AS_IT_IS = word("As it was");

/** Every design whose numbers a lesson needs: its own, its trials, its knock-outs. */
export function designs(lesson: Lesson): Knockout[] {
  return [{ label: AS_IT_IS, does: {} }, ...lesson.trials, ...lesson.knockouts];
}

/** The same number in another design. */
export function inDesign(measure: Measure, label: string): Measure {
  const moved = (part?: Measure) => part && inDesign(part, label);
  return { ...measure, of: label, plus: moved(measure.plus), minus: moved(measure.minus), over: moved(measure.over) };
}

/** Which designs a measure looks at. */
export function designsOf(measure: Measure): string[] {
  const parts = [measure.plus, measure.minus, measure.over].filter((part): part is Measure => part !== undefined);
  return [measure.of ?? AS_IT_IS, ...parts.flatMap(designsOf)];
}

/** Runs of each design: outcomes by run and programme, run for run under the same luck. */
export type Runs = (label: string) => Outcomes[][];
type Column = (number | null)[];
export type Estimating = (columns: [Column, Column | null][]) => Estimate[];

function column(measure: Measure, lesson: Lesson, runs: Runs): Column {
  const own = runs(measure.of ?? AS_IT_IS).map((run) => run[Math.min(measure.programme ?? lesson.programme, run.length - 1)]?.[measure.metric] ?? null);
  const joined = (other: Measure | undefined, sign: number, to: Column) => {
    if (!other) return to;
    const theirs = column(other, lesson, runs);
    return to.map((value, run) => (value === null || theirs[run] === null ? null : value + sign * theirs[run]!));
  };
  return joined(measure.minus, -1, joined(measure.plus, 1, own));
}

/** A measure with its interval: of a mean, or of a ratio of means, paired run by run. */
export function measured(measure: Measure, lesson: Lesson, runs: Runs, estimates: Estimating): Estimate {
  const [found] = estimates([[column(measure, lesson, runs), measure.over ? column(measure.over, lesson, runs) : null]]);
  const off = (value: number | null) => (value === null ? null : value - (measure.less ?? 0));
  return { ...found, value: off(found.value), low: off(found.low), high: off(found.high) };
}

/** The one choice in which an answer lies with its whole interval; none where the runs do not decide. */
export function decided(lesson: Lesson, { low, high }: Estimate): number | null {
  const place = lesson.choices.findIndex((choice) => low !== null && high !== null && low >= choice.low && high < choice.high);
  return place < 0 ? null : place;
}

/** Why a claim is not shown by the numbers; nothing where it is. */
export function unshown({ low = -Infinity, high = Infinity }: Check, found: Estimate): string {
  if (found.low === null || found.high === null) return "there is no number";
  return found.low >= low && found.high <= high ? "" : `${found.low.toFixed(4)} to ${found.high.toFixed(4)} is not within ${low} to ${high}`;
}
