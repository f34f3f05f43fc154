import { stringify } from "yaml";
import type { Json } from "../base/index.ts";
import type { Check, Task } from "../dataset/index.ts";
import { leftOutNote, type AgentFormat } from "./agent.ts";
import { chatMessage } from "./chat-message.ts";
import { jsonLine } from "./json-line.ts";

/**
 * OpenAI evals (github.com/openai/evals): `samples.jsonl` with `input` as chat messages and `ideal` as the right texts, and the registry entry for
 * the class Includes, which asks whether the answer holds one of them.
 */
export const openaiEvals: AgentFormat = (agent) => {
  const samples = agent.tasks.map((task) => sampleOf(task, agent.prompt(task.input).prompt.map(chatMessage)));
  const lines = samples.filter((sample) => typeof sample !== "string");
  const name = agent.dataset;
  const version = `${name}.allele.v0`;
  const registry = {
    [name]: {
      id: version,
      description: `${agent.name} (licence ${agent.licence}; source: ${agent.source ?? "not stated"})`,
      metrics: ["accuracy"],
    },
    [version]: { class: "evals.elsuite.basic.includes:Includes", args: { samples_jsonl: `${name}/samples.jsonl` } },
  };
  return {
    files: {
      "samples.jsonl": lines.map((line) => `${jsonLine(line)}\n`).join(""),
      [`${name}.yaml`]: stringify(registry, { lineWidth: 0 }),
    },
    notes: [
      ...leftOutNote(samples.filter((sample) => typeof sample === "string")),
      "Includes is looser than equals and label: it takes an answer that holds the right text anywhere, and case counts",
      ...(agent.prompt("").tools.length > 0
        ? ["the agent's tools are not carried over: OpenAI evals makes one call"]
        : []),
    ],
  };
};

/** A sample, or why the task has none. */
function sampleOf({ id, checks }: Task, input: readonly Json[]): Json | string {
  const counted = checks.filter(({ weight }) => weight > 0);
  const [only, ...others] = counted;
  if (only === undefined || others.length > 0) return "several checks";
  const ideal = idealOf(only);
  return ideal === undefined ? `checks of type ${only.type}` : { input, ideal, metadata: { task: id } };
}

function idealOf(check: Check): readonly string[] | undefined {
  switch (check.type) {
    case "equals":
    case "label":
    case "contains":
      return (Array.isArray(check.value) ? check.value : [check.value]).map(String);
    case "contains_any":
      return check.values.map(String);
    default:
      return undefined;
  }
}
