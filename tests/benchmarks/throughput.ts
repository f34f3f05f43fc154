import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeRandom, systemClock } from "../../src/base/index.ts";
import { loadDataset } from "../../src/dataset/index.ts";
import { loadToolModule, makeEvaluator } from "../../src/evaluate/index.ts";
import { readGenome } from "../../src/genome/index.ts";
import { makeProvider, ModelConfig, type Provider } from "../../src/providers/index.ts";
import { openStore } from "../../src/store/index.ts";

const latency = 200;
const concurrency = 32;
const rollouts = 500;

/** 500 desk rollouts against `sim serve --latency 200` in a process of its own, 32 at once: the rate as a share of the ideal one. */
export async function throughput(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "allele-throughput-"));
  const root = resolve(import.meta.dirname, "../..");
  const server = spawn(process.execPath, [
    join(root, "src/main.ts"),
    "sim",
    "serve",
    "--port",
    "0",
    "--latency",
    String(latency),
  ]);
  try {
    const url = await new Promise<string>((done) => {
      let text = "";
      server.stdout.on("data", (part: Buffer) => {
        text += part.toString();
        const found = /listening on (\S+)/.exec(text)?.[1];
        if (found !== undefined) done(found);
      });
    });
    const rows: string[] = [];
    for (const genome of ["desk-seed", "desk-reference"]) rows.push(await measure(root, folder, url, genome));
    return [
      "# Throughput",
      `${rollouts} desk rollouts against \`sim serve --latency ${latency}\`, which is a process of its own on the same machine, ${concurrency} at once. The ideal rate has every one of the ${concurrency} places waiting for the model all the time; what is lost is work between calls, start-up and the end of the batch, where fewer than ${concurrency} rollouts are left. Rollouts that were long before start first: before the clock starts, the other genome has done the same tasks once. The last column is what a perfect greedy schedule, which knows how long each of these rollouts will be, would reach with nothing else lost.`,
      `| genome | model calls | share of the ideal rate (target: at least 85 %) | perfect greedy schedule |\n| --- | ---: | ---: | ---: |\n${rows.join("\n")}\n`,
    ].join("\n\n");
  } finally {
    server.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(root: string, folder: string, url: string, name: string): Promise<string> {
  const dataset = await loadDataset(join(root, "datasets/desk"));
  const tools = await loadToolModule(dataset.toolModule ?? "");
  const model = ModelConfig.parse({ kind: "openai-compatible", base_url: url, model: "simulated" });
  const store = openStore(join(folder, `${name}.db`));
  const providerParts = { clock: systemClock, random: makeRandom(0), environment: {}, folder };
  const evaluatorOn = (provider: Provider) =>
    makeEvaluator({
      store,
      provider,
      tools,
      customChecks: dataset.customChecks,
      clock: systemClock,
      model: "simulated",
      modelIdentity: url,
      concurrency,
    });
  const evaluator = evaluatorOn(makeProvider(model, providerParts));
  const genome = readGenome(join(root, `genomes/${name}.yaml`));
  const earlier = readGenome(join(root, `genomes/${name === "desk-seed" ? "desk-reference" : "desk-seed"}.yaml`));
  await evaluatorOn(makeProvider(ModelConfig.parse({ kind: "simulated" }), providerParts)).evaluate(
    earlier,
    dataset.tasks,
  );
  const start = systemClock.now();
  const results = await Promise.all([
    evaluator.evaluate(genome, dataset.tasks),
    evaluator.evaluate(genome, dataset.tasks.slice(0, rollouts - dataset.tasks.length), { repeat: 1 }),
  ]);
  const seconds = (systemClock.now() - start) / 1000;
  store.close();
  const lengths = results.flat().map(({ usage }) => usage.modelCalls);
  const calls = lengths.reduce((sum, length) => sum + length, 0);
  const ideal = (calls * latency) / 1000 / concurrency;
  const share = (total: number): string => `${((100 * ideal) / total).toFixed(1)} %`;
  return `| ${name} | ${calls} | ${share(seconds)} | ${share((greedyLength(lengths) * latency) / 1000)} |`;
}

/** When the last place is done, in calls, if the longest rollout left always goes to the place that is free first. */
function greedyLength(lengths: readonly number[]): number {
  const places = Array.from({ length: concurrency }, () => 0);
  for (const length of lengths.toSorted((a, b) => b - a)) {
    const first = places.indexOf(Math.min(...places));
    places[first] = (places[first] ?? 0) + length;
  }
  return Math.max(...places);
}
