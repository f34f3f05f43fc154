import { AlleleError, type Clock, type ContentHash, type Json } from "../base/index.ts";
import { express } from "../evaluate/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import type { Message, Provider, Usage } from "../providers/index.ts";
import { runAgent, type Limits, type ToolModule, type Trace, type World } from "../runtime/index.ts";

/** What a session is made of; the genome is read once, when the session starts. */
export interface SessionParts {
  readonly genome: Genome;
  readonly tools: ToolModule | undefined;
  /** Given to the tool module's `createWorld`: one world for the whole session. */
  readonly world: Json | undefined;
  readonly provider: Provider;
  /** The model used when the genome has no `model` gene. */
  readonly model: string;
  /** Bounds on each answer. */
  readonly limits: Limits;
  /** US dollars of one call of a model; absent: nothing costs. */
  readonly price?: ((model: string, usage: Usage) => number) | undefined;
  readonly clock: Clock;
}

/** A conversation with the live agent. Later questions see the earlier turns and the same world. */
export interface Session {
  readonly genome: ContentHash;
  /**
   * Answers one question. A question that fails or is interrupted leaves no turn behind, and the next may be asked.
   * Rejects with what the provider throws, `interrupted`, or `session-closed`.
   */
  ask(question: string, options?: { readonly signal?: AbortSignal }): Promise<Trace>;
  /** Ends the session and closes its world. May be called twice. */
  close(): void;
}

/** Starts a session through the same bridge that evaluation uses, so that what was measured is what runs. Throws what `express` throws. */
export function startSession(parts: SessionParts): Session {
  const { genome, tools, model, limits, provider, price, clock } = parts;
  const program = express(genome, tools, { model, limits });
  const world: World = tools?.createWorld(parts.world) ?? {};
  let history: readonly Message[] = [];
  let isOpen = true;
  return {
    genome: genomeId(genome),
    ask: async (question, options) => {
      if (!isOpen) throw sessionClosed();
      const trace = await runAgent(program, question, {
        provider,
        world,
        clock,
        price,
        signal: options?.signal,
        history,
      });
      history = [...history, { role: "user", content: question }, { role: "assistant", content: trace.answer }];
      return trace;
    },
    close: () => {
      if (isOpen) world.close?.();
      isOpen = false;
    },
  };
}

function sessionClosed(): AlleleError {
  return new AlleleError({
    code: "session-closed",
    message: "the session is closed",
    hint: "Start another: a session reads the profile once, when it starts.",
  });
}
