/** The lessons as they are taught: predict, reveal, explain, try; and the facilitator's sheets. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Chart, rangeOf } from "./chart";
import { LESSONS, designs, designsOf, measured, type Lesson } from "./lessons";
import { Explain } from "./explain";
import { column, fanOf, open, runFan, type Fan } from "./model";
import { Numbers, SmallCharts, Transport, linesOf, phasesOf, marksOf, whose } from "./parts";
import { Person } from "./person";
import { Stage } from "./explore";
import { Sheet } from "./sheets";
import { useClock, useDesign, type Room } from "./store";

const STEPS = ["Predict", "Reveal", "Explain", "Try"] as const;

function mean(fan: Fan, programme: number, metric: string): number {
  const values = column(fan, programme, metric).filter((value): value is number => value !== null);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The lesson's question, answered by the engine. */
function useAnswer(room: Room, lesson: Lesson, seed: number, wanted: boolean): number | null {
  const [answer, setAnswer] = useState<number | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    const work = async () => {
      const fans = new Map<number, Fan>();
      const all = designs(lesson);
      for (const place of new Set(designsOf(lesson.measure))) {
        const own = open(room.engine, { name: lesson.scenario });
        const opened = open(room.engine, { ...all[place], text: own.text });
        fans.set(place, fanOf(await runFan(room.pool, opened.text, opened.weeks, seed, 60, () => {}, () => stale)));
        if (stale) return;
      }
      setAnswer(measured(lesson.measure, lesson, (design, programme, metric) => mean(fans.get(design)!, programme, metric)));
    };
    void work();
    return () => {
      stale = true;
    };
  }, [lesson, seed, wanted]);
  return answer;
}

function LessonPage({ room, lesson, onBack }: { room: Room; lesson: Lesson; onBack: () => void }) {
  const design = useDesign(room, { name: lesson.scenario });
  const [step, setStep] = useState(0);
  const clock = useClock(design.opened.weeks);
  const [choice, setChoice] = useState<number | null>(null);
  const [drawn, setDrawn] = useState<(number | null)[]>(() => new Array(design.opened.weeks).fill(null));
  const [chosen, setChosen] = useState<number | null>(null);
  const [show, setShow] = useState({ opinion: false, blockers: false, team: false });
  const [tried, setTried] = useState<number | null>(null);
  const answer = useAnswer(room, lesson, design.seed, step >= 1);
  const own = useMemo(() => open(room.engine, { name: lesson.scenario }), [lesson]);
  const { opened, programme, curves } = design;
  useEffect(() => design.setProgramme(lesson.programme), [lesson]);
  // Who goes by keys is where the lesson is: at its head when it begins, at its step when that changes.
  const head = useRef<HTMLHeadingElement>(null);
  const steps = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => (step ? steps.current?.querySelector<HTMLElement>("[aria-current]") : head.current)?.focus(), [step]);
  const go = (next: number) => {
    setStep(next);
    if (next === 1) {
      clock.set(0);
      clock.play(true);
    }
    if (next === 2) design.change({ text: own.text });
  };
  const { clock: dates, live, end } = opened.programmes[programme];
  const without = curves.of(programme, 1, "practice");
  const start = without[Math.max(0, dates.start - 1)];
  const range = rangeOf([curves.of(programme, 0, "practice"), curves.of(programme, 0, "reported"), without, [start - 0.1, Math.min(1, start + 0.3)]]);
  // For those who cannot draw: two heights make a curve.
  const heights = [drawn[Math.min(opened.weeks - 1, end)] ?? start, drawn[opened.weeks - 1] ?? start];
  const lineUp = (top: number, later: number) =>
    setDrawn(Array.from({ length: opened.weeks }, (_, week) => {
      if (week <= live) return start;
      if (week <= end) return start + ((top - start) * (week - live)) / Math.max(1, end - live);
      return top + ((later - top) * (week - end)) / Math.max(1, opened.weeks - 1 - end);
    }));
  const right = answer === null ? null : lesson.choices.findIndex(({ low, high }) => answer >= low && answer < high);
  return (
    <div class="lesson">
      <button type="button" class="quiet" onClick={onBack} data-test="all-lessons">
        ← All lessons
      </button>
      <h2 ref={head} tabIndex={-1}>
        {lesson.title}
      </h2>
      <p class="lead">{lesson.about}</p>
      <ol class="steps" ref={steps}>
        {STEPS.map((name, place) => (
          <li key={name}>
            <button type="button" aria-current={step === place ? "step" : undefined} onClick={() => go(place)} data-test={`step-${name.toLowerCase()}`}>
              {place + 1}. {name}
            </button>
          </li>
        ))}
      </ol>
      {step === 0 && (
        <div class="predict">
          <fieldset>
            <legend>{lesson.question}</legend>
            {lesson.choices.map((option, place) => (
              <label key={option.says} class="option">
                <input type="radio" name="choice" checked={choice === place} onChange={() => setChoice(place)} data-test={`choice-${place}`} /> {option.says}
              </label>
            ))}
          </fieldset>
          <p>{lesson.draw} Draw with finger or mouse, or use the two sliders.</p>
          <Chart
            title={`Your prediction for “${opened.programmes[programme].name}”`}
            weeks={opened.weeks}
            height={280}
            lines={[]}
            phases={phasesOf(opened, programme)}
            marks={marksOf(opened)}
            week={opened.weeks - 1}
            range={range}
            drawn={drawn}
            onDraw={setDrawn}
          />
          <div class="heights">
            {["When support ends", "At the very end"].map((name, place) => (
              <label key={name}>
                {name}: {Math.round(heights[place] * 100)} %
                <input
                  type="range"
                  min={range[0]}
                  max={range[1]}
                  step={0.01}
                  value={heights[place]}
                  onInput={(event) => {
                    const value = Number(event.currentTarget.value);
                    lineUp(place ? heights[0] : value, place ? value : heights[1]);
                  }}
                  data-test={`height-${place}`}
                />
              </label>
            ))}
            <button type="button" onClick={() => setDrawn(new Array(opened.weeks).fill(null))} data-test="wipe">
              Wipe
            </button>
          </div>
          <button type="button" class="primary" onClick={() => go(1)} data-test="reveal">
            Reveal
          </button>
        </div>
      )}
      {step >= 1 && (
        <div class="columns">
          <div class="main-column">
            {step === 2 && (
              <section class="panel" aria-label="Where did it go?">
                <h3>Where did it go?</h3>
                <Explain room={room} opened={own} programme={lesson.programme} seed={design.seed} first="lost" />
              </section>
            )}
            <Chart
              title={`What happened to “${opened.programmes[programme].name}”${whose(design)}${drawn.some((value) => value !== null) ? "; dotted: your prediction" : ""}`}
              weeks={opened.weeks}
              height={280}
              lines={linesOf(design)}
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
                <h3>{lesson.question}</h3>
                {answer === null ? (
                  <p role="status">Asking 60 runs …</p>
                ) : (
                  <p data-test="answer">
                    Over 60 runs: <b>{Math.round(answer * 100)} %</b>. {right !== null && right >= 0 ? `“${lesson.choices[right].says}.”` : ""}{" "}
                    {choice === null ? "" : choice === right ? "You predicted it." : `You said: “${lesson.choices[choice].says}.” What did you expect that did not happen?`}
                  </p>
                )}
                <button type="button" class="primary" onClick={() => go(2)}>
                  Explain
                </button>
              </section>
            )}
            {step === 2 && (
              <section class="panel">
                <h3>Why</h3>
                {lesson.explain.map((text) => (
                  <p key={text}>{text}</p>
                ))}
                <button type="button" class="primary" onClick={() => go(3)}>
                  Try
                </button>
              </section>
            )}
            {step === 3 && (
              <section class="panel">
                <h3>Try</h3>
                <div class="trials">
                  <button type="button" aria-pressed={tried === null} onClick={() => (setTried(null), design.change({ text: own.text }))} data-test="trial-none">
                    As it was
                  </button>
                  {lesson.trials.map((trial, place) => (
                    <button
                      type="button"
                      key={trial.label}
                      aria-pressed={tried === place}
                      onClick={() => {
                        setTried(place);
                        design.change({ ...trial.does, text: own.text });
                        clock.set(1e9);
                      }}
                      data-test={`trial-${place}`}
                    >
                      {trial.label}
                    </button>
                  ))}
                </div>
                {tried !== null && <p class="ask">{lesson.trials[tried].ask}</p>}
                <button type="button" class="primary" onClick={() => design.run(200)} data-test="lesson-run">
                  {design.running ? `${design.running[0]} of 200` : "Run 200 times"}
                </button>
                {opened.programmes.length === own.programmes.length ? (
                  <Numbers design={design} engine={room.engine} currency={room.reference.currency} />
                ) : (
                  <Numbers design={{ ...design, programme: Math.min(programme, opened.programmes.length - 1) }} engine={room.engine} currency={room.reference.currency} />
                )}
              </section>
            )}
            <section class="panel">
              <h3>Talk about it</h3>
              <ul>
                {lesson.discuss.map((question) => (
                  <li key={question}>{question}</li>
                ))}
              </ul>
            </section>
          </div>
        </div>
      )}
    </div>
  );
}

export function Lessons({ room }: { room: Room }) {
  const [lesson, setLesson] = useState<Lesson | null>(null);
  const [sheet, setSheet] = useState<[Lesson, 15 | 60 | 90] | null>(null);
  if (sheet) return <Sheet lesson={sheet[0]} minutes={sheet[1]} onBack={() => setSheet(null)} />;
  if (lesson) return <LessonPage key={lesson.id} room={room} lesson={lesson} onBack={() => setLesson(null)} />;
  return (
    <div class="lessons">
      <p class="lead">Predict first, then look, then argue about why, then do better. Each lesson has a sheet for the person who leads it.</p>
      <div class="cards">
        {LESSONS.map((row) => (
          <article key={row.id} class="card">
            <h2>{row.title}</h2>
            <p>{row.about}</p>
            <div class="buttons">
              <button type="button" class="primary" onClick={() => setLesson(row)} data-test={`lesson-${row.id}`}>
                Begin
              </button>
              <span class="hint sheets">Sheets</span>
              {([15, 60, 90] as const).map((minutes) => (
                <button type="button" key={minutes} onClick={() => setSheet([row, minutes])} data-test={`sheet-${row.id}-${minutes}`}>
                  <span class="sr">{row.title}, sheet for </span>
                  {minutes} min
                </button>
              ))}
            </div>
          </article>
        ))}
      </div>
    </div>
  );
}
