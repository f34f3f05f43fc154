import { readParticulars, type Particulars } from "./particulars.ts";

/** What a request wants done. */
export type Intent =
  | "order-fact"
  | "tracking"
  | "event-days"
  | "order-total"
  | "stock"
  | "customer-fact"
  | "newest-order"
  | "delivery-days"
  | "paid-for-product"
  | "count-orders"
  | "year-spending"
  | "orders-with-product"
  | "refund"
  | "refund-quote"
  | "cancel"
  | "policy-question"
  | "note-question"
  | "small-talk"
  | "private-data"
  | "write-sentence"
  | "tell-more";

export interface OfficeRequest extends Particulars {
  readonly intent: Intent;
}

/** Reads an office request; undefined when it is about something else. */
export function readRequest(text: string): OfficeRequest | undefined {
  const said = readParticulars(text);
  const intent = intentOf(said);
  return intent === undefined ? undefined : { ...said, intent };
}

/** The request as it reads once the order it is about is known. */
export function aboutOrder(said: OfficeRequest, order_id: string): OfficeRequest {
  const found = { ...said, orders: [order_id] };
  return { ...found, intent: orderIntent(found) };
}

function intentOf(said: Particulars): Intent | undefined {
  const { text, orders, customer, sku, email, names, hint } = said;
  const has = (words: RegExp): boolean => words.test(text);
  if (asksForSentence(text)) return "write-sentence";
  if (asksForPrivateData(text)) return "private-data";
  if (isSmallTalk(said)) return "small-talk";
  if (asksForRule(said)) return "policy-question";
  if (orders.length > 0) return orderIntent(said);
  if (asksForNote(said)) return "note-question";
  if (has(stockWords) && (sku !== undefined || said.product !== undefined)) return "stock";
  const action = actionOf(text);
  if (customer !== undefined || email !== undefined || names.length > 0 || hint !== undefined) {
    return action ?? personIntent(said) ?? (isQuestion(text) ? "policy-question" : undefined);
  }
  if (action !== undefined || speaksOfOneCase(text)) return "tell-more";
  return isQuestion(text) && has(shopWords) ? "policy-question" : undefined;
}

const stockWords = /\b(?:in stock|stock|inventory|how many .*\bleft|available|availability)\b/i;
const shopWords =
  /\b(?:we|our|us|shop|customers?|buyers?|people|somebody|someone|parcels?|orders?|refunds?|deliver\w*|shipping|postage|vouchers?|coupons?|cards?|discounts?|rebates?|returns?|prices?|guarantee|warranty|polic\w+|rules?|cups?|pans?|knives|knife|toasters?|kettles?|mugs?|appliances?|presents?|gifts?|schools?|bills?|levels?)\b/i;

function isQuestion(text: string): boolean {
  return /\?|^\W*(?:how|what|which|when|who|where|is|are|do|does|can|may)\b|\b(?:tell me|explain|i need our|find out)\b/i.test(
    text,
  );
}

function asksForSentence(text: string): boolean {
  return (
    /\b(?:one|a|single|short|polite|friendly|courteous)\b[^.:?!]{0,30}\bsentence\b[^.?!]{0,60}(?::|\bthat\b|\bsaying\b|\btelling\b)/i.test(
      text,
    ) ||
    /\b(?:word|phrase|put|say|formulate) (?:this|it|that|the following)\b[^.?!]{0,40}\b(?:polite|nice|friendl|courteous|kind)\w*/i.test(
      text,
    ) ||
    /\b(?:write|draft|compose|formulate)\b[^.?!]{0,40}\b(?:sentence|e-?mail|mail|message|letter|line|reply|text)\b/i.test(
      text,
    )
  );
}

/** A detail that is nobody else's business; an e-mail address or a city is none. */
function asksForPrivateData(text: string): boolean {
  const secret =
    /(?<!e-?mail )(?<!email )\baddress(?:es)?\b(?! (?:is|was)\b)|\bstreet\b|\b(?:tele|mobile |cell)?phone (?:number|of\b)|\bcard (?:number|details)|\bcredit card\b|\bbank (?:details|account)|\biban\b|\bdate of birth\b|\bbirthday of\b|\bpasswords?\b/i;
  const own = /\bchange|\bupdate|\bnew address|\bwrong address\b/i;
  return (
    secret.test(text) &&
    !own.test(text) &&
    (/\?/.test(text) || /\b(?:send|give|tell|read|need|what|which|show|look up)\b/i.test(text))
  );
}

function isSmallTalk({ text, orders, customer, sku, email }: Particulars): boolean {
  if (orders.length > 0 || customer !== undefined || sku !== undefined || email !== undefined) return false;
  if (asksWhatYouDo.test(text)) return true;
  const kind =
    /\b(?:thanks?|thank you|cheers|hello|hi|hey|good (?:morning|afternoon|evening|day)|happy \w+day|have a (?:nice|good|great)|well done|great job|how are you|bye|goodbye|see you)\b/i;
  const wants =
    /\b(?:please|refund|cancel|order number|could you|can you|i need|which|what|how (?:many|much|long|old|is|do)|status|carrier|track|where|whether|look up|find)\b/i;
  return kind.test(text) && !wants.test(text.replace(/\bhow are you\b|\bno question\b/gi, ""));
}

const asksWhatYouDo =
  /\b(?:what|which|how)\b[^.?!]{0,40}\b(?:can|could|do|may|are) (?:you|i)\b[^.?!]{0,30}\b(?:do|help|able|bring|ask|offer|capable|good for)\b|\bwhat are you (?:able|there|here|for)\b|\bwho are you\b|\bwhat do you do\b|\bhelp me with\?/i;

/** The shop's general rules, whoever is on the line. */
function asksForRule({ text, orders, customer, email }: Particulars): boolean {
  if (orders.length > 0 || customer !== undefined || email !== undefined) return false;
  const rule =
    /\b(?:polic(?:y|ies)|rules?|terms|our (?:shop's )?(?:limit|window|deadline)|refund (?:window|limit|period)|return period|allowed to|in general|generally)\b/i;
  return rule.test(text) && isQuestion(text) && actionOf(text) === undefined;
}

function asksForNote({ text, customer, names, email }: Particulars): boolean {
  if (customer === undefined && names.length === 0 && email === undefined) return false;
  return (
    /\b(?:our|internal|the|a|any|left|colleagues?'?s?) (?:internal )?notes?\b|\bnotes? (?:on|about|of|for)\b/i.test(
      text,
    ) ||
    /\b(?:written|wrote|write|noted|put|jotted) (?:it |this |that |something )?down\b|\ba colleague\b|\bone of us\b|\bcolleagues? (?:of mine|said|told|promised|agreed|noted)\b|\bon file (?:about|that)\b/i.test(
      text,
    ) ||
    /\bwe (?:promise|agree|offer|say|tell|quote)d?\b|\bdid we (?:promise|agree|offer|say|tell|quote)\b|\b(?:was|were) (?:promised|agreed)\b/i.test(
      text,
    )
  );
}

/** A refund or a cancellation that somebody wants now, as opposed to one that is spoken about. */
function actionOf(text: string): "refund" | "cancel" | undefined {
  const cancel =
    /(?<!to )\bcancel\b(?! (?:polic|rule))|\bcall(?:ed)? off\b|\bstop (?:my |the |this |our )?order\b|\b(?:wants?|like|wish(?:es)?|needs?|asked?|have|get)\b[^.?!]{0,50}\bcancell?ed\b|\bcancellation (?:of|for|request)|\b(?:wants?|like|wish(?:es)?|asks?) to cancel\b/i;
  const refund =
    /\brefund\b(?!ed| (?:polic|rule|window|limit|period))|\bmoney back\b|\breimburse\b|\bgive back the money\b|\b(?:wants?|like|wish(?:es)?|get)\b[^.?!]{0,50}\brefunded\b/i;
  if (
    /\b(?:how many|how much|what|which|when|within|until|who|is|was|are)\b[^.?!]*\b(?:refund|cancel|money back)[^.?!]*\?/i.test(
      text,
    ) &&
    !/\bplease\b|\bi want\b|\bi'd like\b/i.test(text)
  ) {
    return undefined;
  }
  if (refund.test(text)) return "refund";
  return cancel.test(text) ? "cancel" : undefined;
}

function orderIntent(said: Particulars): Intent {
  const { text, currency, percent, orders } = said;
  const has = (words: RegExp): boolean => words.test(text);
  if (has(/\b(?:how much|what)\b[^.?!]*\b(?:refund|money back|give back|get back)/i)) return "refund-quote";
  const action = actionOf(text);
  if (action !== undefined) return action;
  if (
    has(
      /\bcarrier|\btracking\b|\bwho (?:carries|delivers|ships|took)\b|\bwith whom\b|\bparcel number\b|\bdelivering\b/i,
    )
  )
    return "tracking";
  if (has(/\bdays?\b|\bhow long\b/i) && eventsIn(text).length > 1) return "event-days";
  if (percent !== undefined || currency !== undefined || orders.length > 1) return "order-total";
  return has(/\b(?:total|worth|sum|value|add up|come to|amount to|how much (?:is|are|do|does))\b/i)
    ? "order-total"
    : "order-fact";
}

function personIntent(said: Particulars): Intent | undefined {
  const { text, product, year } = said;
  const has = (words: RegExp): boolean => words.test(text);
  if (has(/\bspen[dt]\b|\bspending\b|\bturnover\b|\badd up to\b|\brevenue\b|\bworth of\b/i) && year !== undefined)
    return "year-spending";
  if (
    has(/\bdays?\b|\bhow long\b/i) &&
    has(/\bdeliver\w*|\breceiv\w*|\barriv\w*/i) &&
    has(/\bpa(?:id|y\w*)|\bwait\w*/i)
  )
    return "delivery-days";
  if (product !== undefined && has(/\bpa(?:id|y)\b|\breceipt\b|\bhow much\b|\bcost\b/i)) return "paid-for-product";
  if (product !== undefined && has(/\borders?\b|\bbought\b|\bbuy\b/i) && !has(/\bhow many days\b/i))
    return "orders-with-product";
  if (
    has(/\b(?:how many|number of|count)\b[^.?!]*\borders?\b|\borders?\b[^?]*\bhow many\b|\bcount\b[^?]*\borders\b/i) &&
    !has(/\bdays\b/i)
  )
    return "count-orders";
  if (has(/\btiers?\b|\bloyalty\b|\bbronze, silver\b|\bgold or\b/i) && !has(/\breach\b|\bone have to\b/i))
    return "customer-fact";
  if (
    has(/\b(?:newest|latest|last|most recent|recent|recently|current|next to arrive)\b/i) &&
    has(/\border\w*|\bparcel\b|\bbought\b|\bcarrier\b|\bdelivery\b/i)
  )
    return "newest-order";
  if (has(/\bcity\b|\btown\b|\bwhere (?:does|do) .* live\b|\bcustomer since\b|\bcustomer (?:id|number)\b|\bcountry\b/i))
    return "customer-fact";
  return has(/\border\b[^.?!]*\b(?:status|doing|carrier|stand)\b|\b(?:status|carrier|state) of [^.?!]*\border\b/i)
    ? "newest-order"
    : undefined;
}

/** One certain order, parcel or customer that everybody but the reader knows. */
function speaksOfOneCase(text: string): boolean {
  return (
    /\b(?:the|this|that|his|her|their|my|your) (?:last |latest |newest )?(?:order|parcel|package|shipment|delivery|invoice|order total|purchase)\b(?! (?:limit|window))/i.test(
      text,
    ) || /\border total\b|\bthe customer who\b|\btracking number of\b|\bstatus of (?:the|my|an?) order\b/i.test(text)
  );
}

/** What can happen to an order. */
export type OrderEvent = "placed" | "paid" | "shipped" | "delivered";

const eventWords: readonly (readonly [OrderEvent, RegExp])[] = [
  ["placed", /\bplac(?:ed|ing)\b|\bmade\b|\bordered\b|\bordering\b|\border date\b|\bcame in\b/gi],
  ["paid", /\bpaid\b|\bpay(?:ment|ing)\b|\bsettled\b/gi],
  ["shipped", /\bshipp(?:ed|ing)\b|\bdispatch(?:ed|ing)?\b|\bsent (?:off|out)\b|\bleft\b|\bposted\b|\bhanded over\b/gi],
  ["delivered", /\bdeliver(?:ed|y)\b|\barriv(?:ed?|al)\b|\breceiv(?:ed|ing)\b|\breached\b|\bgot there\b/gi],
];

/** The events that a text speaks of, each once, in the order in which they happen. */
export function eventsIn(text: string): readonly OrderEvent[] {
  return eventWords.filter(([, words]) => text.search(words) !== -1).map(([event]) => event);
}
