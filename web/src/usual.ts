/** What usually happens in a lesson, in sentences with figures from the engine; asked when the page is built. */
import { AS_IT_IS, decided, designs, inDesign, measured, unshown, type Estimating, type Lesson, type Step, type Trial } from "./asks";
import { budgetFor, fits } from "./game";
import type { Changes, Estimate, Outcomes } from "./model";
import { t } from "./language";
import { between, percent, points } from "./words";

/** What the engine found of a lesson. */
export interface Usual {
  runs: number;
  answer: Estimate;
  /** The number of the picture, in each of its designs. */
  bars: { label: string; found: Estimate }[];
  /** What must be so for the words to be true, as it was found; in the order of the lesson's claims and their checks. */
  claims: Estimate[][];
  /** Means by design and metric, of the programme that is followed. */
  means: Record<string, Record<string, Estimate>>;
  /** How much more of the gain than of the story's own plan is there two years later, by trial. */
  more: Record<string, Estimate>;
  /** Money by design, all programmes. */
  money: Record<string, number>;
}

const [GAIN, LATER, EXCESS] = ["net_gain_at_end", "net_gain_24_months_after", "reported_minus_true_at_end"];
const BESIDE = ["motivation_difference_at_end", "cynicism_difference_at_end", "fatigue_difference_active", "other_care_difference_active"];

/** What a lesson needs of an engine: a design lived so often. */
export type Living = (scenario: string, does: Changes) => { outcomes: Outcomes[][]; money: number };

/** Few digits: what is printed needs no more, and the page stays small. */
const short = ({ value, low, high, count, change }: Estimate): Estimate => {
  const cut = (number: number | null) => (number === null ? null : Math.round(number * 1e5) / 1e5);
  return { value: cut(value), low: cut(low), high: cut(high), count, change };
};

export function learn(lesson: Lesson, live: Living, estimates: Estimating): Usual {
  const lived = new Map(designs(lesson).map(({ label, does }) => [label, live(lesson.scenario, does)]));
  const of = (measure: Parameters<typeof measured>[0]) => short(measured(measure, lesson, (label) => lived.get(label)!.outcomes, estimates));
  const { picture } = lesson;
  return {
    runs: lived.get(AS_IT_IS)!.outcomes.length,
    answer: of(lesson.measure),
    bars: picture.kind === "bars" ? [AS_IT_IS, ...picture.designs].map((label) => ({ label, found: of(inDesign(picture.of, label)) })) : [],
    claims: lesson.explain.map(({ shown }) => shown.map((check) => of(check.of))),
    means: Object.fromEntries(
      [AS_IT_IS, ...lesson.trials.map(({ label }) => label)].map((label) => [
        label,
        Object.fromEntries((label === AS_IT_IS ? [GAIN, LATER, EXCESS, ...BESIDE] : [GAIN, LATER]).map((metric) => [metric, of({ metric, of: label })])),
      ]),
    ),
    more: Object.fromEntries(lesson.trials.map(({ label }) => [label, of({ metric: LATER, of: label, minus: { metric: LATER } })])),
    money: Object.fromEntries([...lived].map(([label, { money }]) => [label, Math.round(money)])),
  };
}

/** What a lesson says that its numbers do not show, and a question that they do not decide. */
export function faults(lesson: Lesson, usual: Usual): string[] {
  const wrong = lesson.explain.flatMap(({ says, shown }, claim) =>
    shown.flatMap((check, place) => {
      const why = unshown(check, usual.claims[claim][place]);
      return why ? [`${lesson.id}: “${says}” ${JSON.stringify(check.of)}: ${why}`] : [];
    }),
  );
  for (const { claim, review } of lesson.beside) if (!lesson.explain[claim]) wrong.push(`${lesson.id}: “${review}” stands beside a claim that is not there`);
  const undecided = decided(lesson, usual.answer) === null;
  return undecided ? [...wrong, `${lesson.id}: ${usual.answer.low} to ${usual.answer.high} lies in no one choice`] : wrong;
}

/** What is done in a step. */
/** What is done in a step; in the game also what to look at besides. */
export const told = (step: Step, lesson: Lesson) => [...step.what, ...(step.at === "try" ? [lesson.besides] : [])].map((text) => t(text)).join(" ");

const within = (found: Estimate) => `${points(found.value)} (${between(points(found.low), points(found.high))})`;

/** Whether a trial, handed in as a plan, would get a place: whoever leads must know before recommending it. */
function asPlan({ label, does }: Trial, usual: Usual): string {
  if (!does.changes) return t("It changes what is given: it is no plan.");
  if (!fits(usual.money[label], budgetFor(usual.money[AS_IT_IS]))) return t("As a plan it costs more than the budget.");
  const wins = (usual.means[label][GAIN].low ?? 0) > 0 && (usual.more[label].low ?? 0) > 0;
  return wins ? t("As a plan it would get a place.") : t("As a plan it would get no place: it keeps no more than the story's own.");
}

export function sentences(lesson: Lesson, usual: Usual): string[] {
  const own = (metric: string) => within(usual.means[AS_IT_IS][metric]);
  const choice = decided(lesson, usual.answer);
  const said = [
    t("The answer to the question is: {answer} The interval is {interval}, the right choice “{choice}”.", {
      answer: t(lesson.answer, { value: percent(usual.answer.value) }),
      interval: between(percent(usual.answer.low), percent(usual.answer.high)),
      choice: choice === null ? "" : t(lesson.choices[choice].says),
    }),
    t("The gain is {gain} points when support ends and {later} two years later. At the end the reports are {excess} points off the truth.", { gain: own(GAIN), later: own(LATER), excess: own(EXCESS) }),
    t("Against the same people without it: motivation {motivation} points, cynicism {cynicism} at the end; fatigue {fatigue}, other care {care} during support.", {
      motivation: own(BESIDE[0]),
      cynicism: own(BESIDE[1]),
      fatigue: own(BESIDE[2]),
      care: own(BESIDE[3]),
    }),
  ];
  for (const trial of lesson.trials) {
    const { label } = trial;
    const last = (metric: string) => within(usual.means[label][metric]);
    const cost = usual.money[label] / usual.money[AS_IT_IS] - 1;
    const share = Math.round(Math.abs(cost) * 100);
    const price = Math.abs(cost) < 0.005 ? t("the same money") : cost > 0 ? t("{share} % more money", { share }) : t("{share} % less money", { share });
    said.push(t("“{trial}”: {gain} at the end, {later} two years later, {price}.", { trial: t(label), gain: last(GAIN), later: last(LATER), price }) + ` ${asPlan(trial, usual)}`);
  }
  return said;
}

/** What the lesson's picture shows, in a sentence each. */
export function barsInWords(lesson: Lesson, usual: Usual): string[] {
  const { picture } = lesson;
  if (picture.kind !== "bars") return [];
  const told = ({ value, low, high }: Estimate) => (picture.unit === "points" ? within({ value, low, high } as Estimate) : `${percent(value)} (${between(percent(low), percent(high))})`);
  return usual.bars.map(({ label, found }) => `${label}: ${told(found)}`);
}

/** A sheet as Markdown: the same words as in the page. */
export function markdown(lesson: Lesson, usual: Usual): string {
  const list = (rows: string[]) => rows.map((row) => `- ${row}`).join("\n");
  const plan = (minutes: 15 | 60 | 90) =>
    `## ${minutes} minutes\n\n| minutes | who | what |\n|---|---|---|\n${lesson.plans[minutes].map((step) => `| ${step.minutes} | ${step.who} | ${told(step, lesson)} |`).join("\n")}`;
  const bars = barsInWords(lesson, usual);
  return `# ${lesson.title}

${lesson.about}

Scenario: \`${lesson.scenario}\` · code for tables begins with ${lesson.code}

**The question to predict:** ${lesson.question}

${list(lesson.choices.map(({ says }) => says))}

${([15, 60, 90] as const).map(plan).join("\n\n")}

## What to ask

${list([...lesson.discuss, ...lesson.trials.map((trial) => `${trial.label}: ${trial.ask}`)])}

## What usually happens

Means of ${usual.runs} runs, with 95 % intervals; points of reliability more than the same people reach without the programme.

${list(sentences(lesson, usual))}
${bars.length && lesson.picture.kind === "bars" ? `\n**${lesson.picture.title}:**\n\n${list(bars)}\n` : ""}
## Why

${lesson.explain.map(({ says }) => says).join("\n\n")}

## What the evidence says

${list(lesson.evidence)}
`;
}
