/** A lesson as it is taught: predict, reveal, explain, try. Nothing is revealed to who has not predicted. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Chart, roomy, until } from "./chart";
import { decided, designs, designsOf, measured, type Lesson } from "./asks";
import { Answered } from "./answered";
import { Bars } from "./bars";
import { useBeside } from "./beside";
import { isCurve } from "./class";
import { Explain } from "./explain";
import { useKept } from "./keep";
import { estimates, fanOf, open, runFan, type Estimate, type Outcomes } from "./model";
import { Numbers, SmallCharts, Transport, called, linesOf, phasesOf, marksOf, whose } from "./parts";
import { Person } from "./person";
import { Stage } from "./explore";
import { visit } from "./place";
import { Predict, type Prediction } from "./predict";
import { useClock, useDesign, type Room } from "./store";
import { quoted } from "./words";
import { t, word } from "./language";

export const STEPS = [word("Predict"), word("Reveal"), word("Explain"), word("Try")] as const;

/** The lesson's question, answered by the engine. */
export function useAnswer(room: Room, lesson: Lesson, seed: number, wanted: boolean): Estimate | null {
  const [answer, setAnswer] = useState<Estimate | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    const work = async () => {
      const lived = new Map<string, Outcomes[][]>();
      const own = open(room.engine, { name: lesson.scenario });
      const needed = new Set(designsOf(lesson.measure));
      for (const { label, does } of designs(lesson).filter(({ label }) => needed.has(label))) {
        const opened = open(room.engine, { ...does, text: own.text });
        lived.set(label, fanOf(await runFan(room.pool, opened.text, opened.weeks, seed, 60, () => {}, () => stale)).outcomes);
        if (stale) return;
      }
      setAnswer(measured(lesson.measure, lesson, (label) => lived.get(label)!, (columns) => estimates(room.engine, columns)));
    };
    void work();
    return () => {
      stale = true;
    };
  }, [lesson, seed, wanted]);
  return answer;
}

interface Props {
  room: Room;
  lesson: Lesson;
  /** The step and the trial that the address asks for. */
  first: number;
  trial?: number;
  onBack(): void;
}

export function LessonPage({ room, lesson, first, trial, onBack }: Props) {
  const design = useDesign(room, { name: lesson.scenario });
  const [prediction, setPrediction] = useKept<Prediction>(`prediction.${lesson.id}`, { choice: null, drawn: [], seen: false });
  const { choice, drawn } = prediction;
  // An address may ask for the reveal; who has not predicted here begins with the prediction.
  const [step, setStep] = useState(choice === null ? 0 : first);
  const clock = useClock(design.opened.weeks, false, choice !== null && first > 0 ? design.opened.weeks - 1 : 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const [show, setShow] = useState({ opinion: false, blockers: false, team: false });
  const own = useMemo(() => open(room.engine, { name: lesson.scenario }), [lesson]);
  const [tried, setTried] = useState<number | null>(null);
  const tries = (place: number | null) => {
    setTried(place);
    design.change(place === null ? { text: own.text } : { ...lesson.trials[place].does, text: own.text });
    clock.play(false);
    clock.set(1e9);
  };
  const answer = useAnswer(room, lesson, design.seed, step >= 1);
  const { opened, programme } = design;
  useEffect(() => {
    design.setProgramme(lesson.programme);
    if (step === 3 && trial !== undefined) tries(trial);
  }, [lesson]);
  // Who goes by keys is where the lesson is: at its head when it begins, at its step when that changes.
  const head = useRef<HTMLHeadingElement>(null);
  const steps = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => (step ? steps.current?.querySelector<HTMLElement>("[aria-current]") : head.current)?.focus(), [step]);
  const go = (next: number) => {
    setStep(next);
    visit({ lesson: lesson.id, step: next ? STEPS[next].toLowerCase() : undefined });
    if (next === 1) {
      setPrediction({ ...prediction, seen: true });
      clock.set(0);
      clock.play(true);
    }
    if (next === 2) design.change({ text: own.text });
  };
  const last = opened.weeks - 1;
  const toldAll = clock.week >= last;
  const beside = useBeside(room, lesson, design.seed);
  // Beside what was tried stands what is chosen there.
  const shownBeside = step < 3 ? beside : null;
  const lines = [...linesOf(design), ...(shownBeside ? [shownBeside.line] : [])];
  const range = roomy([...lines.map(({ values }) => until(values, clock.week)), drawn.filter((value): value is number => value !== null)]);
  const right = answer === null ? null : decided(lesson, answer);
  return (
    <div class="lesson">
      <button type="button" class="quiet" onClick={onBack} data-test="all-lessons">
        {t("← All lessons")}
      </button>
      <h2 ref={head} tabIndex={-1}>
        {t(lesson.title)}
      </h2>
      <p class="lead">{t(lesson.about)}</p>
      <ol class="steps" ref={steps}>
        {STEPS.map((name, place) => (
          <li key={name}>
            <button type="button" disabled={place > 0 && choice === null} aria-current={step === place ? "step" : undefined} onClick={() => go(place)} data-test={`step-${name.toLowerCase()}`}>
              {place + 1}. {t(name)}
            </button>
          </li>
        ))}
      </ol>
      {choice === null && <p class="hint">{t("Answer the question first: then the lesson goes on.")}</p>}
      {step === 0 && <Predict lesson={lesson} design={design} prediction={prediction} onPrediction={setPrediction} onReveal={() => go(1)} />}
      {step >= 1 && (
        <div class="columns">
          <div class="main-column">
            {step === 2 && (
              <section class="panel" aria-label={t("What it hangs on")}>
                <h3>{t(lesson.question)}</h3>
                <Bars lesson={lesson} />
                {lesson.picture.kind === "bars" && <h4>{t("Ask further")}</h4>}
                <Explain room={room} opened={own} programme={lesson.programme} seed={design.seed} first={lesson.picture.kind === "lost" ? "lost" : null} week={last} />
              </section>
            )}
            <Chart
              title={[t("What happened to {programme} in one run", { programme: called(opened, programme) }) + whose(design), shownBeside?.says, isCurve(drawn) ? t("dotted: your prediction") : ""].filter(Boolean).join("; ")}
              weeks={opened.weeks}
              height={280}
              lines={lines}
              phases={phasesOf(opened, programme)}
              marks={marksOf(opened)}
              week={clock.week}
              range={range}
              drawn={drawn}
              table
            />
            <Transport clock={clock} weeks={opened.weeks} />
            <Stage design={design} clock={clock} show={show} setShow={setShow} onPerson={setChosen} chosen={chosen} />
            <SmallCharts design={design} clock={clock} />
          </div>
          <div class="side-column">
            {chosen !== null && <Person room={room} design={design} clock={clock} chosen={chosen} onClose={() => setChosen(null)} />}
            {step === 1 && (
              <section class="panel">
                <h3>{t(lesson.question)}</h3>
                {!toldAll ? (
                  <p>
                    {t("The answer comes with the last week.")}{" "}
                    <button type="button" onClick={() => (clock.play(false), clock.set(last))} data-test="to-the-end">
                      {t("To the end")}
                    </button>
                  </p>
                ) : answer === null ? (
                  <p role="status">{t("Asking 60 runs …")}</p>
                ) : (
                  <p data-test="answer">
                    <Answered lesson={lesson} answer={answer} runs={60} /> {right !== null ? quoted(`${t(lesson.choices[right].says)}.`) : ""}{" "}
                    {choice === null ? "" : choice === right ? t("You predicted it.") : t("You said: “{answer}.” What did you expect that did not happen?", { answer: t(lesson.choices[choice].says) })}
                  </p>
                )}
                <button type="button" class="primary" onClick={() => go(2)}>
                  {t("Explain")}
                </button>
              </section>
            )}
            {step === 2 && (
              <section class="panel">
                <h3>{t("Why")}</h3>
                {lesson.explain.map(({ says }) => (
                  <p key={says}>{t(says)}</p>
                ))}
                <button type="button" class="primary" onClick={() => go(3)}>
                  {t("Try")}
                </button>
              </section>
            )}
            {step === 3 && (
              <section class="panel">
                <h3>{t("Try")}</h3>
                <div class="trials">
                  <button type="button" aria-pressed={tried === null} onClick={() => (tries(null), visit({ lesson: lesson.id, step: "try" }))} data-test="trial-none">
                    {t("As it was")}
                  </button>
                  {lesson.trials.map((trial, place) => (
                    <button
                      type="button"
                      key={trial.label}
                      aria-pressed={tried === place}
                      onClick={() => {
                        tries(place);
                        visit({ lesson: lesson.id, step: "try", trial: place + 1 });
                      }}
                      data-test={`trial-${place}`}
                    >
                      {t(trial.label)}
                    </button>
                  ))}
                </div>
                {tried !== null && <p class="ask">{t(lesson.trials[tried].ask)}</p>}
                <button type="button" class="primary" onClick={() => (clock.play(false), clock.set(1e9), design.run(200))} data-test="lesson-run">
                  {design.running ? t("{done} of {all}", { done: design.running[0], all: 200 }) : t("Run 200 times")}
                </button>
                {opened.programmes.length === own.programmes.length ? (
                  <Numbers design={design} engine={room.engine} currency={room.reference.currency} week={clock.week} />
                ) : (
                  <Numbers design={{ ...design, programme: Math.min(programme, opened.programmes.length - 1) }} engine={room.engine} currency={room.reference.currency} week={clock.week} />
                )}
              </section>
            )}
            <section class="panel">
              <h3>{t("Talk about it")}</h3>
              <ul>
                {lesson.discuss.map((question) => (
                  <li key={question}>{t(question)}</li>
                ))}
              </ul>
            </section>
          </div>
        </div>
      )}
    </div>
  );
}

