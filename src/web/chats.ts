import { AlleleError } from "../base/index.ts";
import { openSession, type Session } from "../live/index.ts";
import type { Trace } from "../runtime/index.ts";
import { prepareSession, type PreparedSession, type Workbench } from "../workbench/index.ts";

export interface Turn {
  readonly question: string;
  /** Undefined while the agent thinks. */
  readonly trace: Trace | undefined;
  readonly failure: unknown;
}

/** A conversation with a live agent. It ends with the dashboard. */
export interface Chat {
  readonly id: string;
  /** What it talks to, as it was named. */
  readonly reference: string;
  readonly genome: string;
  /** Set while a challenger is tried beside what is live: its session is kept, and can be rated. */
  readonly trial: PreparedSession["trial"];
  readonly turns: readonly Turn[];
  /** Changes with the turns. */
  readonly version: number;
}

export interface Chats {
  /** Reads what the reference points at now. Rejects with what `prepareSession` throws. */
  readonly start: (reference: string, dataset: string | undefined) => Promise<string>;
  /** Throws `unknown-chat`. */
  readonly get: (id: string) => Chat;
  readonly list: () => readonly Chat[];
  /** Throws `unknown-chat`, or `still-thinking` when the question before is not answered yet. */
  readonly ask: (id: string, question: string) => void;
  readonly end: () => void;
}

/** Conversations that are kept. */
const most = 50;

export function makeChats(workbench: Workbench): Chats {
  const open = new Map<string, { chat: Chat; readonly session: Session }>();
  const ended = new AbortController();
  let count = 0;

  const found = (id: string): { chat: Chat; readonly session: Session } => open.get(id) ?? unknownChat(id);

  return {
    start: async (reference, dataset) => {
      const prepared = await prepareSession(workbench, reference, { dataset });
      const session = openSession(prepared);
      count += 1;
      const id = String(count);
      const { trial } = prepared;
      open.set(id, { session, chat: { id, reference, genome: session.genome, trial, turns: [], version: 0 } });
      const [oldest] = open.keys();
      if (open.size > most && oldest !== undefined) {
        open.get(oldest)?.session.close();
        open.delete(oldest);
      }
      return id;
    },
    get: (id) => found(id).chat,
    list: () => [...open.values()].map(({ chat }) => chat).toReversed(),
    ask: (id, question) => {
      const entry = found(id);
      const { turns } = entry.chat;
      const last = turns.at(-1);
      if (last !== undefined && last.trace === undefined && last.failure === undefined) throw stillThinking();
      const say = (turn: Turn): void => {
        entry.chat = { ...entry.chat, turns: [...turns, turn], version: entry.chat.version + 1 };
      };
      say({ question, trace: undefined, failure: undefined });
      entry.session.ask(question, { signal: ended.signal }).then(
        (trace) => say({ question, trace, failure: undefined }),
        (failure: unknown) => say({ question, trace: undefined, failure }),
      );
    },
    end: () => {
      ended.abort();
      for (const { session } of open.values()) session.close();
    },
  };
}

function unknownChat(id: string): never {
  throw new AlleleError({
    code: "unknown-chat",
    message: `there is no conversation ${id}`,
    hint: "Conversations end with the dashboard. Start another.",
  });
}

function stillThinking(): AlleleError {
  return new AlleleError({
    code: "still-thinking",
    message: "the agent has not answered the question before",
    hint: "Wait for its answer; the page shows it by itself.",
  });
}
