/** The engine: WebAssembly that answers requests. One instance serves one thread. */

export interface Answer {
  json: any;
  numbers: ArrayBuffer;
}

interface Exports {
  memory: WebAssembly.Memory;
  take(length: number): number;
  give_back(start: number, length: number): void;
  ask(start: number, length: number): bigint;
}

/** A fault in what was asked, in the engine's words. */
export class Fault extends Error {}

export class Engine {
  private constructor(private readonly exports: Exports) {}

  static async of(wasm: BufferSource): Promise<Engine> {
    const { instance } = await WebAssembly.instantiate(wasm, {});
    return new Engine(instance.exports as unknown as Exports);
  }

  ask(request: object): Answer {
    const { memory, take, give_back, ask } = this.exports;
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const start = take(bytes.length) >>> 0;
    new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
    const place = BigInt.asUintN(64, ask(start, bytes.length));
    give_back(start, bytes.length);
    const [at, length] = [Number(place >> 32n), Number(place & 0xffffffffn)];
    const block = new Uint8Array(memory.buffer, at, length).slice();
    give_back(at, length);
    return read(block.buffer as ArrayBuffer);
  }
}

/** Takes an answer's block apart: length of its JSON, the JSON, blanks up to a multiple of 8, numbers. */
export function read(block: ArrayBuffer): Answer {
  const length = new DataView(block).getUint32(0, true);
  const json = JSON.parse(new TextDecoder().decode(new Uint8Array(block, 4, length)));
  if (json.error) throw new Fault(json.error);
  return { json, numbers: block.slice(Math.ceil((4 + length) / 8) * 8) };
}
