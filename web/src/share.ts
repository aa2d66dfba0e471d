/** Scenarios and plans as short texts: for the address bar, for codes, for QR. */
import { t } from "./language";

async function through(bytes: Uint8Array, stream: GenericTransformStream): Promise<Uint8Array> {
  const answer = new Response(new Blob([bytes as BlobPart]).stream().pipeThrough(stream as any));
  return new Uint8Array(await answer.arrayBuffer());
}

function toLetters(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromLetters(letters: string): Uint8Array {
  const text = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Text in few letters that survive an address bar. The first letter says how: z compressed, p plain. */
export async function pack(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  if (typeof CompressionStream === "undefined") return `p${toLetters(bytes)}`;
  return `z${toLetters(await through(bytes, new CompressionStream("deflate-raw")))}`;
}

export async function unpack(packed: string): Promise<string> {
  const bytes = fromLetters(packed.slice(1));
  if (packed[0] === "p") return new TextDecoder().decode(bytes);
  if (packed[0] !== "z") throw new Error(t("this is not a code of this page"));
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
}

/** Letters and digits that cannot be mistaken for each other (Crockford). */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A cohort: which lesson, and the seed that gives every table the same hospital and the same luck. */
export interface Cohort {
  lesson: string;
  seed: number;
}

const check = (text: string) => LETTERS[[...text].reduce((sum, letter) => (sum * 7 + letter.charCodeAt(0)) % 31, 3)];

/** A cohort as `EVA-7K3Q8`: the lesson's letters, four letters of seed, one to catch a slip of the pen. */
export function cohortCode({ lesson, seed }: Cohort): string {
  let letters = "";
  for (let place = 3; place >= 0; place--) letters += LETTERS[(seed >> (5 * place)) & 31];
  return `${lesson}-${letters}${check(lesson + letters)}`;
}

export function readCohort(code: string, lessons: string[]): Cohort {
  const clean = code.trim().toUpperCase().replaceAll("O", "0").replaceAll("I", "1").replaceAll("L", "1");
  const found = lessons.find((lesson) => clean.startsWith(lesson.replaceAll("O", "0").replaceAll("I", "1").replaceAll("L", "1")));
  const letters = clean.slice(found?.length ?? 0).replace(/[^0-9A-Z]/g, "");
  if (!found || letters.length !== 5) throw new Error(t("a code looks like EVA-7K3Q8"));
  if (check(found + letters.slice(0, 4)) !== letters[4]) throw new Error(t("there is a slip in this code: compare it letter by letter"));
  return { lesson: found, seed: [...letters.slice(0, 4)].reduce((sum, letter) => sum * 32 + LETTERS.indexOf(letter), 0) };
}

/** What one table hands in. */
export interface Plan {
  table: string;
  cohort: string;
  changes: [string, string][];
}

export async function planCode(plan: Plan): Promise<string> {
  return `DP1.${await pack(JSON.stringify([plan.table, plan.cohort, plan.changes]))}`;
}

export async function readPlan(code: string): Promise<Plan> {
  const packed = code.trim().match(/DP1\.([A-Za-z0-9_-]+)/);
  if (!packed) throw new Error(t("a plan begins with DP1."));
  const [table, cohort, changes] = JSON.parse(await unpack(packed[1]));
  if (typeof table !== "string" || typeof cohort !== "string" || !Array.isArray(changes)) throw new Error(t("this plan is damaged"));
  return { table, cohort, changes };
}

/**
 * What a square says: an address that opens this page with `part` in it, or the code alone where another machine could not
 * follow the address, because the page lies on a disk or is served to this machine only.
 */
export function squareText(place: { protocol: string; hostname: string; href: string }, part: string, code: string): string {
  const elsewhere = /^https?:$/.test(place.protocol) && !/^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(place.hostname);
  return elsewhere ? `${place.href.split("#")[0]}#${part}=${code}` : code;
}

/** Seeds that nobody has seen, the same for every table of a cohort. */
export const otherSeed = (seed: number) => 1_000_003 + seed;
