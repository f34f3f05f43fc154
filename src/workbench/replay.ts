import { resolve } from "node:path";
import { AlleleError } from "../base/index.ts";
import {
  readRecorded,
  replay,
  replayRule,
  replayRules,
  type CalibrationBin,
  type GamesMean,
  type Holes,
  type ReplayReport,
  type ReplaySummary,
} from "../replay/index.ts";
import { formatScore, renderText, type Block } from "../report/index.ts";

interface ReplayRequest {
  /** From where the command was given. */
  readonly files: readonly string[];
  readonly form?: string | undefined;
  readonly table?: string | undefined;
  readonly holes?: Holes | undefined;
  /** Names; all rules where none is given. */
  readonly rules?: readonly string[] | undefined;
  readonly games?: number | undefined;
  readonly seed?: number | undefined;
  readonly arms?: number | undefined;
  readonly incumbent?: string | undefined;
  readonly block?: number | undefined;
  readonly heldOut?: number | undefined;
  readonly budget?: number | undefined;
  readonly alpha?: number | undefined;
  readonly least?: number | undefined;
}

interface ReplayedRules {
  readonly files: readonly string[];
  readonly notes: readonly string[];
  readonly rules: readonly (ReplayReport & { readonly rule: string })[];
}

/** Plays promotion and picking rules on recorded behaviour. Runs no model. Throws what `readRecorded`, `replayRule` and `replay` throw. */
export function replayRecorded(cwd: string, request: ReplayRequest): ReplayedRules {
  const { files, rules = [], arms } = request;
  const names = rules.length === 0 ? replayRules.map(({ name }) => name) : [...new Set(rules)];
  const made = names.map((name) => ({ name, rule: replayRule(name, request) }));
  const { tables, notes } = readRecorded(
    files.map((file) => resolve(cwd, file)),
    request,
  );
  const small = tables.find((table) => arms !== undefined && table.arms.length < arms);
  if (small !== undefined) {
    throw new AlleleError({
      code: "too-few-arms",
      message: `the table "${small.name}" has ${small.arms.length} arms, and a game is to have ${arms}`,
      hint: "Ask for fewer --arms, or for one --table.",
    });
  }
  return { files, notes, rules: made.map(({ name, rule }) => ({ rule: name, ...replay(tables, rule, request) })) };
}

/** The `--json` shape of `replay`. */
export function replayJson({ files, notes, rules }: ReplayedRules): Record<string, unknown> {
  return {
    files,
    notes,
    rules: rules.map(({ rule, all, tables }) => ({
      rule,
      ...summaryJson(all),
      tables: tables.map(({ name, arms, items, ...summary }) => ({
        table: name,
        arms,
        items,
        ...summaryJson(summary),
      })),
    })),
  };
}

function summaryJson(summary: ReplaySummary): Record<string, unknown> {
  const { games, regret, gain, results, share, cost, promoted, missed, calibration } = summary;
  return {
    games,
    regret: meanJson(regret),
    gain: meanJson(gain),
    best_found: meanJson(summary.bestFound),
    promoted: meanJson(promoted),
    false_promotions: meanJson(summary.falsePromotions),
    missed: meanJson(missed),
    results,
    share,
    cost,
    calibration:
      calibration === undefined
        ? null
        : { ...binJson(calibration.all), bins: calibration.bins.map((bin) => ({ ...binJson(bin) })) },
  };
}

/** Of nothing there is no mean. */
const meanJson = ({ value, interval, n }: GamesMean): unknown =>
  n === 0 ? { value: null, interval: null, n } : { value, interval, n };

const binJson = ({ from, to, n, stated, right }: CalibrationBin): Record<string, unknown> => ({
  from,
  to,
  n,
  stated,
  right: meanJson(right),
});

export function renderReplay({ notes, rules }: ReplayedRules, width: number): string {
  const [first] = rules;
  const tables = first?.tables ?? [];
  const games = first?.all.games ?? 0;
  const arms = tables.reduce((sum, table) => sum + table.arms, 0);
  const what = tables.length === 1 ? `the table ${tables[0]?.name}` : `${tables.length} tables`;
  const blocks: Block[] = [
    {
      kind: "paragraph",
      text: `Recorded: ${arms} arms. ${games} games a rule. Regret and gain are in points of score; shares are of games, false promotions of promotions, missed of games with a better arm. Intervals are 95 %${tables.length > 1 ? ", of whole tables" : ""}.`,
    },
    { kind: "table", ...tableOf(rules.map(({ rule, all }) => [rule, all] as const)) },
    ...(rules.length === 1 && tables.length > 1
      ? [
          {
            kind: "table" as const,
            ...tableOf(
              tables.map((table) => [table.name, table] as const),
              "table",
            ),
          },
        ]
      : []),
    ...rules.flatMap(({ rule, all }): Block[] =>
      all.calibration === undefined ? [] : [calibrationBlock(rule, all.calibration)],
    ),
    ...(notes.length === 0 ? [] : [{ kind: "list" as const, items: notes }]),
  ];
  return renderText(`Replay of ${what}`, blocks, width);
}

function tableOf(
  lines: readonly (readonly [string, ReplaySummary])[],
  of = "rule",
): { head: string[]; rows: string[][]; right: number[] } {
  return {
    head: [of, "regret", "gain", "best found", "promoted", "false", "missed", "results", "cost"],
    rows: lines.map(([name, summary]) => [
      name,
      points(summary.regret),
      points(summary.gain),
      percent(summary.bestFound),
      percent(summary.promoted),
      percent(summary.falsePromotions),
      percent(summary.missed),
      `${round(summary.results)} (${Math.round(100 * summary.share)} %)`,
      round(summary.cost),
    ]),
    right: [7, 8],
  };
}

function calibrationBlock(rule: string, { all, bins }: NonNullable<ReplaySummary["calibration"]>): Block {
  const lines = bins.length > 1 ? [...bins, all] : [all];
  return {
    kind: "table",
    head: [`${rule}: stated confidence`, "promotions", "stated", "right"],
    rows: lines.map((bin) => [
      bin === all ? "all" : `${bin.from.toFixed(2)} to ${bin.to.toFixed(2)}`,
      bin.n,
      `${(100 * bin.stated).toFixed(1)} %`,
      percent(bin.right),
    ]),
    right: [1, 2],
  };
}

const points = ({ value, interval: [low, high], n }: GamesMean): string =>
  n === 0 ? "n/a" : `${formatScore(value)} [${formatScore(low)}, ${formatScore(high)}]`;

const percent = ({ value, interval: [low, high], n }: GamesMean): string =>
  n === 0 ? "n/a" : `${(100 * value).toFixed(1)} % [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
