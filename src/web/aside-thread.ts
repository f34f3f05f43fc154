import { parentPort, workerData } from "node:worker_threads";
import { AlleleError, markupOf, messageOf, type AlleleErrorOptions } from "../base/index.ts";
import { runSections } from "../report/index.ts";
import {
  auditDataset,
  openWorkbench,
  viewRun,
  viewSteering,
  type AuditRequest,
  type DatasetAudit,
  type SteeringView,
} from "../workbench/index.ts";

export interface Surroundings {
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What can be asked, by kind. */
interface Questions {
  /** The name of a run. */
  readonly sections: string;
  /** The name of a run. */
  readonly steering: string;
  readonly audit: AuditRequest;
}

export interface Answers {
  readonly sections: readonly { readonly id: string; readonly markup: string }[];
  readonly steering: SteeringView;
  readonly audit: DatasetAudit;
}

export interface Request<Kind extends keyof Questions = keyof Questions> {
  readonly id: number;
  readonly kind: Kind;
  readonly what: Questions[Kind];
}

export interface Failure {
  readonly message: string;
  /** What an AlleleError has beside its message. */
  readonly known: Omit<AlleleErrorOptions, "message" | "cause"> | undefined;
}

export interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: Failure | undefined;
}

const { root, environment } = workerData as Surroundings;
/** The store is opened once more here: it is only read. */
const workbench = openWorkbench({ cwd: root, environment, log: () => {} });

const work: { readonly [Kind in keyof Questions]: (what: Questions[Kind]) => Promise<Answers[Kind]> } = {
  sections: async (run) => {
    const view = await viewRun(workbench, run);
    return runSections.map(({ id, render }) => ({ id, markup: markupOf(render(view)) }));
  },
  steering: async (run) => viewSteering(workbench, run),
  audit: (request) => auditDataset(workbench, request),
};

parentPort?.on("message", (request: Request) => {
  void replyTo(request).then((reply) => parentPort?.postMessage(reply));
});

async function replyTo<Kind extends keyof Questions>({ id, kind, what }: Request<Kind>): Promise<Reply> {
  try {
    return { id, answer: await work[kind](what) };
  } catch (error) {
    return { id, failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof AlleleError)) return { message: messageOf(error), known: undefined };
  const { code, hint, kind, where, message } = error;
  return { message, known: { code, kind, ...(hint !== undefined && { hint }), ...(where !== undefined && { where }) } };
}
