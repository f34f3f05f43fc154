import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join, resolve } from "node:path";
import { textHash } from "../base/index.ts";
import { matrixScript, reportStyle } from "../report/index.ts";
import { dashboardStyle } from "./style.ts";

interface Asset {
  readonly type: string;
  readonly text: string;
}

const folder = resolve(import.meta.dirname, "client");

/** Everything a page needs besides itself, by name. Read once, when the dashboard starts. */
const assets: ReadonlyMap<string, Asset> = new Map<string, Asset>([
  ["style.css", { type: "text/css", text: reportStyle + dashboardStyle }],
  ["matrix.js", { type: "text/javascript", text: matrixScript }],
  ["icon.svg", { type: "image/svg+xml", text: icon() }],
  ...clientModules(),
]);

export function assetOf(name: string): Asset | undefined {
  return assets.get(name);
}

/** Names what is in all of them, so that browsers may keep them for good. */
const version = textHash([...assets].map(([name, { text }]) => name + text).join("\n")).slice(5, 17);

export function assetAddress(name: string): string {
  return `/assets/${version}/${name}`;
}

/** The client's modules: what was built beside this file, or in a clone their source without its types. */
function clientModules(): readonly (readonly [string, Asset])[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith(".d.ts"));
  return files.map((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    const text = file.endsWith(".ts") ? withoutTypes(source).replaceAll(/(from "\.\/[\w-]+)\.ts"/g, '$1.js"') : source;
    return [`client/${file.replace(/\.ts$/, ".js")}`, { type: "text/javascript", text }];
  });
}

/** Node still calls this experimental, in a warning to whoever started the program; that what it gives runs is shown by the tests in a browser. */
function withoutTypes(source: string): string {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function icon(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M10 3c0 9 12 17 12 26M22 3c0 9-12 17-12 26" fill="none" stroke="#0a6b6b" stroke-width="3.2" stroke-linecap="round"/><path d="M12 8h8M12 24h8M14.500 12.500h3M14.500 19.500h3" stroke="#5cc7bb" stroke-width="2.400" stroke-linecap="round"/></svg>`;
}
