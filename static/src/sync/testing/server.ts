/** A server for tests, after docs/protocol.md: one citizen's devices and copies, with faults that tests ask for. */

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { b64, bigEndian, type Bytes, context, joined, random, sha256, textOf, unb64, utf8 } from "../../vault/bytes";
import { digestOf, markKeyOf, markOf, NO_DIGEST } from "../../vault/marks";
import type { Question } from "../pulling";
import type { Act } from "../wire";
import type { Shelf } from "./shelf";

interface Device {
  suite: "x25519" | "p256";
  seal: Bytes;
  isProven: boolean;
  isEnded: boolean;
  challenge: Bytes;
  outcomes: Map<number, { mid: number; outcome: string; acked?: string; said: string }>;
  wiped: { space: string; gen: string }[];
  counters: Set<number>;
}

type Reply = { status: number; body: unknown };

export class Server {
  readonly devices = new Map<string, Device>();
  readonly shelves = new Map<string, Shelf>();
  /** Every act that was done, in order. */
  readonly done: Act[] = [];
  /** Requests in flight at the same time, at most. */
  mostAtOnce = 0;
  /** So many rows a page of a snapshot holds. */
  pageSize = 1_000;
  at = Date.parse("2026-03-01T08:00:00Z");
  lease = 7 * 24 * 3_600_000;
  isOut = false;
  /** What becomes of the next answers: `lost`, `spoiled`, or a status that stands for them. */
  faults: ("lost" | "spoiled" | number)[] = [];
  /** Refuses acts: a code, or null. */
  refuse: (act: Act) => string | null = () => null;
  asked: Question[] = [];
  /** The tokens that each push named. */
  named: string[][] = [];
  private atOnce = 0;
  private signing: CryptoKeyPair | null = null;

  constructor(...shelves: Shelf[]) {
    for (const shelf of shelves) this.shelves.set(shelf.id, shelf);
  }

  readonly fetch = async (path: string, request: RequestInit): Promise<Response> => {
    if (this.isOut) throw new TypeError("Failed to fetch");
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    try {
      return await this.answer(path, request);
    } finally {
      this.atOnce--;
    }
  };

  /** Everything that an ended access means, at the next contact. */
  end(device: string): void {
    this.devices.get(device)!.isEnded = true;
  }

  private async answer(path: string, request: RequestInit): Promise<Response> {
    const body = typeof request.body === "string" ? utf8(request.body) : (request.body as Bytes);
    const fault = this.faults.shift();
    if (typeof fault === "number") return problem(fault, fault === 401 ? "login_needed" : "http_error");
    const answered = path.startsWith("/api/v1/sync") ? await this.signed(path, request, body) : await this.plain(path, body);
    if (fault === "lost") throw new TypeError("Failed to fetch");
    const sealed = answered.body;
    if (fault === "spoiled" && sealed instanceof Uint8Array) sealed[sealed.length - 1]! ^= 1;
    if (sealed === null) return new Response(null, { status: answered.status });
    return sealed instanceof Uint8Array ? new Response(sealed as Bytes) : Response.json(sealed, { status: answered.status });
  }

  private async plain(path: string, body: Bytes): Promise<Reply> {
    const said = JSON.parse(textOf(body)) as Record<string, string>;
    if (path === "/api/v1/devices") return { status: 201, body: await this.enrol(said) };
    const device = this.devices.get(path.split("/")[4]!);
    if (device === undefined) return { status: 404, body: { code: "not_found" } };
    if (path.endsWith("/proof")) {
      if (said["opened"] !== b64(device.challenge)) return { status: 422, body: { code: "invalid" } };
      device.isProven = true;
    }
    return { status: 200, body: {} };
  }

  private async enrol(said: Record<string, string>): Promise<unknown> {
    this.signing ??= (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
    const id = `device-${this.devices.size + 1}`;
    const common = { isProven: false, isEnded: false, outcomes: new Map(), wiped: [], counters: new Set<number>() };
    const device: Device = { suite: said["suite"] as "p256", seal: unb64(said["seal_key"]!), challenge: random(32), ...common };
    this.devices.set(id, device);
    const challenge = await sealTo(device, device.challenge, context("naerblik/challenge/v1", id));
    const key = new Uint8Array(await crypto.subtle.exportKey("raw", this.signing.publicKey));
    return { device: id, challenge: b64(challenge), server_key: b64(key) };
  }

  private async signed(path: string, request: RequestInit, body: Bytes): Promise<Reply> {
    if (path.endsWith("/news")) return this.news(textOf(body).split("\n"));
    const headers = request.headers as Record<string, string>;
    const id = headers["Naerblik-Device"]!;
    const device = this.devices.get(id);
    if (device === undefined || !device.isProven) return { status: 401, body: { code: "device_unknown" } };
    const nonce = unb64(headers["Naerblik-Nonce"]!);
    const counter = Number(new DataView(nonce.buffer).getBigUint64(0));
    if (device.counters.has(counter)) return { status: 409, body: { code: "nonce_used" } };
    device.counters.add(counter);
    const said = JSON.parse(textOf(body)) as never;
    const [head, rows] = path.endsWith("/pull") ? await this.pull(id, device, said) : this.push(id, device, said);
    const full = { v: 1, device: id, nonce: b64(nonce), at: new Date(this.at).toISOString(), ...head };
    const line = utf8(JSON.stringify(rows === null ? full : { ...full, rows_hash: b64(await sha256(utf8(rows))) }));
    const signature = await crypto.subtle.sign("Ed25519", this.signing!.privateKey, context("naerblik/head/v1", line));
    const clear = joined([line, utf8(`\n${b64(new Uint8Array(signature))}\n${rows ?? ""}`)]);
    const info = context("naerblik/answer/v1", path, id, nonce, await sha256(body));
    return { status: 200, body: await sealTo(device, await padded(clear), info) };
  }

  private news(tokens: string[]): Reply {
    const isSame = tokens.every((token) => {
      const [, id, epoch, number] = token.split("|");
      const shelf = this.shelves.get(id!);
      return shelf !== undefined && shelf.access === "open" && shelf.epoch === epoch && shelf.number === Number(number);
    });
    return isSame ? { status: 204, body: null } : { status: 200, body: { new: true } };
  }

  private async pull(id: string, device: Device, asked: Question): Promise<[Record<string, unknown>, string]> {
    this.asked.push(asked);
    device.wiped.push(...asked.wiped);
    const outcomes = [...device.outcomes.values()].filter((each) => each.mid > asked.confirmed);
    const told = outcomes.map(({ mid, outcome }) => ({ mid, outcome })).sort((one, other) => one.mid - other.mid);
    const rows: string[] = [];
    const spaces: Record<string, unknown>[] = [];
    if (device.isEnded) {
      for (const { space } of asked.spaces) spaces.push({ space, answer: "wipe", gen: "g1" });
    } else {
      for (const shelf of this.shelves.values()) {
        const cursor = asked.spaces.find((each) => each.space === shelf.id)?.cursor ?? null;
        const isNamed = asked.spaces.some((each) => each.space === shelf.id);
        if (shelf.access === "ended" && !isNamed) continue;
        if (shelf.access === "ended") spaces.push({ space: shelf.id, answer: "wipe", gen: shelf.gen });
        else if (shelf.access === "closed") spaces.push({ space: shelf.id, answer: "closed" });
        else spaces.push(await this.tell(id, shelf, cursor, rows));
      }
    }
    const head = { kind: "pull", ended: device.isEnded, update_needed: false, outcomes: told.slice(0, 200), spaces };
    return [head, rows.join("\n")];
  }

  /** Tokens are plain here: kind, space, epoch, number, gen and how many rows of a snapshot were told. */
  private async tell(device: string, shelf: Shelf, cursor: string | null, rows: string[]): Promise<Record<string, unknown>> {
    const [kind, , epoch, number, gen, after] = cursor?.split("|") ?? [];
    const fits = kind === device && epoch === shelf.epoch && gen === shelf.gen;
    const isWhole = fits && after === "";
    const at = Number(number);
    let lines: string[];
    let from = 0;
    if (isWhole) lines = [...new Set(shelf.log.filter((each) => each.number > at).map((each) => each.place))].map((place) => shelf.line(place));
    else {
      from = fits ? Number(after) : 0;
      lines = [...shelf.rows.keys()].slice(from, from + this.pageSize).map((place) => shelf.line(place));
    }
    const more = !isWhole && from + this.pageSize < shelf.rows.size;
    rows.push(...lines);
    const key = await markKeyOf(shelf.markKey);
    const places = [...shelf.rows].map(([place, body]) => [...place.split(" "), body] as [string, string, string]);
    const marks = await Promise.all(places.map(([collection, item, body]) => markOf(key, collection, item, utf8(body))));
    return {
      space: shelf.id,
      answer: !isWhole ? "snapshot" : lines.length > 0 ? "delta" : "up_to_date",
      epoch: shelf.epoch,
      base: isWhole ? at : 0,
      to: shelf.number,
      start: !isWhole && from === 0,
      gen: shelf.gen,
      relation: shelf.relation,
      takes: ["dose:mark", "note:write"],
      offline: shelf.offline,
      lease_until: new Date(this.at + this.lease).toISOString(),
      rows: lines.length,
      count: more ? null : marks.length,
      digest: more ? null : marks.length === 0 ? NO_DIGEST : digestOf(marks),
      more,
      mark_key: b64(shelf.markKey),
      sources: [{ source: "fmk", answered_at: "2026-03-01T08:00:00Z", failing_since: null }],
      cursor: [device, shelf.id, shelf.epoch, shelf.number, shelf.gen, more ? from + this.pageSize : ""].join("|"),
    };
  }

  private push(_: string, device: Device, asked: { acts: Act[]; acked: string[] }): [Record<string, unknown>, null] {
    this.named.push(asked.acked);
    const decided = asked.acts.filter((act) => this.shelves.get(act.space)!.access !== "closed");
    const outcomes = decided.map((act) => this.act(device, act));
    return [{ kind: "push", outcomes }, null];
  }

  private act(device: Device, act: Act): { mid: number; outcome: string; acked?: string } {
    const said = JSON.stringify(act);
    const known = device.outcomes.get(act.mid);
    if (known !== undefined) return known.said === said ? known : { mid: act.mid, outcome: "rejected:payload_changed" };
    const code = device.isEnded ? "device_ended" : this.shelves.get(act.space)!.access === "open" ? this.refuse(act) : "not_allowed";
    const common = { mid: act.mid, said };
    const outcome = code === null ? { ...common, outcome: "applied", acked: `acked ${act.mid}` } : { ...common, outcome: `rejected:${code}` };
    device.outcomes.set(act.mid, outcome);
    if (code === null) {
      this.done.push(act);
      this.shelves.get(act.space)!.put("dose_mark", `m${this.done.length}`, act.args);
    }
    return outcome;
  }
}

async function sealTo(device: Device, clear: Bytes, info: Bytes): Promise<Bytes> {
  const kem = device.suite === "x25519" ? new DhkemX25519HkdfSha256() : new DhkemP256HkdfSha256();
  const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const recipientPublicKey = await suite.kem.deserializePublicKey(device.seal.slice().buffer);
  const sender = await suite.createSenderContext({ recipientPublicKey, info: info.slice().buffer });
  return joined([new Uint8Array(sender.enc), new Uint8Array(await sender.seal(clear.slice().buffer))]);
}

async function padded(clear: Bytes): Promise<Bytes> {
  const stream = new Blob([clear]).stream().pipeThrough(new CompressionStream("deflate"));
  const deflated = new Uint8Array(await new Response(stream).arrayBuffer());
  return joined([bigEndian(deflated.length, 4), deflated, new Uint8Array(1_024)]);
}

function problem(status: number, code: string): Response {
  return Response.json({ code }, { status });
}
