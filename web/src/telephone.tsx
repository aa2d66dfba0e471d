/** A class as one telephone sees it: come in with the code, predict, plan, look at the wall. Nobody is asked for a name. */
import { useEffect, useState } from "preact/hooks";
import type { Lesson } from "./asks";
import { askRoom, fromThousandths, lessonShown, toThousandths, useAsked, type Refused, type Seen } from "./class";
import { useKept } from "./keep";
import { Predict, type Prediction } from "./predict";
import { cohortCode } from "./share";
import { useDesign, type Room } from "./store";
import { Table } from "./table";
import { t, tx } from "./language";

/** A code as it is written: no letter that could be another. */
const clean = (code: string) => code.trim().toUpperCase().replaceAll("O", "0").replaceAll("I", "1").replaceAll("L", "1").replaceAll("U", "V");

export function Telephone({ room, code, onOver }: { room: Room; code: string; onOver(over: boolean): void }) {
  const [token, setToken] = useKept("class.token", "");
  const [typed, setTyped] = useState(code);
  const [said, say] = useState("");
  const asked = useAsked<Seen>(token ? () => askRoom<Seen>("/room", { "X-Token": token }) : null, token);
  const over = asked.told?.seen.shown.step === "debrief";
  useEffect(() => onOver(over), [over]);
  const join = async (code: string) => {
    try {
      const { token } = await askRoom<{ token: string }>("/room/join", {}, { code: clean(code) });
      setToken(token);
      say("");
    } catch (error) {
      say((error as Error).message);
    }
  };
  useEffect(() => {
    if (code && !token) void join(code);
  }, []);
  // Whom the room does not know any more comes in anew.
  useEffect(() => {
    if (asked.fault?.status === 401) {
      setToken("");
      say(t("This room does not know you any more: come in again."));
    }
  }, [asked.fault]);
  if (!token)
    return (
      <form
        class="panel come-in"
        onSubmit={(event) => {
          event.preventDefault();
          void join(typed);
        }}
      >
        <h2>{t("Come in")}</h2>
        <p>{t("Your class is here. Nobody asks for your name.")}</p>
        <label>
          {t("The code on the wall")} <input value={typed} maxLength={8} autocapitalize="characters" autocomplete="off" onInput={(event) => setTyped(event.currentTarget.value)} data-test="class-code" />
        </label>
        <button type="submit" class="primary" data-test="class-join">
          {t("Come in")}
        </button>
        {said && (
          <p class="fault" role="alert">
            {said}
          </p>
        )}
      </form>
    );
  const seen = asked.told?.seen;
  if (!asked.told || !seen) return <p role="status">{asked.fault ? asked.fault.message : t("One moment …")}</p>;
  const lesson = lessonShown(seen.shown);
  const send = async (path: string, body: object) => {
    await askRoom(path, { "X-Token": token }, body);
    asked.again();
  };
  return (
    <div class="telephone" data-test="telephone">
      <p class="hint">
        {tx("You are number {number} of {people} here.", { number: <b data-test="my-number">{seen.number}</b>, people: seen.people })} {asked.fault && <span class="fault">{asked.fault.message}</span>}
      </p>
      {!lesson || seen.shown.step === "wait" ? (
        <section class="panel">
          <h2>{lesson ? t(lesson.title) : t("You are in")}</h2>
          <p>
            {lesson ? t(lesson.about) : t("It begins soon.")} {t("Look at the wall.")}
          </p>
        </section>
      ) : seen.shown.step === "predict" && !seen.revealed ? (
        <Predicting key={lesson.id} room={room} lesson={lesson} told={asked.told} send={(body) => send("/room/prediction", body)} />
      ) : seen.shown.step === "try" ? (
        <Table
          key={lesson.id}
          room={room}
          cohort={cohortCode({ lesson: lesson.code, seed: asked.told.seed })}
          seed={asked.told.seed}
          lesson={lesson}
          hand={(table, plan) => send("/room/plan", { lesson: lesson.id, table, plan })}
          handed={seen.plan?.plan ?? ""}
        />
      ) : (
        <section class="panel">
          <h2>{t(lesson.title)}</h2>
          <p>
            {t("Look at the wall.")} {over && t("The other pages are open to you now.")}
          </p>
          {seen.shown.step === "predict" && <p data-test="closed">{t("The answer has been shown: predictions of this lesson are closed.")}</p>}
          {seen.prediction && (
            <p data-test="my-answer">
              {t("You said: “{answer}”.", { answer: t(lesson.choices[seen.prediction.choice]?.says ?? "") })}
            </p>
          )}
          {seen.ranked && (seen.shown.step === "rank" || over) && (
            <p class="lead" data-test="my-place">
              {seen.ranked.place === null ? t("Your plan got no place: it gains nothing, or keeps no more than the story's own plan.") : t("Your plan is in place {place}.", { place: seen.ranked.place })}
            </p>
          )}
          {seen.shown.step === "explain" && (
            <ul>
              {lesson.discuss.map((question) => (
                <li key={question}>{t(question)}</li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}

function Predicting({ room, lesson, told, send }: { room: Room; lesson: Lesson; told: Seen; send(body: object): Promise<void> }) {
  const design = useDesign(room, { name: lesson.scenario });
  const own = told.seen.prediction?.lesson === lesson.id ? told.seen.prediction : null;
  const [prediction, setPrediction] = useKept<Prediction>(`class.prediction.${told.seed}.${lesson.id}`, { choice: own?.choice ?? null, drawn: own ? fromThousandths(own.drawn, design.opened.weeks) : [], seen: false });
  const [said, say] = useState(own ? t("Handed in. You may change it until it is shown.") : "");
  const before = own !== null;
  useEffect(() => design.setProgramme(lesson.programme), [lesson]);
  const hand = async () => {
    try {
      await send({ lesson: lesson.id, choice: prediction.choice, drawn: toThousandths(prediction.drawn) });
      say(before ? t("Handed in again: it replaces your first answer. You may change it until it is shown.") : t("Handed in. You may change it until it is shown."));
    } catch (error) {
      say((error as Refused).message);
    }
  };
  return (
    <section class="panel">
      <h2>{t(lesson.title)}</h2>
      <p>{t(lesson.about)}</p>
      <Predict
        lesson={lesson}
        design={design}
        prediction={prediction}
        onPrediction={(next) => {
          setPrediction(next);
          say("");
        }}
        onReveal={() => void hand()}
        action={t("Hand in")}
      />
      <p role="status" data-test="handed-in">
        {said}
      </p>
    </section>
  );
}
