/** By row. */
export type Matrix = readonly Float64Array[];

/**
 * The lower triangle L with L Lᵀ = a symmetric positive definite matrix, of which the lower triangle is read (Golub & Van Loan 2013, section 4.2).
 * What is above the diagonal in the answer has no meaning. Throws RangeError for any other matrix.
 */
export function lowerRoot(matrix: Matrix): Matrix {
  const root = matrix.map((row) => Float64Array.from(row));
  for (const [j, own] of root.entries()) {
    const square = (own[j] as number) - dot(own, own, j);
    if (!(square > 0)) throw new RangeError("the matrix is not positive definite");
    own[j] = Math.sqrt(square);
    for (let i = j + 1; i < root.length; i++) {
      const row = root[i] as Float64Array;
      row[j] = ((row[j] as number) - dot(row, own, j)) / own[j];
    }
  }
  return root;
}

/** Solves L x = b. */
export function fromLower(root: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (const [i, row] of root.entries()) x[i] = ((x[i] as number) - dot(row, x, i)) / (row[i] as number);
  return x;
}

/** Solves Lᵀ x = b. */
export function fromUpper(root: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = root.length - 1; i >= 0; i--) {
    const row = root[i] as Float64Array;
    const value = (x[i] as number) / (row[i] as number);
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = (x[k] as number) - (row[k] as number) * value;
  }
  return x;
}

/** The inverse of L Lᵀ. */
export function inverse(root: Matrix): Matrix {
  return root.map((_, i) => {
    const unit = new Float64Array(root.length);
    unit[i] = 1;
    return fromUpper(root, fromLower(root, unit));
  });
}

/** Sum over the first `length` members. */
function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
