import { questionChecks, causeText, numberCheck, textCheck } from "../checks.ts";
import { ordersOf, uniqueCustomer, type Kind, type WrittenCheck } from "../scene.ts";
import { noteTopics, policyTopics, type Unit } from "../topics.ts";
import { spellings } from "./lookup.ts";

export const exploration: readonly Kind[] = [
  {
    name: "vague_customer",
    intent: "vague_customer",
    share: 7,
    make: ({ shop, random }) => {
      const customer = uniqueCustomer({ shop, random });
      const [first = "", family = ""] = customer.name.split(" ");
      const sameFirst = shop.customers.filter(({ name }) => name.startsWith(`${first} `));
      const newest = ordersOf(shop, customer)[0];
      if (newest === undefined || (newest.status === "delivered" && random.next() < 0.6)) return undefined;
      const hint = random.pick([
        `something like ${first} ${misspell(family, random.int(3))}`,
        `the name sounded like ${first} ${misspell(family, random.int(3))}`,
        `first name ${first}`,
        `something like ${misspell(first, random.int(3))} ${family}`,
      ]);
      const needsFirst = !hint.endsWith(family);
      if (needsFirst && sameFirst.filter(({ city }) => city === customer.city).length > 1) return undefined;
      const wrong = sameFirst
        .filter((other) => other !== customer)
        .map((other) => ordersOf(shop, other)[0]?.status)
        .find((status) => status !== newest.status);
      return {
        slots: { hint, city: customer.city },
        checks: questionChecks(random, {
          value: textCheck(
            spellings(newest.status),
            random.pick([
              "The newest order of the customer in question has another status.",
              "The customer was not found, or the status is not the one of that customer's latest order.",
            ]),
          ),
          causes:
            wrong === undefined || !needsFirst
              ? []
              : [causeText(wrong, "The status belongs to another customer with the same first name.")],
          source: "order_search",
          calls: hint.startsWith("first") ? 2 : 4,
        }),
      };
    },
  },
  {
    name: "policy_question",
    intent: "policy_question",
    share: 7,
    make: ({ shop, random }) => {
      const topic = random.pick(policyTopics);
      return {
        slots: { topic: random.pick(topic.questions) },
        checks: questionChecks(random, {
          value: valueCheck(
            String(shop.rules[topic.rule]),
            topic.unit,
            random.pick([
              "That is not what the shop's rules say.",
              "The rule in force has another figure; the article on it was not found or misread.",
              "The answer sounds like what is usual elsewhere, not like this shop's rule.",
            ]),
          ),
          source: "policy_search",
          calls: 4,
          money: topic.unit === "EUR",
        }),
      };
    },
  },
  {
    name: "colleague_note",
    intent: "colleague_note",
    share: 6,
    make: ({ shop, random }) => {
      const note = random.pick(shop.notes);
      const topic = noteTopics.find(({ matter }) => matter === note.matter);
      if (topic === undefined || note.value === undefined) return undefined;
      return {
        slots: { customer: note.customer_id, topic: random.pick(topic.questions) },
        checks: questionChecks(random, {
          value: valueCheck(
            note.value,
            topic.unit,
            random.pick([
              "The colleague's note says something else.",
              "The note was not found or not read properly: it holds another value.",
              "What was agreed with the customer is on file, and it is not this.",
            ]),
          ),
          source: "note_search",
          calls: 4,
          money: topic.unit === "EUR",
        }),
      };
    },
  },
];

function valueCheck(value: string, unit: Unit, feedback: string): WrittenCheck {
  if (unit === "name") return textCheck([value.replace(/^M[sr]s? /, "")], feedback);
  if (unit === "date") return textCheck(datesLike(value), feedback);
  const check = numberCheck(Number(value), unit, 0.001, feedback);
  return unit === "years" ? { ...check, without_unit: 1 } : check;
}

/** The ways a date is written in English. */
function datesLike(date: string): readonly string[] {
  const [year = "", month = "", day = ""] = date.split("-");
  const months = "January February March April May June July August September October November December".split(" ");
  const name = months[Number(month) - 1] ?? "";
  const number = String(Number(day));
  return [date, `${number} ${name} ${year}`, `${name} ${number}, ${year}`, `${number} ${name}`, `${name} ${number}`];
}

/** A name as it is misheard: never the name itself, and never equal to another by chance of a lost letter. */
function misspell(name: string, way: number): string {
  const middle = name.length >> 1;
  if (way === 0) return `${name.slice(0, middle)}${name.slice(middle - 1)}`;
  if (way === 1) return `${name.slice(0, middle)}${name.slice(middle + 1)}`;
  return `${name.slice(0, -1)}${name.endsWith("a") ? "er" : "a"}`;
}
