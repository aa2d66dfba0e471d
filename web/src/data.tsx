/** Numbers of one's own beside the curve: pasted or dropped, read by the engine on this machine, kept nowhere. */
import { useMemo, useState } from "preact/hooks";
import type { Engine } from "./engine";
import { inEnglish, many, t, tx } from "./language";
import { told } from "./told";

/** A point of somebody's own. */
export interface OwnPoint {
  time: string;
  week: number;
  share: number | null;
  said: string;
  special: boolean;
}
interface OwnChart {
  unit: string;
  title: string;
  sentences: string[];
  points: OwnPoint[];
}
interface Own {
  notes: string[];
  beside: boolean;
  why_not: string;
  charts: OwnChart[];
}

/** Letters beyond which a table is something else. */
const MOST = 2_000_000;
const EXAMPLE = "month,done,of\n2014-01,31,50\n2014-02,35,50";

/** What is typed and chosen. */
export interface OwnAsked {
  text: string;
  start: string;
  /** Header of the column that tells units apart; empty where there is one unit. */
  column: string;
  unit: number;
}
export const NOTHING: OwnAsked = { text: "", start: "", column: "", unit: 0 };

/** What the engine makes of a table; a fault in its words. */
export function useOwn(engine: Engine, asked: OwnAsked, begins: number): { own: Own | null; chart: OwnChart | null; fault: string } {
  return useMemo(() => {
    if (!asked.text.trim()) return { own: null, chart: null, fault: "" };
    try {
      const own: Own = engine.ask({ do: "data", text: asked.text, start: asked.start || null, unit: asked.column || null, begins }).json;
      return { own, chart: own.charts[Math.min(asked.unit, own.charts.length - 1)] ?? null, fault: "" };
    } catch (fault) {
      return { own: null, chart: null, fault: String((fault as Error).message) };
    }
  }, [engine, asked.text, asked.start, asked.column, asked.unit, begins]);
}

interface Props {
  asked: OwnAsked;
  setAsked: (asked: OwnAsked) => void;
  made: ReturnType<typeof useOwn>;
  weeks: number;
}

export function OwnPanel({ asked, setAsked, made, weeks }: Props) {
  const [typed, setTyped] = useState(asked.text);
  const [fault, setFault] = useState("");
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST) return setFault(t("{file} is larger than {size} MB: add its rows up by week or month first.", { file: file.name, size: MOST / 1_000_000 }));
    setFault("");
    const text = await file.text();
    setTyped(text);
    setAsked({ ...asked, text, unit: 0 });
  };
  const { own, chart } = made;
  const wrong = fault || made.fault;
  const outside = own?.beside ? chart?.points.filter(({ week }) => week < 0 || week > weeks).length : 0;
  return (
    <details
      class="panel own"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
      data-test="own"
    >
      <summary>{t("Your own numbers beside it")}</summary>
      <p>
        {t("Paste a table, choose a CSV file or drop one here: a line for each week or month, with how often it was done and how often it should have been (headers such as month, numerator, denominator), or percentages. It is read on this machine. Nothing is sent or kept, and closing the page forgets it. Leave out names of people.")}
      </p>
      <label>
        {t("Table")}
        <textarea rows={5} placeholder={EXAMPLE} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} data-test="own-text" spellcheck={false} />
      </label>
      <label>
        {t("or a file")} <input type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(event) => void take(event.currentTarget.files?.[0])} data-test="own-file" />
      </label>
      <label>
        {t("The programme begins (as the table writes its times)")}{" "}
        <input type="text" value={asked.start} placeholder="2014-03" onChange={(event) => setAsked({ ...asked, start: event.currentTarget.value.trim() })} data-test="own-start" />
      </label>
      <label>
        {t("Unit column, if there are several wards or sites")}{" "}
        <input type="text" value={asked.column} placeholder={t("ward")} onChange={(event) => setAsked({ ...asked, column: event.currentTarget.value.trim(), unit: 0 })} data-test="own-column" />
      </label>
      <div class="buttons">
        <button type="button" onClick={() => (setFault(typed.length > MOST ? t("That is too much: add its rows up by week or month first.") : ""), typed.length <= MOST && setAsked({ ...asked, text: typed, unit: 0 }))} data-test="own-draw">
          {t("Draw it")}
        </button>
        <button type="button" onClick={() => (setTyped(""), setFault(""), setAsked(NOTHING))} data-test="own-away">
          {t("Take it away")}
        </button>
      </div>
      {wrong && (
        <p class="fault" role="alert" lang={fault ? undefined : inEnglish()} data-test="own-fault">
          {wrong}
        </p>
      )}
      {own && chart && (
        <div aria-live="polite" data-test="own-told">
          {own.charts.length > 1 && (
            <label>
              {t("Unit")}{" "}
              <select value={asked.unit} onChange={(event) => setAsked({ ...asked, unit: Number(event.currentTarget.value) })} data-test="own-unit">
                {own.charts.map(({ unit }, place) => (
                  <option value={place} key={unit}>
                    {unit}
                  </option>
                ))}
              </select>
            </label>
          )}
          <p>
            <strong>{told(chart.title)}</strong>
          </p>
          {!own.beside && <p>{t("It is not drawn beside the curve: {why}.", { why: told(own.why_not) })}</p>}
          {own.beside && !asked.start && <p>{t("The first point lies in week 0: say when the programme begins to lay the rest where it belongs.")}</p>}
          {!!outside && <p>{many(outside!, "{count} of its points lies outside the weeks of this story.|{count} of its points lie outside the weeks of this story.")}</p>}
          <ul>
            {[...chart.sentences, ...own.notes].map((sentence) => (
              <li key={sentence}>{told(sentence)}</li>
            ))}
          </ul>
          <p class="quiet">
            {tx("Reports are held against “as reported”, what units hand in, not against what is true. What all that is plausible of people would make of them: {command}.", { command: <code>dewpoint chart --scenario</code> })}
          </p>
          <details class="as-table">
            <summary>{t("The numbers")}</summary>
            <div class="scroll" tabIndex={0} role="region" aria-label={t("Your own numbers")}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("time")}</th>
                    <th scope="col">{t("value")}</th>
                    <th scope="col">{t("week here")}</th>
                    <th scope="col">{t("special cause")}</th>
                  </tr>
                </thead>
                <tbody>
                  {chart.points.map((point) => (
                    <tr key={point.time}>
                      <th scope="row">{told(point.time)}</th>
                      <td>{told(point.said)}</td>
                      <td>{own.beside ? Math.round(point.week) : "–"}</td>
                      <td>{point.special ? t("yes") : ""}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </div>
      )}
    </details>
  );
}
