import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRandom, parseJson } from "../../src/base/index.ts";
import { allele, projectFolder } from "./allele.ts";

/** A folder with recorded results of three arms on forty items. */
function recordedFolder(): string {
  const folder = projectFolder();
  const random = makeRandom("cli-replay");
  const lines = Object.entries({ plain: 0.3, better: 0.8, worse: 0.2 }).flatMap(([arm, rate]) =>
    Array.from({ length: 40 }, (_, item) => `${arm},q${item},${Number(random.next() < rate)},0.002`),
  );
  writeFileSync(join(folder, "recorded.csv"), `arm,item,score,cost\n${lines.join("\n")}\n`);
  return folder;
}

test("rules are played on a table of recorded results, and tell regret, cost, false promotions and calibration", async () => {
  const folder = recordedFolder();
  const shown = await allele(folder, ["replay", "recorded.csv", "--seeds", "20", "--incumbent", "plain"]);
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toContain("Replay of the table recorded");
  for (const rule of ["fixed-n", "halving", "promise", "gate"]) expect(shown.stdout).toContain(`\n${rule} `);
  expect(shown.stdout).toContain("halving: stated confidence");

  const json = await allele(folder, ["replay", "recorded.csv", "--rule", "gate", "--seeds", "20", "--incumbent", "plain", "--budget", "120", "--json"]); // prettier-ignore
  expect(parseJson(json.stdout)).toMatchObject({
    notes: [],
    rules: [
      {
        rule: "gate",
        games: 20,
        regret: { value: expect.any(Number), interval: [expect.any(Number), expect.any(Number)], n: 20 },
        promoted: { value: expect.any(Number) },
        false_promotions: { value: 0 },
        tables: [{ table: "recorded", arms: 3, items: 40 }],
      },
    ],
  });
});

test("bad input is refused with what, where and what to do", async () => {
  const folder = recordedFolder();
  const refused = async (...more: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await allele(folder, ["replay", ...more]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    return stderr;
  };
  expect(await refused("missing.csv")).toContain("[file-missing]");
  writeFileSync(join(folder, "bad.csv"), "arm,item,score\na,1,1\nb,1,1.5\n");
  expect(await refused("bad.csv")).toMatch(/score: [^]*bad\.csv:3[^]*\[invalid-value\]/);
  expect(await refused("recorded.csv", "--seeds", "0")).toContain("[bad-option]");
});

test("hostile names are shown harmlessly", async () => {
  const folder = projectFolder();
  const name = "<b>\u001b[31mred\u202e";
  const lines = [name, "b"].flatMap((arm) =>
    [1, 2, 3].map((item) => JSON.stringify({ arm, item, score: 1, table: name })),
  );
  writeFileSync(join(folder, "odd.jsonl"), lines.join("\n"));
  const { code, stdout } = await allele(folder, ["replay", "odd.jsonl", "--seeds", "2"]);
  expect(code).toBe(0);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).not.toContain("\u202e");
});
