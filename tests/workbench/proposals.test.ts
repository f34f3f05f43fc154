import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parseJson, systemClock } from "../../src/base/index.ts";
import type { ChatRequest } from "../../src/providers/index.ts";
import {
  continueRun,
  initialize,
  openWorkbench,
  readPulse,
  startRun,
  type Workbench,
} from "../../src/workbench/index.ts";
import { filesProposer } from "../../src/workbench/proposals/files-proposer.ts";
import { journalOf } from "./project.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/proposer.md"), "utf8");
const worked = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "";

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "allele-proposals-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await systemClock.sleep(5);
};

const schema = {
  type: "object",
  properties: { value: { type: "string" } },
  required: ["value"],
  additionalProperties: false,
};
const request = (about: string): ChatRequest => ({
  model: "files",
  messages: [
    { role: "system", content: "Write the gene anew." },
    { role: "user", content: `# Evidence\n${about}` },
  ],
  responseSchema: { name: "whole", schema },
});

function proposer(folder: string, stopRequested = (): boolean => false) {
  const told: string[] = [];
  const provider = filesProposer({
    folder,
    clock: systemClock,
    tell: (line) => told.push(line),
    stopRequested,
    pause: 10,
  });
  return { provider, told };
}

const requestsIn = (folder: string): string[] => globSync("*.md", { cwd: folder }).map((file) => file.slice(0, -3));
const hears = (told: readonly string[], what: RegExp): Promise<void> =>
  until(() => told.some((line) => what.test(line)));

test("a request is one file with evidence, schema and example; its answer is taken and kept", async () => {
  const folder = temporary();
  const { provider, told } = proposer(folder);
  const reply = provider.complete(request("It failed twice."));
  await hears(told, /Waiting for a proposal/);
  const [name = ""] = requestsIn(folder);
  const text = readFileSync(join(folder, `${name}.md`), "utf8");
  for (const part of ["Write the gene anew.", "It failed twice.", '"required"', '"value": "..."'])
    expect(text).toContain(part);
  writeFileSync(join(folder, `${name}.answer.json`), '{"value": "Be brief."}');
  expect(await reply).toMatchObject({ content: '{"value": "Be brief."}', usage: { inputTokens: 0 } });
  expect(requestsIn(folder)).toEqual([]);
  expect(existsSync(join(folder, "answered", `${name}.answer.json`))).toBe(true);
});

test.each([
  ['{"value": "Be', /half written/],
  ["", /empty/],
  ['{"value": 7}', /not of the schema: value/],
  ['{"value": "..."}', /the example, with nothing put in/],
])(
  "an answer that cannot be used (%j) is told of, at the top of the request too, and waited for",
  async (wrong, why) => {
    const folder = temporary();
    const { provider, told } = proposer(folder);
    const reply = provider.complete(request("It failed."));
    await hears(told, /Waiting/);
    const [name = ""] = requestsIn(folder);
    const file = join(folder, `${name}.answer.json`);
    writeFileSync(file, wrong);
    await hears(told, why);
    const top = (): string => readFileSync(join(folder, `${name}.md`), "utf8").split("\n\n")[1] ?? "";
    await until(() => top().includes("cannot be used") && why.test(top()));
    writeFileSync(`${file}.new`, '```json\n{"value": "Be kind."}\n```\n');
    renameSync(`${file}.new`, file);
    expect((await reply).content).toBe('{"value": "Be kind."}');
  },
);

test("answers that nobody waits for, and second ones, stay where they are and are told of", async () => {
  const folder = temporary();
  const { provider, told } = proposer(folder);
  const first = provider.complete(request("one"));
  await hears(told, /Waiting/);
  const [name = ""] = requestsIn(folder);
  writeFileSync(join(folder, `${name}.answer.json`), '{"value": "A"}');
  await first;
  writeFileSync(join(folder, `${name}.answer.json`), '{"value": "B"}');
  writeFileSync(join(folder, "0123456789ab.answer.json"), '{"value": "C"}');
  const second = provider.complete(request("two"));
  await hears(told, /answered before; the first answer stands/);
  await hears(told, /0123456789ab.*there is no such request/);
  writeFileSync(join(folder, `${requestsIn(folder)[0]}.answer.json`), '{"value": "D"}');
  expect((await second).content).toBe('{"value": "D"}');
  expect(readFileSync(join(folder, `${name}.answer.json`), "utf8")).toBe('{"value": "B"}');
});

test("an answer that was taken just before the run was cut is taken again, and a stop ends the waiting", async () => {
  const folder = temporary();
  mkdirSync(join(folder, "answered"), { recursive: true });
  const { provider, told } = proposer(folder, () => true);
  await expect(provider.complete(request("one"))).rejects.toMatchObject({ code: "model-unreachable" });
  expect(told).toHaveLength(1);
  const [name = ""] = requestsIn(folder);
  writeFileSync(join(folder, "answered", `${name}.answer.json`), '{"value": "A"}');
  expect((await provider.complete(request("one"))).content).toBe('{"value": "A"}');
});

/** Answers as the page does where it fits, else with the example, its texts filled in. */
function answer(text: string): string {
  const [, example = ""] = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block]) => block ?? "");
  return example.includes('"hypotheses"') ? worked : example.replaceAll('"..."', '"Name the queue and nothing else."');
}

async function projectOf(): Promise<Workbench> {
  const cwd = temporary();
  initialize(cwd, ".");
  appendFileSync(join(cwd, "allele.yaml"), "\nsearch: { max_idle_iterations: 2 }\n");
  const workbench = openWorkbench({ cwd, environment: {}, log: () => {} });
  onTestFinished(() => workbench.close());
  return workbench;
}

const asked = {
  genome: "starter",
  dataset: "starter",
  rollouts: 300,
  seed: 0,
  name: "hand",
  proposer: "files",
} as const;

test("the worked example of docs/proposer.md runs, and a run that was cut while it waited comes out the same", async () => {
  expect(parseJson(worked)).toHaveProperty("hypotheses");
  const journals: (readonly string[])[] = [];
  for (const cut of [false, true]) {
    const workbench = await projectOf();
    await startRun(workbench, asked);
    const folder = join(workbench.root, "runs/hand/proposals");
    const answerAll = (): void => {
      if (!existsSync(folder)) return;
      for (const name of requestsIn(folder)) {
        const file = join(folder, `${name}.answer.json`);
        if (!existsSync(file)) writeFileSync(file, answer(readFileSync(join(folder, `${name}.md`), "utf8")));
      }
    };
    if (cut) {
      const controller = new AbortController();
      const interrupted = continueRun(workbench, "hand", { signal: controller.signal });
      await until(() => existsSync(folder) && requestsIn(folder).length > 0);
      await until(() =>
        /Waiting for a proposal: read .*hand/.test(readPulse(workbench, "hand")?.told.at(-1)?.line ?? ""),
      );
      controller.abort();
      expect((await interrupted).status).toBe("interrupted");
      answerAll();
    }
    const timer = setInterval(answerAll, 10);
    try {
      const report = await continueRun(workbench, "hand", {});
      expect(report.status).toBe("finished");
      expect(report.candidates.some(({ hypothesis }) => hypothesis.includes("nothing but the queue's name"))).toBe(
        true,
      );
    } finally {
      clearInterval(timer);
    }
    journals.push(journalOf(workbench.store, "hand"));
  }
  expect(journals[1]).toEqual(journals[0]);
});
