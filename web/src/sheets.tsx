/** A facilitator's sheet, to read and to print. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Lesson } from "./asks";
import { Bars } from "./bars";
import { figures } from "./figures";
import { sentences } from "./usual";

export function Sheet({ lesson, minutes, onBack }: { lesson: Lesson; minutes: 15 | 60 | 90; onBack: () => void }) {
  const usual = figures(lesson.id);
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), []);
  return (
    <article class="sheet" data-test="sheet">
      <div class="no-print buttons">
        <button type="button" class="quiet" onClick={onBack} data-test="sheet-back">
          ← All lessons
        </button>
        <button type="button" onClick={() => print()} data-test="print">
          Print
        </button>
      </div>
      <h2 ref={head} tabIndex={-1}>
        {lesson.title} <span class="hint">in {minutes} minutes</span>
      </h2>
      <p class="lead">{lesson.about}</p>
      <h3>Before</h3>
      <p>Open this page on the screen that all can see{minutes === 15 ? "" : " and on one device a table"}; it needs no network. {minutes === 15 ? "" : `Make a code for this lesson under “Play together” (it begins with ${lesson.code}) and write it on the wall: every table then has the same hospital and the same luck. Or let telephones in: “dewpoint teach --class” serves a room on your network, and docs/classroom.md says how.`}</p>
      <h3>Order</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">minutes</th>
            <th scope="col">who</th>
            <th scope="col">what</th>
          </tr>
        </thead>
        <tbody>
          {lesson.plans[minutes].map((step) => (
            <tr key={step.what}>
              <td>{step.minutes}</td>
              <td>{step.who}</td>
              <td>{step.what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>The question to predict</h3>
      <p>{lesson.question}</p>
      <ul>
        {lesson.choices.map(({ says }) => (
          <li key={says}>{says}</li>
        ))}
      </ul>
      <h3>What to ask</h3>
      <ul>
        {lesson.discuss.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {minutes > 15 &&
          lesson.trials.map((trial) => (
            <li key={trial.label}>
              <i>{trial.label}:</i> {trial.ask}
            </li>
          ))}
      </ul>
      <h3>What usually happens</h3>
      <p class="hint">Means of {usual.runs} runs, with 95 % intervals; points of reliability more than the same people reach without the programme.</p>
      <ul>
        {sentences(lesson, usual).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <h3>Why</h3>
      <Bars lesson={lesson} />
      {lesson.explain.map(({ says }) => (
        <p key={says}>{says}</p>
      ))}
      <h3>What the evidence says</h3>
      <ul>
        {lesson.evidence.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </article>
  );
}
