import { readStatements, type Statement } from "./classify-prose.ts";

/** What a message may be about: names a label may have, words of the matter, and what people say instead of the label. */
interface Topic {
  readonly names: RegExp;
  readonly words: RegExp;
  readonly nicknames: readonly string[];
}

const topics: readonly Topic[] = [
  {
    names: /bill|pay|invoic|financ|account(?:s|ing)\b/i,
    words:
      /\binvoic\w*|\bpay\w*|\bpaid\b|\bcharge[ds]?\b|\brefund\w*|\bcredit\w*|\bmoney\b|\bbank\w*|\bcard\b|\bfee\b|\bsum\b|\bamount\b|\bvat\b|\btax\w*|\breceipt\b|\bbill\w*|\bdebit\w*|\biban\b|\bvoucher\b|\bsubscription\b|\beuros?\b|\bdifference\b|\binstal\w+|\bgift card\b|\baccountant\b/gi,
    nicknames: ["Finance department", "Payments team", "Accounts receivable"],
  },
  {
    names: /ship|deliver|logist|transport/i,
    words:
      /\bparcels?\b|\bpackages?\b|\btrack\w*|\bdeliver\w*|\bcourier\b|\bdriver\b|\bcarrier\b|\bshipping\b|\bcustoms\b|\bwarehouse\b|\bpick-up\b|\bmoving\b|\bnew address\b|\bhouse number\b|\bhave it here\b|\bunder way\b|\bpromised for\b|\bwhat day\b|\bgone out\b|\bredirect\b|\bcollect it\b|\brecipient\b|\bsender\b/gi,
    nicknames: ["Logistics", "Delivery desk", "Carrier relations"],
  },
  {
    names: /return|exchang|swap/i,
    words:
      /\breturn\w*|\bsen[dt](?:ing)? (?:it|the other thing|them) back\b|\bexchang\w+|\bswap\w*|\bgive it back\b|\btake it back\b|\bgo back\b|\bposted .{1,30} back\b|\bwithdraw from the purchase\b|\bchanged my mind\b|\bnext size\b|\btoo (?:tight|large|small)\b|\bkeep(?:ing)?\b|\bafter all\b|\binstead of the\b|\bstill take them\b|\bsealed\b|\bunopened\b|\blabel\b/gi,
    nicknames: ["Send-backs", "Exchange desk", "Reverse logistics"],
  },
  {
    names: /repair|defect|technic|service|guarantee|warrant/i,
    words:
      /\brepair\w*|\bbroke\w*|\bdefect\w*|\bfault\w*|\bguarantee\b|\bmend\w*|\bfix\w*|\bworkshop\b|\bcrack\w*|\bdrips?\b|\bspare\b|\bmotor\b|\bhinge\b|\bswitches itself off\b|\bstays dark\b|\bblink\w*|\bsmells?\b|\bjams?\b|\bwheel\b|\bresett?\w*|\bpair\b|\bbatter\w+|\brestarts?\b|\bupdate\b|\bwobbles\b|\bthread\b|\bseal\b|\bsteam\b|\bput right\b|\bworking again\b/gi,
    nicknames: ["Technical support", "Workshop", "Warranty"],
  },
  {
    names: /account|login|profile|member/i,
    words:
      /\baccount\b|\bpassword\b|\blog(?:ged)? ?in\b|\blogins?\b|\bsign(?:ed)?[ -]?in\b|\block(?:ed)? me out\b|\bunlock\w*|\bprofile\b|\bregist\w+|\bmembership\b|\bloyalty\b|\bpoints\b|\bsecond user\b|\bmy user\b|\bcannot get in\b|\bcode that is sent\b/gi,
    nicknames: ["User management", "Login support", "Customer profile team"],
  },
  {
    names: /product|advice|presale|pre-sale|info/i,
    words:
      /\binduction\b|\bweigh\b|\bwork on\b|\btreated with\b|\bquieter\b|\brefills\b|\bfit\b|\bdimmed\b|\bdifference between\b|\bdishwasher\b|\bhow tall\b|\bhand luggage\b|\bfrom what age\b|\bwhere is the .{1,20} made\b|\bstainless\b|\bsize and\b|\bmaterial\b|\bdescription\b|\bmodel\b|\bcompatib\w+|\bfeatures\b|\bdimensions\b|\bcolour\b|\bskin\b|\bbefore I buy\b/gi,
    nicknames: ["Sales advice", "Item information", "Pre-sales"],
  },
  {
    names: /wholesale|business|b2b|trade|bulk|reseller/i,
    words:
      /\bwholesale\b|\bbulk\b|\btrade\b|\bresell\w*|\bstockist\b|\bquotation\b|\boffer\b|\bterms\b|\bdiscount\b|\bquantit\w+|\bpallet\b|\bprice (?:list|per)\b|\bfixed price\b|\bproposal\b|\bsuppl\w+|\bhotel\b|\boffice\b|\bschool\b|\bclinic\b|\bcaterer\b|\bclub\b|\bbranches\b|\bmy shop\b|\bour staff\b|\bframework\b|\bconference\b|\bwould you charge\b|\brate for groups\b|\bpurchasing\b/gi,
    nicknames: ["Key accounts", "Corporate sales", "B2B"],
  },
  {
    names: /privacy|data|gdpr|consent/i,
    words:
      /\bprivacy\b|\bdata\b|\bmailing list\b|\bnewsletter\b|\bunsubscrib\w+|\bconsent\b|\badvertis\w+|\bstored about me\b|\berase\b|\bdelet\w+|\brecords?\b|\brecordings\b|\bcookies\b|\bphotograph\b|\bpassed my\b|\bdetails\b|\btext messages\b|\blegal basis\b|\banother customer's\b|\boff the list\b|\bremoved\b/gi,
    nicknames: ["Legal", "Compliance", "GDPR desk"],
  },
];

/** How much each label has to do with the message. `heedful`: by what is asked for; else by what is mentioned, loudest first. */
export function chooseTopic(message: string, labels: readonly string[], heedful: boolean): string {
  const statements = readStatements(message);
  const scored = labels.map((label) => {
    const words = topicOf(label)?.words ?? new RegExp(`\\b${label}`, "gi");
    const score = statements.reduce((sum, statement) => {
      return sum + (heedful ? weightOf(statement) : loudness(statement)) * hits(statement.text, words);
    }, 0);
    return { label, score };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.label : (labels.find((label) => /product|info|other|general/.test(label)) ?? best.label);
}

/** What somebody who does not keep to the list would say. */
export function nicknamesOf(label: string): readonly string[] {
  return topicOf(label)?.nicknames ?? [`${label} department`];
}

function topicOf(label: string): Topic | undefined {
  return topics.find(({ names }) => names.test(label));
}

function weightOf({ settled, asking, announced }: Statement): number {
  const place = announced === "point" ? 2 : announced === "afterthought" ? 0.4 : 1;
  return place * (settled ? (asking ? 0.3 : 0.05) : asking ? 2 : 1);
}

function loudness({ settled }: Statement): number {
  return settled ? 3 : 1;
}

function hits(text: string, words: RegExp): number {
  return new Set(text.toLowerCase().match(words) ?? []).size;
}
