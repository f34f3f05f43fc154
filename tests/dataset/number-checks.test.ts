import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge, scoreOf } from "./support.ts";

const euros = { type: "number", value: 1234.5, unit: "EUR" };

describe("a number check", () => {
  test.each([
    "The total is €1,234.50.",
    "1.234,50 €",
    "1 234,50 EUR",
    "EUR 1'234.50",
    "1234.5 euros",
    "Total (3 orders, see O-12345 of 2026-03-14): 1234.50 EUR",
    "1.2345k EUR",
  ])("reads %j", (answer) => expect(scoreOf(euros, answer)).toBe(1));

  test("tells a wrong unit from a missing one", () => {
    expect(judge(euros, "1234.50 USD")).toEqual({
      score: 0,
      feedback: "The unit is wrong: 1234.5 EUR was expected, 1234.50 USD was given.",
    });
    expect(judge(euros, "1234.50")).toEqual({
      score: 0.5,
      feedback: "The number 1234.50 is right, but its unit (EUR) is missing.",
    });
    expect(scoreOf({ ...euros, without_unit: 0 }, "1234.50")).toBe(0);
  });

  test("a sign that several currencies share fits any of them", () => {
    expect(scoreOf({ type: "number", value: 5, unit: "CAD" }, "$5")).toBe(1);
    expect(scoreOf({ type: "number", value: 5, unit: "CAD" }, "US$5")).toBe(0);
    expect(scoreOf({ type: "number", value: 5, unit: "EUR" }, "$5")).toBe(0);
  });

  test("prefers numbers with the right unit", () => {
    expect(scoreOf({ type: "number", value: 12, unit: "GBP" }, "£12.00 (about $15) for 3 items")).toBe(1);
  });

  test("takes the last number unless told otherwise", () => {
    expect(scoreOf({ type: "number", value: 3 }, "1, 2, 3")).toBe(1);
    expect(scoreOf({ type: "number", value: 1 }, "1, 2, 3")).toBe(0);
    expect(scoreOf({ type: "number", value: 1, take: "first" }, "1, 2, 3")).toBe(1);
    expect(scoreOf({ type: "number", value: 2, take: "any" }, "1, 2, 3")).toBe(1);
    expect(scoreOf({ type: "number", value: 2, take: "only" }, "1, 2, 3")).toBe(0);
    expect(scoreOf({ type: "number", value: 2, take: "only" }, "It is 2.")).toBe(1);
  });

  test("knows absolute and relative tolerance", () => {
    expect(scoreOf({ type: "number", value: 100, tolerance: 0.5 }, "100.5")).toBe(1);
    expect(scoreOf({ type: "number", value: 100, tolerance: 0.5 }, "100.51")).toBe(0);
    expect(scoreOf({ type: "number", value: 100, relative_tolerance: 0.01 }, "99")).toBe(1);
    expect(scoreOf({ type: "number", value: 100, relative_tolerance: 0.01 }, "98.9")).toBe(0);
    expect(scoreOf({ type: "number", value: 100 }, "100.01")).toBe(0);
  });

  test("converts units of one kind", () => {
    expect(scoreOf({ type: "number", value: 120, unit: "min" }, "2 hours")).toBe(1);
    expect(scoreOf({ type: "number", value: 1, unit: "m" }, "100 cm")).toBe(1);
    expect(scoreOf({ type: "number", value: 14, unit: "days" }, "two weeks")).toBe(1);
    expect(scoreOf({ type: "number", value: 1, unit: "kg" }, "100 cm")).toBe(0);
  });

  test("reads percentages as such and as shares", () => {
    expect(scoreOf({ type: "number", value: 12.5, unit: "%" }, "12.5 percent")).toBe(1);
    expect(scoreOf({ type: "number", value: 0.125 }, "12.5 %")).toBe(1);
    expect(scoreOf({ type: "number", value: 12.5 }, "12.5 %")).toBe(1);
    expect(scoreOf({ type: "number", value: 1.25 }, "12.5 %")).toBe(0);
  });

  test("does not take dates, times and identifiers for amounts", () => {
    for (const answer of [
      "O-10423",
      "#17",
      "2026-03-14",
      "14 March 2026",
      "March 14, 2026",
      "10:30",
      "KET-210",
      "the 3rd",
    ]) {
      expect(judge({ type: "number", value: 3 }, answer).feedback).toContain("there is none");
    }
  });

  test("reads small numbers in words only where there are no digits", () => {
    expect(scoreOf({ type: "number", value: 3 }, "There are three orders.")).toBe(1);
    expect(scoreOf({ type: "number", value: 4 }, "Of three, 4 fit.")).toBe(1);
  });

  test("knows a unit of the author's own", () => {
    expect(scoreOf({ type: "number", value: 5, unit: "points" }, "5 points of 10")).toBe(1);
    expect(scoreOf({ type: "number", value: 5, unit: "points" }, "1 point")).toBe(0);
  });

  test("reads back what any of the usual notations writes", () => {
    const notations: readonly ((cents: number) => string)[] = [
      (cents) =>
        `${cents < 0 ? "-" : ""}$${new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 }).format(Math.abs(cents) / 100)}`,
      (cents) => `${new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2 }).format(cents / 100)} USD`,
      (cents) => `${new Intl.NumberFormat("fr-FR", { minimumFractionDigits: 2 }).format(cents / 100)} USD`,
      (cents) => `USD ${(cents / 100).toFixed(2)}`,
      (cents) => new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(cents / 100),
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999_999, max: 999_999_999 }),
        fc.constantFrom(...notations),
        (cents, write) => {
          expect(scoreOf({ type: "number", value: cents / 100, unit: "USD" }, `It comes to ${write(cents)}.`)).toBe(1);
        },
      ),
    );
  });
});
