import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { parseJson, type Json } from "../../src/base/index.ts";
import { continueRun, evaluateGenome, openWorkbench, startRun, type Workbench } from "../../src/workbench/index.ts";
import { allele } from "../cli/allele.ts";
import { answerOf, shop } from "../live/shop.ts";
import { endpoint, json, nowhere } from "../providers/endpoint.ts";
import { project } from "./project.ts";

const Value = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ arrayValue: z.strictObject({ values: z.array(z.strictObject({ stringValue: z.string() })) }) }),
]);
const Attributes = z.array(z.strictObject({ key: z.string(), value: Value }));
const nano = z.string().regex(/^\d{19}$/);
const Scope = z.strictObject({ name: z.string(), version: z.string() });
const Resource = z.strictObject({ attributes: Attributes });
/** The bodies of OTLP/HTTP in their JSON encoding, as the specification has them. */
const Traces = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: Resource,
      scopeSpans: z.array(
        z.strictObject({
          scope: Scope,
          spans: z.array(
            z.strictObject({
              traceId: z.string().regex(/^[0-9a-f]{32}$/),
              spanId: z.string().regex(/^[0-9a-f]{16}$/),
              parentSpanId: z
                .string()
                .regex(/^[0-9a-f]{16}$/)
                .optional(),
              name: z.string().min(1),
              kind: z.number().int().min(1).max(5),
              startTimeUnixNano: nano,
              endTimeUnixNano: nano,
              attributes: Attributes,
              status: z.strictObject({ code: z.number().optional(), message: z.string().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});
const Metrics = z.strictObject({
  resourceMetrics: z.array(
    z.strictObject({
      resource: Resource,
      scopeMetrics: z.array(
        z.strictObject({
          scope: Scope,
          metrics: z.array(
            z.strictObject({
              name: z.string(),
              unit: z.string(),
              gauge: z.strictObject({
                dataPoints: z.array(z.strictObject({ timeUnixNano: nano, asDouble: z.number() })).length(1),
              }),
            }),
          ),
        }),
      ),
    }),
  ),
});
type Spans = z.output<typeof Traces>["resourceSpans"][number]["scopeSpans"][number]["spans"];

const spansOf = (bodies: readonly unknown[]): Spans =>
  bodies.flatMap((body) =>
    Traces.parse(body).resourceSpans.flatMap((one) => one.scopeSpans.flatMap(({ spans }) => spans)),
  );
const figuresOf = (body: unknown): Record<string, number | undefined> =>
  Object.fromEntries(
    Metrics.parse(body).resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name, gauge }) => [name, gauge.dataPoints[0]?.asDouble])),
    ),
  );
const read = (span: Spans[number], key: string): string | number | undefined => {
  const value = span.attributes.find((attribute) => attribute.key === key)?.value;
  if (value === undefined) return undefined;
  if ("intValue" in value) return Number(value.intValue);
  return "stringValue" in value ? value.stringValue : "doubleValue" in value ? value.doubleValue : undefined;
};

/** A collector on loopback that answers with this status. */
async function collector(status = 200): Promise<{
  readonly url: string;
  readonly traces: () => readonly Json[];
  readonly metrics: () => readonly Json[];
  readonly count: () => number;
  readonly authorization: () => string | undefined;
}> {
  const { baseUrl, asked } = await endpoint((response) => json(response, status, {}));
  const to = (path: string): readonly Json[] => asked.filter((one) => one.path === path).map(({ body }) => body);
  return {
    url: baseUrl.replace("/v1", ""),
    traces: () => to("/v1/traces"),
    metrics: () => to("/v1/metrics"),
    count: () => asked.length,
    authorization: () => asked[0]?.authorization,
  };
}

const evaluateDesk = (workbench: Workbench, target: string, content = false): ReturnType<typeof evaluateGenome> =>
  evaluateGenome(workbench, {
    genome: "desk-reference",
    dataset: "desk",
    split: "train",
    repeats: 1,
    limit: 6,
    telemetry: { target, content },
  });

describe("OpenTelemetry", () => {
  test("a collector gets the spans of every rollout: agent, model calls with their tokens, tools; and the figures", async () => {
    const { workbench } = project();
    const { url, traces, metrics } = await collector();
    const result = await evaluateDesk(workbench, url);
    const spans = spansOf(traces());
    const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
    expect(roots).toHaveLength(6);
    expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(6);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    for (const root of roots) {
      expect(root.name).toMatch(/^invoke_agent /);
      expect(read(root, "gen_ai.operation.name")).toBe("invoke_agent");
      expect(read(root, "gen_ai.agent.id")).toBe(result.genome);
      const inside = spans.filter((span) => span.traceId === root.traceId && span !== root);
      expect(inside.every(({ parentSpanId }) => parentSpanId === root.spanId)).toBe(true);
      const chats = inside.filter((span) => read(span, "gen_ai.operation.name") === "chat");
      const tools = inside.filter((span) => read(span, "gen_ai.operation.name") === "execute_tool");
      expect(chats.length).toBeGreaterThan(1);
      expect(tools.length).toBeGreaterThan(0);
      expect(tools.every((span) => span.name === `execute_tool ${read(span, "gen_ai.tool.name")}`)).toBe(true);
      for (const side of ["input", "output"]) {
        const sum = chats.reduce((total, span) => total + Number(read(span, `gen_ai.usage.${side}_tokens`)), 0);
        expect(sum).toBe(read(root, `gen_ai.usage.${side}_tokens`));
      }
      for (const span of inside) {
        expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(root.startTimeUnixNano));
        expect(BigInt(span.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(root.endTimeUnixNano));
      }
    }
    const scores = roots.map((root) => Number(read(root, "allele.score")));
    expect(scores.reduce((sum, score) => sum + score, 0) / 6).toBeCloseTo(result.score);
    expect(figuresOf(metrics()[0])).toMatchObject({ "allele.score": result.score, "allele.tokens": result.tokens });
    // What is read back was not run: nothing is told of it twice.
    await evaluateDesk(workbench, url);
    expect(spansOf(traces())).toHaveLength(spans.length);
  });

  test("content goes along only when it is asked for, and keys never do", async () => {
    const { folder } = await shop();
    const { url, traces, count, authorization } = await collector();
    const environment = { SECRET: "sk-very-secret", OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20abc" };
    const run = (split: string, ...more: readonly string[]): ReturnType<typeof allele> =>
      allele(folder, ["evaluate", "-g", "polite", "-d", "questions", "-s", split, "-n", "3", "--otlp", url, ...more], {
        environment,
      });
    expect((await run("train")).code).toBe(0);
    const quiet = JSON.stringify(traces());
    expect(count()).toBeGreaterThan(0);
    expect(quiet).not.toContain(answerOf("polite"));
    expect(quiet).not.toContain("Question");
    expect(authorization()).toBe("Bearer abc");
    await run("validation", "--content");
    const loud = JSON.stringify(traces());
    expect(loud).toContain(answerOf("polite"));
    expect(loud).toContain("Question v");
    expect(loud).not.toMatch(/very-secret|Bearer/);
  });

  test("a file gets a line of the same form a request", async () => {
    const { workbench, folder } = project();
    await evaluateDesk(workbench, "out/telemetry.jsonl");
    const lines = readFileSync(join(folder, "out/telemetry.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => parseJson(line));
    expect(spansOf(lines.slice(0, -1)).filter(({ parentSpanId }) => parentSpanId === undefined)).toHaveLength(6);
    expect(figuresOf(lines.at(-1))).toHaveProperty("allele.score");
  });

  test.each([
    ["refuses", async () => (await collector(400)).url],
    ["is not there", async () => (await nowhere()).replace("/v1", "")],
  ])("a collector that %s harms nothing: the same result, and a line that says so", async (_, address) => {
    const calm = await evaluateGenome(project().workbench, {
      genome: "desk-reference",
      dataset: "desk",
      split: "train",
      repeats: 1,
      limit: 6,
    });
    const said: string[] = [];
    const { folder } = project();
    const workbench = openWorkbench({
      cwd: folder,
      environment: process.env,
      log: (level, text) => void said.push(`${level} ${text}`),
    });
    onTestFinished(() => workbench.close());
    expect(await evaluateDesk(workbench, await address())).toEqual(calm);
    expect(said.join("\n")).toMatch(/warn telemetry: \d+ spans or figures were not delivered/);
  });

  test("a run is told of as it goes and at its end, and comes to the same as without", async () => {
    const request = {
      genome: "curt",
      dataset: "questions",
      rollouts: 130,
      seed: 1,
      name: "told",
      proposer: "none",
    } as const;
    const finished = async (telemetry: { readonly target: string } | undefined): Promise<unknown> => {
      const { folder } = await shop();
      const workbench = openWorkbench({ cwd: folder, environment: process.env, log: () => {} });
      onTestFinished(() => workbench.close());
      const run = await startRun(workbench, { ...request, telemetry });
      const { rollouts, seed, winner } = await continueRun(workbench, run, { telemetry });
      return { rollouts, seed, winner };
    };
    const { url, traces, metrics } = await collector();
    const told = await finished({ target: url });
    expect(told).toEqual(await finished(undefined));
    const spans = spansOf(traces());
    expect(new Set(spans.map((span) => read(span, "allele.run")).filter((name) => name !== undefined))).toEqual(
      new Set(["told"]),
    );
    const figures = figuresOf(metrics()[0]);
    expect(figures["allele.rollouts"]).toBe((told as { readonly rollouts: number }).rollouts);
    expect(figures).toHaveProperty("allele.seed_test_score");
  });

  test("an address that holds a key, or is none, is refused before anything runs", async () => {
    const { workbench } = project();
    for (const target of ["http://user:key@127.0.0.1:1", "http://127.0.0.1:1?key=x", "ftp://127.0.0.1"]) {
      await expect(evaluateDesk(workbench, target)).rejects.toThrow(
        expect.objectContaining({ code: "telemetry-target" }),
      );
    }
  });
});
