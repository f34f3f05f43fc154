import { existsSync, globSync } from "node:fs";
import { basename } from "node:path";
import { AlleleError, makeRandom, parseJsonAt, plainText, readText, writeTextAtomic } from "../../base/index.ts";
import { makeProvider, ModelConfig, readModelFile } from "../../providers/index.ts";
import { textTable, wrapText } from "../../report/index.ts";
import { explain } from "../explain.ts";
import type { Workbench } from "../workbench.ts";
import { catalogue } from "./catalogue.ts";
import { Manifest, manifestFile, modelFile, modelFolder } from "./manifest.ts";

export interface ModelRow {
  readonly name: string;
  readonly state: "here" | "to pull" | "broken";
  readonly bytes: number | undefined;
  readonly licence: string | undefined;
  /** Bytes of memory that it takes, about: its file and room for a conversation. */
  readonly memory: number | undefined;
  readonly speed: Manifest["speed"];
  /** Why it cannot be used, or why its speed could not be measured. */
  readonly problem?: string;
}

/** The models of the folder, and those of the catalogue that are not there. `measure`: the speed of those that are here is measured now, and kept. */
export async function listModels(workbench: Workbench, measure: boolean): Promise<readonly ModelRow[]> {
  const folder = modelFolder(workbench);
  const here = globSync("*.gguf", { cwd: folder }).map((file) => basename(file, ".gguf"));
  const rows: ModelRow[] = [];
  for (const name of here.toSorted()) rows.push(await rowOf(workbench, folder, name, measure));
  const missing = catalogue.filter(({ name }) => !here.includes(name));
  return [
    ...rows,
    ...missing.map(({ name, bytes, licence }): ModelRow => ({
      name,
      state: "to pull",
      bytes,
      licence,
      memory: memoryOf(bytes),
      speed: undefined,
    })),
  ];
}

async function rowOf(workbench: Workbench, folder: string, name: string, measure: boolean): Promise<ModelRow> {
  const file = modelFile(folder, name);
  try {
    const { bytes, licence } = readModelFile(file);
    const described = manifestFile(folder, name);
    const manifest = existsSync(described)
      ? parseJsonAt(readText(described), Manifest, { file: described })
      : undefined;
    if (manifest !== undefined && manifest.bytes !== bytes)
      throw new AlleleError({
        code: "model-file-corrupt",
        message: `${file} has ${bytes} bytes, and ${manifest.bytes} were pulled`,
        hint: "Fetch it again with: allele models pull NAME --force",
        where: { file },
      });
    const known = {
      name,
      state: "here",
      bytes,
      licence: manifest?.licence ?? licence,
      memory: memoryOf(bytes),
      speed: manifest?.speed,
    } as const;
    if (!measure) return known;
    const measured = await speedOf(workbench, folder, name).catch(unlessOfTheFile);
    if (typeof measured === "string") return { ...known, problem: measured };
    if (manifest !== undefined)
      writeTextAtomic(described, `${JSON.stringify({ ...manifest, speed: measured }, null, 2)}\n`);
    return { ...known, speed: measured };
  } catch (error) {
    const nothing = { bytes: undefined, licence: undefined, memory: undefined, speed: undefined };
    return { name, state: "broken", ...nothing, problem: explain(error) };
  }
}

/** A model is not broken because the package, the memory or the machine is lacking that it would run with. */
function unlessOfTheFile(error: unknown): string {
  if (error instanceof AlleleError && error.code.startsWith("model-file-")) throw error;
  return `not measured: ${explain(error)}`;
}

/** Of a model in this process, unless it says otherwise. */
const usualThreads = 2;
const passage = "The quick brown fox jumps over the lazy dog near the old stone bridge. ".repeat(12);

/** Tokens a second with the threads of the configured model: of a prompt of some two hundred tokens, and of a reply. */
async function speedOf(workbench: Workbench, folder: string, name: string): Promise<Manifest["speed"]> {
  const { clock, config } = workbench;
  const { task } = config.models;
  const threads = task.kind === "llama" ? task.threads : usualThreads;
  const model = ModelConfig.parse({ kind: "llama", model: name, folder, threads });
  const provider = makeProvider(model, { clock, random: makeRandom(0), environment: {} });
  const ask = async (
    content: string,
    maxOutputTokens: number,
  ): Promise<{ input: number; output: number; seconds: number }> => {
    const begun = clock.now();
    const { usage } = await provider.complete({ model: name, messages: [{ role: "user", content }], maxOutputTokens });
    return {
      input: usage.inputTokens,
      output: usage.outputTokens,
      seconds: Math.max(0.001, (clock.now() - begun) / 1000),
    };
  };
  await ask("Hello.", 1);
  const read = await ask(passage, 1);
  const written = await ask("Tell a long story about the sea.", 48);
  const date = new Date(clock.now()).toISOString().slice(0, 10);
  const perToken = read.seconds / read.input;
  const writing = Math.max(0.001, written.seconds - written.input * perToken);
  return { input: Math.round(1 / perToken), output: Math.round(written.output / writing), threads, measured: date };
}

/** The file, and about a third for what is kept of a conversation. */
function memoryOf(bytes: number): number {
  return Math.round(bytes * 1.3 + 60e6);
}

/** A table, and under it what is wrong, once for all models that it is the same for. */
export function renderModels(rows: readonly ModelRow[], width = Number.POSITIVE_INFINITY): string {
  const megabytes = (bytes: number | undefined): string => (bytes === undefined ? "" : `${Math.round(bytes / 1e6)} MB`);
  const table = textTable(
    ["model", "", "size", "memory", "licence", "tokens a second"],
    rows.map(({ name, state, bytes, memory, licence, speed }) => [
      name,
      state,
      megabytes(bytes),
      megabytes(memory),
      state === "broken" ? "" : (licence ?? "unknown"),
      speed === undefined
        ? ""
        : `${speed.input} read, ${speed.output} written (${speed.threads} threads, ${speed.measured})`,
    ]),
    [],
    width,
  );
  const problems = Map.groupBy(
    rows.filter(({ problem }) => problem !== undefined),
    ({ problem }) => problem,
  );
  const told = Array.from(problems, ([problem, of]) => `${of.map(({ name }) => name).join(", ")}: ${problem}`);
  return plainText([table.trimEnd(), ...told.map((line) => wrapText(line, width).join("\n"))].join("\n\n"));
}
