import type { Dataset, Task } from "../../src/index.ts";

const urgent = [
  "the shop is down",
  "the payment page is broken",
  "we cannot log in",
  "the import fails since this morning",
  "our data is lost",
  "I need this asap",
];
const calm = [
  "how do I change the address on an invoice",
  "a question about the countdown banner",
  "I am curious what the new plan costs; our old one is broken down by month",
  "no rush, but one link in the footer is broken",
  "we are planning a move, our order can wait",
  "reset my password whenever you can, I cannot remember it",
];
const openings = ["Hello,", "Please help:", "Dear team,", "Good morning,"];
const closings = ["Order", "Invoice", "Account", "Ticket", "Customer"];
const splits = ["train", "validation", "test", "test"] as const;

const written = openings.flatMap((opening) =>
  closings.flatMap((closing) =>
    [...urgent, ...calm].map((matter) => ({ matter, text: `${opening} ${matter}. ${closing}` })),
  ),
);

const tasks = written.map(({ text }, index): Task => ({
  id: `message-${index}`,
  input: `${text} ${1000 + index}.`,
  checks: [],
  tags: [],
  split: splits[Math.floor(index / 12) % splits.length] ?? "train",
}));

/** Which messages are urgent, by id. Allele does not see it: what is right is the scorer's affair. */
export const isUrgent: ReadonlyMap<string, boolean> = new Map(
  written.map(({ matter }, index) => [`message-${index}`, urgent.includes(matter)]),
);

export const dataset: Dataset = {
  name: "urgency",
  description: "Is a message to the support urgent?",
  licence: "MIT",
  tasks,
  customChecks: new Map(),
  folder: import.meta.dirname,
  file: "messages",
};
