import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What a driver is asked to do, as JSON in the environment variable PEER. */
interface DriverRequest {
  /** Base URL of `allele eval serve`. */
  readonly evaluation: string;
  /** Base URL of the model, ending in /v1. */
  readonly model: string;
  readonly budget: number;
  readonly seed: number;
  /** What each component is and in which form it is written, by its id. */
  readonly components: Readonly<Record<string, string>>;
  /** Where the peer's packages are installed. */
  readonly packages: string;
  /** A folder that the peer may use. */
  readonly scratch: string;
  /** A file of cases: instead of a search, rewrite one component for each, and no more. */
  readonly cases?: string;
  /** Where the result goes. */
  readonly out: string;
}

/** A component and what an agent with it did on some tasks. */
export interface Case {
  readonly component: string;
  readonly current: string;
  readonly examples: readonly (Task & TaskResult)[];
}

export interface Task {
  readonly id: string;
  readonly input: string;
}

export interface TaskResult {
  readonly task: string;
  readonly score: number;
  readonly feedback: readonly string[];
  readonly answer: string;
  readonly trace: string;
}

export type Texts = Readonly<Record<string, string>>;

export const request = JSON.parse(process.env["PEER"] ?? "{}") as DriverRequest;

const picks: { seconds: number; rollouts: number; validation: number; candidate: Texts }[] = [];
let started = performance.now();

/** Loads a package of the peer from where it was installed. */
export function load<T>(name: string): T {
  return createRequire(join(request.packages, "package.json"))(name) as T;
}

/** Time counts from here. */
export function begin(): void {
  started = performance.now();
}

/** Writes the result and ends the process: some optimizers take an error for a score of 0 and go on. */
export function finish(ended: string, ownCount: number | null): never {
  const seconds = (performance.now() - started) / 1000;
  writeFileSync(request.out, JSON.stringify({ picks, ownCount, ended, seconds }));
  process.exit(0);
}

/** Does what is asked: a search, or the rewriting of cases one after another. Ends the process. */
export async function answer(search: () => Promise<never>, rewrite: (one: Case) => Promise<string>): Promise<never> {
  if (request.cases === undefined) return search();
  const texts: string[] = [];
  for (const one of JSON.parse(readFileSync(request.cases, "utf8")) as readonly Case[]) texts.push(await rewrite(one));
  writeFileSync(request.out, JSON.stringify(texts));
  process.exit(0);
}

export async function tasksOf(split: string): Promise<readonly Task[]> {
  const { tasks } = await call<{ tasks: readonly Task[] }>(`/tasks?split=${split}`);
  return tasks.map(({ id, input }) => ({ id, input }));
}

export async function seedTexts(): Promise<Texts> {
  return (await call<{ components: Texts }>("/genome?format=text")).components;
}

/** What begins within the budget is finished; after that nothing begins. The server's count decides. */
export async function evaluate(candidate: Texts, tasks: readonly Task[]): Promise<readonly TaskResult[]> {
  if ((await spent()) >= request.budget) finish("the server's count reached the budget", null);
  const body = JSON.stringify({ candidate, tasks: tasks.map(({ id }) => id), traces: true });
  const response = await fetch(`${request.evaluation}/evaluate`, { method: "POST", body });
  const said = (await response.json()) as {
    readonly results: readonly (TaskResult & { readonly error?: string })[];
    readonly error?: { readonly message: string };
  };
  if (response.status === 400) {
    const problem = said.error?.message ?? "refused";
    return tasks.map(({ id }) => ({ task: id, score: 0, feedback: [problem], answer: "", trace: "" }));
  }
  const failure = said.error?.message ?? said.results.find(({ error }) => error !== undefined)?.error;
  if (failure !== undefined) throw new Error(failure);
  return said.results;
}

/** A candidate was measured on all validation tasks that this optimizer uses. */
export async function note(candidate: Texts, validation: number): Promise<void> {
  if (validation <= (picks.at(-1)?.validation ?? -1)) return;
  const seconds = (performance.now() - started) / 1000;
  picks.push({ seconds, rollouts: await spent(), validation, candidate: { ...candidate } });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function spent(): Promise<number> {
  return (await call<{ rollouts: number }>("/status")).rollouts;
}

async function call<T>(path: string): Promise<T> {
  const response = await fetch(request.evaluation + path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
