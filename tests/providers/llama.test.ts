import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync, copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { grammarSchema, historyOf } from "../../src/providers/llama/conversation.ts";
import { readModelFile } from "../../src/providers/llama/gguf.ts";
import { llamaProvider } from "../../src/providers/llama/provider.ts";
import { makePrefixQueue } from "../../src/providers/llama/queue.ts";
import type { ChatRequest } from "../../src/providers/provider.ts";
import { AlleleError, tryParseJson } from "../../src/base/index.ts";

const models = resolve(import.meta.dirname, "../../models");
const file = join(models, "smollm2-135m-instruct.gguf");
/** The model and node-llama-cpp are fetched by .ci/run; without them what needs them is skipped. */
const isThere = existsSync(file) && existsSync(join(models, "node_modules/node-llama-cpp"));

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "answered",
    (error: unknown) => (error instanceof AlleleError ? error.code : error),
  );

const folder = mkdtempSync(join(tmpdir(), "allele-llama-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const options = { file, folder: models, context: 1024, threads: 1 };

const system = { role: "system", content: "You classify sentences of film reviews." } as const;
const asked = (text: string): ChatRequest["messages"] => [system, { role: "user", content: text }];
const choosing = (text: string): ChatRequest => ({
  model: "smollm2",
  messages: asked(text),
  choices: { texts: ["positive", "negative", "of no clear opinion"], baseline: asked("N/A") },
});

describe.skipIf(!isThere)(
  "a model in this process (needs models/smollm2-135m-instruct.gguf and node-llama-cpp)",
  () => {
    const provider = llamaProvider(options);

    test("answers in words, the same at temperature 0 and with the same seed above it", async () => {
      const request = { model: "smollm2", messages: asked("What is the capital of France?"), maxOutputTokens: 12 };
      const greedy = await provider.complete(request);
      expect(greedy.content).toContain("Paris");
      expect(greedy.usage.inputTokens).toBeGreaterThan(15);
      const drawn = await provider.complete({ ...request, temperature: 1.5, seed: 3 });
      expect(await provider.complete({ ...request, temperature: 1.5, seed: 3 })).toEqual(drawn);
      expect(await provider.complete(request)).toEqual(greedy);
    });

    test("chooses among given answers, with bits that depend on nothing but the request", async () => {
      const texts = ["a gorgeous , witty movie .", "it 's very , very slow .", "bleak"];
      const together = await Promise.all(texts.map((text) => provider.complete(choosing(text))));
      for (const { content, logProbabilities = [] } of together) {
        expect(logProbabilities).toHaveLength(3);
        expect(["positive", "negative", "of no clear opinion"].indexOf(content)).toBe(
          logProbabilities.indexOf(Math.max(...logProbabilities)),
        );
      }
      await provider.complete({
        model: "smollm2",
        messages: [{ role: "user", content: "Hello." }],
        maxOutputTokens: 2,
      });
      const alone = llamaProvider({ ...options, threads: 2 });
      for (const [i, text] of texts.entries()) expect(await alone.complete(choosing(text))).toEqual(together[i]);
    });

    test("shifts what it chooses among by known tasks, for every task alike", async () => {
      const texts = ["a gorgeous , witty movie .", "bleak"];
      const references = [
        { messages: asked("a joy"), choice: 0 },
        { messages: asked("a bore"), choice: 1 },
      ];
      const valuesOf = async (text: string, more: object): Promise<readonly number[]> => {
        const choices = { texts: ["positive", "negative"], ...more };
        const reply = await provider.complete({ model: "smollm2", messages: asked(text), choices });
        return reply.logProbabilities ?? [];
      };
      const shifts: number[][] = [];
      for (const text of texts) {
        const plain = await valuesOf(text, {});
        shifts.push((await valuesOf(text, { references })).map((value, i) => (plain[i] ?? 0) - value));
      }
      for (const i of [0, 1]) expect(shifts[0]?.[i]).toBeCloseTo(shifts[1]?.[i] ?? 0, 9);
      expect(shifts[0]?.[0]).not.toBeCloseTo(shifts[0]?.[1] ?? 0, 2);
    });

    test("tells log-probabilities: those of all continuations of one token would sum to at most one", async () => {
      const { logProbabilities = [] } = await provider.complete({
        model: "smollm2",
        messages: asked("bleak"),
        choices: { texts: ["positive", "negative", "neutral"] },
      });
      const sum = logProbabilities.reduce((total, value) => total + Math.exp(value), 0);
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeLessThan(1);
    });

    test("writes JSON of the schema that is asked for, and what it cannot end is said to be cut", async () => {
      const schema = { type: "object", properties: { legs: { type: "integer" } }, required: ["legs"] };
      const request = {
        model: "smollm2",
        messages: asked("How many legs has a cat?"),
        responseSchema: { name: "cat", schema },
      };
      const { content, finish } = await provider.complete({ ...request, maxOutputTokens: 40 });
      expect(finish).toBe("stop");
      expect(tryParseJson(content)).toEqual({ legs: expect.any(Number) });
      expect((await provider.complete({ ...request, maxOutputTokens: 2 })).finish).toBe("length");
    });

    test("calls a tool with arguments of its schema, forced by a grammar, and goes on from the result", async () => {
      const parameters = {
        type: "object",
        properties: { order: { type: "string" }, fast: { type: "boolean" } },
        required: ["order", "fast"],
        additionalProperties: false,
      };
      const look = { name: "order_lookup", description: "Looks one order up by its number.", parameters };
      const call = (id: string, order: string) => ({
        id,
        name: look.name,
        arguments: `{"order":"${order}","fast":true}`,
      });
      const before: ChatRequest["messages"] = [
        {
          role: "system",
          content: "You help customers of a shop. Look orders up with order_lookup before you answer.",
        },
        { role: "user", content: "When does order B-2001 arrive?" },
        { role: "assistant", content: "", toolCalls: [call("1", "B-2001")] },
        { role: "tool", toolCallId: "1", content: '{"arrives":"Monday"}' },
        { role: "assistant", content: "It arrives on Monday." },
        { role: "user", content: "When does order A-1007 arrive?" },
      ];
      const request = { model: "smollm2", messages: before, tools: [look], maxOutputTokens: 40 };
      const { toolCalls, finish, usage } = await provider.complete(request);
      expect(finish).toBe("tool-calls");
      expect(toolCalls).toMatchObject([{ name: "order_lookup" }]);
      expect(tryParseJson(toolCalls[0]?.arguments ?? "")).toEqual({
        order: expect.stringContaining("1007"),
        fast: expect.any(Boolean),
      });
      expect(usage.outputTokens).toBeGreaterThan(5);
      const after = await provider.complete({
        ...request,
        messages: [
          ...before,
          { role: "assistant", content: "", toolCalls },
          { role: "tool", toolCallId: toolCalls[0]?.id ?? "", content: '{"arrives":"Friday"}' },
        ],
      });
      expect(after.content).toContain("Friday");
    });

    test("refuses a conversation that does not fit, and takes the next one", async () => {
      const long = asked("very ".repeat(2000));
      expect(await codeOf(provider.complete({ model: "smollm2", messages: long }))).toBe("model-bad-request");
      const { content } = await provider.complete(choosing("bleak"));
      expect(content).not.toBe("");
    });

    test("does not answer a call that was cancelled before it began", async () => {
      expect(await codeOf(provider.complete(choosing("bleak"), { signal: AbortSignal.abort() }))).toBe(
        "model-cancelled",
      );
    });

    test("names a cut file, and one of an architecture that llama.cpp does not know", async () => {
      const cut = join(folder, "cut.gguf");
      copyFileSync(file, cut);
      truncateSync(cut, 40_000_000);
      expect(await codeOf(llamaProvider({ ...options, file: cut }).complete(choosing("bleak")))).toBe(
        "model-file-corrupt",
      );
      const strange = join(folder, "strange.gguf");
      writeFileSync(strange, head("marvel"));
      const code = await codeOf(llamaProvider({ ...options, file: strange }).complete(choosing("bleak")));
      expect(["model-architecture", "model-file-corrupt"]).toContain(code);
    });

    test("holds a file against the checksum that is named", async () => {
      const other = llamaProvider({ ...options, sha256: "0".repeat(64) });
      expect(await codeOf(other.complete(choosing("bleak")))).toBe("model-file-differs");
    });

    test("tells what the head of its file says", () => {
      expect(readModelFile(file)).toMatchObject({ architecture: "llama", licence: "apache-2.0", context: 8192 });
    });
  },
);

/** A GGUF file without tensors, of an architecture. */
function head(architecture: string): Buffer {
  const text = (value: string): Buffer => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(value.length));
    return Buffer.concat([length, Buffer.from(value)]);
  };
  const number = (value: number, bytes: 4 | 8): Buffer => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeUInt32LE(value);
    return buffer;
  };
  const fact = Buffer.concat([text("general.architecture"), number(8, 4), text(architecture)]);
  return Buffer.concat([Buffer.from("GGUF"), number(3, 4), number(0, 8), number(1, 8), fact]);
}

describe("without the package or a file", () => {
  const request = choosing("bleak");

  test("the error says how to install it", async () => {
    const whole = join(folder, "whole.gguf");
    writeFileSync(whole, head("llama"));
    const provider = llamaProvider({ ...options, file: whole, folder: join(folder, "empty") });
    await expect(provider.complete(request)).rejects.toMatchObject({
      code: "llama-missing",
      hint: expect.stringMatching(/npm install --prefix .* node-llama-cpp@3\.22\.1 @node-llama-cpp\//),
    });
  });

  test("files that are missing, empty or no models are told apart from ours", async () => {
    const file = join(folder, "no-model.gguf");
    expect(await codeOf(llamaProvider({ ...options, file: join(folder, "none.gguf") }).complete(request))).toBe(
      "file-missing",
    );
    for (const bytes of ["", "GGUF", "<html>not found</html> and more of it"]) {
      writeFileSync(file, bytes);
      expect(await codeOf(llamaProvider({ ...options, file }).complete(request))).toBe("model-file-corrupt");
    }
  });

  test("a file larger than the memory is refused before it is loaded", async () => {
    const file = join(folder, "large.gguf");
    writeFileSync(file, head("llama"));
    truncateSync(file, 2 ** 42);
    expect(await codeOf(llamaProvider({ ...options, file }).complete(request))).toBe("model-too-large");
  });
});

describe("the queue", () => {
  test("does one job at a time, first what is begun already, then what waits longest", async () => {
    const queue = makePrefixQueue();
    const order: string[] = [];
    let loaded = "";
    const job = (prefix: string, name: string): Promise<void> =>
      queue.run({
        weigh: () => (prefix === loaded ? 1 : 0),
        work: async () => {
          loaded = prefix;
          order.push(name);
          await Promise.resolve();
        },
      });
    await Promise.all([job("a", "a1"), job("b", "b1"), job("a", "a2"), job("b", "b2"), job("a", "a3")]);
    expect(order).toEqual(["a1", "a2", "a3", "b1", "b2"]);
  });

  test("goes on after a job that fails", async () => {
    const queue = makePrefixQueue();
    const weigh = (): number => 0;
    const failing = queue.run({ weigh, work: () => Promise.reject(new Error("no")) });
    const next = queue.run({ weigh, work: () => Promise.resolve(7) });
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe(7);
  });
});

describe("conversations for node-llama-cpp", () => {
  test("have calls and their results in the model's turn, and end with an open one", () => {
    const call = { id: "1", name: "look", arguments: '{"at":"x"}' };
    expect(
      historyOf([
        { role: "user", content: "Where?" },
        { role: "assistant", content: "", toolCalls: [call] },
        { role: "tool", toolCallId: "1", content: "here" },
      ]),
    ).toEqual([
      { type: "user", text: "Where?" },
      { type: "model", response: [{ type: "functionCall", name: "look", params: { at: "x" }, result: "here" }] },
    ]);
    expect(historyOf([system]).at(-1)).toEqual({ type: "model", response: [] });
  });

  test("schemas keep what a grammar can force", () => {
    const schema = {
      type: "object",
      properties: {
        n: { type: "number", minimum: 1 },
        s: { anyOf: [{ type: "string", pattern: "a" }, { type: "null" }] },
      },
    };
    expect(grammarSchema(schema)).toEqual({
      type: "object",
      properties: { n: { type: "number" }, s: { oneOf: [{ type: "string" }, { type: "null" }] } },
    });
  });
});
