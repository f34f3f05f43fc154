import { AlleleError, didYouMean } from "../../base/index.ts";
import { everyBlock, halving, halvingRounds, race } from "../../statistics/index.ts";
import type { Rule } from "../rule.ts";
import { fixedN } from "./fixed-n.ts";
import { gate } from "./gate.ts";
import { picking } from "./picking.ts";

interface RuleSettings {
  /** Of the gate: highest share of false promotions. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Of the race: an arm leaves when the probability that it beats the leader is below this. Default 0.05. */
  readonly risk?: number | undefined;
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
    about: "sequential halving: the better half stays for more items",
    make: () =>
      picking(({ arms, blocks, budget }, measure) => halving(arms, halvingRounds(arms, blocks, budget), measure)),
  },
  {
    name: "race",
    about: "halving by what is believed of the arms; whoever is unlikely to be best leaves at once",
    make: ({ risk = 0.05 }) =>
      picking(({ arms, blocks, budget }, measure) =>
        race(arms, everyBlock(halvingRounds(arms, blocks, budget)), measure, { risk, tolerance: 0 }),
      ),
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
