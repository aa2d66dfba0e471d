/** The ward: one organisation as units of people, each a mark. Shape is the profession, fill the practice, ring the fatigue. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Frames, Opened } from "./model";
import { RANKS } from "./model";
import { letters, useWidth } from "./chart";
import { profess } from "./words";
import { t } from "./language";

interface Place {
  x: number;
  y: number;
  size: number;
}
interface Plan {
  places: Place[];
  boxes: { x: number; y: number; width: number; height: number; name: string }[];
  height: number;
}

/** Where everybody stands, for a drawing so wide. */
export function plan(opened: Opened, width: number): Plan {
  const units = opened.setting.units;
  const staff = opened.setting.staff;
  const inUnit = staff - 1;
  const columns = Math.max(3, Math.ceil(Math.sqrt(inUnit * 1.7)));
  // Marks as large as the width and a fair height allow.
  const fits = (step: number) => {
    const across = Math.max(1, Math.min(units, Math.floor((width + 12) / (columns * step + 28))));
    const high = Math.ceil(units / across) * (Math.ceil(inUnit / columns) * step + step * 1.5 + 42) + step * 2;
    return high < Math.max(430, width * 0.5) && (units < 2 || across > 1 || step < 20);
  };
  const step = [36, 33, 30, 27, 25, 23, 21, 19, 17, 15].find(fits) ?? 14;
  const boxWidth = columns * step + 16;
  const rows = Math.ceil(inUnit / columns);
  const boxHeight = rows * step + step * 1.5 + 30;
  const gap = 12;
  const most = Math.max(1, Math.min(units, Math.floor((width + gap) / (boxWidth + gap))));
  // No ward alone in a last row where another order avoids it.
  const across = Math.ceil(units / Math.ceil(units / most));
  const scale = Math.min(1, (width + gap) / (across * (boxWidth + gap)));
  const places: Place[] = new Array(opened.posts.length);
  const boxes: Plan["boxes"] = [];
  const seats = new Array(units).fill(0);
  const top = step * 2 + 26;
  const left = Math.max(0, (width - (across * (boxWidth + gap) - gap) * scale) / 2);
  const of = (unit: number) => ({
    x: left + (unit % across) * (boxWidth + gap) * scale,
    y: top + Math.floor(unit / across) * (boxHeight + gap) * scale,
  });
  for (let unit = 0; unit < units; unit++) boxes.push({ ...of(unit), width: boxWidth * scale, height: boxHeight * scale, name: t("Ward {number}", { number: unit + 1 }) });
  const managers = opened.posts.filter(([, unit]) => unit === null).length;
  let management = 0;
  opened.posts.forEach(([, unit, rank], index) => {
    if (unit === null) {
      places[index] = { x: width / 2 + (management - (managers - 1) / 2) * step * 2, y: step + 14, size: step * (rank === 3 ? 0.62 : 0.54) };
      management += 1;
    } else if (rank === 1) {
      const box = of(unit);
      places[index] = { x: box.x + (boxWidth / 2) * scale, y: box.y + (22 + step * 0.6) * scale, size: step * 0.54 * scale };
    } else {
      const box = of(unit);
      const seat = seats[unit]++;
      places[index] = {
        x: box.x + (8 + step * ((seat % columns) + 0.5)) * scale,
        y: box.y + (26 + step * 1.5 + step * (Math.floor(seat / columns) + 0.5)) * scale,
        size: step * 0.36 * scale,
      };
    }
  });
  return { places, boxes, height: top + Math.ceil(units / across) * (boxHeight + gap) * scale };
}

/** The outline of a profession: another shape for each, so that none needs colour to be told apart. */
export function shape(out: CanvasPath, profession: number, x: number, y: number, size: number) {
  const corners = (many: number, turn: number, stretch = 1) => {
    for (let corner = 0; corner <= many; corner++) {
      const angle = turn + (corner / many) * 2 * Math.PI;
      const [px, py] = [x + Math.cos(angle) * size * stretch, y + Math.sin(angle) * size * stretch];
      if (corner) out.lineTo(px, py);
      else out.moveTo(px, py);
    }
  };
  const kinds = [
    () => corners(4, Math.PI / 4, 1.25),
    () => corners(4, 0, 1.25),
    () => out.arc(x, y, size, 0, 2 * Math.PI),
    () => corners(3, -Math.PI / 2, 1.3),
    () => corners(6, 0, 1.1),
    () => corners(5, -Math.PI / 2, 1.15),
  ];
  kinds[profession % kinds.length]();
}

/** Fatigue below which no ring is drawn: a little above that of a usual week. */
const RESTED = 0.33;

export interface Show {
  opinion: boolean;
  blockers: boolean;
  team: boolean;
}
interface Colours {
  ink: string;
  faint: string;
  box: string;
  paper: string;
  tired: string;
  empty: [number, number, number];
  full: [number, number, number];
}

function colours(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const numbers = (name: string) => [1, 3, 5].map((at) => parseInt(read(name).slice(at, at + 2), 16)) as [number, number, number];
  return { ink: read("--ink"), faint: read("--quiet"), box: read("--wash"), paper: read("--paper"), tired: read("--loss"), empty: numbers("--paper"), full: numbers("--with") };
}

export function fill(colours: Colours, practice: number): string {
  const mix = (place: number) => Math.round(colours.empty[place] + (colours.full[place] - colours.empty[place]) * practice);
  return `rgb(${mix(0)} ${mix(1)} ${mix(2)})`;
}

/** Draws everybody in one week. */
export function draw(canvas: HTMLCanvasElement, plan: Plan, frames: Frames, world: 0 | 1, week: number, show: Show, cursor: number | null, chosen: number | null, width: number) {
  const scale = Math.min(2, devicePixelRatio || 1);
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(plan.height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(plan.height * scale);
  }
  const out = canvas.getContext("2d")!;
  const ink = colours(canvas);
  const [empty, full] = [fill(ink, 0), fill(ink, 1)];
  out.setTransform(scale, 0, 0, scale, 0, 0);
  out.clearRect(0, 0, width, plan.height);
  out.font = `${12 * letters()}px system-ui, sans-serif`;
  for (const box of plan.boxes) {
    out.fillStyle = ink.box;
    out.beginPath();
    out.roundRect(box.x, box.y, box.width, box.height, 10);
    out.fill();
    out.fillStyle = ink.faint;
    out.fillText(box.name, box.x + 9, box.y + 12 + 4 * letters());
  }
  out.fillStyle = ink.faint;
  out.fillText(t("Sponsor and managers"), 4, 12 + 4 * letters());
  const now = (name: string) => frames.of(world, week, name);
  const [practice, fatigue, present, opinion, blocker, champion] = ["practice", "fatigue", "present", "opinion_leader", "blocker", "champion"].map(now);
  // Joining and leaving show for some weeks, so that the eye can follow.
  const lately = (name: string, person: number) => {
    for (let ago = 0; ago < 4 && week - ago >= 0; ago++) if (frames.of(world, week - ago, name)[person]) return ago;
    return -1;
  };
  plan.places.forEach(({ x, y, size }, person) => {
    const profession = frames.professions[person];
    const left = lately("left", person);
    const joined = lately("joined", person);
    const path = (grow: number) => {
      out.beginPath();
      shape(out, profession, x, y, size * grow);
    };
    if (!present[person]) {
      out.globalAlpha = left >= 0 ? 0.7 - left * 0.15 : 0.35;
      out.setLineDash([2, 3]);
      out.lineWidth = 1;
      out.strokeStyle = ink.faint;
      path(1);
      out.stroke();
      out.setLineDash([]);
      out.globalAlpha = 1;
    } else {
      // Filled like a glass: up to how often the person does it.
      const level = y + size - 2 * size * (practice[person] / 255);
      path(joined >= 0 ? 0.7 + joined * 0.1 : 1);
      out.fillStyle = empty;
      out.fill();
      const glass = out.createLinearGradient(0, level - 0.5, 0, level + 0.5);
      glass.addColorStop(0, "transparent");
      glass.addColorStop(1, full);
      out.fillStyle = glass;
      out.fill();
      // A thin outline at rest; the more tired beyond, the thicker the ring.
      const tired = Math.max(0, fatigue[person] / 255 - RESTED);
      out.lineWidth = 1;
      out.strokeStyle = full;
      out.stroke();
      if (tired > 0) {
        out.lineWidth = Math.min(size * 0.6, 0.5 + tired * size * 2.2);
        out.strokeStyle = ink.tired;
        path(1.2);
        out.stroke();
      }
      if (joined >= 0) {
        out.strokeStyle = ink.ink;
        out.lineWidth = 1.4;
        out.beginPath();
        out.moveTo(x, y - size - 6);
        out.lineTo(x, y - size - 1);
        out.moveTo(x - 2.5, y - size - 3.5);
        out.lineTo(x + 2.5, y - size - 3.5);
        out.stroke();
      }
    }
    const dot = (is: boolean, text: string) => {
      if (!is) return;
      out.fillStyle = ink.ink;
      out.font = `bold ${Math.max(9, size * 1.3)}px system-ui, sans-serif`;
      out.textAlign = "center";
      out.fillText(text, x, y + size * 0.45);
      out.textAlign = "start";
    };
    dot(show.opinion && opinion[person] > 0, "★");
    dot(show.blockers && blocker[person] > 0, "✕");
    dot(show.team && champion[person] > 0, "●");
    if (person === cursor || person === chosen) {
      out.strokeStyle = ink.ink;
      out.lineWidth = person === cursor ? 2.5 : 1.5;
      out.beginPath();
      out.arc(x, y, size * 1.75, 0, 2 * Math.PI);
      out.stroke();
    }
  });
}

interface Props {
  opened: Opened;
  frames: Frames | null;
  world: 0 | 1;
  week: number;
  show: Show;
  chosen: number | null;
  /** What to do with a person who is chosen; without it the ward is a picture. */
  onChoose?: (person: number) => void;
  label: string;
}

export function whoIs(opened: Opened, frames: Frames, person: number): string {
  const [, unit, rank] = opened.posts[person];
  const profession = profess(opened.professions[frames.professions[person]]);
  return `${unit === null ? "" : t("ward {number}, ", { number: unit + 1 })}${rank ? `${t(RANKS[rank])} (${profession})` : profession}`;
}

export function Ward({ opened, frames, world, week, show, chosen, onChoose, label }: Props) {
  const [box, width] = useWidth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const places = useMemo(() => plan(opened, width), [opened.posts.length, opened.setting.units, opened.setting.staff, width]);
  const [dark, setDark] = useState(0);
  useEffect(() => {
    // Colours are read when drawing: draw again when the theme changes.
    const again = () => setDark((count) => count + 1);
    const query = matchMedia("(prefers-color-scheme: dark)");
    query.addEventListener("change", again);
    // Paper has the light ones.
    const print = matchMedia("print");
    print.addEventListener("change", again);
    const watch = new MutationObserver(again);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => {
      query.removeEventListener("change", again);
      print.removeEventListener("change", again);
      watch.disconnect();
    };
  }, []);
  const fits = frames && frames.people === opened.posts.length;
  const at = Math.min(Math.floor(week), (frames?.weeks ?? 1) - 1);
  // With the picture, not after it: whoever takes one at once has the people in it.
  useLayoutEffect(() => {
    if (fits && canvas.current) draw(canvas.current, places, frames, world, at, show, cursor, chosen, width);
  }, [frames, world, at, places, show, cursor, chosen, width, dark]);
  const nearest = (x: number, y: number) => {
    let [found, best] = [-1, Infinity];
    places.places.forEach((place, person) => {
      const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
      if (distance < best) [found, best] = [person, distance];
    });
    return best < 900 ? found : null;
  };
  const key = (event: KeyboardEvent) => {
    if (!frames || !onChoose) return;
    const from = cursor ?? 0;
    const step: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onChoose(from);
    } else if (step[event.key]) {
      event.preventDefault();
      const [dx, dy] = step[event.key];
      const { x, y } = places.places[from];
      let [next, best] = [from, Infinity];
      places.places.forEach((place, person) => {
        const [along, aside] = dx ? [(place.x - x) * dx, Math.abs(place.y - y)] : [(place.y - y) * dy, Math.abs(place.x - x)];
        if (along > 2 && along + aside * 3 < best) [next, best] = [person, along + aside * 3];
      });
      setCursor(next);
    }
  };
  const said = useMemo(() => {
    if (!fits) return "";
    const practice = frames.of(world, at, "practice");
    const present = frames.of(world, at, "present");
    let [sum, held] = [0, 0];
    opened.posts.forEach(([, , rank], person) => {
      if (rank === 0 && present[person]) {
        sum += practice[person] / 255;
        held += 1;
      }
    });
    return t("{label}, week {week}: {staff} staff at work, who do it {share} % of the time.", { label, week: at, staff: held, share: Math.round((100 * sum) / Math.max(1, held)) });
  }, [frames, world, at]);
  const shareOf = (column: string) => Math.round((frames!.of(world, at, column)[cursor!] / 255) * 100);
  return (
    <div class="ward" ref={box}>
      <canvas
        ref={canvas}
        style={{ width: `${width}px`, height: `${places.height}px` }}
        tabIndex={onChoose ? 0 : undefined}
        role={onChoose ? "application" : "img"}
        aria-roledescription={onChoose ? t("ward") : undefined}
        aria-label={onChoose ? `${said} ${t("Arrow keys go from person to person, Enter opens one.")}` : said}
        onClick={(event) => {
          if (!onChoose) return;
          const frame = (event.currentTarget as Element).getBoundingClientRect();
          const person = nearest(event.clientX - frame.left, event.clientY - frame.top);
          if (person !== null) onChoose(person);
        }}
        onKeyDown={key}
        onFocus={() => setCursor(cursor ?? 0)}
        onBlur={() => setCursor(null)}
      />
      <p class="sr" aria-live="polite">
        {cursor !== null && fits ? t("{who}: practice {practice} %, fatigue {fatigue} %", { who: whoIs(opened, frames, cursor), practice: shareOf("practice"), fatigue: shareOf("fatigue") }) : ""}
      </p>
    </div>
  );
}

/** What the marks mean. */
export function Legend({ opened, show }: { opened: Opened; show: Show }) {
  return (
    <ul class="legend">
      {opened.professions.map((name, profession) => (
        <li key={name}>
          <Mark profession={profession} /> {profess(name)}
        </li>
      ))}
      <li>
        <span class="swatch fills" aria-hidden="true" /> {t("fill: how often they do it")}
      </li>
      <li>
        <span class="swatch ring" aria-hidden="true" /> {t("ring: tired")}
      </li>
      <li>{t("large: leader")}</li>
      <li>{t("dashed: empty post")}</li>
      <li>{t("+ new")}</li>
      {show.opinion && <li>{t("★ looked up to")}</li>}
      {show.blockers && <li>{t("✕ blocks")}</li>}
      {show.team && <li>{t("● project team")}</li>}
    </ul>
  );
}

function Mark({ profession }: { profession: number }) {
  const text = useMemo(() => {
    let path = "";
    const out = {
      moveTo: (x: number, y: number) => (path += `M${x.toFixed(1)} ${y.toFixed(1)}`),
      lineTo: (x: number, y: number) => (path += `L${x.toFixed(1)} ${y.toFixed(1)}`),
      arc: (x: number, y: number, r: number) => (path += `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`),
    };
    shape(out as unknown as CanvasPath, profession, 8, 8, 5.5);
    return path;
  }, [profession]);
  return (
    <svg width="16" height="16" aria-hidden="true">
      <path d={text} fill="var(--with)" />
    </svg>
  );
}
