import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseReply } from "../../src/mutate/reply.ts";
import { applyRuleEdits } from "../../src/mutate/rule-edits.ts";
import { reply } from "./make.ts";

const nothing = (reason: string) => expect.objectContaining({ kind: "nothing", reason });
const value = (text: string) => expect.objectContaining({ kind: "value", value: text });
const json = (content: unknown) => reply(JSON.stringify({ diagnosis: "d", hypothesis: "h", value: content }));

describe("a reflection reply for a text", () => {
  test.each([
    ["plain JSON", '{"diagnosis": "d", "hypothesis": "h", "value": "Do it."}', "Do it."],
    ["JSON in a fence", 'Here it is:\n```json\n{"value": "Do it."}\n```\nDone.', "Do it."],
    ["a fenced text", "I would change it to\n```\nDo it.\n```", "Do it."],
    ["a fenced text with a known language", "```markdown\nDo it.\n```", "Do it."],
    [
      "a fenced text whose first word stands beside the fence",
      "```Classify\nthe message.\n```",
      "Classify\nthe message.",
    ],
    ["the last of two fences", "Before:\n```\nOld.\n```\nAfter:\n```\nNew.\n```", "New."],
    ["a longer fence around a fence", "````\nUse\n```\ncode\n```\n````", "Use\n```\ncode\n```"],
    ["thoughts before the answer", '<think>maybe ``` this</think>{"value": "Do it."}', "Do it."],
  ])("is read from %s", (_, content, expected) => {
    expect(parseReply("text", reply(content))).toEqual(value(expected));
  });

  test.each([
    ["an empty reply", reply(""), "empty-value"],
    ["an empty value", json("  \n"), "empty-value"],
    ["an empty fence", reply("```\n\n```"), "empty-value"],
    ["a refusal by the provider", reply("x", "refusal"), "refusal"],
    ["a refusal in words", reply("I'm sorry, but I can't help with that."), "refusal"],
    ["a refusal as the value", json("I cannot assist with this request."), "refusal"],
    ["a refusal in a fence", reply("```\nAs an AI language model I must decline.\n```"), "refusal"],
    ["a monologue", reply("The agent fails because it does not look. You should tell it to look first."), "no-value"],
    ["a reply cut by the limit", reply('{"value": "Do it."}', "length"), "truncated-reply"],
    ["JSON that stops", reply('{"diagnosis": "d", "value": "Do'), "truncated-reply"],
    ["a fence that stops", reply("Here:\n```\nDo it and"), "truncated-reply"],
    ["thoughts that stop", reply("<think>Well, the agent"), "truncated-reply"],
    ["a value of another form", json(["Do it."]), "wrong-form"],
  ])("is never taken from %s", (_, given, reason) => {
    expect(parseReply("text", given)).toEqual(nothing(reason));
  });

  test("text outside a fence is never taken, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.includes("```"));
        const parsed = parseReply("text", reply(text));
        expect(parsed.kind).toBe("nothing");
      }),
    );
  });

  test("whatever text is the value comes back as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const parsed = parseReply("text", json(`Text: ${text}`));
        expect(parsed).toMatchObject({ kind: "value", value: `Text: ${text}`, hypothesis: "h" });
      }),
    );
  });
});

describe("a reflection reply for rules", () => {
  test("is a list of edits", () => {
    const edits = [{ op: "replace", index: 1, text: "Be short." }];
    expect(parseReply("rules", json(edits))).toMatchObject({ kind: "value", value: edits });
  });

  test("is not a whole list of rules, nor a single text", () => {
    expect(parseReply("rules", json(["Be short."]))).toEqual(nothing("wrong-form"));
    expect(parseReply("rules", reply("```\nBe short.\n```"))).toEqual(nothing("wrong-form"));
  });

  test("edits count from 1 in the list as it was", () => {
    const edits = [
      { op: "remove", index: 1, text: null },
      { op: "add", index: null, text: " d \n d " },
      { op: "replace", index: 3, text: "C" },
    ] as const;
    expect(applyRuleEdits(["a", "b", "c"], edits)).toEqual(["b", "C", "d d"]);
  });

  test.each([
    [[{ op: "replace", index: 4, text: "x" }], "not there"],
    [[{ op: "remove", index: 0 }], "not there"],
    [[{ op: "remove" }], "not there"],
    [[{ op: "add", text: " " }], "without a text"],
    [[{ op: "replace", index: 1, text: null }], "without a text"],
    [
      [
        { op: "remove", index: 1 },
        { op: "replace", index: 1, text: "x" },
      ],
      "two edits",
    ],
  ] as const)("refuses edits that make no sense: %j", (edits, message) => {
    expect(applyRuleEdits(["a", "b", "c"], edits)).toContain(message);
  });
});

describe("a reflection reply for a tool", () => {
  test("has every member and no other", () => {
    const tool = { summary: "s", when: "w", when_not: "n", examples: ["e"] };
    expect(parseReply("tool", json(tool))).toMatchObject({ kind: "value", value: tool });
    expect(parseReply("tool", json({ ...tool, parameters: {} }))).toEqual(nothing("wrong-form"));
    expect(parseReply("tool", json({ summary: "s" }))).toEqual(nothing("wrong-form"));
    expect(parseReply("tool", json({ summary: "", when: " ", when_not: "", examples: [] }))).toEqual(
      nothing("empty-value"),
    );
  });
});
