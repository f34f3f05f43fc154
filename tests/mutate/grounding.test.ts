import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { withGene } from "../../src/genome/index.ts";
import { groundingOf } from "../../src/mutate/grounding.ts";
import { composeAdvice, composePadding, composePlatitude } from "../../src/providers/simulated/reflection/wording.ts";
import { habitNames } from "../../src/providers/simulated/skills/habit-name.ts";
import { deskEvidence } from "./desk.ts";
import { everyGene, scored, task } from "./make.ts";

const shown = [
  {
    task: task("a"),
    rollout: { ...scored("a", 0), feedback: ["The refund was paid before the identity of the customer was verified."] },
  },
];
const grounding = (rule: string): number => groundingOf(everyGene, { rules: ["Be brief.", "Be kind.", rule] }, shown);

describe("how much a change speaks of the evidence", () => {
  test("is told by the words of the feedback and the tools that were called", () => {
    expect(grounding("Verify the identity before a refund is paid.")).toBe(1);
    expect(grounding("Search twice before refunds.")).toBeCloseTo(3 / 4);
    expect(grounding("Quality matters greatly.")).toBe(0);
  });

  test("counts what is added only, and knows nothing where no words are", () => {
    const parent = withGene(everyGene, "rules", ["Verify the refund."]);
    expect(groundingOf(parent, { rules: ["Verify the refund.", "Quality matters."] }, shown)).toBe(0);
    expect(groundingOf(everyGene, { rules: ["Be kind."] }, shown)).toBe(0.5);
    const tool = { summary: "Finds orders.", when: "", when_not: "", examples: [] };
    expect(groundingOf(everyGene, { temperature: 0.5, tone: "formal", "tool.search": tool }, shown)).toBe(0.5);
  });

  test("puts advice before platitudes and padding on desk", async () => {
    const evidence = await deskEvidence(24);
    const random = makeRandom("grounding");
    const of = (text: string): number => groundingOf(everyGene, { rules: [text] }, evidence);
    const advice = habitNames.map((habit) => of(composeAdvice(habit, random.fork(habit))));
    const idle = Array.from({ length: 30 }, (_, i) => [
      of(composePlatitude(random.fork(`p${i}`))),
      of(composePadding(random.fork(`x${i}`), 3)),
    ]).flat();
    const wins = advice.flatMap((good) => idle.map((bad): number => (good > bad ? 1 : good === bad ? 0.5 : 0)));
    expect(wins.reduce((sum, win) => sum + win, 0) / wins.length).toBeGreaterThan(0.8);
  });
});
