import { describe, expect, test } from "vitest";
import { makeSimulatedProvider, type Message } from "../../src/providers/index.ts";
import { taught } from "../../src/providers/simulated/reflection/edit.ts";
import { readLabelledRequest } from "../../src/providers/simulated/reflection/labelled-request.ts";
import { readReflectionRequest } from "../../src/providers/simulated/reflection/request.ts";
import { readToolText, writeToolText } from "../../src/providers/simulated/reflection/tool-text.ts";
import { habitNames } from "../../src/providers/simulated/skills/habit-name.ts";

const model = makeSimulatedProvider({ seed: 1 });

interface Component {
  readonly id: string;
  readonly is: string;
  readonly current: string;
}

const prompt: Component = {
  id: "system",
  is: "system (text): a text that the agent is given as part of its instructions",
  current: "You are a helpful assistant of a small web shop.",
};
const rules: Component = {
  id: "rules",
  is: "rules (rules): rules that the agent is given as part of its instructions, one a line",
  current: "Be friendly to everybody.\nSay thank you.",
};
const tool: Component = {
  id: "tool.identity_verify",
  is: "tool.identity_verify (tool): the description by which the agent decides when and how to use the tool identity_verify",
  current: "Check a customer.\nWhen to use it: At any time.",
};

const input = "Please refund order O-10423.";
const did = `Task: ${input}\n\nSteps:\n- called refund_issue {"order_id":"O-10423"} -> {}\n\nAnswer: Done.`;
const complaint = "Money was given back before anybody knew whether the sender is the customer.";

/** Forms of request of other optimizers, in our words. */
const forms: Readonly<
  Record<string, { readonly ask: (component: Component) => readonly Message[]; readonly text: RegExp }>
> = {
  "a fence and numbered examples": {
    ask: ({ is, current }) => [
      {
        role: "user",
        content: `These instructions were given to an assistant:\n\`\`\`\n${current}\n\`\`\`\n\nTask inputs, replies and feedback:\n\`\`\`\n# Example 1\n## Component\n${is}\n\n## Inputs\n${input}\n\n## Generated Outputs\n${did}\n\n## Feedback\nScore: 0.20\n${complaint}\nThe answer has to be one JSON object.\n\`\`\`\n\nWrite a new instruction for the assistant, better than this one, within \`\`\` blocks.`,
      },
    ],
    text: /^```\n([\s\S]*)\n```$/,
  },
  "labels and JSON": {
    ask: ({ id, is, current }) => [
      {
        role: "user",
        content: `Improve a component by the feedback on it.\n\nComponent Name: ${id}\nCurrent Text:\n${current}\n\nExamples and Feedback:\n${JSON.stringify([{ Component: is, Inputs: input, "Generated Outputs": did, Feedback: `Score: 0.20\n${complaint}` }], null, 2)}\n\nReply with the improved text only:`,
      },
    ],
    text: /^([\s\S]*)$/,
  },
  "fields in and out": {
    ask: ({ id, is, current }) => [
      {
        role: "system",
        content:
          "You get fields and write fields.\n\n**Output Fields**: write these:\n\nNew Value (wire key: `newValue`): Improved value for the component.\n",
      },
      {
        role: "user",
        content: `Component Key: ${id}\n\nComponent Kind: instruction\n\nComponent Description: ${is}\n\nCurrent Value: ${current}\n\nMinibatch: ${JSON.stringify([{ input: { id: "t1", input }, prediction: { answer: "Done.", trace: did, feedback: [complaint] }, score: 0.2 }], null, 2)}\n`,
      },
    ],
    text: /^newValue: ([\s\S]*)$/,
  },
};

async function replies(form: string, component: Component, count: number): Promise<readonly string[]> {
  const found = forms[form];
  if (found === undefined) throw new Error(`no form ${form}`);
  const texts: string[] = [];
  for (let seed = 0; seed < count; seed++) {
    const { content } = await model.complete({ model: "m", messages: found.ask(component), seed });
    texts.push(found.text.exec(content)?.[1] ?? `NOT IN FORM: ${content}`);
  }
  return texts;
}

describe.each(Object.keys(forms))("asked with %s", (form) => {
  test("it replies with the component itself, in the form in which it was shown", async () => {
    for (const text of await replies(form, prompt, 60)) expect(text).not.toMatch(/^[[{]|NOT IN FORM|```/);
    const lists = await replies(form, rules, 60);
    for (const text of lists) expect(text).not.toMatch(/NOT IN FORM|"op"|^\d\./m);
    expect(lists.some((text) => text.startsWith(rules.current) && text.split("\n").length > 2)).toBe(true);
    for (const text of await replies(form, tool, 60)) {
      expect(text).not.toMatch(/NOT IN FORM|"summary"/);
      expect(readToolText(text).summary).not.toBe("");
    }
  });

  test("it knows a tool's description and writes what that tool's description can mend", async () => {
    const texts = await replies(form, tool, 100);
    const mending = texts.filter((text) => /before (?:every refund|any change)/.test(readToolText(text).when));
    expect(mending.length).toBeGreaterThan(30);
  });
});

test("in all forms it mends what the evidence shows in about the same share of its replies", async () => {
  const before = habitNames.map((habit) => taught(prompt.current, habit));
  const shares: number[] = [];
  for (const form of Object.keys(forms)) {
    const texts = await replies(form, prompt, 300);
    const useful = texts.filter((text) => habitNames.some((habit, i) => taught(text, habit) > (before[i] ?? 0) + 0.15));
    shares.push(useful.length / texts.length);
  }
  expect(Math.min(...shares)).toBeGreaterThan(0.45);
  expect(Math.max(...shares)).toBeLessThan(0.75);
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(0.1);
});

describe("read with labels", () => {
  const asked = (form: string, component: Component) => ({ model: "m", messages: forms[form]?.ask(component) ?? [] });

  test("the evidence is the same as in a fence", () => {
    const fenced = readReflectionRequest(asked("a fence and numbered examples", prompt));
    for (const form of ["labels and JSON", "fields in and out"]) {
      const labelled = readLabelledRequest(asked(form, prompt));
      expect(labelled).toMatchObject({ id: "system", kind: "text", current: prompt.current });
      expect(labelled?.evidence).toHaveLength(1);
      expect(labelled?.evidence[0]).toMatchObject({ score: fenced?.evidence[0]?.score });
      expect(labelled?.evidence[0]?.task).toContain(input);
      expect(labelled?.evidence[0]?.behaviour).toContain("refund_issue");
      expect(labelled?.evidence[0]?.feedback).toContain(complaint);
    }
    expect(fenced?.reply).toBe("fenced");
  });

  test("an ordinary message that has labels is not taken for a request to reflect", () => {
    const content = `Current version: 12\nPlease improve the description of my order.\nItems: [{"input": "one lamp"}]`;
    expect(readLabelledRequest({ model: "m", messages: [{ role: "user", content: "Order: [{}]" }] })).toBeUndefined();
    expect(readLabelledRequest({ model: "m", messages: [{ role: "user", content }] })).toBeUndefined();
  });

  test("asked for a summary of feedback it tells what is said most often", async () => {
    const rows = [complaint, complaint, "The unit is missing."].map((feedback) => ({
      input,
      score: 0,
      prediction: { feedback },
    }));
    const { content } = await model.complete({
      model: "m",
      messages: [
        { role: "system", content: "**Output Fields**:\n\nFeedback Summary (wire key: `feedbackSummary`): concise." },
        { role: "user", content: `Target Id: system\n\nMinibatch: ${JSON.stringify(rows)}` },
      ],
    });
    expect(content).toBe(`feedbackSummary: ${complaint} The unit is missing.`);
  });
});

test("a tool's description as one text with labels is read as it is written", () => {
  const text = {
    summary: "Finds an order.",
    when: "The id is known.",
    when_not: "Only a name is.",
    examples: ['{"id": "O-1"}'],
  };
  expect(readToolText(writeToolText(text))).toEqual(text);
  expect(readToolText(JSON.stringify(text))).toEqual(text);
});
