import { stringify } from "yaml";
import type { Json } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { leftOutNote, type AgentExport, type AgentFormat } from "./agent.ts";
import { chatMessage } from "./chat-message.ts";
import { promptfooAssertion } from "./promptfoo-assertion.ts";
import { literal } from "./template.ts";

/**
 * promptfoo's `promptfooconfig.yaml` (promptfoo.dev, configuration reference): a prompt of chat messages on an OpenAI-compatible provider for an
 * agent of one call; for one with tools, the agent itself behind an `exec:` provider, since promptfoo runs no tools.
 */
export const promptfoo: AgentFormat = (agent) => {
  const { tools } = agent.prompt("");
  const isExecuted = tools.length > 0;
  const tasks = agent.tasks.map((task) => testOf(task, isExecuted));
  const tests = tasks.filter((test) => typeof test !== "string");
  const reasons = tasks.filter((test) => typeof test === "string");
  const config = {
    description: `${agent.name} on ${agent.dataset} (licence ${agent.licence}; source: ${agent.source ?? "not stated"})`,
    prompts: isExecuted
      ? [{ id: agent.name, label: agent.name, raw: "{{input}}" }]
      : [{ id: agent.name, label: agent.name, raw: JSON.stringify(promptOf(agent)) }],
    providers: [isExecuted ? { id: `exec: ${agent.command}`, label: agent.name } : providerOf(agent)],
    tests,
  };
  return {
    files: { "promptfooconfig.yaml": stringify(config, { lineWidth: 0 }) },
    notes: [
      ...leftOutNote(reasons),
      "promptfoo passes or fails a check where Allele scores it in parts; spacing counts for contains, case does not",
      ...(isExecuted
        ? ["promptfoo runs no tools, so the agent answers through allele agent run, in the dataset's default world"]
        : []),
      ...(!isExecuted && agent.model.url === undefined
        ? ["the model has no address that promptfoo could call: set providers[0] to one that has"]
        : []),
    ],
  };
};

/** The messages, with the question as a variable; what a template would take for its own is written so that it comes out as it is. */
function promptOf({ prompt }: AgentExport): Json {
  const mark = "\u0000question\u0000";
  return prompt(mark).prompt.map((message) =>
    chatMessage({ ...message, content: literal(message.content).replaceAll(mark, "{{input}}") }),
  );
}

function providerOf({ model }: AgentExport): Json {
  return {
    id: `openai:chat:${model.name}`,
    config: {
      ...(model.url !== undefined && { apiBaseUrl: model.url }),
      ...(model.keyVariable !== undefined && { apiKeyEnvar: model.keyVariable }),
      ...(model.temperature !== undefined && { temperature: model.temperature }),
      ...(model.maxOutputTokens !== undefined && { max_tokens: model.maxOutputTokens }),
    },
  };
}

/** A test case, or why the task has none: a test that checks less than the task does would say more than it knows. */
function testOf(task: Task, isExecuted: boolean): Json | string {
  if (isExecuted && task.world !== undefined) return "a world of their own";
  const counted = task.checks.filter(({ weight }) => weight > 0);
  const assertions = counted.map(promptfooAssertion);
  const missing = counted.find((_, index) => assertions[index] === undefined);
  if (missing !== undefined) return `checks of type ${missing.type}`;
  return {
    description: task.id,
    vars: { input: literal(task.input) },
    assert: assertions as readonly Json[],
    metadata: { task: task.id, split: task.split, tags: task.tags },
  };
}
