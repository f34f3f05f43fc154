import { describe, expect, test } from "vitest";
import { Gene } from "../../src/genome/index.ts";
import { applyEdits, type Edit } from "../../src/mutate/edit.ts";

const edited = (gene: unknown, ...edits: readonly Edit[]) => applyEdits(Gene.parse(gene), edits);
const value = (expected: unknown) => ({ value: expected });
const flaw = (message: string) => ({ flaw: expect.stringContaining(message) });

describe("edits of a text", () => {
  const text = (content: string) => ({ type: "text", value: content });

  test("add, replace and remove passages, whatever their line ends", () => {
    const gene = text("You help.\nBe brief. Be\nkind to all.");
    expect(edited(gene, { op: "replace", at: "Be kind to all.", text: "Be fair." })).toEqual(
      value("You help.\nBe brief. Be fair."),
    );
    expect(edited(text("Be brief. Be kind."), { op: "remove", at: "Be brief." })).toEqual(value("Be kind."));
    expect(edited(text("Be brief."), { op: "add", text: "Be kind." })).toEqual(value("Be brief. Be kind."));
    expect(edited(text(""), { op: "add", text: "Be kind." })).toEqual(value("Be kind."));
    expect(edited(text("- a\n- b"), { op: "add", text: "c" })).toEqual(value("- a\n- b\n- c"));
  });

  test("make no sense for a passage that is not there, or without words", () => {
    expect(edited(text("Be brief."), { op: "replace", at: "Be long.", text: "x" })).toEqual(
      flaw("does not stand there"),
    );
    expect(edited(text("Be brief."), { op: "remove", at: null })).toEqual(flaw("does not stand there"));
    expect(edited(text("Be brief."), { op: "add", text: " " })).toEqual(flaw("without a text"));
    expect(edited(text("Be brief."))).toEqual(flaw("no edit"));
  });
});

describe("edits of rules", () => {
  const rules = { type: "rules", value: ["a", "b", "c"] };

  test("count in the list as it was, by number or by text", () => {
    expect(
      edited(rules, { op: "remove", at: "1" }, { op: "replace", at: 2, text: "B" }, { op: "add", text: "d" }),
    ).toEqual(value(["B", "c", "d"]));
    expect(edited(rules, { op: "replace", at: "c", text: "C" })).toEqual(value(["a", "b", "C"]));
  });

  test("merge several into one, in the place of the first", () => {
    expect(edited(rules, { op: "merge", at: "1, 3", text: "a and c" })).toEqual(value(["a and c", "b"]));
    expect(edited(rules, { op: "merge", at: "#1 and #3", text: "both" })).toEqual(value(["both", "b"]));
  });

  test.each([
    [{ op: "remove", at: "7" }, "not there"],
    [{ op: "replace", at: "the third", text: "x" }, "not there"],
    [{ op: "merge", at: null, text: "x" }, "not there"],
    [{ op: "set", text: "x" }, "one by one"],
  ] as const)("make no sense as %j", (edit, message) => expect(edited(rules, edit)).toEqual(flaw(message)));
});

test("edits of a tool change its members, and nothing else of it", () => {
  const tool = { type: "tool", value: { summary: "Finds orders.", when: "Use it by number." } };
  expect(
    edited(
      tool,
      { op: "add", at: "when", text: "Call it once." },
      { op: "replace", at: "when_not", text: "Not by name." },
      { op: "add", at: "examples", text: '{"id": 1}' },
    ),
  ).toEqual(
    value({
      summary: "Finds orders.",
      when: "Use it by number. Call it once.",
      when_not: "Not by name.",
      examples: ['{"id": 1}'],
    }),
  );
  expect(edited(tool, { op: "set", at: "parameters", text: "{}" })).toEqual(flaw("no member"));
});

test.each([
  [{ type: "number", min: 0, max: 1, value: 0 }, "0.5", value(0.5)],
  [{ type: "number", min: 0, max: 1, value: 0 }, "much", flaw("no number")],
  [{ type: "boolean", value: false }, "true", value(true)],
  [{ type: "boolean", value: false }, "maybe", flaw("not true or false")],
  [{ type: "enum", options: ["a", "b"], value: "a" }, "b", value("b")],
  [
    { type: "strategy", value: { kind: "direct" } },
    '{"kind": "react", "max_steps": 9}',
    value({ kind: "react", max_steps: 9 }),
  ],
  [{ type: "strategy", value: { kind: "direct" } }, '{"kind": "dance"}', flaw("form of a strategy")],
  [{ type: "demos", value: [] }, "[]", flaw("solved tasks")],
] as const)("setting %j to %s", (gene, text, expected) => {
  expect(edited(gene, { op: "set", text })).toEqual(expected);
});

test("members of a set are added and removed", () => {
  const set = { type: "set", universe: ["a", "b"], value: ["a"] };
  expect(edited(set, { op: "add", text: "b" }, { op: "remove", text: "a" })).toEqual(value(["b"]));
  expect(edited(set, { op: "remove", text: "b" })).toEqual(flaw("not there"));
});
