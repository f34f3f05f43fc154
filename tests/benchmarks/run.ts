import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

/** Every benchmark by name: `npm run bench` runs them all, `npm run bench NAME ...` some, `landscape-` all that begin so. Each answers Markdown. */
const benchmarks: Readonly<Record<string, () => Promise<string>>> = {
  shape: async () => (await import("./shape.ts")).shape(),
  "desk-evolve": async () => (await import("./desk-evolve.ts")).deskEvolve(),
  placebo: async () => (await import("./placebo.ts")).placebo(),
  gate: async () => (await import("./gate.ts")).gate(),
  selection: async () => (await import("./selection.ts")).selection(),
  "replay-capo": async () => (await import("./replay-capo.ts")).replayCapo(),
  "replay-slab": async () => (await import("./replay-slab.ts")).replaySlab(),
  "replay-gepa-prompts": async () => (await import("./replay-gepa-prompts.ts")).replayGepaPrompts(),
  worlds: async () => (await import("./worlds.ts")).worldsReport(),
  engine: async () => (await import("./engine.ts")).engineBenchmark(),
  engine50k: async () => (await import("./engine.ts")).engine50k(),
  "landscape-null": async () => (await import("./landscape/null.ts")).landscapeNull(),
  "landscape-typed": async () => (await import("./landscape/typed.ts")).landscapeTyped(),
  "landscape-defect": async () => (await import("./landscape/defect.ts")).landscapeDefect(),
  "landscape-plateau": async () => (await import("./landscape/plateau.ts")).landscapePlateau(),
  "landscape-efficiency": async () => (await import("./landscape/efficiency.ts")).landscapeEfficiency(),
  "landscape-headroom": async () => (await import("./landscape/headroom.ts")).landscapeHeadroom(),
  alone: async () => (await import("./alone.ts")).alone(),
  doomed: async () => (await import("./doomed.ts")).doomed(),
  lanes: async () => (await import("./lanes.ts")).lanes(),
  throughput: async () => (await import("./throughput.ts")).throughput(),
  "shared-prefix": async () => (await import("./shared-prefix.ts")).sharedPrefix(),
  "real-models": async () => (await import("./real-models/page.ts")).realModels(),
  "store-scale": async () => (await import("./store-scale.ts")).storeScale(),
  report: async () => (await import("./report.ts")).reportBenchmark(),
  "live-page": async () => (await import("./live-page.ts")).livePage(),
  "matrix-scroll": async () => (await import("./matrix-scroll.ts")).matrixScroll(),
  startup: async () => (await import("./startup.ts")).startup(),
};

const folder = resolve(import.meta.dirname, "../../docs/benchmarks");
const machine = `Measured by \`npm run bench\` with Node ${process.versions.node} on ${availableParallelism()} cores.`;

async function main(names: readonly string[]): Promise<number> {
  const means = (asked: string, name: string): boolean =>
    name === asked || (asked.endsWith("-") && name.startsWith(asked));
  const unknown = names.find((asked) => !Object.keys(benchmarks).some((name) => means(asked, name)));
  if (unknown !== undefined) {
    process.stderr.write(`error: no benchmark "${unknown}"; there are: ${Object.keys(benchmarks).join(", ")}\n`);
    return 2;
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, measure] of Object.entries(benchmarks)) {
    if (names.length > 0 && !names.some((asked) => means(asked, name))) continue;
    process.stderr.write(`${name} ...\n`);
    const text = (await measure()).trim();
    const titled = text.startsWith("# ") ? text : `# ${name}\n\n${text}`;
    writeFileSync(
      resolve(folder, `${name}.md`),
      `${titled}\n\n${machine.replace("npm run bench", `npm run bench ${name}`)}\n`,
    );
    process.stdout.write(`${text}\n\n`);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
