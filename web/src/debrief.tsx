/** What a class takes along, to read, to print and to show as slides: predicted, happened, tried, said and not said. */
import { useEffect } from "preact/hooks";
import { Answered } from "./answered";
import { decided, type Lesson } from "./asks";
import { Bars } from "./bars";
import { useBeside } from "./beside";
import { Chart, roomy } from "./chart";
import type { HandedPrediction } from "./class";
import { figures } from "./figures";
import { called, linesOf, marksOf, phasesOf } from "./parts";
import type { Told } from "./rank";
import { Ranked } from "./ranked";
import { Answers, curvesSpread, drawnInWords } from "./spread";
import { Standing } from "./standing";
import { useDesign, type Room } from "./store";
import { sentences } from "./usual";
import { quoted } from "./words";
import { locale, many, t } from "./language";

interface Props {
  room: Room;
  lesson: Lesson;
  /** How often each answer was given. */
  counts: number[];
  /** Where hands were counted instead, what to do with the count. */
  onCounts?: (counts: number[]) => void;
  handed: HandedPrediction[];
  people: number;
  told: Told | null;
}

export function Debrief({ room, lesson, counts, onCounts, handed, people, told }: Props) {
  const design = useDesign(room, { name: lesson.scenario });
  const { opened, programme } = design;
  useEffect(() => design.setProgramme(lesson.programme), [lesson]);
  // One page after another, or each part a page of its own: paper is told by the root.
  const { classList } = document.documentElement;
  useEffect(() => () => classList.remove("slides"), []);
  const usual = figures(lesson.id);
  const right = decided(lesson, usual.answer);
  const { middle, low, high, many: drew } = curvesSpread(handed, opened.weeks);
  const there = (values: (number | null)[]) => values.filter((value): value is number => value !== null && Number.isFinite(value));
  const beside = useBeside(room, lesson, design.seed);
  const lines = [...linesOf(design), ...(beside ? [beside.line] : [])];
  const all = counts.reduce((sum, count) => sum + count, 0);
  const asSlides = (on: boolean) => {
    classList.toggle("slides", on);
    print();
  };
  return (
    <article class="debrief" data-test="debrief">
      <div class="buttons no-print">
        <button type="button" onClick={() => asSlides(false)} data-test="print-debrief">
          {t("Print")}
        </button>
        <button type="button" onClick={() => asSlides(true)} data-test="print-slides">
          {t("Print as slides")}
        </button>
      </div>
      <section class="slide panel">
        <h2>{t("What we take along: {lesson}", { lesson: t(lesson.title) })}</h2>
        <p class="lead">{t(lesson.about)}</p>
        <p>
          {new Date().toLocaleDateString(locale(), { day: "numeric", month: "long", year: "numeric" })}
          {people > 0 && `; ${many(people, "{count} person|{count} people")}`}
        </p>
        <p class="hint">{t("From a simulation of made-up wards, not from yours: to ask better questions, not to settle them.")}</p>
      </section>
      <section class="slide panel">
        <h2>{t("What you predicted")}</h2>
        <p class="lead">{t(lesson.question)}</p>
        {onCounts && (
          <fieldset class="hands no-print">
            <legend class="sr">{t("Hands counted for each answer")}</legend>
            {lesson.choices.map(({ says }, place) => (
              <label key={says}>
                {t("Hands for “{answer}”", { answer: t(says) })} <input type="number" min={0} max={999} value={counts[place]} onInput={(event) => onCounts(counts.map((count, row) => (row === place ? Math.max(0, Math.min(999, Math.round(Number(event.currentTarget.value)) || 0)) : count)))} data-test={`hands-${place}`} />
              </label>
            ))}
          </fieldset>
        )}
        {all > 0 ? <Answers lesson={lesson} counts={counts} right={right} /> : <p class="hint">{t("Nothing was handed in.")}</p>}
      </section>
      <section class="slide panel">
        <h2>{t("What happened")}</h2>
        <p class="lead" data-test="debrief-answer">
          <Answered lesson={lesson} answer={usual.answer} runs={usual.runs} /> {right !== null && quoted(`${t(lesson.choices[right].says)}.`)} {all > 0 && right !== null && (counts[right] ? t("{count} of {all} had said so.", { count: counts[right], all }) : t("Nobody had said so."))}
        </p>
        <Chart
          title={[t("{programme} in one run", { programme: called(opened, programme) }), beside?.says, drew ? drawnInWords(drew) : ""].filter(Boolean).join("; ")}
          weeks={opened.weeks}
          height={280}
          lines={lines}
          bands={drew ? [{ low, high, colour: "var(--choice4)" }] : []}
          phases={phasesOf(opened, programme)}
          marks={marksOf(opened)}
          week={opened.weeks - 1}
          range={roomy([...lines.map(({ values }) => values), there(middle), there(low), there(high)])}
          drawn={middle}
        />
        <p>{sentences(lesson, usual)[1]}</p>
      </section>
      {lesson.picture.kind === "bars" && (
        <section class="slide panel">
          <h2>{t("What it hung on")}</h2>
          <Bars lesson={lesson} />
        </section>
      )}
      <section class="slide panel">
        <h2>{t("What you tried")}</h2>
        {told && told.rows.length > 0 ? (
          <>
            <Ranked told={told} currency={room.reference.currency} />
            <ul class="tried">
              {told.rows.map(({ name, tried }) => (
                <li key={name}>
                  <b>{name}:</b> {tried}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p class="hint">{t("No plans were ranked.")}</p>
        )}
      </section>
      <section class="slide panel">
        <h2>{t("What the review found, and what the model says")}</h2>
        <div class="scroll whole" tabIndex={0} role="region" aria-label={t("The review beside the model")}>
          <table data-test="beside">
            <thead>
              <tr>
                <th scope="col">{t("The review, in our words")}</th>
                <th scope="col">{t("The model")}</th>
              </tr>
            </thead>
            <tbody>
              {lesson.beside.map(({ review, where, claim }) => (
                <tr key={review}>
                  <td>
                    {t(review)} <span class="hint">{t(where)}</span>
                  </td>
                  <td>{t(lesson.explain[claim].says)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="hint">{t("The review: Dixon-Woods, McNicol and Martin, Overcoming challenges to improving quality, the Health Foundation 2012. The model was built with the review in hand: that the two agree is no proof of either.")}</p>
      </section>
      <section class="slide panel">
        <h2>{t("What it cannot say")}</h2>
        <ul>
          {lesson.cannot.map((text) => (
            <li key={text}>{t(text)}</li>
          ))}
        </ul>
        <Standing />
      </section>
      <section class="slide panel">
        <h2>{t("To talk about")}</h2>
        <ul class="lead">
          {lesson.discuss.map((text) => (
            <li key={text}>{t(text)}</li>
          ))}
        </ul>
      </section>
    </article>
  );
}
