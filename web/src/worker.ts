/** A worker: an engine of its own, which answers one request after the other. */
import { Engine } from "./engine";

let engine: Promise<Engine>;
onmessage = async ({ data }: MessageEvent) => {
  if (data.wasm) {
    engine = Engine.of(data.wasm);
    return;
  }
  try {
    const { json, numbers } = (await engine).ask(data.request);
    postMessage({ id: data.id, json, numbers }, { transfer: [numbers] });
  } catch (error) {
    postMessage({ id: data.id, error: String((error as Error).message ?? error) });
  }
};
