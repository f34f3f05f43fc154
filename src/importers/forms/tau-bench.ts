import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AlleleError, readText, validate, type Json } from "../../base/index.ts";
import type { SplitName, WrittenCheck } from "../../dataset/index.ts";
import { airlineFiles, CHANGED, dataHash, retailFiles, sentencesOf, worlds } from "../../worlds/index.ts";
import type { Form, ImportedSet, ImportedTask } from "../form.ts";
import { readRows, type Row } from "../rows.ts";
import { readSettings } from "../settings.ts";
import { worldTools } from "../world-tools.ts";
import { replay } from "./replay-actions.ts";

const Settings = z.strictObject({
  /** `solo`: the whole instruction is the request. `scripted`: the customer tells it sentence by sentence. */
  user: z.enum(["solo", "scripted"]).default("solo"),
});

const Entry = z.looseObject({
  id: z.string().min(1),
  user_id: z.string(),
  instruction: z.string().min(1),
  actions: z.array(z.strictObject({ name: z.string(), kwargs: z.record(z.string(), z.json()) })),
  outputs: z.array(z.string()).default([]),
});

const domains = { airline: airlineFiles, retail: retailFiles } as const;
type Domain = keyof typeof domains;

const taskFiles: readonly (readonly [file: string, split: SplitName])[] = [
  ["tasks_train.jsonl", "train"],
  ["tasks_dev.jsonl", "validation"],
  ["tasks_test.jsonl", "test"],
];

/**
 * tau-bench (Yao et al. 2024), airline or retail: a folder with `db/*.json`, `policy.md` and `tasks_*.jsonl`. A task is met when the database is
 * left as the recorded actions leave it and every recorded output was said to the customer. The recorded actions are replayed at import.
 */
export const tauBench: Form = {
  name: "tau-bench",
  about: "tau-bench: the folder airline or retail, with db/, policy.md and tasks_*.jsonl; user=scripted",
  licence: "MIT",
  source: "tau-bench (Yao et al. 2024), sierra-research/tau-bench",
  thirdParty: true,
  read: (folders, settings) => {
    const { user } = readSettings(Settings, settings, "tau-bench");
    const [folder = ""] = folders;
    if (folders.length !== 1) throw oneFolder(folder, "one folder is imported at a time");
    return readDomain(folder, domainOf(folder), user);
  },
};

function readDomain(folder: string, domain: Domain, user: "solo" | "scripted"): ImportedSet {
  const names = domains[domain];
  const texts = names.map((name) => readText(join(folder, "db", `${name}.json`)));
  const data = dataHash(texts);
  const module = worlds[domain]?.({ folder });
  const rows = taskFiles
    .map(([file, split]) => ({ file: join(folder, file), split }))
    .filter(({ file }) => existsSync(file))
    .flatMap(({ file, split }) => readRows(file).map((row) => ({ row, split })));
  return {
    description: `tau-bench ${domain}, ${user} customer. The agent's rules are in policy.md.`,
    tasks: rows.map(({ row, split }) => {
      const entry = validate(Entry, row.values, () => row.where);
      const world = module?.createWorld({ data, script: [] }) ?? {};
      replay(module?.tools ?? [], world, entry.actions);
      return taskOf(entry, row, { split, data, user, changed: world.query?.(CHANGED) ?? [] });
    }),
    leftOut: [],
    files: {
      "tools.ts": worldTools(domain, { user }),
      "policy.md": readText(join(folder, "policy.md")),
      ...Object.fromEntries(names.map((name, index) => [`db/${name}.json`, texts[index] ?? ""])),
    },
    world: { data, script: [] },
  };
}

interface Facts {
  readonly split: SplitName;
  readonly data: string;
  readonly user: "solo" | "scripted";
  readonly changed: readonly Readonly<Record<string, unknown>>[];
}

function taskOf(entry: z.output<typeof Entry>, row: Row, { split, data, user, changed }: Facts): ImportedTask {
  const sentences = sentencesOf(entry.instruction);
  const scripted = user === "scripted";
  return {
    id: entry.id,
    input: scripted ? (sentences[0] ?? entry.instruction) : entry.instruction,
    checks: [reward(changed, entry.outputs)],
    tags: [changed.length > 0 ? "write" : "read-only", ...(entry.outputs.length > 0 ? ["outputs"] : [])],
    family: entry.user_id,
    split,
    world: { data, script: scripted ? sentences.slice(1) : [] },
    where: row.where,
  };
}

/** 1 when the changed records are those that the recorded actions change, each in the same state, and all outputs were said. */
function reward(changed: Facts["changed"], outputs: readonly string[]): WrittenCheck {
  const state: WrittenCheck = {
    type: "sql",
    query: CHANGED,
    rows: changed.map((row) => ({ ...row })) as unknown as Json,
    feedback: "The database is not left as this request and the rules ask for.",
  };
  return { type: "all", group: "world", checks: [state, ...outputs.map(said)] };
}

/** The output stands in the answer or in a message to the customer, case and commas aside. */
function said(output: string): WrittenCheck {
  const pattern = Array.from(output, (character) => character.replace(/[.*+?^${}()|[\]\\/]/, "\\$&")).join(",*");
  const like = output.toLowerCase().replaceAll("'", "''");
  return {
    type: "any",
    feedback: "The customer was not told something that was asked for.",
    checks: [
      { type: "regex", pattern, flags: "i" },
      { type: "sql", query: `select count(*) > 0 from messages where instr(text, '${like}') > 0`, value: 1 },
    ],
  };
}

function domainOf(folder: string): Domain {
  const found = Object.keys(domains).find((name): name is Domain =>
    domains[name as Domain].every((file) => existsSync(join(folder, "db", `${file}.json`))),
  );
  if (found !== undefined) return found;
  throw oneFolder(folder, "this is no folder of tau-bench: db/ lacks the files of the airline and of the shop");
}

function oneFolder(file: string, problem: string): AlleleError {
  return new AlleleError({
    code: "not-tau-bench",
    message: problem,
    hint: "Name the folder airline or retail; it holds db/*.json, policy.md and tasks_test.jsonl.",
    where: { file },
  });
}
