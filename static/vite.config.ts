// Builds the page for a strict content security policy: no inline script, no inline style, no data: URLs.
import { defineConfig, loadEnv } from "vite";
import { worker } from "./build/worker.ts";

export default defineConfig(({ mode }) => {
  const port = loadEnv(mode, ".", "NAERBLIK_")["NAERBLIK_PORT"] ?? "8000";
  return {
    plugins: [worker()],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: "dist",
      emptyOutDir: true,
      manifest: true,
      sourcemap: true,
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: {
      host: "localhost",
      proxy: { "/api": `http://localhost:${port}` },
    },
  };
});
