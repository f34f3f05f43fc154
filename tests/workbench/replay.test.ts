import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeFailure } from "../../src/cli/failure.ts";
import { replayRecorded } from "../../src/workbench/index.ts";

type Options = Omit<Parameters<typeof replayRecorded>[1], "files">;

/** What a user reads on replaying a file with this text. */
function refusal(text: string, options: Options = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "allele-replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "bad.csv"), text);
  try {
    replayRecorded(folder, { files: ["bad.csv"], games: 2, ...options });
    return "nothing was refused";
  } catch (error) {
    return describeFailure(error, false);
  }
}

const twoArms = "arm,item,score\na,1,1\nb,1,0\n";

test("wrong columns and values are named with their line", () => {
  expect(refusal("arm,item,scores\na,1,1\n")).toMatch(/unknown key "scores" .did you mean "score"[^]*bad\.csv:2/);
  expect(refusal("arm,score\na,1\n")).toMatch(/item: [^]*bad\.csv:2/);
  expect(refusal("arm,item,score\na,1,\n")).toMatch(/a number in \[0, 1\] is needed[^]*bad\.csv:2/);
  expect(refusal("arm,item,score\na,1,high\n")).toMatch(/a number in \[0, 1\] is needed[^]*bad\.csv:2/);
  expect(refusal("arm,item,score,cost\na,1,1,-2\n")).toMatch(/cost: [^]*bad\.csv:2/);
  expect(refusal("arm,item,score\n,1,1\n")).toMatch(/a name is needed[^]*bad\.csv:2/);
  expect(refusal("arm,item,score\n")).toContain("[no-rows]");
});

test("a table that there is nothing to choose in, or that has holes, is refused", () => {
  expect(refusal("arm,item,score\na,1,1\na,2,1\n")).toMatch(/one arm, a: there is nothing to choose[^]*too-few-arms/);
  const holes = "arm,item,score\na,1,1\nb,2,1\n";
  expect(refusal(holes)).toMatch(/2 holes in 4 results: the first is "a" on "2"[^]*--holes[^]*recorded-holes/);
  expect(refusal(holes, { holes: "items" })).toContain("[too-few-items]");
  expect(refusal(holes, { holes: "arms" })).toContain("[too-few-arms]");
  expect(refusal(`${twoArms}b,1,1\n`)).toMatch(/bad\.csv:4[^]*recorded-twice/);
});

test("rules, arms, tables and forms that are not there are named with those there are", () => {
  expect(refusal(twoArms, { rules: ["gates"] })).toContain('did you mean "gate"');
  expect(refusal(twoArms, { incumbent: "c" })).toMatch(/It has a, b[^]*unknown-arm/);
  expect(refusal(twoArms, { arms: 3 })).toMatch(/has 2 arms, and a game is to have 3[^]*too-few-arms/);
  expect(refusal(twoArms, { block: 2 })).toContain("[too-few-items]");
  expect(refusal(twoArms, { table: "other" })).toMatch(/There are: bad[^]*unknown-table/);
  expect(refusal(twoArms, { form: "capo" })).toContain("[malformed-json]");
  expect(refusal(twoArms, { form: "row" })).toMatch(/did you mean "rows"[^]*unknown-form/);
});
