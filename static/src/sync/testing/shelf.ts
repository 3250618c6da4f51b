/** A citizen's copy as the tests' server has it. */

import { random } from "../../vault/bytes";

/** Rows by collection and key, in an order that counts. */
export class Shelf {
  rows = new Map<string, string>();
  log: { place: string; number: number }[] = [];
  number = 0;
  epoch = "e1";
  gen = "g1";
  access: "open" | "ended" | "closed" = "open";
  readonly markKey = random(32);

  constructor(
    readonly id: string,
    readonly relation: "self" | "grant" = "self",
    public offline = true,
  ) {}

  put(collection: string, key: string, content: unknown): void {
    const body = JSON.stringify({ content, fetched_at: "2026-03-01T08:00:00Z", id: key, source: "fmk" });
    this.rows.set(`${collection} ${key}`, body);
    this.log.push({ place: `${collection} ${key}`, number: ++this.number });
  }

  remove(collection: string, key: string): void {
    this.rows.delete(`${collection} ${key}`);
    this.log.push({ place: `${collection} ${key}`, number: ++this.number });
  }

  line(place: string): string {
    const body = this.rows.get(place);
    return body === undefined ? place : `${place} ${body}`;
  }
}
