/** What only whoever leads sees: where the lesson is, for how long, what comes next, what to ask, who is in. */
import { useState } from "preact/hooks";
import { lessonShown, STEP_NAMES, tableName, type Everything, type Host } from "./class";
import { figures } from "./figures";
import { useKept } from "./keep";
import { sentences, told } from "./usual";
import { Lead } from "./wall";
import { many, t } from "./language";

const MINUTES = [15, 60, 90] as const;

export function Notes({ host }: { host: Host }) {
  const { all, led } = host;
  const [minutes, setMinutes] = useKept<15 | 60 | 90>("class.minutes", 60);
  if (!all || !led) return <p role="status">{host.fault || t("One moment …")}</p>;
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
        {many(all.people.length, "{count} person in the room|{count} people in the room")}, {many(of(all.predictions).length, "{count} prediction|{count} predictions")}, {many(of(all.plans).length, "{count} plan|{count} plans")}. {t("Code")} <b>{led.code}</b>
        {led.slowed > 0 && `; ${many(led.slowed, "{count} request came too fast and had to wait|{count} requests came too fast and had to wait")}`}.
      </p>
      {!lesson ? (
        <>
          <p>{t("Choose a lesson.")}</p>
          <WhoIsIn host={host} all={all} of={of} />
        </>
      ) : (
        <div class="columns">
          <div class="main-column">
            <section class="panel">
              <h2>
                {t(STEP_NAMES[all.shown.step])}:{" "}
                <span class={late ? "fault" : ""} data-test="minutes">
                  {now ? t("{gone} of {minutes} min", { gone, minutes: now.minutes }) : t("{minutes} min", { minutes: gone })}
                </span>
              </h2>
              {now && (
                <p class="lead">
                  <b>{t(now.who)}:</b> {told(now, lesson)}
                </p>
              )}
              <label>
                {t("The lesson takes")}{" "}
                <select value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value) as 15 | 60 | 90)}>
                  {MINUTES.map((minutes) => (
                    <option value={minutes} key={minutes}>
                      {t("{minutes} minutes", { minutes })}
                    </option>
                  ))}
                </select>
              </label>
              <ol class="order">
                {plan.map((step) => (
                  <li key={step.what.join()} aria-current={step === now ? "step" : undefined}>
                    <b>{t("{minutes} min", { minutes: step.minutes })}</b> {told(step, lesson)}
                  </li>
                ))}
              </ol>
            </section>
            <section class="panel">
              <h2>{t("What to ask")}</h2>
              <ul>
                {[...lesson.discuss.map((text) => t(text)), ...lesson.trials.map(({ label, ask }) => `${t(label)}: ${t(ask)}`)].map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
              <details>
                <summary>{t("What usually happens (not for the wall)")}</summary>
                <ul>
                  {sentences(lesson, figures(lesson.id)).map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              </details>
            </section>
          </div>
          <div class="side-column">
            <WhoIsIn host={host} all={all} of={of} />
          </div>
        </div>
      )}
    </div>
  );
}

/** The door, and everybody who is in: whoever came by mistake, or twice, is taken out again. */
function WhoIsIn({ host, all, of }: { host: Host; all: Everything; of: <T extends { lesson: string }>(rows: T[]) => T[] }) {
  const [sure, setSure] = useState<number | null>(null);
  return (
    <section class="panel">
      <h2>{t("Who is in")}</h2>
      <button type="button" onClick={() => host.open(!all.open)} data-test="notes-door">
        {all.open ? t("Close the door") : t("Open the door")}
      </button>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("Who is in the room")}>
        <table>
          <tbody>
            {all.people.map((number) => {
              const table = of(all.plans).find((plan) => plan.number === number);
              return (
                <tr key={number}>
                  <th scope="row">{table ? tableName(table) : t("Number {number}", { number })}</th>
                  <td>{[of(all.predictions).some((row) => row.number === number) && t("predicted"), table && t("planned")].filter(Boolean).join(", ") || "–"}</td>
                  <td>
                    <button type="button" class={sure === number ? "" : "quiet"} onClick={() => (sure === number ? (host.remove(number), setSure(null)) : setSure(number))}>
                      {sure === number ? t("Really, with all they handed in") : t("Take out")}
                      <span class="sr"> {t("number {number}", { number })}</span>
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
