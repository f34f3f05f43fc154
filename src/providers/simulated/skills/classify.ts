import type { Json } from "../../../base/index.ts";
import { readClaim, type Claim } from "./classify-fields.ts";
import { languageName, replyLanguage } from "./classify-language.ts";
import { readClassification, type ClassifyReading } from "./classify-request.ts";
import { chooseTopic, nicknamesOf } from "./classify-topic.ts";
import { urgencyLabel, urgencyLevel, urgencyNicknames } from "./classify-urgency.ts";
import type { Mind, Skill } from "./skill.ts";

/** Reads one message and labels it, or fills in a form about it, as the request asks. Uses no tools. */
export const classify: Skill<ClassifyReading> = {
  name: "classify",
  read: (request) => readClassification(request),
  *script(reading, _tools, mind) {
    yield* [];
    return reading.job === "fields" ? fields(reading.message, mind) : label(reading, mind);
  },
};

function label(reading: Exclude<ClassifyReading, { job: "fields" }>, mind: Mind): string {
  const heedful = !mind.bites("ignores-secondary-cue");
  const { right, nicknames } = judge(reading, heedful);
  if (mind.bites("label-outside-list")) return mind.random("nickname").pick(nicknames);
  if (!mind.bites("wrong-field-format")) return right;
  return mind
    .random("wrapping")
    .pick([
      `I would put this message under "${right}".`,
      `Answer: ${right} (judging by what the customer writes)`,
      `**${right}**, since that is what the message is mainly about.`,
    ]);
}

function judge(
  { job, labels, message }: Exclude<ClassifyReading, { job: "fields" }>,
  heedful: boolean,
): { readonly right: string; readonly nicknames: readonly string[] } {
  switch (job) {
    case "topic": {
      const right = chooseTopic(message, labels, heedful);
      return { right, nicknames: nicknamesOf(right) };
    }
    case "urgency": {
      const level = urgencyLevel(message, heedful);
      return { right: urgencyLabel(level, labels), nicknames: urgencyNicknames[level] };
    }
    case "language": {
      const right = replyLanguage(message, heedful);
      return { right, nicknames: [languageName(right)] };
    }
  }
}

function fields(message: string, mind: Mind): string {
  const claim = readClaim(message, !mind.bites("ignores-secondary-cue"));
  if (claim === undefined) return "I cannot find an order in this message.";
  if (!mind.bites("wrong-field-format")) {
    return JSON.stringify({
      order_id: claim.order,
      date: claim.date ?? null,
      amount: claim.amount ?? null,
      currency: claim.currency ?? null,
    });
  }
  const written = JSON.stringify(inOwnForm(claim, mind), undefined, 2);
  return mind.random("wrapping").pick([written, `Here is what I found:\n\n${written}`]);
}

/** The claim as people write it who were not told, or did not heed, how the fields are to look. */
function inOwnForm({ order, date, amount, currency }: Claim, mind: Mind): Json {
  const [year = "", month = "", day = ""] = (date ?? "").split("-");
  const written = mind
    .random("date")
    .pick([`${day}/${month}/${year}`, `${month}-${day}-${year}`, `${day}.${month}.${year.slice(2)}`]);
  return { order_id: order, date: written, amount: `${amount?.toFixed(2) ?? "?"} ${currency ?? ""}`.trim() };
}
