/** Enough for the means to settle: each round takes off most of what is left. */
const rounds = 50;

/**
 * By how much each choice is preferred (natural logarithm): with these taken off, its probability over the rows is in the mean the share of rows in
 * which it is right, each choice counted once more than it is, so that one that is never right is not shut out. The maximum-likelihood intercepts of
 * a logistic model, by iterative scaling (Darroch, Ratcliff 1972). Rows hold the log-probabilities of all choices; `right` the position of the right one.
 */
export function leanOf(rows: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const choices = rows[0]?.length ?? 0;
  const shares = Array.from(
    { length: choices },
    (_, choice) => (1 + right.filter((one) => one === choice).length) / (rows.length + choices),
  );
  let lean: readonly number[] = shares.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const sums = rows.reduce<readonly number[]>(
      (total, row) => {
        const p = softmax(row.map((value, i) => value - (lean[i] ?? 0)));
        return total.map((sum, i) => sum + (p[i] ?? 0));
      },
      shares.map(() => 0),
    );
    lean = lean.map(
      (value, i) => value + Math.log(Math.max(Number.MIN_VALUE, sums[i] ?? 0) / rows.length / (shares[i] ?? 1)),
    );
  }
  return lean;
}

function softmax(values: readonly number[]): readonly number[] {
  const greatest = Math.max(...values);
  const weights = values.map((value) => Math.exp(value - greatest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
