import { z } from "zod";
import { AlleleError, didYouMean, validate, type ContentHash, type Json, type SourceLocation } from "../base/index.ts";
import { tasksOf, type Dataset, type SplitName, type Task } from "../dataset/index.ts";
import { express, type Rollout } from "../evaluate/index.ts";
import { Gene, genomeId, type GeneType, type Genome } from "../genome/index.ts";
import { modelIdentity, type ModelConfig } from "../providers/index.ts";
import { candidateGenome } from "./candidate.ts";
import { makeEvaluationLedger } from "./evaluation-ledger.ts";
import { TEXT_TYPES, toTextForm } from "./gene-text-form.ts";
import type { OpenLaboratory } from "./laboratory.ts";
import { traceText } from "./trace-text.ts";
import type { Workbench } from "./workbench.ts";

interface LogEntry {
  readonly kind: "rollout" | "candidate" | "test-opening" | "reset";
  readonly [member: string]: unknown;
}

interface EvaluationServiceParts {
  readonly workbench: Workbench;
  readonly laboratory: OpenLaboratory;
  readonly model: ModelConfig;
  /** Gives the genes that a candidate leaves out. */
  readonly seed: Genome;
  /** Rollouts, reused ones too; absent: no bound. */
  readonly budget?: number | undefined;
  readonly allowTest: boolean;
  /** Told everything that happens. */
  readonly log: (entry: LogEntry) => void;
}

/** What the evaluation endpoint does, request by request, as data. Wrong requests throw AlleleError. */
export interface EvaluationService {
  about(): unknown;
  tasks(query: Readonly<Record<string, string>>): unknown;
  genome(query: Readonly<Record<string, string>>): unknown;
  /** Rejects with AlleleError of kind "outside" when the model is down for good. */
  evaluate(body: Json, signal: AbortSignal): Promise<unknown>;
  status(): unknown;
  reset(): unknown;
}

const TasksQuery = z.strictObject({ split: z.enum(["train", "validation", "test"]).optional() });
const GenomeQuery = z.strictObject({
  types: z.string().optional(),
  format: z.enum(["typed", "text"]).default("typed"),
});
const EvaluateBody = z.strictObject({
  candidate: z.record(z.string(), z.json()).default({}),
  tasks: z.array(z.string()).min(1).max(10_000),
  repeat: z.int().min(0).max(1_000_000).default(0),
  traces: z.boolean().default(false),
});

const geneTypes: readonly GeneType[] = Gene.options.flatMap(({ shape }) => [...shape.type.values]);

export function makeEvaluationService(parts: EvaluationServiceParts): EvaluationService {
  const { workbench, laboratory, model, seed, allowTest, log } = parts;
  const { dataset, evaluator, tools } = laboratory;
  const { store, clock } = workbench;
  const ledger = makeEvaluationLedger(parts.budget);
  const taskOf = new Map(dataset.tasks.map((task) => [task.id, task]));

  const openTest = (genomes: readonly ContentHash[], purpose: string): void => {
    if (!allowTest) throw sealed();
    store.testOpenings.append({ dataset: dataset.name, genomes, purpose, at: clock.now() });
    log({ kind: "test-opening", genomes, purpose });
  };

  return {
    about: () => ({
      allele: "eval/1",
      genome: seed.name,
      dataset: dataset.name,
      model: modelIdentity(model),
      simulated: model.kind === "simulated",
    }),
    tasks: (query) => {
      const { split } = validate(TasksQuery, query, inQuery);
      const splits: readonly SplitName[] = split === undefined ? ["train", "validation"] : [split];
      if (split === "test") openTest([], "eval serve: its tasks were listed");
      return { tasks: splits.flatMap((one) => tasksOf(dataset, one)).map(describeTask) };
    },
    genome: (query) => {
      const { types, format } = validate(GenomeQuery, query, inQuery);
      const wanted = types === undefined ? (format === "text" ? TEXT_TYPES : geneTypes) : typesIn(types);
      const genes = Object.entries(seed.genes).filter(([, { type }]) => wanted.includes(type));
      if (format === "typed") return { genes: Object.fromEntries(genes) };
      const evolvable = genes.filter(([, gene]) => gene.evolvable !== false);
      return { components: Object.fromEntries(evolvable.map(([id, gene]) => [id, toTextForm(id, gene)])) };
    },
    evaluate: async (body, signal) => {
      const { candidate, tasks: ids, repeat, traces } = validate(EvaluateBody, body, inBody);
      const tasks = ids.map((id) => taskOf.get(id) ?? unknownTask(id, dataset));
      const genome = candidateGenome(seed, candidate);
      express(genome, tools, { model: model.model });
      const reservation = ledger.reserve(tasks.length);
      try {
        const id = genomeId(genome);
        if (tasks.some(({ split }) => split === "test")) openTest([id], "eval serve: a candidate was evaluated");
        store.genomes.put(id, genome, clock.now());
        if (ledger.candidate(id)) log({ kind: "candidate", genome: id, genes: candidate });
        let paid = 0;
        const rollouts = await evaluator.evaluate(genome, tasks, {
          repeat,
          signal,
          onRun: () => ledger.run(),
          onRollout: (rollout, reused) => {
            reservation.count(rollout, reused);
            if (!reused) paid += 1;
            log(rolloutEntry(id, rollout, reused));
          },
        });
        return {
          genome: id,
          results: rollouts.map((rollout, index) => resultOf(rollout, tasks[index] as Task, traces)),
          rollouts: rollouts.length,
          paid,
        };
      } finally {
        reservation.release();
      }
    },
    status: () => ({
      ...ledger.counts(),
      test_openings: store.testOpenings.count(dataset.name),
      ...(parts.budget === undefined ? {} : { budget: parts.budget }),
    }),
    reset: () => {
      ledger.reset();
      log({ kind: "reset" });
      return {};
    },
  };
}

const inBody = (): SourceLocation => ({ file: "body" });
const inQuery = (): SourceLocation => ({ file: "query" });

function describeTask({ id, input, tags, split }: Task): unknown {
  return { id, input, tags, split };
}

function resultOf(rollout: Rollout, { input }: Task, traces: boolean): unknown {
  const { task } = rollout;
  if (rollout.state === "failed") return { task, error: rollout.reason, code: rollout.code };
  const { score, objectives, feedback, trace } = rollout;
  const { answer } = trace;
  return { task, score, objectives, feedback, answer, ...(traces ? { trace: traceText(input, trace) } : {}) };
}

function rolloutEntry(genome: ContentHash, rollout: Rollout, reused: boolean): LogEntry {
  const { task, repeat, usage } = rollout;
  const outcome = rollout.state === "scored" ? { score: rollout.score } : { error: rollout.code };
  return { kind: "rollout", genome, task, repeat, reused, ...outcome, ...usage };
}

function typesIn(list: string): readonly GeneType[] {
  return list.split(",").map((name) => {
    const type = geneTypes.find((known) => known === name.trim());
    if (type !== undefined) return type;
    throw new AlleleError({
      code: "unknown-type",
      message: `there is no type of gene "${name.trim()}"${didYouMean(name.trim(), geneTypes)}`,
      hint: `The types are ${geneTypes.join(", ")}.`,
    });
  });
}

function unknownTask(id: string, dataset: Dataset): never {
  const known = dataset.tasks.map((task) => task.id);
  throw new AlleleError({
    code: "unknown-task",
    message: `${dataset.name} has no task "${id}"${didYouMean(id, known)}`,
    hint: "GET /tasks lists them.",
  });
}

function sealed(): AlleleError {
  return new AlleleError({
    code: "test-sealed",
    message: "the test split is sealed",
    hint: "Start the server with --allow-test to open it; every opening is recorded.",
  });
}
