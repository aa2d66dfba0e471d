/** Numbers and keys as words that a ward sister would use. */

import { NAMES } from "./names";

/** A key as words: by its plainer name, or `two_words` as `Two words`. */
export function title(key: string): string {
  const words = NAMES[key] ?? key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const points = (share: number | null | undefined, digits = 1) =>
  share == null || !Number.isFinite(share) ? "–" : `${signed(share * 100, digits)}`;

export function signed(number: number, digits = 1): string {
  const text = Math.abs(number).toFixed(digits);
  if (Number(text) === 0) return text;
  return (number < 0 ? "−" : "+") + text;
}

export const percent = (share: number | null | undefined) =>
  share == null || !Number.isFinite(share) ? "–" : `${whole(share * 100)} %`;

/** A whole number, with a minus sign where it is less than nothing. */
export const whole = (number: number) => `${Math.round(number) < 0 ? "−" : ""}${Math.abs(Math.round(number))}`;

/** Money in three digits: `£184,000`. */
export function money(amount: number, currency = "GBP"): string {
  const sign = currency === "GBP" ? "£" : `${currency} `;
  if (!Number.isFinite(amount)) return "–";
  const size = Math.max(1, 10 ** (Math.floor(Math.log10(Math.max(1, Math.abs(amount)))) - 2));
  const rounded = Math.round(amount / size) * size;
  return (rounded < 0 ? "−" : "") + sign + Math.abs(rounded).toLocaleString("en-GB");
}

/** A week of the simulation as `week 66, year 2`: weeks count from 0, as in files, fields and reports. */
export function when(week: number): string {
  return `week ${week}, year ${Math.floor(week / 52) + 1}`;
}

export const plural = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
