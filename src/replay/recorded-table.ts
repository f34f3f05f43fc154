import { AlleleError, type SourceLocation } from "../base/index.ts";
import { mean } from "../statistics/index.ts";

/** Recorded behaviour: what each arm (a prompt, a genome, a model) scored on each item. Every arm has a result on every item. */
export interface RecordedTable {
  readonly name: string;
  readonly arms: readonly string[];
  /** Scores in [0, 1], arm by item. */
  readonly scores: readonly (readonly number[])[];
  /** What each result cost, arm by item, in a unit of the table's own; absent: 1 each. */
  readonly costs?: readonly (readonly number[])[] | undefined;
  /** What each arm is worth, where that was measured on items of its own; absent: its mean over the items. */
  readonly worth?: readonly number[] | undefined;
}

/** One recorded result, and where it stands. */
export interface RecordedResult {
  readonly arm: string;
  readonly item: string;
  readonly score: number;
  /** Default 1. */
  readonly cost?: number | undefined;
  /** Results of the test are never revealed: they say what an arm is worth. */
  readonly isTest?: boolean | undefined;
  readonly where: SourceLocation;
}

/** What is done where an arm has no result on an item: refuse the table, or leave out such items, or such arms. */
export type Holes = "refuse" | "items" | "arms";

/**
 * A table of single results, and a sentence on what was left out, if anything. Throws AlleleError `recorded-twice`, `recorded-holes`,
 * `too-few-arms` or `too-few-items`.
 */
export function tableOf(
  name: string,
  results: readonly RecordedResult[],
  holes: Holes,
): { readonly table: RecordedTable; readonly note?: string | undefined } {
  const arms = [...new Set(results.map(({ arm }) => arm))];
  const shown = grid(
    name,
    results.filter(({ isTest }) => isTest !== true),
    arms,
    holes,
  );
  const judged = results.filter(({ isTest }) => isTest === true);
  const test = judged.length === 0 ? undefined : grid(`${name} (test)`, judged, shown.arms, holes);
  const kept = test?.arms ?? shown.arms;
  const rows = kept.map((arm) => shown.rows[shown.arms.indexOf(arm)] ?? []);
  const left = [...shown.leftOut, ...(test?.leftOut ?? [])];
  const table = {
    name,
    arms: kept,
    scores: rows.map((row) => row.map(({ score }) => score)),
    costs: rows.map((row) => row.map(({ cost = 1 }) => cost)),
    worth: test?.rows.map((row) => mean(row.map(({ score }) => score))),
  };
  requireChoice(table);
  return { table, note: left.length === 0 ? undefined : `${name}: left out ${left.join(" and ")}` };
}

/** Throws AlleleError `too-few-arms` or `too-few-items` where there is nothing to choose, or nothing to choose by. */
export function requireChoice({ name, arms, scores }: RecordedTable): void {
  if (arms.length < 2) {
    throw new AlleleError({
      code: "too-few-arms",
      message: `the table "${name}" has ${arms.length === 1 ? `one arm, ${arms[0]}` : "no arm"}: there is nothing to choose`,
      hint: "Record at least two arms on the same items.",
    });
  }
  if ((scores[0]?.length ?? 0) > 0) return;
  throw new AlleleError({
    code: "too-few-items",
    message: `the table "${name}" has no item that all ${arms.length} arms have a result on`,
    hint: "Record the arms on the same items, under the same names.",
  });
}

interface Grid {
  readonly arms: readonly string[];
  readonly rows: readonly (readonly RecordedResult[])[];
  readonly leftOut: readonly string[];
}

function grid(name: string, results: readonly RecordedResult[], arms: readonly string[], holes: Holes): Grid {
  const cells = new Map(arms.map((arm) => [arm, new Map<string, RecordedResult>()]));
  for (const result of results) {
    const row = cells.get(result.arm);
    if (row?.has(result.item) === true) throw recordedTwice(result);
    row?.set(result.item, result);
  }
  const items = [...new Set(results.filter(({ arm }) => cells.has(arm)).map(({ item }) => item))];
  const has = (arm: string, item: string): boolean => cells.get(arm)?.has(item) === true;
  const keptArms = holes === "arms" ? arms.filter((arm) => items.every((item) => has(arm, item))) : arms;
  const keptItems = items.filter((item) => keptArms.every((arm) => has(arm, item)));
  if (holes === "refuse" && keptItems.length < items.length) throw withHoles(name, arms, items, has);
  const count = (all: number, kept: number, what: string): string[] =>
    kept < all ? [`${all - kept} of ${all} ${what} with holes`] : [];
  return {
    arms: keptArms,
    rows: keptArms.map((arm) => keptItems.flatMap((item) => cells.get(arm)?.get(item) ?? [])),
    leftOut: [...count(arms.length, keptArms.length, "arms"), ...count(items.length, keptItems.length, "items")],
  };
}

function recordedTwice({ arm, item, where }: RecordedResult): AlleleError {
  return new AlleleError({
    code: "recorded-twice",
    message: `there are two results of the arm "${arm}" on the item "${item}"`,
    hint: "Give repeats names of their own, such as q7 #1 and q7 #2, or keep one of them.",
    where,
  });
}

function withHoles(
  name: string,
  arms: readonly string[],
  items: readonly string[],
  has: (arm: string, item: string) => boolean,
): AlleleError {
  const missing = arms.flatMap((arm) => items.filter((item) => !has(arm, item)).map((item) => ({ arm, item })));
  const first = missing[0];
  return new AlleleError({
    code: "recorded-holes",
    message: `the table "${name}" has ${missing.length} hole${missing.length === 1 ? "" : "s"} in ${arms.length * items.length} results: the first is "${first?.arm}" on "${first?.item}"`,
    hint: "Fill them in, or leave out what has holes with --holes items or --holes arms.",
  });
}
