/** The state of one design under one luck: the scenario, its curves, its people, its fan. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Fault, type Engine } from "./engine";
import {
  blank,
  curves as curvesOf,
  curvesFrom,
  fanOf,
  framesOf,
  open,
  runFan,
  watchRequest,
  type Changes,
  type Curves,
  type Fan,
  type Frames,
  type Opened,
  type Outcomes,
  type Reference,
} from "./model";
import type { Pool } from "./pool";

export interface Room {
  engine: Engine;
  pool: Pool;
  reference: Reference;
}

/** Time from a change to its curves, for the page's own tests. */
export const redraws: number[] = [];

/** Whose curves are drawn: those of the hospital on screen, or of all of them together. */
export type Scope = "hospital" | "all";

export interface Design {
  opened: Opened;
  curves: Curves;
  /** What came out over all organisations; nothing while that is being worked out. */
  outcomes: Outcomes[] | null;
  /** Whose curves `curves` are. */
  scope: Scope;
  setScope(scope: Scope): void;
  /** Whether the programme reaches nobody in the hospital that was asked for. */
  unreached: boolean;
  frames: Frames | null;
  seed: number;
  organisation: number;
  programme: number;
  fan: Fan | null;
  /** Replicates done, of how many; none when nothing runs. */
  running: [number, number] | null;
  fault: string;
  change(changes: Changes): void;
  /** Takes the last change back, or makes it again; nothing where there is none. */
  undo: (() => void) | null;
  redo: (() => void) | null;
  setSeed(seed: number): void;
  setOrganisation(organisation: number): void;
  setProgramme(programme: number): void;
  run(runs: number): void;
  stop(): void;
}

export function useDesign(room: Room, first: Changes, firstSeed?: number, firstScope: Scope = "all"): Design {
  const start = useMemo(() => open(room.engine, first), []);
  const [opened, setOpened] = useState(start);
  const [seed, setSeed] = useState(firstSeed ?? start.seed);
  const [organisation, setOrganisation] = useState(0);
  const [programme, setProgramme] = useState(0);
  const [scope, setScope] = useState<Scope>(firstScope);
  const [all, setAll] = useState<{ text: string; seed: number; programmes: number; curves: Curves } | null>(null);
  // Everybody of a single hospital is there with the first picture, also for who only takes one; of several, a worker brings them.
  const [frames, setFrames] = useState<Frames | null>(() => (start.setting.organisations > 1 ? null : framesOf(room.engine.ask(watchRequest(start.text, firstSeed ?? start.seed, 0, 0)))));
  const looked = useRef(frames !== null);
  const [fan, setFan] = useState<{ of: string; seed: number; fan: Fan } | null>(null);
  const [running, setRunning] = useState<[number, number] | null>(null);
  const [fault, setFault] = useState("");
  const turn = useRef(0);
  const steps = useRef<{ past: string[]; future: string[]; moved: string; at: number }>({ past: [], future: [], moved: "", at: 0 });
  const here = Math.min(organisation, opened.setting.organisations - 1);
  const which = Math.min(programme, opened.programmes.length - 1);

  // One hospital is worked out here, at once; several by a worker, while the page goes on.
  const several = opened.setting.organisations > 1;
  const fresh = all !== null && all.text === opened.text && all.seed === seed;
  const like = all !== null && all.curves.weeks === opened.weeks && all.programmes === opened.programmes.length;
  const alone = !several || (opened.apart && (scope === "hospital" || !like));
  const own = useMemo(() => {
    if (!alone) return null;
    const began = performance.now();
    const made = curvesOf(room.engine, opened.text, seed, several ? here : undefined);
    redraws.push(performance.now() - began);
    return made;
  }, [opened.text, seed, alone, several && here]);
  // Where the programme reaches nobody in this hospital, there is nothing to draw of it alone.
  const reached = own !== null && (!several || Number.isFinite(own.of(which, 0, "practice")[0]));
  const curves = useMemo(() => (reached ? own : null) ?? (like ? all!.curves : blank(opened.weeks)), [own, reached, all, like, opened.weeks]);

  useEffect(() => {
    if (!several) return;
    let stale = false;
    const wait = setTimeout(async () => {
      try {
        const made = curvesFrom(await room.pool.ask({ do: "pair", text: opened.text, seed }));
        if (!stale) setAll({ text: opened.text, seed, programmes: opened.programmes.length, curves: made });
      } catch (error) {
        if (!stale) setFault((error as Error).message);
      }
    }, 30);
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [opened.text, seed]);

  useEffect(() => {
    let stale = false;
    if (looked.current) {
      looked.current = false;
      return;
    }
    // A slider moves on: only where it rests is everybody looked at.
    const wait = setTimeout(async () => {
      try {
        const answer = await room.pool.ask(watchRequest(opened.text, seed, here, which));
        if (!stale) setFrames(framesOf(answer));
      } catch (error) {
        if (!stale) setFault((error as Error).message);
      }
    }, 30);
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [opened.text, seed, here, which]);

  const stop = () => {
    turn.current += 1;
    setRunning(null);
  };
  useEffect(stop, [opened.text, seed]);
  const step = (from: string[], to: string[]) => {
    to.push(opened.text);
    setOpened(open(room.engine, { text: from.pop()! }));
    steps.current.moved = "";
    setFault("");
  };

  return {
    opened,
    curves,
    outcomes: several ? (fresh ? all!.curves.outcomes : null) : own!.outcomes,
    scope: several && reached ? "hospital" : "all",
    unreached: several && scope === "hospital" && own !== null && !reached,
    setScope,
    frames: frames && frames.people === opened.posts.length && frames.weeks === opened.weeks ? frames : null,
    seed,
    organisation: here,
    programme: which,
    fan: fan && fan.of === opened.text && fan.seed === seed ? fan.fan : null,
    running,
    fault,
    change(changes) {
      try {
        const next = open(room.engine, changes.name || changes.text ? changes : { ...changes, text: opened.text });
        const { past, moved, at } = steps.current;
        // A slider that is drawn along is one step.
        const moves = changes.text || changes.changes?.length !== 1 ? "" : changes.changes[0][0];
        const along = moves !== "" && moves === moved && performance.now() - at < 1000;
        if (changes.name) past.length = 0;
        else if (!along && next.text !== opened.text) past.push(opened.text);
        steps.current = { past, future: [], moved: moves, at: performance.now() };
        setOpened(next);
        setFault("");
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        setFault(error.message);
      }
    },
    undo: steps.current.past.length ? () => step(steps.current.past, steps.current.future) : null,
    redo: steps.current.future.length ? () => step(steps.current.future, steps.current.past) : null,
    setSeed,
    setOrganisation,
    setProgramme,
    run(runs) {
      const mine = (turn.current += 1);
      setRunning([0, runs]);
      let shown = 0;
      const stopped = () => turn.current !== mine;
      void runFan(
        room.pool,
        opened.text,
        opened.weeks,
        seed,
        runs,
        (parts, done) => {
          setRunning([done, runs]);
          // Quantiles of all runs again for each piece would be wasted: some steps are enough for the eye.
          if (done - shown >= Math.max(12, runs / 8) || done === runs) {
            shown = done;
            setFan({ of: opened.text, seed, fan: fanOf({ ...parts, parts: new Map(parts.parts) }) });
          }
        },
        stopped,
      )
        .catch((error) => setFault((error as Error).message))
        .finally(() => {
          if (!stopped()) setRunning(null);
        });
    },
    stop,
  };
}

/** A clock that plays: weeks pass at some speed, by leaps of a quarter for those who want less motion. It begins before the story. */
export interface Clock {
  week: number;
  playing: boolean;
  speed: number;
  set(week: number): void;
  play(playing: boolean): void;
  setSpeed(speed: number): void;
}

/** Time between two pictures while playing, for the page's own tests. */
export const pictures: number[] = [];

export function useClock(weeks: number, still = false, first = 0): Clock {
  const [week, setWeek] = useState(first);
  const [playing, play] = useState(false);
  const [speed, setSpeed] = useState(16);
  const place = useRef(week);
  place.current = week;
  useEffect(() => {
    if (!playing || still) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let [last, asked] = [performance.now(), 0];
    const step = (now: number) => {
      const passed = now - last;
      if (calm && passed < 1000) {
        asked = requestAnimationFrame(step);
        return;
      }
      last = now;
      pictures.push(passed);
      const next = place.current + (calm ? Math.max(1, Math.round(speed)) : (passed / 1000) * speed);
      if (next >= weeks - 1) {
        setWeek(weeks - 1);
        play(false);
        return;
      }
      setWeek(next);
      asked = requestAnimationFrame(step);
    };
    asked = requestAnimationFrame(step);
    return () => cancelAnimationFrame(asked);
  }, [playing, speed, weeks, still]);
  return {
    week: Math.min(week, weeks - 1),
    playing,
    speed,
    // Beyond the end is the end, of whatever comes to be shown.
    set: (next) => setWeek(Math.max(0, next)),
    play(next) {
      if (next && place.current >= weeks - 1) setWeek(0);
      play(next);
    },
    setSpeed,
  };
}
