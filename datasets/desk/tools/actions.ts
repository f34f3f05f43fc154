import { decimal, findOrder, type DeskWorld } from "./desk-world.ts";
import { findCustomer } from "./records.ts";

/** Hundredths that the shop still owes for an order's goods: items less what was given back before. Shipping is not refunded. */
function refundDue(world: DeskWorld, order_id: string): { readonly goods: number; readonly refunded: number } {
  const goods = world.row("select sum(quantity * unit_price) as sum from order_items where order_id = ?", order_id);
  const refunded = world.row("select coalesce(sum(amount), 0) as sum from refunds where order_id = ?", order_id);
  return { goods: Number(goods?.["sum"]), refunded: Number(refunded?.["sum"]) };
}

export function quoteRefund(world: DeskWorld, order_id: string): unknown {
  const { currency, shipping, status } = findOrder(world, order_id);
  if (status === "pending" || status === "cancelled") {
    throw new Error(`Nothing is due for order "${order_id}": it is ${status}.`);
  }
  const { goods, refunded } = refundDue(world, order_id);
  const money = (hundredths: unknown): string => `${decimal(hundredths).toFixed(2)} ${currency}`;
  const reasons = [`goods ${money(goods)}`];
  if (Number(shipping) > 0) reasons.push(`shipping ${money(shipping)} is not refunded`);
  if (refunded > 0) reasons.push(`${money(refunded)} was given back earlier`);
  return { order_id, amount: decimal(goods - refunded), currency, reasons };
}

export interface RefundRequest {
  readonly order_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
}

export function issueRefund(world: DeskWorld, { order_id, amount, currency, reason }: RefundRequest): unknown {
  const order = findOrder(world, order_id);
  if (order["currency"] !== currency) throw new Error(`Order "${order_id}" was paid in ${order["currency"]}.`);
  const hundredths = Math.round(amount * 100);
  const paid = world.row(
    "select coalesce(sum(amount), 0) as sum from payments where order_id = ? and status = 'captured'",
    order_id,
  );
  const left = Number(paid?.["sum"]) - refundDue(world, order_id).refunded;
  if (hundredths > left) throw new Error(`At most ${decimal(left).toFixed(2)} ${currency} can be given back.`);
  const verified = isVerified(world, String(order["customer_id"]));
  world.write(
    "insert into refunds values (null, ?, ?, ?, ?, ?, 1, ?)",
    order_id,
    world.today,
    hundredths,
    currency,
    reason,
    verified,
  );
  recordChange(world, "refund_issue", order_id, verified);
  return { order_id, amount: decimal(hundredths), currency, date: world.today, issued: true };
}

export function addNote(world: DeskWorld, customer_id: string, text: string): unknown {
  findCustomer(world, customer_id);
  const written = world.row("select count(*) as n from notes where by_agent = 1");
  const note_id = `N-${900 + Number(written?.["n"])}`;
  world.write("insert into notes values (?, ?, ?, 'desk', ?, 1)", note_id, customer_id, world.today, text);
  recordChange(world, "note_add", customer_id, isVerified(world, customer_id));
  return { note_id, customer_id, date: world.today };
}

export function verifyIdentity(world: DeskWorld, customer_id: string, email: string): unknown {
  const customer = findCustomer(world, customer_id);
  const verified = customer["email"] === email.trim().toLowerCase();
  world.write("insert into verifications values (null, ?, ?, ?)", customer_id, email, verified ? 1 : 0);
  return { customer_id, email, verified };
}

export function cancelOrder(world: DeskWorld, order_id: string, reason: string): unknown {
  const { customer_id, status } = findOrder(world, order_id);
  if (status === "cancelled") throw new Error(`Order "${order_id}" is cancelled already.`);
  world.write("update orders set status = 'cancelled' where order_id = ?", order_id);
  recordChange(world, "order_cancel", order_id, isVerified(world, String(customer_id)));
  return { order_id, status: "cancelled", reason };
}

function isVerified(world: DeskWorld, customer_id: string): number {
  const found = world.row("select 1 from verifications where customer_id = ? and verified = 1", customer_id);
  return found === undefined ? 0 : 1;
}

function recordChange(world: DeskWorld, tool: string, subject: string, verified: number): void {
  world.write("insert into changes values (null, ?, ?, ?)", tool, subject, verified);
}
