/** Taking results along: a link with the whole scenario, the picture, the tables, the file for the command line. */
import { useState } from "preact/hooks";
import type { Design, Room } from "./store";
import { pack } from "./share";
import { t } from "./language";

export function save(name: string, content: BlobPart, type: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The first run chart on the page as a picture, with the colours it has now. */
export async function picture(): Promise<Blob> {
  const svg = document.querySelector<SVGSVGElement>("main .chart:not(.small) svg")!;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((element, place) => {
    const style = getComputedStyle(element);
    for (const key of ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "opacity", "paint-order", "stroke-linejoin"])
      to[place].setAttribute(key, style.getPropertyValue(key));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const [width, height, head] = [svg.clientWidth || 800, svg.clientHeight || 300, 34];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, (height + head) * 2];
  const out = canvas.getContext("2d")!;
  const root = getComputedStyle(document.documentElement);
  out.fillStyle = root.getPropertyValue("--paper");
  out.fillRect(0, 0, canvas.width, canvas.height);
  out.fillStyle = root.getPropertyValue("--ink");
  out.font = "600 32px system-ui, sans-serif";
  out.fillText(svg.closest("figure")!.querySelector("figcaption")!.textContent!, 16, 46);
  out.drawImage(image, 0, head * 2, width * 2, height * 2);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
}

/** The address of this page with the whole scenario in it. */
export async function linkOf(design: Design, week: number): Promise<string> {
  return `${location.href.split("#")[0]}#tab=explore&s=${await pack(design.opened.text)}&seed=${design.seed}&week=${week}`;
}

export function SharePanel({ room, design, week }: { room: Room; design: Design; week: number }) {
  const [said, say] = useState("");
  const [link, setLink] = useState("");
  const { opened, seed } = design;
  const file = `${(opened.title || "scenario").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "")}`;
  const runs = 200;
  const tables = async () => {
    say(t("running {runs} times …", { runs }));
    const { json } = await room.pool.ask({ do: "results", text: opened.text, seed, runs, files: ["weekly.csv", "outcomes.csv"] });
    for (const { name, text } of json.files) save(`${file}_${name}`, text, "text/csv");
    say(t("Saved. Digest {digest}: the same as of  {command}", { digest: json.digest, command: `dewpoint run ${file}.toml --fixed --runs ${runs} --seed ${seed}` }));
  };
  return (
    <section class="panel share" aria-label={t("Take it along")}>
      <h2>{t("Take it along")}</h2>
      <div class="buttons">
        <button
          type="button"
          data-test="link"
          onClick={async () => {
            const text = await linkOf(design, week);
            setLink(text);
            try {
              await navigator.clipboard.writeText(text);
              say(t("The link is copied; the whole scenario is in it."));
            } catch {
              say(t("Copy the link below; the whole scenario is in it."));
            }
          }}
        >
          {t("Link")}
        </button>
        <button type="button" data-test="png" onClick={async () => save(`${file}.png`, await picture(), "image/png")}>
          {t("Picture (PNG)")}
        </button>
        <button type="button" data-test="csv" onClick={() => tables().catch((error) => say(error.message))}>
          {t("Tables (CSV)")}
        </button>
        <button
          type="button"
          data-test="toml"
          onClick={() => {
            // The command goes with the file: run without --fixed it gives other numbers than the page.
            save(`${file}.toml`, `# As on the page: dewpoint run ${file}.toml --fixed --seed ${seed}\n${opened.text}`, "text/plain");
            say(t("Run it with  {command}", { command: `dewpoint run ${file}.toml --fixed --seed ${seed}` }));
          }}
        >
          {t("Scenario (TOML)")}
        </button>
      </div>
      {link && <input class="link" readOnly value={link} aria-label={t("Link to this scenario")} onFocus={(event) => event.currentTarget.select()} />}
      <p class="hint" role="status">
        {said}
      </p>
    </section>
  );
}
