import type { AgentFormat } from "./agent.ts";

/**
 * A serialized optimized program of ax (`@ax-llm/ax` 24), for `program.applyOptimization(axDeserializeOptimizedProgram(json))` on a program with the
 * input `userQuery` and the output `agentAnswer`: instruction, descriptions of tools by their names, demonstrations.
 */
export const ax: AgentFormat = (agent) => {
  const { tools } = agent.prompt("");
  const program = {
    bestScore: 0,
    stats: {},
    optimizerType: "allele",
    optimizationTime: 0,
    totalRounds: 0,
    converged: true,
    componentMap: {
      "root::instruction": agent.system,
      ...Object.fromEntries(tools.map(({ name, description }) => [`root::fn:${name}:desc`, description])),
    },
    demos: [
      {
        programId: "root",
        traces: agent.demos.map(({ input, output }) => ({ userQuery: input, agentAnswer: output })),
      },
    ],
  };
  return {
    files: { "optimized-program.json": `${JSON.stringify(program, null, 2)}\n` },
    notes: [
      'for a program with the signature "userQuery:string -> agentAnswer:string"; bestScore is 0 because ax measured nothing',
      "strategy, limits and model settings are not carried over, and ax writes a prompt of its own around the instruction",
    ],
  };
};
