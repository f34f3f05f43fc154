import { join, resolve } from "node:path";
import { AlleleError, writeTextAtomic } from "../base/index.ts";
import { tasksOf, type SplitName } from "../dataset/index.ts";
import { express, loadToolModule } from "../evaluate/index.ts";
import { agentFormats, type AgentExport, type ExportedFiles } from "../exporters/index.ts";
import { activeGenes } from "../genome/index.ts";
import { shortId } from "../report/index.ts";
import { conversationOf } from "../runtime/index.ts";
import { exportedSplits } from "./export-source.ts";
import { TEXT_TYPES, toTextForm } from "./gene-text-form.ts";
import { projectPath } from "./paths.ts";
import { resolveDataset, resolveGenome, type NamedGenome } from "./references.ts";
import { shellWord } from "./shell-word.ts";
import type { Workbench } from "./workbench.ts";

interface AgentExportRequest {
  readonly genome: string;
  readonly format: keyof typeof agentFormats | "gepa";
  readonly dataset?: string | undefined;
  /** Whose tasks go along; by default train and validation. The sealed test only by name. */
  readonly splits?: readonly SplitName[] | undefined;
}

/**
 * Writes an agent, and where the form has room for them its tasks, as another tool reads them. Exporting tasks of the test split is recorded as
 * an opening of it. Throws `dataset-needed`, and what naming and expressing a genome throws.
 */
export async function exportAgent(workbench: Workbench, request: AgentExportRequest): Promise<ExportedFiles> {
  const named = resolveGenome(workbench, request.genome);
  if (request.format === "gepa") return candidateOf(named);
  const splits = exportedSplits(request.splits);
  const agent = await agentOf(workbench, named, request.dataset, splits);
  if (request.format !== "ax" && agent.tasks.some(({ split }) => split === "test")) {
    const purpose = `export ${request.format} ${request.genome}`;
    const opening = { dataset: agent.dataset, genomes: [named.id], purpose, at: workbench.clock.now() };
    workbench.store.testOpenings.append(opening);
  }
  const { files, notes } = agentFormats[request.format](agent);
  return {
    files,
    notes: [
      ...notes,
      ...(request.format !== "ax" && splits.includes("test")
        ? [
            "the sealed test is in these files, which is recorded: whoever optimizes with them is not measured by it any more",
          ]
        : []),
    ],
  };
}

/** Writes the files into a folder; answers their paths. Throws `write-failed`. */
export function saveAgentExport(workbench: Workbench, { files }: ExportedFiles, folder: string): readonly string[] {
  return Object.entries(files).map(([name, text]) => {
    const path = join(resolve(workbench.root, folder), name);
    writeTextAtomic(path, text);
    return projectPath(workbench.root, path);
  });
}

async function agentOf(
  workbench: Workbench,
  named: NamedGenome,
  asked: string | undefined,
  splits: readonly SplitName[],
): Promise<AgentExport> {
  const { config } = workbench;
  const where = asked ?? named.dataset;
  if (where === undefined) {
    throw new AlleleError({
      code: "dataset-needed",
      message: `${named.label} does not say which dataset it is for`,
      hint: "Name it with --dataset.",
    });
  }
  const dataset = await resolveDataset(workbench, where);
  const tools = dataset.toolModule === undefined ? undefined : await loadToolModule(dataset.toolModule);
  const { task } = config.models;
  const program = express(named.genome, tools, { model: task.model });
  return {
    name: `${named.genome.name} ${shortId(named.id)}`,
    command: [
      "npx",
      "allele",
      "agent",
      "run",
      "--dataset",
      where,
      "--profile",
      named.file === undefined ? named.id : named.label,
      "--",
    ]
      .map(shellWord)
      .join(" "),
    prompt: (input) => conversationOf(program, input, { steps: [] }),
    system: program.system,
    demos: program.demos,
    model: {
      name: program.model,
      url: task.kind === "openai-compatible" ? task.base_url : undefined,
      keyVariable: task.kind === "openai-compatible" ? task.key_env : undefined,
      temperature: program.temperature,
      maxOutputTokens: program.maxOutputTokens,
    },
    dataset: dataset.name,
    licence: dataset.licence,
    source: dataset.source,
    tasks: splits.flatMap((split) => tasksOf(dataset, split)),
  };
}

/** GEPA's candidate: a text for every component, and nothing else. The same as \`eval serve\` takes. */
function candidateOf({ genome }: NamedGenome): ExportedFiles {
  const genes = Object.entries(activeGenes(genome));
  const isText = ([, gene]: (typeof genes)[number]): boolean =>
    TEXT_TYPES.includes(gene.type) && gene.evolvable !== false;
  const texts = genes.filter(isText);
  const others = genes.filter((entry) => !isText(entry)).map(([id]) => id);
  const candidate = Object.fromEntries(texts.map(([id, gene]) => [id, toTextForm(id, gene)]));
  return {
    files: { "candidate.json": `${JSON.stringify(candidate, null, 2)}\n` },
    notes: [
      "a dictionary of texts, as gepa.optimize takes for its seed and allele eval serve for a candidate",
      ...(others.length > 0 ? [`no texts, or not to be changed, and so not carried over: ${others.join(", ")}`] : []),
    ],
  };
}
