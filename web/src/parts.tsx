/** Parts that several pages share: the run chart of a design, its small charts, its clock, its numbers. */
import { Chart, roomy, until, type Band, type Line, type Mark, type Own, type Phase } from "./chart";
import type { Engine } from "./engine";
import { column, estimates, type Estimate, type Fan, type Opened } from "./model";
import type { Clock, Design } from "./store";
import { between, counted, money, percent, points, quoted, title, when } from "./words";
import { t, within, word } from "./language";
import { told } from "./told";

/** What a programme is called; where there are several, which of them it is. */
export function called({ programmes }: Opened, programme: number): string {
  const name = t(programmes[programme].name);
  return programmes.length > 1 ? t("“{programme}”, number {number} of {all} programmes", { programme: name, number: programme + 1, all: programmes.length }) : quoted(name);
}

export function phasesOf(opened: Opened, programme: number): Phase[] {
  const { clock, live, end } = opened.programmes[programme];
  return [
    { name: t("planning"), from: clock.start, to: live, strong: false },
    { name: t("support"), from: live, to: end, strong: true },
  ];
}

export function marksOf(opened: Opened): Mark[] {
  const marks = opened.shocks.flatMap(({ kind, turns }) => {
    const name = within(title(kind));
    // What has one turn goes by its name; what has several says which.
    return turns.map(([week, turn]) => ({ week, name: turns.length > 1 ? `${name} ${t(turn)}` : name }));
  });
  return marks.sort((one, other) => one.week - other.week);
}

const all = (number: number) => (number === 2 ? t("both hospitals") : t("all {number} hospitals", { number }));

/** Whose curves are drawn, where there are several hospitals. */
export function whose({ opened, scope, organisation }: Design): string {
  const many = opened.setting.organisations;
  if (many === 1) return "";
  return scope === "hospital" ? t(", in hospital {number}", { number: organisation + 1 }) : many === 2 ? t(", in both hospitals") : t(", in all {number} hospitals", { number: many });
}

/** Shows the hospital on screen or all of them, where there are several that live by themselves. */
export function ScopeChoice({ design }: { design: Design }) {
  const { opened, scope, organisation } = design;
  if (opened.setting.organisations === 1 || !opened.apart) return null;
  return (
    <div class="choice" role="group" aria-label={t("Whose curves")}>
      <button type="button" aria-pressed={scope === "hospital"} onClick={() => design.setScope("hospital")} data-test="scope-hospital">
        {t("Hospital {number} alone", { number: organisation + 1 })}
      </button>
      <button type="button" aria-pressed={scope === "all"} onClick={() => design.setScope("all")} data-test="scope-all">
        {all(opened.setting.organisations).replace(/^./, (letter) => letter.toUpperCase())}
      </button>
      {design.unreached && <p class="hint">{t("No ward of hospital {number} is in the programme: all hospitals are drawn.", { number: organisation + 1 })}</p>}
    </div>
  );
}

interface RunChartProps {
  design: Design;
  clock: Clock;
  pin?: { label: string; values: Float32Array } | null;
  own?: Own[];
  height?: number;
  range?: [number, number];
  name?: string;
  table?: boolean;
}

export function RunChart({ design, clock, pin, own, height = 300, range, name, table = true }: RunChartProps) {
  const { opened, programme, scope } = design;
  // The fan is of all hospitals.
  const fan = scope === "all" ? design.fan : null;
  const lines: Line[] = [
    ...linesOf(design),
  ];
  if (pin) lines.push({ name: pin.label, values: pin.values, colour: "var(--choice4)", ink: "var(--choice4)", dash: "4 2" });
  const bands: Band[] = [];
  if (fan) {
    const [low, high] = fan.band(programme, 0, "practice", 0.05, 0.95);
    const [less, more] = fan.band(programme, 0, "practice", 0.25, 0.75);
    bands.push({ low, high, colour: "var(--with)" }, { low: less, high: more, colour: "var(--with)" });
  }
  return (
    <Chart
      title={t("{what}, in one run", { what: name ?? t("How reliably {programme} is done", { programme: called(opened, programme) }) }) + (fan ? ` ${t("(shaded: {runs} runs)", { runs: fan.runs })}` : "") + whose(design)}
      weeks={opened.weeks}
      height={height}
      lines={lines}
      bands={bands}
      phases={phasesOf(opened, programme)}
      marks={marksOf(opened)}
      own={own}
      week={clock.week}
      range={range}
      onWeek={(week) => {
        clock.play(false);
        clock.set(week);
      }}
      table={table}
    />
  );
}

/** The three curves of every run chart, as in the report: the same colours, dashes and words. */
export function linesOf({ curves, programme }: Pick<Design, "curves" | "programme">): Line[] {
  return [
    { name: t("without it"), values: curves.of(programme, 1, "practice"), colour: "var(--without)", ink: "var(--quiet)", dash: "6 4" },
    { name: t("as reported"), values: curves.of(programme, 0, "reported"), colour: "var(--reported)", ink: "var(--reported-ink)", dash: "2 3", width: 2 },
    { name: t("true"), values: curves.of(programme, 0, "practice"), colour: "var(--with)", ink: "var(--with-ink)" },
  ];
}

const SMALL: [string, string][] = [
  ["ownership", word("Ownership: “this is ours”")],
  ["motivation", word("Motivation")],
  ["fatigue", word("Fatigue")],
  ["cynicism", word("Cynicism")],
];

export function SmallCharts({ design, clock }: { design: Design; clock: Clock }) {
  const { opened, curves, programme } = design;
  return (
    <div class="smalls">
      {SMALL.map(([series, name]) => {
        const [on, off] = [curves.of(programme, 0, series), curves.of(programme, 1, series)];
        return (
          <Chart
            key={series}
            title={t(name)}
            weeks={opened.weeks}
            height={104}
            small
            lines={[
              { name: t("without it"), values: off, colour: "var(--without)", ink: "var(--quiet)", dash: "6 4" },
              { name: t("true"), values: on, colour: "var(--with)", ink: "var(--with-ink)" },
            ]}
            phases={phasesOf(opened, programme)}
            marks={marksOf(opened)}
            week={clock.week}
            range={roomy([until(on, clock.week), until(off, clock.week)], 0.1, 0.15)}
          />
        );
      })}
    </div>
  );
}

export function Transport({ clock, weeks }: { clock: Clock; weeks: number }) {
  const at = Math.floor(clock.week);
  const step = (by: number) => {
    clock.play(false);
    clock.set(at + by);
  };
  return (
    <div class="transport" role="group" aria-label={t("Time")}>
      <button type="button" class="play" onClick={() => clock.play(!clock.playing)} data-test="play">
        {clock.playing ? t("❚❚ Pause") : t("▶ Play")}
      </button>
      <button type="button" onClick={() => step(-1)} data-test="back">
        <span aria-hidden="true">‹</span>
        <span class="sr">{t("A week back")}</span>
      </button>
      <button type="button" onClick={() => step(1)} data-test="step">
        <span aria-hidden="true">›</span>
        <span class="sr">{t("A week on")}</span>
      </button>
      <label class="scrub">
        <span class="sr">{t("Week")}</span>
        <input
          type="range"
          min={0}
          max={weeks - 1}
          value={at}
          aria-valuetext={when(at)}
          onInput={(event) => {
            clock.play(false);
            clock.set(Number(event.currentTarget.value));
          }}
          data-test="scrub"
        />
      </label>
      <output class="now">{when(at)}</output>
      <label class="speed">
        {t("Speed")}{" "}
        <select value={clock.speed} onChange={(event) => clock.setSpeed(Number(event.currentTarget.value))} data-test="speed">
          <option value={4}>{t("slow")}</option>
          <option value={16}>{t("middle")}</option>
          <option value={40}>{t("fast")}</option>
        </select>
      </label>
    </div>
  );
}

/** Takes changes of a design back, and makes them again. */
export function Undo({ design }: { design: Design }) {
  return (
    <>
      <button type="button" disabled={!design.undo} onClick={() => design.undo?.()} data-test="undo">
        <span aria-hidden="true">↶</span> {t("Undo")}
      </button>
      <button type="button" disabled={!design.redo} onClick={() => design.redo?.()} data-test="redo">
        <span aria-hidden="true">↷</span> {t("Redo")}
      </button>
    </>
  );
}

/** What is told of a gain: the metric, its name, and how many weeks after support it is known. */
export const KEY: [string, string, number][] = [
  ["net_gain_at_end", word("Gain when support ends"), -1],
  ["net_gain_12_months_after", word("One year later"), 55],
  ["net_gain_24_months_after", word("Two years later"), 107],
];

/** The week in which something so long after support is known: where weeks end before, with the last one. */
export const knownIn = (opened: Opened, programme: number, after: number) => Math.min(opened.weeks - 1, opened.programmes[programme].end + after);

export function estimatesOf(engine: Engine, fan: Fan, programme: number, metrics: string[]): Estimate[] {
  return estimates(engine, metrics.map((metric) => [column(fan, programme, metric), null]));
}

/** A share of a gain: only of a clear one, and only where what is left is no loss. */
export function share(atEnd: Estimate, later: Estimate, kept: Estimate): string {
  if (atEnd.change !== "gain") return "–";
  if (later.change === "loss") return t("none", {}, "gain");
  return later.change === "gain" ? percent(kept.value) : t("none clearly");
}

/** What was gained and kept: of this one run of luck, and of all runs once they are there; nothing of it before its week. */
export function Numbers({ design, engine, currency, week }: { design: Design; engine: Engine; currency: string; week: number }) {
  const { outcomes, programme, fan, opened } = design;
  const outcome = outcomes?.[programme];
  const waits = outcomes ? "–" : "…";
  const means = fan ? estimatesOf(engine, fan, programme, KEY.map(([metric]) => metric)) : null;
  const kept = fan
    ? estimates(engine, [[column(fan, programme, "net_gain_24_months_after"), column(fan, programme, "net_gain_at_end")]])[0]
    : null;
  const cost = opened.programmes[programme].cost;
  const later = means ? means[2].value : outcome?.net_gain_24_months_after;
  const known = (after: number) => week >= knownIn(opened, programme, after);
  const atLast = known(KEY[2][2]);
  const comes = (after: number) => <span class="hint">{t("from week {week} on", { week: knownIn(opened, programme, after) })}</span>;
  return (
    <section class="numbers" aria-label={t("What was gained and kept")}>
      <h2>{t("What is gained, and kept")}</h2>
      <p class="hint">{t("Points of reliability more than the same people would reach without the programme.")}</p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("this run")}</th>
            <th scope="col">{fan ? t("{runs} runs", { runs: fan.runs }) : t("many runs")}</th>
          </tr>
        </thead>
        <tbody>
          {KEY.map(([metric, name, after], place) => !known(after) ? (
            <tr key={metric}>
              <th scope="row">{t(name)}</th>
              <td colSpan={2}>{comes(after)}</td>
            </tr>
          ) : (
            <tr key={metric}>
              <th scope="row">{t(name)}</th>
              <td>{outcome ? points(outcome[metric]) : waits}</td>
              <td>
                {means ? (
                  <>
                    <b>{points(means[place].value)}</b>{" "}
                    <span class="interval">
                      {between(points(means[place].low), points(means[place].high))}
                    </span>
                  </>
                ) : (
                  "–"
                )}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t("Share of the gain still there after two years")}</th>
            {atLast ? (
              <>
                <td>{outcome && (outcome.net_gain_at_end ?? 0) > 0.005 ? percent((outcome.net_gain_24_months_after ?? NaN) / (outcome.net_gain_at_end ?? NaN)) : waits}</td>
                <td>
                  {means && kept ? <b>{share(means[0], means[2], kept)}</b> : "–"}{" "}
                  {means && kept && means[0].change === "gain" && means[2].change === "gain" && (
                    <span class="interval">
                      {between(percent(kept.low), percent(kept.high))}
                    </span>
                  )}
                </td>
              </>
            ) : (
              <td colSpan={2}>{comes(KEY[2][2])}</td>
            )}
          </tr>
          <tr>
            <th scope="row">{t("Cost, two years after included")}</th>
            <td colSpan={2}>
              {money(cost.money, currency)} <span class="interval">({t("{hours} hours of staff", { hours: counted(Math.round(cost.hours)) })})</span>
              {cost.budget && <div class="hint">{told(cost.budget)}</div>}
            </td>
          </tr>
          <tr>
            <th scope="row">{t("For each point still there")}</th>
            <td colSpan={2}>{!atLast ? comes(KEY[2][2]) : later && later > 0.002 ? money(cost.money / (later * 100), currency) : outcomes ? t("nothing is left to divide by") : waits}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
