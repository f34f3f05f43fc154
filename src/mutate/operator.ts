import type { Random } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Rollout } from "../evaluate/index.ts";
import type { Gene, Genome } from "../genome/index.ts";
import type { ChatReply, ChatRequest } from "../providers/index.ts";

/** What a proposer is shown of one rollout of the parent. */
export interface Evidence {
  readonly task: Task;
  readonly rollout: Rollout;
}

/** An earlier proposal for the same gene that was refused, so that it is not made again. */
export interface FailedAttempt {
  readonly gene: string;
  readonly change: string;
  readonly reason: string;
}

/** What an operator is given to propose a change of one gene. */
export interface ProposeRequest {
  readonly parent: Genome;
  /** The gene to change. */
  readonly gene: string;
  readonly evidence: readonly Evidence[];
  readonly failedAttempts: readonly FailedAttempt[];
  readonly random: Random;
  /** One reflection call; budgeted, recorded and replayed on resume by the caller. Rejects with ProviderError. */
  readonly reflect: (request: Omit<ChatRequest, "model">) => Promise<ChatReply>;
  /** Whether the parent with this value was proposed before. Operators that choose among few values ask it; others need not. */
  readonly tried?: ((value: Gene["value"]) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Why there is no child. The first group: what the model replied; the second: what the gene and the evidence allow. */
export type NothingReason =
  | "truncated-reply"
  | "refusal"
  | "no-value"
  | "empty-value"
  | "wrong-form"
  | "no-alternative"
  | "not-applicable";

/** A child, or a stated nothing. */
export type Proposal =
  | { readonly kind: "child"; readonly gene: string; readonly value: Gene["value"]; readonly hypothesis: string }
  | { readonly kind: "nothing"; readonly reason: NothingReason; readonly detail: string };

/** One way of making a new gene value from an old one and evidence. Never changes anything but the value of that gene. */
export interface Operator {
  readonly name: string;
  /** Whether it can work on this gene. */
  applies(gene: Gene): boolean;
  propose(request: ProposeRequest): Promise<Proposal>;
}
