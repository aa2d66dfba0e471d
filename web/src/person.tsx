/** One person: who they are, what they believe, why they just changed, and the same person in the other world. */
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Chart } from "./chart";
import { person as lifeOf, RANKS, type Life } from "./model";
import type { Clock, Design, Room } from "./store";
import { percent, plural, when } from "./words";
import { phasesOf, marksOf } from "./parts";

const BELIEFS: [string, string][] = [
  ["problem", "There is a problem"],
  ["solution", "This is the solution"],
  ["permanence", "It is here to last"],
  ["ownership", "It is ours"],
  ["skill", "I know how"],
  ["habit", "I do it without thinking"],
  ["motivation", "Motivation"],
  ["fatigue", "Fatigue"],
  ["cynicism", "Cynicism"],
];
/** The pushes in plain words: when up, when down. */
const PUSHES: [string, string, string][] = [
  ["push_will", "wants to and can", "wants to less"],
  ["push_colleagues", "colleagues do it", "colleagues slacken"],
  ["push_habit", "habit carries it", "habit pulls back"],
  ["push_standards", "it is written into standards", "standards have gone"],
  ["push_pressure", "pressure from carrots and sticks", "pressure is off"],
  ["push_fatigue", "rested", "tired"],
  ["push_morale", "spirits recover", "motivation was lost"],
  ["push_prompts", "prompts and training in leading", "prompts have gone"],
];

/** Why practice changed over the last weeks: the pushes that moved most, largest first. */
export function reasons(life: Life, week: number): { says: string; by: number }[] {
  const before = Math.max(0, week - 8);
  const joined = life.of(0, "joined");
  for (let at = week; at > before; at--) if (joined[at]) return [{ says: `somebody new came in ${when(at)}`, by: 0 }];
  return PUSHES.map(([push, up, down]) => {
    const values = life.of(0, push);
    const by = values[week] - values[before];
    return { says: by > 0 ? up : down, by };
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
  const profession = opened.professions[frames?.professions[chosen] ?? life.of(0, "profession")[week]];
  const [on, off] = [0, 1].map((world) => (column: string) => life.of(world as 0 | 1, column)[week]);
  const first = parted(life);
  const why = reasons(life, week);
  const change = life.of(0, "practice")[week] - life.of(0, "practice")[Math.max(0, week - 8)];
  const name = rank ? `${RANKS[rank]} (${profession})` : profession;
  const same = life.of(0, "holder")[week] === life.of(1, "holder")[week];
  const doing = rank ? "backs it" : "does it";
  return (
    <section class="person" ref={dialog} tabIndex={-1} aria-label={`${name}, in two worlds`} data-test="person">
      <header>
        <h2>
          {name.charAt(0).toUpperCase() + name.slice(1)}
          {unit === null ? "" : `, ward ${unit + 1}`}
        </h2>
        <button type="button" class="quiet" onClick={close} data-test="close-person">
          <span aria-hidden="true">✕</span>
          <span class="sr">Close</span>
        </button>
      </header>
      {on("present") ? (
        <p>
          {on("holder") ? `Person number ${on("holder") + 1} in this post, here for ${plural(Math.round(on("tenure")), "week")}.` : `Here from the start.`}{" "}
          {on("champion") ? "On the project team. " : ""}
          {on("opinion_leader") ? "Others look up to this person. " : ""}
          {on("blocker") ? "Blocks. " : ""}
          {on("reached") ? "" : "The programme does not work with this ward. "}
          {doing.charAt(0).toUpperCase() + doing.slice(1)} {percent(on("practice"))} of the time; usual would be {percent(on("usual"))}.
        </p>
      ) : (
        <p>The post is empty this week.</p>
      )}
      <h3>Why the last eight weeks went {Math.abs(change) < 0.01 ? "as before" : change > 0 ? "up" : "down"}</h3>
      {why.length ? (
        <ul class="why">
          {why.map(({ says, by }) => (
            <li key={says}>
              <span aria-hidden="true">{by > 0 ? "▲" : by < 0 ? "▼" : "•"}</span> {says}
            </li>
          ))}
        </ul>
      ) : (
        <p class="hint">Nothing moved much.</p>
      )}
      <h3>Same {profession}, two worlds</h3>
      <p class="hint">
        {first === null || first > week ? "Up to now the two worlds are the same for this person." : `The worlds parted in ${when(first)}.`}
        {same ? "" : " By now another person holds the post in the other world."}
      </p>
      <Chart
        title={`How reliably this person ${doing}`}
        weeks={life.weeks}
        height={170}
        lines={[
          { name: "without it", values: life.of(1, "practice"), colour: "var(--without)", ink: "var(--quiet)", dash: "6 4" },
          { name: "true", values: life.of(0, "practice"), colour: "var(--with)", ink: "var(--with-ink)" },
        ]}
        phases={phasesOf(opened, programme)}
        marks={marksOf(opened)}
        week={clock.week}
      />
      <table class="beliefs">
        <thead>
          <tr>
            <th scope="col">In {when(week)}</th>
            <th scope="col">with</th>
            <th scope="col">without</th>
          </tr>
        </thead>
        <tbody>
          {BELIEFS.map(([column, says]) => (
            <tr key={column}>
              <th scope="row">{says}</th>
              <td>{percent(on(column))}</td>
              <td>{percent(off(column))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
