import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calculate } from "../../datasets/desk/tools/calculator.ts";
import { daysBetween } from "../../datasets/desk/world/calendar.ts";
import { makeShop } from "../../datasets/desk/world/shop.ts";
import { first } from "./agent.ts";
import { desk, runScript, type Ask } from "./rollout.ts";

const seed = 5;
const shop = makeShop(seed);
const inWorld = (script: (ask: Ask) => void): readonly Readonly<Record<string, unknown>>[] =>
  runScript(
    seed,
    (ask) => {
      script(ask);
      return "";
    },
    ({ query }) => query?.("select tool, subject, identity_verified from changes") ?? [],
  );

describe("the worlds of desk", () => {
  test("the same seed gives the same world, another seed another one", () => {
    expect(makeShop(seed)).toEqual(shop);
    expect(makeShop(seed + 1).orders).not.toEqual(shop.orders);
  });

  test("what one rollout writes no other rollout sees", () => {
    const { customer_id } = first(shop.customers);
    expect(inWorld((ask) => ask("note_add", { customer_id, text: "hello" }))).toHaveLength(1);
    expect(inWorld(() => undefined)).toEqual([]);
  });

  test("a check can read the world but not write to it", () => {
    const world = desk.createWorld({ seed });
    expect(world.query?.("select count(*) as n from orders")).toEqual([{ n: shop.orders.length }]);
    expect(() => world.query?.("delete from orders")).toThrow("Only reading");
    world.close?.();
  });

  test("a world needs a seed and nothing else", () => {
    expect(() => desk.createWorld(undefined)).toThrow();
    expect(() => desk.createWorld({ seed, sneed: 1 })).toThrow("sneed");
  });

  test("every order's life is in order: placed, paid, shipped, delivered, none of it after today", () => {
    for (const { date, payments, shipment, status, total } of shop.orders) {
      const captured = payments.filter((payment) => payment.status === "captured");
      const dates = [date, captured[0]?.date, shipment?.shipped, shipment?.delivered].filter(
        (day) => day !== undefined,
      );
      expect(dates).toEqual(dates.toSorted());
      expect(dates.every((day) => day <= shop.today)).toBe(true);
      expect(shipment !== undefined).toBe(status === "shipped" || status === "delivered");
      if (captured.length > 0)
        expect(captured.reduce((sum, { amount }) => sum + amount, 0)).toBeGreaterThanOrEqual(total);
    }
  });
});

describe("the tools of desk", () => {
  test("all have the shortest of descriptions and a strict parameter schema", () => {
    expect(desk.tools).toHaveLength(17);
    for (const { description, parameters } of desk.tools) {
      expect(description.length).toBeLessThan(40);
      expect(parameters.safeParse({ nonsense: true }).success).toBe(false);
    }
  });

  test("a list has five orders on a page, newest first, and no page after the last", () => {
    inWorld((ask) => {
      const { pages, total, orders } = ask("order_search", {});
      expect([orders.length, total, pages]).toEqual([5, shop.orders.length, Math.ceil(shop.orders.length / 5)]);
      const dates = [1, 2, 3].flatMap((page) => ask("order_search", { page }).orders.map(({ date }) => date));
      expect(dates).toEqual(dates.toSorted().toReversed());
      expect(ask("order_search", { page: pages + 1 }).error).toContain("no page");
    });
  });

  test("a customer is found by whole words of the name or by the e-mail address, not by parts of words", () => {
    const { name, email, customer_id } = shop.customers[6] ?? first(shop.customers);
    inWorld((ask) => {
      const ids = (query: string): readonly string[] =>
        ask("customer_search", { query }).customers.map((customer) => customer.customer_id);
      expect(ids(name.toUpperCase())).toEqual([customer_id]);
      expect(ids(email)).toEqual([customer_id]);
      expect(ids(name.split(" ")[1] ?? "")).toContain(customer_id);
      expect(ids(name.slice(0, -1))).toEqual([]);
    });
  });

  test("a name, a date in another form or amounts as cents are refused with a reason", () => {
    const { order_id, currency } = first(shop.orders.filter(({ status }) => status === "delivered"));
    inWorld((ask) => {
      expect(ask("customer_lookup", { customer_id: "Leo Wallace" }).error).toContain("no customer");
      expect(ask("exchange_rate", { from: "USD", to: "EUR", date: "14.3.2026" }).error).toContain("date");
      expect(ask("exchange_rate", { from: "USD", to: "EUR", date: "2031-01-01" }).error).toContain("no rates");
      expect(ask("refund_issue", { order_id, amount: 999_900, currency, reason: "x" }).error).toContain("At most");
    });
  });

  test("an identity is verified by the address on file only, and writes remember whether it was", () => {
    const order = first(shop.orders.filter(({ status }) => status === "processing"));
    const { email } = first(shop.customers.filter(({ customer_id }) => customer_id === order.customer_id));
    const { order_id, customer_id } = order;
    const cancelAs = (address: string): readonly unknown[] =>
      inWorld((ask) => {
        ask("identity_verify", { customer_id, email: address });
        ask("order_cancel", { order_id, reason: "x" });
      });
    expect(cancelAs(email)).toEqual([{ tool: "order_cancel", subject: order_id, identity_verified: 1 }]);
    expect(cancelAs("someone@else.example")).toEqual([
      { tool: "order_cancel", subject: order_id, identity_verified: 0 },
    ]);
  });

  test("a refund is quoted without shipping, and after it was issued nothing is due", () => {
    const order = first(shop.orders.filter(({ status, refunded }) => status === "delivered" && refunded === 0));
    const { order_id, currency, total, shipping } = order;
    const changes = inWorld((ask) => {
      const { amount } = ask("refund_quote", { order_id });
      expect(Math.round(amount * 100)).toBe(total - shipping);
      expect(ask("refund_issue", { order_id, amount, currency, reason: "x" }).issued).toBe(true);
      expect(ask("refund_quote", { order_id }).amount).toBe(0);
    });
    expect(changes).toEqual([{ tool: "refund_issue", subject: order_id, identity_verified: 0 }]);
  });

  test("the rate back is the inverse of the rate there", () => {
    inWorld((ask) => {
      const there = ask("exchange_rate", { from: "USD", to: "GBP", date: "2025-05-05" }).rate;
      const back = ask("exchange_rate", { from: "GBP", to: "USD", date: "2025-05-05" }).rate;
      expect(there * back).toBeCloseTo(1, 5);
    });
  });
});

describe("the calculator", () => {
  interface Sum {
    readonly text: string;
    readonly value: number;
  }
  const operations = {
    "+": (a: number, b: number) => a + b,
    "-": (a: number, b: number) => a - b,
    "*": (a: number, b: number) => a * b,
  };
  const { sum } = fc.letrec<{ sum: Sum }>((tie) => ({
    sum: fc.oneof(
      { maxDepth: 5 },
      fc.integer({ min: 0, max: 5000 }).map((cents) => ({ text: (cents / 100).toFixed(2), value: cents / 100 })),
      fc
        .tuple(tie("sum"), fc.constantFrom("+", "-", "*"), tie("sum"))
        .map(([a, sign, b]) => ({ text: `(${a.text}${sign} ${b.text})`, value: operations[sign](a.value, b.value) })),
      tie("sum").map(({ text, value }) => ({ text: `-${text}`, value: -value })),
    ),
  }));

  test("agrees with the language's own arithmetic", () => {
    fc.assert(
      fc.property(sum, ({ text, value }) => Math.abs(calculate(text) - value) <= 1e-9 * Math.max(1, Math.abs(value))),
    );
  });

  test("multiplies before it adds, and takes equals from left to right", () => {
    expect([calculate("1 + 2 * 3 - 4 / 2"), calculate("10 - 3 - 2"), calculate("8 / 4 / 2")]).toEqual([5, 5, 1]);
  });

  test("rounds halves away from zero, as on paper", () => {
    expect([calculate("round(1.005, 2)"), calculate("round(-2.5)"), calculate("round(10.075 * 2, 1)")]).toEqual([
      1.01, -3, 20.2,
    ]);
  });

  test.each(["", "1 +", "(1", "1 2", "round 3", "1 / 0", "2 ** 3", "process", "1,5"])("refuses %j", (text) => {
    expect(() => calculate(text)).toThrow(/Expected|zero/);
  });
});

test("days between two dates are as many as steps of one day, there and back", () => {
  const day = fc.integer({ min: 0, max: 40_000 });
  const iso = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
  fc.assert(fc.property(day, day, (from, to) => daysBetween(iso(from), iso(to)) === to - from));
  expect(() => daysBetween("2026-02-30", "2026-03-01")).toThrow("2026-02-30");
});
