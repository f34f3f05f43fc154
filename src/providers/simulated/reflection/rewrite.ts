import { tryParseJson, type Json, type Random } from "../../../base/index.ts";
import { understand } from "../reading/match.ts";
import { sentencesOf } from "../reading/split.ts";
import { taught, teaches, type Intention } from "./edit.ts";
import { member, type ReflectionRequest } from "./request.ts";
import { readToolText, type ToolText } from "./tool-text.ts";
import { toolWordings } from "./tool-wordings.ts";
import { composeAdvice, composeHarm, composePadding, composePlatitude } from "./wording.ts";

/** The new value of a component, in the form that was asked for. */
export function rewrite(request: ReflectionRequest, intention: Intention, random: Random): Json {
  switch (request.kind) {
    case "text":
      return rewriteText(request, intention, random);
    case "rules":
      return editRules(request.current, intention, random);
    case "tool":
      return rewriteTool(request, intention, random);
    case "demos":
      return chooseDemos(request);
    case "strategy":
      return chooseStrategy(intention);
    default:
      return chooseValue(request, random);
  }
}

/** Sentences for a text or a list of rules that carry the intention out. */
export function newSentences({ sort, target, further, harm }: Intention, random: Random): readonly string[] {
  if (sort === "useful" && target !== undefined)
    return [target, ...further].map((habit) => composeAdvice(habit, random));
  if (sort === "harmful" && harm === "adds") return [composeHarm(random)];
  if (sort === "harmful" && harm === "pads") return [composePadding(random, 3 + random.int(4))];
  if (sort === "harmful") return random.next() < 0.5 ? [composePlatitude(random)] : [];
  return [composePlatitude(random)];
}

function rewriteText(request: ReflectionRequest, intention: Intention, random: Random): string {
  const added = newSentences(intention, random);
  const kept =
    intention.sort === "harmful" && intention.harm === "drops" ? withoutOne(request.current, random) : request.current;
  const mended =
    intention.sort === "useful" && intention.target !== undefined ? withoutContrary(kept, intention.target) : kept;
  const joint = /^\s*(?:[-*•]|\d+[.)])\s/m.test(mended) ? "\n- " : mended.includes("\n\n") ? "\n\n" : " ";
  return shortened(
    `${mended.trim()}${added.map((sentence) => `${joint}${sentence}`).join("")}`.trim(),
    request.longest,
  );
}

/** Leaves out one sentence that taught something: what happens when a text is written anew. */
function withoutOne(text: string, random: Random): string {
  const teaching = sentencesOf(text).filter((piece) => understand(piece.text).general.length > 0);
  return teaching.length === 0 ? text : text.replace(random.pick(teaching).text, "").trim();
}

/** Leaves out sentences that demand the mistake. */
function withoutContrary(text: string, habit: NonNullable<Intention["target"]>): string {
  const contrary = sentencesOf(text).filter((piece) => taught(piece.text, habit) < -0.2);
  return contrary.reduce((rest, piece) => rest.replace(piece.text, ""), text).trim();
}

/** Within the limit, at the cost of sentences that teach nothing, then of the first ones. */
function shortened(text: string, longest: number): string {
  let rest = text;
  while (rest.length > longest) {
    const pieces = sentencesOf(rest);
    const victim = pieces.find((piece) => !teaches(piece.text)) ?? pieces[0];
    if (victim === undefined) return rest.slice(0, longest);
    const next = rest.replace(victim.text, "").trim();
    rest = next.length < rest.length ? next : rest.slice(0, longest);
  }
  return rest;
}

export function editRules(current: string, intention: Intention, random: Random): Json {
  const rules = [...current.matchAll(/^\s*(\d+)[.)]\s+(.+)$/gm)].map(([, number, text]) => ({
    index: Number(number),
    text: text ?? "",
  }));
  const texts = newSentences(intention, random);
  const { sort, harm, target } = intention;
  if (sort === "harmful" && harm === "drops" && rules.length > 0) {
    const teaching = rules.filter(({ text }) => teaches(text));
    const victim = random.pick(teaching.length > 0 ? teaching : rules);
    const [instead] = texts;
    return [
      instead === undefined
        ? { op: "remove", index: victim.index, text: null }
        : { op: "replace", index: victim.index, text: instead },
    ];
  }
  const [first = composePlatitude(random), ...further] = texts;
  const stale =
    sort === "useful" && target !== undefined
      ? rules.find(({ text }) => taught(text, target) < -0.1 || !teaches(text))
      : undefined;
  const replaces = stale !== undefined && random.next() < 0.6;
  return [
    replaces ? { op: "replace", index: stale.index, text: first } : { op: "add", index: null, text: first },
    ...further.map((text) => ({ op: "add", index: null, text })),
  ];
}

export function rewriteTool(
  request: Pick<ReflectionRequest, "current" | "id">,
  intention: Intention,
  random: Random,
): Json {
  const before = readToolText(request.current);
  const name = request.id.replace(/^tool\./, "");
  const { sort, harm, target, further } = intention;
  if (sort === "useful") {
    const missing = toolWordings.filter(
      ({ tool, field, texts }) => tool.test(name) && !texts.some((text) => before[field].includes(text)),
    );
    const wanted = missing.filter(({ habit }) => habit === target || further.includes(habit));
    const others = missing.filter((wording) => !wanted.includes(wording) && random.next() < 0.4);
    const picked = [...wanted, ...others];
    if (picked.length === 0) return json({ ...before, when: added(before.when, composePlatitude(random)) });
    return json(picked.reduce((text, { field, texts }) => withField(text, field, random.pick(texts)), before));
  }
  if (sort === "harmful") {
    if (harm === "pads") return json({ ...before, summary: `${before.summary} ${composePadding(random, 3)}` });
    if (harm === "drops")
      return json(
        random.next() < 0.5
          ? { ...before, when: "", examples: [] }
          : { ...before, when_not: "", summary: `${titled(name)}.` },
      );
    return json(
      random.next() < 0.5
        ? { ...before, when: "Use it for every request." }
        : { ...before, when_not: "Do not use it unless nothing else is left." },
    );
  }
  return json(
    random.next() < 0.5
      ? { ...before, summary: added(before.summary, `This is the tool for ${titled(name).toLowerCase()}.`) }
      : {
          ...before,
          when: added(
            before.when,
            random.pick(["Use it when it is appropriate.", "Use it where it helps.", "Use it with care."]),
          ),
        },
  );
}

function withField(text: ToolText, field: keyof ToolText, value: string): ToolText {
  if (field === "examples")
    return text.examples.includes(value) ? text : { ...text, examples: [...text.examples, value].slice(-3) };
  if (field === "summary") return { ...text, summary: value };
  return { ...text, [field]: added(text[field], value) };
}

function added(text: string, sentence: string): string {
  return text.includes(sentence) ? text : `${text} ${sentence}`.trim();
}

function json({ summary, when, when_not, examples }: ToolText): Json {
  return { summary, when, when_not, examples };
}

function titled(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").trim();
  return words === "" ? "This" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The best of the evidence as worked examples. */
function chooseDemos({ current, evidence }: ReflectionRequest): Json {
  const before = tryParseJson(current);
  const best = evidence
    .filter(({ score, task, behaviour }) => score > 0.9 && task !== "" && behaviour !== "")
    .toSorted((a, b) => b.score - a.score)[0];
  const kept = Array.isArray(before) ? before : [];
  if (best === undefined) return kept;
  const answer = best.behaviour
    .split("\n")
    .filter((line) => !/^\s*[-*]\s/.test(line))
    .join("\n")
    .trim();
  return [...kept.slice(0, 3), { input: best.task, output: answer === "" ? best.behaviour : answer }];
}

const decomposition: readonly string[] = ["stops-early", "ignores-further-pages", "loses-thread", "gives-up-on-empty"];

export function chooseStrategy({ sort, target }: Intention): Json {
  const plan = sort === "useful" && target !== undefined && decomposition.includes(target);
  return plan
    ? { kind: "plan", max_steps: 24, replan: "never" }
    : { kind: "react", max_steps: sort === "harmful" ? 4 : 16 };
}

/** A permitted value other than the present one, where the form tells what is permitted. */
function chooseValue({ kind, schema, current }: ReflectionRequest, random: Random): Json {
  const present = tryParseJson(current) ?? current.trim();
  const options = member(schema, "enum");
  if (kind === "enum" && Array.isArray(options)) {
    const others = options.filter((option) => option !== present);
    return others.length === 0 ? present : (random.pick(others) as Json);
  }
  if (kind === "boolean") return present !== true;
  if (kind === "number") {
    const low = numberOf(member(schema, "minimum"), 0);
    const high = numberOf(member(schema, "maximum"), 1);
    return Math.round((low + random.next() * (high - low)) * 10) / 10;
  }
  if (kind === "set" && Array.isArray(present))
    return present.length > 1 ? present.toSpliced(random.int(present.length), 1) : present;
  return present;
}

function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
