import type { RunStrategy } from "./agent-run.ts";

/** One model call, no tools. */
export const direct: RunStrategy<"direct"> = async (run) => {
  const reply = await run.ask([...run.opening, { role: "user", content: run.input }], "without-tools");
  return { answer: reply.content, stop: "answered" };
};
