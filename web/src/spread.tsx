/** What a class predicted: how many gave which answer, and where most of the curves ran. */
import type { Lesson } from "./asks";
import { Chart, roomy } from "./chart";
import { fromThousandths, isCurve, type HandedPrediction } from "./class";
import type { Opened } from "./model";
import { marksOf, phasesOf } from "./parts";
import { many, t } from "./language";

/** How often each answer was given. */
export const countsOf = (lesson: Lesson, handed: Pick<HandedPrediction, "choice">[]) => lesson.choices.map((_, place) => handed.filter(({ choice }) => choice === place).length);

/** Week by week the middle of all curves that were drawn, and between which two the middle eight tenths ran. */
export function curvesSpread(handed: HandedPrediction[], weeks: number): { many: number; middle: (number | null)[]; low: number[]; high: number[] } {
  const curves = handed.map(({ drawn }) => fromThousandths(drawn, weeks)).filter(isCurve);
  const at = (week: number, share: number) => {
    const values = curves.map((curve) => curve[week]).filter((value): value is number => value !== null).sort((one, other) => one - other);
    return values.length ? values[Math.round(share * (values.length - 1))] : NaN;
  };
  const all = (share: number) => Array.from({ length: weeks }, (_, week) => at(week, share));
  return { many: curves.length, middle: all(0.5).map((value) => (Number.isFinite(value) ? value : null)), low: all(0.1), high: all(0.9) };
}

/** How a chart's title tells of what was drawn, which stands in it dotted and shaded. */
export const drawnInWords = (drew: number) => many(drew, "dotted: the {count} curve that you drew|dotted: the middle of {count} curves that you drew, shaded: eight tenths of them");

/** Answers as bars; the one that came out is marked once it is known. */
export function Answers({ lesson, counts, right }: { lesson: Lesson; counts: number[]; right?: number | null }) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return (
    <table class="answers" data-test="answers">
      <caption class="sr">{t(lesson.question)}</caption>
      <tbody>
        {lesson.choices.map(({ says }, place) => (
          <tr key={says} class={right === place ? "own" : ""}>
            <th scope="row">
              {t(says)}
              {right === place && <span class="hint"> {t("← this came out")}</span>}
            </th>
            <td>
              <b>{counts[place]}</b>
              <span class="interval">{all ? ` ${t("of {all}", { all })}` : ""}</span>
              <span class="bar" aria-hidden="true">
                <span class="bar-full" style={{ left: 0, width: `${all ? (counts[place] / all) * 100 : 0}%` }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where the curves of a class ran, before anybody has seen anything. */
export function DrawnSpread({ handed, opened, programme }: { handed: HandedPrediction[]; opened: Opened; programme: number }) {
  const { many: drew, middle, low, high } = curvesSpread(handed, opened.weeks);
  if (!drew) return <p class="hint">{t("Nobody has drawn a curve.")}</p>;
  const there = (values: (number | null)[]) => values.filter((value): value is number => value !== null && Number.isFinite(value));
  return (
    <Chart
      title={many(drew, "Dotted: the middle of {count} curve drawn; shaded: where eight tenths of them run|Dotted: the middle of {count} curves drawn; shaded: where eight tenths of them run")}
      weeks={opened.weeks}
      height={260}
      lines={[]}
      bands={[{ low, high, colour: "var(--choice4)" }]}
      phases={phasesOf(opened, programme)}
      marks={marksOf(opened)}
      week={opened.weeks - 1}
      range={roomy([there(middle), there(low), there(high)])}
      drawn={middle}
    />
  );
}
