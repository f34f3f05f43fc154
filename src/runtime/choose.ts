import type { Message } from "../providers/index.ts";
import type { RunStrategy } from "./agent-run.ts";

/** One model call that generates nothing: the likeliest of the answers there are. */
export const choose: RunStrategy<"choose"> = async (run, { choices: texts, calibrated, references }) => {
  const asked = (input: string): readonly Message[] => [...run.opening, { role: "user", content: input }];
  const baseline = calibrated ? asked(run.blank) : undefined;
  const known = references?.map(({ input, choice }) => ({ messages: asked(input), choice }));
  const reply = await run.ask(asked(run.input), "without-tools", { texts, baseline, references: known });
  return { answer: reply.content, stop: "answered" };
};
