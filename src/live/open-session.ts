import type { Trace } from "../runtime/index.ts";
import { holdWrites } from "./hold-writes.ts";
import { startSession, type Session, type SessionParts } from "./session.ts";

/** One question and what came of it. */
export interface HeardTurn {
  /** `shadow`: nobody was given the answer. */
  readonly role: "answering" | "shadow";
  readonly question: string;
  /** Undefined where the call failed. */
  readonly trace: Trace | undefined;
}

/** Who answers a session, who looks on, and who is told. */
export interface LiveParts {
  readonly answering: SessionParts;
  /** Works on the same questions with tools that change nothing; its answers go to nobody but `hear`. */
  readonly shadow?: SessionParts | undefined;
  /** Called after every turn. Whatever it throws would end the session, so it should not. */
  readonly hear?: ((turn: HeardTurn) => void) | undefined;
}

export interface LiveSession extends Session {
  /** Resolves when the shadow, if there is one, is done with all it was asked. Never rejects. */
  finish(): Promise<void>;
}

/** Starts a session. A shadow works beside it: it delays no answer, and its failures are heard and not felt. Throws what startSession throws. */
export function openSession({ answering, shadow, hear }: LiveParts): LiveSession {
  const session = startSession(answering);
  const watcher = shadow === undefined ? undefined : startShadow(shadow);
  let watching: Promise<void> = Promise.resolve();
  const watch = (question: string, signal: AbortSignal | undefined): void => {
    if (watcher === undefined) return;
    watching = watching.then(async () => {
      const trace = await watcher.ask(question, signal === undefined ? {} : { signal }).catch(() => undefined);
      hear?.({ role: "shadow", question, trace });
    });
  };
  return {
    genome: session.genome,
    ask: async (question, options) => {
      watch(question, options?.signal);
      try {
        const trace = await session.ask(question, options);
        hear?.({ role: "answering", question, trace });
        return trace;
      } catch (error) {
        hear?.({ role: "answering", question, trace: undefined });
        throw error;
      }
    },
    finish: () => watching,
    close: () => {
      session.close();
      watcher?.close();
    },
  };
}

function startShadow(parts: SessionParts): Session {
  return startSession({ ...parts, tools: parts.tools === undefined ? undefined : holdWrites(parts.tools) });
}
