import { contentHash } from "../../src/base/index.ts";
import type { Genome } from "../../src/genome/index.ts";
import type { RolloutRecord } from "../../src/store/index.ts";

export const genome: Genome = {
  name: "desk",
  genes: { system: { type: "text", value: "You are a clerk.", max_tokens: 1500 } },
  parents: [],
};
export const genomeId = contentHash(genome.genes);

export function rolloutRecord(number: number): RolloutRecord {
  return {
    key: contentHash({ rollout: number }),
    genome: genomeId,
    task: `task-${number}`,
    split: "train",
    repeat: 0,
    rollout: { state: "scored", score: (number % 10) / 10 },
    trace: { steps: [], answer: `Answer: ${number} €`, stop: "answered" },
  };
}
