import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeShop } from "../../datasets/desk/world/shop.ts";
import { habitNames, type HabitName } from "../../src/providers/simulated/skills/habit-name.ts";
import { nextAction } from "../../src/providers/simulated/skills/drive.ts";
import { office } from "../../src/providers/simulated/skills/office/office.ts";
import type { ToolResult } from "../../src/providers/simulated/skills/skill.ts";
import { dataset, meanScore, perfect, scoreOf, seedOf, temper, tools, work, worst } from "./office-desk.ts";

const families = [...new Set(dataset.tasks.map(({ tags }) => tags[0] ?? ""))];
const tasksOf = (family: string): typeof dataset.tasks => dataset.tasks.filter(({ tags }) => tags[0] === family);
const ofClassification = new Set<HabitName>(["label-outside-list", "ignores-secondary-cue", "wrong-field-format"]);
const officeHabits = habitNames.filter((habit) => !ofClassification.has(habit));
const perfectScores = new Map(dataset.tasks.map((task) => [task.id, scoreOf(task, perfect)]));

describe("on desk", () => {
  test("nothing is lost where no habit bites, in any family", () => {
    const lost = dataset.tasks.filter(({ id }) => (perfectScores.get(id) ?? 0) < 0.97);
    expect(lost.map(({ id, input }) => `${id}: ${input}`)).toEqual([]);
  });

  test("nothing is lost either where a plan lets calls go out together", () => {
    const planned = temper(() => false, true);
    for (const family of families) expect([family, meanScore(tasksOf(family), planned) > 0.97]).toEqual([family, true]);
  });

  test("little is left where every habit bites", () => {
    expect(meanScore(dataset.tasks, worst)).toBeLessThan(0.2);
    for (const family of families) expect([family, meanScore(tasksOf(family), worst) < 0.3]).toEqual([family, true]);
  });

  test.each(officeHabits)("%s by itself costs something in some family, and is no gain in any", (habit) => {
    const biting = temper((name) => name === habit);
    const losses = families.map((family) => {
      const tasks = tasksOf(family).filter(({ split }) => split === "train");
      const before = tasks.reduce((sum, { id }) => sum + (perfectScores.get(id) ?? 0), 0);
      return before / tasks.length - meanScore(tasks, biting);
    });
    expect(Math.max(...losses)).toBeGreaterThan(0.015);
    expect(Math.min(...losses)).toBeGreaterThan(-0.001);
  });
});

/** A customer of world 3 whose name nobody shares, with some facts about them. */
const shop = makeShop(3);
const [customer] = shop.customers
  .slice(4)
  .filter(({ customer_id }) => shop.orders.filter((order) => order.customer_id === customer_id).length > 6);
if (customer === undefined) throw new Error("world 3 has no customer with many orders");
const theirs = shop.orders.filter((order) => order.customer_id === customer.customer_id).toReversed();
const [newest] = theirs;
if (newest === undefined) throw new Error("no order");
const ask = (request: string): string => work(request, 3, perfect, ({ answer }) => answer);

describe("in words of nobody's template", () => {
  test("questions about one order are answered", () => {
    expect(ask(`hey, what's up with ${newest.order_id}, how is it doing?`)).toMatch(`Answer: ${newest.status}`);
    expect(ask(`When was ${newest.order_id} placed?`)).toMatch(`Answer: ${newest.date}`);
    expect(ask(`Whose order is ${newest.order_id}?`)).toMatch(`Answer: ${customer.customer_id}`);
    expect(ask(`What's in ${newest.order_id}?`)).toContain(newest.items[0]?.name);
    expect(ask(`How much is ${newest.order_id} altogether?`)).toMatch(
      `Answer: ${(newest.total / 100).toFixed(2)} ${newest.currency}`,
    );
    expect(ask("What is the status of O-99999?")).toMatch("no such order");
  });

  test("questions about one person are answered, whatever they are called by", () => {
    for (const who of [customer.name, customer.name.toLowerCase(), customer.email, customer.customer_id]) {
      expect(ask(`what is the status of ${who}'s newest order?`)).toMatch(`Answer: ${newest.status}`);
      expect(ask(`How many orders has ${who} placed?`)).toMatch(`Answer: ${theirs.length}`);
    }
    expect(ask(`what city is ${customer.name} from?`)).toMatch(`Answer: ${customer.city}`);
    expect(ask("Is Mira Halvorsen gold or platinum?")).toMatch("could not find");
    const [given] = customer.name.split(" ");
    expect(ask(`Is ${given} Halvorsen gold or platinum?`)).toMatch(
      /nobody called .* Halvorsen, but .*\bC-\d+ in .*\bmeant\?/,
    );
  });

  test("a product is found in lower case, too", () => {
    const [item] = newest.items;
    const found = theirs
      .filter(({ items }) => items.some(({ sku }) => sku === item?.sku))
      .map(({ order_id }) => order_id);
    const answer = ask(`which orders of ${customer.name} contain a ${item?.name.toLowerCase()}?`);
    expect(new Set(answer.split("Answer: ")[1]?.match(/O-\d+/g))).toEqual(new Set(found));
  });

  test("rules are found under words of one's own", () => {
    const { rules } = shop;
    expect(ask("Within how many days is a refund possible?")).toMatch(`Answer: ${rules.refundDays} days`);
    expect(ask("What does gift wrapping cost?")).toMatch(`Answer: ${rules.wrappingFee.toFixed(2)} EUR`);
    expect(ask("A plate came in pieces. How many days do people have to complain?")).toMatch(
      `Answer: ${rules.damageDays} days`,
    );
    expect(ask("Somebody wants to exchange a bowl; within how many days may they?")).toMatch(
      `Answer: ${rules.exchangeDays} days`,
    );
    expect(ask("How much must our customers spend in a year to be silver?")).toMatch("Answer: 150.00 EUR");
  });

  test("a refund without an e-mail address or today's date ends in a question and no change", () => {
    const delivered = shop.orders.find(({ status }) => status === "delivered");
    const owner = shop.customers.find(({ customer_id }) => customer_id === delivered?.customer_id);
    for (const more of ["", ` I am ${owner?.email}.`]) {
      work(`Please refund ${delivered?.order_id}.${more}`, 3, perfect, ({ answer, query }) => {
        expect(answer).toMatch(/\?/);
        expect(query?.("select count(*) as n from changes")).toEqual([{ n: 0 }]);
      });
    }
  });

  test("what would be given back is told without giving it", () => {
    const delivered = shop.orders.find(({ status, refunded }) => status === "delivered" && refunded === 0);
    const goods = (delivered?.items ?? []).reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
    work(`How much would the customer get back for ${delivered?.order_id}?`, 3, perfect, ({ answer, query }) => {
      expect(answer).toMatch(`Answer: ${(goods / 100).toFixed(2)} ${delivered?.currency}`);
      expect(query?.("select count(*) as n from changes")).toEqual([{ n: 0 }]);
    });
  });
});

describe("whatever happens", () => {
  const anyTask = fc.constantFrom(...dataset.tasks);
  const anyHabits = fc.subarray([...officeHabits]);
  const settings = { numRuns: 150, seed: 20_260 };

  test("the work ends in an answer, and only tools that are offered are called", () => {
    fc.assert(
      fc.property(anyTask, anyHabits, fc.subarray(tools), fc.boolean(), (task, habits, offered, planned) => {
        const mind = temper((habit) => habits.includes(habit), planned);
        const names = new Set(offered.map(({ name }) => name));
        work(
          task.input,
          seedOf(task),
          mind,
          ({ answer, toolCalls }) => {
            expect(answer.trim()).not.toBe("");
            expect(answer).not.toMatch(/undefined|NaN|\[object|Answer: *$/);
            expect(toolCalls.filter(({ name }) => !names.has(name))).toEqual([]);
          },
          offered,
        );
      }),
      settings,
    );
  });

  test("nothing but the request, the names of the tools and the results matters", () => {
    const others = tools.map((tool) => ({ ...tool, description: "?" })).toReversed();
    fc.assert(
      fc.property(anyTask, anyHabits, (task, habits) => {
        const mind = temper((habit) => habits.includes(habit));
        const told = work(task.input, seedOf(task), mind, ({ answer, toolCalls }) => ({ answer, toolCalls }));
        expect(
          work(task.input, seedOf(task), mind, ({ answer, toolCalls }) => ({ answer, toolCalls }), others),
        ).toEqual(told);
      }),
      { ...settings, numRuns: 60 },
    );
  });

  test("a history of somebody else, cut short or without results is survived", () => {
    const anyResult: fc.Arbitrary<ToolResult> = fc.record({
      value: fc.oneof(
        fc.jsonValue(),
        fc.constant({ error: "There is no customer." }),
        fc.constant({ orders: [null, 3] }),
      ),
      failed: fc.boolean(),
      call: fc.option(
        fc.record({
          name: fc.constantFrom(...tools.map(({ name }) => name)),
          arguments: fc.constant({ order_id: "O-1" }),
        }),
        { nil: undefined },
      ),
    }) as fc.Arbitrary<ToolResult>;
    fc.assert(
      fc.property(
        anyTask,
        anyHabits,
        fc.array(fc.array(anyResult, { maxLength: 4 }), { maxLength: 12 }),
        (task, habits, rounds) => {
          const reading = office.read(task.input, tools);
          if (reading === undefined) throw new Error(`not understood: ${task.input}`);
          const mind = temper((habit) => habits.includes(habit))(task.input);
          const action = nextAction(office, reading, tools, mind, { request: task.input, plan: undefined, rounds });
          if ("answer" in action) expect(action.answer).not.toBe("");
          else expect(action.calls.length).toBeGreaterThan(0);
        },
      ),
      { ...settings, numRuns: 400 },
    );
  });
});
