/** What a lever takes, which the engine says in English of regular form: `0.5 hours of a coach a unit a week (prices.key)`. */
import { decimal, languageCode, t } from "./language";

const FORM = /^(GBP )?([\d.]+) ?(hours? of .+?)?( an organisation| a unit| a member of the team| a member of staff| a newcomer)?((?: a week)?(?:,? [a-z].*)?)? \((prices\.\w+)\)$/;

/** The words of a price, piece by piece: what it is of, for each of what, when. */
function pieces(price: string): { amount: string; of: string; each: string; when: string; key: string } | null {
  const found = price.match(FORM);
  if (!found) return null;
  const [, currency, amount, of, each = "", when = "", key] = found;
  return { amount, of: currency ? "GBP" : of, each: each.trim(), when: when.replace(/^,/, "").trim(), key };
}

/** The words of prices that a language has to have. */
export function pieced(price: string): string[] {
  return price.split("; ").flatMap((one) => {
    const found = pieces(one);
    return found ? [found.of, found.each, found.when].filter(Boolean) : one.startsWith("nothing") ? [price] : [one];
  });
}

/** What a lever takes, in the reader's language. */
export function priced(price: string): string {
  if (languageCode() === "en") return price;
  const one = (text: string) => {
    const found = pieces(text);
    if (!found) return t(text);
    const words = [decimal(found.amount), t(found.of), found.each && t(found.each), found.when && t(found.when)].filter(Boolean);
    return `${words.join(" ")} (${found.key})`;
  };
  return price.startsWith("nothing") ? t(price) : price.split("; ").map(one).join("; ");
}
