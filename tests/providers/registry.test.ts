import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeRandom, manualClock } from "../../src/base/index.ts";
import {
  hasKnownCost,
  makeProvider,
  ModelConfig,
  modelIdentity,
  priceOf,
  priceSource,
  type ProviderParts,
} from "../../src/providers/registry.ts";
import { completion, endpoint, json, nowhere, refuse } from "./endpoint.ts";
import { ask, codeOf } from "./scripted.ts";

const remote = { kind: "openai-compatible", model: "test", base_url: "http://127.0.0.1:9/v1" } as const;
const hello = completion({ role: "assistant", content: "Hello there" }, "stop");

function parts(more: Partial<ProviderParts> = {}): ProviderParts {
  return { clock: manualClock(), random: makeRandom(1), environment: {}, ...more };
}

describe("a model's configuration", () => {
  test.each([
    ["an unknown key", { ...remote, api_key: "sk-secret" }],
    ["a key in place of its variable's name", { ...remote, key_env: "sk-secret" }],
    ["a key in the URL", { ...remote, base_url: "http://user:secret@127.0.0.1/v1" }],
    ["a query in the URL", { ...remote, base_url: "http://127.0.0.1/v1?key=secret" }],
    ["another protocol", { ...remote, base_url: "ftp://127.0.0.1/v1" }],
    ["no model", { ...remote, model: "" }],
    ["a negative price", { ...remote, prices: { input: -1, output: 0 } }],
    ["a kind that is not there", { kind: "telepathy" }],
  ])("with %s is refused", (_, config) => {
    expect(ModelConfig.safeParse(config).success).toBe(false);
  });

  test("needs only what has no default", () => {
    expect(ModelConfig.parse({ kind: "simulated" })).toEqual({ kind: "simulated", model: "simulated", seed: 0 });
    expect(ModelConfig.parse(remote)).toEqual({ ...remote, timeout_seconds: 120, retries: 4 });
  });
});

describe("the cost of a model", () => {
  const known = (config: object): boolean => hasKnownCost(ModelConfig.parse(config));
  const elsewhere = { ...remote, base_url: "https://models.example.com/v1" };

  test.each([
    ["the simulated model", { kind: "simulated" }],
    ["a recording", { kind: "replay", file: "calls.jsonl" }],
    ["a server on this machine", remote],
    ["one named localhost", { ...remote, base_url: "http://localhost:8080/v1" }],
    ["one on IPv6", { ...remote, base_url: "http://[::1]:8080/v1" }],
    ["a priced model", { ...elsewhere, prices: { input: 1, output: 2 } }],
    ["a free one", { ...elsewhere, prices: { input: 0, output: 0 } }],
    ["a listed one", { ...remote, base_url: "https://api.openai.com/v1", model: "gpt-4.1-mini" }],
  ])("is known for %s", (_, config) => {
    expect(known(config)).toBe(true);
  });

  test("is not known for somebody else's endpoint without a price", () => {
    expect(known(elsewhere)).toBe(false);
    expect(known({ ...remote, base_url: "https://api.openai.com/v1", model: "unheard-of" })).toBe(false);
    expect(known({ ...remote, base_url: "https://localhost.example.com/v1" })).toBe(false);
  });
});

describe("the identity of a model", () => {
  const identity = (config: object): string => modelIdentity(ModelConfig.parse(config));

  test("differs with all that changes replies", () => {
    const configs = [
      { kind: "simulated" },
      { kind: "simulated", seed: 1 },
      remote,
      { ...remote, model: "other" },
      { ...remote, base_url: "http://127.0.0.1:10/v1" },
      { kind: "replay", file: "a.jsonl" },
      { kind: "replay", file: "b.jsonl" },
    ];
    expect(new Set(configs.map(identity)).size).toBe(configs.length);
  });

  test("is the same whatever the key, limits, prices, retries, speed and recording, and however the URL ends", () => {
    const same = [
      { key_env: "KEY" },
      { limits: { concurrency: 2 } },
      { prices: { input: 1, output: 2 } },
      { retries: 0, timeout_seconds: 5 },
      { record: "calls.jsonl" },
      { base_url: `${remote.base_url}/` },
    ];
    for (const more of same) expect(identity({ ...remote, ...more })).toBe(identity(remote));
    expect(identity({ kind: "simulated", latency: 50 })).toBe(identity({ kind: "simulated" }));
  });
});

describe("the price of a call", () => {
  const usage = { inputTokens: 1_000_000, outputTokens: 500_000 };
  const price = (config: object): number => priceOf(ModelConfig.parse(config))("test", usage);

  test("comes from the configuration", () => {
    expect(price({ ...remote, prices: { input: 3, output: 10 } })).toBe(8);
    const hourly = { hour: 3.6, speed: { input: 1000, output: 50 } };
    const { inputTokens, outputTokens } = usage;
    expect(price({ ...remote, prices: hourly })).toBeCloseTo((inputTokens / 1000 + outputTokens / 50) / 1000);
  });

  test("comes from the list of the endpoint, whether the model is named with its date or without", () => {
    const openai = { ...remote, base_url: "https://api.openai.com/v1" };
    expect(price({ ...openai, model: "gpt-4.1-mini" })).toBeCloseTo(1.2);
    expect(price({ ...openai, model: "gpt-4.1-mini-2025-04-14" })).toBeCloseTo(1.2);
    expect(price({ ...openai, model: "gpt-4.1-mini", prices: { input: 1, output: 0 } })).toBe(1);
  });

  test("is nothing for simulated and local models, even of the same name", () => {
    expect(price({ kind: "simulated" })).toBe(0);
    expect(price({ ...remote, model: "gpt-4.1-mini" })).toBe(0);
    expect(price({ ...remote, base_url: "https://api.openai.com/v1", model: "toString" })).toBe(0);
  });
});

describe("a provider made from a configuration", () => {
  test("sends the key of the named variable, and is not made without it", async () => {
    const { baseUrl, asked } = await endpoint((response) => json(response, 200, hello));
    const config = ModelConfig.parse({ ...remote, base_url: baseUrl, key_env: "MODEL_KEY" });
    const provider = makeProvider(config, parts({ environment: { MODEL_KEY: "secret" } }));
    await provider.complete(ask());
    expect(asked[0]?.authorization).toBe("Bearer secret");
    expect(provider.name).not.toContain("secret");
    expect(() => makeProvider(config, parts())).toThrow(expect.objectContaining({ code: "key-missing" }));
  });

  test("gets through a server that is busy and then broken", async () => {
    let left = 2;
    const { baseUrl, asked } = await endpoint((response) => {
      left -= 1;
      if (left === 1) return refuse(response, 429, { "retry-after": "30" });
      return left === 0 ? refuse(response, 500) : json(response, 200, hello);
    });
    const clock = manualClock();
    const provider = makeProvider(ModelConfig.parse({ ...remote, base_url: baseUrl }), parts({ clock }));
    expect((await provider.complete(ask())).content).toBe("Hello there");
    expect(asked.length).toBe(3);
    expect(clock.now()).toBeGreaterThanOrEqual(30_000);
  });

  test("gives up on a dead endpoint at once after five calls that were each tried again", async () => {
    const clock = manualClock();
    const config = ModelConfig.parse({ ...remote, base_url: await nowhere() });
    const provider = makeProvider(config, parts({ clock }));
    for (let call = 0; call < 5; call++) expect(await codeOf(provider.complete(ask()))).toBe("model-unreachable");
    const before = clock.now();
    for (let call = 0; call < 100; call++) expect(await codeOf(provider.complete(ask()))).toBe("model-unreachable");
    expect(clock.now()).toBe(before);
  });

  test("counts every try against the limits", async () => {
    const { baseUrl } = await endpoint((response) => refuse(response, 500));
    const clock = manualClock();
    const config = ModelConfig.parse({ ...remote, base_url: baseUrl, limits: { requests_per_minute: 1 }, retries: 2 });
    await codeOf(makeProvider(config, parts({ clock })).complete(ask()));
    expect(clock.now()).toBeGreaterThanOrEqual(120_000);
  });

  test("records beside the project, and a replay finds it there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "allele-registry-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { baseUrl, asked } = await endpoint((response) => json(response, 200, hello));
    const recorder = ModelConfig.parse({ ...remote, base_url: baseUrl, record: "runs/calls.jsonl" });
    const first = await makeProvider(recorder, parts({ folder })).complete(ask());
    const replay = ModelConfig.parse({ kind: "replay", file: "runs/calls.jsonl" });
    expect(await makeProvider(replay, parts({ folder })).complete(ask())).toEqual(first);
    expect(asked.length).toBe(1);
  });

  test("that is simulated takes the time it is told to take", async () => {
    const clock = manualClock();
    const provider = makeProvider(ModelConfig.parse({ kind: "simulated", latency: 250 }), parts({ clock }));
    await provider.complete(ask());
    expect(clock.now()).toBe(250);
  });
});

describe("where a price comes from", () => {
  test("is told: declared, a dated list, or nothing", () => {
    const source = (config: object): string => priceSource(ModelConfig.parse(config));
    const listed = { kind: "openai-compatible", base_url: "https://api.openai.com/v1", model: "gpt-4.1-mini" };
    expect(source(listed)).toMatch(/^list of api\.openai\.com, \d{4}-\d{2}$/);
    expect(source({ ...listed, prices: { input: 1, output: 2 } })).toBe("declared: $1 and $2 per million tokens");
    expect(source({ kind: "llama", model: "m", prices: { hour: 0.1, speed: { input: 900, output: 60 } } })).toBe(
      "declared: $0.1 an hour at 900 and 60 tokens a second",
    );
    expect(source({ kind: "llama", model: "m" })).toBe("none: it runs here");
    expect(source({ ...listed, base_url: "https://elsewhere.example/v1" })).toContain("counts as free");
  });
});
