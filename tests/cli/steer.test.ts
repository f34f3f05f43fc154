import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { allele, projectFolder, start, type Finished } from "./allele.ts";

interface View {
  readonly worked_on: boolean;
  readonly searching: boolean;
  readonly pending: readonly { readonly genome: string; readonly changed: readonly string[] }[];
  readonly pool: readonly { readonly candidate: number; readonly genome: string; readonly pinned: boolean }[];
  readonly said: readonly { readonly said: string; readonly outcome: string }[];
}

const dataOf = <T>({ stdout, stderr }: Finished): T => {
  if (stdout === "") throw new Error(stderr);
  return parseJson(stdout) as T;
};

test("a second process steers a run that is going on, and one that was interrupted; reports say what people did", async () => {
  const folder = projectFolder();
  const steer = (...words: readonly string[]): Promise<Finished> => allele(folder, ["steer", "led", ...words]);
  const budget = ["--rollouts", "1200", "--name", "led", "--seed", "1", "-c", "1", "--yes"];
  // Slow replies, so that the run outlasts what the other process says on a busy machine too.
  const configuration = join(folder, "allele.yaml");
  const slow = "{ kind: simulated, latency: 4 }";
  writeFileSync(configuration, `allele: config/1\nmodels: { task: ${slow}, reflection: ${slow} }\n`);
  const run = start(folder, ["evolve", "-g", "desk-seed", "-d", "desk", ...budget]);
  let view: View | undefined;
  while (view === undefined || view.pool.length === 0 || view.pending.length === 0) {
    const listed = await steer("--json");
    view = listed.code === 0 ? dataOf<View>(listed) : undefined;
  }
  expect(view).toMatchObject({ worked_on: true, searching: true });

  const hypothesis = ["--hypothesis", "It guesses ids instead of searching for them.", "--gene", "rules"];
  expect(dataOf(await steer(...hypothesis, "--json"))).toMatchObject({ position: 0, worked_on: true });
  run.kill("SIGINT");
  expect((await run.finished).code).toBe(130);

  const listed = (await steer()).stdout;
  for (const words of ["BEING MEASURED", "POOL", "incumbent", "WHAT PEOPLE SAID", "hypothesis on rules"])
    expect(listed).toContain(words);
  const cut = dataOf<View>(await steer("--json"));
  expect(cut.worked_on).toBe(false);
  const child = cut.pending[0];
  if (child !== undefined) expect((await steer("--veto", child.genome)).stderr).toContain("does not join the pool");
  const wrong: readonly (readonly [words: readonly string[], code: string])[] = [
    [["--veto", "#0"], "seed-needed"],
    [["--veto", "feedfeed"], "unknown-child"],
    [["--pin", "99"], "unknown-child"],
    [["--edit", "0", "--gene", "temperature", "--value", "0.3"], "frozen-gene"],
    [["--edit", "0", "--gene", "plan", "--value", "soon"], "wrong-type"],
    [["--edit", "0", "--gene", "rulez", "--value", "x"], "unknown-gene"],
    [["--edit", "0", "--gene", "system", "--value", " "], "child-refused"],
    [["--edit", "0", "--value", "x"], "bad-option"],
    [["--pin", "0", "--unpin", "0"], "bad-option"],
    [["--child", "./other.yaml"], "child-differs"],
    [["--hypothesis", " ", "--gene", "rules"], "empty-hypothesis"],
  ];
  writeFileSync(
    join(folder, "other.yaml"),
    "allele: genome/1\nname: other\ngenes:\n  system: { type: text, value: Help. }\n",
  );
  const failures = await Promise.all(wrong.map(([words]) => steer(...words)));
  expect(failures.map(({ code, stderr }) => `${code} ${/\[([a-z-]+)\]/.exec(stderr)?.[1]}`)).toEqual(
    wrong.map(([, code]) => `2 ${code}`),
  );
  expect((await steer("--pin", "0")).stderr).toContain("Nobody works on the run now");
  const edited = await allele(folder, ["steer", "led", "--edit", "#0", "--gene", "rules", "--file", "-"], {
    input: "Look an id up before you use it.\nCheck a total with the calculator.\n",
  });
  expect(edited.stderr).toContain("measured beside it");

  rmSync(configuration);
  const resumed = await allele(folder, ["resume", "led"]);
  expect([0, 3], resumed.stderr).toContain(resumed.code);
  const shown = await allele(folder, ["show", "led"]);
  expect(shown.stdout).toContain("WHAT PEOPLE SAID");
  const said = dataOf<{ readonly steering: View["said"] }>(await allele(folder, ["show", "led", "--json"])).steering;
  expect(said.map((row) => row.said.split(" ")[0])).toEqual([
    "hypothesis",
    ...(child === undefined ? [] : ["veto"]),
    "pin",
    "rules",
  ]);
  for (const { outcome } of said) expect(outcome).not.toContain("Not taken");
  expect(said.at(-1)?.outcome).toMatch(/Its turn was iteration \d+\. (Ahead of|Not ahead of) its parent/);
  expect((await steer("--pin", "0")).stderr).toContain("[search-over]");
  expect((await steer()).stdout).toContain("nothing left to steer");
});
