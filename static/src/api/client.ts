/** Talks with the server: same origin, cookie session, every failure told as one of a few kinds. */

import { signal } from "@preact/signals";
import { codeOf } from "./problem";

export type FailureKind = "unreachable" | "not_logged_in" | "not_allowed" | "not_ready" | "source" | "stale" | "conflict" | "storage" | "server";

/** What went wrong, for words on the screen. `code` is the server's stable code or one of our own. */
export interface Failure {
  kind: FailureKind;
  code: string;
  status: number | null;
  at: Date;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Since when the server has been out of reach, judged by the questions put to it; null while it answers. */
export const outSince = signal<Date | null>(null);

/** How long an answer may take before the server counts as out of reach, in milliseconds. */
const PATIENCE = 20_000;

interface Sent {
  method: "POST" | "PUT" | "DELETE";
  body?: unknown;
  csrf: string | null;
}

/** Asks for what lies at `path` under /api/v1. Never throws. `until` gives the question up when it is aborted. */
export function read<T>(path: string, until?: AbortSignal): Promise<Answer<T>> {
  return ask<T>(path, { headers: { Accept: "application/json" } }, until);
}

/** Sends a change. `csrf` is the session's, null when nobody is logged in. Never throws. */
export function send<T>(path: string, sent: Sent): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (sent.csrf !== null) headers["X-CSRF-Token"] = sent.csrf;
  const request: RequestInit = { method: sent.method, headers };
  if (sent.body !== undefined) {
    headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(sent.body);
  }
  return ask<T>(path, request);
}

async function ask<T>(path: string, request: RequestInit, until?: AbortSignal): Promise<Answer<T>> {
  const patience = AbortSignal.timeout(PATIENCE);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      ...request,
      credentials: "same-origin",
      cache: "no-store",
      // A browser too old to join two signals only waits for the answer that nobody wants any more.
      signal: until && "any" in AbortSignal ? AbortSignal.any([patience, until]) : patience,
    });
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    // A question that we gave up ourselves tells nothing about the net.
    if (!until?.aborted) outSince.value ??= new Date();
    return failed("unreachable", isLate ? "timeout" : "no_answer", null);
  }
  outSince.value = null;
  if (!response.ok) {
    const code = await codeOf(response);
    return failed(code === "stale" ? "stale" : kindOf(response.status), code, response.status);
  }
  if (response.status === 204) return { ok: true, value: undefined as T };
  try {
    return { ok: true, value: (await response.json()) as T };
  } catch {
    return failed("server", "unreadable_answer", response.status);
  }
}

/** Asks whether the server is there, without anybody's session. */
export async function probe(): Promise<void> {
  try {
    await fetch("/healthz", { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    outSince.value = null;
  } catch {
    outSince.value ??= new Date();
  }
}

function failed(kind: FailureKind, code: string, status: number | null): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind, code, status, at: new Date() } };
}

/** The kind of failure that an HTTP status stands for. */
export function kindOf(status: number): FailureKind {
  if (status === 401) return "not_logged_in";
  if (status === 403) return "not_allowed";
  if (status === 409) return "conflict";
  if (status === 502 || status === 504) return "source";
  if (status === 503) return "not_ready";
  return "server";
}
