import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { recording, replaying } from "../../src/providers/record-replay.ts";
import { ask, codeOf, failing, reply, scripted } from "./scripted.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "allele-recording-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("what was recorded is replayed, whatever the order of the request's members", async () => {
  const file = join(folder(), "below", "calls.jsonl");
  const toolReply = {
    ...reply,
    content: "",
    toolCalls: [{ id: "c1", name: "clock", arguments: '{"zone": ' }],
    finish: "tool-calls",
  } as const;
  const recorder = recording(
    scripted((request) => (request.temperature === 1 ? toolReply : reply)),
    file,
  );
  await recorder.complete(ask());
  await recorder.complete({ ...ask(), temperature: 1 });
  const replay = replaying(file);
  expect(await replay.complete({ temperature: 1, ...ask() })).toEqual(toolReply);
  expect(await replay.complete(ask())).toEqual(reply);
  expect(await replay.complete(ask())).toEqual(reply);
});

test("equal requests that were answered differently are replayed in that order", async () => {
  const file = join(folder(), "calls.jsonl");
  const recorder = recording(
    scripted((_request, _options, call) => ({ ...reply, content: `answer ${call}` })),
    file,
  );
  for (let index = 0; index < 3; index++) await recorder.complete(ask());
  const replay = replaying(file);
  const contents: string[] = [];
  for (let index = 0; index < 4; index++) contents.push((await replay.complete(ask())).content);
  expect(contents).toEqual(["answer 1", "answer 2", "answer 3", "answer 3"]);
});

test("a request that was never recorded is a clear failure that names the file", async () => {
  const file = join(folder(), "calls.jsonl");
  await recording(
    scripted(() => reply),
    file,
  ).complete(ask());
  await expect(replaying(file).complete(ask("Something else"))).rejects.toMatchObject({
    code: "model-bad-request",
    retryable: false,
    message: expect.stringContaining(file),
    hint: expect.stringContaining("record again"),
  });
});

test("failures are not recorded", async () => {
  const file = join(folder(), "calls.jsonl");
  const inner = scripted((_request, _options, call) => {
    if (call === 1) throw failing("model-server-error", { retryable: true });
    return reply;
  });
  const recorder = recording(inner, file);
  expect(await codeOf(recorder.complete(ask()))).toBe("model-server-error");
  await recorder.complete(ask());
  expect(readFileSync(file, "utf8").trim().split("\n").length).toBe(1);
});

test("a recording never holds the text of a request, only its hash", async () => {
  const file = join(folder(), "calls.jsonl");
  await recording(
    scripted(() => reply),
    file,
  ).complete(ask("a private question"));
  expect(readFileSync(file, "utf8")).not.toContain("private");
});

test("a missing file says how to make one", () => {
  const file = join(folder(), "missing.jsonl");
  expect(() => replaying(file)).toThrow(expect.objectContaining({ code: "file-missing", where: { file } }));
});

test("a broken line is named", () => {
  const file = join(folder(), "calls.jsonl");
  writeFileSync(file, `${JSON.stringify({ request: "s256:1", reply })}\n{"request": 5}\n`);
  expect(() => replaying(file)).toThrow(expect.objectContaining({ where: expect.objectContaining({ file, line: 2 }) }));
});

test("a recording that cannot be written stops the call and says why", async () => {
  const file = join(folder(), "calls.jsonl");
  mkdirSync(file);
  const recorder = recording(
    scripted(() => reply),
    file,
  );
  await expect(recorder.complete(ask())).rejects.toMatchObject({ code: "recording-failed", kind: "outside" });
});
