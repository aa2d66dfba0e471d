/** What only whoever leads sees: where the lesson is, for how long, what comes next, what to ask, who is in. */
import { useState } from "preact/hooks";
import { lessonShown, STEP_NAMES, tableName, type Host } from "./class";
import { figures } from "./figures";
import { useKept } from "./keep";
import { sentences } from "./usual";
import { Lead } from "./wall";
import { plural } from "./words";

const MINUTES = [15, 60, 90] as const;

export function Notes({ host }: { host: Host }) {
  const { all, led } = host;
  const [minutes, setMinutes] = useKept<15 | 60 | 90>("class.minutes", 60);
  const [sure, setSure] = useState<number | null>(null);
  if (!all || !led) return <p role="status">{host.fault || "One moment …"}</p>;
  const lesson = lessonShown(all.shown);
  const plan = lesson?.plans[minutes] ?? [];
  const now = plan.find(({ at }) => at === all.shown.step);
  const gone = Math.max(0, Math.floor((led.now - all.shown.since) / 60));
  const late = now !== undefined && gone >= now.minutes;
  const of = <T extends { lesson: string }>(rows: T[]) => rows.filter((row) => row.lesson === lesson?.id);
  return (
    <div class="notes" data-test="notes">
      <Lead host={host} />
      {host.fault && (
        <p class="fault" role="alert">
          {host.fault}
        </p>
      )}
      <p data-test="counts">
        {plural(all.people.length, "person", "people")} in the room, {plural(of(all.predictions).length, "prediction")}, {plural(of(all.plans).length, "plan")}. Code <b>{led.code}</b>
        {led.slowed > 0 && `; ${plural(led.slowed, "request")} came too fast and had to wait`}.
      </p>
      {!lesson ? (
        <p>Choose a lesson.</p>
      ) : (
        <div class="columns">
          <div class="main-column">
            <section class="panel">
              <h2>
                {STEP_NAMES[all.shown.step]}: <span class={late ? "fault" : ""} data-test="minutes">{gone}{now ? ` of ${now.minutes}` : ""} min</span>
              </h2>
              {now && (
                <p class="lead">
                  <b>{now.who}:</b> {now.what}
                </p>
              )}
              <label>
                The lesson takes{" "}
                <select value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value) as 15 | 60 | 90)}>
                  {MINUTES.map((many) => (
                    <option value={many} key={many}>
                      {many} minutes
                    </option>
                  ))}
                </select>
              </label>
              <ol class="order">
                {plan.map((step) => (
                  <li key={step.what} aria-current={step === now ? "step" : undefined}>
                    <b>{step.minutes} min</b> {step.what}
                  </li>
                ))}
              </ol>
            </section>
            <section class="panel">
              <h2>What to ask</h2>
              <ul>
                {[...lesson.discuss, ...lesson.trials.map(({ label, ask }) => `${label}: ${ask}`)].map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
              <details>
                <summary>What usually happens (not for the wall)</summary>
                <ul>
                  {sentences(lesson, figures(lesson.id)).map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              </details>
            </section>
          </div>
          <div class="side-column">
            <section class="panel">
              <h2>Who is in</h2>
              <button type="button" onClick={() => host.open(!all.open)} data-test="notes-door">
                {all.open ? "Close the door" : "Open the door"}
              </button>
              <div class="scroll" tabIndex={0} role="region" aria-label="Who is in the room">
                <table>
                  <tbody>
                    {all.people.map((number) => {
                      const table = of(all.plans).find((plan) => plan.number === number);
                      return (
                        <tr key={number}>
                          <th scope="row">{table ? tableName(table) : `Number ${number}`}</th>
                          <td>{[of(all.predictions).some((row) => row.number === number) && "predicted", table && "planned"].filter(Boolean).join(", ") || "–"}</td>
                          <td>
                            <button type="button" class={sure === number ? "" : "quiet"} onClick={() => (sure === number ? (host.remove(number), setSure(null)) : setSure(number))}>
                              {sure === number ? "Really, with all they handed in" : "Take out"}
                              <span class="sr"> number {number}</span>
                            </button>
                          </td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </div>
            </section>
          </div>
        </div>
      )}
    </div>
  );
}
