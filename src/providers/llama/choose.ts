import type { Sequence, Token } from "./binding.ts";
import type { SequenceState } from "./state.ts";

/** What is asked for: what has been said, in segments; the last one is always evaluated anew, since its last token says what comes next. */
export interface Prompt {
  readonly segments: readonly (readonly Token[])[];
  readonly last: readonly Token[];
}

/** The natural logarithm of the probability of each choice, token by token, as the answer to a prompt. */
export async function logProbabilities(
  sequence: Sequence,
  state: SequenceState,
  { segments, last }: Prompt,
  choices: readonly (readonly Token[])[],
): Promise<readonly number[]> {
  await state.hold(segments);
  const firsts = choices.map(([first = 0]) => first);
  const [first = new Map<Token, number>()] = await next(sequence, last, [[last.length - 1, firsts]]);
  const base = sequence.nextTokenIndex;
  const results: number[] = [];
  for (const choice of choices) {
    let sum = first.get(choice[0] ?? 0) ?? Number.NEGATIVE_INFINITY;
    if (choice.length > 1) {
      const wanted = choice.slice(1).map((token, i): readonly [number, readonly Token[]] => [i, [token]]);
      const steps = await next(sequence, choice.slice(0, -1), wanted);
      sum += steps.reduce((total, step, i) => total + (step.get(choice[i + 1] ?? 0) ?? Number.NEGATIVE_INFINITY), 0);
      await sequence.eraseContextTokenRanges([{ start: base, end: sequence.nextTokenIndex }]);
    }
    results.push(sum);
  }
  return results;
}

/** Evaluates tokens; after each position asked for, the log-probabilities of the tokens asked for there. */
async function next(
  sequence: Sequence,
  tokens: readonly Token[],
  wanted: readonly (readonly [position: number, tokens: readonly Token[]])[],
): Promise<readonly ReadonlyMap<Token, number>[]> {
  const asked = new Map(wanted);
  const input = tokens.map((token, i) => {
    const filter = asked.get(i);
    if (filter === undefined) return token;
    const logits = { filter: { tokens: [...new Set(filter)], includeMax: true } };
    return [token, { generateNext: { logits, totalLogitWeight: true } }] as const;
  });
  const output = await sequence.controlledEvaluate(input);
  return wanted.map(([position]) => {
    const found = output[position]?.next;
    if (found === undefined) return new Map();
    const greatest = Math.max(...found.logits.values());
    const total = Math.log(found.totalLogitWeight);
    return new Map([...found.logits].map(([token, logit]) => [token, logit - greatest - total]));
  });
}
