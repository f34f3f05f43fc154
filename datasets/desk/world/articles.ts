import type { Chance } from "./chance.ts";

/** The shop's rules with their figures, which differ from world to world so that none can be known by heart. */
export interface Rules {
  /** Days after delivery in which a refund is possible. */
  readonly refundDays: number;
  /** Largest refund the desk may issue itself, EUR. */
  readonly refundLimit: number;
  readonly exchangeDays: number;
  readonly freeShippingFrom: number;
  readonly giftCardMonths: number;
  readonly warrantyMonths: number;
  readonly damageDays: number;
  readonly priceMatchDays: number;
  readonly goldFrom: number;
  readonly invoiceDays: number;
  readonly pickUpDays: number;
  readonly wrappingFee: number;
  readonly bladeAge: number;
  readonly schoolDiscount: number;
}

export interface Article {
  readonly article_id: string;
  readonly title: string;
  readonly text: string;
}

export function drawRules(chance: Chance): Rules {
  return {
    refundDays: chance.pick([14, 21, 30, 45]),
    refundLimit: chance.pick([120, 150, 180, 200]),
    exchangeDays: chance.pick([20, 25, 35, 40, 60]),
    freeShippingFrom: chance.pick([49, 59, 65, 75, 90]),
    giftCardMonths: chance.pick([24, 30, 36, 48]),
    warrantyMonths: chance.pick([18, 24, 36, 42, 60]),
    damageDays: chance.pick([3, 4, 5, 7, 10]),
    priceMatchDays: chance.pick([6, 8, 12, 14, 15]),
    goldFrom: chance.pick([400, 500, 650, 800]),
    invoiceDays: chance.pick([14, 20, 28, 30, 42]),
    pickUpDays: chance.pick([5, 8, 9, 11, 13]),
    wrappingFee: chance.pick([2.5, 2.9, 3.5, 4.2, 4.9]),
    bladeAge: chance.pick([16, 18, 21]),
    schoolDiscount: chance.pick([8, 10, 12, 15]),
  };
}

/** The articles about refunds, identity, cancellation and currencies name each other's words, so that a plain search finds them. */
export function writeArticles(rules: Rules): readonly Article[] {
  const texts: readonly (readonly [title: string, text: string])[] = [
    [
      "Refunds: window",
      `Refund policy, part 1. A refund is possible within ${rules.refundDays} days of delivery. After this window a refund request is refused; the customer is told the window. The day count starts on the delivery date.`,
    ],
    [
      "Refunds: amount and limit",
      `Refund policy, part 2. The refund amount is the one of the refund quote, no more and no less; shipping fees are not refunded. The desk may issue refunds up to ${rules.refundLimit.toFixed(2)} EUR (or the same value in another currency). Above this limit the desk issues no refund: it adds a note for a supervisor to the customer's file and tells the customer so.`,
    ],
    [
      "Identity verification",
      "Before any refund or cancellation the identity of the customer is verified: the e-mail address given must be the one on file. When identity verification fails, nothing is refunded or cancelled and the request is refused.",
    ],
    [
      "Cancellation of orders",
      "Cancel policy. An order can be cancelled as long as it has not been shipped, after identity verification. A shipped or delivered order is not cancelled; the customer may ask for a refund after delivery instead.",
    ],
    [
      "Currency conversion",
      "Orders are converted to another currency at the exchange rate of the order date, never at the rate of a later day. Amounts are rounded to two decimals.",
    ],
    [
      "Exchange of goods",
      `Unused goods are exchanged for others of the same value within ${rules.exchangeDays} days of receipt. An exchange is not a refund.`,
    ],
    ["Delivery charges", `Standard delivery is free from a basket value of ${rules.freeShippingFrom.toFixed(2)} EUR.`],
    ["Gift cards", `A gift card can be redeemed for ${rules.giftCardMonths} months from its date of issue.`],
    [
      "Warranty",
      `We grant a warranty of ${rules.warrantyMonths} months on electrical products. It covers defects in material and workmanship, not wear.`,
    ],
    [
      "Damage in transit",
      `Transport damage has to be reported within ${rules.damageDays} days of receipt, with a photo.`,
    ],
    [
      "Price guarantee",
      `Price match: when a competitor offers the same product at a lower price, we pay the difference up to ${rules.priceMatchDays} days after purchase.`,
    ],
    [
      "Loyalty programme",
      `Tiers by turnover within a calendar year: silver from 150.00 EUR, gold from ${rules.goldFrom.toFixed(2)} EUR, platinum from 2000.00 EUR.`,
    ],
    ["Business customers", `Companies may order on invoice; the invoice is payable within ${rules.invoiceDays} days.`],
    [
      "Pick-up",
      `Orders for pick-up at the counter are held for ${rules.pickUpDays} days and go back on the shelf afterwards.`,
    ],
    ["Gift wrapping", `Gift wrapping costs ${rules.wrappingFee.toFixed(2)} EUR per article.`],
    ["Age limits", `Sharp blades are sold to persons aged ${rules.bladeAge} or over only; proof of age is required.`],
    [
      "Educational institutions",
      `Nurseries and universities get a discount of ${rules.schoolDiscount} % on volume purchases of ten articles or more. The discount applies to educational institutions only.`,
    ],
  ];
  return texts.map(([title, text], index) => ({ article_id: `P-${String(index + 1).padStart(2, "0")}`, title, text }));
}
