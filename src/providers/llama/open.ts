import { existsSync } from "node:fs";
import { AlleleError, fileSha256, messageOf } from "../../base/index.ts";
import { brokenBinding, loadBinding, type Chat, type Llama, type Model, type Sequence } from "./binding.ts";
import { corrupt, readModelFile } from "./gguf.ts";

export interface LlamaOptions {
  /** The model's GGUF file. */
  readonly file: string;
  /** Expected SHA-256 of the file, in hexadecimal; absent: it is not looked at. */
  readonly sha256?: string | undefined;
  /** Where node-llama-cpp may be installed. */
  readonly folder: string;
  /** Most tokens of a conversation, its reply included. */
  readonly context: number;
  readonly threads: number;
}

/** A model in memory with one sequence of tokens. */
export interface LoadedModel {
  readonly llama: Llama;
  readonly model: Model;
  readonly sequence: Sequence;
  readonly chat: Chat;
  /** Tokens that fit. */
  readonly room: number;
}

/**
 * Loads a model on the processor, without a graphics card: the same file gives the same replies on any machine of the same kind.
 * Rejects with AlleleError `llama-missing`, `llama-broken`, `file-missing`, `model-file-corrupt`, `model-file-differs`, `model-architecture` or
 * `model-too-large`.
 */
export async function openModel(options: LlamaOptions): Promise<LoadedModel> {
  const { file, folder, threads } = options;
  const { bytes, architecture } = readModelFile(file);
  if (bytes > process.availableMemory())
    throw tooLarge(file, `it has ${bytes} bytes, of memory ${process.availableMemory()} are left`);
  requireSame(options);
  const binding = await loadBinding(folder);
  const told: string[] = [];
  const llama = await binding
    .getLlama({
      gpu: false,
      build: "never",
      skipDownload: true,
      progressLogs: false,
      maxThreads: threads,
      logLevel: "error",
      logger: (_level: string, line: string) => told.push(line.trim()),
    })
    .catch((error: unknown) => {
      throw brokenBinding(folder, error);
    });
  try {
    const model = await llama.loadModel({ modelPath: file });
    const context = await model.createContext({
      contextSize: Math.min(options.context, model.trainContextSize),
      sequences: 1,
      batchSize: 512,
      threads,
      flashAttention: true,
    });
    const sequence = context.getSequence();
    const chat = new binding.LlamaChat({ contextSequence: sequence });
    return { llama, model, sequence, chat, room: context.contextSize };
  } catch (error) {
    if (error instanceof binding.InsufficientMemoryError) throw tooLarge(file, messageOf(error), error);
    const why = `${messageOf(error)} ${told.join(" ")}`;
    if (/unknown model architecture|unsupported.*architecture/i.test(why))
      throw unknownArchitecture(file, architecture, error);
    if (/memory|alloc/i.test(why) && !/tensor|magic|corrupt|truncat/i.test(why))
      throw tooLarge(file, why.trim(), error);
    throw corrupt(file, why.trim(), error);
  }
}

function requireSame({ file, sha256 }: LlamaOptions): void {
  if (sha256 === undefined || !existsSync(file)) return;
  const found = fileSha256(file);
  if (found === sha256.toLowerCase()) return;
  throw new AlleleError({
    code: "model-file-differs",
    message: `${file} is not the file that sha256 names: it has ${found}`,
    hint: "Fetch the right one, or correct sha256 in the model's configuration.",
    where: { file },
  });
}

function tooLarge(file: string, why: string, cause?: unknown): AlleleError {
  return new AlleleError({
    code: "model-too-large",
    message: `${file} does not fit into this machine's memory: ${why}`,
    hint: "Close other programs, lower context, or choose a smaller model or a stronger quantization.",
    kind: "outside",
    where: { file },
    cause,
  });
}

function unknownArchitecture(file: string, architecture: string, cause: unknown): AlleleError {
  return new AlleleError({
    code: "model-architecture",
    message: `${file} has the architecture "${architecture}", which this version of llama.cpp cannot run`,
    hint: "Choose another model; or serve it yourself and use kind: openai-compatible.",
    where: { file },
    cause,
  });
}
