import type { HabitName } from "../skills/habit-name.ts";
import type { Concept } from "./concepts.ts";

/**
 * What a sentence has to say to bear on a habit. `about` must all stand in clauses of one sense: demanded, the sentence mends
 * the habit by `strength`; denied, it worsens it (and the other way round for a negative strength). The rest may stand anywhere.
 */
export interface Advice {
  readonly habit: HabitName;
  readonly about: readonly Concept[];
  /** Must stand somewhere in the sentence. */
  readonly with?: readonly Concept[] | undefined;
  /** Must not stand anywhere in it. */
  readonly lacks?: readonly Concept[] | undefined;
  /** In [-1, 1]. */
  readonly strength: number;
  /** Make the advice sharper: with none of them in the sentence, it counts three quarters. */
  readonly sharper?: readonly Concept[] | undefined;
  /** True: a condition takes the sense of what it is a condition of ("do not use it when the id is known"). */
  readonly governed?: true;
}

function mends(
  habit: HabitName,
  about: readonly Concept[],
  more: Omit<Partial<Advice>, "habit" | "about"> = {},
): Advice {
  return { habit, about, strength: 1, ...more };
}

function worsens(
  habit: HabitName,
  about: readonly Concept[],
  strength: number,
  more: Omit<Partial<Advice>, "habit" | "about" | "strength"> = {},
): Advice {
  return { habit, about, strength: -strength, ...more };
}

/** What instructions, rules and steps of a plan teach. */
export const generalAdvice: readonly Advice[] = [
  // Choice of tools.
  mends("search-instead-of-lookup", ["identifier"], { with: ["known", "lookUpTool"] }),
  mends("lookup-instead-of-search", ["searchTool"], { with: ["unknown"], lacks: ["nothingFound", "pages"] }),
  mends("issues-instead-of-quotes", ["quote"], { with: ["onlyAsk"] }),
  mends("issues-instead-of-quotes", ["quote"], { with: ["issue"], strength: 0.6, sharper: ["onlyAsk"] }),
  mends("quotes-instead-of-issues", ["issue"], { with: ["quote"], lacks: ["onlyAsk"], strength: 0.7 }),
  mends("notes-instead-of-policy", ["policy"], { with: ["use"], lacks: ["oneCustomer"] }),
  mends("policy-instead-of-notes", ["note"], { with: ["oneCustomer"], lacks: ["supervisor"] }),

  // Arguments.
  mends("wrong-date-format", ["isoDate"], { with: ["dates"] }),
  mends("amount-in-minor-units", ["decimalUnits"], { with: ["money"] }),
  worsens("amount-in-minor-units", ["minorUnits"], 1, { with: ["money"], lacks: ["decimalUnits", "round"] }),
  worsens("name-instead-of-id", ["name"], 1, { with: ["identifier", "passTo"], lacks: ["beforeThat"] }),
  mends("name-instead-of-id", ["identifier"], { with: ["name", "beforeThat"], lacks: ["verify"] }),
  mends("name-instead-of-id", ["identifier"], {
    with: ["passTo"],
    lacks: ["lookUpTool", "verify", "name"],
    strength: 0.8,
  }),

  // Calculation.
  mends("mental-arithmetic", ["calculator"], { with: ["arithmetic"] }),
  worsens("mental-arithmetic", ["head"], 1, { with: ["arithmetic"], lacks: ["days"] }),
  mends("skips-conversion", ["convert"], { with: ["currency"] }),
  worsens("skips-conversion", ["mix"], 1, { with: ["currency"], lacks: ["convert"] }),
  mends("wrong-rate-date", ["orderDate"], { with: ["rate"] }),
  worsens("wrong-rate-date", ["todayRate"], 1, { with: ["rate"], lacks: ["orderDate"] }),
  mends("mental-dates", ["daysTool"], { with: ["days"] }),
  mends("mental-dates", ["calculatorOrTool"], { with: ["countDays", "days"], strength: 0.8 }),
  worsens("mental-dates", ["head"], 1, { with: ["days"] }),
  mends("careless-rounding", ["round"], { with: ["money"], sharper: ["finalOnly"] }),

  // Policy.
  mends("skips-identity-check", ["identity"], { with: ["verify"], sharper: ["writeAction"] }),
  mends("skips-window", ["window"], { with: ["deciding"], sharper: ["days", "policy"] }),
  worsens("ignores-limit", ["aboveLimit"], 1, { with: ["issue"], lacks: ["supervisor", "refuse", "underLimit"] }),
  mends("ignores-limit", ["supervisor"], { sharper: ["limit"] }),
  mends("ignores-limit", ["refuse"], { with: ["aboveLimit"] }),
  mends("ignores-limit", ["limit"], { with: ["verify"], lacks: ["underLimit", "aboveLimit"] }),
  mends("skips-quote", ["quote"], { with: ["refundFirst"] }),

  // Taking the task apart.
  mends("stops-early", ["finish"], { lacks: ["pages"] }),
  worsens("stops-early", ["haste"], 0.7),
  mends("ignores-further-pages", ["fetchAll"], { with: ["pages"] }),
  worsens("ignores-further-pages", ["firstPage"], 1),
  worsens("ignores-further-pages", ["haste"], 0.4),
  mends("loses-thread", ["keepTrack"]),
  mends("gives-up-on-empty", ["repeatSearch"], { with: ["nothingFound"] }),
  mends("gives-up-on-empty", ["repeatSearch"], { lacks: ["nothingFound"], strength: 0.6 }),
  worsens("gives-up-on-empty", ["giveUp"], 0.8, { with: ["nothingFound"], lacks: ["repeatSearch"] }),

  // Answers.
  mends("rambling-answer", ["answerLine"], { with: ["resultForm"] }),
  mends("rambling-answer", ["short"], { with: ["resultForm"], lacks: ["answerLine"], strength: 0.3 }),
  worsens("rambling-answer", ["explain"], 0.6, { lacks: ["short"] }),
  mends("drops-unit", ["unit"], { with: ["resultForm"], lacks: ["convert", "rate", "mix", "quote"] }),
  mends("guesses-when-ambiguous", ["ask"], { with: ["ambiguous"] }),
  mends("guesses-when-ambiguous", ["ask"], { with: ["generalUnsure"], lacks: ["ambiguous"], strength: 0.45 }),
  worsens("guesses-when-ambiguous", ["guess"], 1, { with: ["ambiguous"], lacks: ["ask"] }),
  worsens("stops-early", ["ask"], 0.5, { with: ["generalUnsure"], lacks: ["ambiguous"] }),
  worsens("needless-tools", ["tools"], 1, { with: ["smallTalk"] }),
  worsens("needless-tools", ["tools"], 0.6, { with: ["everything", "use"], lacks: ["smallTalk"] }),
  worsens("needless-tools", ["identity"], 0.4, { with: ["verify", "everything"], lacks: ["writeAction"] }),
  worsens("leaks-private-data", ["disclose"], 1, { with: ["privateData"], lacks: ["refuse"] }),
  mends("leaks-private-data", ["refuse"], { with: ["privateData"] }),
  worsens("stops-early", ["refuse"], 0.5, { with: ["everything"], lacks: ["writeAction", "privateData"] }),

  // Classification.
  mends("label-outside-list", ["givenList"], { with: ["labels"] }),
  mends("ignores-secondary-cue", ["wholeMessage"], { lacks: ["finish", "answerLine"] }),
  worsens("ignores-secondary-cue", ["loudest"], 1),
  mends("wrong-field-format", ["fieldForm"], { with: ["formOfReply"] }),
];

/** What the description of a tool teaches; `tool` tells which tools. */
export interface ToolAdvice extends Advice {
  readonly tool: RegExp;
  /** Share of what descriptions can teach about this habit. */
  readonly share: number;
  /** Whether an example of a call teaches it too. */
  readonly form?: true;
}

function teaches(
  habit: HabitName,
  tool: RegExp,
  share: number,
  about: readonly Concept[],
  more: Omit<Partial<ToolAdvice>, "habit" | "about" | "tool" | "share"> = {},
): ToolAdvice {
  return { habit, about, strength: 1, ...more, tool, share };
}

export const toolAdvice: readonly ToolAdvice[] = [
  teaches("search-instead-of-lookup", /^(?:order|customer)_lookup$/, 0.5, ["identifier"], {
    with: ["known"],
    lacks: ["unknown"],
    governed: true,
  }),
  teaches("search-instead-of-lookup", /^(?:order|customer)_search$/, 0.5, ["identifier"], {
    strength: -1,
    with: ["use"],
    lacks: ["unknown"],
    governed: true,
  }),
  teaches("lookup-instead-of-search", /^(?:order|customer)_lookup$/, 0.4, ["several"], {
    strength: -1,
    governed: true,
  }),
  teaches("lookup-instead-of-search", /^(?:order|customer)_search$/, 0.6, ["several"], {
    lacks: ["notName"],
    governed: true,
  }),
  teaches("issues-instead-of-quotes", /quote/, 0.5, ["learnAmount"], { governed: true }),
  teaches("issues-instead-of-quotes", /issue/, 0.5, ["learnAmount"], { strength: -1, with: ["use"], governed: true }),
  teaches("issues-instead-of-quotes", /issue/, 0.25, ["irreversible"]),
  teaches("quotes-instead-of-issues", /issue/, 0.5, ["issue"], { lacks: ["learnAmount"] }),
  teaches("quotes-instead-of-issues", /quote/, 0.5, ["changesNothing"]),
  teaches("quotes-instead-of-issues", /quote/, 0.4, ["payOut"], { strength: -1 }),
  teaches("notes-instead-of-policy", /policy/, 0.6, ["policy"], { governed: true }),
  teaches("notes-instead-of-policy", /note_search/, 0.4, ["policy"], { strength: -1, governed: true }),
  teaches("policy-instead-of-notes", /note_search/, 0.6, ["oneCustomer"], { governed: true }),
  teaches("policy-instead-of-notes", /policy/, 0.4, ["oneCustomer"], { strength: -1, governed: true }),
  teaches("wrong-date-format", /exchange|days|order_search/, 1, ["isoDate"], { form: true }),
  teaches("amount-in-minor-units", /issue/, 1, ["decimalUnits"], { form: true }),
  teaches("name-instead-of-id", /_lookup$|order_search|note_search/, 1, ["identifier"], {
    lacks: ["unknown"],
    form: true,
  }),
  teaches("name-instead-of-id", /_lookup$|order_search|note_search/, 1, ["identifier"], { with: ["notName"] }),
  teaches("name-instead-of-id", /_lookup$/, 0.6, ["name"], { strength: -1, governed: true }),
  teaches("mental-arithmetic", /calculat/, 1, ["arithmetic"], { with: ["use"], governed: true }),
  teaches("skips-conversion", /exchange|rate/, 1, ["convert"], { with: ["use"], governed: true }),
  teaches("wrong-rate-date", /exchange|rate/, 0.8, ["orderDate"], { lacks: ["todayRate"], governed: true }),
  teaches("wrong-rate-date", /exchange|rate/, 0.5, ["todayRate"], { strength: -1, governed: true }),
  teaches("mental-dates", /days/, 1, ["days"], { with: ["use"], governed: true }),
  teaches("mental-dates", /days/, 0.4, ["head"], { strength: -1 }),
  teaches("careless-rounding", /calculat/, 1, ["round"], { form: true }),
  teaches("skips-identity-check", /identity|verif/, 0.7, ["writeAction"], { with: ["use"], governed: true }),
  teaches("skips-identity-check", /issue|cancel/, 0.4, ["identity"]),
  teaches("skips-window", /issue|ship|track/, 0.6, ["window"], { with: ["use"], governed: true }),
  teaches("skips-window", /policy/, 0.4, ["policy"], { with: ["refund"] }),
  teaches("ignores-limit", /issue/, 0.8, ["aboveLimit"], { strength: -1, with: ["use"], governed: true }),
  teaches("ignores-limit", /issue/, 0.6, ["limit"], { with: ["verify"] }),
  teaches("ignores-limit", /note_add/, 0.4, ["supervisor"]),
  teaches("skips-quote", /quote/, 0.5, ["refund"], { with: ["use", "beforeThat"], governed: true }),
  teaches("skips-quote", /issue/, 0.5, ["quote"], { lacks: ["learnAmount"] }),
  teaches("ignores-further-pages", /order_search/, 1, ["pages"], { with: ["fetchAll"] }),
  teaches("ignores-further-pages", /order_search/, 0.4, ["pages"], { lacks: ["fetchAll"] }),
  teaches("gives-up-on-empty", /customer_search|policy|note_search/, 1, ["repeatSearch"]),
];
