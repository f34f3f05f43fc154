import type { Message } from "../providers/index.ts";
import type { RunStrategy } from "./agent-run.ts";
import { loop } from "./react.ts";

const askForPlan = "Before you act, write a short numbered plan of the steps you will take. Do not act yet.";
export const askForNewPlan = "A step failed. Write a new short numbered plan of the steps that remain. Do not act yet.";
const carryOut = "Carry out your plan step by step, then give the final answer.";

/** First a numbered plan without tools, then the loop of react with the plan in view; a new plan, once, when a tool call fails. */
export const plan: RunStrategy<"plan"> = async (run, { maxSteps, replan }) => {
  const first = await run.askForPlan([...run.opening, { role: "user", content: `${run.input}\n\n${askForPlan}` }]);
  let planAgain = replan === "on-failure";
  return loop(
    run,
    maxSteps,
    [...run.opening, { role: "user", content: run.input }, ...inView(first)],
    async (messages, results) => {
      const mayAsk = run.modelCalls() < maxSteps && run.limitReached() === undefined;
      if (!planAgain || !mayAsk || results.every(({ ok }) => ok)) return [];
      planAgain = false;
      const request: Message = { role: "user", content: askForNewPlan };
      const next = inView(await run.askForPlan([...messages, request]));
      return next.length === 0 ? [] : [request, ...next];
    },
  );
};

/** An empty plan is left out: some models refuse an empty turn. */
export function inView(text: string): readonly Message[] {
  if (text.trim() === "") return [];
  return [
    { role: "assistant", content: text },
    { role: "user", content: carryOut },
  ];
}
