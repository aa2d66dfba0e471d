/** A weekly chart: lines with direct labels, a fan, phases, shocks, a cursor; and the same as a table. */
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { decimal, many, t } from "./language";

export interface Line {
  name: string;
  values: ArrayLike<number>;
  colour: string;
  /** Of its name, where words want more contrast. */
  ink?: string;
  dash?: string;
  width?: number;
}
export interface Band {
  low: ArrayLike<number>;
  high: ArrayLike<number>;
  colour: string;
}
export interface Phase {
  name: string;
  from: number;
  to: number;
  strong: boolean;
}
export interface Mark {
  week: number;
  name: string;
}
/** A number of somebody's own, drawn as a diamond, filled where it is a special cause. */
export interface Own {
  week: number;
  value: number;
  name: string;
  special: boolean;
}
interface Props {
  title: string;
  weeks: number;
  height: number;
  lines: Line[];
  bands?: Band[];
  phases?: Phase[];
  marks?: Mark[];
  /** Shown whatever the week: who brought them knows them. */
  own?: Own[];
  /** Drawn up to here. */
  week: number;
  range?: [number, number];
  small?: boolean;
  onWeek?: (week: number) => void;
  /** A curve drawn by hand, and what to tell when it is. */
  drawn?: (number | null)[];
  onDraw?: (drawn: (number | null)[]) => void;
  table?: boolean;
}

export function useWidth(): [preact.RefObject<HTMLDivElement>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    if (box.current!.clientWidth) setWidth(Math.max(120, box.current!.clientWidth));
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(120, entry.contentRect.width)));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

/** How much larger than usual letters are, on a projector or by choice. */
export const letters = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** What has happened up to a week. */
export const until = (values: ArrayLike<number>, week: number) => Array.from(values).slice(0, Math.floor(week) + 1);

/** A round range that holds all values. */
export function rangeOf(all: ArrayLike<number>[], step = 0.05): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of all)
    for (let place = 0; place < values.length; place++) {
      const value = values[place];
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (!(low <= high)) return [0, 1];
  return [Math.max(0, Math.floor((low - 0.01) / step) * step), Math.min(1, Math.ceil((high + 0.01) / step) * step)];
}

/** A range with room for what may come, the same whatever comes; wider where more has come than that. */
export function roomy(happened: ArrayLike<number>[], below = 0.1, above = 0.2): [number, number] {
  const starts = happened.map((values) => values[0]).filter(Number.isFinite);
  const first = starts.length ? starts.reduce((sum, value) => sum + value, 0) / starts.length : 0.4;
  return rangeOf([...happened, [Math.max(0.01, first - below), Math.min(0.99, first + above)]]);
}

function ticks([low, high]: [number, number], most: number): number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5].find((step) => (high - low) / step <= most) ?? 0.5;
  const found = [];
  for (let tick = Math.ceil(low / step - 1e-6) * step; tick <= high + 1e-9; tick += step) found.push(tick);
  return found;
}

/** Where the names of marks begin and in which row, so that none covers another and none is cut off. */
function namesOf(marks: Mark[], x: (week: number) => number, width: number, rem: number): { from: number; row: number }[] {
  const ends: [number, number][][] = [];
  return marks.map((mark) => {
    const wide = (mark.name.length * 6.4 + 22) * rem;
    const from = Math.max(2, Math.min(x(mark.week) + 3, width - wide));
    let row = ends.findIndex((taken) => taken.every(([start, end]) => from + wide <= start || from >= end));
    if (row < 0) row = ends.push([]) - 1;
    ends[row].push([from, from + wide]);
    return { from, row };
  });
}

/** Labels pushed apart so that none covers another. */
function apart(places: number[], gap: number, low: number, high: number): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((one, other) => one.place - other.place);
  for (let round = 0; round < 8; round++)
    for (let at = 1; at < order.length; at++) {
      const over = gap - (order[at].place - order[at - 1].place);
      if (over > 0) {
        order[at].place += over / 2;
        order[at - 1].place -= over / 2;
      }
    }
  const shift = Math.min(0, high - (order.at(-1)?.place ?? high)) + Math.max(0, low - (order[0]?.place ?? low));
  const result = [...places];
  order.forEach(({ place, index }) => (result[index] = place + shift));
  return result;
}

export function Chart(props: Props) {
  const { title, weeks, lines, bands = [], phases = [], marks = [], own = [], week, small, onWeek, drawn, onDraw } = props;
  const [box, width] = useWidth();
  const clip = useId();
  // The axis tells no more than the lines do: what is to come may not show in it.
  const happened = [...lines.map((line) => line.values), ...bands.flatMap((band) => [band.low, band.high])].map((values) => until(values, week));
  const range = props.range ?? roomy(own.length ? [...happened, own.map(({ value }) => value)] : happened);
  const rem = letters();
  const height = props.height * rem;
  const left = 40 * rem;
  // Names stand after their lines, in full.
  const right = small ? 8 : (Math.max(8, ...lines.map(({ name }) => name.length)) * 7.6 + 12) * rem;
  const top = (small ? 6 : 22) * rem;
  const inner = Math.max(40, width - left - right);
  const x = (at: number) => left + (at / Math.max(1, weeks - 1)) * inner;
  const names = namesOf(marks, x, width, rem);
  const bottom = (small ? 18 : marks.length ? 34 + 12 * (1 + Math.max(...names.map(({ row }) => row))) : 22) * rem;
  const tall = height - top - bottom;
  const y = (value: number) => top + (1 - (value - range[0]) / (range[1] - range[0])) * tall;
  const path = (values: ArrayLike<number>) => {
    let text = "";
    for (let at = 0; at < values.length; at++) if (Number.isFinite(values[at])) text += `${text ? "L" : "M"}${x(at).toFixed(1)} ${y(values[at]).toFixed(1)}`;
    return text;
  };
  const area = ({ low, high }: Band) => {
    let text = "";
    for (let at = 0; at < weeks; at++) if (Number.isFinite(high[at])) text += `${text ? "L" : "M"}${x(at).toFixed(1)} ${y(high[at]).toFixed(1)}`;
    for (let at = weeks - 1; at >= 0; at--) if (Number.isFinite(low[at])) text += `L${x(at).toFixed(1)} ${y(low[at]).toFixed(1)}`;
    return text && `${text}Z`;
  };
  const shown = Math.max(0, Math.min(weeks - 1, Math.floor(week)));
  const labels = apart(lines.map((line) => y(line.values[shown])), 15 * rem, top + 6, top + tall - 2);
  const labelAt = Math.min(x(shown) + 6, left + inner + 6);
  const said = lines.map((line) => `${line.name} ${Math.round((line.values[shown] ?? NaN) * 100)} %`).join(", ");

  const last = useRef<[number, number] | null>(null);
  const point = (event: PointerEvent): [number, number] => {
    const frame = (event.currentTarget as Element).getBoundingClientRect();
    const at = ((event.clientX - frame.left - left) / inner) * (weeks - 1);
    const value = range[0] + (1 - (event.clientY - frame.top - top) / tall) * (range[1] - range[0]);
    return [Math.round(at), Math.min(range[1], Math.max(range[0], value))];
  };
  const move = (event: PointerEvent) => {
    if (!event.buttons) return;
    const [at, value] = point(event);
    if (onDraw && drawn) {
      const next = [...drawn];
      const [from, start] = last.current ?? [at, value];
      const span = Math.max(1, Math.abs(at - from));
      for (let step = 0; step <= span; step++) {
        // What goes beyond the first or the last week is no part of the curve.
        const there = Math.round(from + ((at - from) * step) / span);
        if (there >= 0 && there < weeks) next[there] = start + ((value - start) * step) / span;
      }
      last.current = [at, value];
      onDraw(next);
    } else onWeek?.(Math.min(weeks - 1, Math.max(0, at)));
  };
  // On a telephone not every year has room for its name.
  const every = Math.max(1, Math.ceil(((small ? 10 : 46) * rem) / Math.max(1, x(52) - x(0))));
  const years = Array.from({ length: Math.floor((weeks - 1) / 52) + 1 }, (_, year) => year).filter((year) => year % every === 0);

  return (
    <figure class={`chart${small ? " small" : ""}`}>
      <figcaption>
        {title}
        {own.length > 0 && ` · ${t("◇ your own numbers, ◆ special causes among them")}`}
      </figcaption>
      <div ref={box} class="plot">
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={t("{title}, week {week} of {weeks}: {said}", { title, week: shown, weeks, said: said || t("no lines yet") }) + (own.length ? `; ${many(own.length, "{count} number of your own|{count} numbers of your own")}` : "")}
          class={onDraw ? "drawable" : onWeek ? "scrubs" : ""}
          onPointerDown={(event) => {
            last.current = null;
            if (onDraw || onWeek) (event.currentTarget as Element).setPointerCapture(event.pointerId);
            move(event);
          }}
          onPointerMove={move}
        >
          <defs>
            <clipPath id={clip}>
              <rect x={0} y={0} width={x(week) + 1} height={height} />
            </clipPath>
          </defs>
          {phases.map((phase) => (
            <g key={`${phase.name}${phase.from}`}>
              <rect class={phase.strong ? "phase strong" : "phase"} x={x(phase.from)} width={Math.max(0, x(phase.to) - x(phase.from))} y={top} height={tall} />
              {!small && x(phase.to) - x(phase.from) > phase.name.length * 6.6 * rem && (
                <text class="phase-name" x={x(phase.from) + 4} y={top - 7}>
                  {phase.name}
                </text>
              )}
            </g>
          ))}
          {ticks(range, small ? 3 : 6).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={left} x2={left + inner} y1={y(tick)} y2={y(tick)} />
              <text class="tick" x={left - 6} y={y(tick) + 4} text-anchor="end">
                {Math.round(tick * 100)}
                {small ? "" : " %"}
              </text>
            </g>
          ))}
          {years.map((year) => (
            <text key={year} class="tick" x={x(year * 52)} y={top + tall + 14 * rem} text-anchor="start">
              {small ? year + 1 : t("year {year}", { year: year + 1 })}
            </text>
          ))}
          {bands.map((band, place) => (
            <path key={place} d={area(band)} fill={band.colour} opacity={0.2} clip-path={`url(#${clip})`} />
          ))}
          {lines.map((line) => (
            <path
              key={line.name}
              d={path(line.values)}
              fill="none"
              stroke={line.colour}
              stroke-width={line.width ?? (small ? 1.8 : 2.6)}
              stroke-dasharray={line.dash}
              stroke-linejoin="round"
              clip-path={`url(#${clip})`}
            />
          ))}
          {drawn?.some((value) => value !== null) && (
            <path class="hand" d={path(drawn.map((value) => value ?? NaN))} fill="none" stroke="var(--ink)" stroke-width={4} stroke-linecap="round" stroke-dasharray="1 8" />
          )}
          {own.map(({ week: at, value, name, special }) => (
            <path
              key={`${name}${at}`}
              class={special ? "own-point special" : "own-point"}
              d={`M${x(at).toFixed(1)} ${(y(value) - 5 * rem).toFixed(1)}l${5 * rem} ${5 * rem}l${-5 * rem} ${5 * rem}l${-5 * rem} ${-5 * rem}Z`}
            >
              <title>{name}</title>
            </path>
          ))}
          {marks.map((mark, place) => (
            <g key={`${mark.name}${place}`}>
              <line class="shock" x1={x(mark.week)} x2={x(mark.week)} y1={top} y2={top + tall} />
              {!small && (
                <text class="shock-name" x={names[place].from} y={top + tall + (28 + names[place].row * 12) * rem}>
                  ▲ {mark.name}
                </text>
              )}
            </g>
          ))}
          {!small &&
            lines.map((line, place) => Number.isFinite(labels[place]) && (
              <text key={line.name} class="label" x={labelAt} y={labels[place] + 4} fill={line.ink ?? line.colour}>
                {line.name}
              </text>
            ))}
          {week < weeks - 1 && <line class="cursor" x1={x(week)} x2={x(week)} y1={top} y2={top + tall} />}
        </svg>
      </div>
      {props.table && (
        <details class="as-table">
          <summary>{t("The same as a table")}</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("{title} as a table", { title })}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("week")}</th>
                  {lines.map((line) => (
                    <th scope="col" key={line.name}>
                      {line.name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {Array.from({ length: Math.floor(shown / 13) + 1 }, (_, row) => row * 13).map((at) => (
                  <tr key={at}>
                    <th scope="row">{at}</th>
                    {lines.map((line) => (
                      <td key={line.name}>{Number.isFinite(line.values[at]) ? `${decimal((line.values[at] * 100).toFixed(1))} %` : "–"}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </figure>
  );
}
