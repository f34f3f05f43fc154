import { AlleleError, type ContentHash } from "../base/index.ts";
import type { SplitName } from "../dataset/index.ts";
import { express, loadToolModule } from "../evaluate/index.ts";
import {
  trainingSet,
  type Attempt,
  type TrainingChoice,
  type TrainingFormat,
  type TrainingSet,
} from "../exporters/index.ts";
import { modelIdentity } from "../providers/index.ts";
import { conversationOf, type AgentProgram, type Conversation, type Trace } from "../runtime/index.ts";
import { exportedSplits, exportSource, type ExportSource } from "./export-source.ts";
import { measuredRollouts, type MeasuredRollout } from "./measured-rollouts.ts";
import { hasStore } from "./paths.ts";
import { listLabels, type RatedRollout } from "./rated-rollouts.ts";
import { resolveGenome, stored } from "./references.ts";
import type { Workbench } from "./workbench.ts";

export interface TrainingRequest extends TrainingChoice {
  /** Runs (all their candidates) and anything else that names a genome. */
  readonly sources: readonly string[];
  readonly format: TrainingFormat;
  readonly dataset?: string | undefined;
  /** By default train and validation; the sealed test only by name. */
  readonly splits?: readonly SplitName[] | undefined;
  /** Whose word counts; by default that of people where they gave one, else that of the checks. */
  readonly by?: "checks" | "people" | undefined;
  /** A genome whose prompt and tools every line gets, in place of those under which the chosen answer was given. */
  readonly prompt?: string | undefined;
}

export interface TrainingExport extends TrainingSet {
  readonly format: TrainingFormat;
  readonly source: ExportSource;
  readonly splits: readonly SplitName[];
  /** Rollouts that were looked at. */
  readonly rollouts: number;
  readonly model: string;
  readonly simulated: boolean;
}

/**
 * Makes training data of what was measured. Runs nothing. Exporting tasks of the test split is recorded as an opening of it.
 * Throws `nothing-measured`, `dataset-needed`, and what naming genomes and datasets throws.
 */
export async function exportTraining(workbench: Workbench, request: TrainingRequest): Promise<TrainingExport> {
  const source = await exportSource(workbench, request.sources, request.dataset);
  const splits = exportedSplits(request.splits);
  const { dataset, surroundings, genomes } = source;
  const rollouts = hasStore(workbench) ? await measuredRollouts(workbench, dataset, surroundings, genomes, splits) : [];
  if (rollouts.length === 0) throw nothingMeasured(source, splits);
  const conversation = await conversationReader(workbench, source, request.prompt);
  const said = new Map(listLabels(workbench, { dataset: dataset.name }).map((row) => [row.rollout, row]));
  const attempts = rollouts.flatMap((rollout) => attemptsOf(rollout, said.get(rollout.key), request.by, conversation));
  const made = trainingSet(request.format, attempts, request);
  if (made.origins.some(({ split }) => split === "test")) {
    const purpose = `export ${request.format} ${source.label}`;
    workbench.store.testOpenings.append({ dataset: dataset.name, genomes, purpose, at: workbench.clock.now() });
  }
  return {
    ...made,
    format: request.format,
    source,
    splits,
    rollouts: rollouts.length,
    model: modelIdentity(surroundings.model),
    simulated: surroundings.model.kind === "simulated",
  };
}

type ConversationReader = (rollout: MeasuredRollout) => Conversation | undefined;

/** Only what came to an answer can be learned from. Under another prompt only what it could have done: with the tools it offers. */
async function conversationReader(
  workbench: Workbench,
  { dataset, surroundings }: ExportSource,
  prompt: string | undefined,
): Promise<ConversationReader> {
  const tools = dataset.toolModule === undefined ? undefined : await loadToolModule(dataset.toolModule);
  const programs = new Map<ContentHash, AgentProgram>();
  const programOf = (id: ContentHash): AgentProgram => {
    const found =
      programs.get(id) ?? express(stored(workbench, id, id).genome, tools, { model: surroundings.model.model });
    programs.set(id, found);
    return found;
  };
  const other =
    prompt === undefined
      ? undefined
      : express(resolveGenome(workbench, prompt).genome, tools, { model: surroundings.model.model });
  return ({ task, genome, trace }) => {
    const kept = trace();
    if (kept === undefined || kept.stop !== "answered" || kept.steps.length === 0) return undefined;
    const own = conversationOf(programOf(genome), task.input, kept);
    if (other === undefined) return own;
    const offered = conversationOf(other, task.input, noSteps);
    const names = new Set(offered.tools.map(({ name }) => name));
    return kept.steps.every((step) => step.kind !== "tool" || names.has(step.name))
      ? { ...offered, turns: own.turns }
      : undefined;
  };
}

const noSteps: Pick<Trace, "steps"> = { steps: [] };

/** A rollout, and the answer that people say would have been right, where the agent only had to say it. */
function attemptsOf(
  rollout: MeasuredRollout,
  said: RatedRollout | undefined,
  by: TrainingRequest["by"],
  read: ConversationReader,
): readonly Attempt[] {
  const { task, genome, repeat, kept } = rollout;
  const base = { task: task.id, split: task.split, genome, repeat };
  const human = by === "checks" ? null : (said?.human ?? null);
  const tokens = kept.usage.inputTokens + kept.usage.outputTokens;
  const own: readonly Attempt[] =
    human === null && by === "people"
      ? []
      : [
          {
            ...base,
            score: human ?? kept.score,
            by: human === null ? "checks" : "people",
            tokens,
            conversation: () => read(rollout),
          },
        ];
  const [answer, ...others] = by === "checks" ? [] : (said?.answers ?? []);
  if (answer === undefined || others.length > 0) return own;
  const corrected = (): Conversation | undefined => {
    const done = read(rollout);
    return done === undefined || done.turns.length !== 1
      ? undefined
      : { ...done, turns: [{ role: "assistant", content: answer }] };
  };
  return [...own, { ...base, score: 1, by: "people", tokens: 0, conversation: corrected }];
}

function nothingMeasured({ label, dataset }: ExportSource, splits: readonly SplitName[]): AlleleError {
  return new AlleleError({
    code: "nothing-measured",
    message: `nothing that ${label} names was measured on ${dataset.name}/${splits.join(" or ")} as it is now`,
    hint: `Measure it first, such as with: allele evaluate -g GENOME -d ${dataset.name}. Tasks, tools, limits and model must be those of the measurement.`,
  });
}
