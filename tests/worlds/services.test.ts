import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith } from "../dataset/support.ts";
import { call } from "./call.ts";
import type { Json } from "../../src/base/index.ts";
import type { ToolModule, World } from "../../src/runtime/index.ts";
import { CHANGED, dataHash, worlds } from "../../src/worlds/index.ts";

function service(domain: "airline" | "retail", data: Readonly<Record<string, Json>>, script?: readonly string[]) {
  const folder = folderWith({});
  mkdirSync(join(folder, "db"));
  const texts = Object.entries(data).map(([name, records]) => {
    writeFileSync(join(folder, "db", `${name}.json`), JSON.stringify(records));
    return JSON.stringify(records);
  });
  const module = worlds[domain]?.({ folder, ...(script === undefined ? {} : { user: "scripted" }) }) as ToolModule;
  const spec = { data: dataHash(texts), script: script ?? [] };
  const open = (): World => module.createWorld(spec);
  const world = open();
  return {
    module,
    open,
    world,
    call: (name: string, args: Readonly<Record<string, Json>>, at = world) => call(module, at, name, args),
    changed: (at = world) => at.query?.(CHANGED).map((row) => `${String(row["kind"])} ${String(row["id"])}`),
    folder,
    spec,
  };
}

const flight = (
  flight_number: string,
  origin: string,
  destination: string,
  from: string,
  to: string,
  price: number,
) => ({
  flight_number,
  origin,
  destination,
  scheduled_departure_time_est: from,
  scheduled_arrival_time_est: to,
  dates: {
    "2024-05-20": {
      status: "available",
      available_seats: { economy: 2 },
      prices: { economy: price },
    },
    "2024-05-21": { status: "delayed" },
  },
});
const trip = {
  reservation_id: "R1",
  user_id: "u1",
  cabin: "economy",
  total_baggages: 1,
  nonfree_baggages: 0,
  flights: [
    {
      flight_number: "F1",
      date: "2024-05-20",
      price: 100,
      origin: "AAA",
      destination: "BBB",
    },
  ],
  passengers: [
    {
      first_name: "Al",
      last_name: "Ba",
      dob: "1990-01-01",
    },
  ],
  payment_history: [
    {
      payment_id: "gift_card_1",
      amount: 100,
    },
  ],
};
const airlineData = {
  flights: {
    F1: flight("F1", "AAA", "BBB", "08:00:00", "10:00:00", 120),
    F2: flight("F2", "BBB", "CCC", "11:00:00", "12:00:00", 80),
    F3: flight("F3", "BBB", "CCC", "09:00:00", "12:00:00", 80),
  },
  reservations: { R1: trip },
  users: {
    u1: {
      reservations: ["R1"],
      payment_methods: {
        gift_card_1: { source: "gift_card", amount: 60 },
        certificate_1: { source: "certificate", amount: 500 },
        credit_card_1: { source: "credit_card" },
      },
    },
  },
};
const booking = {
  user_id: "u1",
  origin: "AAA",
  destination: "BBB",
  flight_type: "one_way",
  cabin: "economy",
  flights: [
    {
      flight_number: "F1",
      date: "2024-05-20",
    },
  ],
  passengers: trip.passengers,
  total_baggages: 1,
  nonfree_baggages: 1,
  insurance: "yes",
};

describe("the airline", () => {
  const desk = () => service("airline", airlineData);

  test("books a trip that is paid to the cent, and uses a certificate up", () => {
    const { call: run, changed } = desk();
    const pay = (amount: number) => ({ ...booking, payment_methods: [{ payment_id: "certificate_1", amount }] });
    expect(run("book_reservation", pay(199))).toBe("The price is 200, and 199 would be paid.");
    expect(changed()).toEqual([]);
    expect(run("book_reservation", pay(200))).toMatchObject({ reservation_id: "HATHAT", flights: [{ price: 120 }] });
    expect(run("get_user_details", { user_id: "u1" })).toMatchObject({ reservations: ["R1", "HATHAT"] });
    expect(run("book_reservation", pay(200))).toContain("no payment method");
    expect(changed()).toEqual(["reservation HATHAT", "user u1"]);
  });

  test("changes flights for the difference, from a gift card with enough on it", () => {
    const { call: run, changed } = desk();
    const change = { reservation_id: "R1", cabin: "economy", payment_id: "gift_card_1" };
    const two = [...booking.flights, { flight_number: "F2", date: "2024-05-20" }];
    expect(run("update_reservation_flights", { ...change, flights: booking.flights })).toMatchObject({
      payment_history: [{ amount: 100 }],
    });
    expect(changed()).toEqual([]);
    expect(run("update_reservation_flights", { ...change, flights: two })).toBe(
      "There is not enough on the gift card.",
    );
    expect(run("update_reservation_flights", { ...change, flights: two, payment_id: "certificate_1" })).toContain(
      "certificate",
    );
    expect(run("update_reservation_flights", { ...change, flights: two, payment_id: "credit_card_1" })).toMatchObject({
      payment_history: [{ amount: 100 }, { payment_id: "credit_card_1", amount: 80 }],
    });
  });

  test("cancels with refunds, adds bags, keeps the number of passengers, sends certificates", () => {
    const { call: run } = desk();
    expect(
      run("update_reservation_baggages", {
        reservation_id: "R1",
        total_baggages: 2,
        nonfree_baggages: 1,
        payment_id: "gift_card_1",
      }),
    ).toMatchObject({ total_baggages: 2 });
    expect(run("get_user_details", { user_id: "u1" })).toMatchObject({
      payment_methods: { gift_card_1: { amount: 10 } },
    });
    expect(run("update_reservation_passengers", { reservation_id: "R1", passengers: [] })).toContain(
      "number of passengers",
    );
    expect(run("cancel_reservation", { reservation_id: "R1" })).toMatchObject({ status: "cancelled" });
    expect(run("send_certificate", { user_id: "u1", amount: 100 })).toContain("certificate_3221322");
  });

  test("finds direct flights and those with one stop that can be caught", () => {
    const { call: run } = desk();
    const on = (origin: string, destination: string, date = "2024-05-20") => ({ origin, destination, date });
    expect(run("search_direct_flight", on("AAA", "BBB"))).toMatchObject([
      { flight_number: "F1", prices: { economy: 120 } },
    ]);
    expect(run("search_direct_flight", on("AAA", "BBB", "2024-05-21"))).toEqual([]);
    expect(run("search_onestop_flight", on("AAA", "CCC"))).toMatchObject([
      [{ flight_number: "F1" }, { flight_number: "F2" }],
    ]);
    expect(run("list_all_airports", {})).toEqual(["AAA", "BBB", "CCC"]);
  });

  test("keeps worlds apart, and knows a state that was put back", () => {
    const { call: run, changed, world, open } = desk();
    const other = open();
    const passengers = [{ first_name: "Bo", last_name: "Ba", dob: "1991-01-01" }];
    run("update_reservation_passengers", { reservation_id: "R1", passengers });
    expect([changed(), changed(other)]).toEqual([["reservation R1"], []]);
    run("update_reservation_passengers", { reservation_id: "R1", passengers: trip.passengers });
    expect(changed(world)).toEqual([]);
  });

  test("refuses data that are not those the tasks were made on", () => {
    const { module, spec } = desk();
    expect(() => module.createWorld({ ...spec, data: "s256:0" })).not.toThrow(); // read already
    const fresh = desk();
    writeFileSync(join(fresh.folder, "db", "users.json"), "{}");
    const module_ = worlds["airline"]?.({ folder: fresh.folder });
    expect(() => module_?.createWorld(fresh.spec)).toThrow("not those that the tasks were made on");
  });
});

const order = (order_id: string, status: string, payment_method_id: string) => ({
  order_id,
  user_id: "u1",
  status,
  items: [
    {
      product_id: "P1",
      item_id: "I1",
      price: 10,
      options: { size: "S" },
    },
  ],
  payment_history: [
    {
      transaction_type: "payment",
      amount: 10,
      payment_method_id,
    },
  ],
});
const variant = (item_id: string, price: number, size: string, available = true) => ({
  item_id,
  price,
  available,
  options: { size },
});
const home = { address1: "1 Low Road", address2: "", city: "Ayr", state: "AA", country: "USA", zip: "11111" };
const retailData = {
  orders: { "#1": order("#1", "pending", "gift_card_1"), "#2": order("#2", "delivered", "credit_card_1") },
  products: {
    P1: {
      name: "Shirt",
      product_id: "P1",
      variants: { I1: variant("I1", 10, "S"), I2: variant("I2", 15.5, "M"), I3: variant("I3", 9, "L", false) },
    },
  },
  users: {
    u1: {
      name: {
        first_name: "Al",
        last_name: "Ba",
      },
      email: "al@shop.example",
      address: home,
      payment_methods: {
        gift_card_1: {
          source: "gift_card",
          balance: 5,
        },
        credit_card_1: { source: "credit_card" },
      },
    },
  },
};

describe("the shop", () => {
  const desk = (script?: readonly string[]) => service("retail", retailData, script);
  const swap = { item_ids: ["I1"], new_item_ids: ["I2"] };

  test("finds users by email, and by name and zip code, whatever the case", () => {
    const { call: run } = desk();
    expect(run("find_user_id_by_email", { email: "AL@shop.example" })).toBe("u1");
    expect(run("find_user_id_by_name_zip", { first_name: "al", last_name: "BA", zip: "11111" })).toBe("u1");
    expect(run("find_user_id_by_email", { email: "x@shop.example" })).toBe("There is no such user.");
  });

  test("cancels a pending order with its refund to a gift card, and no other order", () => {
    const { call: run, changed } = desk();
    const cancel = (order_id: string) => run("cancel_pending_order", { order_id, reason: "ordered by mistake" });
    expect(cancel("#2")).toBe("This order is delivered, not pending.");
    expect(cancel("#1")).toMatchObject({ status: "cancelled", payment_history: [{}, { transaction_type: "refund" }] });
    expect(run("get_user_details", { user_id: "u1" })).toMatchObject({
      payment_methods: { gift_card_1: { balance: 15 } },
    });
    expect(changed()).toEqual(["order #1", "user u1"]);
  });

  test("changes items once, for available ones of the same product, paid by a method with enough on it", () => {
    const { call: run } = desk();
    const modify = (more: object) =>
      run("modify_pending_order_items", { order_id: "#1", payment_method_id: "credit_card_1", ...swap, ...more });
    expect(modify({ payment_method_id: "gift_card_1" })).toBe("There is not enough on the gift card.");
    expect(modify({ new_item_ids: ["I3"] })).toBe("Item I3 is not there or not available.");
    expect(modify({ item_ids: ["I1", "I1"], new_item_ids: ["I2", "I2"] })).toContain("or fewer");
    expect(modify({})).toMatchObject({
      status: "pending (item modified)",
      items: [{ item_id: "I2", price: 15.5, options: { size: "M" } }],
      payment_history: [{}, { transaction_type: "payment", amount: 5.5 }],
    });
    expect(modify({})).toContain("not pending");
  });

  test("notes returns and exchanges of delivered orders", () => {
    const { call: run } = desk();
    const back = { order_id: "#2", item_ids: ["I1"] };
    expect(
      run("exchange_delivered_order_items", { order_id: "#2", ...swap, payment_method_id: "credit_card_1" }),
    ).toMatchObject({
      status: "exchange requested",
      exchange_price_difference: 5.5,
    });
    expect(run("return_delivered_order_items", { ...back, payment_method_id: "gift_card_1" })).toContain(
      "not delivered",
    );
    expect(
      call(desk().module, desk().world, "return_delivered_order_items", { ...back, payment_method_id: "gift_card_1" }),
    ).toMatchObject({ return_items: ["I1"] });
  });

  test("changes how an order is paid, and addresses", () => {
    const { call: run, changed } = desk();
    const pay = (payment_method_id: string) =>
      run("modify_pending_order_payment", { order_id: "#1", payment_method_id });
    expect(pay("gift_card_1")).toBe("It is paid by this method already.");
    expect(pay("credit_card_1")).toMatchObject({
      payment_history: [{}, { transaction_type: "payment" }, { transaction_type: "refund" }],
    });
    expect(run("modify_user_address", { user_id: "u1", ...home, city: "Bex" })).toMatchObject({
      address: { city: "Bex" },
    });
    expect(run("modify_pending_order_address", { order_id: "#1", ...home })).toMatchObject({ address: home });
    expect(changed()).toEqual(["order #1", "user u1"]);
  });

  test("has a customer who tells a script and agrees at its end, and keeps what was said", () => {
    const { call: run, world } = desk(["I want it in M.", "By card."]);
    const say = (text: string) => run("message_customer", { text });
    expect([say("What is it?"), say("Paid how?")]).toEqual(["I want it in M.", "By card."]);
    expect(say("That is 1,234.50. Shall I?")).toContain("yes, please go ahead");
    expect(world.query?.("select count(*) as n from messages where instr(text, '1234.50')")).toEqual([{ n: 1 }]);
    expect(desk().module.tools.map(({ name }) => name)).not.toContain("message_customer");
  });
});
