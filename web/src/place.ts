/**
 * Where somebody is, as the part of the address after `#`: back, reload and a link that is handed on lead to the same view.
 * A step to another view can be gone back on; what moves within a view only renews the address.
 */

export type Where = Record<string, string | number | undefined>;

export const here = () => new URLSearchParams(location.hash.slice(1));

const text = (where: Where) =>
  Object.entries(where)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
    .join("&");

let waits: ReturnType<typeof setTimeout> | undefined;
let unsaid: (() => Promise<Where> | Where) | null = null;
/** One after another: packing a scenario takes a moment. */
let turn = Promise.resolve();

async function renew() {
  const [say, from] = [unsaid, location.hash];
  unsaid = null;
  if (!say) return;
  const next = `#${text(await say())}`;
  // Somebody may have gone back meanwhile.
  if (from === location.hash && next !== from) history.replaceState(null, "", next);
}

/** Goes to another view; what the last one showed is noted before. */
export function visit(where: Where) {
  clearTimeout(waits);
  turn = turn.then(renew).then(() => {
    const next = `#${text(where)}`;
    if (next !== location.hash) history.pushState(null, "", next);
  });
}

/** Notes what the present view shows, when it rests. */
export function note(where: () => Promise<Where> | Where) {
  clearTimeout(waits);
  unsaid = where;
  waits = setTimeout(() => (turn = turn.then(renew)), 250);
}

/** Forgets what has not been noted: whoever goes back leads. */
export function forget() {
  clearTimeout(waits);
  unsaid = null;
}
