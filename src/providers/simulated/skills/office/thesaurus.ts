/** Words in which people speak of a matter, and words in which a shop's papers write of it, the likeliest first. */
interface Matter {
  readonly said: RegExp;
  readonly written: readonly string[];
}

/** What somebody who has read many shops' terms knows. */
export const rulesOfShops: readonly Matter[] = [
  {
    said: /\bswap|\btrad(?:e|ing)\b|\banother (?:colour|size)|\bexchang\w*|\bdon't like\b|\buntouched\b/gi,
    written: ["exchange", "unused"],
  },
  {
    said: /\bpostage|\bpost parcels|\bno cost\b|\bshipping (?:fee|cost|charge)s?|\bfree (?:shipping|delivery)|\bwaive|\bin the cart\b|\bfor free\b/gi,
    written: ["delivery", "shipping", "free"],
  },
  {
    said: /\bvouchers?|\bcoupons?|\bgift ?cards?|\bgift certificates?|\bexpires?\b|\blapses?\b/gi,
    written: ["gift", "voucher"],
  },
  {
    said: /\bguarantee|\bwarrant\w*|\bbreaks? down|\bby itself\b|\brepair|\bappliances?|\bfaulty\b|\bdefective\b/gi,
    written: ["warranty", "guarantee", "defects"],
  },
  {
    said: /\barriv\w+ broken|\bsmashed|\bon the way\b|\bcomplain\w*|\bdamaged?\b|\bcracked\b|\bchipped\b|\bin pieces\b|\bbroken\b/gi,
    written: ["damage", "transport"],
  },
  {
    said: /\bcheaper\b|\belsewhere\b|\banother shop\b|\bother shops?\b|\blower price|\bdifference\b|\bcompetit\w+/gi,
    written: ["price", "competitor"],
  },
  {
    said: /\bmembership|\bgold(?:en)?\b|\bsilver\b|\bplatinum\b|\blevels?\b|\byearly\b|\ba year\b|\bregulars?\b|\bloyal\w*|\btiers?\b/gi,
    written: ["loyalty", "tiers", "gold"],
  },
  {
    said: /\bfirms?\b|\bbills?\b|\bpay later|\brestaurants?|\bcompan(?:y|ies)|\bsettle\b|\bcredit terms|\binvoices?\b|\bbusiness\w*/gi,
    written: ["invoice", "business"],
  },
  {
    said: /\bcollect\w*|\bfetch\w*|\bin person\b|\breserved?\b|\bkeep a parcel\b|\bpick\w*[- ]?up\b|\bput (?:it )?(?:back|aside)|\bclick and collect\b/gi,
    written: ["counter", "held"],
  },
  {
    said: /\bpack(?:ing|ed)?\b|\bpaper\b|\bribbon|\bwrap\w*|\bpresents?\b|\bnicely\b/gi,
    written: ["wrapping", "gift"],
  },
  {
    said: /\bhow old\b|\bteenagers?|\bknife|\bknives|\bminors?\b|\bhand it over\b|\bchild(?:ren)?\b|\bunder age\b/gi,
    written: ["age", "blades"],
  },
  {
    said: /\bschools?|\bteachers?|\bkindergartens?|\buniversit\w+|\brebates?|\bpupils\b|\bclass(?:room)?\b|\bnurser\w+/gi,
    written: ["discount", "educational"],
  },
  {
    said: /\brefund\w*|\bmoney back|\bsend back|\bbring back|\breturn(?:s|ed|ing)?\b/gi,
    written: ["refund", "return"],
  },
  { said: /\bcancel\w*|\bcall off/gi, written: ["cancel", "cancellation"] },
  { said: /\bidentity|\bwho is asking|\bprove who\b/gi, written: ["identity", "verification"] },
  { said: /\bcurrenc\w+|\bconver\w+|\bexchange rate/gi, written: ["currency", "rate"] },
];

/** What colleagues scribble about customers. */
export const notesOfColleagues: readonly Matter[] = [
  {
    said: /\bvouchers?|\bapolog\w+|\bcompensat\w+|\btrouble\b|\bsorry\b|\bgesture\b/gi,
    written: ["goodwill", "credit"],
  },
  {
    said: /\bphone\b|\btelephone|\bcall\w*\b|\bspeak again\b|\bconversation (?:was )?agreed|\bget back to\b/gi,
    written: ["ring", "call"],
  },
  {
    said: /\bholidays?|\bvacation|\bcome back|\bcan't take\b|\btravel\w*|\bout of town\b|\breturn\b/gi,
    written: ["away", "absent"],
  },
  {
    said: /\brebate|\bcheaper\b|\bnext purchase|\breduction\b|\bprice cut\b|\bpercent\b/gi,
    written: ["discount", "off"],
  },
  {
    said: /\bcourier|\bnobody\b|\bno one\b|\baccepts?\b|\bat home\b|\bwith whom\b|\bleave parcels|\bnot in\b/gi,
    written: ["neighbour", "neighbor"],
  },
  { said: /\bmend\w*|\bfix\w*|\bbroken\b|\bmachine\b|\bappliance|\brepair\w*/gi, written: ["repair", "estimate"] },
];

/** The search words that a question calls for, those of the matter it touches most first. */
export function searchWords(question: string, matters: readonly Matter[]): readonly string[] {
  const touched = matters
    .map(({ said, written }) => ({ hits: new Set(question.toLowerCase().match(said) ?? []).size, written }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits);
  const [best, second] = touched;
  return [...(best?.written.slice(0, 2) ?? []), ...(second?.written.slice(0, 1) ?? [])];
}

const empty = new Set(
  (
    "a about after again all also am an and any are as ask asks at back be been before but by can can't could customer customers did do does don't down during every for from get give go had has have help here how i i'm " +
    "if in into is it it's its just know left let like look many may me more much must my need new no not of on once one or our out please question quick refers rule rules said say shop should so some somebody someone " +
    "sum talked tell than that the their them then there these they thing this through till time to too under until up us want wants was we were what when which who whom why will with within would year years you your colleague " +
    "colleagues note notes internal conversation written wrote line guess mine day days month months percent date name ago find found could"
  ).split(" "),
);

/** The words of a question that carry its meaning: what a hasty searcher types. */
export function keywords(question: string): string {
  const words = question.toLowerCase().match(/[\p{L}][\p{L}'’]+/gu) ?? [];
  return words
    .filter((word) => !empty.has(word))
    .slice(-3)
    .join(" ");
}
