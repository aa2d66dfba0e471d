/** One design: the ward alive, its curves, its levers, its shocks. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { Levers, Shocks } from "./levers";
import { curves, open, type Changes } from "./model";
import { NOTHING, OwnPanel, useOwn } from "./data";
import { Explain } from "./explain";
import { Numbers, RunChart, ScopeChoice, SmallCharts, Transport, Undo } from "./parts";
import { Person } from "./person";
import { note } from "./place";
import { pack } from "./share";
import { SharePanel } from "./sharing";
import type { Clock, Design, Room } from "./store";
import { Legend, Ward, type Show } from "./ward";
import { inEnglish, t, word } from "./language";
import { told } from "./told";

/** A design to come back to: everything that its curve is made from. */
export interface Pin {
  text: string;
  seed: number;
  programme: number;
  organisation: number | null;
}
const PINNED = word("pinned");

const FOLDERS: [string, string][] = [
  ["lessons", word("Lessons")],
  ["programmes", word("Programmes of the review")],
];

export function Stage({ design, clock, show, setShow, onPerson, chosen }: { design: Design; clock: Clock; show: Show; setShow: (show: Show) => void; onPerson: (person: number | null) => void; chosen: number | null }) {
  const [world, setWorld] = useState<0 | 1>(0);
  const { opened } = design;
  return (
    <section class="stage" aria-label={t("The ward")}>
      <div class="stage-bar">
        <div class="choice" role="group" aria-label={t("Which world")}>
          <button type="button" aria-pressed={world === 0} onClick={() => setWorld(0)} data-test="world-with">
            {t("With the programme")}
          </button>
          <button type="button" aria-pressed={world === 1} onClick={() => setWorld(1)} data-test="world-without">
            {t("Same people without it")}
          </button>
        </div>
        {opened.setting.organisations > 1 && (
          <label>
            {t("Hospital")}{" "}
            <select value={design.organisation} onChange={(event) => design.setOrganisation(Number(event.currentTarget.value))} data-test="organisation">
              {Array.from({ length: opened.setting.organisations }, (_, number) => (
                <option value={number} key={number}>
                  {t("{number} of {all}", { number: number + 1, all: opened.setting.organisations })}
                </option>
              ))}
            </select>
          </label>
        )}
        <fieldset class="shows">
          <legend class="sr">{t("Show")}</legend>
          {(
            [
              ["opinion", word("★ looked up to")],
              ["blockers", word("✕ blockers")],
              ["team", word("● project team")],
            ] as const
          ).map(([key, text]) => (
            <label key={key}>
              <input type="checkbox" checked={show[key]} onChange={(event) => setShow({ ...show, [key]: event.currentTarget.checked })} data-test={`show-${key}`} /> {t(text)}
            </label>
          ))}
        </fieldset>
      </div>
      <Ward opened={opened} frames={design.frames} world={world} week={clock.week} show={show} chosen={chosen} onChoose={onPerson} label={world ? t("Without the programme") : t("With the programme")} />
      <Legend opened={opened} show={show} />
    </section>
  );
}

interface Props {
  room: Room;
  design: Design;
  clock: Clock;
  preset: string;
  setPreset: (name: string) => void;
  pin: Pin | null;
  setPin: (pin: Pin | null) => void;
}

export function Explore({ room, design, clock, preset, setPreset, pin, setPin }: Props) {
  const { reference, engine } = room;
  const { opened } = design;
  const [show, setShow] = useState<Show>({ opinion: false, blockers: false, team: false });
  const [chosen, setChosen] = useState<number | null>(null);
  const [always, setAlways] = useState(false);
  const [asked, setAsked] = useState(NOTHING);
  const made = useOwn(engine, asked, opened.programmes[design.programme]?.clock.start ?? 0);
  const own = made.chart?.points.flatMap(({ week, share, time, said, special }) =>
    share === null || week < 0 || week > opened.weeks - 1 ? [] : [{ week, value: share, name: `${told(time)}: ${told(said)}`, special }],
  );
  const base = useMemo(() => (reference.scenarios.some((row) => row.name === preset) ? open(engine, { name: preset }) : opened), [preset]);
  const press = (kind: string, at: number) => {
    design.change({ add: [{ kind, at }] });
  };
  const change = (changes: Changes) => design.change(changes);
  useEffect(() => {
    if (!always) return;
    const wait = setTimeout(() => design.run(200), 600);
    return () => clearTimeout(wait);
  }, [always, opened.text, design.seed]);
  useEffect(() => setChosen(null), [opened.posts.length]);
  const held = useMemo(() => {
    if (!pin) return null;
    const made = curves(engine, pin.text, pin.seed, pin.organisation ?? undefined);
    return { label: t(PINNED), values: made.of(pin.programme, 0, "practice"), weeks: made.weeks };
  }, [pin]);
  const pinned = held?.weeks === opened.weeks ? held : null;
  const week = Math.floor(clock.week);
  useEffect(() => {
    if (clock.playing) return;
    note(async () => ({
      tab: "explore",
      story: reference.scenarios.some((row) => row.name === preset) ? preset : undefined,
      s: opened.text === base.text ? undefined : await pack(opened.text),
      seed: design.seed === opened.seed ? undefined : design.seed,
      week: week || undefined,
      programme: design.programme || undefined,
      hospital: design.organisation || undefined,
    }));
  }, [preset, opened.text, design.seed, week, clock.playing, design.programme, design.organisation]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && /^(number|text)$/.test(event.target.type));
      if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      (event.shiftKey ? design.redo : design.undo)?.();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
  return (
    <div class="explore">
      <div class="intro">
        <label>
          {t("Story")}{" "}
          <select
            value={preset}
            onChange={(event) => {
              const name = event.currentTarget.value;
              setPreset(name);
              change({ name });
              clock.play(false);
              clock.set(0);
            }}
            data-test="preset"
          >
            {!reference.scenarios.some((row) => row.name === preset) && <option value={preset}>{t(opened.title) || t("shared")}</option>}
            {FOLDERS.map(([folder, name]) => (
              <optgroup label={t(name)} key={folder}>
                {reference.scenarios
                  .filter((row) => row.folder === folder)
                  .map((row) => (
                    <option value={row.name} key={row.name}>
                      {t(row.title)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
        <p>{t(opened.story)}</p>
      </div>
      {design.fault && (
        <p class="fault" role="alert" lang={inEnglish()}>
          {design.fault}
        </p>
      )}
      <div class="columns">
        <div class="main-column">
          <ScopeChoice design={design} />
          <RunChart design={design} clock={clock} pin={pinned} own={own} />
          <Transport clock={clock} weeks={opened.weeks} />
          <Stage design={design} clock={clock} show={show} setShow={setShow} onPerson={setChosen} chosen={chosen} />
          <Shocks reference={reference} design={design} week={clock.week} onPress={press} />
          <SmallCharts design={design} clock={clock} />
        </div>
        <div class="side-column">
          {chosen !== null && <Person room={room} design={design} clock={clock} chosen={chosen} onClose={() => setChosen(null)} />}
          <div class="run-bar">
            {design.running ? (
              <button type="button" onClick={design.stop} data-test="stop">
                {t("Stop ({done} of {all})", { done: design.running[0], all: design.running[1] })}
              </button>
            ) : (
              <button type="button" class="primary" onClick={() => (design.setScope("all"), clock.play(false), clock.set(1e9), design.run(200))} data-test="run">
                {t("Run 200 times")}
              </button>
            )}
            <label>
              <input type="checkbox" checked={always} onChange={(event) => setAlways(event.currentTarget.checked)} data-test="always" /> {t("after every change")}
            </label>
            <progress max={1} value={design.running ? design.running[0] / design.running[1] : design.fan ? 1 : 0} aria-label={t("Runs done")} />
          </div>
          <Numbers design={design} engine={engine} currency={reference.currency} week={clock.week} />
          <section class="panel" aria-label={t("Why")}>
            <h2>{t("Why")}</h2>
            <Explain room={room} opened={opened} seed={design.seed} programme={design.programme} week={clock.week} />
          </section>
          <div class="buttons">
            {pin ? (
              <button type="button" onClick={() => setPin(null)} data-test="unpin">
                {t("Take “{name}” off", { name: t(PINNED) })}
              </button>
            ) : (
              <button
                type="button"
                onClick={() => setPin({ text: opened.text, seed: design.seed, programme: design.programme, organisation: design.scope === "hospital" ? design.organisation : null })}
                data-test="pin"
              >
                {t("Pin this design")}
              </button>
            )}
            <button type="button" onClick={() => change({ text: base.text })} data-test="reset">
              {t("Back to the story")}
            </button>
            <Undo design={design} />
            <button type="button" onClick={() => design.setSeed((design.seed % 9999) + 1)} data-test="luck">
              {t("Other luck ({seed})", { seed: design.seed })}
            </button>
          </div>
          <section class="panel" aria-label={t("What the programme does")}>
            <h2>{t("What the programme does")}</h2>
            <Levers reference={reference} design={design} base={base} />
          </section>
          <OwnPanel asked={asked} setAsked={setAsked} made={made} weeks={opened.weeks} />
          <SharePanel room={room} design={design} week={week} />
        </div>
      </div>
    </div>
  );
}
