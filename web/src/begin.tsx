/** The first screen: one sentence, one thing to do, one story in four steps. Everything else is behind the second door. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useKept } from "./keep";
import { FIRST_STORY as STORY } from "./lessons";
import { column, estimates, fanOf, open, runFan, type Changes, type Estimate } from "./model";
import { knownIn, RunChart } from "./parts";
import { Standing } from "./standing";
import { useClock, useDesign, type Room } from "./store";
import { Ward } from "./ward";
import { money, percent, points } from "./words";
import { t, tx, word } from "./language";

const STEPS = [word("Watch"), word("Guess"), word("See"), word("Try")] as const;
const RUNS = 60;
const [AT_END, LATER] = ["net_gain_at_end", "net_gain_24_months_after"];
const SHOW = { opinion: false, blockers: false, team: false };

export interface Kept {
  /** What is left of the gain two years later, of what there was. */
  share: Estimate;
  cost: number;
}

/** What a design keeps, over many runs of luck. */
function useKeeps(room: Room, text: string, seed: number, wanted: boolean): Kept | null {
  const [found, setFound] = useState<{ text: string; kept: Kept } | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    const work = async () => {
      const opened = open(room.engine, { text });
      const fan = fanOf(await runFan(room.pool, text, opened.weeks, seed, RUNS, () => {}, () => stale));
      if (stale) return;
      const [share] = estimates(room.engine, [[column(fan, 0, LATER), column(fan, 0, AT_END)]]);
      setFound({ text, kept: { share, cost: opened.programmes[0].cost.money } });
    };
    void work();
    return () => {
      stale = true;
    };
  }, [text, seed, wanted]);
  return found?.text === text ? found.kept : null;
}

/** What several choices come to. */
export const together = (chosen: number[]): Changes => ({ changes: chosen.flatMap((place) => STORY.choices[place].does.changes ?? []) });

/** Points without a plus: how many there are. */
const plain = (share: number | null | undefined) => points(share).replace("+", "");

const Interval = ({ of }: { of: Estimate }) => (
  <>
    <b>{percent(of.value)}</b>{" "}
    <span class="interval">
      {t("({low} to {high}, {runs} runs)", { low: percent(of.low), high: percent(of.high), runs: RUNS })}
    </span>
  </>
);

interface Props {
  room: Room;
  onExplore(): void;
  onLessons(): void;
}

export function Begin({ room, onExplore, onLessons }: Props) {
  const [{ step, guess, chosen }, setState] = useKept<{ step: number; guess: number; chosen: number[] }>("begin", { step: -1, guess: 50, chosen: [] });
  const set = (next: Partial<{ step: number; guess: number; chosen: number[] }>) => setState((before) => ({ ...before, ...next }));
  const own = useMemo(() => open(room.engine, { name: STORY.scenario }), []);
  const design = useDesign(room, chosen.length && step === 3 ? { ...together(chosen), text: own.text } : { name: STORY.scenario });
  const { opened } = design;
  const [end, later] = [-1, 107].map((after) => knownIn(own, 0, after));
  const clock = useClock(opened.weeks, false, step >= 2 ? later : step === 1 ? end : 0);
  const told = clock.week >= later;
  const asItWas = useKeeps(room, own.text, own.seed, step >= 2);
  const tried = useKeeps(room, opened.text, own.seed, step === 3 && chosen.length > 0);
  const stop = step === 0 ? end : step === 2 ? later : null;
  // Who reloads while it plays goes on watching.
  useEffect(() => {
    if (step === 0) clock.play(true);
  }, []);
  // The story stops where there is something to do.
  useEffect(() => {
    if (stop === null || clock.week < stop) return;
    clock.play(false);
    clock.set(stop);
    if (step === 0) set({ step: 1 });
  }, [stop !== null && clock.week >= stop]);
  const place = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useLayoutEffect(() => {
    if (before.current !== step) place.current?.focus();
    before.current = step;
  }, [step]);
  const run = (from: number, speed: number, next: number) => {
    set({ step: next });
    clock.setSpeed(speed);
    clock.set(from);
    clock.play(true);
  };
  const choose = (option: number, on: boolean) => {
    const next = STORY.choices.map((_, at) => at).filter((at) => (at === option ? on : chosen.includes(at)));
    set({ chosen: next });
    design.change({ ...together(next), text: own.text });
  };
  const anew = () => {
    set({ step: -1, guess: 50, chosen: [] });
    design.change({ text: own.text });
    clock.play(false);
    clock.set(0);
  };
  const gain = design.outcomes?.[0]?.[AT_END] ?? null;
  const [first, cost] = [own.programmes[0].cost.money, opened.programmes[0].cost.money];
  const dear = cost > first * (1 + STORY.goal.money) + 0.5;
  const keeps = tried?.share.low != null && tried.share.low >= STORY.goal.kept;
  const last = asItWas && design.outcomes?.[0];
  return (
    <div class="begin">
      <h2 class="asks" ref={place} tabIndex={-1}>
        {step < 0 ? t("Will it last?") : `${step + 1}. ${t(STEPS[step])}`}
      </h2>
      {step < 0 && (
        <>
          <p class="lead">{t(STORY.says)}</p>
          <p>
            <b>{t("Your goal:")}</b> {t(STORY.goal.says)}
          </p>
          <button type="button" class="primary large" onClick={() => run(0, 16, 0)} data-test="begin">
            {t("Begin")}
          </button>{" "}
          <button type="button" class="quiet door" onClick={onExplore} data-test="to-explore">
            {t("or explore everything by yourself")}
          </button>
          <ol class="way">
            {STEPS.map((name, at) => (
              <li key={name}>
                <b>{t(name)}</b> {t(STORY.steps[at])}
              </li>
            ))}
          </ol>
          <Standing />
        </>
      )}
      {step >= 0 && (
        <div class="columns">
          <div class="side-column">
            <section class="panel" aria-label={t(STEPS[step])}>
              {step === 0 && (
                <>
                  <p>{t(STORY.watch)}</p>
                  <button type="button" onClick={() => clock.set(end)} data-test="begin-skip">
                    {t("To the end of the project")}
                  </button>
                </>
              )}
              {step === 1 && (
                <>
                  <p>
                    {t("The project ends. In this one run the wards do it {gain} points more reliably than they would have without you.", { gain: plain(gain) })} {t(STORY.guess)}
                  </p>
                  <label>
                    {tx("Still there: {share}", { share: <b>{guess} %</b> })}
                    <input type="range" min={0} max={100} step={5} value={guess} onInput={(event) => set({ guess: Number(event.currentTarget.value) })} data-test="guess" />
                  </label>
                  <button type="button" class="primary" onClick={() => run(end, 40, 2)} data-test="guessed">
                    {t("That is my guess")}
                  </button>
                </>
              )}
              {step === 2 && !told && <p>{t("Two years go by …")}</p>}
              {step === 2 && told && (
                <>
                  <p data-test="begin-told">
                    {tx("You guessed {guess} %. In this one run {left} of {gain} points are left. Over many runs: {share}", { guess, left: plain(last ? last[LATER] : null), gain: plain(gain), share: asItWas ? <Interval of={asItWas.share} /> : "…" })}
                  </p>
                  <p>{t(STORY.why)}</p>
                  <button type="button" class="primary" onClick={() => set({ step: 3 })} data-test="begin-try">
                    {t("Try to keep more")}
                  </button>
                </>
              )}
              {step === 3 && (
                <>
                  <p>
                    <b>{t("Your goal:")}</b> {t(STORY.goal.says)}
                  </p>
                  <fieldset>
                    <legend class="sr">{t("What else you do")}</legend>
                    {STORY.choices.map((option, at) => (
                      <label class="option" key={option.label}>
                        <input type="checkbox" checked={chosen.includes(at)} onChange={(event) => choose(at, event.currentTarget.checked)} data-test={`begin-choice-${at}`} /> {t(option.label)}
                      </label>
                    ))}
                  </fieldset>
                  <p role="status" data-test="begin-result">
                    {tx("Cost: {cost}, {judged} ({limit}).", {
                      cost: <b>{money(cost, room.reference.currency)}</b>,
                      judged: dear ? t("too much") : t("within the money"),
                      limit: money(first * (1 + STORY.goal.money), room.reference.currency),
                    })}{" "}
                    {chosen.length === 0 ? t("Choose one thing or several.") : tried ? (
                      <>
                        {tx("Still there after two years: {share}.", { share: <Interval of={tried.share} /> })}{" "}
                        {keeps && !dear ? <b>{t("You have reached the goal.")}</b> : keeps ? t("Enough is kept, but it costs too much.") : t("Too little is kept.")}
                      </>
                    ) : t("Asking many runs …")}
                  </p>
                  <div class="buttons">
                    <button type="button" class={keeps && !dear ? "primary" : ""} onClick={onLessons} data-test="to-lessons">
                      {t("More stories")}
                    </button>
                    <button type="button" onClick={onExplore} data-test="to-explore">
                      {t("Explore everything")}
                    </button>
                    <button type="button" class="quiet" onClick={anew} data-test="begin-anew">
                      {t("Begin anew")}
                    </button>
                  </div>
                </>
              )}
            </section>
          </div>
          <div class="main-column">
            <RunChart design={design} clock={clock} table={false} />
            <Ward opened={opened} frames={design.frames} world={0} week={clock.week} show={SHOW} chosen={null} label={t("The wards")} />
          </div>
        </div>
      )}
    </div>
  );
}
