/** A table of the game: one programme under a budget, handed in as a code. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Lesson } from "./asks";
import { budgetOf, changesOf, costOf, fits, LUCKS, thin } from "./game";
import { useKept } from "./keep";
import { GIVEN } from "./lessons";
import { Levers } from "./levers";
import { open } from "./model";
import { Rules } from "./rules";
import { Numbers, RunChart, Transport, Undo } from "./parts";
import { planCode } from "./share";
import { Square } from "./square";
import { useClock, useDesign, type Room } from "./store";
import { money, percent, rounded } from "./words";
import { inEnglish, t } from "./language";

interface Props {
  room: Room;
  cohort: string;
  seed: number;
  lesson: Lesson;
  /** In a room: how a plan gets there, and the last that did. */
  hand?: (table: string, plan: string) => Promise<void>;
  handed?: string;
}

export function Table({ room, cohort, seed, lesson, hand, handed }: Props) {
  const own = useMemo(() => open(room.engine, { name: lesson.scenario }), [lesson]);
  // A table that reloads the page goes on where it was.
  const [text, setText] = useKept(`table.${cohort}`, "");
  const design = useDesign(room, text ? { text } : { name: lesson.scenario }, seed);
  useEffect(() => setText(design.opened.text), [design.opened.text]);
  // Nothing is known before the programme begins.
  const clock = useClock(design.opened.weeks, false, own.programmes[lesson.programme].clock.start);
  const [name, setName] = useKept(`table.${cohort}.name`, "");
  const [code, setCode] = useState("");
  const [budget, cost] = [budgetOf(own), costOf(design.opened)];
  const over = !fits(cost, budget);
  // Spent and left are rounded alike, so that they add up.
  const spent = rounded(cost, budget);
  const [said, say] = useState("");
  const thinner = () => {
    const thinned = thin(room, design.opened, budget);
    if (!thinned) return say(t("Even with hardly anything done it costs too much: make it shorter."));
    design.change({ text: thinned.opened.text });
    say(t("All that you do is now done to {share}.", { share: percent(thinned.share) }));
  };
  useEffect(() => design.setProgramme(lesson.programme), [lesson]);
  const [gone, go] = useState("");
  const make = async () => {
    const made = await planCode({ table: name.trim() || t("A table"), cohort, changes: changesOf(room, own, design.opened) });
    if (!hand) return setCode(made);
    try {
      await hand(name.trim(), made);
      go(handed ? t("Handed in: it replaces the plan that you handed in before.") : t("Handed in. You may hand in another as long as plans are taken: the last one counts."));
    } catch (error) {
      go((error as Error).message);
    }
  };
  return (
    <div class="table" data-test="table">
      <p>
        <b>{t(lesson.title)}</b>: {t(lesson.about)}
      </p>
      {hand && <Rules lesson={lesson} budget={budget} currency={room.reference.currency} />}
      <p>
        {t("You may change what the programme does and how long, not the hospital and not what it is about.")}
      </p>
      <div class="meter">
        <span>{t("Budget")}</span>
        <meter min={0} max={budget * 1.5} high={budget} optimum={0} value={Math.min(cost, budget * 1.5)} aria-label={t("Money spent")} />
        <b>{money(spent, room.reference.currency, budget)}</b>
        <span class={over ? "fault" : "hint"} data-test="spent">
          {over ? t("{money} too much", { money: money(spent - budget, room.reference.currency, budget) }) : t("{left} left of {budget}", { left: money(Math.max(0, budget - spent), room.reference.currency, budget), budget: money(budget, room.reference.currency) })}
        </span>
        {over && (
          <button type="button" onClick={thinner} data-test="thin">
            {t("Do everything a little less, so that it fits")}
          </button>
        )}
        <span role="status">{said}</span>
      </div>
      {design.fault && (
        <p class="fault" role="alert" lang={inEnglish()}>
          {design.fault}
        </p>
      )}
      <div class="columns">
        <div class="main-column">
          <Transport clock={clock} weeks={design.opened.weeks} />
          <RunChart design={design} clock={clock} />
        </div>
        <div class="side-column">
          <button type="button" onClick={() => (clock.play(false), clock.set(1e9), design.run(LUCKS))} data-test="table-run">
            {design.running ? t("{done} of {all}", { done: design.running[0], all: LUCKS }) : t("Try it under {lucks} lucks of your own", { lucks: LUCKS })}
          </button>
          <Numbers design={design} engine={room.engine} currency={room.reference.currency} week={clock.week} />
          <section class="panel">
            <h2>{t("Our programme")}</h2>
            <div class="buttons">
              <Undo design={design} />
            </div>
            <Levers reference={room.reference} design={design} base={own} given={GIVEN} />
          </section>
        </div>
      </div>
      <section class="panel hand-in">
        <h2>{t("Hand in")}</h2>
        <label>
          {t("Name of your table")} <input value={name} maxLength={30} onInput={(event) => setName(event.currentTarget.value)} data-test="table-name" />
        </label>{" "}
        <button type="button" class="primary" disabled={over} onClick={() => void make()} data-test="hand-in">
          {hand ? t("Hand in") : t("Make our code")}
        </button>
        {hand && (
          <p role="status" data-test="plan-handed-in">
            {gone || (handed && t("A plan of yours is in: the last one counts."))}
          </p>
        )}
        {over && <p class="hint">{t("A plan that costs too much is not taken: spend less, or do everything a little less.")}</p>}
        {code && (
          <div class="handed">
            <Square part="plan" code={code} label={t("The code of your plan")} />
            <label>
              {t("Show the square, or copy this:")}
              <textarea readOnly rows={4} value={code} onFocus={(event) => event.currentTarget.select()} data-test="plan-code" />
            </label>
          </div>
        )}
      </section>
    </div>
  );
}
