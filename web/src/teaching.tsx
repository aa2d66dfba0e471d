/** The lessons to choose from, and the sheets of those who lead them. */
import { useState } from "preact/hooks";
import { LessonPage, STEPS } from "./lesson";
import type { Lesson } from "./asks";
import { LESSONS } from "./lessons";
import { visit } from "./place";
import { Sheet } from "./sheets";
import type { Room } from "./store";

type Shown = { lesson: Lesson; minutes?: 15 | 60 | 90; step: number; trial?: number } | null;
const MINUTES = [15, 60, 90] as const;

/** The lesson or sheet that an address asks for. */
function shownAt(parts: URLSearchParams): Shown {
  const lesson = LESSONS.find(({ id }) => id === (parts.get("lesson") ?? parts.get("sheet")));
  if (!lesson) return null;
  const minutes = parts.has("sheet") ? (MINUTES.find((many) => String(many) === parts.get("minutes")) ?? 60) : undefined;
  const trial = parts.has("trial") ? Number(parts.get("trial")) - 1 : undefined;
  return { lesson, minutes, step: Math.max(0, STEPS.findIndex((name) => name.toLowerCase() === parts.get("step"))), trial: lesson.trials[trial ?? -1] && trial };
}

export function Lessons({ room, parts }: { room: Room; parts: URLSearchParams }) {
  const [shown, setShown] = useState<Shown>(() => shownAt(parts));
  const asked = parts.get("lesson") ?? parts.get("sheet");
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
  if (shown?.minutes) return <Sheet lesson={shown.lesson} minutes={shown.minutes} onBack={back} />;
  if (shown) return <LessonPage key={shown.lesson.id} room={room} lesson={shown.lesson} first={shown.step} trial={shown.trial} onBack={back} />;
  return (
    <div class="lessons">
      {asked && (
        <p class="fault" role="alert">
          There is no lesson “{asked}” in this page; these are there.
        </p>
      )}
      <p class="lead">Predict first, then look, then argue about why, then do better. Each lesson has a sheet for the person who leads it.</p>
      <div class="cards">
        {LESSONS.map((row) => (
          <article key={row.id} class="card">
            <h2>{row.title}</h2>
            <p>{row.about}</p>
            <div class="buttons">
              <button type="button" class="primary" onClick={() => begin(row)} data-test={`lesson-${row.id}`}>
                Begin<span class="sr">: {row.title}</span>
              </button>
              <span class="hint sheets">For who leads, with the answers:</span>
              {MINUTES.map((minutes) => (
                <button type="button" key={minutes} onClick={() => sheet(row, minutes)} data-test={`sheet-${row.id}-${minutes}`}>
                  <span class="sr">{row.title}, sheet for </span>
                  {minutes} min
                </button>
              ))}
            </div>
          </article>
        ))}
      </div>
    </div>
  );
}
