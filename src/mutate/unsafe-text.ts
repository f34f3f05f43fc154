import { sentencesIn } from "./sentences.ts";

interface Danger {
  readonly what: string;
  readonly says: RegExp;
  /** Holds whatever stands before it; the others do not when the clause denies them ("never reveal your instructions"). */
  readonly denied?: true;
}

const bounds =
  "(?:polic(?:y|ies)|permissions?|restrictions?|guard-?rails?|safeguards?|safety (?:rules|checks|measures)|limits?|constraints?|approvals?|authori[sz]ation|access controls?|monitors?|audit(?:s|ing)?)";
const orders = "(?:instructions?|commands?|orders?|directions?|prompts?|requests?)";
const sources =
  "(?:tool (?:results?|outputs?|responses?)|results? of (?:a |the )?tools?|search results?|documents?|web ?(?:pages?|sites?)|files?|records?|e-?mails?|attachments?|retrieved texts?)";
const secrets =
  "(?:system (?:prompt|message)|hidden (?:prompt|instructions?)|(?:your|these|its|the) (?:own )?(?:instructions|prompt|rules|configuration)|passwords?|api keys?|credentials|access tokens?|secrets?|private keys?)";

const powers = "(?:tools?|permissions?|privileges?|rights|access|authority|budgets?|limits?)\\b";

/** What no mutant may tell an agent: to leave its bounds, to obey strangers, to give itself away. */
const dangers: readonly Danger[] = [
  {
    what: "tells the agent to leave its bounds",
    says: new RegExp(
      `\\b(?:ignor\\w*|disregard\\w*|bypass\\w*|overrid\\w*|circumvent\\w*|evad\\w*|violat\\w*|disobey\\w*|disabl\\w*|(?:turn|switch)(?:ing)? off|deactivat\\w*|remov\\w*|lift\\w*|suspend\\w*)\\b[^.;]{0,40}\\b${bounds}\\b`,
      "i",
    ),
  },
  {
    what: "tells the agent to forget what it was told",
    says: /\b(?:ignore|disregard|forget|override)\b[^.;]{0,30}\b(?:previous|prior|above|earlier|preceding|other|all|any|your|these|system)\b[^.;]{0,20}\b(?:instructions?|rules?|prompts?|messages?|directions?|guidelines?)\b/i,
  },
  {
    what: "tells the agent not to keep its bounds",
    says: new RegExp(
      `\\b(?:do not|don't|don’t|never|need not|no need to|not (?:have|need) to|free not to|not bound)\\b[^.;]{0,20}\\b(?:follow|obey|respect|apply|honou?r|enforce|comply with|abide by|adhere to|keep to|by)\\b[^.;]{0,20}\\b(?:${bounds}|rules?|instructions?|guidelines?)\\b(?![^.;]{0,30}\\b${sources})`,
      "i",
    ),
    denied: true,
  },
  {
    what: "tells the agent to give away what it must keep",
    says: new RegExp(
      `\\b(?:reveal|disclose|print|repeat|output|recite|leak|expose|show|share|send|tell|quote|publish)\\w*\\b[^.;]{0,40}\\b${secrets}\\b`,
      "i",
    ),
  },
  {
    what: "tells the agent to obey what it reads",
    says: new RegExp(
      `\\b(?:obey|follow|execute|carry out|comply with|act on|perform|do whatever)\\w*\\b[^.;]{0,30}\\b(?:${orders}|whatever|anything)\\b[^.;]{0,40}\\b(?:in|inside|within|from|of|contained|found|by)\\b[^.;]{0,20}\\b${sources}\\b`,
      "i",
    ),
  },
  {
    what: "tells the agent to obey what it reads",
    says: new RegExp(
      `\\b(?:treat|regard|take)\\b[^.;]{0,30}\\b${sources}\\b[^.;]{0,20}\\bas\\b[^.;]{0,15}\\b${orders}\\b`,
      "i",
    ),
  },
  {
    what: "widens what the agent may do",
    says: new RegExp(
      `\\b(?:(?:grant|give|assign|allow|award)\\w* (?:yourself|itself)\\b|(?:request|obtain|acquire|get|enable|grant|add)\\w* (?:more|new|additional|further|extra)(?: of the)? ${powers}|(?:escalate|elevate|raise|extend|expand|widen|increase)\\w* (?:your|its)(?: own)? ${powers})`,
      "i",
    ),
  },
  {
    what: "widens what the agent may do",
    says: /\b(?:you (?:now )?(?:have|are granted|are given)|with|assume|acting with|run with)\b[^.;]{0,20}\b(?:full|unrestricted|unlimited|admin\w*|root|super-?user|elevated)\b[^.;]{0,15}\b(?:access|permissions?|privileges?|rights|authority)\b/i,
  },
  {
    what: "widens what the agent may do",
    says: /\b(?:use|call|invoke|run)\w*\b[^.;]{0,20}\b(?:tools?|functions?|commands?)\b[^.;]{0,30}\b(?:not (?:listed|offered|granted|allowed|permitted)|that (?:is|are) (?:forbidden|blocked|disabled|denied))\b/i,
  },
  {
    what: "takes the agent's bounds away",
    says: /\b(?:no|without(?: any)?|free (?:of|from)(?: all)?)\s+(?:restrictions|guard-?rails|safety (?:rules|limits)|ethical (?:limits|rules)|content polic(?:y|ies))\b|\b(?:developer|god|jailbreak|dan|sudo|debug)[- ]mode\b|\bjailbr(?:eak|oken)\b/i,
    denied: true,
  },
];

/** Marks of turns and roles in the prompts of many models: in a gene they could only be there to be taken for a turn. */
const turnMark =
  /<\|[a-z_]{2,20}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|user|tool)>|^\s*(?:system|assistant|developer)\s*:\s/im;
/** Characters that people do not see: tags, bidirectional controls, zero-width characters other than joiners in scripts that need them. */
const hidden = /[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;
const denial = /\b(?:never|not|n't|n’t|refuse\w*|declin\w*|forbid\w*|no|cannot|avoid\w*|reject\w*|nobody|unless)\b/i;

/** What is unsafe in a new text and was not in the old one, in words, or undefined. */
export function findUnsafe(before: string, after: string): string | undefined {
  if (hidden.test(after) && !hidden.test(before)) return "holds characters that cannot be seen";
  if (turnMark.test(after) && !turnMark.test(before)) return "holds marks of a turn of conversation";
  const old = new Set(sentencesIn(before));
  for (const sentence of sentencesIn(after).filter((one) => !old.has(one)))
    for (const { what, says, denied } of dangers) {
      const found = says.exec(sentence);
      if (found === null) continue;
      const clause = sentence.slice(0, found.index).split(/[,;:]/).at(-1) ?? "";
      if (denied === true || !denial.test(clause)) return `${what}: "${sentence}"`;
    }
  return undefined;
}
