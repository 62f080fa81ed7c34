// Bundles CodeMirror into one file, which is committed: neither running the app nor testing it
// needs Node. `make editor` calls this after an update in package.json.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const HERE = "static/vendor";
const WANTED = JSON.parse(await readFile("package.json", "utf8")).devDependencies;
const NAMED = Object.keys(WANTED).filter((name) => name.startsWith("@codemirror/") || name.startsWith("@lezer/"));
const BANNER = `/*! ${NAMED.map((name) => `${name} ${WANTED[name]}`).join(", ")}: MIT, see codemirror.LICENSE.txt */`;

const { metafile } = await build({
  entryPoints: [`${HERE}/codemirror.d.ts`],
  outfile: `${HERE}/codemirror.js`,
  banner: { js: BANNER },
  bundle: true,
  format: "esm",
  legalComments: "none",
  loader: { ".ts": "ts" },
  metafile: true,
  minify: true,
  target: "es2022",
});

// Every package of which something is in the file, with the notice that its licence asks for.
const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
const notices = new Map();
for (const name of [...packages].sort()) {
  const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
  if (license !== "MIT") throw new Error(`${name} has another licence: ${license}`);
  const file = (await readdir(`node_modules/${name}`)).find((one) => /^licen[cs]e/i.test(one));
  const notice = (await readFile(`node_modules/${name}/${file}`, "utf8")).trim();
  notices.set(notice, [...(notices.get(notice) ?? []), `${name} ${version}`]);
}
const text = [...notices].map(([notice, names]) => `${names.join("\n")}\n\n${notice}\n`);
await writeFile(`${HERE}/codemirror.LICENSE.txt`, text.join(`\n${"-".repeat(78)}\n\n`));
