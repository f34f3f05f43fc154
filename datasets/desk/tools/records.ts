import { decimal, findOrder, matchesWords, required, type DeskWorld, type Row } from "./desk-world.ts";

const pageSize = 5;
const longestList = 8;

export function lookUpOrder(world: DeskWorld, order_id: string): unknown {
  const { shipping, total, ...order } = findOrder(world, order_id);
  const items = world.rows(
    "select sku, name, quantity, unit_price from order_items where order_id = ? order by sku",
    order_id,
  );
  return {
    ...order,
    items: items.map((item) => ({ ...item, unit_price: decimal(item["unit_price"]) })),
    shipping: decimal(shipping),
    total: decimal(total),
  };
}

export interface OrderFilter {
  readonly customer_id?: string | undefined;
  readonly status?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly page?: number | undefined;
}

/** Newest first. */
export function searchOrders(world: DeskWorld, { customer_id, status, from, to, page = 1 }: OrderFilter): unknown {
  if (customer_id !== undefined) findCustomer(world, customer_id);
  const found = world.rows(
    `select order_id, date, status, total, currency from orders where (@customer is null or customer_id = @customer)
      and (@status is null or status = @status) and (@from is null or date >= @from) and (@to is null or date <= @to)
      order by date desc, order_id desc`,
    { customer: customer_id ?? null, status: status ?? null, from: from ?? null, to: to ?? null },
  );
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  if (page > pages) throw new Error(`There is no page ${page}; the last one is ${pages}.`);
  const orders = found
    .slice((page - 1) * pageSize, page * pageSize)
    .map((order) => ({ ...order, total: decimal(order["total"]) }));
  return { page, pages, total: found.length, orders };
}

export function findCustomer(world: DeskWorld, customer_id: string): Row {
  return required(
    world.row("select * from customers where customer_id = ?", customer_id),
    `There is no customer "${customer_id}".`,
  );
}

export function searchCustomers(world: DeskWorld, query: string): unknown {
  const wanted = query.trim().toLowerCase();
  const all = world.rows("select customer_id, name, email, city from customers order by customer_id");
  const customers = all.filter(({ name, email }) => email === wanted || matchesWords(query, String(name)));
  return { total: customers.length, customers: customers.slice(0, longestList) };
}

export function lookUpProduct(world: DeskWorld, sku: string): unknown {
  const { price, ...product } = required(
    world.row("select * from products where sku = ?", sku),
    `There is no product "${sku}".`,
  );
  return { ...product, price: decimal(price), currency: "EUR" };
}

export function listPayments(world: DeskWorld, order_id: string): unknown {
  const { currency } = findOrder(world, order_id);
  const payments = world.rows(
    "select payment_id, date, method, amount, status from payments where order_id = ? order by payment_id",
    order_id,
  );
  return { order_id, payments: payments.map((row) => ({ ...row, amount: decimal(row["amount"]), currency })) };
}

export function trackShipment(world: DeskWorld, order_id: string): unknown {
  findOrder(world, order_id);
  const shipment = world.row("select * from shipments where order_id = ?", order_id);
  return required(shipment, `Order "${order_id}" has not been shipped.`);
}

export function searchPolicy(world: DeskWorld, query: string): unknown {
  const all = world.rows("select article_id, title, text from policy_articles order by article_id");
  const articles = all.filter(({ title, text }) => matchesWords(query, `${title} ${text}`));
  return { total: articles.length, articles: articles.slice(0, longestList) };
}

export function searchNotes(world: DeskWorld, query: string, customer_id: string | undefined): unknown {
  if (customer_id !== undefined) findCustomer(world, customer_id);
  const all = world.rows(
    `select note_id, customer_id, date, author, text from notes where (@customer is null or customer_id = @customer)
      order by date desc, note_id`,
    { customer: customer_id ?? null },
  );
  const notes = all.filter(({ text }) => matchesWords(query, String(text)));
  return { total: notes.length, notes: notes.slice(0, longestList) };
}
