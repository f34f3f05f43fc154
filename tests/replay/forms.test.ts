import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { readRecorded } from "../../src/replay/index.ts";
import { mean } from "../../src/statistics/index.ts";

function fileWith(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "allele-replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return file;
}

const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

test("rows are read from CSV and JSONL, with cost, test and several tables", () => {
  const csv = fileWith(
    "r.csv",
    "arm,item,score,cost,split,table\na,1,1,2,,x\na,t,0.5,,test,x\nb,1,0,3,,x\nb,t,1,,test,x\n",
  );
  expect(readRecorded([csv]).tables).toEqual([
    { name: "x", arms: ["a", "b"], scores: [[1], [0]], costs: [[2], [3]], worth: [0.5, 1] },
  ]);
  const jsonl = fileWith("s.jsonl", '{"arm":"a","item":1,"score":1}\n{"arm":"b","item":1,"score":0.25,"cost":null}\n');
  expect(readRecorded([jsonl]).tables).toEqual([
    { name: "s", arms: ["a", "b"], scores: [[1], [0.25]], costs: [[1], [1]], worth: undefined },
  ]);
});

test("holes are refused, or left out by item or by arm and told", () => {
  const file = fileWith("h.csv", "arm,item,score\na,1,1\na,2,0\nb,1,0\nb,2,1\nc,1,1\n");
  expect(() => readRecorded([file])).toThrow('has 1 hole in 6 results: the first is "c" on "2"');
  const byItem = readRecorded([file], { holes: "items" });
  expect(byItem.tables[0]).toMatchObject({ arms: ["a", "b", "c"], scores: [[1], [0], [1]] });
  expect(byItem.notes).toEqual(["h: left out 1 of 2 items with holes"]);
  const byArm = readRecorded([file], { holes: "arms" });
  expect(byArm.tables[0]).toMatchObject({ arms: ["a", "b"], scores: [[1, 0], [0, 1]] }); // prettier-ignore
  expect(byArm.notes).toEqual(["h: left out 1 of 3 arms with holes"]);
});

test("matrices with marks that were not recorded have holes, and turns are their cost", () => {
  const matrix = { task: "t", arms: [{ id: "a" }, { id: "b" }], items: [{ id: "0" }, { id: "1" }], rows: ["10", "-1"] };
  const file = fileWith("matrices.json.gz", JSON.stringify([matrix]));
  expect(codeOf(() => readRecorded([file], { form: "gepa-prompts" }))).toBe("recorded-holes");
  const outputs = fileWith("outputs.jsonl", '{"task":"t","arm":"a","item":"1","turns":7}\n');
  const set = readRecorded([file, outputs], { form: "scaffolds", holes: "items" });
  expect(set.tables[0]).toMatchObject({ scores: [[0], [1]], costs: [[7], [1]] });
  expect(set.notes[0]).toBe("cost is in turns");
  const short = fileWith("m.json", JSON.stringify([{ ...matrix, rows: ["1", "01"] }]));
  expect(codeOf(() => readRecorded([short], { form: "gepa-prompts" }))).toBe("invalid-value");
});

test("files that are cut, of another form or not there are refused", () => {
  expect(codeOf(() => readRecorded(["no-such-file.csv"]))).toBe("file-missing");
  expect(codeOf(() => readRecorded(["no-such-file.json.gz"], { form: "capo" }))).toBe("file-missing");
  expect(codeOf(() => readRecorded([fileWith("x.json", "[{")], { form: "capo" }))).toBe("malformed-json");
  const cut = fileWith("x.json.gz", "[]");
  writeFileSync(cut, gzipSync("[1, 2, 3]").subarray(0, 15));
  expect(codeOf(() => readRecorded([cut], { form: "slab" }))).toBe("file-unreadable");
  expect(codeOf(() => readRecorded([fileWith("y.json", "[{}]")], { form: "scaffolds" }))).toBe("invalid-value");
  expect(() => readRecorded([fileWith("z.json", "[]")], { form: "capos" })).toThrow('did you mean "capo"');
});

const data = resolve(import.meta.dirname, "../../../shared/data");

test.skipIf(!existsSync(data))("the recorded data beside the repository are read as their notes say", () => {
  const capo = readRecorded([join(data, "replay-capo/pools.json.gz")], { form: "capo" });
  expect(capo.tables).toHaveLength(27);
  expect(capo.tables.every(({ scores }) => scores.every((row) => row.length === 10))).toBe(true);
  const prompts = readRecorded([join(data, "replay-gepa-prompts/matrices.json.gz")], { form: "gepa-prompts" });
  const shares = prompts.tables.map(({ scores }) => scores.map((row) => (100 * mean(row)).toFixed(1)).join("/"));
  expect(shares).toEqual(["83.7/85.8/87.9", "54.0/58.4/60.2", "91.5/93.2/93.2"]);
  const folder = join(data, "replay-scaffolds");
  const scaffolds = readRecorded([join(folder, "matrices.json.gz"), join(folder, "outputs.jsonl.gz")], {
    form: "scaffolds",
    table: "GameOf24",
  });
  const [game] = scaffolds.tables;
  const shareOf = (arm: string): string => mean(game?.scores[game.arms.indexOf(arm)] ?? []).toFixed(2);
  expect([shareOf("MetaPromptingWithPython"), shareOf("Standard")]).toEqual(["0.67", "0.03"]);
  expect(mean(game?.costs?.flat() ?? [])).toBeGreaterThan(1);
  const slab = readRecorded([join(data, "replay-slab/prompt_accuracies.json.gz")], {
    form: "slab",
    table: "LMentry/word_not_containing/t0",
  });
  expect(slab.tables.length).toBeGreaterThan(0);
  expect(slab.tables[0]?.scores[0]).toHaveLength(26);
});
