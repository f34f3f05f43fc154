import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readText, writeTextAtomic, type Clock } from "../../base/index.ts";
import { ProviderError, type ChatReply, type ChatRequest, type Provider } from "../../providers/index.ts";
import { readAnswer } from "./read-answer.ts";
import { requestName, requestText } from "./request-text.ts";

export interface FilesProposerOptions {
  /** Requests and answers; made where it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** Hears, once each, where an answer is waited for and what is wrong with one. */
  readonly tell: (line: string) => void;
  /** Whether the run is to stop: then nothing is waited for any more. */
  readonly stopRequested: () => boolean;
  /** Milliseconds between two looks. */
  readonly pause?: number | undefined;
}

const answerEnd = ".answer.json";

/**
 * A reflection model that is a person or an agent: each request becomes a file, and its answer is waited for beside it. The run keeps what it was
 * answered, so that a resume asks only what is open. Answers that were taken are moved to `answered`; nothing anybody wrote is thrown away.
 */
export function filesProposer({ folder, clock, tell, stopRequested, pause = 500 }: FilesProposerOptions): Provider {
  const answered = join(folder, "answered");
  const open = new Set<string>();
  const told = new Set<string>();
  /** What the requests say is wrong with the answers beside them. */
  const flaws = new Map<string, string>();
  const tellOnce = (line: string): void => {
    if (told.has(line)) return;
    told.add(line);
    tell(line);
  };

  /**
   * The content of a usable answer. One that is not is told of, in the request too, when it stays the same from one look to the next:
   * before, somebody may be writing.
   */
  const look = (
    name: string,
    request: ChatRequest,
    before: string | undefined,
  ): { content?: string; written?: string } => {
    const file = join(folder, `${name}${answerEnd}`);
    if (!existsSync(file)) return {};
    const written = textOf(file);
    const read = written === undefined ? { flaw: "it cannot be read as UTF-8 text" } : readAnswer(written, request);
    if ("content" in read) return { content: read.content };
    const seen = written ?? "";
    if (seen !== before) return { written: seen };
    tellOnce(`${file} cannot be used: ${read.flaw}. Correct it there; the run goes on waiting.`);
    if (flaws.get(name) !== read.flaw) {
      flaws.set(name, read.flaw);
      writeTextAtomic(join(folder, `${name}.md`), requestText(name, request, read.flaw));
    }
    return { written: seen };
  };

  /** Answers that nobody waits for. They stay where they are. */
  const tellOfStray = (): void => {
    for (const file of readdirSync(folder)) {
      if (!file.endsWith(answerEnd)) continue;
      const name = file.slice(0, -answerEnd.length);
      if (open.has(name)) continue;
      const twice = existsSync(join(answered, file));
      const why = twice
        ? "this request was answered before; the first answer stands"
        : "there is no such request, or none any more";
      tellOnce(`${join(folder, file)} is left alone: ${why}.`);
    }
  };

  const wait = async (name: string, request: ChatRequest, signal: AbortSignal | undefined): Promise<string> => {
    let before: string | undefined;
    for (;;) {
      const { content, written } = look(name, request, before);
      if (content !== undefined) return content;
      if (stopRequested()) throw nobodyAnswers(name);
      before = written;
      tellOfStray();
      await clock.sleep(pause, signal).catch((error: unknown) => {
        throw new ProviderError({
          code: "model-cancelled",
          message: "the call was cancelled",
          retryable: false,
          cause: error,
        });
      });
    }
  };

  return {
    name: `files in ${folder}`,
    complete: async (request, { signal, onText } = {}) => {
      const name = requestName(request);
      // Taken just before the run was cut: the store may not have it yet.
      const earlier = takenAnswer(join(answered, `${name}${answerEnd}`), request);
      if (earlier !== undefined) return replyOf(earlier);
      const file = join(folder, `${name}.md`);
      mkdirSync(answered, { recursive: true });
      if (!existsSync(file)) writeTextAtomic(file, requestText(name, request));
      open.add(name);
      tellOnce(`Waiting for a proposal: read ${file}, answer in ${name}${answerEnd} beside it.`);
      try {
        const content = await wait(name, request, signal);
        renameSync(join(folder, `${name}${answerEnd}`), join(answered, `${name}${answerEnd}`));
        rmSync(file, { force: true });
        onText?.(content);
        return replyOf(content);
      } finally {
        open.delete(name);
      }
    },
  };
}

/** Nobody counts the tokens of a person; budgets in rollouts hold. */
function replyOf(content: string): ChatReply {
  return { content, toolCalls: [], usage: { inputTokens: 0, outputTokens: 0 }, finish: "stop" };
}

function takenAnswer(file: string, request: ChatRequest): string | undefined {
  const written = existsSync(file) ? textOf(file) : undefined;
  const read = written === undefined ? undefined : readAnswer(written, request);
  return read !== undefined && "content" in read ? read.content : undefined;
}

function nobodyAnswers(name: string): ProviderError {
  return new ProviderError({
    code: "model-unreachable",
    message: `the run was asked to stop before proposal ${name} was answered`,
    retryable: false,
  });
}

function textOf(file: string): string | undefined {
  try {
    return readText(file);
  } catch {
    return undefined;
  }
}
