/**
 * The lexicon: notions of office work and of working with tools, each with the words people use for it. Sources of regular
 * expressions on lower-case text; a word stands for its inflections.
 */
const lexicon = {
  // What is done.
  use: words(
    "us(?:e|es|ed|ing)|call(?:s|ed|ing)?|invok\\w+|appl(?:y|ies|ied)|prefer\\w*|choos\\w+|pick|rely on|employ|consult\\w*|look (?:in|up|for)|search(?:es|ing)?|quer(?:y|ies)|read",
  ),
  verify: words(
    "verif\\w*|confirm\\w*|authenticat\\w*|check(?:s|ed|ing)?|make (?:sure|certain)|establish\\w*|prov(?:e|en|ed)|ensure|find out|validat\\w*|match\\w*",
  ),
  ask: words(
    "ask(?:s|ing)?|clarif\\w*|enquir\\w*|inquir\\w*|question back|counter-question|request (?:the|more|clarification)",
  ),
  guess: words(
    "guess\\w*|assum\\w*|presum\\w*|suppos\\w*|jump to|at random|pick one|choose one|invent\\w*|make (?:it|things?) up",
  ),
  convert: words(
    "convert\\w*|conversions?|exchang\\w+|translate\\w* into|turn\\w* into|the same currency|one currency|common currency",
  ),
  disclose: words(
    "give (?:away|out)|giv(?:en|ing) (?:away|out)|gives? away|disclos\\w*|reveal\\w*|shar(?:e|es|ed|ing)|hand(?:ed|ing)? out|pass(?:ed|ing)? on|tell|show|leak\\w*|divulg\\w*|hand over",
  ),
  refuse: words("refus\\w*|declin\\w*|reject\\w*|turn\\w* down|deny|withhold|say no"),
  repeatSearch: words(
    "(?:try|tries|search|searching|look|ask|query|start|vary|retry|trying|retrying|repeat)\\b(?:\\W+\\w+){0,6}?\\W+(?:again|another|other|different|differently|variants?|synonyms?|partial|part|shorter|fewer|alone|once more|broader|related)|retry|retries|second attempt|synonyms?|reword\\w*|rephras\\w*|broaden\\w*|other (?:words|terms|spellings?)|another (?:word|term|spelling)|different (?:words|terms|spellings?)|alternative (?:words|terms|spellings?)|spelling variants",
  ),
  giveUp: words(
    "giv(?:e|es|ing) up|abandon\\w*|stop searching|conclud\\w*|report (?:that )?nothing|say (?:that )?(?:nothing|it)|resign",
  ),
  fetchAll: words(
    "(?:fetch|read|get|go through|open|request|retrieve|load|walk|page|look at|visit|collect|check|follow|turn)\\w*\\b(?:\\W+\\w+){0,5}?\\W+(?:all|every|each|remaining|further|next|other|rest|last|whole|complete|them all|until|through)|paginat\\w*|all (?:of )?(?:the |its )?pages|every page|each page|(?:next|further|remaining|other|following) pages?|last page|through the pages|page by page|page after page|whole list|entire list|complete list",
  ),
  round: words("round\\w*|truncat\\w*|decimals?(?: places)?|decimal places|full precision|two digits"),
  issue: words(
    "issu(?:e|es|ed|ing)|pay(?:s|ing)? (?:out|back)|paid (?:out|back)|refund_issue|give(?:s|n)? (?:the |any )?(?:money|it) back|gives? any money|reimburs\\w*|refund(?:s|ed|ing)?",
  ),
  quote: words(
    "refund_quote|quot(?:e|es|ed|ing)|what is (?:due|owed)|amount (?:that is )?(?:due|owed)|is due|find(?:ing)? out (?:the|an|what) amount|learn the (?:exact )?amount",
  ),
  cancel: words("cancel\\w*|call off|annul\\w*"),
  finish: words(
    "every part|all parts|each part|whole (?:request|question|task)|entire (?:request|question|task)|complete(?:ly)? answer\\w*|fully answer\\w*|every step|all (?:the )?steps|each step|until (?:you (?:have|know|reach)|the (?:whole|entire|last|final)|it is|everything|every|all)|nothing is (?:missing|left)|every fact|each fact|all (?:the )?facts|everything that (?:was|is) asked|to the end",
  ),
  stop: words("stop(?:s|ping)?|halt|finish early|quit|break off|answer (?:early|at once|immediately|straight)"),
  keepTrack: words(
    "keep (?:track|in mind|the|a (?:list|note))|remember\\w*|write down|note down|noting|carry (?:over|along|forward)|work step by step|step by step|one (?:thing|step) (?:at a time|after)|in order|reread|re-read|original (?:question|request)|what (?:is|was) (?:being )?asked|results? of (?:the )?(?:earlier|previous)|earlier results?|intermediate results?",
  ),
  haste: words(
    "quick(?:ly)?|fast|immediately|at once|right away|straight away|as few (?:\\w+ )?(?:steps|calls|tools) as possible|few(?:er|est) (?:steps|calls)|without (?:delay|checking|further)|no(?:t)? wast\\w+ time|sav\\w+ (?:time|steps|calls)|as soon as possible|minimal effort|speed",
  ),
  explain: words(
    "explain\\w*|in detail|detailed|elaborat\\w*|background|show your (?:work|reasoning|steps)|describe (?:your|every|each)|at length|long|full account|narrat\\w*",
  ),

  // What it is about.
  identity: words(
    "identity(?:_verify)?|who is asking|who (?:the )?(?:sender|customer|person|caller)|who (?:they|somebody|someone) (?:are|is|claims?)|really is|person (?:asking|who asks|behind)|sender'?s? e-?mail|e-?mail address (?:given|belongs|matches|is|really)|(?:address|e-?mail)(?:\\W+\\w+){0,4}?\\W+on file|right person|authenticat\\w*",
  ),
  refund: words("refund\\w*|money back|pay(?:ing|ment)? back|reimburs\\w*|money (?:goes|went|is given|leaves)"),
  writeAction: words(
    "refund\\w*|cancel\\w*|writ(?:e|es|ing) (?:action|anything)|chang(?:e|es|ing) (?:anything|something|a record|records)|money|payout|pay out|irreversible",
  ),
  window: words(
    "windows?|deadline|time limit|return period|refund period|time for (?:a )?refunds?|period|(?:count|number of|how many)? ?days (?:since|after|from|have passed since|between) (?:the )?delivery|days from the delivery|how long ago|too late|too long ago|in time|delivery date",
  ),
  limit: words(
    "limits?|ceiling|cap|maximum|threshold|above what|more than (?:you|the desk) may|too (?:large|high|big)|exceed\\w*|supervisor\\w*|escalat\\w*|beyond your authority",
  ),
  supervisor: words(
    "supervisor\\w*|escalat\\w*|manager\\w*|superior\\w*|somebody (?:above|senior)|senior colleague|hand\\w* (?:it |the case )?over",
  ),
  shipped: words("shipped|dispatched|left the house|on its way|pending|processing|status"),
  policy: words(
    "polic(?:y|ies)|policy_search|articles?|shop'?s? (?:own )?(?:general )?rules|general rules|rules of the shop|refund rules|terms|guidelines?|what the shop (?:allows|grants|charges)|allows|conditions",
  ),
  note: words("notes?|note_search|internal remarks?|what colleagues wrote"),
  oneCustomer: words("customers?|one customer|particular|individual|single customer|agreed with|colleagues?"),
  identifier: words(
    "ids?|identifiers?|(?:order|customer|product|article)[ _-]?(?:numbers?|ids?|codes?)|numbers? of (?:the|an?) (?:order|customer|record)|(?:the|its|their|exact|whose) numbers?|by (?:its|their|the) number|by number|exact number|skus?|o-\\d+|c-\\d+",
  ),
  known: words(
    "known|have|has|having|given|gives|already|provided|mentions?|mentioned|states?|stated|contains?|stands|available|whenever|when|by|with|shows? one|single|exactly one|one",
  ),
  unknown: words(
    "not know|unknown|without (?:an? )?(?:id|number)|no (?:id|number)|only (?:a |the )?(?:name|e-?mail|status|period|date)|do not have|don't have|missing|to find|finds?|find out|several|list(?:s|ing)?|filter\\w*|by (?:name|status|period|date|city|e-?mail)|names?|e-?mail",
  ),
  several: words(
    "lists?|several|many|all orders|orders of (?:a|the|one) customer|by (?:\\w+,? (?:or )?)?(?:status|period|name|e-?mail|date|city)|filter\\w*|(?:a|the|only a) (?:\\w+ )?name|an e-?mail(?: address)?|find orders|finds? customers|more than one",
  ),
  name: words("names?|e-?mail(?: address(?:es)?)?"),
  calculator: words("calculat(?:e|or)(?: tool)?|calculators?|the tool for (?:sums|arithmetic)|an expression"),
  arithmetic: words(
    "calculations?|sums?|arithmetic|add(?:s|ed|ing)? up|additions?|total(?:s|led|ling)?|multipl\\w*|product|percent\\w*|comput\\w*|figures?|amounts?|math\\w*|conversions?|numbers?|discounts?|expression|\\+ - \\*",
  ),
  head: words(
    "in (?:your|the|my|one's) head|mental(?:ly)?|by heart|from memory|estimat\\w*|yourself|approximat\\w*|roughly|without (?:a |the )?(?:tool|calculator)",
  ),
  currency: words("currenc(?:y|ies)|exchange_?\\s?rates?|rates?|foreign|amounts?|money|eur|usd"),
  rate: words("exchange_?\\s?rates?|rates?"),
  orderDate: words(
    "(?:date|day|time)(?: of| on which| when| that| at which)?(?: the| its| their| own| each| every| an| his| her| that| this)*(?: own)? (?:orders?|purchase)|order(?:'s)? (?:own )?dates?|orders?(?: was| were)? (?:placed|made)|date of the purchase|date of (?:its|their|each) own|day of (?:the )?(?:order|purchase)|its own (?:date|day)|historical|at the time|placed earlier|that day's|that day|on which (?:it|the order) was (?:placed|made)",
  ),
  todayRate: words("today'?s?|current|latest rate|newest rate|present"),
  daysTool: words("days_between|days between|tool for (?:days|dates)|date tool"),
  days: words("days|dates|durations?|how long|windows?|periods?|calendar"),
  countDays: words(
    "count\\w*|number of days|days between|how many days|differences?|subtract\\w*|work\\w* out|comput\\w*",
  ),
  isoDate: words(
    "\\d{4}-\\d{2}-\\d{2}|iso(?: 8601)?|yyyy-mm-dd|year-month-day|year, month(?:,)? (?:and )?day|year first",
  ),
  dates: words("dates?|days?"),
  decimalUnits: words(
    "whole (?:currency )?units?|currency units?|decimal units?|main units?|with decimals|decimal point|\\d+\\.\\d{2}\\b|euros and cents|not (?:in )?cents|never (?:in )?cents|decimal (?:numbers?|amounts?|form)",
  ),
  minorUnits: words("cents|minor units?|smallest units?|pence|pennies"),
  pages: words(
    "pages?|paginat\\w*|further (?:results?|orders?)|rest of the (?:list|orders|results)|whole list|entire list|complete list|long lists?",
  ),
  firstPage: words(
    "first page|(?:just|only) one page|first (?:few )?(?:results?|entries)|top of the list|first five|most recent (?:ones|orders)? only",
  ),
  nothingFound: words(
    "nothing(?: is| was)?(?: found)?|empty|no (?:results?|match(?:es)?|hits?|articles?|notes?|customers?|records?)|not (?:be )?found|without (?:a )?result|zero results|fail(?:s|ed)?|unsuccessful|finds? (?:nothing|none)|does not (?:find|work)|come back",
  ),
  answerLine: words(
    '"?answer: ?|last line|final line|closing line|line of (?:its|their) own|one line at the end|ends? (?:every|each|the|your) (?:repl|answer|response|message)\\w*|own line|single line',
  ),
  short: words(
    "short(?:ly)?|brief(?:ly)?|concise(?:ly)?|terse|to the point|few words|one sentence|only the (?:result|value|answer)|no (?:explanations?|preamble|padding|filler)|nothing else",
  ),
  unit: words('units?|currenc(?:y|ies)(?: code)?|eur|usd|gbp|days"|with its|two decimals|iso code'),
  resultForm: words(
    "answers?|results?|repl(?:y|ies)|values?|figures?|responses?|lines?|(?:writ|stat|giv|nam|includ|mention)(?:e|es|ing)",
  ),
  ambiguous: words(
    "ambiguous|ambiguity|unclear|several (?:\\w+ )?(?:fit|match|share|possible|candidates|customers|orders)|more than one|two (?:or more )?(?:\\w+ )?(?:customers|people|orders|persons)|two or more|share (?:the|a|one) name|same name|which (?:one|order|customer|of them)|detail(?:s)? (?:is|are) missing|missing (?:detail|order|information|number)\\w*|needed detail|is missing|are missing|not (?:been )?(?:given|said|stated|named|specified)|does not (?:say|name|state|tell)|left out|unspecified|namesakes?|not clear|several",
  ),
  generalUnsure: words(
    "unsure|uncertain|in doubt|not sure|confirmation|permission|before (?:every|each|any) (?:step|action|call)",
  ),
  tools: words("tools?|systems?|records?|look(?:ing)? (?:\\w+ )?up|look-?ups?|searches|search|database"),
  smallTalk: words(
    "small ?talk|greetings?|thanks|thank(?:s|ing)?|thank-you|chat\\w*|pleasantr\\w*|what you can do|conversation|polite (?:text|sentence|note|message)s?|writing|wording|text you are asked|nothing (?:has|needs) to be looked up|no (?:data|facts?|look-?up)|needs? no|not needed|need nothing|friendly word|draft\\w*|write a (?:text|sentence)|compos\\w+|small favou?rs?",
  ),
  everything: words(
    "every (?:request|question|message|task|time|case|answer|reply|step|customer|call|call(?:er)?)|all (?:requests|questions|messages|tasks|cases|replies)|always|no matter|any request|whatever|each (?:request|message|question)",
  ),
  privateData: words(
    "private|personal (?:data|details|information)|confidential|sensitive|card numbers?|credit card|home addresses|addresses of|(?:another|other) customers?(?:'s)?|customers?' data|customer data|telephone numbers?|phone numbers?|data protection|privacy|somebody else's|someone else's",
  ),
  labels: words(
    "labels?|categor(?:y|ies)|class(?:es)?|queues?|options?|choices?|names? of the (?:queue|label)|levels?|codes?",
  ),
  givenList: words(
    "list(?:ed)?|given|allowed|offered|provided|exactly|verbatim|word for word|as (?:they|it) (?:stand|stands|are|is) (?:written|given)?|among|one of|none other|no other|spelled|predefined",
  ),
  wholeMessage: words(
    "to the end|whole (?:message|text)|entire (?:message|text)|all of (?:the|it)|(?:last|closing|final) (?:sentence|part)s?|wants? (?:now|done|to happen)|really (?:wants?|asks?)|actual(?:ly)? (?:request|wants?|asks?)|still open|settled|already (?:solved|done|settled)|beside the point|by the way|side remarks?|asides?|quot(?:ed|ations?)|afterthoughts?|over and done|history|past (?:matters|events)|main (?:request|concern|point)|what (?:the )?(?:customer|sender|writer) (?:wants|asks)|every clue|second(?:ary)? clue|distract\\w*|misleading|mentioned only|not the loudest",
  ),
  loudest: words("first (?:sentence|word|line|thing)|keywords?|at first glance|loudest|whatever is mentioned"),
  fieldForm: words(
    "json|fields?|(?:asked|requested|required|given|prescribed) (?:form|format|keys?)|format|keys?|label alone|name alone|only the (?:label|name|code|json|object)|nothing (?:else|around|before|after)|no (?:other )?(?:words|text|explanation|comment|sentence|markdown)|without (?:any )?(?:explanation|comment|words|text|sentence)|bare (?:label|value|object)|alone|exactly (?:the form|as asked)",
  ),
  source: words("record|records|source|tools?|look\\w* (?:it |things |them )?up"),
  plan: words("plans?|steps|approach|outline"),

  // Circumstances that make advice on something else out of the same words.
  lookUpTool: words(
    "look(?:s|ed|ing)? (?:\\w+ )?(?:\\w+ )?up|lookup|look-?ups?|order_lookup|customer_lookup|product_lookup|open(?:s|ing)? (?:the|it|that) (?:order|record)|fetch(?:es)? (?:the|it|that|one) (?:order|record)|directly",
  ),
  searchTool: words("search(?:es|ing)?|order_search|customer_search"),
  onlyAsk: words(
    "only (?:ask\\w*|want\\w*|wonder\\w*)|(?:asks?|asked|wants?|wonders?|question|know) (?:only )?(?:how much|what|about|for (?:the|an) amount|to know)|how much|changes? nothing|without (?:paying|changing)|enquir\\w*|find out|would",
  ),
  money: words(
    "amounts?|money|sums?|currenc(?:y|ies)|prices?|totals?|eur|results?|figures?|payments?|refunds?|units?|numbers?|values?",
  ),
  passTo: words("pass(?:ing)?|arguments?|parameters?|tool|calls?|give|fields?|look up the|expects?|where"),
  mix: words(
    "add(?:ing|ed)? (?:up )?(?:\\w+ ){0,4}different currencies|mix\\w*|(?:add|compare|sum)\\w*(?: \\w+){0,6} currenc(?:y|ies)|as if (?:they|it) were|one to one|1:1|same money",
  ),
  calculatorOrTool: words("tools?|calculat\\w+"),
  finalOnly: words("final|last|end|only once|intermediate|result"),
  deciding: words(
    "before|decid\\w*|refus\\w*|never|check\\w*|only|count\\w*|compare\\w*|read|within|when|whether|allow\\w*|outside|exceed\\w*|above|verif\\w*|hand\\w*|make sure|limit of|respect|keep to|obey|stay",
  ),
  aboveLimit: words(
    "(?:above|over|beyond|past|exceed\\w*|more than|larger than|higher than)(?: \\w+){0,5} (?:limits?|ceiling|cap|maximum|threshold)|(?:limits?|ceiling|cap|maximum|threshold) (?:is|are|was|has been|would be) (?:exceeded|passed)|exceed\\w*|too (?:large|high|big)",
  ),
  payOut: words(
    "gives? (?:any |the )?money|money back|pays?(?: \\w+)? (?:out|back)|pays? (?:any|the|money)|issues? (?:a|the|any) refund|moves? money|refunds? (?:anything|money)",
  ),
  notName: words("not (?:a |the )?names?|never (?:a |the )?names?"),
  underLimit: words("time limit|page limit|word limit|character limit|limit yourself|limit the (?:reply|answer)"),
  refundFirst: words("before|first|exactly|refund\\w*|always|then|issu\\w*|amount|due"),
  learnAmount: words(
    "(?:find out|learn|know|see|calculates?|works? out|shows?|tells?|ask\\w*)(?: \\w+){0,4} (?:amount|due|owed|much|refund)\\w*|what is (?:due|owed)|what (?:would|is|will) be (?:due|paid|refunded)|how much|an amount|exact amount|amount due|preview|estimate",
  ),
  irreversible: words(
    "at once|cannot be undone|can't be undone|irreversibl\\w*|final|really pays?|moves money|writes|changes the record|for real",
  ),
  changesNothing: words(
    "changes? nothing|nothing (?:is )?(?:changed|changes|paid|written|happens)|without (?:changing|paying|writing)|only (?:reads?|calculates?|shows?|computes?)|read-only|does not (?:pay|give|issue|change|refund|move)|no money",
  ),
  beforeThat: words("before|first|ahead of|prior to|precede\\w*"),
  formOfReply: words(
    "repl(?:y|ies)|answers?|output|respond|response|return|result|write|give|values?|dates?|amounts?|object|form|use",
  ),
} satisfies Record<string, string>;

export type Concept = keyof typeof lexicon;

const patterns = new Map<Concept, RegExp>(
  Object.entries(lexicon).map(([name, source]) => [name as Concept, new RegExp(source, "g")]),
);

/** Where a notion occurs in a lower-case text, as offsets. */
export function occurrences(concept: Concept, text: string): readonly number[] {
  const pattern = patterns.get(concept);
  return pattern === undefined ? [] : [...text.matchAll(pattern)].map(({ index }) => index);
}

export function mentions(concept: Concept, text: string): boolean {
  return text.search(patterns.get(concept) ?? /$^/) !== -1;
}

function words(source: string): string {
  return `(?<![\\w])(?:${source})(?![\\w])`;
}
