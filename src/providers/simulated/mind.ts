import { makeRandom } from "../../base/index.ts";
import { draw, fingerprint, normalQuantile } from "./draw.ts";
import type { HabitParameters, SimulatedParameters } from "./parameters.ts";
import { balance, discord, noHeed, type Heed, type Heeds } from "./reading/heed.ts";
import type { PromptReading } from "./reading/reading.ts";
import type { HabitName } from "./skills/habit-name.ts";
import type { Mind } from "./skills/skill.ts";

/** All that a model's behaviour in one conversation depends on. */
export interface MindInputs {
  readonly parameters: SimulatedParameters;
  readonly reading: PromptReading;
  /** What the plan in view teaches; undefined without a plan. */
  readonly plan: Heeds | undefined;
  readonly request: string;
  /** Everything that is shown to the model besides the request: the part of its luck that is the prompt's own. */
  readonly prompt: string;
  readonly seed: number;
  readonly temperature: number;
  /** Of the request to the model; told apart only at a temperature above 0. */
  readonly sampleSeed: number | undefined;
}

export function makeMind(inputs: MindInputs): Mind {
  const { parameters, reading, plan, request, seed, temperature, sampleSeed } = inputs;
  const { draws } = parameters;
  const prompt = fingerprint(inputs.prompt);
  const sample = temperature > 0 ? String(sampleSeed ?? 0) : undefined;
  const known = new Map<string, boolean>();
  const decide = (habit: HabitName, site: string): boolean => {
    const { probability, noise } = disposition(inputs, habit, site);
    const slipped = normalQuantile(probability) + draws.temperatureSlip * temperature;
    const shares = {
      item: draws.item * (1 - 0.5 * noise),
      request: draws.request,
      bearing: draws.bearing,
      sample: draws.sample * Math.min(1, temperature),
    };
    const bearing = `${reading.bearing(habit)} ${plan === undefined ? "" : "planned"}`;
    return draw({ request, habit, site, bearing, prompt, seed, sample }, shares) < slipped;
  };
  return {
    planned: inputs.plan !== undefined,
    bites: (habit, site = "") => {
      const key = `${habit}\n${site}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const bites = decide(habit, site);
      known.set(key, bites);
      return bites;
    },
    random: (site) => makeRandom(`${seed}\n${request}\n${prompt}\n${sample ?? ""}\n${site}`),
  };
}

/** How likely a habit bites, and how much contradiction there is about it. */
export function disposition(
  { parameters, reading, plan }: Pick<MindInputs, "parameters" | "reading" | "plan">,
  habit: HabitName,
  site: string,
): { readonly probability: number; readonly noise: number } {
  const figures = parameters.habits[habit];
  const heeds = {
    words: joined(reading.words.get(habit), plan?.get(habit)),
    tools: reading.tools(habit, site),
    demos: reading.demos.get(habit) ?? noHeed,
  };
  const words = balance(heeds.words);
  const tools = balance(heeds.tools);
  const planned = plan === undefined ? 0 : 1;
  const mending =
    figures.words * words +
    figures.tools * tools +
    figures.demos * balance(heeds.demos) +
    figures.plan * planned +
    figures.together * together(figures.pair, words, tools, planned);
  return { probability: probabilityAfter(figures, mending), noise: discord(heeds.words) };
}

/** `mending` 0: plain, 1: mended, -1: worst; straight between. */
function probabilityAfter({ plain, mended, worst }: HabitParameters, mending: number): number {
  return mending >= 0
    ? plain + (mended - plain) * Math.min(1, mending)
    : plain + (worst - plain) * Math.min(1, -mending);
}

function together(pair: HabitParameters["pair"], words: number, tools: number, plan: number): number {
  switch (pair) {
    case undefined:
      return 0;
    case "words+plan":
      return Math.max(0, Math.min(words, plan));
    case "tools+plan":
      return Math.max(0, Math.min(tools, plan));
    case "words+tools":
      return Math.max(0, Math.min(words, tools));
  }
}

/** The steps of a plan that the model wrote itself count a quarter of an instruction. */
function joined(prompt: Heed | undefined, plan: Heed | undefined): Heed {
  const own = prompt ?? noHeed;
  if (plan === undefined) return own;
  return { pro: 1 - (1 - own.pro) * (1 - plan.pro / 4), contra: Math.max(own.contra, plan.contra / 4) };
}
