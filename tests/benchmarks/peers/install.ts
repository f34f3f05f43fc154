import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseJson, readText } from "../../../src/base/index.ts";

/** Where the peers and their results are kept; ignored by git. */
export const bench = resolve(import.meta.dirname, "../../../.bench");

export const python = join(bench, "python/bin/python");
export const packages = join(bench, "node");

/** Of each package the version that is installed where there is none yet. */
const wanted = {
  gepa: "0.1.4",
  "@ax-llm/ax": "24.0.21",
  "@currentai/dsts": "0.1.5",
  // What dsts is given its model with; the AI SDK 5 that it is built on speaks to version 1 only.
  "@ai-sdk/openai-compatible": "1.0.61",
  zod: "4.6.7",
} as const;

/** The version that is there, or why there is none. */
export type Installed = { readonly version: string } | { readonly missing: string };

/** Installs what is not there yet: the Python package into an environment of its own, the others into a folder of their own; the product gets none of them. */
export function installPeers(): Readonly<Record<"gepa" | "@ax-llm/ax" | "@currentai/dsts", Installed>> {
  mkdirSync(packages, { recursive: true });
  return { gepa: installGepa(), ...installPackages() };
}

function installGepa(): Installed {
  const version = (): string =>
    said(python, ["-c", "import importlib.metadata as m, gepa; print(m.version('gepa'))"]).out;
  if (existsSync(python) && version() !== "") return { version: version() };
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ["python3", ["-m", "venv", join(bench, "python")]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `gepa==${wanted.gepa}`]],
  ];
  for (const [command, argv] of steps) {
    const { failure } = said(command, argv);
    if (failure !== undefined) return { missing: failure };
  }
  const there = version();
  return there === "" ? { missing: "gepa was installed and cannot be imported" } : { version: there };
}

function installPackages(): Readonly<Record<"@ax-llm/ax" | "@currentai/dsts", Installed>> {
  const names = ["@ax-llm/ax", "@currentai/dsts", "@ai-sdk/openai-compatible", "zod"] as const;
  let failure: string | undefined;
  if (names.some((name) => versionOf(name) === undefined)) {
    writeFileSync(join(packages, "package.json"), '{ "private": true }\n');
    const argv = [
      "install",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      ...names.map((name) => `${name}@${wanted[name]}`),
    ];
    ({ failure } = said("npm", argv, packages));
  }
  const installed = (...needed: readonly (typeof names)[number][]): Installed => {
    const [version] = needed.map(versionOf);
    const absent = needed.find((name) => versionOf(name) === undefined);
    if (version !== undefined && absent === undefined) return { version };
    return { missing: failure ?? `${absent} is not there` };
  };
  return {
    "@ax-llm/ax": installed("@ax-llm/ax"),
    "@currentai/dsts": installed("@currentai/dsts", "@ai-sdk/openai-compatible"),
  };
}

function versionOf(name: string): string | undefined {
  const file = join(packages, "node_modules", name, "package.json");
  if (!existsSync(file)) return undefined;
  return (parseJson(readText(file), { file }) as { readonly version: string }).version;
}

/** What a program printed; `failure` says why it did not end well, in its own last words. */
function said(
  command: string,
  argv: readonly string[],
  cwd?: string,
): { readonly out: string; readonly failure?: string | undefined } {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { encoding: "utf8", ...(cwd && { cwd }) });
  if (status === 0) return { out: stdout.trim() };
  const lastWords = (stderr ?? "").trim().split("\n").slice(-3).join(" ");
  return {
    out: "",
    failure: `${command}: ${error?.message ?? (lastWords === "" ? `ended with ${status}` : lastWords)}`,
  };
}
