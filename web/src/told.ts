/**
 * What the engine says in English sentences with numbers in them, in the reader's language. Each form of such a sentence stands
 * here once; a language has it like any other words. What has no form here is shown as the engine says it.
 */
import { FINDINGS } from "./findings";
import { decimal, languageCode, locale, t, word } from "./language";
import { listed } from "./words";

/** Forms from whole sentences down to what stands in their gaps; of two that fit, the first is taken. */
export const FORMS = [
  word("{caption} The table below the picture has its numbers."),
  // Where the gain went.
  word("{programme} had {gain} when support ended; {months} months later {left}."),
  word("Had everything the model can hold stayed as it was in the last week of support, the gain would have gone on to grow by {amount}. With the {value} points lost that makes {sum} to explain."),
  word("Of these, {parts}."),
  word("Of the {value} points lost in the {months} months after support ended, {parts}."),
  word("Of the {value} points that never came, {parts}."),
  word("{parts}, together {sum} points. That is more than the {value} points {whole} in all: other causes {rest}."),
  word("{parts}. That is more than the {value} points {whole} in all: other causes {rest}."),
  word("The largest part is that of {cause}."),
  word("The parts of {cause} and {other} cannot be told apart."),
  word("Whether there is a part of {parts} is not clear."),
  word("{causes} has hardly a part: less than 0.1 points either way."),
  word("{causes} have hardly a part: less than 0.1 points either way."),
  word("Even with all of these taken away, {amount} would have gone: what is forgotten, and habits that never formed."),
  word("With all of these taken away, there is no clear loss: {amount}."),
  word("The difference grew: the change since the end of support is {amount}. The parts in the table say what pulled either way."),
  word("No loss is clear: the change since the end of support is {amount}. The parts in the table say what pulled either way."),
  word("Without any of the barriers the model can take away, {programme} would have had {gain} by the end of support instead of {other}."),
  word("That is no clear difference: {amount}."),
  word("A cause of loss is taken away by leaving it as it was in the last week of support. {method}"),
  word("Each cause was taken away alone and with every combination of the others, under the same luck: {count} worlds, {runs} runs each. A part is the mean of what a cause adds over all orders of taking causes away (Shapley 1953), so that the parts add up; alone and last say how far it depends on the order."),
  // The picture.
  word("Of {amount} {whole}, {cause} takes most, though not clearly: {part}."),
  word("Of {amount} {whole}, {cause} takes most: {part}."),
  word("Of {amount} {whole}, {cause} keeps away most, though not clearly: {part}."),
  word("Of {amount} {whole}, {cause} keeps away most: {part}."),
  word("{cause} takes most, though not clearly: {part}. That is more than the {value} points {whole} in all: others give back {sum}."),
  word("{cause} takes most: {part}. That is more than the {value} points {whole} in all: others give back {sum}."),
  word("{cause} keeps away most, though not clearly: {part}. That is more than the {value} points {whole} in all: others bring {sum}."),
  word("{cause} keeps away most: {part}. That is more than the {value} points {whole} in all: others bring {sum}."),
  word("From the gain when support ends to that {months} months later. Each step is what a cause takes, as a mean over all orders in which causes can be taken away, with its 95 % interval; grey: cannot be told from nothing. The last step is what happens with all causes taken away."),
  word("{months} months later"),
  // Money.
  word("The budget is {money}, of which {left_over} is left over."),
  word("The levers cost {value} times the budget of {money}: each lever that costs money runs at {share} % of its strength."),
  // What stands in their gaps.
  word("{cause} took {amount}"),
  word("{cause} kept away {amount}"),
  word("{cause} gave back {amount}"),
  word("{cause} brought {amount}"),
  word("gave back {amount}"),
  word("brought {amount}"),
  word("{amount} were left"),
  word("practice was {amount} lower than without it"),
  word("nothing that can be told from luck was left, {amount}"),
  word("a gain of {amount}"),
  word("a loss of {amount}"),
  word("no clear gain, {amount}"),
  word("{value} points ({low} to {high})"),
  word("{value} points"),
  word("{value} ({low} to {high}), no clear change"),
  word("{value} ({low} to {high})"),
  word("{cause} ({value}, {low} to {high})"),
  word("{cause} {value} ({low} to {high})"),
];

/** Sentences, names and ends of sentences that have no gap. */
export const ENGINE_WORDS = [
  word("No loss is clear enough to be explained."),
  word("No barrier clearly keeps the gain from being more."),
  word("From the gain when support ends to what it would be without any of the barriers: what each keeps away, as a mean over all orders in which they can be taken away, with its 95 % interval; grey: cannot be told from nothing."),
  word("no gain"),
  word("no gain that could be measured"),
  word("nothing was left"),
  word("what was left is not simulated"),
  word("lost"),
  word("lost or kept from coming"),
  word("to explain"),
  word("that never came"),
  word("staff turnover"),
  word("withdrawn support"),
  word("withdrawn incentives"),
  word("lost leaders"),
  word("policy churn"),
  word("fatigue"),
  word("cynicism"),
  word("lack of skill"),
  word("lack of time"),
  word("poor fit"),
  word("indifferent leaders"),
  word("people leaving"),
  word("competing programmes"),
  word("gain at end"),
  word("gain still to come"),
  word("gain left"),
  word("gain without barriers"),
  word("gain when support ends"),
  word("growth, had all stayed"),
  word("lost all the same"),
  word("without any barrier"),
  word("Net gain, percentage points"),
  // What a room refuses.
  word("not so fast: once more in a few seconds"),
  word("this is for who leads the class: open the address that the program printed"),
  word("this is not the code of the room: compare it letter by letter"),
  word("join the room first"),
  word("the room is closed: ask whoever leads the class"),
  word("the room is full"),
  word("predictions are not taken now"),
  word("the answer has been shown: predictions of this lesson are closed"),
  word("plans are not taken now"),
  word("you have handed in as often as anybody may"),
];

const NUMBER = "[+−-]?[\\d.,]*\\d(?: %| days)?";
const GAPS: Record<string, string> = { value: NUMBER, low: NUMBER, high: NUMBER, sum: `${NUMBER}|${NUMBER} points.*?`, share: NUMBER, months: "\\d+", count: "[\\d,]+", runs: "[\\d,]+", many: "\\d+", limit: NUMBER, before: NUMBER, after: NUMBER, most: NUMBER, fewest: "\\d+", longest: "\\d+", left_over: NUMBER, cause: "[^.;(]+?", from: "[^.,;:()]{1,20}", to: "[^.,;:()]{1,20}", whole: "lost or kept from coming|lost|to explain|that never came" };
const patterns = () =>
  [...FORMS, ...FINDINGS].map((form) => {
    const gaps = [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const source = form.split(/\{(\w+)\}/).map((part, place) => (place % 2 ? `(${GAPS[part] ?? ".+?"})` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    return { form, gaps, pattern: new RegExp(`^${source.join("")}$`) };
  });
let made: ReturnType<typeof patterns> | null = null;

/** What stands between commas and "and", not within brackets. */
const pieces = (list: string) => list.split(/(?:, | and )(?![^(]*\))/);

const MONTHS = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?= \d{4})/g;

/** Numbers and months as the language writes them. */
function numbers(text: string): string {
  const written = text.replace(/\d{1,3}(?:,\d{3})+|\d+\.\d+/g, (number) => (number.includes(",") ? Number(number.replaceAll(",", "")).toLocaleString(locale()) : decimal(number)));
  const dated = written.replace(MONTHS, (month) => new Date(`${month} 1, 2000`).toLocaleDateString(locale(), { month: "short" }));
  return dated.replace(/(^|[ (])-(?=\d)/g, "$1−");
}

/** What stands in a gap: a list, words of whoever brought the numbers, or what the engine says. */
const gap = (name: string, text: string) => (LISTS.has(name) ? listed(pieces(text).map(told)) : OWN.has(name) ? text : told(text));
const LISTS = new Set(["parts", "causes", "times"]);
const OWN = new Set(["what", "name", "names", "numerator", "denominator", "date"]);

/** A sentence begins with a capital letter where that of the engine did. */
const begun = (text: string, said: string) => (/^[A-Z].*\.$/.test(text) ? said.charAt(0).toUpperCase() + said.slice(1) : said);

/** What the engine says, in the reader's language. */
export function told(text: string): string {
  if (languageCode() === "en" || !text) return text;
  const known = [text, text.charAt(0).toLowerCase() + text.slice(1)].map((one) => [one, t(one)]).find(([one, said]) => said !== one)?.[1];
  if (known) return known;
  // A sentence that is a list of parts.
  if (/^[^.]+ (gave back|brought) .*\)\.$/.test(text) && !text.includes(". ")) return begun(text, `${listed(pieces(text.slice(0, -1)).map(told))}.`);
  made ??= patterns();
  for (const { form, gaps, pattern } of made) {
    const found = text.match(pattern);
    if (found) return begun(text, t(form, Object.fromEntries(gaps.map((name, place) => [name, gap(name, found[place + 1])]))));
  }
  return numbers(text);
}

const ROW = /(?:<text x="[\d.]+" y="[\d.]+" text-anchor="end" class="row">[^<]*<\/text>)+/g;
/** Letters in a line of a name beside its bar, and between two lines. */
const [WIDE, APART] = [18, 13.8];

/** A drawing of the engine whose bars lie, with its names in the reader's language. */
export function toldDrawing(svg: string): string {
  if (languageCode() === "en") return svg;
  const rows = svg.replace(ROW, (row) => {
    const lines = [...row.matchAll(/x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => ({ x, y: Number(y), text }));
    // Lines of one name lie close together.
    const names: (typeof lines)[] = [];
    for (const line of lines) {
      const last = names.at(-1)?.at(-1);
      if (last && line.y - last.y < APART + 1) names.at(-1)!.push(line);
      else names.push([line]);
    }
    return names
      .map((name) => {
        const middle = name.reduce((sum, { y }) => sum + y, 0) / name.length;
        const wrapped = told(name.map(({ text }) => text).join(" ")).split(" ").reduce<string[]>((all, next) => (all.length && `${all.at(-1)} ${next}`.length <= WIDE ? [...all.slice(0, -1), `${all.at(-1)} ${next}`] : [...all, next]), []);
        return wrapped.map((text, place) => `<text x="${name[0].x}" y="${(middle + (place - (wrapped.length - 1) / 2) * APART).toFixed(1)}" text-anchor="end" class="row">${text}</text>`).join("");
      })
      .join("");
  });
  return rows.replace(/>([^<]+)</g, (all, text) => (/class="row">$/.test(all) ? all : `>${told(text)}<`));
}
