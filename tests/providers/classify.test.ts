import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { loadDataset, scoreOutcome, type Task } from "../../src/dataset/index.ts";
import { classify } from "../../src/providers/simulated/skills/classify.ts";
import type { Mind } from "../../src/providers/simulated/skills/skill.ts";

type Habit = Parameters<Mind["bites"]>[0];
const habits = [
  "label-outside-list",
  "ignores-secondary-cue",
  "wrong-field-format",
] as const satisfies readonly Habit[];
const triage = await loadDataset("datasets/triage");

function mindWith(biting: readonly Habit[]): Mind {
  return { bites: (habit) => biting.includes(habit), planned: false, random: (site) => makeRandom(site) };
}

function answer(request: string, biting: readonly Habit[] = []): string {
  const reading = classify.read(request, []);
  if (reading === undefined) return "";
  const end = classify.script(reading, [], mindWith(biting)).next();
  return end.done === true ? end.value : "";
}

function score(tasks: readonly Task[], biting: readonly Habit[]): number {
  const spent = { toolCalls: [], steps: 1, tokens: 1, usd: 0, milliseconds: 1 };
  const scores = tasks.map(
    ({ checks, input }) => scoreOutcome(checks, { ...spent, answer: answer(input, biting) }).score,
  );
  return scores.reduce((sum, each) => sum + each, 0) / scores.length;
}
const family = (tag: string): readonly Task[] => triage.tasks.filter(({ tags }) => tags.includes(tag));

describe("on triage", () => {
  test("scores at least 0.9 when no habit bites, in every family", () => {
    for (const tag of ["queue", "urgency", "extraction", "language"]) {
      expect(score(family(tag), []), tag).toBeGreaterThanOrEqual(0.9);
    }
  });
  test("scores under 0.4 when every habit bites, in every family", () => {
    for (const tag of ["queue", "urgency", "extraction", "language"]) {
      expect(score(family(tag), habits), tag).toBeLessThan(0.4);
    }
  });
  test("every habit costs something by itself", () => {
    const perfect = score(triage.tasks, []);
    for (const habit of habits) expect(score(triage.tasks, [habit]), habit).toBeLessThan(perfect - 0.1);
  });
});

describe("any request to classify", () => {
  const message = "My invoice is settled, thanks. But where is my parcel? It should have been here on Monday.";
  test("is understood in other words, with other labels", () => {
    expect(
      answer(`Which category fits?\n- payments\n- delivery\n- other\nReply with one of them.\n\n"""${message}"""`),
    ).toBe("delivery");
    expect(
      answer(`Message: ${message}\n`.replace("Message", "Classify as finance | logistics | returns.\n\nMessage")),
    ).toBe("logistics");
    expect(
      answer(
        `Label the mail with its priority (low, medium or high).\n\nMessage: There is a smell of burning and I got a shock.`,
      ),
    ).toBe("high");
    expect(
      answer("What language is it to be answered in: fr, en or de?\n---\nGuten Tag, wo ist mein Paket?\n---"),
    ).toBe("de");
  });
  test("a word for the loud cue comes out when the quiet one is ignored", () => {
    const request = `Pick the queue (billing, shipping or returns).\n\n"""${message}"""`;
    expect(answer(request)).toBe("shipping");
    expect(answer(request, ["ignores-secondary-cue"])).toBe("billing");
    expect(["billing", "shipping", "returns"]).not.toContain(answer(request, ["label-outside-list"]));
  });
  test("a claim is read from an order, a date and a sum in any usual notation", () => {
    const request =
      "Give me the claimed order as JSON (order_id, date, amount, currency).\n\nMessage: Order O-20001 was fine. ";
    const form = { order_id: "WEB-777", date: "2026-02-03", amount: 1204.5, currency: "EUR" };
    expect(
      JSON.parse(answer(`${request}WEB-777 of the 3rd of February 2026 came broken, I want 1.204,50 euros back.`)),
    ).toEqual(form);
    expect(JSON.parse(answer(`${request}For WEB-777, placed 03.02.2026, you owe me €1,204.50.`))).toEqual(form);
  });
});

describe("what is no request to classify", () => {
  test.each([
    "What is the status of order O-10423?",
    "Please refund O-10423, my e-mail is a@b.example.",
    "Thanks for your help!",
    "Write a short plan of numbered steps for this task first.",
    "Cancel the order with priority shipping that I placed yesterday.",
    "Which language does the manual of KET-210 come in?",
  ])("is left to other skills: %s", (request) => expect(classify.read(request, [])).toBeUndefined());

  test("holds for every request of desk", async () => {
    const desk = await loadDataset("datasets/desk");
    expect(desk.tasks.filter(({ input }) => classify.read(input, []) !== undefined).map(({ id }) => id)).toEqual([]);
  });
});
