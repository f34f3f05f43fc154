import type { Sequence, Token } from "./binding.ts";

/**
 * The evaluated beginning of a conversation, in segments. A segment is always evaluated by itself, after the same segments, so that what is kept of it
 * does not depend on what was asked before: reuse changes the time a call takes and not one bit of its reply.
 */
export interface SequenceState {
  /** Leaves exactly these segments in the sequence, evaluating those that are not there. */
  hold(segments: readonly (readonly Token[])[]): Promise<void>;
  /** How many leading tokens of these segments are there already. */
  shared(segments: readonly (readonly Token[])[]): number;
  /** After an error nothing is known of the sequence. */
  forget(): Promise<void>;
}

export function makeSequenceState(sequence: Sequence): SequenceState {
  let held: readonly (readonly Token[])[] = [];
  const common = (segments: readonly (readonly Token[])[]): number => {
    const end = segments.findIndex((segment, i) => !equal(segment, held[i]));
    return end === -1 ? segments.length : end;
  };
  const shared: SequenceState["shared"] = (segments) => lengthOf(segments.slice(0, common(segments)));
  return {
    shared,
    hold: async (segments) => {
      const kept = common(segments);
      const start = lengthOf(segments.slice(0, kept));
      held = [];
      if (start === 0) await sequence.clearHistory();
      else if (sequence.nextTokenIndex > start)
        await sequence.eraseContextTokenRanges([{ start, end: sequence.nextTokenIndex }]);
      for (const segment of segments.slice(kept)) await sequence.evaluateWithoutGeneratingNewTokens(segment);
      held = segments;
    },
    forget: async () => {
      held = [];
      await sequence.clearHistory();
    },
  };
}

export function lengthOf(segments: readonly (readonly Token[])[]): number {
  return segments.reduce((sum, { length }) => sum + length, 0);
}

function equal(a: readonly Token[], b: readonly Token[] | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((token, i) => token === b[i]);
}
