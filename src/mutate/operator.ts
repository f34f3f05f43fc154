import type { Random } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Rollout } from "../evaluate/index.ts";
import type { Gene, Genome } from "../genome/index.ts";
import type { ChatReply, ChatRequest } from "../providers/index.ts";

/** What a proposer is shown of one rollout of the parent. */
export interface Evidence {
  readonly task: Task;
  readonly rollout: Rollout;
  /** The right answer of a training task where one check names it: for operators that show it as an example. Never told to a reflection model. */
  readonly solution?: string | undefined;
}

/** An earlier proposal for the same gene that was refused, so that it is not made again. */
export interface FailedAttempt {
  readonly gene: string;
  readonly change: string;
  readonly reason: string;
}

/** New values by gene id: all by which a child differs from its parent. */
export type Changes = Readonly<Record<string, Gene["value"]>>;

/** What an operator is given to propose a child. */
export interface ProposeRequest {
  readonly parent: Genome;
  /** The gene to change; empty for an operator whose scope is the genome. */
  readonly gene: string;
  readonly evidence: readonly Evidence[];
  readonly failedAttempts: readonly FailedAttempt[];
  readonly random: Random;
  /** One reflection call; budgeted, recorded and replayed on resume by the caller. Rejects with ProviderError. */
  readonly reflect: (request: Omit<ChatRequest, "model">) => Promise<ChatReply>;
  /** Other good candidates, for operators that join two; may hold their ancestors and the parent itself. */
  readonly pool?: readonly { readonly genome: Genome; readonly mean: number }[] | undefined;
  /** Hypotheses whose changes made candidates better earlier in the run, the latest last. */
  readonly gained?: readonly string[] | undefined;
  /** What the agent is for, in the words of its author; for operators that write a gene from nothing. */
  readonly purpose?: string | undefined;
  /** What a person thinks should change in one gene; operators that reflect on that gene start from it. */
  readonly suggestion?: { readonly gene: string; readonly text: string } | undefined;
  /** Whether the parent with these changes was proposed before. Operators that choose among few values ask it; others need not. */
  readonly tried?: ((changes: Changes) => boolean) | undefined;
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
  | {
      readonly kind: "child";
      readonly changes: Changes;
      /** One sentence: what is wrong and which change mends it. */
      readonly hypothesis: string;
      /** Ids of the shown tasks that the hypothesis predicts to get better; empty where it predicts none in particular. */
      readonly flips: readonly string[];
    }
  | { readonly kind: "nothing"; readonly reason: NothingReason; readonly detail: string };

/** One way of making a child from a parent and evidence. Never changes anything but values of genes it applies to. */
export interface Operator {
  readonly name: string;
  /** `gene`: changes the one gene it is asked for. `genome`: chooses among all genes itself and may change several. */
  readonly scope: "gene" | "genome";
  /** Whether a proposal takes a call of the reflection model. */
  readonly reflects: boolean;
  /** Whether it can work on this gene. */
  applies(gene: Gene): boolean;
  propose(request: ProposeRequest): Promise<Proposal>;
  /** For operators that get several children out of one call; at least one proposal, each of a different change. */
  proposeMany?(request: ProposeRequest): Promise<readonly Proposal[]>;
}
