import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { drawTurn } from "../../src/evolve/portfolio.ts";
import { standardOperators } from "../../src/mutate/index.ts";
import { emptyBandit } from "../../src/select/index.ts";
import { seedGenome } from "./scripted.ts";

/** How often each operator is drawn in a thousand turns. */
function draws(isPlateau: boolean, names: readonly string[]): Readonly<Record<string, number>> {
  const operators = standardOperators.filter(({ name }) => names.includes(name));
  const counts: Record<string, number> = {};
  for (let turn = 0; turn < 1000; turn++) {
    const random = makeRandom(7).fork(`${turn}`);
    const drawn = drawTurn(seedGenome, operators, { bandit: emptyBandit, isPlateau }, 16, random);
    const name = drawn?.operator.name ?? "none";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe("a restart", () => {
  test("is never drawn while the search gains", () => {
    expect(draws(false, ["reflect", "step", "restart"])).not.toHaveProperty("restart");
  });

  test("is one turn in seven on a plateau", () => {
    const { restart = 0, reflect = 0 } = draws(true, ["reflect", "step", "restart"]);
    expect(Math.abs(restart - 150)).toBeLessThan(45);
    expect(reflect).toBeGreaterThan(restart);
  });

  test("is drawn at any time where nothing else applies, and a plateau without one changes nothing", () => {
    expect(draws(false, ["restart"])).toEqual({ restart: 1000 });
    expect(draws(true, ["reflect", "step"])).toEqual(draws(false, ["reflect", "step"]));
  });
});
