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
  for (const rule of ["fixed-n", "halving", "race", "gate"]) expect(shown.stdout).toContain(`\n${rule} `);
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
  const refused = async (text: string | undefined, ...more: readonly string[]): Promise<string> => {
    if (text !== undefined) writeFileSync(join(folder, "bad.csv"), text);
    const { code, stdout, stderr } = await allele(folder, ["replay", "bad.csv", ...more]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    return stderr;
  };
  expect(await refused(undefined)).toContain("[file-missing]");
  const twoArms = "arm,item,score\na,1,1\nb,1,0\n";
  expect(await refused("arm,item,scores\na,1,1\n")).toMatch(/unknown key "scores" .did you mean "score"[^]*bad\.csv:2/);
  expect(await refused("arm,score\na,1\n")).toMatch(/item: [^]*bad\.csv:2/);
  expect(await refused("arm,item,score\na,1,1.5\n")).toMatch(/score: [^]*bad\.csv:2[^]*\[invalid-value\]/);
  expect(await refused("arm,item,score\na,1,\n")).toContain("a number in [0, 1] is needed");
  expect(await refused("arm,item,score\na,1,1\na,2,1\n")).toMatch(
    /one arm, a: there is nothing to choose[^]*\[too-few-arms\]/,
  );
  expect(await refused("arm,item,score\na,1,1\nb,2,1\n")).toMatch(
    /2 holes in 4 results[^]*--holes[^]*\[recorded-holes\]/,
  );
  expect(await refused(undefined, "--holes", "items")).toContain("[too-few-items]");
  expect(await refused(`${twoArms}b,1,1\n`)).toMatch(/bad\.csv:4[^]*\[recorded-twice\]/);
  expect(await refused(twoArms, "--rule", "gates")).toContain('did you mean "gate"');
  expect(await refused(undefined, "--incumbent", "c")).toContain("[unknown-arm]");
  expect(await refused(undefined, "--arms", "3")).toContain("[too-few-arms]");
  expect(await refused(undefined, "--block", "2")).toContain("[too-few-items]");
  expect(await refused(undefined, "--table", "other")).toContain("[unknown-table]");
  expect(await refused(undefined, "--form", "capo")).toContain("[malformed-json]");
  expect(await refused(undefined, "--seeds", "0")).toContain("[bad-option]");
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
  expect(stdout).not.toMatch(/[\u001b\u202e]/);
});
