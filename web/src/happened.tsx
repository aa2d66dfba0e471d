/** The wall of a class once it has predicted: what happened, over what was drawn; then why. The answer comes with the last week. */
import { useEffect, useState } from "preact/hooks";
import { Answered } from "./answered";
import { decided, type Lesson } from "./asks";
import { Bars } from "./bars";
import { useBeside } from "./beside";
import { Chart, roomy, until } from "./chart";
import type { Everything } from "./class";
import { Stage } from "./explore";
import { Explain } from "./explain";
import { useAnswer } from "./lesson";
import { called, linesOf, marksOf, phasesOf, SmallCharts, Transport } from "./parts";
import { Person } from "./person";
import { Answers, curvesSpread, drawnInWords } from "./spread";
import { useClock, useDesign, type Room } from "./store";
import { many, t } from "./language";

interface Props {
  room: Room;
  lesson: Lesson;
  handed: Everything["predictions"];
  counts: number[];
  /** Whether it is told why. */
  explained: boolean;
}

export function Happened({ room, lesson, handed, counts, explained }: Props) {
  const design = useDesign(room, { name: lesson.scenario });
  const { opened, programme } = design;
  const last = opened.weeks - 1;
  const clock = useClock(opened.weeks, false, explained ? last : 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const [show, setShow] = useState({ opinion: false, blockers: false, team: false });
  useEffect(() => design.setProgramme(lesson.programme), [lesson]);
  useEffect(() => {
    if (explained) clock.set(last);
  }, [explained]);
  const answer = useAnswer(room, lesson, design.seed, true);
  const beside = useBeside(room, lesson, design.seed);
  const { middle, low, high, many: drew } = curvesSpread(handed, opened.weeks);
  const toldAll = clock.week >= last;
  const right = toldAll && answer ? decided(lesson, answer) : null;
  const there = (values: (number | null)[]) => values.filter((value): value is number => value !== null && Number.isFinite(value));
  const lines = [...linesOf(design), ...(beside ? [beside.line] : [])];
  return (
    <div class="columns">
      <div class="main-column">
        {explained && (
          <section class="panel" aria-label={t("What it hangs on")}>
            <h2>{t(lesson.question)}</h2>
            <Bars lesson={lesson} />
            {lesson.picture.kind === "lost" && <Explain room={room} opened={opened} programme={lesson.programme} seed={design.seed} first="lost" week={last} />}
          </section>
        )}
        <Transport clock={clock} weeks={opened.weeks} />
        <Chart
          title={[t("What happened to {programme} in one run", { programme: called(opened, programme) }), beside?.says, drew ? drawnInWords(drew) : ""].filter(Boolean).join("; ")}
          weeks={opened.weeks}
          height={320}
          lines={lines}
          bands={drew ? [{ low, high, colour: "var(--choice4)" }] : []}
          phases={phasesOf(opened, programme)}
          marks={marksOf(opened)}
          week={clock.week}
          range={roomy([...lines.map(({ values }) => until(values, clock.week)), there(middle), there(low), there(high)])}
          drawn={middle}
        />
        <Stage design={design} clock={clock} show={show} setShow={setShow} onPerson={setChosen} chosen={chosen} />
        <SmallCharts design={design} clock={clock} />
      </div>
      <div class="side-column">
        {chosen !== null && <Person room={room} design={design} clock={clock} chosen={chosen} onClose={() => setChosen(null)} />}
        <section class="panel">
          <h2>{t(lesson.question)}</h2>
          <Answers lesson={lesson} counts={counts} right={right} />
          {!toldAll ? (
            <p>
              {t("The answer comes with the last week.")}{" "}
              <button type="button" onClick={() => (clock.play(false), clock.set(last))} data-test="wall-to-the-end">
                {t("To the end")}
              </button>
            </p>
          ) : answer === null ? (
            <p role="status">{t("Asking 60 runs …")}</p>
          ) : (
            <p class="lead" data-test="wall-answer">
              <Answered lesson={lesson} answer={answer} runs={60} /> {right === null ? "" : counts[right] === 0 ? t("Nobody said so.") : many(counts[right], "{count} person said so.|{count} people said so.")}
            </p>
          )}
        </section>
        {explained && (
          <section class="panel">
            <h2>{t("Why")}</h2>
            {lesson.explain.map(({ says }) => (
              <p key={says}>{t(says)}</p>
            ))}
          </section>
        )}
        {explained && (
          <section class="panel">
            <h2>{t("Talk about it")}</h2>
            <ul>
              {lesson.discuss.map((question) => (
                <li key={question}>{t(question)}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}
