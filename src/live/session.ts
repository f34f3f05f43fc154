import type { Clock, ContentHash, Json } from "../base/index.ts";
import { express } from "../evaluate/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import type { Message, Provider } from "../providers/index.ts";
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
  readonly limits: Limits;
  readonly clock: Clock;
}

/** A conversation with the live agent. Later questions see the earlier turns and the same world. */
export interface Session {
  readonly genome: ContentHash;
  ask(question: string, options?: { readonly signal?: AbortSignal }): Promise<Trace>;
  close(): void;
}

/** Starts a session through the same bridge that evaluation uses, so that what was measured is what runs. */
export function startSession(parts: SessionParts): Session {
  const program = express(parts.genome, parts.tools, { model: parts.model, limits: parts.limits });
  const world: World = parts.tools?.createWorld(parts.world) ?? {};
  let history: readonly Message[] = [];
  return {
    genome: genomeId(parts.genome),
    ask: async (question, options) => {
      const trace = await runAgent(program, question, {
        provider: parts.provider,
        world,
        clock: parts.clock,
        signal: options?.signal,
        history,
      });
      history = [...history, { role: "user", content: question }, { role: "assistant", content: trace.answer }];
      return trace;
    },
    close: () => world.close?.(),
  };
}
