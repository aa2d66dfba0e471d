/** The wall of a class: what all see, led by whoever has the key. */
import { useMemo, useState } from "preact/hooks";
import type { Lesson } from "./asks";
import { CLASS_STEPS, csv, lessonShown, plansHandedIn, predictionsCsv, STEP_NAMES, tableName, type Everything, type Host } from "./class";
import { Debrief } from "./debrief";
import { budgetOf } from "./game";
import { Happened } from "./happened";
import { useKept } from "./keep";
import { LESSONS } from "./lessons";
import { open } from "./model";
import { fairPlans, rank, rowsCsv, type Told } from "./rank";
import { Ranked } from "./ranked";
import { cohortCode, readPlan } from "./share";
import { save } from "./sharing";
import { Rules } from "./rules";
import { Answers, countsOf, DrawnSpread } from "./spread";
import { Square } from "./square";
import type { Room } from "./store";
import { languageCode, many, t, tx, word } from "./language";

interface Props {
  room: Room;
  host: Host;
}

/** The lesson and the step, chosen by whoever leads; the same on the wall and in the notes. */
export function Lead({ host }: { host: Host }) {
  const shown = host.all?.shown;
  const lesson = lessonShown(shown);
  const at = CLASS_STEPS.indexOf(shown?.step ?? "wait");
  const next = CLASS_STEPS[at + 1];
  // Another lesson comes to every telephone at once: whoever leads is asked first where somebody would be cut short.
  const [wanted, want] = useState("");
  const handed = [...(host.all?.predictions ?? []), ...(host.all?.plans ?? [])].some((row) => row.lesson === lesson?.id);
  const other = LESSONS.find(({ id }) => id === wanted && id !== lesson?.id);
  return (
    <div class="lead-bar no-print">
      <label>
        {t("Lesson")}{" "}
        <select value={other?.id ?? lesson?.id ?? ""} onChange={(event) => (handed ? want(event.currentTarget.value) : host.show(event.currentTarget.value, "wait"))} data-test="wall-lesson">
          {!lesson && <option value="">{t("choose one")}</option>}
          {LESSONS.map(({ id, title }) => (
            <option value={id} key={id}>
              {t(title)}
            </option>
          ))}
        </select>
      </label>
      {lesson && other && (
        <p role="alert" class="ask-first">
          {t("Everybody's telephone goes to “{other}” at once. What was handed in for “{lesson}” is kept.", { other: t(other.title), lesson: t(lesson.title) })}{" "}
          <button type="button" class="primary" onClick={() => (want(""), host.show(other.id, "wait"))} data-test="lesson-for-all">
            {t("Go there with all")}
          </button>{" "}
          <button type="button" onClick={() => want("")} data-test="lesson-stays">
            {t("Stay here")}
          </button>
        </p>
      )}
      {lesson && !other && (
        <>
          <ol class="steps">
            {CLASS_STEPS.map((step) => (
              <li key={step}>
                <button type="button" aria-current={shown?.step === step ? "step" : undefined} onClick={() => host.show(lesson.id, step)} data-test={`wall-${step}`}>
                  {t(STEP_NAMES[step])}
                </button>
              </li>
            ))}
          </ol>
          {next && (
            <button type="button" class="primary" onClick={() => host.show(lesson.id, next)} data-test="wall-next">
              {t("Next: {step}", { step: t(STEP_NAMES[next]) })}
            </button>
          )}
        </>
      )}
    </div>
  );
}

export function Wall({ room, host }: Props) {
  const { all, led } = host;
  const lesson = lessonShown(all?.shown);
  if (!all || !led) return <p role="status">{host.fault || t("One moment …")}</p>;
  const step = lesson ? all.shown.step : "wait";
  return (
    <div class="wall" data-test="wall">
      <Lead host={host} />
      {host.fault && (
        <p class="fault" role="alert">
          {host.fault}
        </p>
      )}
      {step === "wait" ? (
        <ComeIn host={host} lesson={lesson} />
      ) : (
        <p class="hint no-print">
          <InRoom people={all.people.length} /> {tx("To come in: {address}, code {code}", { address: addressOf(led.addresses[0], led.port), code: <b>{led.code}</b> })}
        </p>
      )}
      {lesson && step !== "wait" && <Showing key={lesson.id} room={room} host={host} all={all} lesson={lesson} />}
    </div>
  );
}

/** How many are in: the number stands out. */
function InRoom({ people }: { people: number }) {
  return <>{tx(people === 1 ? word("{people} person is in the room.") : word("{people} people are in the room."), { people: <b data-test="people">{people}</b> })}</>;
}

const addressOf = (address: string | undefined, port: number) => (address ? `http://${address}:${port}/` : location.origin + "/");

function ComeIn({ host, lesson }: { host: Host; lesson?: Lesson }) {
  const { all, led } = host;
  const [place, setPlace] = useState(0);
  const address = addressOf(led!.addresses[place] ?? led!.addresses[0], led!.port);
  return (
    <section class="panel come-in">
      <div>
        <h2>{lesson ? t(lesson.title) : t("Come in")}</h2>
        {lesson && <p class="lead">{t(lesson.about)}</p>}
        <p>{t("With a telephone in this network, open")}</p>
        <p class="big-code address">{address}</p>
        <p>{t("and come in with the code")}</p>
        <p class="big-code" data-test="room-code">
          {led!.code}
        </p>
        <p>
          <InRoom people={all!.people.length} /> {t("Nobody is asked for a name.")}
        </p>
        <div class="buttons no-print">
          <button type="button" onClick={() => host.open(!all!.open)} data-test="door">
            {all!.open ? t("Close the door") : t("Open the door")}
          </button>
          {led!.addresses.length > 1 && (
            <button type="button" onClick={() => setPlace((place + 1) % led!.addresses.length)}>
              {t("Another address")}
            </button>
          )}
        </div>
        {!all!.open && <p class="fault">{t("The door is closed: nobody else can come in.")}</p>}
        {!led!.addresses.length && <p class="fault">{t("No network was found: telephones cannot come in. The sheets say how it goes on paper.")}</p>}
      </div>
      <Square part="class" code={led!.code} label={t("The way into the room")} address={`${address}${languageCode() === "en" ? "" : `?lang=${languageCode()}`}#class=${led!.code}`} />
    </section>
  );
}

function Showing({ room, host, all, lesson }: Props & { all: Everything; lesson: Lesson }) {
  const step = all.shown.step;
  const own = useMemo(() => open(room.engine, { name: lesson.scenario }), [lesson]);
  const handed = all.predictions.filter((prediction) => prediction.lesson === lesson.id);
  const plans = all.plans.filter((plan) => plan.lesson === lesson.id);
  const [early, setEarly] = useState(false);
  const [told, setTold] = useKept<Told | null>(`class.ranked.${host.led!.seed}.${lesson.id}`, null);
  const ranked = (told: Told) => {
    setTold(told);
    // Each telephone is told its own place.
    const rowOf = (table: string) => told.rows.find(({ tables }) => tables.includes(table));
    host.rank(lesson.id, plans.flatMap((plan): [number, number | null][] => [rowOf(tableName(plan))].flatMap((row) => (row ? [[plan.number, row.place]] : []))));
  };
  const counts = countsOf(lesson, handed);
  const exported = () => {
    const { end } = own.programmes[lesson.programme];
    save(`${lesson.id}-predictions.csv`, predictionsCsv(handed, () => [Math.min(own.weeks - 1, end), own.weeks - 1]), "text/csv");
    // A browser may take a second file at once for a trick.
    setTimeout(() => save(`${lesson.id}-plans.csv`, told ? rowsCsv(told) : csv([["table", "plan"], ...plans.map((plan) => [tableName(plan), plan.plan])]), "text/csv"), 300);
  };
  return (
    <>
      {step === "predict" && (
        <section class="panel">
          <h2>{t(lesson.question)}</h2>
          <p class="lead">{t(lesson.about)}</p>
          <p>
            {tx("{answered} of {people} have answered.", { answered: <b data-test="answered">{handed.length}</b>, people: all.people.length })}{" "}
            <button type="button" aria-pressed={early} onClick={() => setEarly(!early)} data-test="early">
              {t("Show the spread already")}
            </button>
          </p>
          {early ? (
            <>
              <Answers lesson={lesson} counts={counts} />
              <DrawnSpread handed={handed} opened={own} programme={lesson.programme} />
            </>
          ) : (
            <>
              <ul class="lead">
                {lesson.choices.map(({ says }) => (
                  <li key={says}>{t(says)}</li>
                ))}
              </ul>
              <p class="hint">{t("Who sees what others say, says it too: the spread comes with the reveal, or by the button.")}</p>
            </>
          )}
        </section>
      )}
      {(step === "reveal" || step === "explain") && <Happened room={room} lesson={lesson} handed={handed} counts={counts} explained={step === "explain"} />}
      {step === "try" && (
        <section class="panel">
          <h2>{t("Make it last")}</h2>
          <Rules lesson={lesson} budget={budgetOf(own)} currency={room.reference.currency} />
          <p class="lead">{t("Change what the programme does on your telephone, and hand in one plan a table. The last one counts.")}</p>
          <p>
            {tx(plans.length === 0 ? word("{plans} plans are in.") : plans.length === 1 ? word("{plans} plan is in: {tables}") : word("{plans} plans are in: {tables}"), { plans: <b data-test="planned">{plans.length}</b>, tables: plans.map(tableName).join(", ") })}
          </p>
        </section>
      )}
      {step === "rank" && <Plans room={room} seed={host.led!.seed} lesson={lesson} plans={plans} told={told} onTold={ranked} />}
      {step === "debrief" && <Debrief room={room} lesson={lesson} counts={counts} handed={handed} people={all.people.length} told={told} />}
      {(step === "rank" || step === "debrief") && (
        <div class="buttons no-print">
          <button type="button" onClick={exported} data-test="class-csv">
            {t("Predictions and plans as tables (CSV)")}
          </button>
        </div>
      )}
    </>
  );
}

/** All plans under the same lucks, none of which any table has seen. */
function Plans({ room, seed, lesson, plans, told, onTold }: { room: Room; seed: number; lesson: Lesson; plans: Everything["plans"]; told: Told | null; onTold(told: Told): void }) {
  const [said, say] = useState("");
  const [notes, setNotes] = useState<string[]>([]);
  const begin = async () => {
    try {
      const { plans: read, wrong } = await plansHandedIn(plans, readPlan);
      const fair = fairPlans(room, read, cohortCode({ lesson: lesson.code, seed }));
      if (!fair.plans.length) {
        setNotes([...wrong, ...fair.wrong]);
        return say(t("There is no plan to rank."));
      }
      const found = await rank(room, fair.plans, say);
      setNotes([...wrong, ...fair.wrong, ...found.said]);
      onTold(found);
      say("");
    } catch (error) {
      say((error as Error).message);
    }
  };
  return (
    <section class="panel">
      <h2>{t("Who made it last?")}</h2>
      <button type="button" class="primary no-print" onClick={() => void begin()} data-test="wall-rank-now">
        {many(plans.length, "Rank {count} plan|Rank {count} plans")}
      </button>{" "}
      <span role="status">{said}</span>
      {notes.map((note) => (
        <p class="hint" key={note}>
          {note}
        </p>
      ))}
      {told && <Ranked told={told} currency={room.reference.currency} />}
    </section>
  );
}
