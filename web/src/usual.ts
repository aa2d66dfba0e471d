/** What usually happens in a lesson, in sentences with figures from the engine; asked when the page is built. */
import type { Lesson } from "./lessons";
import { designs, measured } from "./lessons";
import { percent } from "./words";

/** Means by design, programme and metric, over the runs asked for. */
export interface Usual {
  runs: number;
  /** `[design][programme][metric]` */
  means: Record<string, number>[][];
  /** Money by design, all programmes. */
  money: number[];
}

const METRICS = ["net_gain_at_end", "net_gain_24_months_after", "reported_minus_true_at_end", "motivation_difference_at_end", "other_care_difference_active", "cynicism_difference_at_end", "fatigue_difference_active"];

export const asked = METRICS;

const number = (share: number) => (Math.abs(share) < 0.0005 ? "0.0" : `${share < 0 ? "−" : ""}${Math.abs(share * 100).toFixed(1)}`);

export function sentences(lesson: Lesson, usual: Usual): string[] {
  const of = (design: number, programme: number, metric: string) => usual.means[design][Math.min(programme, usual.means[design].length - 1)][metric];
  const own = (metric: string) => of(0, lesson.programme, metric);
  const answer = measured(lesson.measure, lesson, of);
  const choice = lesson.choices.find(({ low, high }) => answer >= low && answer < high);
  const said = [
    `The answer to the question is ${percent(answer)}: “${choice?.says ?? ""}.”`,
    `The gain is ${number(own("net_gain_at_end"))} points when support ends and ${number(own("net_gain_24_months_after"))} two years later. Reports lie ${number(own("reported_minus_true_at_end"))} points above the truth.`,
    `Against the same people without it: motivation ${number(own("motivation_difference_at_end"))} points, cynicism ${number(own("cynicism_difference_at_end"))} at the end; fatigue ${number(own("fatigue_difference_active"))}, other care ${number(own("other_care_difference_active"))} during support.`,
  ];
  lesson.trials.forEach((trial, place) => {
    const last = (metric: string) => of(place + 1, lesson.programme, metric);
    const cost = usual.money[place + 1] / usual.money[0] - 1;
    const price = Math.abs(cost) < 0.005 ? "the same money" : `${Math.round(Math.abs(cost) * 100)} % ${cost > 0 ? "more" : "less"} money`;
    said.push(`“${trial.label}”: ${number(last("net_gain_at_end"))} at the end, ${number(last("net_gain_24_months_after"))} two years later, ${price}.`);
  });
  return said;
}

/** A sheet as Markdown: the same words as in the page. */
export function markdown(lesson: Lesson, usual: Usual): string {
  const list = (rows: string[]) => rows.map((row) => `- ${row}`).join("\n");
  const plan = (minutes: 15 | 60 | 90) =>
    `## ${minutes} minutes\n\n| minutes | who | what |\n|---|---|---|\n${lesson.plans[minutes].map((step) => `| ${step.minutes} | ${step.who} | ${step.what} |`).join("\n")}`;
  return `# ${lesson.title}

${lesson.about}

Scenario: \`${lesson.scenario}\` · code for tables begins with ${lesson.code}

**The question to predict:** ${lesson.question}

${list(lesson.choices.map(({ says }) => says))}

${([15, 60, 90] as const).map(plan).join("\n\n")}

## What to ask

${list([...lesson.discuss, ...lesson.trials.map((trial) => `${trial.label}: ${trial.ask}`)])}

## What usually happens

Means of ${usual.runs} runs; points of reliability more than the same people reach without the programme.

${list(sentences(lesson, usual))}

## Why

${lesson.explain.join("\n\n")}

## What the evidence says

${list(lesson.evidence)}
`;
}

export { designs };
