import { existsSync } from "node:fs";
import { join } from "node:path";
import { plainText } from "../base/index.ts";
import { hasKnownCost, modelIdentity, type ModelConfig } from "../providers/index.ts";
import { textWidth, wrapText } from "../report/index.ts";
import { CONFIG_FILE } from "./config.ts";
import { explain } from "./explain.ts";
import { namesIn, searchFolders } from "./paths.ts";
import { providerOf, type Workbench } from "./workbench.ts";

interface Finding {
  readonly what: string;
  readonly well: boolean;
  /** Nothing is broken, but it may surprise. */
  readonly warning?: boolean;
  readonly detail: string;
}

/** Looks at everything a run needs. Asks each model one short question. */
export async function examine(workbench: Workbench, signal: AbortSignal): Promise<readonly Finding[]> {
  const { config, root } = workbench;
  const configured = existsSync(join(root, CONFIG_FILE));
  const names = (kind: "genomes" | "datasets"): string => namesIn(searchFolders(root, config[kind], kind)).join(", ");
  return [
    { what: "node", well: true, detail: process.version },
    { what: "configuration", well: true, detail: configured ? CONFIG_FILE : "none; defaults (allele init writes one)" },
    examineStore(workbench),
    { what: "genomes", well: true, detail: names("genomes") },
    { what: "datasets", well: true, detail: names("datasets") },
    ...(await examineModel(workbench, "task model", config.models.task, signal)),
    ...(await examineReflection(workbench, signal)),
    ...(config.models.judge === undefined
      ? [{ what: "judge model", well: true, detail: "the task model" }]
      : await examineModel(workbench, "judge model", config.models.judge, signal)),
  ];
}

/** A line for each finding, its detail in a column that wraps at `width`. */
export function renderFindings(findings: readonly Finding[], width = Number.POSITIVE_INFINITY): string {
  const columns = Math.max(...findings.map(({ what }) => textWidth(what)));
  return findings
    .map(({ what, well, warning, detail }) => {
      const head = `${(well ? (warning === true ? "warn" : "ok") : "NO").padEnd(4)}  ${what.padEnd(columns)}  `;
      return head + wrapText(plainText(detail), width - textWidth(head)).join(`\n${" ".repeat(textWidth(head))}`);
    })
    .join("\n");
}

function examineStore(workbench: Workbench): Finding {
  try {
    const { length } = workbench.store.runs.names();
    return { what: "store", well: true, detail: `${workbench.config.store}, ${length} run${length === 1 ? "" : "s"}` };
  } catch (error) {
    return { what: "store", well: false, detail: explain(error) };
  }
}

async function examineReflection(workbench: Workbench, signal: AbortSignal): Promise<readonly Finding[]> {
  const { reflection } = workbench.config.models;
  if (reflection === undefined) return [];
  if (typeof reflection !== "string") return examineModel(workbench, "reflection model", reflection, signal);
  const detail =
    reflection === "none" ? "none: only operators work that ask no model" : "files: a person or an agent proposes";
  return [{ what: "reflection model", well: true, detail }];
}

async function examineModel(
  workbench: Workbench,
  what: string,
  model: ModelConfig,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  return [await askModel(workbench, what, model, signal), ...examinePrice(what, model)];
}

/** A model that nobody gave a price counts as free, so that no budget in money holds it. */
function examinePrice(what: string, model: ModelConfig): readonly Finding[] {
  if (hasKnownCost(model)) return [];
  const detail = `none known for ${model.model}: it counts as free and --usd cannot limit it. Set prices in ${CONFIG_FILE}; 0 if it costs nothing.`;
  return [{ what: `${what}'s price`, well: true, warning: true, detail }];
}

async function askModel(workbench: Workbench, what: string, model: ModelConfig, signal: AbortSignal): Promise<Finding> {
  try {
    const reply = await providerOf(workbench, model).complete(
      { model: model.model, messages: [{ role: "user", content: "Answer with the word ready." }], maxOutputTokens: 64 },
      { signal },
    );
    return { what, well: true, detail: `${modelIdentity(model)} answered ${reply.usage.outputTokens} tokens` };
  } catch (error) {
    return { what, well: false, detail: explain(error) };
  }
}
