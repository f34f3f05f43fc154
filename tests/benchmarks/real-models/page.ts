import { mean, standardDeviation } from "../../../src/statistics/index.ts";
import { allFound, type Arm, type Control, type Evolved, type Found, type Killed } from "./found.ts";
import { realTasks } from "./tasks.ts";

/** What the studies that were run have found; `tests/benchmarks/real-models/run.ts` runs them, docs/benchmarks/real-models.json keeps what they found. */
export async function realModels(): Promise<string> {
  const { studies: found, killed } = allFound();
  const evolved = found.flatMap((one) => (one.evolved === undefined ? [] : [{ ...one, arm: one.evolved }]));
  const bySize = [...Map.groupBy(found, ({ sizes }) => JSON.stringify(sizes)).values()].toSorted(
    ([a], [b]) => (b?.sizes.search ?? 0) - (a?.sizes.search ?? 0),
  );
  return [
    "# A real model on real data",
    intro,
    ...bySize.flatMap(scores),
    missing(found),
    ...(killed === undefined ? [] : [killedSentence(killed)]),
    "## Is it a gain, or one answer to everything?",
    "A score can rise because the agent always gives the commonest answer. *Most frequent* is what that would score, where the answers are a closed set; the other columns say how much of the test got the answer that was given most.",
    tableOf(
      "task | rollouts allowed | most frequent | plain gives most | evolved gives most",
      evolved.map(({ task, sizes, mostFrequent, plain, arm }) => [
        task,
        String(sizes.search),
        mostFrequent === undefined ? "-" : mostFrequent.toFixed(3),
        plain.mostGiven.toFixed(3),
        arm.mostGiven.toFixed(3),
      ]),
    ),
    "Where the answer is written, the gain is first of all its form: the plain prompt gets whole sentences, which the checks do not take, and examples end that where the instruction does not. bigger-number and larger-animal name two candidates each, so that a guess in the right form scores about a half: what they gain is the form alone. The right plural, first letter or number in words takes more than form.",
    "## What was changed",
    tableOf(
      "task | rollouts allowed | gene | new value",
      evolved.flatMap(({ task, sizes, arm }) =>
        Object.entries(arm.changed).map(([gene, value]) => [task, String(sizes.search), `\`${gene}\``, code(value)]),
      ),
    ),
    "Which operators made them, over all tasks:",
    operatorTable(evolved),
    "## Cost",
    tableOf(
      "task | rollouts allowed | rollouts of the search | tokens, test included | seconds, test included | commit",
      evolved.map(({ task, sizes, arm }) => [
        task,
        String(sizes.search),
        String(arm.rollouts),
        String(arm.tokens),
        String(Math.round(arm.seconds)),
        arm.commit ?? "not noted",
      ]),
    ),
    ...earlier(found),
    "Money: nothing, the model is local. Seconds are of a busy machine with two cores, of which the model had one at most. *Commit* is the last one that changed the search.",
    whyNoise,
    didNotHelp,
  ].join("\n\n");
}

const intro = [
  "SmolLM2-135M-Instruct alone: no reflection model. llama.cpp through node-llama-cpp 3.22.1, one thread; the weights of the published Q4_1 file written as Q8_0, which a processor reads twice as fast (`tests/benchmarks/real-models/model.ts`). The plain prompt is what somebody would write first. Where the answers are a closed set the answer is the likeliest of them; elsewhere it is written, at most 16 tokens.",
  "All arms start from the plain prompt and are judged on the same sealed test tasks, paired with it; every cell shows the test score, the gain with its 95 % interval, and the rollouts of the search. *Evolved*: `evolve` with `reflection: none`. *Random*: the best on validation of twenty prompts made of one to six random proposals of the same operators, for the same budget. *GEPA*: its published search (`tests/benchmarks/landscape/controls.ts`) with the same operators' proposals and budget. *Ahead*, where it was measured: the evolved agent's score minus that arm's, paired on the same tasks.",
  `Random seed 0, one run each, nothing configured but the models. sst2, subj and sms-spam hold as many tasks of every answer. The tasks were chosen, and operators bettered, by probes on training tasks alone. Data are imported from their sources and are no part of the project.`,
].join("\n\n");

/** Table and summary of the studies of one size. */
function scores(found: readonly Found[]): readonly string[] {
  const [first] = found;
  if (first === undefined) return [];
  const { train, validation, test, search: allowed } = first.sizes;
  const evolved = found.flatMap((one) => (one.evolved === undefined ? [] : [{ ...one, arm: one.evolved }]));
  const above = evolved.filter(({ arm }) => arm.interval[0] > 0).length;
  const promotedLosses = evolved.filter(({ arm }) => arm.promoted && arm.difference < 0).length;
  return [
    `## ${allowed} rollouts for each search`,
    `Up to ${train} training tasks, ${validation} of validation and ${test} sealed, as many as the set holds.`,
    tableOf(
      "task | test tasks | plain | evolved | promoted | best of 20 random | GEPA's search",
      found.map((one) => [
        one.task,
        String(one.n),
        one.plain.score.toFixed(3),
        cell(one.evolved),
        one.evolved === undefined ? "" : one.evolved.promoted ? "yes" : "no",
        cell(one.random),
        cell(one.gepa),
      ]),
    ),
    `The interval of *evolved* is above zero on ${above} of ${evolved.length} tasks (target: five of seven). Promoted and lost: ${promotedLosses}. ${besides(evolved)}`,
  ];
}

const whyNoise = `## Where the search by a head loses

Until commit 904975f a search without a reflection model was the one with it: a head, screens of a dozen training tasks, checks on 24 validation tasks. On sst2 with 1,500 rollouts it gained nothing: the finalist was the seed, at 0.582, where the best of twenty random prompts has 0.748. Its journal says why. \`answering: balanced\`, worth 0.1 alone (below), came into the head at the 263rd rollout, on the labels \`1\` and \`2\`, which themselves had passed a check with 13 of 24 against 11. With a further change beside it the head had 11 of 24 against 14 at the next check, and by the 375th \`balanced\` was given up again, as a step that passed its screen of twelve tasks. Of eleven checks five found the head ahead, by two to four tasks of 24; in the races that followed, on 24 to 48 tasks, none of the five was told from the seed. Two agents that are right on different tasks four times in ten differ by chance alone with a standard deviation of three in 24 tasks, so such a check decides little, and the sixteen children that took part were each let in by at most a dozen tasks. Earlier commits came to 0.648 with this budget, and to 0.583, 0.717 and 0.753 with 700 rollouts: one run says little of a search, and that it can end with nothing says enough.

So the search is another one now ([how](../measurement.md#without-a-reflection-model)), measured before in [planted worlds](alone.md) and, in a first version, on this drawing of sst2 (0.744) and on another of sst2 and trec with 700 rollouts. It costs time: with 1,500 rollouts some eighty genomes are measured, and of each its instruction, its examples and the known tasks of \`balanced\` are read before its first task. On five tasks the first eight tasks of a genome took 33 to 64 % of the seconds of a search, for 43 to 50 % of its rollouts; to keep in memory what was read of genomes that are returned to would save a part of the rest.

## Where the search by belief is not ahead

trec, 1,500 rollouts: 0.584 where the best of twenty random prompts has 0.638. On 152 validation tasks the finalist scores 0.664. Of the sealed tasks 138 ask for a description, 117 of them in the form "What is X?" with at most six words; of the 57 such validation tasks nine do. On validation it finds 17 of 30 descriptions, on the test 27 of 138; on all other kinds together it scores 0.69 and 0.73. The source's test is made of other questions than its training rows, and no search that sees only the latter can know.

bigger-number, 1,500 rollouts: 0.481 where random prompts have 0.519 and GEPA's search 0.528. Whoever answers in the right form is right half of the time and no prompt found here makes the model compare: the five finalists that were measured longest have 0.52 to 0.55 on validation, and which half an agent gets is what is left to choose by. The evolved agent is behind the random one by 0.038 [0.020, 0.064].

word-after, 1,500 rollouts: 0.227 where GEPA's search has 0.259 and random prompts 0.232; with 375 tasks that is not told from chance. Of the first eight validation tasks, on which every new genome is measured, hardly any prompt gets more than one right, so they tell little of a new one. New genomes that begin at other blocks in turn were tried in planted worlds and were no better ([measurement](../measurement.md#without-a-reflection-model)).

sst2, 700 rollouts: 0.623, not told from the plain prompt and so not promoted, where random prompts have 0.717 and GEPA's search 0.757. \`answering: balanced\` was in none of the first fifteen genomes measured beside the seed, and in four of the 43 in all, each measured on eight tasks; the finalist goes without it and has 0.596 on 104 validation tasks. With 1,500 rollouts \`balanced\` was met as late, and measured on up to 160 tasks in the end.

bigger-number, 700 rollouts: 0.387 where random prompts have 0.493 and GEPA's search 0.520. The three genomes measured longest were right on six of the first eight validation tasks and on about three of every further eight, 0.40 to 0.42 in all; they resemble each other, and five genomes with 0.50 on sixteen tasks were not measured further. A last part among twelve finalists or among all instead of four was tried for that, and made no difference in planted worlds.

Beside the last runs by a head, the search by belief is higher on sst2 and sms-spam and lower on word-after and bigger-number with 1,500 rollouts (in the mean over the four by 0.064), higher on first-letter, larger-animal and number-words and lower on plural, sst2, trec and bigger-number with 700 (lower in the mean over the seven by 0.023).

So single runs can end far behind. In planted worlds, also in those drawn with the spreads of these very tasks, the search by belief is ahead of all others in the mean ([measurement](../measurement.md#without-a-reflection-model)). How often it is on real tasks, several runs of each would say; one more of every arm takes about four hours on two cores, by estimate.`;

const didNotHelp = `## What did not help

By probes on 60 training tasks of each set, before the runs:

- Calibration by an empty task ("N/A"): sst2 0.55 instead of 0.57, subj 0.55 instead of 0.57, sms-spam 0.42 instead of 0.45. Known tasks in its place (\`answering: balanced\`, 16 of them) bring sst2 to 0.68, and 0.75 in another input form. That is where the operator \`step\` goes now.
- Other words for the answers, one at a time: on sst2 between 0.48 and 0.63, none better than balancing.
- Examples on sst2, balanced over the answers: 0.48 to 0.62 without balancing, 0.62 to 0.70 with it, which is not more than balancing alone.
- Telling the model to give only the answer: it goes on in whole sentences. One example does what the instruction does not; eight do more than four on most of the tasks, not on all.
- Tasks that stay out of reach of 135 million parameters whatever the prompt: antonyms (0 of 20 with eight examples), sums (0 of 20), French (0.15), the word most associated (0.15).`;

function killedSentence({ task, rollouts, killedAfter, events, same }: Killed): string {
  return `A run of \`evolve\` on ${task} with ${rollouts} rollouts, its process killed after ${killedAfter} of them and resumed, beside one that was left alone (\`tests/benchmarks/real-models/killed.ts\`): ${same ? `the same ${events} events, byte for byte` : "the journals differ"}.`;
}

function missing(found: readonly Found[]): string {
  const names = ["evolved", "random", "gepa"] as const;
  const cells = realTasks.flatMap(({ name }) => {
    const own = found.filter(({ task }) => task === name);
    const lacks = own.map((one) => ({ sizes: one.sizes, arms: names.filter((arm) => one[arm] === undefined) }));
    if (own.length === 0) return [`${name}: all`];
    return lacks
      .filter(({ arms }) => arms.length > 0)
      .map(({ sizes, arms }) => `${name} (${sizes.search}): ${arms.join(", ")}`);
  });
  const large = realTasks.filter(({ name }) => !found.some(({ task, sizes }) => task === name && sizes.test >= 500));
  const small = `Not run with 1,500 rollouts and up to 300 validation and 500 sealed tasks, because the set holds about a hundred of each or for lack of time: ${large.map(({ name }) => name).join(", ")}.`;
  return cells.length === 0
    ? small
    : `Not run yet: ${cells.join("; ")}. \`node tests/benchmarks/real-models/run.ts\` goes on where it ended. ${small}`;
}

function earlier(found: readonly Found[]): readonly string[] {
  const rows = found.flatMap((one) =>
    (one.earlier ?? []).map((arm) => [one.task, String(one.sizes.search), arm.commit ?? "not noted", cell(arm)]),
  );
  if (rows.length === 0) return [];
  return ["What *evolved* came to at earlier commits:", tableOf("task | rollouts allowed | commit | evolved", rows)];
}

function besides(evolved: readonly (Found & { readonly arm: Evolved })[]): string {
  const sentence = (name: string, arms: readonly (readonly [Arm, Arm])[]): string => {
    if (arms.length === 0) return "";
    const count = (holds: (own: Arm, other: Arm) => boolean): number =>
      arms.filter(([own, other]) => holds(own, other)).length;
    const better = count((own, other) => own.score > other.score + 1e-9);
    const equal = count((own, other) => Math.abs(own.score - other.score) <= 1e-9);
    const ahead = arms.map(([own, other]) => own.score - other.score);
    const error = standardDeviation(ahead) / Math.sqrt(ahead.length);
    return `Beside ${name}, on ${arms.length} tasks: higher test score on ${better}, equal on ${equal}, lower on ${arms.length - better - equal}; in the mean over the tasks ${signed(mean(ahead))} (standard error ${error.toFixed(3)}).`;
  };
  const beside = (name: "random" | "gepa"): readonly (readonly [Arm, Arm])[] =>
    evolved.flatMap((one) => {
      const other = one[name];
      return other === undefined ? [] : [[one.arm, other] as const];
    });
  return `${sentence("the best of 20 random prompts", beside("random"))} ${sentence("GEPA's search", beside("gepa"))}`.trim();
}

function cell(arm: Arm | Control | undefined): string {
  if (arm === undefined) return "not run";
  const gain = (difference: number, [low, high]: readonly [number, number]): string =>
    `${signed(difference)} [${signed(low)}, ${signed(high)}]`;
  const { evolvedAhead: ahead }: Control = arm;
  const besideIt = ahead === undefined ? "" : `; ahead ${gain(ahead.difference, ahead.interval)}`;
  return `${arm.score.toFixed(3)}, ${gain(arm.difference, arm.interval)}, ${arm.rollouts}${besideIt}`;
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
}

function operatorTable(evolved: readonly { readonly arm: Evolved }[]): string {
  const sums = new Map<string, { children: number; ancestors: number }>();
  for (const { operator, children, ancestors } of evolved.flatMap(({ arm }) => arm.operators)) {
    if (ancestors === undefined) continue;
    const sum = sums.get(operator) ?? { children: 0, ancestors: 0 };
    sums.set(operator, { children: sum.children + children, ancestors: sum.ancestors + ancestors });
  }
  const rows = [...sums].toSorted(([, a], [, b]) => b.ancestors - a.ancestors || b.children - a.children);
  return tableOf(
    "operator | children measured | that a finalist descends from",
    rows.map(([operator, { children, ancestors }]) => [`\`${operator}\``, String(children), String(ancestors)]),
  );
}

function tableOf(head: string, rows: readonly (readonly string[])[]): string {
  const rule = head.replaceAll(/[^|]+/g, " --- ").trim();
  return [head, rule, ...rows.map((row) => row.join(" | "))].map((line) => `| ${line} |`).join("\n");
}

function code(text: string): string {
  return `\`${text.replaceAll("\n", "⏎").replaceAll("|", "\\|")}\``;
}
