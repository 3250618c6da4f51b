/** Shelves of so many rows, and whether a copy is what its shelf says. */

import { expect } from "vitest";
import type { Copy } from "../port";
import { Shelf } from "./shelf";

export function shelf(rows: number, id = "karen", relation: "self" | "grant" = "self"): Shelf {
  const made = new Shelf(id, relation);
  for (let n = 0; n < rows; n++) made.put("medication", `k${n}`, { n });
  return made;
}

/** The rows of a copy as the server has them, whatever their order. */
export function agrees(copy: Copy, of: Shelf): void {
  const mine = [...copy.rows(of.id).values()].flat().map((row) => `${row.collection} ${row.key} ${JSON.stringify(row.content)}`);
  const theirs = [...of.rows].map(([place, body]) => `${place} ${JSON.stringify((JSON.parse(body) as { content: unknown }).content)}`);
  expect(mine.sort()).toEqual(theirs.sort());
}
