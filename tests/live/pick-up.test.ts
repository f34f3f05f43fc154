import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { movePointer } from "../../src/promote/index.ts";
import { openWorkbench, resolveGenome, sessionParts, type Workbench } from "../../src/workbench/index.ts";
import { allele, start, type Started } from "../cli/allele.ts";
import { answerOf, shop } from "./shop.ts";

/** Asks a chat that is going on, and answers with its next line. */
async function ask(chat: Started, question: string): Promise<string> {
  const before = chat.stdout().length;
  chat.write(`${question}\n`);
  for (;;) {
    const said = chat.stdout().slice(before);
    if (said.includes("\n")) return said.trim();
    await new Promise((done) => setTimeout(done, 20));
  }
}

function opened(folder: string): Workbench {
  const workbench = openWorkbench({ cwd: folder, environment: process.env, log: () => {} });
  onTestFinished(() => workbench.close());
  return workbench;
}

describe("a profile whose pointer moves under a running agent", () => {
  test("a session keeps its genome to its end, and a new one starts from the pointer, through promotion and rollback", async () => {
    const { folder, asked } = await shop();
    const promote = (genome: string): ReturnType<typeof allele> =>
      allele(folder, ["promote", genome, "-p", "help", "--against", "curt", "-d", "questions"]);
    const chat = (): Started => start(folder, ["agent", "chat", "-p", "help"], { open: true });
    expect((await promote("polite")).code).toBe(0);

    const first = chat();
    expect(await ask(first, "one")).toBe(answerOf("polite"));
    const promoted = await promote("thorough");
    expect(promoted.code, promoted.stdout + promoted.stderr).toBe(0);
    const second = chat();
    expect(await ask(second, "two")).toBe(answerOf("thorough"));
    expect(await ask(first, "three")).toBe(answerOf("polite"));

    expect((await allele(folder, ["profile", "rollback", "help"])).code).toBe(0);
    const third = chat();
    expect(await ask(third, "four")).toBe(answerOf("polite"));
    expect(await ask(second, "five")).toBe(answerOf("thorough"));
    expect(await ask(first, "six")).toBe(answerOf("polite"));

    for (const session of [first, second, third]) session.write("\n");
    expect((await Promise.all([first, second, third].map(({ finished }) => finished))).map(({ code }) => code)).toEqual(
      [0, 0, 0],
    );
    // The first session is one conversation, whatever was promoted in between.
    const last = asked().find((messages) => messages.at(-1)?.content === "six");
    expect(last?.map(({ content }) => content)).toEqual([
      "Answer politely.",
      "one",
      answerOf("polite"),
      "three",
      answerOf("polite"),
      "six",
    ]);
  });

  test("a pointer is never seen half written, however often who moves it is killed", async () => {
    const { folder } = await shop();
    const workbench = opened(folder);
    const { store, clock } = workbench;
    const ends = (["curt", "thorough"] as const).map((name) => resolveGenome(workbench, `genome:${name}`));
    for (const { id, genome } of ends) store.genomes.put(id, genome, clock.now());
    // Each genome comes with a dataset of its own: a session that mixed two records would be seen.
    for (const { label } of ends) {
      const written = "allele: dataset/1\nname: NAME\ndescription: x\nlicence: MIT\nsource: x\ntasks: tasks.jsonl\n";
      writeFileSync(
        join(folder, `datasets/questions/${label}.yaml`),
        `${written.replace("NAME", label)}world: ${label}\n`,
      );
    }
    const mover = join(folder, "mover.ts");
    const source = (file: string): string => JSON.stringify(resolve(import.meta.dirname, "../../src", file));
    writeFileSync(
      mover,
      `import { openStore } from ${source("store/index.ts")};
import { movePointer } from ${source("promote/index.ts")};
import { systemClock } from ${source("base/index.ts")};
const store = openStore("runs/allele.db");
const ends = ${JSON.stringify(ends.map(({ id, label }) => ({ id, label })))};
for (let turn = 0; ; turn++) {
  const { id, label } = ends[turn % 2];
  const evidence = { dataset: "datasets/questions/" + label + ".yaml" };
  movePointer(store, { profile: "help", channel: "dev", genome: id, verdict: "better", evidence, reason: "" }, systemClock);
  if (turn === 0) console.log("moving");
  await systemClock.sleep(2);
}
`,
    );
    const seen = new Set<string>();
    for (let life = 0; life < 3; life++) {
      const child = spawn(process.execPath, [mover], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
      onTestFinished(() => void child.kill("SIGKILL"));
      await once(child.stdout, "data");
      // A machine that is busy may let who moves the pointer wait.
      for (let look = 0; look < 40 || seen.size < 2; look++) {
        const { genome, world } = await sessionParts(workbench, "help", undefined);
        expect(world).toBe(genome.name);
        seen.add(genome.name);
      }
      child.kill("SIGKILL");
      await once(child, "exit");
      // What the dead one left is whole as well.
      const { genome, world } = await sessionParts(workbench, "help", undefined);
      expect(world).toBe(genome.name);
    }
    expect([...seen].toSorted()).toEqual(["curt", "thorough"]);
  });

  test("a pointer is not moved to what is not in the store", async () => {
    const { folder } = await shop();
    const { store, clock } = opened(folder);
    const move = { profile: "help", channel: "dev", verdict: "better", evidence: null, reason: "" } as const;
    expect(() => movePointer(store, { ...move, genome: "s256:00000000000000000000000000000000" }, clock)).toThrow(
      expect.objectContaining({ code: "unknown-genome" }),
    );
    expect(store.promotions.list()).toEqual([]);
  });
});
