import type { AlleleError } from "../base/index.ts";

/** Failures in a row, none succeeding between them, after which the outside counts as down. At a failure rate of one in ten this is one chance in 100,000. */
const failuresInARow = 5;

/** These do not pass: the provider has already retried what can be retried. */
const permanent = ["model-unreachable", "model-unauthorized", "model-not-found"];

/** Tells an outage from single failures, over all batches of an evaluator, so that a dead model does not burn the budget. */
export interface Circuit {
  succeeded(): void;
  /** The error to stop with when this failure means that the outside is down, else undefined. */
  failed(error: AlleleError): AlleleError | undefined;
}

export function makeCircuit(): Circuit {
  let inARow = 0;
  return {
    succeeded: () => {
      inARow = 0;
    },
    failed: (error) => {
      inARow += 1;
      return inARow >= failuresInARow || permanent.includes(error.code) ? error : undefined;
    },
  };
}
