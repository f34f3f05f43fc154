/**
 * The value of an expression of decimal numbers, + - * / ( ) and round(x, n). Throws an Error that says where it stops
 * being one. Grammar: sum = product (("+"|"-") product)*; product = sign (("*"|"/") sign)*; sign = "-"* atom.
 */
export function calculate(expression: string): number {
  const tokens = expression.match(/\d+(?:\.\d+)?|\.\d+|[a-z]+|[^\s]/gi) ?? [];
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;
  const demand = (token: string): void => {
    if (!take(token)) throw new Error(`Expected "${token}" ${place()}.`);
  };
  const place = (): string => (at < tokens.length ? `before "${tokens.slice(at).join(" ")}"` : "at the end");

  const sum = (): number => {
    let value = product();
    for (;;) {
      if (take("+")) value += product();
      else if (take("-")) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    let value = sign();
    for (;;) {
      if (take("*")) value *= sign();
      else if (take("/")) value /= divisor(sign());
      else return value;
    }
  };
  const sign = (): number => (take("-") ? -sign() : atom());
  const atom = (): number => {
    const token = tokens[at] ?? "";
    if (/^[\d.]/.test(token) && token !== ".") {
      at++;
      return Number(token);
    }
    if (take("(")) {
      const value = sum();
      demand(")");
      return value;
    }
    if (take("round")) {
      demand("(");
      const value = sum();
      const digits = take(",") ? sum() : 0;
      demand(")");
      return roundTo(value, digits);
    }
    throw new Error(`Expected a number ${place()}.`);
  };

  const value = sum();
  if (at < tokens.length) throw new Error(`Expected + - * / ${place()}.`);
  return value;
}

/** Half away from zero, so that 0.125 becomes 0.13 as on paper. */
function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.round(Math.abs(value) * scale * (1 + Number.EPSILON))) / scale;
}

function divisor(value: number): number {
  if (value === 0) throw new Error("Division by zero.");
  return value;
}
