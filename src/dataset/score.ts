import { judgeCustom, type CustomChecks } from "./checks/custom.ts";
import { judgeCollection } from "./checks/collection.ts";
import { judgeIfeval } from "./checks/ifeval.ts";
import { judgeJsonSchema, judgeJsonValue } from "./checks/json.ts";
import { verdictOf, type Verdicts } from "./checks/judge.ts";
import { judgeLabel } from "./checks/label.ts";
import { judgeLimit } from "./checks/limits.ts";
import { judgeNumber } from "./checks/number.ts";
import { judgeSimilarity } from "./checks/similarity.ts";
import { judgeContains, judgeEquals, judgeRegex } from "./checks/text.ts";
import { judgeToolCalled, judgeToolCallsAtMost, judgeToolNotCalled, judgeToolsInOrder } from "./checks/tools.ts";
import { judgeSql } from "./checks/world.ts";
import type { Check } from "./check.ts";
import type { CheckResult, Outcome } from "./outcome.ts";

/** Changes whenever the same outcome may score differently: part of the cache key of a rollout. */
export const SCORER_VERSION = "1";

interface OutcomeScore {
  /** Weighted mean of the checks, in [0, 1]. */
  readonly score: number;
  /** Weighted mean of the checks of each group. */
  readonly objectives: Readonly<Record<string, number>>;
  /** One sentence per check that was not fully met; one in all when every check was. */
  readonly feedback: readonly string[];
}

/**
 * Scores a run. Weights must not sum to 0 (the loader refuses such a task).
 * Throws AlleleError `bad-score` when a custom check returns no score in [0, 1], `no-world` or `bad-query` when an sql check cannot be asked,
 * `verdict-missing` when `verdicts` lacks that of a judge check.
 */
export function scoreOutcome(
  checks: readonly Check[],
  outcome: Outcome,
  custom: CustomChecks = new Map(),
  verdicts: Verdicts = new Map(),
): OutcomeScore {
  const results = checks.map((check) => ({ check, ...judge(check, outcome, { custom, verdicts }) }));
  const groups = Map.groupBy(results, ({ check }) => check.group);
  const objectives = [...groups].map(([group, members]): [string, number] => [group, weightedMean(members)]);
  const complaints = results.filter(({ score }) => score < 1).map(({ feedback }) => feedback);
  const praise = results.find(({ check }) => typeof check.feedback === "object" && check.feedback.pass !== undefined);
  return {
    score: weightedMean(results),
    objectives: Object.fromEntries(objectives),
    feedback: complaints.length > 0 ? complaints : [praise?.feedback ?? "Everything asked for was met."],
  };
}

/** What checks rest on beside the outcome. */
interface Opinions {
  readonly custom: CustomChecks;
  readonly verdicts: Verdicts;
}

function judge(check: Check, outcome: Outcome, opinions: Opinions): CheckResult {
  const { score, feedback } = judgeByType(check, outcome, opinions);
  const own = typeof check.feedback === "string" ? { fail: check.feedback } : check.feedback;
  return { score, feedback: (score < 1 ? own?.fail : own?.pass) ?? feedback };
}

function judgeByType(check: Check, outcome: Outcome, opinions: Opinions): CheckResult {
  switch (check.type) {
    case "equals":
      return judgeEquals(check, outcome);
    case "label":
      return judgeLabel(check, outcome);
    case "number":
      return judgeNumber(check, outcome);
    case "contains":
    case "contains_any":
    case "contains_all":
      return judgeContains(check, outcome);
    case "regex":
      return judgeRegex(check, outcome);
    case "json_value":
      return judgeJsonValue(check, outcome);
    case "json_schema":
      return judgeJsonSchema(check, outcome);
    case "set":
    case "list":
      return judgeCollection(check, outcome);
    case "edit_distance":
    case "token_f1":
      return judgeSimilarity(check, outcome);
    case "ifeval":
      return judgeIfeval(check, outcome);
    case "sql":
      return judgeSql(check, outcome);
    case "tool_called":
      return judgeToolCalled(check, outcome);
    case "tool_not_called":
      return judgeToolNotCalled(check, outcome);
    case "tools_in_order":
      return judgeToolsInOrder(check, outcome);
    case "tool_calls_at_most":
      return judgeToolCallsAtMost(check, outcome);
    case "limit":
      return judgeLimit(check, outcome);
    case "custom":
      return judgeCustom(check, outcome, opinions.custom);
    case "judge":
      return verdictOf(check, opinions.verdicts);
    case "all":
      return extreme(check.checks, outcome, opinions, (a, b) => a.score < b.score);
    case "any":
      return extreme(check.checks, outcome, opinions, (a, b) => a.score > b.score);
    case "not": {
      const { score, feedback } = judge(check.check, outcome, opinions);
      return { score: 1 - score, feedback: score > 0 ? `This should not be so: ${feedback}` : feedback };
    }
  }
}

/** The first result that no other beats. */
function extreme(
  checks: readonly Check[],
  outcome: Outcome,
  opinions: Opinions,
  beats: (a: CheckResult, b: CheckResult) => boolean,
): CheckResult {
  return checks
    .map((check) => judge(check, outcome, opinions))
    .reduce((best, result) => (beats(result, best) ? result : best));
}

function weightedMean(results: readonly (CheckResult & { readonly check: Check })[]): number {
  const total = results.reduce((sum, { check }) => sum + check.weight, 0);
  const sum = results.reduce((part, { check, score }) => part + check.weight * score, 0);
  return total === 0 ? mean(results) : sum / total;
}

function mean(results: readonly CheckResult[]): number {
  return results.reduce((sum, { score }) => sum + score, 0) / results.length;
}
