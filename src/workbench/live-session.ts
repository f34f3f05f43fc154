import { AlleleError, messageOf, secretToken, type ContentHash } from "../base/index.ts";
import { armOf, runningTrial, type Arm, type Trial } from "../promote/index.ts";
import type { Trace } from "../runtime/index.ts";
import { partsOf, type AgentParts } from "./agent.ts";
import { resolveProfileFirst, stored } from "./references.ts";
import type { Workbench } from "./workbench.ts";

/** Who answers a session, and how its turns are kept; handed to `openSession` as it is. */
export interface PreparedSession {
  readonly answering: AgentParts;
  readonly shadow: AgentParts | undefined;
  readonly hear: ((turn: Heard) => void) | undefined;
  /** Set while a challenger is tried beside what is live. */
  readonly trial: { readonly session: string; readonly arm: Arm; readonly kind: Trial["kind"] } | undefined;
}

interface Heard {
  readonly role: "answering" | "shadow";
  readonly question: string;
  readonly trace: Trace | undefined;
}

/**
 * Reads what a profile points at now, and whether a challenger is tried beside it. A session with a name is answered by the same one as long as the
 * trial lasts. Throws `session-name`, and what sessionParts throws.
 */
export async function prepareSession(
  workbench: Workbench,
  reference: string,
  options: { readonly dataset?: string | undefined; readonly session?: string | undefined } = {},
): Promise<PreparedSession> {
  const session =
    options.session === undefined ? `s${secretToken().slice(0, 16)}` : requireSessionName(options.session);
  const named = resolveProfileFirst(workbench, reference);
  const incumbent = await partsOf(workbench, named, options.dataset);
  const trial =
    named.live === undefined ? undefined : runningTrial(workbench.store, named.live.profile, named.live.channel);
  // A trial beside another genome began or ended since the pointer was read.
  if (trial === undefined || trial.record.previous !== named.id) {
    return { answering: incumbent, shadow: undefined, hear: undefined, trial: undefined };
  }
  const arm = trial.kind === "shadow" ? "incumbent" : armOf(trial, session);
  const isTried = trial.kind === "shadow" || arm === "challenger";
  const challenger = isTried
    ? await partsOf(
        workbench,
        { ...stored(workbench, trial.record.genome, reference), dataset: named.dataset },
        options.dataset,
      )
    : undefined;
  const arms = trial.kind === "shadow" ? (["incumbent", "challenger"] as const) : [arm];
  const genomes = { incumbent: named.id, challenger: trial.record.genome };
  return {
    answering: arm === "challenger" && challenger !== undefined ? challenger : incumbent,
    shadow: trial.kind === "shadow" ? challenger : undefined,
    hear: keeperOf(workbench, trial, session, arms, genomes),
    trial: { session, arm, kind: trial.kind },
  };
}

/** Keeps a session from its first turn on. What cannot be kept is said and harms no session. Questions and answers are kept of a shadow alone, to be compared. */
function keeperOf(
  { store, clock, log }: Workbench,
  { record, kind }: Trial,
  session: string,
  arms: readonly Arm[],
  genomes: Readonly<Record<Arm, ContentHash>>,
): (turn: Heard) => void {
  return ({ role, question, trace }) => {
    const arm = role === "shadow" ? "challenger" : (arms[0] ?? "incumbent");
    const base = { trial: record.index, session, at: clock.now() };
    try {
      store.transaction(() => {
        for (const one of arms) store.sessions.put({ ...base, arm: one, genome: genomes[one] });
        store.sessions.addTurn({
          ...base,
          arm,
          answered: trace?.stop === "answered",
          tokens: trace === undefined ? 0 : trace.usage.inputTokens + trace.usage.outputTokens,
          usd: trace?.usage.usd ?? 0,
          ...(kind === "shadow" && { question, answer: trace?.answer }),
        });
      });
    } catch (error) {
      log("warn", `a turn of session ${session} could not be kept: ${messageOf(error)}`);
    }
  };
}

function requireSessionName(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._:@/-]{0,199}$/u.test(name)) return name;
  throw new AlleleError({
    code: "session-name",
    message: `${JSON.stringify(name.slice(0, 80))} cannot name a session`,
    hint: "Use letters, digits and . _ : @ / -, at most 200, beginning with a letter or digit.",
  });
}

/** "session 4f2a, answered by the challenger (canary)"; nothing where no challenger is tried. */
export function sessionLine({ trial }: PreparedSession): string | undefined {
  if (trial === undefined) return undefined;
  const who = trial.kind === "shadow" ? "the incumbent, the challenger looks on" : `the ${trial.arm}`;
  return `session ${trial.session}, answered by ${who} (${trial.kind}); rate it: allele agent rate ${trial.session} --good`;
}
