import type { Installed } from "./install.ts";

interface PageParts {
  readonly installed: Readonly<Record<string, Installed>>;
  /** Each with its heading. */
  readonly comparisons: readonly string[];
  readonly timed: string | undefined;
  readonly shares: string | undefined;
  readonly latency: { readonly task: number; readonly reflection: number };
  readonly budget: number;
  readonly workers: number;
  readonly arena: string;
}

/** The page of the benchmark, docs/benchmarks/peers.md. */
export function page(parts: PageParts): string {
  const { installed, comparisons, timed, shares, latency, budget, workers, arena } = parts;
  const versions = Object.entries(installed).map(
    ([name, found]) => `- ${name}: ${"version" in found ? found.version : `not installed: ${found.missing}`}`,
  );
  return `${[
    "# Peers, side by side",
    "Figures of the simulated model: they compare searches, not how a real model would score.",
    "## How it is measured",
    setUp.join("\n"),
    versions.join("\n"),
    "## Sealed test at equal rollouts",
    ...comparisons,
    ...(timed === undefined
      ? []
      : [
          "## Wall clock",
          `${arena}, ${budget} rollouts, ${workers} rollouts at once; a rollout takes ${latency.task} ms, a reflection ${latency.reflection / 1000} s, in real time at the server. The time to a score is that at which the candidate that would be handed over truly has it (the best on validation so far; for Allele with luck taken off); "never" where at least half of the seeds do not come there. Busy is the time that rollouts took, as a share of the time of ${workers} workers. What is asked again and known already is answered at once.`,
          timed,
        ]),
    ...(shares === undefined ? [] : ["## Useful edits by form of request", shares]),
    "## Run it",
    howTo,
    `Written on ${new Date().toISOString().slice(0, 10)} by \`npm run bench:peers\` with Node ${process.versions.node}.`,
  ].join("\n\n")}\n`;
}

const setUp = [
  "- *desk* is the agent set: tools, many turns; a peer evolves its prompts, rules and tool descriptions (17 texts). *triage* is one turn with a single prompt in three parts. *planted* is a landscape of [landscape-efficiency](landscape-efficiency.md) behind the same endpoints, another one for each seed: one text of twenty parts whose worth is known, so its column shows the true score instead of a test score.",
  "- Every optimizer gets the same agent through [the evaluation endpoint](../eval-server.md) (candidate and task ids in, scores and feedback out), and the same reflection model through an OpenAI-compatible endpoint; rollouts and reflections are counted there. What a library counts itself is not used. Of Allele the journal is counted; in the wall-clock comparison and in the tests the endpoint's count agrees with it.",
  "- *Text genes* are those that can be written as text. All peers and the first row evolve these and nothing else. *All genes* lets Allele evolve examples, strategy and the set of tools as well.",
  "- The budget is in rollouts on train and validation, asked for or repeated. What a peer has begun within it is finished, nothing begins after it. Allele never goes over it, and the sealed test that ends its runs comes on top.",
  "- Each final candidate is measured by Allele on the sealed test, which no search sees: the same tasks for all. Differences are paired over tasks and seeds; intervals are 95 % bootstrap intervals over seeds.",
  "- Seeds are 0, 1, 2, ... of the optimizer. The simulated model is the same one in all runs (seed 0); who sends no sampling seed gets other reflections in each run, and whenever it asks the same again.",
  "- GEPA: `gepa.optimize` with its defaults; in parallel with `PxNSampling(4, 4)` and an adapter that evaluates together. AxGEPA: its defaults, but rounds and patience without bound, so that the budget ends it, an adapter, without which it runs one task after another, validation tasks in an order that mixes their kinds, since it uses the first sixty, and a mark in place of an empty text, on which it gives up. dsts: its defaults; it stops after five rejections in a row and is then continued from its checkpoint, and it counts a part of its rollouts only, so the server's count ends it.",
  "- Each peer is told in the same words what each text is. The simulated model understands every form of request: [below](#useful-edits-by-form-of-request).",
];

const howTo = `\`npm run bench:peers\` installs the peers into \`.bench/\` (a Python environment for gepa, an npm folder for the others) when they are not there, searches, and writes this page; results are kept there and measured again only when what they depend on has changed. A peer that cannot be installed is named with the reason. \`--only allele,allele-everything\` searches with Allele alone; \`--tasks\`, \`--seeds\`, \`--budgets\`, \`--clock-seeds\` and \`--share\` make it smaller (\`--help\`). Of all that is not searched anew the kept results are shown, with a remark where the code has changed since. \`node tests/benchmarks/reflection-share.ts 300\` measures the useful edits alone.`;
