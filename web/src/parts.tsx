/** Parts that several pages share: the run chart of a design, its small charts, its clock, its numbers. */
import { Chart, rangeOf, type Band, type Line, type Mark, type Phase } from "./chart";
import type { Engine } from "./engine";
import { column, estimates, type Estimate, type Fan, type Opened } from "./model";
import type { Clock, Design } from "./store";
import { money, percent, points, title, when } from "./words";

export function phasesOf(opened: Opened, programme: number): Phase[] {
  const { clock, live, end } = opened.programmes[programme];
  return [
    { name: "planning", from: clock.start, to: live, strong: false },
    { name: "support", from: live, to: end, strong: true },
  ];
}

export function marksOf(opened: Opened): Mark[] {
  return opened.shocks.map((shock) => ({ week: shock.week, name: title(shock.kind).toLowerCase() })).sort((one, other) => one.week - other.week);
}

interface RunChartProps {
  design: Design;
  clock: Clock;
  pin?: { label: string; values: Float32Array } | null;
  height?: number;
  range?: [number, number];
  name?: string;
  table?: boolean;
}

export function RunChart({ design, clock, pin, height = 300, range, name, table = true }: RunChartProps) {
  const { opened, curves, programme, fan } = design;
  const lines: Line[] = [
    { name: "without it", values: curves.of(programme, 1, "practice"), colour: "var(--without)", dash: "2 5" },
    { name: "reported", values: curves.of(programme, 0, "reported"), colour: "var(--reported)", width: 1.6 },
    { name: "really done", values: curves.of(programme, 0, "practice"), colour: "var(--true)" },
  ];
  if (pin) lines.push({ name: pin.label, values: pin.values, colour: "var(--pin)", dash: "9 4", whole: true });
  const bands: Band[] = [];
  if (fan) {
    const [low, high] = fan.band(programme, 0, "practice", 0.05, 0.95);
    const [less, more] = fan.band(programme, 0, "practice", 0.25, 0.75);
    bands.push({ low, high, colour: "var(--true)" }, { low: less, high: more, colour: "var(--true)" });
  }
  return (
    <Chart
      title={name ?? `How reliably “${opened.programmes[programme].name}” is done`}
      weeks={opened.weeks}
      height={height}
      lines={lines}
      bands={bands}
      phases={phasesOf(opened, programme)}
      marks={marksOf(opened)}
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

const SMALL: [string, string, string][] = [
  ["ownership", "Ownership: “this is ours”", "var(--own)"],
  ["motivation", "Motivation", "var(--motive)"],
  ["fatigue", "Fatigue", "var(--tired)"],
  ["cynicism", "Cynicism", "var(--cynic)"],
];

export function SmallCharts({ design, clock }: { design: Design; clock: Clock }) {
  const { opened, curves, programme } = design;
  return (
    <div class="smalls">
      {SMALL.map(([series, name, colour]) => {
        const [on, off] = [curves.of(programme, 0, series), curves.of(programme, 1, series)];
        return (
          <Chart
            key={series}
            title={name}
            weeks={opened.weeks}
            height={104}
            small
            lines={[
              { name: "without", values: off, colour: "var(--without)", dash: "2 4" },
              { name: "with", values: on, colour },
            ]}
            phases={phasesOf(opened, programme)}
            marks={marksOf(opened)}
            week={clock.week}
            range={rangeOf([on, off], 0.1)}
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
    <div class="transport" role="group" aria-label="Time">
      <button type="button" class="play" onClick={() => clock.play(!clock.playing)} data-test="play">
        {clock.playing ? "❚❚ Pause" : "▶ Play"}
      </button>
      <button type="button" onClick={() => step(-1)} aria-label="A week back" data-test="back">
        ‹
      </button>
      <button type="button" onClick={() => step(1)} aria-label="A week on" data-test="step">
        ›
      </button>
      <label class="scrub">
        <span class="sr">Week</span>
        <input
          type="range"
          min={0}
          max={weeks - 1}
          value={at}
          aria-valuetext={`week ${at + 1}, ${when(at)}`}
          onInput={(event) => {
            clock.play(false);
            clock.set(Number(event.currentTarget.value));
          }}
          data-test="scrub"
        />
      </label>
      <output class="now">{when(at)}</output>
      <label class="speed">
        Speed{" "}
        <select value={clock.speed} onChange={(event) => clock.setSpeed(Number(event.currentTarget.value))} data-test="speed">
          <option value={4}>slow</option>
          <option value={16}>middle</option>
          <option value={40}>fast</option>
        </select>
      </label>
    </div>
  );
}

export const KEY: [string, string][] = [
  ["net_gain_at_end", "Gain when support ends"],
  ["net_gain_12_months_after", "One year later"],
  ["net_gain_24_months_after", "Two years later"],
];

export function estimatesOf(engine: Engine, fan: Fan, programme: number, metrics: string[]): Estimate[] {
  return estimates(engine, metrics.map((metric) => [column(fan, programme, metric), null]));
}

/** What was gained and kept: of this one run of luck, and of all runs once they are there. */
export function Numbers({ design, engine, currency }: { design: Design; engine: Engine; currency: string }) {
  const { curves, programme, fan, opened } = design;
  const outcome = curves.outcomes[programme];
  const means = fan ? estimatesOf(engine, fan, programme, KEY.map(([metric]) => metric)) : null;
  const kept = fan
    ? estimates(engine, [[column(fan, programme, "net_gain_24_months_after"), column(fan, programme, "net_gain_at_end")]])[0]
    : null;
  const cost = opened.programmes[programme].cost;
  const later = means ? means[2].value : outcome.net_gain_24_months_after;
  return (
    <section class="numbers" aria-label="What was gained and kept">
      <h2>What is gained, and kept</h2>
      <p class="hint">Points of reliability more than the same people would reach without the programme.</p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">this run</th>
            <th scope="col">{fan ? `${fan.runs} runs` : "many runs"}</th>
          </tr>
        </thead>
        <tbody>
          {KEY.map(([metric, name], place) => (
            <tr key={metric}>
              <th scope="row">{name}</th>
              <td>{points(outcome[metric])}</td>
              <td>
                {means ? (
                  <>
                    <b>{points(means[place].value)}</b>{" "}
                    <span class="interval">
                      {points(means[place].low)} to {points(means[place].high)}
                    </span>
                  </>
                ) : (
                  "–"
                )}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Kept after two years</th>
            <td>{(outcome.net_gain_at_end ?? 0) > 0.005 ? percent((outcome.net_gain_24_months_after ?? NaN) / (outcome.net_gain_at_end ?? NaN)) : "–"}</td>
            <td>{kept ? <b>{percent(kept.value)}</b> : "–"}</td>
          </tr>
          <tr>
            <th scope="row">Cost, two years after included</th>
            <td colSpan={2}>
              {money(cost.money, currency)} <span class="interval">({Math.round(cost.hours).toLocaleString("en-GB")} hours of staff)</span>
            </td>
          </tr>
          <tr>
            <th scope="row">For each point still there</th>
            <td colSpan={2}>{later && later > 0.002 ? money(cost.money / (later * 100), currency) : "nothing is left to divide by"}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
