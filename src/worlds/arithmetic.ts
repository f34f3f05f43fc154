/** The value of an expression of numbers, + - * / and brackets, rounded to two decimals. Throws an Error for anything else. */
export function calculate(expression: string): number {
  const tokens = expression.match(/\d+(?:\.\d+)?|\.\d+|[-+*/()]|\S/g) ?? [];
  let at = 0;
  const take = (...wanted: readonly string[]): string | undefined => {
    const token = tokens[at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    at += 1;
    return token;
  };
  const sum = (): number => {
    let value = product();
    for (let sign = take("+", "-"); sign !== undefined; sign = take("+", "-")) {
      value += (sign === "+" ? 1 : -1) * product();
    }
    return value;
  };
  const product = (): number => {
    let value = factor();
    for (let sign = take("*", "/"); sign !== undefined; sign = take("*", "/")) {
      const next = factor();
      value = sign === "*" ? value * next : value / next;
    }
    return value;
  };
  const factor = (): number => {
    if (take("-") !== undefined) return -factor();
    if (take("+") !== undefined) return factor();
    if (take("(") !== undefined) {
      const value = sum();
      if (take(")") === undefined) throw new Error("a bracket is missing");
      return value;
    }
    const value = Number(tokens[at] ?? "nothing");
    if (Number.isNaN(value)) throw new Error(`"${tokens[at] ?? "the end"}" is no number`);
    at += 1;
    return value;
  };
  const value = sum();
  if (at < tokens.length) throw new Error(`"${tokens[at]}" has no place here`);
  if (!Number.isFinite(value)) throw new Error("this divides by zero");
  return roundCents(value);
}

/** Rounded to hundredths; nothing has no sign. */
export function roundCents(value: number): number {
  return Math.round((value + Number.EPSILON) * 100) / 100 + 0;
}
