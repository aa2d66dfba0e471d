/** Workers that share the work of many replicates, so that the page itself never waits. */
import { Engine, Fault, type Answer } from "./engine";

declare const WORKER: string;

interface Job {
  request: object;
  done: (answer: Answer) => void;
  failed: (reason: Error) => void;
}

export class Pool {
  private readonly idle: ((job: Job) => void)[] = [];
  private readonly waiting: Job[] = [];
  readonly size: number;

  constructor(wasm: ArrayBuffer, own: Engine, size: number) {
    this.size = size;
    try {
      const url = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
      for (let number = 0; number < size; number++) this.start(new Worker(url), wasm);
    } catch {
      // No workers here: the page's own engine does the work, a piece at a time.
      this.size = 1;
      this.free((job) => setTimeout(() => {
        try {
          job.done(own.ask(job.request));
        } catch (error) {
          job.failed(error as Error);
        }
        this.free(this.lastSelf!);
      }));
    }
  }

  private lastSelf: ((job: Job) => void) | undefined;

  private start(worker: Worker, wasm: ArrayBuffer) {
    let current: Job | undefined;
    let number = 0;
    const self = (job: Job) => {
      current = job;
      worker.postMessage({ id: ++number, request: job.request });
    };
    worker.onmessage = ({ data }) => {
      const job = current!;
      if (data.error === undefined) job.done({ json: data.json, numbers: data.numbers });
      else job.failed(new Fault(data.error));
      this.free(self);
    };
    worker.postMessage({ wasm });
    this.free(self);
  }

  private free(one: (job: Job) => void) {
    this.lastSelf = one;
    const job = this.waiting.shift();
    if (job) one(job);
    else this.idle.push(one);
  }

  ask(request: object): Promise<Answer> {
    return new Promise((done, failed) => {
      const job = { request, done, failed };
      const one = this.idle.shift();
      if (one) one(job);
      else this.waiting.push(job);
    });
  }
}
