import { describe, expect, it } from "vitest";
import { fileFor, PAGE, type Asked } from "./shell";

const ORIGIN = "https://naerblik.example";
const FILES = { [PAGE]: "sha256-1", "/assets/index-a.js": "sha256-2", "/icon.svg": "sha256-3", "/api/own.js": "sha256-4" };

function asked(path: string, other: Partial<Omit<Asked, "headers">> & { accept?: string } = {}): Asked {
  const { accept = "text/html,*/*;q=0.8", ...rest } = other;
  return { method: "GET", url: new URL(path, ORIGIN).href, mode: "navigate", headers: new Headers({ Accept: accept }), ...rest };
}

const answered = (request: Asked): string | null => fileFor(request, ORIGIN, FILES);

describe("which requests the worker answers", () => {
  it.each(["/", "/medicin", "/medicin?id=1.2", "/aftaler?vis=tidligere", "/apis", "/healthzz", "/a/b/c"])("opens %s with the page", (path) => {
    expect(answered(asked(path))).toBe(PAGE);
  });

  it.each(["/api", "/api/", "/api/v1/session", "/api/docs", "/api/own.js", "/healthz", "/readyz", "/metrics", "/.well-known/security.txt"])(
    "leaves %s to the server, however it is asked for",
    (path) => {
      expect(answered(asked(path))).toBeNull();
      expect(answered(asked(path, { mode: "cors", accept: "*/*" }))).toBeNull();
    },
  );

  it.each(["/assets/index-a.js", "/icon.svg", PAGE])("answers %s with itself", (path) => {
    expect(answered(asked(path, { mode: "cors", accept: "*/*" }))).toBe(path);
    expect(answered(asked(path))).toBe(path);
  });

  it.each(["/assets/index-b.js", "/assets/index-a.js?v=2", "/sw.js", "/nothing.txt", "/toString"])("lets %s pass", (path) => {
    expect(answered(asked(path, { mode: "cors", accept: "*/*" }))).toBeNull();
  });

  it("lets everything pass that changes something", () => {
    expect(answered(asked("/", { method: "POST" }))).toBeNull();
    expect(answered(asked("/icon.svg", { method: "HEAD", mode: "cors" }))).toBeNull();
  });

  it("lets other hosts pass, though the path be one of ours", () => {
    expect(answered(asked("https://elsewhere.example/icon.svg"))).toBeNull();
  });

  it("lets what is no page for a person pass", () => {
    expect(answered(asked("/medicin", { mode: "cors" }))).toBeNull();
    expect(answered(asked("/medicin", { accept: "application/json" }))).toBeNull();
    expect(answered(asked("/rapport.pdf"))).toBeNull();
  });
});
