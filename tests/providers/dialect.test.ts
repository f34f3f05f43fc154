import { describe, expect, test } from "vitest";
import { openAiCompatible } from "../../src/providers/openai-compatible/provider.ts";
import type { ChatRequest, Provider } from "../../src/providers/provider.ts";
import { chunk, completion, endpoint, json, refuse, stream } from "./endpoint.ts";
import { codeOf } from "./scripted.ts";

const request: ChatRequest = { model: "test", messages: [{ role: "user", content: "How late is it?" }] };
const hello = completion({ role: "assistant", content: "Hello there" }, "stop");
const schema = { name: "time", schema: { type: "object" } };

function client(baseUrl: string): Provider {
  return openAiCompatible({ baseUrl, model: "test", key: undefined, keyVariable: undefined, timeout: 60_000 });
}

/** What servers of the interface differ in. */
describe("a request", () => {
  test("is made again without its schema when the server refuses schemas, which is then remembered", async () => {
    const { baseUrl, asked } = await endpoint((response, { body }) =>
      body["response_format"] === undefined ? json(response, 200, hello) : refuse(response, 400),
    );
    const provider = client(baseUrl);
    expect((await provider.complete({ ...request, responseSchema: schema })).content).toBe("Hello there");
    expect((await provider.complete({ ...request, responseSchema: schema })).content).toBe("Hello there");
    expect(asked.map(({ body }) => "response_format" in body)).toEqual([true, false, false]);
  });

  test("names its length limit as the server wants it, which is then remembered", async () => {
    const unsupported = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.";
    const { baseUrl, asked } = await endpoint((response, { body }) => {
      if ("max_tokens" in body) return json(response, 400, { error: { message: unsupported, param: "max_tokens" } });
      if ("response_format" in body) return refuse(response, 400);
      if ("stream" in body) return stream(response, [chunk({ content: "Hello there" }, "stop")], true);
      json(response, 200, hello);
    });
    const provider = client(baseUrl);
    const limited = { ...request, maxOutputTokens: 40 };
    expect((await provider.complete(limited)).content).toBe("Hello there");
    expect((await provider.complete(limited, { onText: () => {} })).content).toBe("Hello there");
    expect((await provider.complete({ ...limited, responseSchema: schema })).content).toBe("Hello there");
    expect((await provider.complete({ ...limited, responseSchema: schema })).content).toBe("Hello there");
    const limits = asked.map(({ body }) => [
      body["max_tokens"],
      body["max_completion_tokens"],
      "response_format" in body,
    ]);
    expect(limits).toEqual([
      [40, undefined, false],
      [undefined, 40, false],
      [undefined, 40, false],
      [undefined, 40, true],
      [undefined, 40, false],
      [undefined, 40, false],
    ]);

    const both = client(baseUrl);
    expect((await both.complete({ ...limited, responseSchema: schema })).content).toBe("Hello there");
    expect(asked).toHaveLength(9);
  });

  test("is refused for good when the server takes neither name of the limit", async () => {
    const { baseUrl, asked } = await endpoint((response) =>
      json(response, 400, { error: { message: "max_completion_tokens is too large" } }),
    );
    expect(await codeOf(client(baseUrl).complete({ ...request, maxOutputTokens: 40 }))).toBe("model-bad-request");
    expect(asked).toHaveLength(2);
    expect(await codeOf(client(baseUrl).complete(request))).toBe("model-bad-request");
    expect(asked).toHaveLength(3);
  });

  test("does not forget what another one has learnt meanwhile", async () => {
    const held: (() => void)[] = [];
    const { baseUrl, asked } = await endpoint((response, { body }) => {
      if ("response_format" in body) return refuse(response, 400);
      if (asked.length === 1) held.push(() => json(response, 200, hello));
      else json(response, 200, hello);
    });
    const provider = client(baseUrl);
    const early = provider.complete(request);
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await provider.complete({ ...request, responseSchema: schema });
    held[0]?.();
    await early;
    await provider.complete({ ...request, responseSchema: schema });
    expect(asked.map(({ body }) => "response_format" in body)).toEqual([false, true, false, false]);
  });

  test("that is wrong for other reasons than its schema still asks for the schema the next time", async () => {
    const { baseUrl, asked } = await endpoint((response, { body }) =>
      body["temperature"] === 2 ? refuse(response, 400) : json(response, 200, hello),
    );
    const provider = client(baseUrl);
    const wrong = { ...request, responseSchema: schema, temperature: 2 };
    expect(await codeOf(provider.complete(wrong))).toBe("model-bad-request");
    await provider.complete({ ...request, responseSchema: schema });
    expect("response_format" in (asked.at(-1)?.body ?? {})).toBe(true);
  });
});
