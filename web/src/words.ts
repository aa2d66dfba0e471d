/** Numbers and keys as words that a ward sister would use, in the reader's language. */

import { decimal, locale, t } from "./language";
import { NAMES } from "./names";

/** The English words of a key: its plainer name, or `two_words` as `Two words`. */
export function named(key: string): string {
  const words = NAMES[key] ?? key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A key as words. */
export const title = (key: string) => t(named(key));

export const points = (share: number | null | undefined, digits = 1) =>
  share == null || !Number.isFinite(share) ? "–" : `${signed(share * 100, digits)}`;

/** A number of so many digits, without its sign. */
export const digits = (number: number, many = 1) => decimal(Math.abs(number).toFixed(many));

export function signed(number: number, many = 1): string {
  const text = digits(number, many);
  if (Number(Math.abs(number).toFixed(many)) === 0) return text;
  return (number < 0 ? "−" : "+") + text;
}

export const percent = (share: number | null | undefined) =>
  share == null || !Number.isFinite(share) ? "–" : `${whole(share * 100)} %`;

/** A whole number, with a minus sign where it is less than nothing. */
export const whole = (number: number) => `${Math.round(number) < 0 ? "−" : ""}${Math.abs(Math.round(number))}`;

/** A count with what the language puts between thousands. */
export const counted = (number: number) => number.toLocaleString(locale());

/** An amount in as many digits as leave three of another, of itself where none is given. */
export function rounded(amount: number, like = amount): number {
  const size = Math.max(1, 10 ** (Math.floor(Math.log10(Math.max(1, Math.abs(like)))) - 2));
  return Math.round(amount / size) * size;
}

/** Money in three digits: `£184,000`; in the digits of another amount where both are added. */
export function money(amount: number, currency = "GBP", like = amount): string {
  if (!Number.isFinite(amount)) return "–";
  const said = rounded(amount, like);
  const text = Math.abs(said).toLocaleString(locale(), { style: "currency", currency, maximumFractionDigits: 0 });
  return (said < 0 ? "−" : "") + text;
}

/** A week of the simulation as `week 66, year 2`: weeks count from 0, as in files, fields and reports. */
export const when = (week: number) => t("week {week}, year {year}", { week, year: Math.floor(week / 52) + 1 });

/** In quotation marks. */
export const quoted = (text: string) => t("“{text}”", { text });

/** The ends of an interval. */
export const between = (low: string, high: string) => t("{low} to {high}", { low, high });

/** A profession: what others call by the same word is another thing. */
export const profess = (name: string) => t(name, {}, "profession");

/** `a, b and c`. */
export const listed = (names: string[]) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(names);
