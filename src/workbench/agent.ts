import { AlleleError, type Clock, type Json } from "../base/index.ts";
import { loadToolModule } from "../evaluate/index.ts";
import type { Genome } from "../genome/index.ts";
import { priceOf, type Provider, type Usage } from "../providers/index.ts";
import { formatCount, formatMoney, shortId } from "../report/index.ts";
import type { Limits, ToolModule, Trace } from "../runtime/index.ts";
import { programLimits } from "./laboratory.ts";
import { resolveDataset, resolveProfileFirst, type NamedGenome } from "./references.ts";
import { providerOf, type Workbench } from "./workbench.ts";

/** What a live session is made of. */
export interface AgentParts {
  readonly genome: Genome;
  readonly tools: ToolModule | undefined;
  readonly world: Json | undefined;
  readonly provider: Provider;
  readonly model: string;
  readonly limits: Limits;
  readonly price: (model: string, usage: Usage) => number;
  readonly clock: Clock;
}

/** Reads what a profile points at now, and makes its model, tools and world ready. Throws `unknown-genome`, `dataset-needed`. */
export async function sessionParts(
  workbench: Workbench,
  reference: string,
  dataset: string | undefined,
): Promise<AgentParts> {
  return partsOf(workbench, resolveProfileFirst(workbench, reference), dataset);
}

/** As sessionParts, for a genome that is at hand. */
export async function partsOf(
  workbench: Workbench,
  named: NamedGenome,
  dataset: string | undefined,
): Promise<AgentParts> {
  const where = dataset ?? named.dataset;
  const source = where === undefined ? undefined : await resolveDataset(workbench, where);
  const wantsTools = Object.keys(named.genome.genes).some((id) => id === "tools" || id.startsWith("tool."));
  if (source === undefined && wantsTools) {
    throw new AlleleError({
      code: "dataset-needed",
      message: `${named.label} uses tools, and nothing says which dataset brings them`,
      hint: "Name it with --dataset.",
    });
  }
  const model = workbench.config.models.task;
  return {
    genome: named.genome,
    tools: source?.toolModule === undefined ? undefined : await loadToolModule(source.toolModule),
    world: source?.defaultWorld,
    provider: providerOf(workbench, model),
    model: model.model,
    limits: { ...programLimits(workbench.config.limits), milliseconds: workbench.config.limits.seconds * 1000 },
    price: priceOf(model),
    clock: workbench.clock,
  };
}

/** "genome 1a2b3c4d5e, 5 model calls, 3 tool calls, 6k tokens, $0"; what stopped it besides, when that was no answer. */
export function usageLine(genome: string, { usage, steps, stop }: Trace): string {
  const tools = steps.filter((step) => step.kind === "tool").length;
  const tokens = formatCount(usage.inputTokens + usage.outputTokens);
  const ended = stop === "answered" ? "" : `, stopped at the ${stop.replace("-", " ")}`;
  return `genome ${shortId(genome)}, ${usage.modelCalls} model calls, ${tools} tool calls, ${tokens} tokens, ${formatMoney(usage.usd)}${ended}`;
}
