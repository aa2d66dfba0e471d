/** One person: who they are, what they believe, why they just changed, and the same person in the other world. */
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Chart } from "./chart";
import { person as lifeOf, RANKS, type Life } from "./model";
import type { Clock, Design, Room } from "./store";
import { percent, profess, when } from "./words";
import { phasesOf, marksOf } from "./parts";
import { many, t, word } from "./language";

const BELIEFS: [string, string][] = [
  ["problem", word("There is a problem")],
  ["solution", word("This is the solution")],
  ["permanence", word("It is here to last")],
  ["ownership", word("It is ours")],
  ["skill", word("I know how")],
  ["habit", word("I do it without thinking")],
  ["motivation", word("Motivation")],
  ["fatigue", word("Fatigue")],
  ["cynicism", word("Cynicism")],
];
/** The pushes in plain words: when up, when down. */
const PUSHES: [string, string, string][] = [
  ["push_will", word("wants to and can"), word("wants to less")],
  ["push_colleagues", word("colleagues do it"), word("colleagues slacken")],
  ["push_habit", word("habit carries it"), word("habit pulls back")],
  ["push_standards", word("it is written into standards"), word("standards have gone")],
  ["push_pressure", word("pressure from carrots and sticks"), word("pressure is off")],
  ["push_fatigue", word("rested"), word("tired")],
  ["push_morale", word("spirits recover"), word("motivation was lost")],
  ["push_prompts", word("prompts and training in leading"), word("prompts have gone")],
];

/** Why practice changed over the last weeks: the pushes that moved most, largest first. */
export function reasons(life: Life, week: number): { says: string; by: number }[] {
  const before = Math.max(0, week - 8);
  const joined = life.of(0, "joined");
  for (let at = week; at > before; at--) if (joined[at]) return [{ says: t("somebody new came in {when}", { when: when(at) }), by: 0 }];
  return PUSHES.map(([push, up, down]) => {
    const values = life.of(0, push);
    const by = values[week] - values[before];
    return { says: t(by > 0 ? up : down), by };
  })
    .filter(({ by }) => Math.abs(by) > 0.03)
    .sort((one, other) => Math.abs(other.by) - Math.abs(one.by))
    .slice(0, 3);
}

/** First week in which the two worlds differ for this person. */
export function parted(life: Life): number | null {
  const [on, off] = [life.of(0, "practice"), life.of(1, "practice")];
  for (let week = 0; week < life.weeks; week++) if (on[week] !== off[week]) return week;
  return null;
}

export function Person({ room, design, clock, chosen, onClose }: { room: Room; design: Design; clock: Clock; chosen: number; onClose: () => void }) {
  const { opened, seed, organisation, programme, frames } = design;
  const [post, unit, rank] = opened.posts[chosen];
  const life = useMemo(() => lifeOf(room.engine, opened.text, seed, organisation, programme, post), [opened.text, seed, organisation, programme, post]);
  const dialog = useRef<HTMLElement>(null);
  // Who opened it gets the keyboard back.
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!dialog.current?.contains(document.activeElement)) opener.current = document.activeElement;
    dialog.current?.focus();
  }, [chosen]);
  const close = () => {
    onClose();
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  const leave = useRef(close);
  leave.current = close;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => event.key === "Escape" && leave.current();
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  const week = Math.min(Math.floor(clock.week), life.weeks - 1);
  const profession = profess(opened.professions[frames?.professions[chosen] ?? life.of(0, "profession")[week]]);
  const [on, off] = [0, 1].map((world) => (column: string) => life.of(world as 0 | 1, column)[week]);
  const first = parted(life);
  const why = reasons(life, week);
  const change = life.of(0, "practice")[week] - life.of(0, "practice")[Math.max(0, week - 8)];
  const name = rank ? `${t(RANKS[rank])} (${profession})` : profession;
  const shares = { share: percent(on("practice")), usual: percent(on("usual")) };
  const same = life.of(0, "holder")[week] === life.of(1, "holder")[week];
    return (
    <section class="person" ref={dialog} tabIndex={-1} aria-label={t("{name}, in two worlds", { name })} data-test="person">
      <header>
        <h2>
          {name.charAt(0).toUpperCase() + name.slice(1)}
          {unit === null ? "" : t(", ward {number}", { number: unit + 1 })}
        </h2>
        <button type="button" class="quiet" onClick={close} data-test="close-person">
          <span aria-hidden="true">✕</span>
          <span class="sr">{t("Close")}</span>
        </button>
      </header>
      {on("present") ? (
        <p>
          {on("holder") ? many(Math.round(on("tenure")), "Person number {number} in this post, here for {count} week.|Person number {number} in this post, here for {count} weeks.", { number: on("holder") + 1 }) : t("Here from the start.")}{" "}
          {on("champion") ? `${t("On the project team.")} ` : ""}
          {on("opinion_leader") ? `${t("Others look up to this person.")} ` : ""}
          {on("blocker") ? `${t("Blocks.")} ` : ""}
          {on("reached") ? "" : `${t("The programme does not work with this ward.")} `}
          {rank ? t("Backs it {share} of the time; usual would be {usual}.", shares) : t("Does it {share} of the time; usual would be {usual}.", shares)}
        </p>
      ) : (
        <p>{t("The post is empty this week.")}</p>
      )}
      <h3>{Math.abs(change) < 0.01 ? t("Why the last eight weeks went as before") : change > 0 ? t("Why the last eight weeks went up") : t("Why the last eight weeks went down")}</h3>
      {why.length ? (
        <ul class="why">
          {why.map(({ says, by }) => (
            <li key={says}>
              <span aria-hidden="true">{by > 0 ? "▲" : by < 0 ? "▼" : "•"}</span> {says}
            </li>
          ))}
        </ul>
      ) : (
        <p class="hint">{t("Nothing moved much.")}</p>
      )}
      <h3>{t("Same {profession}, two worlds", { profession })}</h3>
      <p class="hint">
        {first === null || first > week ? t("Up to now the two worlds are the same for this person.") : t("The worlds parted in {when}.", { when: when(first) })}
        {same ? "" : ` ${t("By now another person holds the post in the other world.")}`}
      </p>
      <Chart
        title={rank ? t("How reliably this person backs it") : t("How reliably this person does it")}
        weeks={life.weeks}
        height={170}
        lines={[
          { name: t("without it"), values: life.of(1, "practice"), colour: "var(--without)", ink: "var(--quiet)", dash: "6 4" },
          { name: t("true"), values: life.of(0, "practice"), colour: "var(--with)", ink: "var(--with-ink)" },
        ]}
        phases={phasesOf(opened, programme)}
        marks={marksOf(opened)}
        week={clock.week}
      />
      <table class="beliefs">
        <thead>
          <tr>
            <th scope="col">{t("In {when}", { when: when(week) })}</th>
            <th scope="col">{t("with")}</th>
            <th scope="col">{t("without")}</th>
          </tr>
        </thead>
        <tbody>
          {BELIEFS.map(([column, says]) => (
            <tr key={column}>
              <th scope="row">{t(says)}</th>
              <td>{percent(on(column))}</td>
              <td>{percent(off(column))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
