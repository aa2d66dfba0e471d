/**
 * The words of the page in the reader's language. English stands where it is said and is the key; a language is one file in
 * `web/words/`, and what it does not say stays English. Nothing is said before `speak`: words are looked up when they are drawn.
 */

export interface Language {
  code: string;
  /** What it is called in itself. */
  name: string;
  /** For numbers, dates and money. */
  locale: string;
  /** Whether names are written small within a sentence. */
  small?: boolean;
  words: Record<string, string>;
}

const ENGLISH: Language = { code: "en", name: "English", locale: "en-GB", small: true, words: {} };
let spoken = ENGLISH;
let forms = new Intl.PluralRules(ENGLISH.locale);

/** From now on everything is said in this language. */
export function speak(language: Language) {
  spoken = language;
  forms = new Intl.PluralRules(language.locale);
}

export const locale = () => spoken.locale;
export const languageCode = () => spoken.code;
/** For what is said in English whatever the language: those who read it aloud are told. */
export const inEnglish = () => (spoken.code === "en" ? undefined : "en");

/**
 * Marks words that are said elsewhere, by `t` of a name: nothing happens to them here.
 * @__NO_SIDE_EFFECTS__
 */
export function word<T extends string>(text: T): T {
  return text;
}

type Values = Record<string, string | number>;
const fill = (text: string, values: Values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));

/** What the language has for a text; a name that somebody gave a programme may be any word. */
const own = (text: string) => (Object.hasOwn(spoken.words, text) ? spoken.words[text] : undefined);

/** Words in the reader's language. `as` tells apart what English calls by one word: `support`, a profession. */
export function t(text: string, values: Values = {}, as = ""): string {
  const found = (as && own(`${text} [${as}]`)) || own(text) || text;
  return fill(found, values);
}

/** Words in which some places are drawn, not written: `<b>` for a number, say. */
export function tx(text: string, values: Record<string, preact.ComponentChildren>): preact.ComponentChildren[] {
  const parts = t(text).split(/\{(\w+)\}/);
  return parts.map((part, place) => (place % 2 ? values[part] : part));
}

/** So many of something: the forms of the language in the order of its plural categories, between bars. */
export function many(count: number, text: string, values: Values = {}): string {
  const found = t(text).split("|");
  const categories = forms.resolvedOptions().pluralCategories;
  // Those of Intl come in no order of grammar: as files have them, the smallest number first and "other" last.
  const order = ["zero", "one", "two", "few", "many", "other"].filter((category) => (categories as string[]).includes(category));
  const form = found[order.indexOf(forms.select(count))] ?? found.at(-1)!;
  return fill(form, { count: count.toLocaleString(spoken.locale), ...values });
}

/** A name within a sentence: small, or as it is where names keep their letters. */
export const within = (name: string) => (spoken.small ? name.toLowerCase() : name);

/** Decimal point or comma, as the language has it. */
export function decimal(text: string): string {
  const sign = new Intl.NumberFormat(spoken.locale).formatToParts(1.1).find(({ type }) => type === "decimal")!.value;
  return text.replace(".", sign);
}
