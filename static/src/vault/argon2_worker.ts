/** Stretches PINs in a worker of its own, whose policy alone allows WASM; the page's does not. */

import { argon2id } from "hash-wasm";

/** The part of a worker's own scope that is used here; the page's types know no workers. */
declare const self: {
  addEventListener(name: "message", hear: (event: MessageEvent<{ pin: string; salt: Uint8Array }>) => void): void;
  postMessage(message: Uint8Array | null): void;
};

/** RFC 9106 with 64 MiB: what a phone of few means still has, and half a second of its time. */
const COST = { parallelism: 1, iterations: 3, memorySize: 64 * 1024, hashLength: 32 } as const;

self.addEventListener("message", (event) => {
  const { pin, salt } = event.data;
  argon2id({ password: pin, salt, ...COST, outputType: "binary" }).then(
    (stretched) => self.postMessage(stretched),
    // What memory lacks is told as nothing; the page has the words.
    () => self.postMessage(null),
  );
});
