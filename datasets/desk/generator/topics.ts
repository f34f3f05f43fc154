import type { Rules } from "../world/articles.ts";
import type { Matter } from "../world/notes.ts";

/** What the answer is measured in; decides the check. */
export type Unit = "days" | "months" | "EUR" | "years" | "%" | "date" | "name";

export interface PolicyTopic {
  readonly rule: keyof Rules;
  readonly unit: Unit;
  /** Whole questions in everyday words. */
  readonly questions: readonly string[];
  /** One-word searches that find the article, which names the matter by other words than the questions. */
  readonly found: readonly [string, ...string[]];
}

export const policyTopics: readonly PolicyTopic[] = [
  {
    rule: "exchangeDays",
    unit: "days",
    questions: [
      "How many days does somebody have to swap a thing they don't like?",
      "Within how many days can people trade an untouched mug for another colour?",
    ],
    found: ["exchange", "unused"],
  },
  {
    rule: "freeShippingFrom",
    unit: "EUR",
    questions: [
      "From what sum on do we post parcels at no cost?",
      "How much must be in the cart before we waive the postage?",
    ],
    found: ["delivery", "free"],
  },
  {
    rule: "giftCardMonths",
    unit: "months",
    questions: [
      "How many months does a voucher stay good before it expires?",
      "After how many months does a coupon bought as a present lapse?",
    ],
    found: ["gift"],
  },
  {
    rule: "warrantyMonths",
    unit: "months",
    questions: [
      "For how many months do we repair a toaster that breaks down by itself?",
      "How many months of guarantee are there on appliances?",
    ],
    found: ["warranty", "defects"],
  },
  {
    rule: "damageDays",
    unit: "days",
    questions: [
      "How many days do people have to tell us that something arrived broken?",
      "By when must a cup that was smashed on the way be complained about, in days?",
    ],
    found: ["damage", "transport"],
  },
  {
    rule: "priceMatchDays",
    unit: "days",
    questions: [
      "If another shop is cheaper, for how many days do we give the buyer the rest back?",
      "Somebody saw their kettle cheaper elsewhere: how many days can they claim that from us?",
    ],
    found: ["price", "competitor"],
  },
  {
    rule: "goldFrom",
    unit: "EUR",
    questions: [
      "How much does one have to spend a year to reach the second best membership level?",
      "From what yearly spending on is a regular promoted to the golden status?",
    ],
    found: ["loyalty", "tiers", "gold"],
  },
  {
    rule: "invoiceDays",
    unit: "days",
    questions: [
      "How many days may a firm take to settle its bill?",
      "A restaurant owner wants to buy now and pay later. How many days do we give for that?",
    ],
    found: ["invoice", "business", "companies"],
  },
  {
    rule: "pickUpDays",
    unit: "days",
    questions: [
      "For how many days do we keep a parcel that someone wants to collect in the shop?",
      "Someone reserved a pan to fetch it here in person. How many days until we put it back for sale?",
    ],
    found: ["counter", "held"],
  },
  {
    rule: "wrappingFee",
    unit: "EUR",
    questions: [
      "What do we charge for packing something nicely as a present?",
      "How much is it to have a birthday present put in nice paper with a ribbon?",
    ],
    found: ["wrapping", "gift"],
  },
  {
    rule: "bladeAge",
    unit: "years",
    questions: [
      "How old must a buyer of kitchen knives be?",
      "A teenager wants a chef's knife. From how many years on may we hand it over?",
    ],
    found: ["age", "blades"],
  },
  {
    rule: "schoolDiscount",
    unit: "%",
    questions: [
      "By how many percent is it cheaper for schools that buy a lot?",
      "A teacher orders thirty mugs for a kindergarten. How many percent rebate may I promise?",
    ],
    found: ["discount", "educational"],
  },
];

export interface NoteTopic {
  readonly matter: Matter;
  readonly unit: Unit;
  readonly questions: readonly string[];
  /** One-word searches that find the note, which names the matter by other words than the questions. */
  readonly found: readonly [string, ...string[]];
}

export const noteTopics: readonly NoteTopic[] = [
  {
    matter: "goodwill",
    unit: "EUR",
    questions: [
      "How large was the voucher we offered as an apology?",
      "What sum did we promise as a compensation for the trouble?",
    ],
    found: ["goodwill", "credit"],
  },
  {
    matter: "callback",
    unit: "date",
    questions: [
      "On which date did we say we would phone again?",
      "For what date was the next telephone conversation agreed?",
    ],
    found: ["ring", "call"],
  },
  {
    matter: "absence",
    unit: "date",
    questions: [
      "Until which date is the customer on holiday and can't take parcels?",
      "When does the customer come back from the vacation? I need the date.",
    ],
    found: ["away", "absent"],
  },
  {
    matter: "discount",
    unit: "%",
    questions: [
      "What rebate, in percent, was agreed for the next purchase?",
      "By how many percent will the next purchase be cheaper?",
    ],
    found: ["discount", "off"],
  },
  {
    matter: "neighbour",
    unit: "name",
    questions: [
      "With whom may the courier leave parcels if nobody opens?",
      "Who accepts deliveries for the customer when nobody is at home? I need the name.",
    ],
    found: ["neighbour"],
  },
  {
    matter: "repair",
    unit: "EUR",
    questions: [
      "What price did we give for mending the broken appliance?",
      "How much did we say fixing the machine would cost?",
    ],
    found: ["repair", "estimate"],
  },
];
