import { mean } from "../../statistics/index.ts";
import { picking } from "./picking.ts";

/** Every arm on the same number of blocks; the best mean is picked. Where the budget does not pay for all, the first arms take part. */
export const fixedN = picking(({ arms, blocks, budget }, measure) => {
  const each = Math.min(blocks, Math.max(1, Math.floor(budget / arms)));
  const means = Array.from({ length: Math.min(arms, budget) }, (_, arm) =>
    mean(Array.from({ length: each }, (_, block) => measure(arm, block))),
  );
  return means.indexOf(Math.max(...means));
});
