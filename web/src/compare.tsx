/** Two designs side by side under the same luck. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { roomy, until } from "./chart";
import { Levers } from "./levers";
import { column, estimates, open } from "./model";
import { KEY, linesOf, RunChart, Transport, Undo } from "./parts";
import { note } from "./place";
import { pack } from "./share";
import type { Pin } from "./explore";
import { useClock, useDesign, type Design, type Room } from "./store";
import { Ward } from "./ward";
import { between, money, points, title } from "./words";
import { decimal, inEnglish, t, within } from "./language";

const SHOW = { opinion: false, blockers: false, team: false };

/** What differs between two designs of the same shape, in words. */
export function differences(room: Room, left: Design, right: Design): string[] {
  const [one, other] = [left.opened.programmes[left.programme], right.opened.programmes[right.programme]];
  if (!one || !other) return [];
  const levers = room.reference.levers
    .map((lever, row) => ({ lever, from: one.levers[row], to: other.levers[row] }))
    .filter(({ from, to }) => from !== to)
    .map(({ lever, from, to }) => `${within(title(lever.key))} ${Math.round(from * 100)} → ${Math.round(to * 100)}`);
  const clock = room.reference.clock.filter(({ name }) => one.clock[name] !== other.clock[name]).map(({ name }) => `${within(title(name))} ${decimal(String(one.clock[name]))} → ${decimal(String(other.clock[name]))}`);
  const shocks = left.opened.shocks.length === right.opened.shocks.length ? [] : [`${t("shocks")} ${left.opened.shocks.length} → ${right.opened.shocks.length}`];
  const setting = room.reference.settings
    .filter(({ name }) => left.opened.setting[name] !== right.opened.setting[name])
    .map(({ name }) => `${within(title(name))} ${decimal(String(left.opened.setting[name]))} → ${decimal(String(right.opened.setting[name]))}`);
  return [...levers, ...clock, ...shocks, ...setting];
}

interface Props {
  room: Room;
  current: Design;
  pin: Pin | null;
  /** Both designs, where the address brings them along. */
  pair?: [string, string];
  week?: number;
}

export function Compare({ room, current, pin, pair, week }: Props) {
  const first = pair?.[0] ?? pin?.text ?? current.opened.text;
  const left = useDesign(room, { text: first }, current.seed);
  const right = useDesign(room, { text: pair?.[1] ?? current.opened.text }, current.seed);
  const base = useMemo(() => open(room.engine, { text: first }), []);
  const [runs, setRuns] = useState(0);
  const clock = useClock(Math.max(left.opened.weeks, right.opened.weeks), false, week ?? 0);
  const at = Math.floor(clock.week);
  useEffect(() => {
    if (clock.playing) return;
    note(async () => ({ tab: "compare", a: await pack(left.opened.text), b: await pack(right.opened.text), seed: left.seed, week: at || undefined }));
  }, [left.opened.text, right.opened.text, at, clock.playing]);
  const both = [left, right];
  const range = roomy(both.flatMap((design) => linesOf(design).map(({ values }) => until(values, clock.week))));
  const highest = Math.max(...both.map((design) => design.opened.programmes[design.programme].cost.money));
  const ready = left.fan && right.fan && left.fan.runs === right.fan.runs && left.fan.runs === runs;
  const rows = ready
    ? KEY.map(([metric, name]) => {
        const [one, other] = [column(left.fan!, left.programme, metric), column(right.fan!, right.programme, metric)];
        const difference = one.map((value, run) => (value === null || other[run] === null ? null : other[run]! - value));
        const [a, b, d] = estimates(room.engine, [
          [one, null],
          [other, null],
          [difference, null],
        ]);
        return { name, a, b, d };
      })
    : null;
  const words = differences(room, left, right);
  return (
    <div class="compare">
      <p class="hint">
        {t("Both designs meet the same people and the same luck, week for week.")} {pin && !pair ? t("A is the design you pinned, B the one you left.") : t("Both begin as the design you left: change B. (Pin a design first to have it here as A.)")}
      </p>
      <Transport clock={clock} weeks={Math.max(left.opened.weeks, right.opened.weeks)} />
      <div class="two">
        {both.map((design, place) => {
          const cost = design.opened.programmes[design.programme].cost;
          return (
            <section key={place} aria-label={place ? t("Design B") : t("Design A")}>
              <h2>{place ? "B" : "A"}</h2>
              <RunChart design={design} clock={clock} height={230} range={range} name={place ? t("Design B") : t("Design A")} table={false} />
              <Ward opened={design.opened} frames={design.frames} world={0} week={clock.week} show={SHOW} chosen={null} label={place ? t("Design B") : t("Design A")} />
              <div class="meter">
                <span>{t("Budget")}</span>
                <meter min={0} max={highest || 1} value={cost.money} aria-label={t("Cost of design {which}", { which: place ? "B" : "A" })} />
                <b>{money(cost.money, room.reference.currency)}</b>
                <span class="hint">
                  {t("{money} paid, the rest is time of staff", { money: money(cost.paid, room.reference.currency) })}
                </span>
              </div>
              {design.fault && (
                <p class="fault" role="alert" lang={inEnglish()}>
                  {design.fault}
                </p>
              )}
              <details class="panel">
                <summary>{t("Change {which}", { which: place ? "B" : "A" })}</summary>
                <div class="buttons">
                  <Undo design={design} />
                </div>
                <Levers reference={room.reference} design={design} base={base} within={place ? "b-" : "a-"} />
              </details>
            </section>
          );
        })}
      </div>
      <section class="panel" aria-label={t("The difference")}>
        <h2>{t("The difference")}</h2>
        <p>{words.length ? t("From A to B: {words}.", { words: words.join(", ") }) : t("A and B are the same design.")}</p>
        <button
          type="button"
          class="primary"
          data-test="run-both"
          onClick={() => {
            setRuns(200);
            clock.play(false);
            clock.set(1e9);
            left.run(200);
            right.run(200);
          }}
        >
          {t("Run both 200 times")}
        </button>{" "}
        {(left.running || right.running) && (
          <span role="status">
            {t("{done} of {all}", { done: (left.running?.[0] ?? 200) + (right.running?.[0] ?? 200), all: 400 })}
          </span>
        )}
        {rows && (
          <table data-test="difference">
            <thead>
              <tr>
                <th scope="col">{t("Gain, points")}</th>
                <th scope="col">A</th>
                <th scope="col">B</th>
                <th scope="col">{t("B minus A, same luck")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, a, b, d }) => (
                <tr key={name}>
                  <th scope="row">{t(name)}</th>
                  {[a, b, d].map((estimate, place) => (
                    <td key={place}>
                      <b>{points(estimate.value)}</b>{" "}
                      <span class="interval">
                        {between(points(estimate.low), points(estimate.high))}
                      </span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
