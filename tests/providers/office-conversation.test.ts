import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import type { Message } from "../../src/providers/index.ts";
import { readConversation } from "../../src/providers/simulated/conversation.ts";
import { isPlan } from "../../src/providers/simulated/planning.ts";
import { nextAction, type Action } from "../../src/providers/simulated/skills/drive.ts";
import { inContext } from "../../src/providers/simulated/skills/follow-up.ts";
import { office } from "../../src/providers/simulated/skills/office/office.ts";
import { writePlan } from "../../src/providers/simulated/skills/plan.ts";
import { dataset, perfect, tools } from "./office-desk.ts";

const user = (content: string): Message => ({ role: "user", content });
const assistant = (content: string): Message => ({ role: "assistant", content });
const called = (...calls: readonly (readonly [id: string, name: string, given: object])[]): Message => ({
  role: "assistant",
  content: "",
  toolCalls: calls.map(([id, name, given]) => ({ id, name, arguments: JSON.stringify(given) })),
});
const told = (toolCallId: string, result: object): Message => ({
  role: "tool",
  toolCallId,
  content: JSON.stringify(result),
});

function next(...messages: readonly Message[]): Action {
  const conversation = readConversation(messages);
  const reading = office.read(conversation.request, tools);
  if (reading === undefined) throw new Error(`not understood: ${conversation.request}`);
  return nextAction(office, reading, tools, perfect(conversation.request), conversation);
}

const sum = user("What do O-10001 and O-10002 come to in EUR? Today is 2026-05-20.");
const lookUp = called(["a", "order_lookup", { order_id: "O-10001" }], ["b", "order_lookup", { order_id: "O-10002" }]);
const dollars = { order_id: "O-10001", date: "2025-02-03", total: 10, currency: "USD" };
const euros = { order_id: "O-10002", date: "2025-03-04", total: 20, currency: "EUR" };

describe("a conversation with tools", () => {
  test("begins with the calls that go together", () => {
    expect(next(sum)).toEqual({
      calls: [
        { name: "order_lookup", arguments: { order_id: "O-10001" } },
        { name: "order_lookup", arguments: { order_id: "O-10002" } },
      ],
    });
  });

  test("goes on with what the results call for, in whatever order they come", () => {
    const rate = { calls: [{ name: "exchange_rate", arguments: { from: "USD", to: "EUR", date: "2025-02-03" } }] };
    expect(next(sum, lookUp, told("a", dollars), told("b", euros))).toEqual(rate);
    expect(next(sum, lookUp, told("b", euros), told("a", dollars))).toEqual(rate);
  });

  test("asks again for a result that is missing, and for that alone", () => {
    expect(next(sum, lookUp, told("b", euros))).toEqual({
      calls: [{ name: "order_lookup", arguments: { order_id: "O-10001" } }],
    });
  });

  test("takes no notice of calls somebody else made", () => {
    const others = [called(["x", "policy_search", { query: "refund" }]), told("x", { total: 0, articles: [] })];
    expect(next(sum, ...others, lookUp, told("a", dollars), told("b", euros))).toEqual(
      next(sum, lookUp, told("a", dollars), told("b", euros)),
    );
  });

  test("ends in the answer to the request, with a plan in view as without", () => {
    const rate = { from: "USD", to: "EUR", date: "2025-02-03" };
    const done = [
      lookUp,
      told("a", dollars),
      told("b", euros),
      called(["c", "exchange_rate", rate]),
      told("c", { ...rate, rate: 0.5 }),
      called(["d", "calculate", { expression: "round(10 * 0.5 + 20, 2)" }]),
      told("d", { result: 25 }),
    ];
    const answer = { answer: expect.stringMatching(/\nAnswer: 25\.00 EUR$/) };
    expect(next(sum, ...done)).toEqual(answer);
    const plan = [assistant("1. Open both orders.\n2. Add them up."), user("Carry out your plan step by step.")];
    expect(next(sum, ...plan, ...done)).toEqual(answer);
  });

  test("starts afresh with a new request", () => {
    const status = user("And what is the status of O-10002?");
    expect(next(sum, lookUp, told("a", dollars), told("b", euros), assistant("Answer: 25.00 EUR"), status)).toEqual({
      calls: [{ name: "order_lookup", arguments: { order_id: "O-10002" } }],
    });
  });

  test("reads what a tool objects to and does not insist", () => {
    const request = user("What is the status of O-99999?");
    const failed = [called(["a", "order_lookup", { order_id: "O-99999" }]), told("a", { error: "There is no order." })];
    expect(next(request, ...failed)).toEqual({ answer: expect.stringContaining("no such order") });
  });
});

describe("a short turn", () => {
  const twins = "There are two customers called Mira Lund: C-2001 in Ghent and C-2002 in Lyon. Which one do you mean?";
  const whose = [user("What is the status of Mira Lund's newest order?"), assistant(twins)];

  test("that answers a question back completes the request", () => {
    expect(office.read(inContext("The one in Ghent.", whose), tools)).toMatchObject({
      intent: "newest-order",
      names: ["Mira Lund"],
      city: "Ghent",
    });
    expect(office.read(inContext("C-2002", whose), tools)).toMatchObject({
      intent: "newest-order",
      customer: "C-2002",
    });
    const which = [user("Please cancel my order, I'm mira@post.example."), assistant("Which order is it?")];
    expect(office.read(inContext("O-10017, please", which), tools)).toMatchObject({
      intent: "cancel",
      orders: ["O-10017"],
      email: "mira@post.example",
    });
  });

  test("that points back is about what was spoken of last", () => {
    const before = [user("What is the status of O-10017?"), assistant("I opened order O-10017.\nAnswer: shipped")];
    expect(office.read(inContext("And who carries it?", before), tools)).toMatchObject({
      intent: "tracking",
      orders: ["O-10017"],
    });
    expect(office.read(inContext("Then cancel it, please.", before), tools)).toMatchObject({
      intent: "cancel",
      orders: ["O-10017"],
    });
  });

  test("that stands by itself stays as it is, and so does every request of desk after worked examples", () => {
    expect(inContext("Thanks, that was all!", whose)).not.toContain("Lund");
    expect(inContext("What is the status of O-10018?", whose)).toBe("What is the status of O-10018?");
    const changed = dataset.tasks.filter(({ input }) => inContext(input, whose) !== input);
    expect(changed.map(({ input }) => input)).toEqual([]);
  });
});

describe("a plan", () => {
  test("has three to seven numbered steps, whatever is asked", () => {
    const inputs = [...dataset.tasks.map(({ input }) => input), "Which queue does this message belong to?", ""];
    const plans = inputs.map((input) => writePlan(input, makeRandom(input)));
    expect(plans.filter((plan) => !isPlan(plan) || /undefined|\b\d\. *$/m.test(plan))).toEqual([]);
    const counts = plans.map((plan) => plan.split("\n").length);
    expect([Math.min(...counts) >= 3, Math.max(...counts) <= 7]).toEqual([true, true]);
  });
});
