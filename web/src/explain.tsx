/** Where the gain went: the experiment of the command line, its worlds lived by the page's workers. */
import { useEffect, useRef, useState } from "preact/hooks";
import { letters, useWidth } from "./chart";
import type { Opened } from "./model";
import type { Room } from "./store";
import { KEY, knownIn } from "./parts";
import { between, points } from "./words";
import { languageCode, many, t, tx, word } from "./language";
import { told, toldDrawing } from "./told";

export type Question = "lost" | "missed";
interface Cell {
  columns: { name: string }[];
  rows: (string | number | null)[][];
}
interface Told {
  runs: number;
  title: string;
  sentences: string[];
  steps: Cell;
  picture: { title: string; caption: string; svg: string } | null;
  digest: string;
}
/** Gain when support ends and some months later. */
type Gains = [number | null, number | null];

/** Replicates of every world at first, and with every wish for more. */
export const RUNS = 8;
/** Worlds that a worker lives at a time. */
const PIECE = 16;
/** Replicates from which on there is an interval to show. */
const FEWEST = 2;

/** Widths from the report: bars stand from here on, and lie where there is no room for their names. */
const STANDING = 620;
const LYING = 348;

/** Names in other languages are longer than bars that stand have room for. */
const lies = () => languageCode() !== "en";

interface Asked {
  text: string;
  seed: number;
  programme: number;
  months: number;
  question: Question;
}

/** Lives every world so often, from where `gains` left it, and tells of each replicate that is whole. */
async function live(room: Room, asked: Asked, gains: Gains[][], runs: number, progress: (done: number, all: number, worlds: number) => void, whole: (replicate: number) => void, stopped: () => boolean) {
  const piece = async (worlds: [number, number], replicates: [number, number]) =>
    (await room.pool.ask({ do: "gains", ...asked, worlds: { start: worlds[0], end: worlds[1] }, replicates: { start: replicates[0], end: replicates[1] } })).json;
  const { worlds } = await piece([0, 0], [0, 0]);
  while (gains.length < worlds) gains.push([]);
  const before = gains[0].length;
  const pieces: [number, number][] = [];
  for (let replicate = before; replicate < runs; replicate++) for (let world = 0; world < worlds; world += PIECE) pieces.push([replicate, world]);
  const left = new Array(runs).fill(Math.ceil(worlds / PIECE));
  let [next, done, shown] = [0, 0, before];
  progress(before * worlds, runs * worlds, worlds);
  const one = async () => {
    while (next < pieces.length && !stopped()) {
      const [replicate, world] = pieces[next++];
      const end = Math.min(worlds, world + PIECE);
      const found: { gains: Gains[][] } = await piece([world, end], [replicate, replicate + 1]);
      if (stopped()) return;
      found.gains.forEach(([gain], place) => (gains[world + place][replicate] = gain));
      done += end - world;
      progress(before * worlds + done, runs * worlds, worlds);
      left[replicate] -= 1;
      // In order: a later replicate may be whole before an earlier one.
      while (shown < runs && left[shown] === 0) whole(++shown);
    }
  };
  await Promise.all(Array.from({ length: room.pool.size }, one));
}

/** Months after support for which the weeks of a design reach: two years, or one. */
export const monthsOf = (opened: Opened, programme: number) => (opened.weeks >= opened.programmes[programme].end + 108 ? 24 : 12);

interface Props {
  room: Room;
  opened: Opened;
  seed: number;
  programme: number;
  question: Question;
}

export function Explained({ room, opened, seed, programme, question }: Props) {
  const [box, width] = useWidth();
  const [answer, setTold] = useState<Told | null>(null);
  const [progress, setProgress] = useState<[number, number, number]>([0, 1, 0]);
  const [wanted, setWanted] = useState(RUNS);
  const [fault, setFault] = useState("");
  const asked: Asked = { text: opened.text, seed, programme, months: monthsOf(opened, programme), question };
  const key = JSON.stringify(asked);
  const kept = useRef<{ key: string; gains: Gains[][] }>({ key: "", gains: [] });
  const tell = useRef(async (_: number) => {});
  const latest = useRef(0);
  tell.current = async (replicates: number) => {
    const mine = (latest.current += 1);
    const gains = kept.current.gains.map((world) => world.slice(0, replicates));
    const space = width / letters();
    const { json } = await room.pool.ask({ do: "explain", ...asked, gains, width: space < STANDING || lies() ? Math.min(space, LYING) : space });
    if (mine === latest.current && kept.current.key === key) setTold(json);
  };
  useEffect(() => {
    let stale = false;
    if (kept.current.key !== key) {
      kept.current = { key, gains: [] };
      setTold(null);
    }
    const { gains } = kept.current;
    setFault("");
    live(
      room,
      asked,
      gains,
      wanted,
      (...now) => setProgress(now),
      (replicates) => {
        if (replicates >= FEWEST) tell.current(replicates).catch((error) => setFault((error as Error).message));
      },
      () => stale,
    ).catch((error) => {
      if (!stale) setFault((error as Error).message);
    });
    return () => {
      stale = true;
    };
  }, [key, wanted]);
  useEffect(() => {
    // The picture is drawn for the width there is.
    if (answer) void tell.current(answer.runs);
  }, [width]);
  const [done, all, worlds] = progress;
  const rows = answer?.steps.rows ?? [];
  return (
    <div data-test="explained" data-runs={answer?.runs ?? 0} data-digest={answer?.digest ?? ""}>
      <p role="status" class="hint">
        {worlds ? t("{worlds} worlds, one for every combination of causes taken away, {runs} each, under the same luck", { worlds, runs: done < all ? many(wanted, "{done} of {count} run|{done} of {count} runs", { done: answer?.runs ?? 0 }) : many(answer?.runs ?? 0, "{count} run|{count} runs") }) : "…"}
        {done < all ? ` (${Math.round((100 * done) / all)} %)` : ""}.
      </p>
      {done < all && <progress max={all} value={done} aria-label={t("Worlds lived")} />}
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div ref={box}>
        {answer?.picture && (
          <figure class={`drawn${lies() ? " lies" : ""}`} data-test="waterfall">
            <p class="says">{told(answer.picture.title)}</p>
            <div dangerouslySetInnerHTML={{ __html: toldDrawing(answer.picture.svg) }} />
            <figcaption class="hint">{told(answer.picture.caption)}</figcaption>
          </figure>
        )}
      </div>
      {answer && (
        <>
          <details>
            <summary>{t("In words")}</summary>
            {[answer.title, ...answer.sentences].map((sentence) => (
              <p key={sentence}>{told(sentence)}</p>
            ))}
          </details>
          <details>
            <summary>{t("The same as a table")}</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("step")}</th>
                  <th scope="col">{t("points")}</th>
                  <th scope="col">{t("interval")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(([, step, , value, low, high]) => (
                  <tr key={String(step)}>
                    <th scope="row">{told(String(step))}</th>
                    <td>
                      <b>{points(value as number | null, 2)}</b>
                    </td>
                    <td>
                      {between(points(low as number | null, 2), points(high as number | null, 2))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
          <p class="hint">
            {tx("The same as {command}.", { command: <code>{`dewpoint explain … --fixed --only ${question} --months ${asked.months} --runs ${answer.runs} --seed ${seed}`}</code> })}
          </p>
          <button type="button" disabled={done < all} onClick={() => setWanted(wanted + RUNS)} data-test="more-runs">
            {t("{runs} more runs, for narrower intervals", { runs: RUNS })}
          </button>
        </>
      )}
    </div>
  );
}

/** Both questions of a design, asked when somebody wants to know. */
export function Explain({ room, opened, seed, programme, first = null, week }: Omit<Props, "question"> & { first?: Question | null; week: number }) {
  const [question, setQuestion] = useState<Question | null>(first);
  useEffect(() => setQuestion(first), [opened.text, seed, programme]);
  // Where it went is asked when it has gone.
  const from = knownIn(opened, programme, KEY[monthsOf(opened, programme) === 24 ? 2 : 1][2]);
  const early = week < from;
  return (
    <>
      {early && <p class="hint">{t("Play on to week {week}, then ask.", { week: from })}</p>}
      <div class="choice" role="group" aria-label={t("Which gain")}>
        {(
          [
            ["lost", word("Where did the gain go?")],
            ["missed", word("Why was it not more?")],
          ] as const
        ).map(([which, says]) => (
          <button type="button" key={which} disabled={early} aria-pressed={question === which} onClick={() => setQuestion(which)} data-test={`ask-${which}`}>
            {t(says)}
          </button>
        ))}
      </div>
      {question && !early && <Explained key={question} room={room} opened={opened} seed={seed} programme={programme} question={question} />}
    </>
  );
}
