// Builds the workers after the page, and tells it which files the shell has and what each must hold.
import { build, type Plugin, type Rolldown } from "vite";

/** Where the shell's files lie in dist. Source maps are for whoever looks for a fault, and are not kept on phones. */
const FOLDERS = ["", "assets/"];
const isShell = (name: string): boolean => !name.endsWith(".map");

/** Writes argon2.js, which stretches PINs, sw.js, which begins with the list of the shell's files, and sw-off.js. */
export function worker(): Plugin {
  return {
    name: "naerblik-worker",
    apply: "build",
    enforce: "post",
    async writeBundle({ dir }) {
      await this.fs.writeFile(`${dir}/argon2.js`, await bundled("src/vault/argon2_worker.ts"));
      const files: Record<string, string> = {};
      for (const folder of FOLDERS) {
        const inside = await this.fs.readdir(`${dir}/${folder}`, { withFileTypes: true });
        const names = inside.filter((each) => each.isFile() && isShell(each.name)).map((each) => folder + each.name);
        for (const name of names.sort()) {
          files[`/${name}`] = `sha256-${btoa(String.fromCharCode(...(await hash(await this.fs.readFile(`${dir}/${name}`)))))}`;
        }
      }
      const code = await bundled("sw/main.ts");
      const edition = hex(await hash(new TextEncoder().encode(code + JSON.stringify(files)))).slice(0, 16);
      await this.fs.writeFile(`${dir}/sw.js`, `const SHELL = ${JSON.stringify({ edition, files })};\n${code}`);
      await this.fs.writeFile(`${dir}/sw-off.js`, await bundled("sw/off.ts"));
    },
  };
}

/** As one script: not every browser runs a worker that imports, and the browser then sees every change of it. */
async function bundled(input: string): Promise<string> {
  const made = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: { write: false, target: "es2023", rolldownOptions: { input, output: { format: "iife" } } },
  });
  return (made as Rolldown.RolldownOutput).output[0].code;
}

async function hash(content: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(content)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
