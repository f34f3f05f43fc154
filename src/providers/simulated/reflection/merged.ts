import { tryParseJson, type Json, type Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { understand, understandForTool } from "../reading/match.ts";
import { sentencesOf } from "../reading/split.ts";
import { asksForMember, lastSaid } from "./asked-form.ts";
import { readComponents } from "./components.ts";
import { firstFence, member } from "./request.ts";
import { mostHypotheses } from "./several.ts";

interface Found {
  readonly gene: string;
  readonly hypothesis: Json;
  readonly examples: readonly number[];
  /** What its edits teach, or their words where they teach nothing. */
  readonly sense: string;
}

/** The reply to a request to merge hypotheses that are listed in a fence, one JSON object a line; undefined when it is something else. */
export function mergedReply(request: ChatRequest, _: SimulatedParameters, chance: () => Random): Json | undefined {
  if (!asksForMember(request, "hypotheses")) return undefined;
  const fence = firstFence(readComponents(lastSaid(request)).rest);
  const found = (fence?.body ?? "").split("\n").flatMap(readHypothesis);
  if (found.length === 0) return undefined;
  const random = chance();
  const groups = [...Map.groupBy(found, ({ gene, sense }) => `${gene}\n${sense}`).values()].map((group) => {
    const examples = [...new Set(group.flatMap((one) => one.examples))].toSorted((a, b) => a - b);
    const { hypothesis } = random.pick(group);
    return { examples, hypothesis: { ...(hypothesis as { readonly [key: string]: Json }), examples } };
  });
  const order = groups.toSorted((a, b) => b.examples.length - a.examples.length);
  return { hypotheses: order.slice(0, mostHypotheses(request)).map(({ hypothesis }) => hypothesis) };
}

function readHypothesis(line: string): readonly Found[] {
  const hypothesis = tryParseJson(line);
  const [gene, edits, examples] = ["gene", "edits", "examples"].map((key) => member(hypothesis, key));
  if (hypothesis === undefined || typeof gene !== "string" || !Array.isArray(edits)) return [];
  const texts = edits.flatMap(
    (edit) => [member(edit, "text"), member(edit, "at")].find((part) => typeof part === "string") ?? [],
  );
  const numbers = Array.isArray(examples) ? examples.filter((number) => typeof number === "number") : [];
  return [{ gene, hypothesis, examples: numbers, sense: senseOf(gene, texts.join(" ")) }];
}

function senseOf(gene: string, text: string): string {
  const tool = /^tool\.(.+)$/.exec(gene)?.[1];
  const lessons = sentencesOf(text).flatMap((piece) =>
    tool === undefined ? understand(piece.text).general : understandForTool(tool, piece.text, false),
  );
  const habits = new Set(lessons.map(({ habit, strength }) => `${habit} ${Math.sign(strength)}`));
  return habits.size > 0 ? [...habits].toSorted().join(" ") : text;
}
