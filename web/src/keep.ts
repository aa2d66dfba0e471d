/** What this tab remembers until it is closed: predictions, tables, looks. Other tabs have their own. */
import { useState } from "preact/hooks";

const PREFIX = "dewpoint.";

/** What was kept under a name, or something else where there is nothing, or where the browser keeps nothing. */
export function kept<T>(name: string, otherwise: T): T {
  try {
    const text = sessionStorage.getItem(PREFIX + name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function keep(name: string, value: unknown) {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // The page goes on without a memory.
  }
}

/** A state that outlives a reload. */
export function useKept<T>(name: string, otherwise: T): [T, (value: T | ((before: T) => T)) => void] {
  const [value, set] = useState<T>(() => kept(name, otherwise));
  return [
    value,
    (next) =>
      set((before) => {
        const value = next instanceof Function ? next(before) : next;
        keep(name, value);
        return value;
      }),
  ];
}
