import { basename, resolve } from "node:path";
import { z } from "zod";
import { AlleleError, parseYaml, readText, tryParseJson, validate, type Json } from "../base/index.ts";
import { SplitShares, type SplitName } from "../dataset/index.ts";
import { forms, importSet, type ImportResult, type Settings } from "../importers/index.ts";
import type { Workbench } from "./workbench.ts";

export interface ImportOptions {
  readonly form: string;
  /** A folder from where the command was given; by default a folder of the project's datasets, named by the first file. */
  readonly to?: string | undefined;
  readonly name?: string | undefined;
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  readonly description?: string | undefined;
  /** YAML file of settings. */
  readonly mapping?: string | undefined;
  /** `name=value`, over those of the mapping. */
  readonly set?: readonly string[] | undefined;
  readonly seed: number;
  readonly shares?: string | undefined;
  readonly limit?: string | undefined;
  readonly balance: boolean;
  readonly divide: boolean;
}

/** Makes a dataset of files of another form. Throws what `importSet` throws, and `bad-option` for options it cannot read. */
export function importDataset(
  workbench: Workbench,
  cwd: string,
  files: readonly string[],
  options: ImportOptions,
): Promise<ImportResult> {
  const paths = files.map((file) => resolve(cwd, file));
  const named = options.to ?? paths[0] ?? "";
  const name = options.name ?? nameFrom(basename(named));
  return importSet({
    form: options.form,
    files: paths,
    folder:
      options.to === undefined ? resolve(workbench.root, workbench.config.datasets, name) : resolve(cwd, options.to),
    name,
    settings: { ...mappingIn(cwd, options.mapping), ...pairsIn(options.set ?? []) },
    licence: options.licence,
    source: options.source,
    description: options.description,
    sample: {
      seed: options.seed,
      shares: sharesIn(options.shares),
      limits: limitsIn(options.limit),
      balance: options.balance,
      divide: options.divide,
    },
  });
}

/** The forms there are, a line each. */
export function renderForms(): string {
  return forms.map(({ name, about }) => `${name.padEnd(22)} ${about}`).join("\n");
}

export function renderImport({ name, folder, splits, leftOut, licence }: ImportResult): string {
  const reasons = [...Map.groupBy(leftOut, ({ reason }) => reason)].map(
    ([reason, rows]) =>
      `left out ${rows.length}: ${reason} (the first at ${rows[0]?.where.file}:${rows[0]?.where.line})`,
  );
  return [
    `imported ${name}: train ${splits.train}, validation ${splits.validation}, test ${splits.test} (sealed)`,
    ...reasons,
    `licence: ${licence}`,
    `wrote ${folder}`,
  ].join("\n");
}

/** Lower case words joined by hyphens, as dataset.yaml wants them. */
function nameFrom(text: string): string {
  const words = text
    .replace(/\.\w+$/, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-") ?? "imported";
}

function mappingIn(cwd: string, file: string | undefined): Settings {
  if (file === undefined) return {};
  const path = resolve(cwd, file);
  return parseYaml(readText(path), z.record(z.string(), z.json()), path);
}

function pairsIn(pairs: readonly string[]): Settings {
  return Object.fromEntries(
    pairs.map((pair): [string, Json] => {
      const [, name = "", value = ""] = /^([a-z_]+)=(.*)$/s.exec(pair) ?? [];
      if (name === "") throw badOption(`"${pair}" is no setting`, 'Write NAME=VALUE, for instance input="{question}".');
      const json = /^[[{]"|^\{\s*"/.test(value) ? tryParseJson(value) : undefined;
      return [name, json ?? value];
    }),
  );
}

function sharesIn(text: string | undefined): SplitShares {
  const shares = (text ?? "0.4,0.3,0.3").split(",").map(Number);
  const [train, validation, test] = shares;
  if (shares.length !== 3 || shares.some(Number.isNaN))
    throw badOption(
      `"${text}" is not three shares`,
      "Write those of train, validation and test: --shares 0.4,0.3,0.3.",
    );
  return validate(SplitShares, { train, validation, test }, () => ({ file: "--shares" }));
}

/** `300` for every split, or `train=100,test=500`. */
function limitsIn(text: string | undefined): Partial<Record<SplitName, number>> {
  if (text === undefined) return {};
  if (/^0+$/.test(text))
    throw badOption("with --limit 0 no task is left", "Write --limit 300, or leave it out for all.");
  if (/^\d+$/.test(text)) return { train: Number(text), validation: Number(text), test: Number(text) };
  return Object.fromEntries(
    text.split(",").map((part) => {
      const [, split, count] = /^\s*(train|validation|test)=(\d+)\s*$/.exec(part) ?? [];
      if (split === undefined)
        throw badOption(`"${part}" is no limit`, "Write --limit 300 or --limit train=100,test=500.");
      return [split, Number(count)];
    }),
  );
}

function badOption(message: string, hint: string): AlleleError {
  return new AlleleError({ code: "bad-option", message, hint });
}
