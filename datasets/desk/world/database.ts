import type { Database } from "better-sqlite3";
import { dateOf } from "./calendar.ts";
import { currencies } from "./orders.ts";
import { firstRateDay, type Shop } from "./shop.ts";

/** Amounts are whole hundredths of the currency. `changes` and `verifications` are empty until the agent acts. */
const schema = `
create table settings (name text primary key, value text not null) without rowid;
create table customers (customer_id text primary key, name text not null, email text not null, phone text not null,
  address text not null, city text not null, country text not null, tier text not null, since text not null) without rowid;
create table products (sku text primary key, name text not null, category text not null, price integer not null, stock integer not null)
  without rowid;
create table orders (order_id text primary key, customer_id text not null, date text not null, status text not null,
  currency text not null, shipping integer not null, total integer not null) without rowid;
create index orders_by_customer on orders (customer_id, date);
create table order_items (order_id text not null, sku text not null, name text not null, quantity integer not null,
  unit_price integer not null, primary key (order_id, sku)) without rowid;
create table payments (payment_id integer primary key, order_id text not null, date text not null, method text not null,
  amount integer not null, status text not null);
create index payments_by_order on payments (order_id);
create table refunds (refund_id integer primary key, order_id text not null, date text not null, amount integer not null,
  currency text not null, reason text not null, by_agent integer not null, identity_verified integer not null);
create table shipments (order_id text primary key, carrier text not null, tracking_number text not null, shipped text not null,
  delivered text) without rowid;
create table exchange_rates (date text not null, currency text not null, per_eur real not null, primary key (date, currency))
  without rowid;
create table policy_articles (article_id text primary key, title text not null, text text not null) without rowid;
create table notes (note_id text primary key, customer_id text not null, date text not null, author text not null,
  text text not null, by_agent integer not null) without rowid;
create table verifications (verification_id integer primary key, customer_id text not null, email text not null,
  verified integer not null);
create table changes (change_id integer primary key, tool text not null, subject text not null, identity_verified integer not null);
`;

/** Writes a shop into an empty database. */
export function fillDatabase(database: Database, shop: Shop): void {
  database.exec(schema);
  const insert = (table: string, rows: readonly (readonly unknown[])[]): void => {
    const places = (rows[0] ?? []).map(() => "?").join(", ");
    const statement = database.prepare(`insert into ${table} values (${places})`);
    for (const row of rows) statement.run(...row);
  };
  database.transaction(() => {
    insert("settings", [["today", shop.today]]);
    insert(
      "customers",
      shop.customers.map((row) => [
        row.customer_id,
        row.name,
        row.email,
        row.phone,
        row.address,
        row.city,
        row.country,
        row.tier,
        row.since,
      ]),
    );
    insert(
      "products",
      shop.products.map((row) => [row.sku, row.name, row.category, row.price, row.stock]),
    );
    insert(
      "orders",
      shop.orders.map((row) => [
        row.order_id,
        row.customer_id,
        row.date,
        row.status,
        row.currency,
        row.shipping,
        row.total,
      ]),
    );
    insert(
      "order_items",
      shop.orders.flatMap(({ order_id, items }) =>
        items.map((item) => [order_id, item.sku, item.name, item.quantity, item.unit_price]),
      ),
    );
    insert(
      "payments",
      shop.orders.flatMap(({ order_id, payments }) =>
        payments.map((payment) => [null, order_id, payment.date, payment.method, payment.amount, payment.status]),
      ),
    );
    insert(
      "refunds",
      shop.orders
        .filter(({ refunded }) => refunded > 0)
        .map(({ order_id, refunded, currency, shipment, date }) => [
          null,
          order_id,
          shipment?.delivered ?? date,
          refunded,
          currency,
          "goodwill",
          0,
          1,
        ]),
    );
    insert(
      "shipments",
      shop.orders.flatMap(({ order_id, shipment }) =>
        shipment
          ? [[order_id, shipment.carrier, shipment.tracking_number, shipment.shipped, shipment.delivered ?? null]]
          : [],
      ),
    );
    insert(
      "exchange_rates",
      currencies.flatMap((currency) =>
        shop.rates[currency].map((rate, index) => [dateOf(firstRateDay + index), currency, rate]),
      ),
    );
    insert(
      "policy_articles",
      shop.articles.map((row) => [row.article_id, row.title, row.text]),
    );
    insert(
      "notes",
      shop.notes.map((row) => [row.note_id, row.customer_id, row.date, row.author, row.text, 0]),
    );
  })();
}
