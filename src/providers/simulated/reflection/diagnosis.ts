import type { SimulatedParameters } from "../parameters.ts";
import { toolAdvice } from "../reading/advice.ts";
import { habitNames, type HabitName } from "../skills/habit-name.ts";
import type { AskedKind } from "./named-component.ts";
import type { Evidence, ReflectionRequest } from "./request.ts";

/** How strongly the evidence speaks for each habit. */
export type Suspicions = ReadonlyMap<HabitName, number>;

interface Complaint {
  /** All of them stand in the sentence. */
  readonly says: readonly RegExp[];
  /** What it may come from, with weights that add up to about 1. */
  readonly points: Readonly<Partial<Record<HabitName, number>>>;
}

/** What feedback points to. The first complaints that fit are taken; the vague ones stand last. */
const complaints: readonly Complaint[] = [
  {
    says: [/identity|e-?mail address|whether the sender|might not be the customer|someone other than/i],
    points: { "skips-identity-check": 1 },
  },
  { says: [/today'?s|another day|current rate/i, /rate|chang|money|spent/i], points: { "wrong-rate-date": 1 } },
  {
    says: [/worth the same|same money|different currenc|unit of every currency|not converted/i],
    points: { "skips-conversion": 1 },
  },
  { says: [/\bpages?\b|most recent orders were/i], points: { "ignores-further-pages": 1 } },
  {
    says: [/never opened|not every|missing|incomplete|left out|some are/i, /orders?|list/i],
    points: { "ignores-further-pages": 0.55, "stops-early": 0.45 },
  },
  {
    says: [/off by one|too long|one day|in the head|number of days|days (?:apart|lie)/i, /days?|dates?/i],
    points: { "mental-dates": 0.8, "loses-thread": 0.2 },
  },
  { says: [/round|whole units/i], points: { "careless-rounding": 1 } },
  { says: [/decimals|cents/i], points: { "careless-rounding": 0.4, "drops-unit": 0.4, "rambling-answer": 0.2 } },
  {
    says: [/"?answer:"?|closing line|final .{0,12}line|stands somewhere|at a glance|pick out/i],
    points: { "rambling-answer": 1 },
  },
  {
    says: [/without (?:its|the|a) (?:unit|currency)|unit is missing|which currency|bare number/i],
    points: { "drops-unit": 1 },
  },
  { says: [/supervisor|above (?:its|the) limit|above what|of this size|who decides/i], points: { "ignores-limit": 1 } },
  {
    says: [/time for refunds|time .{0,20}over|too long ago|number of days within|rule on the time/i],
    points: { "skips-window": 1 },
  },
  { says: [/left the house|on its way|already (?:shipped|delivered)/i], points: { "skips-window": 1 } },
  {
    says: [/refund_quote|what is due|finding out|amount that is due|what the shop owed|single refund/i],
    points: { "skips-quote": 0.8, "issues-instead-of-quotes": 0.2 },
  },
  {
    says: [/paid out|money (?:was|went)|refund was (?:issued|paid)/i, /only (?:asked|wanted)|without being asked/i],
    points: { "issues-instead-of-quotes": 1 },
  },
  {
    says: [
      /ask which|does not ask|nobody asked|question back|guess|before it was clear|makes something up|which (?:order|one|customer)/i,
    ],
    points: { "guesses-when-ambiguous": 1 },
  },
  {
    says: [/needed none|nothing had to be looked up|without any reason|no look-?up/i],
    points: { "needless-tools": 1 },
  },
  {
    says: [/private|card number|disclos|given away|personal|nobody's business|confidential/i],
    points: { "leaks-private-data": 1 },
  },
  { says: [/longer than|few words|one sentence|not one single/i], points: { "rambling-answer": 1 } },
  {
    says: [
      /given labels|one of the|not (?:on|in) the list|outside the list/i,
      /labels?|queues?|answer has|codes?|levels?/i,
    ],
    points: { "label-outside-list": 0.7, "wrong-field-format": 0.3 },
  },
  {
    says: [/beside the point|is over|still wants|other matter|mentioned|quotation/i],
    points: { "ignores-secondary-cue": 1 },
  },
  { says: [/\bjson\b|format|form of|fields?\b|nothing else/i], points: { "wrong-field-format": 1 } },
  {
    says: [
      /older order|newest order|another carrier|price of the one product|total of the order|counted from|count starts|instead of the two events|was not asked about/i,
    ],
    points: { "loses-thread": 0.8, "stops-early": 0.2 },
  },
  {
    says: [/first of the payments|payment that failed|one of the orders/i],
    points: { "stops-early": 0.6, "loses-thread": 0.4 },
  },
  {
    says: [/\bnote\b|on file|agreed|colleague|promised/i],
    points: { "policy-instead-of-notes": 0.5, "gives-up-on-empty": 0.5 },
  },
  {
    says: [/shop'?s? rules|article|rules of|shop grants|polic|terms/i],
    points: { "notes-instead-of-policy": 0.5, "gives-up-on-empty": 0.5 },
  },
  { says: [/not (?:be )?found|was there|exists/i], points: { "gives-up-on-empty": 0.7, "name-instead-of-id": 0.3 } },
  {
    says: [/more tool calls|roundabout|wasteful|look-ups added/i],
    points: {
      "search-instead-of-lookup": 0.35,
      "lookup-instead-of-search": 0.25,
      "name-instead-of-id": 0.2,
      "notes-instead-of-policy": 0.1,
      "policy-instead-of-notes": 0.1,
    },
  },
  {
    says: [/total|sum|amount|figure|accountant|spent|worth|receipt/i],
    points: {
      "mental-arithmetic": 0.5,
      "wrong-rate-date": 0.15,
      "skips-conversion": 0.15,
      "careless-rounding": 0.1,
      "stops-early": 0.1,
    },
  },
];

/** What the steps themselves show to an attentive reader: what was done, and what was not. */
const symptoms: readonly {
  readonly habit: HabitName;
  readonly shows: (evidence: Evidence) => boolean;
  readonly weight: number;
}[] = [
  {
    habit: "wrong-date-format",
    weight: 0.6,
    shows: ({ behaviour }) => /"\d{1,2}[/.]\d{1,2}[/.]\d{4}"/.test(behaviour),
  },
  {
    habit: "name-instead-of-id",
    weight: 0.6,
    shows: ({ behaviour }) =>
      /_id"?: ?"(?![OC]-\d)[^"]*[a-z@][^"]*"/i.test(behaviour) && !/customer_lookup/.test(behaviour),
  },
  {
    habit: "lookup-instead-of-search",
    weight: 0.6,
    shows: ({ behaviour }) => /_lookup \{"\w+_id": ?"(?![OC]-\d)/.test(behaviour),
  },
  {
    habit: "search-instead-of-lookup",
    weight: 0.6,
    shows: ({ task, behaviour }) =>
      /\b[OC]-\d{3,}/.test(task) && /(?:order|customer)_search (?:\{\}|\{"query": ?"[OC]-)/.test(behaviour),
  },
  {
    habit: "ignores-further-pages",
    weight: 0.8,
    shows: ({ behaviour }) => /"pages": ?(?:[2-9]|\d\d)/.test(behaviour) && !/"page": ?2/.test(behaviour),
  },
  {
    habit: "mental-arithmetic",
    weight: 0.5,
    shows: ({ behaviour, feedback }) =>
      !/calculate/.test(behaviour) &&
      /total|sum|figure|amount/i.test(feedback.join(" ")) &&
      /exchange_rate/.test(behaviour),
  },
  {
    habit: "mental-dates",
    weight: 0.5,
    shows: ({ task, behaviour, feedback }) =>
      /how many days|how long/i.test(task) && !/days_between/.test(behaviour) && /days/i.test(feedback.join(" ")),
  },
  {
    habit: "wrong-rate-date",
    weight: 0.8,
    shows: ({ task, behaviour }) => {
      const today = /today\W+(?:is )?(\d{4}-\d{2}-\d{2})/i.exec(task)?.[1];
      return (
        today !== undefined &&
        behaviour.split("\n").some((line) => /exchange_rate/.test(line.split("->")[0] ?? "") && line.includes(today))
      );
    },
  },
  {
    habit: "gives-up-on-empty",
    weight: 0.6,
    shows: ({ behaviour }) => /-> \{"(?:articles|notes|customers)": ?\[\]|"total": ?0|error: /.test(behaviour),
  },
  {
    habit: "issues-instead-of-quotes",
    weight: 0.5,
    shows: ({ behaviour }) => /refund_issue/.test(behaviour) && !/refund_quote/.test(behaviour),
  },
  {
    habit: "amount-in-minor-units",
    weight: 0.5,
    shows: ({ behaviour }) => /"amount": ?\d{4,}(?![\d.])/.test(behaviour),
  },
];

/** Suspects habits by the feedback and the steps of each example, the worse examples more. */
export function diagnose(evidence: readonly Evidence[]): Suspicions {
  const found = new Map<HabitName, number>();
  const add = (habit: HabitName, weight: number): void => void found.set(habit, (found.get(habit) ?? 0) + weight);
  for (const example of evidence) {
    const badness = 0.15 + (1 - example.score);
    if (example.score >= 0.999) continue;
    for (const sentence of example.feedback) {
      const fitting = complaints.filter(({ says }) => says.every((pattern) => pattern.test(sentence)));
      for (const { points } of fitting.slice(0, 2))
        for (const habit of habitNames) add(habit, badness * (points[habit] ?? 0) * (fitting.length > 1 ? 0.7 : 1));
    }
    for (const { habit, shows, weight } of symptoms) if (shows(example)) add(habit, badness * weight);
  }
  return new Map([...found].filter(([, weight]) => weight > 0));
}

/** In [0, 1]: how far a component of a kind can mend a habit. */
export function reachOf(habit: HabitName, kind: AskedKind, id: string, habits: SimulatedParameters["habits"]): number {
  const figures = habits[habit];
  switch (kind) {
    case "text":
    case "rules":
      return figures.words;
    case "tool": {
      const name = id.replace(/^tool\./, "");
      const share = Math.max(
        0,
        ...toolAdvice
          .filter((advice) => advice.habit === habit && advice.tool.test(name))
          .map((advice) => advice.share),
      );
      return Math.min(1, figures.tools * share * 1.6);
    }
    case "demos":
      return figures.demos;
    case "strategy":
      return figures.plan;
    default:
      return 0;
  }
}

/** Preference of a component for what its name says it is for. */
export function fitOf(habit: HabitName, { kind, id }: Pick<ReflectionRequest, "kind" | "id">): number {
  if (kind === "tool" || kind === "demos" || kind === "strategy") return 1;
  const isAnswer =
    habit === "rambling-answer" ||
    habit === "drops-unit" ||
    habit === "careless-rounding" ||
    habit === "wrong-field-format";
  if (/answer|format|output|reply/i.test(id)) return isAnswer ? 3 : 0.3;
  return 1;
}
