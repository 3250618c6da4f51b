// Unpacks the browser and the libraries that it brings, and prints the path of each, a line each.
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import chromium from "@sparticuz/chromium";

const executable = await chromium.executablePath();
const root = dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")));
const { inflate } = await import(join(root, "build", "lambdafs.js"));
await inflate(join(root, "bin", "al2023.tar.br"));
console.log(executable);
console.log(join(tmpdir(), "al2023", "lib"));
