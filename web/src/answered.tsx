/** The answer to a lesson's question as a sentence: how much, of what, from how many runs. */
import type { Lesson } from "./asks";
import type { Estimate } from "./model";
import { between, percent } from "./words";
import { t, tx } from "./language";

export function Answered({ lesson, answer, runs }: { lesson: Lesson; answer: Estimate; runs: number }) {
  return (
    <>
      {tx(lesson.answer, { value: <b>{percent(answer.value)}</b> })}{" "}
      <span class="interval">({t("mean of {runs} runs; {interval}", { runs, interval: between(percent(answer.low), percent(answer.high)) })})</span>
    </>
  );
}
