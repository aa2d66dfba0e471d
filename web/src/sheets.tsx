/** A facilitator's sheet, to read and to print. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Lesson } from "./asks";
import { Bars } from "./bars";
import { figures } from "./figures";
import { sentences, told } from "./usual";
import { t } from "./language";

export function Sheet({ lesson, minutes, onBack }: { lesson: Lesson; minutes: 15 | 60 | 90; onBack: () => void }) {
  const usual = figures(lesson.id);
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), []);
  return (
    <article class="sheet" data-test="sheet">
      <div class="no-print buttons">
        <button type="button" class="quiet" onClick={onBack} data-test="sheet-back">
          {t("← All lessons")}
        </button>
        <button type="button" onClick={() => print()} data-test="print">
          {t("Print")}
        </button>
      </div>
      <h2 ref={head} tabIndex={-1}>
        {t(lesson.title)} <span class="hint">{t("in {minutes} minutes", { minutes })}</span>
      </h2>
      <p class="lead">{t(lesson.about)}</p>
      <h3>{t("Before")}</h3>
      <p>
        {minutes === 15
          ? t("Open this page on the screen that all can see; it needs no network.")
          : `${t("Open this page on the screen that all can see and on one device a table; it needs no network.")} ${t("Make a code for this lesson under “Play together” (it begins with {code}) and write it on the wall: every table then has the same hospital and the same luck. Or let telephones in: “dewpoint teach --class” serves a room on your network, and docs/classroom.md says how.", { code: lesson.code })}`}{" "}
      </p>
      <h3>{t("Order")}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("minutes")}</th>
            <th scope="col">{t("who")}</th>
            <th scope="col">{t("what")}</th>
          </tr>
        </thead>
        <tbody>
          {lesson.plans[minutes].map((step) => (
            <tr key={step.what.join()}>
              <td>{step.minutes}</td>
              <td>{t(step.who)}</td>
              <td>{told(step, lesson)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t("The question to predict")}</h3>
      <p>{t(lesson.question)}</p>
      <ul>
        {lesson.choices.map(({ says }) => (
          <li key={says}>{t(says)}</li>
        ))}
      </ul>
      <h3>{t("What to ask")}</h3>
      <ul>
        {lesson.discuss.map((text) => (
          <li key={text}>{t(text)}</li>
        ))}
        {minutes > 15 &&
          lesson.trials.map((trial) => (
            <li key={trial.label}>
              <i>{t(trial.label)}:</i> {t(trial.ask)}
            </li>
          ))}
      </ul>
      <h3>{t("What usually happens")}</h3>
      <p class="hint">{t("Means of {runs} runs, with 95 % intervals; points of reliability more than the same people reach without the programme.", { runs: usual.runs })}</p>
      <ul>
        {sentences(lesson, usual).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <h3>{t("Why")}</h3>
      <Bars lesson={lesson} />
      {lesson.explain.map(({ says }) => (
        <p key={says}>{t(says)}</p>
      ))}
      <h3>{t("What the evidence says")}</h3>
      <ul>
        {lesson.evidence.map((text) => (
          <li key={text}>{t(text)}</li>
        ))}
      </ul>
    </article>
  );
}
