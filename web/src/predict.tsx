/** The first step of a lesson: an answer and a curve, before anybody has seen anything. */
import { Chart, roomy } from "./chart";
import type { Lesson } from "./asks";
import { isCurve } from "./class";
import { called, marksOf, phasesOf } from "./parts";
import type { Design } from "./store";
import { t } from "./language";

export interface Prediction {
  choice: number | null;
  /** The curve drawn by hand, week by week. */
  drawn: (number | null)[];
  /** Once the answer has been seen, the prediction stands. */
  seen: boolean;
}

interface Props {
  lesson: Lesson;
  design: Design;
  prediction: Prediction;
  onPrediction(prediction: Prediction): void;
  onReveal(): void;
  /** What is done with it. */
  action?: string;
}

export function Predict({ lesson, design, prediction, onPrediction, onReveal, action }: Props) {
  const { opened, programme, curves } = design;
  const { choice, seen } = prediction;
  const nothing = new Array<number | null>(opened.weeks).fill(null);
  const drawn = prediction.drawn.length === opened.weeks ? prediction.drawn : nothing;
  const { clock: dates, live, end } = opened.programmes[programme];
  // All that is known before: how it is done when planning starts.
  const start = curves.of(programme, 1, "practice")[Math.max(0, dates.start - 1)];
  const range = roomy([[start]], 0.2, 0.4);
  const draw = (drawn: (number | null)[]) => onPrediction({ ...prediction, drawn });
  // For those who cannot draw: two heights make a curve.
  const heights = [drawn[Math.min(opened.weeks - 1, end)] ?? start, drawn[opened.weeks - 1] ?? start];
  const lineUp = (top: number, later: number) =>
    draw(Array.from({ length: opened.weeks }, (_, week) => {
      if (week <= live) return start;
      if (week <= end) return start + ((top - start) * (week - live)) / Math.max(1, end - live);
      return top + ((later - top) * (week - end)) / Math.max(1, opened.weeks - 1 - end);
    }));
  return (
    <div class="predict">
      {seen && (
        <p class="hint">
          {t("You have seen what happened: this prediction stands.")}{" "}
          <button type="button" onClick={() => onPrediction({ choice: null, drawn: nothing, seen: false })} data-test="anew">
            {t("Begin anew")}
          </button>
        </p>
      )}
      <fieldset disabled={seen}>
        <legend>{t(lesson.question)}</legend>
        {lesson.choices.map((option, place) => (
          <label key={option.says} class="option">
            <input type="radio" name={`choice-${lesson.id}`} checked={choice === place} onChange={() => onPrediction({ ...prediction, choice: place })} data-test={`choice-${place}`} /> {t(option.says)}
          </label>
        ))}
      </fieldset>
      <p>
        {t(lesson.draw)} {t("Draw with finger or mouse, or use the two sliders.")}
      </p>
      <Chart
        title={t("Your prediction for {programme}", { programme: called(opened, programme) })}
        weeks={opened.weeks}
        height={280}
        lines={[]}
        phases={phasesOf(opened, programme)}
        marks={marksOf(opened)}
        week={opened.weeks - 1}
        range={range}
        drawn={drawn}
        onDraw={seen ? undefined : draw}
      />
      {drawn.some((value) => value !== null) && !isCurve(drawn) && <p class="hint">{t("That is too short for a curve: draw on.")}</p>}
      <fieldset class="heights" disabled={seen}>
        <legend class="sr">{t("The curve by two heights")}</legend>
        {[t("When support ends"), t("At the very end")].map((name, place) => (
          <label key={name}>
            {name}: {Math.round(heights[place] * 100)} %
            <input
              type="range"
              min={range[0]}
              max={range[1]}
              step={0.01}
              value={heights[place]}
              onInput={(event) => {
                const value = Number(event.currentTarget.value);
                lineUp(place ? heights[0] : value, place ? value : heights[1]);
              }}
              data-test={`height-${place}`}
            />
          </label>
        ))}
        <button type="button" onClick={() => draw(nothing)} data-test="wipe">
          {t("Wipe")}
        </button>
      </fieldset>
      <button type="button" class="primary" disabled={choice === null} onClick={onReveal} data-test="reveal">
        {action ?? t("Reveal")}
      </button>
    </div>
  );
}
