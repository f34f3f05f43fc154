import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { parseJson, readText } from "../../../src/base/index.ts";
import type { CountedModel } from "./model-server.ts";
import { onPlantedStage, planted } from "./planted-stage.ts";
import type { Search, SearchRequest } from "./search.ts";
import { onProjectStage } from "./stage.ts";

/** How a peer's driver is started. */
export interface Driver {
  readonly command: string;
  readonly argv: readonly string[];
  /** Further members of its request. */
  readonly options: Readonly<Record<string, unknown>>;
  /** After so many seconds it has failed. */
  readonly seconds: number;
}

/** What a driver writes when it has ended well. */
const DriverResult = z.strictObject({
  picks: z
    .array(
      z.strictObject({
        seconds: z.number().min(0),
        rollouts: z.int().min(0),
        validation: z.number().min(0).max(1),
        candidate: z.record(z.string(), z.string()),
      }),
    )
    .min(1),
  ownCount: z.int().nullable(),
  ended: z.string(),
  seconds: z.number().min(0),
});

interface PeerRequest extends SearchRequest {
  /** Told of the model when the search is over. */
  readonly onModel?: ((model: CountedModel) => void) | undefined;
}

/** Lets a peer search: it gets the agent and the reflection model by their endpoints. Rejects when its driver fails. */
export async function searchWithPeer(request: PeerRequest, driver: Driver): Promise<Search> {
  const onStage = request.dataset === planted ? onPlantedStage : onProjectStage;
  return onStage(request, async ({ evaluation, modelUrl, model, components, scratch, counts }) => {
    const out = join(scratch, "result.json");
    const { budget, seed } = request;
    await runDriver(driver, { ...driver.options, evaluation, model: modelUrl, budget, seed, components, scratch, out });
    const result = readDriverResult(readText(out), out);
    const { rollouts } = (await (await fetch(`${evaluation}/status`)).json()) as { readonly rollouts: number };
    request.onModel?.(model);
    return { ...result, rollouts, calls: counts() };
  });
}

/** A component and what an agent with it did on some tasks. */
export interface Case {
  readonly component: string;
  readonly current: string;
  readonly examples: readonly {
    readonly id: string;
    readonly task: string;
    readonly input: string;
    readonly score: number;
    readonly feedback: readonly string[];
    readonly answer: string;
    readonly trace: string;
  }[];
}

interface RewriteRequest {
  readonly cases: readonly Case[];
  /** What each component is, by its id. */
  readonly components: Readonly<Record<string, string>>;
  readonly modelUrl: string;
}

/** Has a peer ask the model for a better text for each case, as it does in a search, and answers what it would go on with. */
export async function rewriteWithPeer(request: RewriteRequest, driver: Driver): Promise<readonly string[]> {
  const scratch = mkdtempSync(join(tmpdir(), "allele-peers-"));
  try {
    const [out, input] = [join(scratch, "texts.json"), join(scratch, "cases.json")];
    const { cases, components, modelUrl } = request;
    writeFileSync(input, JSON.stringify(cases));
    await runDriver(driver, { ...driver.options, model: modelUrl, components, seed: 0, scratch, out, cases: input });
    return z
      .array(z.string())
      .length(cases.length)
      .parse(parseJson(readText(out), { file: out }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Throws AlleleError when it is not of the form that drivers write. */
export function readDriverResult(text: string, file: string): z.infer<typeof DriverResult> {
  return DriverResult.parse(parseJson(text, { file }));
}

/** Resolves when the driver has ended with 0; rejects with the end of what it said otherwise. */
function runDriver({ command, argv, seconds }: Driver, request: Readonly<Record<string, unknown>>): Promise<void> {
  const child = spawn(command, argv, {
    env: {
      ...process.env,
      PEER: JSON.stringify(request),
      LITELLM_LOCAL_MODEL_COST_MAP: "True",
      OPENAI_API_KEY: "none",
    },
    cwd: String(request["scratch"]),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const listen = (text: Buffer): void => void (said = `${said}${text.toString()}`.slice(-2000));
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const patience = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(patience);
      if (code === 0) resolve();
      else reject(new Error(`the driver ended with ${code ?? "a kill"}: ${said.trim()}`));
    });
  });
}
