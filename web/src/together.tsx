/** Fair play for a class: one code, the same hospital and the same luck for every table; plans compared, luck shown apart. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Lesson } from "./asks";
import { budgetOf } from "./game";
import { Rules } from "./rules";
import { CODES, LESSONS, lessonOf } from "./lessons";
import { open } from "./model";
import { visit } from "./place";
import { Ranking } from "./ranking";
import { cohortCode, readCohort } from "./share";
import { Square } from "./square";
import type { Room } from "./store";
import { Table } from "./table";
import { t } from "./language";

export function Together({ room, handed, joins }: { room: Room; handed: string; joins: string }) {
  const [made, setMade] = useState("");
  const [typed, setTyped] = useState("");
  const [cohort, setCohort] = useState<{ code: string; seed: number; lesson: Lesson } | null>(null);
  const [fault, setFault] = useState("");
  const [lesson, setLesson] = useState(LESSONS[0].code);
  const join = (code: string) => {
    try {
      const { lesson, seed } = readCohort(code, CODES);
      const clean = cohortCode({ lesson, seed });
      setCohort({ code: clean, seed, lesson: lessonOf(lesson) });
      visit({ join: clean });
      setFault("");
    } catch (error) {
      setFault((error as Error).message);
    }
  };
  useEffect(() => {
    if (!joins) return;
    setTyped(joins);
    join(joins);
  }, []);
  const rules = cohort?.lesson ?? lessonOf(lesson);
  const budget = useMemo(() => budgetOf(open(room.engine, { name: rules.scenario })), [rules]);
  return (
    <div class="together">
      <p class="lead">{t("A short code gives every table the same hospital and the same luck. No server: tables show each other their codes.")}</p>
      <Rules lesson={rules} budget={budget} currency={room.reference.currency} />
      <div class="three">
        <section class="panel">
          <h2>{t("1. Make a code")}</h2>
          <label>
            {t("Lesson")}{" "}
            <select value={lesson} onChange={(event) => setLesson(event.currentTarget.value)} data-test="cohort-lesson">
              {LESSONS.map((row) => (
                <option value={row.code} key={row.code}>
                  {t(row.title)}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            class="primary"
            data-test="make-code"
            onClick={() => {
              const seed = crypto.getRandomValues(new Uint32Array(1))[0] % (1 << 20);
              const code = cohortCode({ lesson, seed });
              setMade(code);
              setTyped(code);
            }}
          >
            {t("Make")}
          </button>
          {made && (
            <>
              <p class="big-code" data-test="cohort-code">
                {made}
              </p>
              <Square part="join" code={made} label={t("The code of this round")} />
            </>
          )}
        </section>
        <section class="panel">
          <h2>{t("2. Join a table")}</h2>
          <label>
            {t("Code on the wall")} <input value={typed} placeholder="EVA-7K3Q8" autocapitalize="characters" onInput={(event) => setTyped(event.currentTarget.value)} data-test="cohort-input" />
          </label>
          <button type="button" class="primary" onClick={() => join(typed)} data-test="join">
            {t("Join")}
          </button>
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
        </section>
      </div>
      {cohort && <Table key={cohort.code} room={room} cohort={cohort.code} seed={cohort.seed} lesson={cohort.lesson} />}
      <Ranking room={room} first={handed} />
    </div>
  );
}
