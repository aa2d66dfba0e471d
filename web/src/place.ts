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

type Say = () => Promise<Where> | Where;
let waits: ReturnType<typeof setTimeout> | undefined;
let unsaid: Say | null = null;
/** One after another: packing a scenario takes a moment. */
let turn = Promise.resolve();

/** The name of the present entry in the browser's history: what is noted is noted of this one and of no other. */
function arrive(): number {
  if (typeof history.state?.id !== "number") history.replaceState({ id: Math.random() }, "");
  return history.state.id;
}
let present = arrive();

/** Says in the address what is unsaid now, when its turn comes; nothing where somebody has gone elsewhere meanwhile. */
function renew() {
  const [say, id] = [unsaid, present];
  clearTimeout(waits);
  unsaid = null;
  if (!say) return;
  turn = turn.then(async () => {
    const next = `#${text(await say())}`;
    if (history.state?.id === id && next !== location.hash) history.replaceState({ id }, "", next);
  });
}

/** Goes to another view; what the last one showed is noted before. */
export function visit(where: Where) {
  renew();
  const [from, id] = [present, Math.random()];
  present = id;
  turn = turn.then(() => {
    const next = `#${text(where)}`;
    if (history.state?.id !== from) return;
    if (next === location.hash) history.replaceState({ id }, "", next);
    else history.pushState({ id }, "", next);
  });
}

/** Notes what the present view shows, when it rests. */
export function note(where: Say) {
  clearTimeout(waits);
  unsaid = where;
  waits = setTimeout(renew, 250);
}

/** Forgets what has not been noted: whoever goes back leads. */
export function forget() {
  clearTimeout(waits);
  unsaid = null;
  present = arrive();
}
