import { amount, data, Ending, text, type Data, type Desk, type Work } from "./desk.ts";
import { slashed } from "./moves.ts";
import { closing } from "./wording.ts";

/** An amount and what it is multiplied with to become another currency; 1 when it stays as it is. */
export interface Term {
  readonly amount: number;
  readonly rate: number;
}

/** Orders' totals in one currency, each at the rate of its own date, or however the model gets it wrong. */
export function* converted(
  desk: Desk,
  orders: readonly Data[],
  currency: string,
  today: string | undefined,
): Work<readonly Term[]> {
  const plain = orders.map((order) => ({ amount: amount(order, "total"), rate: 1 }));
  const foreign = orders.filter((order) => text(order, "currency") !== currency);
  if (foreign.length === 0 || desk.bites("skips-conversion", "exchange rate") || !desk.has("exchange_rate"))
    return plain;

  const late = today !== undefined && desk.bites("wrong-rate-date", "exchange rate");
  const queries = new Map(
    foreign.map((order): [string, Data] => {
      const date = late ? today : text(order, "date");
      return [`${text(order, "currency")} ${date}`, { from: text(order, "currency"), to: currency, date }];
    }),
  );
  if (desk.bites("wrong-date-format", "exchange rate")) {
    yield* desk.askAll(
      "exchange_rate",
      [...queries.values()].map((query) => ({ ...query, date: slashed(text(query, "date")) })),
    );
    if (!desk.recovers("exchange rate")) return plain;
  }
  const results = yield* desk.askAll("exchange_rate", [...queries.values()]);
  const rates = new Map(
    [...queries.keys()].map((key, index) => [
      key,
      amount(data(results[index] ?? { value: null, failed: true }), "rate"),
    ]),
  );
  return orders.map((order) => {
    const rate = rates.get(`${text(order, "currency")} ${late ? today : text(order, "date")}`);
    return { amount: amount(order, "total"), rate: rate === undefined || rate === 0 ? 1 : rate };
  });
}

/** What the terms come to after a discount: with the calculator, or in the head, where a digit slips. */
export function* total(desk: Desk, terms: readonly Term[], percentOff: number): Work<number> {
  const careless = desk.bites("careless-rounding", "amounts");
  const rate = (term: Term): number => (careless ? Number(term.rate.toFixed(term.rate < 0.2 ? 2 : 1)) : term.rate);
  const factor = percentOff === 0 ? "" : ` * (100 - ${percentOff}) / 100`;
  const sum = terms.map((term) => (term.rate === 1 ? `${term.amount}` : `${term.amount} * ${rate(term)}`)).join(" + ");
  if (!desk.bites("mental-arithmetic", "calculate")) {
    const expression = `round(${factor === "" || terms.length === 1 ? sum : `(${sum})`}${factor}, 2)`;
    const result = data(yield* desk.ask("calculate", { expression }))["result"];
    if (typeof result === "number") return result;
  }
  const exact = terms.reduce((part, term) => part + term.amount * rate(term), 0) * (1 - percentOff / 100);
  return slipped(desk, exact);
}

/** One digit before the point is another one. */
function slipped(desk: Desk, exact: number): number {
  const random = desk.mind.random("slip");
  const places = Math.max(1, Math.floor(Math.log10(Math.max(1, exact))) + 1);
  const slip = random.pick([1, 2, 3, -1]) * 10 ** random.int(Math.min(2, places));
  return Math.round(Math.max(1, exact + slip) * 100) / 100;
}

/** Days from one date to another: with the tool, or counted in the head, and wrongly. */
export function* daysFrom(desk: Desk, from: string, to: string): Work<number> {
  if (!desk.bites("mental-dates", "days") && desk.has("days_between")) {
    if (desk.bites("wrong-date-format", "days")) {
      yield* desk.ask("days_between", { from: slashed(from), to: slashed(to) });
      yield* desk.ask("days_between", { from: from.replaceAll("-", "/"), to: to.replaceAll("-", "/") });
      if (!desk.recovers("days"))
        throw new Ending(closing(desk, `The dates are ${from} and ${to}, but I could not count the days`, "unknown"));
    }
    const { days } = data(yield* desk.ask("days_between", { from, to }));
    if (typeof days === "number") return days;
  }
  const exact = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return Math.max(0, exact + desk.mind.random("days").pick(exact > 15 ? [-3, -2, 2, 4] : [1, 1, -1, 2]));
}
