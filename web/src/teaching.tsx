/** The lessons to choose from, and the sheets of those who lead them. */
import { useState } from "preact/hooks";
import { LessonPage, STEPS } from "./lesson";
import type { Lesson } from "./asks";
import { LESSONS } from "./lessons";
import { visit } from "./place";
import { Debrief } from "./debrief";
import { kept, useKept } from "./keep";
import type { Told } from "./rank";
import { Sheet } from "./sheets";
import type { Room } from "./store";
import { t } from "./language";

type Shown = { lesson: Lesson; minutes?: 15 | 60 | 90; step: number; trial?: number; debrief?: boolean } | null;
const MINUTES = [15, 60, 90] as const;

const asksFor = (parts: URLSearchParams) => parts.get("lesson") ?? parts.get("sheet") ?? parts.get("debrief");

/** The lesson, sheet or debrief that an address asks for. */
function shownAt(parts: URLSearchParams): Shown {
  const lesson = LESSONS.find(({ id }) => id === asksFor(parts));
  if (!lesson) return null;
  const minutes = parts.has("sheet") ? (MINUTES.find((many) => String(many) === parts.get("minutes")) ?? 60) : undefined;
  const trial = parts.has("trial") ? Number(parts.get("trial")) - 1 : undefined;
  return { lesson, minutes, debrief: parts.has("debrief"), step: Math.max(0, STEPS.findIndex((name) => name.toLowerCase() === parts.get("step"))), trial: lesson.trials[trial ?? -1] && trial };
}

export function Lessons({ room, parts }: { room: Room; parts: URLSearchParams }) {
  const [shown, setShown] = useState<Shown>(() => shownAt(parts));
  const asked = asksFor(parts);
  const back = () => {
    setShown(null);
    visit({ tab: "lessons" });
  };
  const sheet = (lesson: Lesson, minutes: 15 | 60 | 90) => {
    setShown({ lesson, minutes, step: 0 });
    visit({ sheet: lesson.id, minutes });
  };
  const begin = (lesson: Lesson) => {
    setShown({ lesson, step: 0 });
    visit({ lesson: lesson.id });
  };
  const debrief = (lesson: Lesson) => {
    setShown({ lesson, step: 0, debrief: true });
    visit({ debrief: lesson.id });
  };
  if (shown?.debrief) return <Hands key={shown.lesson.id} room={room} lesson={shown.lesson} onBack={back} />;
  if (shown?.minutes) return <Sheet lesson={shown.lesson} minutes={shown.minutes} onBack={back} />;
  if (shown) return <LessonPage key={shown.lesson.id} room={room} lesson={shown.lesson} first={shown.step} trial={shown.trial} onBack={back} />;
  return (
    <div class="lessons">
      {asked && (
        <p class="fault" role="alert">
          {t("There is no lesson “{lesson}” in this page; these are there.", { lesson: asked })}
        </p>
      )}
      <p class="lead">{t("Predict first, then look, then argue about why, then do better. Each lesson has a sheet for the person who leads it.")}</p>
      <div class="cards">
        {LESSONS.map((row) => (
          <article key={row.id} class="card">
            <h2>{t(row.title)}</h2>
            <p>{t(row.about)}</p>
            <div class="buttons">
              <button type="button" class="primary" onClick={() => begin(row)} data-test={`lesson-${row.id}`}>
                {t("Begin")}<span class="sr">: {t(row.title)}</span>
              </button>
              <span class="hint sheets">{t("For who leads, with the answers:")}</span>
              {MINUTES.map((minutes) => (
                <button type="button" key={minutes} onClick={() => sheet(row, minutes)} data-test={`sheet-${row.id}-${minutes}`}>
                  <span class="sr">{t("{lesson}, sheet for", { lesson: t(row.title) })} </span>
                  {t("{minutes} min", { minutes })}
                </button>
              ))}
              <button type="button" onClick={() => debrief(row)} data-test={`debrief-${row.id}`}>
                {t("Debrief")}<span class="sr"> {t("of {lesson}", { lesson: t(row.title) })}</span>
              </button>
            </div>
          </article>
        ))}
      </div>
    </div>
  );
}

/** The debrief of a class without telephones: hands are counted, plans come from the ranking under “Play together”. */
function Hands({ room, lesson, onBack }: { room: Room; lesson: Lesson; onBack(): void }) {
  const [counts, setCounts] = useKept<number[]>(`hands.${lesson.id}`, lesson.choices.map(() => 0));
  return (
    <>
      <button type="button" class="quiet no-print" onClick={onBack} data-test="debrief-back">
        {t("← All lessons")}
      </button>
      <Debrief room={room} lesson={lesson} counts={counts} onCounts={setCounts} handed={[]} people={counts.reduce((sum, count) => sum + count, 0)} told={kept<Told | null>(`ranked.${lesson.code}`, null)} />
    </>
  );
}
