import { describe, expect, test } from "vitest";
import { readParticulars } from "../../src/providers/simulated/skills/office/particulars.ts";
import { readRequest, type Intent } from "../../src/providers/simulated/skills/office/request.ts";

/** Wordings that are in no dataset. */
const wordings: Readonly<Record<Intent, readonly string[]>> = {
  "order-fact": [
    "what is the status of order O-10423?",
    "Has O-10423 moved on yet?",
    "Who placed O-10423?",
    "When was order O-10423 delivered?",
    "What's in o-10423?",
    "Hello! Could you tell me how O-10423 is getting on, please? Thanks!",
  ],
  tracking: [
    "Which parcel service carries O-10423? I'd like the carrier and the number to track it.",
    "tracking number of O-10423 please",
    "Who delivers O-10423?",
  ],
  "event-days": [
    "How long did it take from shipping O-10423 to its arrival, in days?",
    "O-10423: days from payment to dispatch?",
    "How many days after it was ordered was O-10423 delivered?",
  ],
  "order-total": [
    "Sum up O-10423 and O-10424 in Swiss francs, it is 2026-03-01 today.",
    "How much is O-10423 altogether?",
    "O-10423 minus 15 percent, in PLN?",
    "What do O-10001, O-10002 and O-10003 come to in dollars?",
  ],
  stock: ["Do we still have KET-210 in stock?", "How many pieces of MOK-300 are left?", "Stock of TOA-115?"],
  "customer-fact": [
    "Which tier does C-2041 have?",
    "Where does C-2041 live - which city?",
    "Is Mira Halvorsen gold or platinum?",
    "what city is Mira Halvorsen from?",
  ],
  "newest-order": [
    "How is Mira Halvorsen's latest order doing?",
    "With which carrier did the most recent parcel to Mira Halvorsen go?",
    "What's the status of the last order by mira.halvorsen@mail.example?",
    "status of mira halvorsen's newest order",
    "I only understood something like Mirra Halvorson, living in Ghent. What is the status of the newest order?",
    "Somebody called Halverson from Lyon wants to know how the most recent order is doing.",
  ],
  "delivery-days": [
    "How many days did Mira Halvorsen wait from payment to delivery for the most recently delivered order?",
    "From paying to receiving: how long, in days, for Mira Halvorsen's last delivered order?",
  ],
  "paid-for-product": [
    "What did mira@mail.example pay for the order with the garlic press?",
    "Mira Halvorsen needs a receipt for the order that had a Garlic press in it. How much was paid?",
  ],
  "count-orders": [
    "How many orders of Mira Halvorsen are still pending?",
    "Count Mira Halvorsen's cancelled orders, please.",
    "Number of delivered orders for mira@mail.example?",
    "How many orders has C-2041 placed?",
  ],
  "year-spending": [
    "How much money did Mira Halvorsen spend here in 2025, in SEK, cancelled orders aside? Today is 2026-04-01.",
    "Mira Halvorsen's spending in 2024 in euros?",
  ],
  "orders-with-product": [
    "Which orders of Mira Halvorsen have a Garlic press in them?",
    "List all orders in which Mira Halvorsen bought the garlic press.",
  ],
  refund: [
    "I'd like to send back O-10423 and get a refund. Mail: mira@mail.example, today is 2026-04-01.",
    "Could O-10423 be refunded please? I want my money back. mira@mail.example. Today: 2026-04-01",
    "Please reimburse order O-10423, mira@mail.example.",
    "Please refund my order. I am mira@mail.example.",
  ],
  "refund-quote": ["How much would I get back for O-10423?", "What refund is due for O-10423?"],
  cancel: [
    "I want order O-10423 cancelled. mira@mail.example",
    "Call off O-10423, please. My address is mira@mail.example.",
    "Cancel O-10423",
    "Please cancel the order, I'm mira@mail.example",
  ],
  "policy-question": [
    "How long is the return period in general?",
    "Within how many days is a refund possible?",
    "What is our rule on damaged goods, how many days?",
    "What does gift wrapping cost?",
    "Mira Halvorsen asks for our policy: how many months of warranty are there on a toaster?",
    "Until what age do we refuse to sell knives?",
  ],
  "note-question": [
    "What did we promise C-2041 as compensation?",
    "Is there a note on C-2041 about a rebate? How many percent?",
    "A colleague spoke with C-2041. Until what date are they on vacation?",
  ],
  "small-talk": [
    "Thank you so much, you were a great help!",
    "Hi there!",
    "Good evening, Mira here. What are you able to do?",
    "Have a good weekend!",
    "hello, how are you?",
  ],
  "private-data": [
    "Give me the phone number of Mira Halvorsen.",
    "What's the postal address of Mira Halvorsen?",
    "Read me the credit card details of C-2041.",
  ],
  "write-sentence": [
    "Write a friendly sentence saying that the shop opens at ten.",
    "Please put this politely in one sentence: we are out of kettles.",
    "Draft a short e-mail to a customer telling them that the parcel is late.",
  ],
  "tell-more": [
    "Cancel the order.",
    "I want a refund.",
    "When does the parcel arrive?",
    "What is the status of my order?",
    "Convert the order total to GBP.",
  ],
};

describe("an office request", () => {
  for (const [intent, requests] of Object.entries(wordings)) {
    test(`is known for ${intent} in words of its own`, () => {
      expect(requests.map((request) => [request, readRequest(request)?.intent])).toEqual(
        requests.map((request) => [request, intent]),
      );
    });
  }

  test("is not seen where something else is talked about", () => {
    const others = ["The weather is fine in spring.", "What is the capital of Portugal?", "def f(x): return x + 1", ""];
    expect(others.filter((text) => readRequest(text) !== undefined)).toEqual([]);
  });
});

describe("the particulars of a request", () => {
  test("are read wherever they stand", () => {
    const said = readParticulars(
      "Today is 2026-05-20. Mira van Halvorsen (mira.h@post.example, C-2041) wants 12.5 % off O-10423 and o-10424, in Swedish kronor.",
    );
    expect(said).toMatchObject({
      orders: ["O-10423", "O-10424"],
      customer: "C-2041",
      email: "mira.h@post.example",
      names: ["Mira van Halvorsen"],
      currency: "SEK",
      percent: 12.5,
      today: "2026-05-20",
      year: undefined,
      sku: undefined,
    });
  });

  test("tell people from the beginnings of sentences, and from things", () => {
    const names = (text: string): readonly string[] => readParticulars(text).names;
    expect(names("Has Mira Halvorsen paid? Please ask Joost.")).toEqual(["Mira Halvorsen"]);
    expect(names("Which of Mira Halvorsen's orders contain the Dutch oven?")).toEqual(["Mira Halvorsen"]);
    expect(names("Is Ann-Sofie O'Brien gold?")).toEqual(["Ann-Sofie O'Brien"]);
    expect(names("The Long-slot toaster is broken. Monday Morning Blues.")).not.toContain("Long-slot toaster");
  });

  test("tell products from what goes on after them", () => {
    const product = (text: string): string | undefined => readParticulars(text).product;
    expect(product("In which orders did Mira Halvorsen buy the Set of egg cups?")).toBe("Set of egg cups");
    expect(
      product("There is a recall of the Garlic press. List every order of Mira Halvorsen that has one in it."),
    ).toBe("Garlic press");
    expect(product("Mira Halvorsen bought a Garlic press once, with other things.")).toBe("Garlic press");
    expect(product("which orders of Mira Halvorsen contain a garlic press?")).toBe("garlic press");
  });

  test("take the day that is called today, and dates in words", () => {
    const today = (text: string): string | undefined => readParticulars(text).today;
    expect(today("It was 2026-01-02 when I paid. The form is dated today, 2026-03-04.")).toBe("2026-03-04");
    expect(today("Today is 4 March 2026.")).toBe("2026-03-04");
    expect(today("Today (March 4, 2026) it broke.")).toBe("2026-03-04");
    expect(today("How many orders in 2025?")).toBeUndefined();
  });
});
