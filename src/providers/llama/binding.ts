import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AlleleError, messageOf, type Json } from "../../base/index.ts";

/** The version of node-llama-cpp that Allele is written for; part of what makes two models the same. */
export const bindingVersion = "3.22.1";

export type Token = number;

export type HistoryItem =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: readonly (string | FunctionCall)[] };

interface FunctionCall {
  readonly type: "functionCall";
  readonly name: string;
  readonly params: Json;
  readonly result: Json;
}

export type Functions = Readonly<Record<string, { readonly description: string; readonly params?: Json }>>;

interface NextToken {
  readonly logits: ReadonlyMap<Token, number>;
  /** Sum of exp(logit - greatest logit) over the vocabulary. */
  readonly totalLogitWeight: number;
}

export interface Sequence {
  readonly nextTokenIndex: number;
  clearHistory(): Promise<void>;
  eraseContextTokenRanges(ranges: readonly { readonly start: number; readonly end: number }[]): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: readonly Token[]): Promise<void>;
  controlledEvaluate(
    input: readonly (Token | readonly [Token, { readonly generateNext: object }])[],
  ): Promise<readonly ({ readonly next: NextToken } | undefined)[]>;
}

export interface Model {
  readonly trainContextSize: number;
  readonly size: number;
  readonly fileInfo: {
    readonly metadata: { readonly general: { readonly architecture: string; readonly license?: string } };
  };
  readonly tokenizer: unknown;
  tokenize(text: string, specialTokens?: boolean): Token[];
  createContext(options: object): Promise<{ getSequence(): Sequence; readonly contextSize: number }>;
}

export interface Chat {
  readonly chatWrapper: {
    generateContextState(options: {
      readonly chatHistory: readonly HistoryItem[];
      readonly availableFunctions?: Functions | undefined;
    }): { readonly contextText: { tokenize(tokenizer: unknown): Token[] } };
  };
  generateResponse(
    history: readonly HistoryItem[],
    options: object,
  ): Promise<{
    readonly response: string;
    readonly functionCalls?: readonly { readonly functionName: string; readonly params?: Json }[];
    readonly metadata: { readonly stopReason: string };
  }>;
}

export interface Llama {
  loadModel(options: { readonly modelPath: string }): Promise<Model>;
  createGrammarForJsonSchema(schema: Json): Promise<object>;
}

/** The part of node-llama-cpp that is used here, so that Allele type-checks without it. */
export interface Binding {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaChat: new (options: { readonly contextSequence: Sequence }) => Chat;
  readonly InsufficientMemoryError: new () => Error;
}

/** How to install it: into the folder of models, so that no other dependency is touched. */
function installCommand(folder: string): string {
  const platform = `${process.platform === "darwin" ? "mac" : process.platform === "win32" ? "win" : "linux"}-${process.arch}`;
  const binaries = platform === "mac-arm64" ? "mac-arm64-metal" : platform;
  return `npm install --prefix ${folder} --ignore-scripts --omit=optional node-llama-cpp@${bindingVersion} @node-llama-cpp/${binaries}@${bindingVersion}`;
}

/** Loads the optional package, from the folder of models or where Allele's own packages are. Rejects with AlleleError `llama-missing` or `llama-broken`. */
export async function loadBinding(folder: string): Promise<Binding> {
  const place = locate(folder);
  if (place === undefined) {
    throw new AlleleError({
      code: "llama-missing",
      message: "models of kind llama need the optional package node-llama-cpp, which is not installed",
      hint: `Install it (about 80 MB): ${installCommand(folder)}`,
    });
  }
  try {
    return (await import(pathToFileURL(place).href)) as Binding;
  } catch (error) {
    throw brokenBinding(folder, error);
  }
}

export function brokenBinding(folder: string, error: unknown): AlleleError {
  return new AlleleError({
    code: "llama-broken",
    message: `node-llama-cpp cannot be used on this machine: ${messageOf(error)}`,
    hint: `Install it anew: ${installCommand(folder)}`,
    cause: error,
  });
}

/** The package's main file. */
function locate(folder: string): string | undefined {
  const own = join(folder, "node_modules", "node-llama-cpp", "dist", "index.js");
  if (existsSync(own)) return own;
  const besides = createRequire(import.meta.url).resolve.paths("node-llama-cpp") ?? [];
  return besides.map((path) => join(path, "node-llama-cpp", "dist", "index.js")).find((file) => existsSync(file));
}
