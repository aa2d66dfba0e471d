/** What a lever takes, which the engine says in English of regular form: `0.5 hours of a coach a unit a week (prices.key)`. */
import { decimal, languageCode, t } from "./language";

const WHO = "frontline staff|patients or carers|the unit leader|a leading clinician|a data analyst|an? \\w+";
const EACH = "an organisation|a unit|a member of the team|a member of staff|a newcomer";
const FORM = new RegExp(`^(?:(GBP) ([\\d.]+)|([\\d.]+) (hours? of (?:${WHO})))(?: (${EACH}))?(?: (a week))?(.*) \\((prices\\.\\w+)\\)$`);

/** A price taken apart: how much, and in words of what, for each of what, how often and when. */
function pieces(price: string) {
  const found = price.match(FORM);
  if (!found) return null;
  const [, currency, sum, hours, of, each = "", week = "", when, key] = found;
  const some = (words: string[]) => words.map((text) => text.trim()).filter(Boolean);
  return { amount: sum ?? hours, words: some([currency ?? of.replace("hour ", "hours "), each, week]), when: some(when.split(/,? (?=planning|once|before|after|while)/)), key };
}

const parts = (price: string) => (price.startsWith("nothing of its own") ? [price] : price.split("; "));

/** The words that a language has to have for a price. */
export const pieced = (price: string): string[] => parts(price).flatMap((part) => [...(pieces(part)?.words ?? [part]), ...(pieces(part)?.when ?? [])]);

/** What a lever takes, in the reader's language. */
export function priced(price: string): string {
  if (languageCode() === "en") return price;
  const one = (part: string) => {
    const found = pieces(part);
    if (!found) return t(part);
    const words = [decimal(found.amount), ...found.words.map((text) => t(text))].join(" ");
    return `${[words, ...found.when.map((text) => t(text))].join(", ")} (${found.key})`;
  };
  return parts(price).map(one).join("; ");
}
