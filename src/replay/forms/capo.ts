import { z } from "zod";
import { readRecordedJson } from "../read-json.ts";
import type { RecordedForm } from "./form.ts";

const Pools = z.array(
  z.object({
    dataset: z.string(),
    llm: z.string(),
    seed: z.number(),
    block_items: z.number(),
    prompts: z.array(
      z.object({ id: z.string(), blocks: z.array(z.number().min(0).max(1)), test: z.number().nullable() }),
    ),
  }),
);

/** Pools of prompts of the CAPO experiments: an item is a block of development items, worth is the score on the held-out test. */
export const capo: RecordedForm = {
  name: "capo",
  about: "pools.json.gz of the CAPO experiments: prompts by blocks of 30 items, and a test",
  read: (files, _holes, wants) => {
    const pools = files
      .flatMap((file) => readRecordedJson(file, Pools))
      .map((pool) => ({ ...pool, name: `${pool.dataset}/${pool.llm}/${pool.seed}` }))
      .filter(({ name }) => wants(name));
    const untested = pools.flatMap(({ prompts }) => prompts.filter(({ test }) => test === null)).length;
    return {
      tables: pools.map(({ name, block_items: items, prompts }) => {
        const tested = prompts.flatMap(({ id, blocks, test }) => (test === null ? [] : [{ id, blocks, test }]));
        return {
          name,
          arms: tested.map(({ id }) => id),
          scores: tested.map(({ blocks }) => blocks),
          costs: tested.map(({ blocks }) => blocks.map(() => items)),
          worth: tested.map(({ test }) => test),
        };
      }),
      notes: untested === 0 ? [] : [`left out ${untested} prompts that the test was not recorded of`],
    };
  },
};
