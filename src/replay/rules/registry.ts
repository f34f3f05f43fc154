import { AlleleError, didYouMean } from "../../base/index.ts";
import { halving, halvingRounds, mostPromising } from "../../statistics/index.ts";
import type { Rule } from "../rule.ts";
import { fixedN } from "./fixed-n.ts";
import { gate } from "./gate.ts";
import { picking } from "./picking.ts";

interface RuleSettings {
  /** Of the gate: highest share of false promotions. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Of promise: it ends where nothing is expected to better its pick by so much, in points of score. Default 0.0003. */
  readonly least?: number | undefined;
}

interface NamedRule {
  readonly name: string;
  /** One line for help texts. */
  readonly about: string;
  readonly make: (settings: RuleSettings) => Rule;
}

/** The rules that come with Allele. */
export const replayRules: readonly NamedRule[] = [
  {
    name: "fixed-n",
    about: "every arm on the same number of items, the best mean is picked",
    make: () => fixedN,
  },
  {
    name: "halving",
    about: "sequential halving: fewer and fewer of the best stay for more items",
    make: () =>
      picking(({ arms, blocks, budget }, measure) => halving(arms, halvingRounds(arms, blocks, budget), measure)),
  },
  {
    name: "promise",
    about: "the arms that may yet beat the leader are measured, until nothing promises enough",
    make: ({ least }) => picking((game, measure) => mostPromising({ ...game, least }, measure)),
  },
  {
    name: "gate",
    about: "challengers against the incumbent one by one, by the anytime-valid gate of a run",
    make: ({ alpha = 0.05 }) => gate({ alpha }),
  },
];

/** A rule by its name. Throws AlleleError `unknown-rule`. */
export function replayRule(name: string, settings: RuleSettings = {}): Rule {
  const known = replayRules.find((rule) => rule.name === name);
  if (known !== undefined) return known.make(settings);
  const names = replayRules.map((rule) => rule.name);
  throw new AlleleError({
    code: "unknown-rule",
    message: `there is no rule "${name}"${didYouMean(name, names)}`,
    hint: `There are ${names.join(", ")}; a rule of your own is a function, see docs/replay.md.`,
  });
}
