/** The languages that lie in the page, and the one that the address asks for: `?lang=de`. */
import { speak, type Language } from "./language";
import { inRoom } from "./class";
import { fromLetters } from "./share";

/** English, and every file of words that the build found. */
export function languages(): { code: string; name: string }[] {
  const found = [...document.querySelectorAll<HTMLScriptElement>("script[data-language]")];
  return [{ code: "en", name: "English" }, ...found.map(({ dataset }) => ({ code: dataset.language!, name: dataset.name! }))];
}

/** Speaks as the address asks; what nobody has put into words is said in English. */
export async function speakAsAsked() {
  const asked = new URLSearchParams(location.search).get("lang");
  // In a class everybody's own telephone has a language of its own, where the address says none.
  const code = asked ?? (inRoom() ? navigator.language.split("-")[0] : "en");
  const packed = languages().some((one) => one.code === code) && document.querySelector(`script[data-language="${code}"]`)?.textContent;
  if (!packed) return;
  const bytes = fromLetters(packed.trim());
  const text = await new Response(new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  speak(JSON.parse(text) as Language);
  document.documentElement.lang = code;
}

/** Opens the same view in another language: the address has both. */
export function speakFrom(code: string) {
  const next = new URL(location.href);
  if (code === "en" && !inRoom()) next.searchParams.delete("lang");
  else next.searchParams.set("lang", code);
  location.assign(next);
}
