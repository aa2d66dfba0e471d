/** The page: loads the engine that is in it, and shows what the address asks for. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Begin } from "./begin";
import { inRoom } from "./class";
import { Classroom } from "./classroom";
import { Compare } from "./compare";
import { Engine } from "./engine";
import { Explore, type Pin } from "./explore";
import { useKept } from "./keep";
import { open, type Changes, type Reference } from "./model";
import { forget, here, visit } from "./place";
import { Pool } from "./pool";
import { Standing } from "./standing";
import { fromLetters, unpack } from "./share";
import { pictures, redraws, useClock, useDesign, type Room } from "./store";
import { Lessons } from "./teaching";
import { Together } from "./together";
import { languageCode, t, word } from "./language";
import { languages, speakAsAsked, speakFrom } from "./languages";

const TABS = [
  ["begin", word("Begin")],
  ["explore", word("Explore")],
  ["compare", word("Compare")],
  ["lessons", word("Lessons")],
  ["together", word("Play together")],
  ["class", word("The class")],
  ["about", word("About")],
] as const;
/** There is a class only where the program serves a room. */
const tabs = () => TABS.filter(([name]) => name !== "class" || inRoom());
type Tab = (typeof TABS)[number][0];

interface Asked {
  tab: Tab;
  parts: URLSearchParams;
  first: Changes;
  preset: string;
  seed?: number;
  week?: number;
  /** Two designs to compare. */
  pair?: [string, string];
  fault: string;
}

const FIRST = "evaporating_ward";

/** A whole number in the address, where one is there. */
function numberIn(parts: URLSearchParams, name: string): number | undefined {
  const value = Number(parts.get(name));
  return parts.has(name) && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** What the address asks for: nothing, a tab, a lesson, a scenario, a plan. */
async function asked(room: Room): Promise<Asked> {
  const parts = here();
  const named = tabs().find(([name]) => name === parts.get("tab"))?.[0];
  // Whoever comes to a room without asking for anything else comes in.
  const comes = inRoom() && (["class", "host", "notes"].some((name) => parts.has(name)) || !parts.size);
  const tab = comes ? "class" : parts.get("plan") || parts.get("join") ? "together" : parts.get("lesson") || parts.get("sheet") || parts.get("debrief") ? "lessons" : (named ?? (parts.get("s") || parts.get("story") ? "explore" : "begin"));
  const story = parts.get("story") ?? FIRST;
  const standard: Asked = { tab, parts, first: { name: story }, preset: story, seed: numberIn(parts, "seed"), week: numberIn(parts, "week"), fault: "" };
  if (!room.reference.scenarios.some(({ name }) => name === story))
    return { ...standard, first: { name: FIRST }, preset: FIRST, fault: t("The address asks for the story “{story}”, which is not in this page.", { story }) };
  const read = async (name: string) => {
    const text = await unpack(parts.get(name)!);
    open(room.engine, { text });
    return text;
  };
  try {
    const pair: [string, string] | undefined = parts.get("a") && parts.get("b") ? [await read("a"), await read("b")] : undefined;
    if (!parts.get("s")) return { ...standard, pair };
    return { ...standard, pair, first: { text: await read("s") }, preset: parts.get("story") ?? "" };
  } catch (error) {
    return { ...standard, fault: t("The scenario in this address cannot be read: {why}", { why: (error as Error).message }) };
  }
}

function useTheme(): [string, (theme: string) => void] {
  const [theme, setTheme] = useKept("theme", "auto");
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return [theme, setTheme];
}

function App({ room, start }: { room: Room; start: Asked }) {
  const [asks, setTab] = useState<Tab>(start.tab);
  // In a class lessons and sheets would give the answers away: a telephone has the class alone until the lesson is at its end.
  const [closed, setClosed] = useState(inRoom());
  const [leads, setLeads] = useState(false);
  const tab = closed ? "class" : asks;
  const [preset, setPreset] = useState(start.preset);
  const [pin, setPin] = useKept<Pin | null>("pin", null);
  const [theme, setTheme] = useTheme();
  const [large, setLarge] = useKept("large", false);
  // What an address asks of a tab is for that tab alone, and for once.
  const [parts, setParts] = useState(start.parts);
  const design = useDesign(room, start.first, start.seed, "hospital");
  const clock = useClock(design.opened.weeks, tab !== "explore", start.week ?? 0);
  const admit = (open: boolean, leads: boolean) => {
    setClosed(!open);
    setLeads(leads);
    if (!open) setTab("class");
  };
  const show = (next: Tab) => {
    setParts(new URLSearchParams());
    setTab(next);
    visit({ tab: next });
  };
  useEffect(() => {
    design.setProgramme(numberIn(start.parts, "programme") ?? 0);
    design.setOrganisation(numberIn(start.parts, "hospital") ?? 0);
    document.body.dataset.ready = "1";
  }, []);
  useEffect(() => {
    document.documentElement.classList.toggle("large", large);
  }, [large]);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById("main")?.focus())}>
        {t("To the content")}
      </a>
      <header class="top">
        <h1>
          dewpoint <span>{t("Will it last?")}</span>
        </h1>
        <nav aria-label={t("Pages")}>
          {tabs().filter(([name]) => !closed || name === "class").map(([name, text]) => (
            <button type="button" key={name} aria-current={tab === name ? "page" : undefined} onClick={() => show(name)} data-test={`tab-${name}`}>
              {t(text)}
            </button>
          ))}
        </nav>
        <div class="looks">
          <label>
            <span class="sr">{t("Colours")}</span>
            <select value={theme} onChange={(event) => setTheme(event.currentTarget.value)} data-test="theme">
              <option value="auto">{t("as the system")}</option>
              <option value="light">{t("light")}</option>
              <option value="dark">{t("dark")}</option>
            </select>
          </label>
          <label>
            <span class="sr">{t("Language")}</span>
            <select value={languageCode()} onChange={(event) => speakFrom(event.currentTarget.value)} data-test="language">
              {languages().map(({ code, name }) => (
                <option value={code} lang={code} key={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <button type="button" aria-pressed={large} onClick={() => setLarge(!large)} data-test="large">
            A+<span class="sr"> {t("larger, for a projector")}</span>
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {start.fault && (
          <p class="fault" role="alert">
            {start.fault}
          </p>
        )}
        {tab === "begin" && <Begin room={room} onExplore={() => show("explore")} onLessons={() => show("lessons")} />}
        {tab === "explore" && <Explore room={room} design={design} clock={clock} preset={preset} setPreset={setPreset} pin={pin} setPin={setPin} />}
        {tab === "compare" && <Compare room={room} current={design} pin={pin} pair={parts === start.parts ? start.pair : undefined} week={parts === start.parts ? start.week : undefined} />}
        {tab === "lessons" && <Lessons room={room} parts={parts} />}
        {tab === "together" && <Together room={room} handed={parts.get("plan") ?? ""} joins={parts.get("join") ?? ""} />}
        {inRoom() && (tab === "class" || !leads) && (
          <div hidden={tab !== "class"}>
            <Classroom room={room} parts={parts} wanted={asks === "class"} onAdmit={admit} />
          </div>
        )}
        {tab === "about" && <About reference={room.reference} />}
      </main>
    </>
  );
}

function About({ reference }: { reference: Reference }) {
  return (
    <div class="about">
      <h2>{t("What this is")}</h2>
      <p>{t("A simulation of the staff of whole hospitals who live through an improvement programme, week by week, always beside the same people with the same luck and no programme. It runs in this page: no network is needed, and nothing is sent anywhere, except that in a class on the local network what you hand in goes to the room. Predictions and tables are remembered by this tab until it is closed, and what is shown is in the address, so that going back, reloading and handing on a link work.")}</p>
      <p>{t("Nothing in it says that gains fade. People tire, forget, talk to each other, leave and arrive; leaders back the work or stop; numbers are seen or not. What happens to the gain follows from that.")}</p>
      <h2>{t("What it is not")}</h2>
      <p>{t("Not a forecast for your ward. Sizes rest on published trials where there are any, and on judgement where there are none. Use it to ask better questions, not to settle them. The intervals say how well the mean over runs is known if the model is right.")}</p>
      <Standing />
      <h2>{t("How to read the ward")}</h2>
      <p>{t("Every mark is a person. Its shape is the profession, its fill how often the person does it, its ring how tired the person is. Click one (or walk there with the arrow keys and press Enter) to see what they believe, why they just changed, and the same person in the world without the programme.")}</p>
      <h2>{t("The same bytes")}</h2>
      <p>{t("The page and the command line are one program: a scenario saved here and run there with --fixed gives tables with the same digest; without it every run draws its parameters, and numbers differ. Version {version}.", { version: reference.version })}</p>
    </div>
  );
}

async function start() {
  await speakAsAsked();
  document.title = t("dewpoint: will it last?");
  document.querySelector(".loading")!.textContent = t("One moment …");
  const packed = fromLetters(document.getElementById("engine")!.textContent!.trim());
  let wasm: ArrayBuffer;
  if (typeof DecompressionStream === "undefined") throw new Error(t("this browser is too old for the page: please use one from 2023 or later"));
  wasm = await new Response(new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const engine = await Engine.of(wasm);
  const cores = Math.max(1, Math.min(6, (navigator.hardwareConcurrency || 2) - 1));
  const room: Room = { engine, pool: new Pool(wasm, engine, Math.max(2, cores)), reference: engine.ask({ do: "reference" }).json };
  // For the page's own tests: the engine itself, and how long pictures took.
  Object.assign(window, { dewpoint: { ask: (request: object) => engine.ask(request).json, redraws, pictures } });
  const app = document.getElementById("app")!;
  app.textContent = "";
  let turn = 0;
  const show = async () => {
    const mine = (turn += 1);
    forget();
    const start = await asked(room);
    // Whoever goes back twice wants to see the last.
    if (mine === turn) render(<App key={mine} room={room} start={start} />, app);
  };
  // Back, on, and an address that is followed while the page is open bring what a fresh page would.
  addEventListener("hashchange", show);
  await show();
}

start().catch((error) => {
  document.getElementById("app")!.textContent = "";
  const said = document.createElement("p");
  said.className = "fault";
  said.setAttribute("role", "alert");
  said.textContent = t("The page cannot start: {why}", { why: error.message });
  document.getElementById("app")!.append(said);
});
