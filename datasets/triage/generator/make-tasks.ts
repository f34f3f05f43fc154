import { makeRandom, type Random } from "../../../src/base/index.ts";
import { dateForms, sumForms } from "./forms.ts";
import * as extraction from "./extraction.ts";
import * as language from "./language.ts";
import * as queue from "./queue.ts";
import * as urgency from "./urgency.ts";

interface Draft {
  readonly input: string;
  readonly checks: readonly object[];
}

const splits = ["train", "validation", "test"] as const;

/** The tasks of the dataset, the same for the same seed; each family is divided evenly among the splits. */
export function makeTasks(seed: string): object[] {
  const random = makeRandom(seed);
  const families: Readonly<Record<string, readonly Draft[]>> = {
    queue: queueTasks(random.fork("queue")),
    urgency: urgencyTasks(random.fork("urgency")),
    extraction: extractionTasks(random.fork("extraction")),
    language: languageTasks(random.fork("language")),
  };
  return Object.entries(families).flatMap(([family, drafts]) =>
    drafts.map(({ input, checks }, index) => ({
      id: `${family}-${String(index + 1).padStart(3, "0")}`,
      input,
      checks,
      tags: [family],
      split: splits[index % splits.length],
    })),
  );
}

/** A wish of one queue, and in four messages of five loud words of another queue that has nothing to do. */
function queueTasks(random: Random): Draft[] {
  const labels = Object.keys(queue.wishes);
  const drafts = labels.flatMap((label) => (queue.wishes[label] ?? []).map((wish) => ({ label, wish })));
  return random.shuffle(drafts).map(({ label, wish }, index) => {
    const chance = random.fork(`message ${index}`);
    const other = chance.pick(labels.filter((name) => name !== label));
    const aside = chance.pick(queue.asides[other] ?? []);
    const order = chance.next();
    const body =
      order < 0.2
        ? [wish]
        : order < 0.65
          ? [aside, chance.pick(queue.bridges), wish]
          : [wish, chance.pick(queue.afterthoughts), aside];
    const message = joined([chance.pick(queue.openings), ...body, chance.pick(queue.closings)]);
    const listed = chance.shuffle(labels);
    const input = filled(queue.requests[index % queue.requests.length] ?? "", {
      labels: listed.join(", "),
      bullets: listed.map((name) => `- ${name}`).join("\n"),
      message,
    });
    return { input, checks: labelChecks(label, labels, queueFeedback(label, other)) };
  });
}

function queueFeedback(label: string, other: string): string {
  return `The customer still wants something done that is for ${label}; what is said about ${other} or anything else is over or beside the point.`;
}

function urgencyTasks(random: Random): Draft[] {
  const labels = Object.keys(urgency.matters);
  const drafts = labels.flatMap((label) => (urgency.matters[label] ?? []).map((matter) => ({ label, matter })));
  return random.shuffle(drafts).map(({ label, matter }, index) => {
    const chance = random.fork(`message ${index}`);
    const message = joined([
      chance.pick(queue.openings),
      matter,
      chance.pick(["", "", "Kind regards, M. Okafor", "Thanks in advance."]),
    ]);
    const input = filled(urgency.requests[index % urgency.requests.length] ?? "", { message });
    const feedback = `Judged by what has happened and by when, and not by how it is said, this is ${label}.`;
    return { input, checks: labelChecks(label, labels, feedback) };
  });
}

function labelChecks(label: string, labels: readonly string[], feedback: string): object[] {
  const others = labels.filter((name) => name !== label);
  return [
    {
      type: "all",
      weight: 3,
      checks: [
        { type: "contains", value: label, whole_words: true },
        { type: "not", check: { type: "contains_any", values: others, whole_words: true } },
      ],
      feedback,
    },
    {
      type: "equals",
      value: labels,
      group: "form",
      feedback: `The answer has to be one of the given labels (${labels.join(", ")}) and nothing else.`,
    },
  ];
}

function extractionTasks(random: Random): Draft[] {
  return Array.from({ length: 75 }, (_, index) => {
    const chance = random.fork(`message ${index}`);
    const currency = chance.pick(["EUR", "USD", "GBP", "CHF"] as const);
    const writeDate = chance.pick(dateForms);
    const writeSum = chance.pick(sumForms);
    const prefix = chance.pick(["O", "O", "WEB", "A"]);
    const [id, other] = eitherWay(
      chance,
      `${prefix}-${10_000 + chance.int(40_000)}`,
      `${prefix}-${50_000 + chance.int(40_000)}`,
    );
    const [date, otherDate] = eitherWay(chance, day(chance.int(350)), day(350 + chance.int(350)));
    const [cents, otherCents] = eitherWay(chance, 500 + chance.int(19_000), 20_000 + chance.int(150_000));
    const message = filled(extraction.claims[index % extraction.claims.length] ?? "", {
      id,
      other,
      date: writeDate(date),
      otherDate: writeDate(otherDate),
      sum: writeSum(cents, currency),
      otherSum: writeSum(otherCents, currency),
    });
    const round = Math.floor(index / extraction.claims.length);
    const input = filled(extraction.requests[(index + round) % extraction.requests.length] ?? "", { message });
    return { input, checks: extractionChecks({ order_id: id, date, amount: cents / 100, currency }) };
  });
}

function extractionChecks(expected: { order_id: string; date: string; amount: number; currency: string }): object[] {
  const properties = {
    order_id: { type: "string" },
    date: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    amount: { type: "number" },
    currency: { type: "string", pattern: "^[A-Z]{3}$" },
  };
  const required = Object.keys(properties);
  const value = (path: keyof typeof expected, weight: number, feedback: string): object => {
    return { type: "json_value", path, value: expected[path], weight, feedback };
  };
  return [
    value(
      "order_id",
      2,
      "order_id has to be the number of the order the customer wants money for, not of one that is settled.",
    ),
    value("date", 1, "date has to be the day the claimed order was placed, as YYYY-MM-DD."),
    value("amount", 1, "amount has to be the sum the customer wants, as a plain number."),
    value("currency", 0.5, "currency has to be the three-letter code of the sum."),
    {
      type: "json_schema",
      group: "form",
      schema: { type: "object", properties, required, additionalProperties: false },
      feedback:
        "The answer has to be one JSON object with order_id, date (YYYY-MM-DD), amount (a number) and currency.",
    },
  ];
}

function languageTasks(random: Random): Draft[] {
  const codes = Object.keys(language.bodies);
  return Array.from({ length: 45 }, (_, index) => {
    const chance = random.fork(`message ${index}`);
    const own = codes[index % codes.length] ?? "en";
    const foreign = chance.pick(codes.filter((code) => code !== own));
    const kind = Math.floor(index / codes.length) % 3;
    const body = `${language.greetings[own]}\n${chance.pick(language.bodies[own] ?? [])}`;
    const quotation = `"${language.quotations[foreign]}"`;
    const wish = language.wanted[own]?.[foreign] ?? "";
    const mention = chance.pick(language.mentions[own] ?? []);
    const message =
      kind === 0
        ? `${body}\n${quotation}${chance.next() < 0.5 ? `\n${mention}` : ""}`
        : kind === 1
          ? `${body} ${wish}`
          : `${body} ${mention}${chance.next() < 0.5 ? `\n${quotation}` : ""}`;
    const input = filled(language.requests[(index + kind) % language.requests.length] ?? "", { message });
    const label = kind === 1 ? foreign : own;
    const reason = kind === 1 ? "the customer asks for it" : "the customer writes in it and asks for no other";
    return { input, checks: labelChecks(label, codes, `The reply has to be in ${label}, because ${reason}.`) };
  });
}

/** So that neither the smaller nor the earlier of two is always the right one. */
function eitherWay<T>(chance: Random, a: T, b: T): readonly [T, T] {
  return chance.next() < 0.5 ? [a, b] : [b, a];
}

/** A day counted from the start of 2024. */
function day(offset: number): string {
  return new Date(Date.UTC(2024, 0, 1 + offset)).toISOString().slice(0, 10);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

/** Puts values into `{name}` places, once over the template: what is put in is left as it is. */
function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
