import { z } from "zod";
import type { Json } from "../base/index.ts";
import type { Gene } from "../genome/index.ts";
import type { ChatRequest } from "../providers/index.ts";
import { ask, describeFailed, describeGained, suggestionSection } from "./ask.ts";
import { briefExamples } from "./brief-evidence.ts";
import { applyEdits, Edit, EditForm } from "./edit.ts";
import { describeEvidence } from "./evidence-text.ts";
import { describeRest, fenced, valueText } from "./gene-text.ts";
import type { Operator, Proposal, ProposeRequest } from "./operator.ts";
import { editForms } from "./prompts/diagnose.ts";
import { editPrompt } from "./prompts/edit.ts";
import { describeGene } from "./reflection-request.ts";
import { nothing, readReply, withoutAnswer } from "./reply-text.ts";
import { replySchemaOf } from "./reply-schema.ts";

interface EditKind {
  readonly name: string;
  readonly type: "text" | "rules";
  /** What the reflection model is told to do. */
  readonly task: string;
  readonly ops: readonly Edit["op"][];
  readonly mostEdits: number;
}

/** An operator that lets the reflection model change one gene by a few small edits and name the tasks that should get better. */
export function editOperator(kind: EditKind): Operator {
  return {
    name: kind.name,
    scope: "gene",
    reflects: true,
    applies: ({ type }) => type === kind.type,
    propose: async (request) => {
      const gene = request.parent.genes[request.gene];
      if (gene?.type !== kind.type) return nothing("not-applicable", `${request.gene} is not a ${kind.type} gene`);
      const read = readReply(await request.reflect(editRequest(kind, request, gene)), "edits");
      if (read.kind === "nothing") return read;
      return read.kind === "text" ? withoutAnswer(read) : proposalFrom(kind, request, gene, read.object);
    },
  };
}

type EditedGene = Extract<Gene, { type: EditKind["type"] }>;

const Reply = z.object({
  diagnosis: z.string().default(""),
  hypothesis: z.string().default(""),
  examples: z.array(z.coerce.number()).default([]),
  edits: z.array(Edit).min(1),
});

function proposalFrom(
  kind: EditKind,
  { gene: id, evidence }: ProposeRequest,
  gene: EditedGene,
  object: Json,
): Proposal {
  const reply = Reply.safeParse(object).data;
  if (reply === undefined) return nothing("wrong-form", "the edits have not the form asked for");
  if (reply.edits.length > kind.mostEdits) return nothing("wrong-form", `more than ${kind.mostEdits} edits`);
  const other = reply.edits.find(({ op }) => !kind.ops.includes(op));
  if (other !== undefined) return nothing("wrong-form", `"${other.op}" is not asked for here`);
  const edited = applyEdits(gene, reply.edits);
  if ("flaw" in edited) return nothing("wrong-form", edited.flaw);
  const flips = briefExamples(evidence).flatMap(({ number, task, score }) =>
    reply.examples.includes(number) && score < 1 ? [task] : [],
  );
  const said = [reply.diagnosis, reply.hypothesis].filter((part) => part.trim() !== "").join(" ");
  return { kind: "child", changes: { [id]: edited.value }, hypothesis: said === "" ? `a new ${id}` : said, flips };
}

function editRequest(
  kind: EditKind,
  { parent, gene: id, evidence, failedAttempts, gained, suggestion }: ProposeRequest,
  gene: EditedGene,
): Omit<ChatRequest, "model"> {
  const { headings, reply, rules } = editPrompt;
  return ask({
    system: `${kind.task}\n${rules}`,
    sections: [
      [headings.gene, describeGene(id, gene)],
      [headings.value, fenced(valueText(gene))],
      [headings.agent, describeRest(parent, [id])],
      [headings.evidence, describeEvidence(evidence)],
      ...suggestionSection(suggestion),
      [headings.gained, describeGained(gained)],
      [headings.failed, describeFailed(failedAttempts)],
      [headings.edits, editForms[kind.type]],
      [headings.reply, reply],
    ],
    schema: replySchemaOf("edits", editsForm),
  });
}

function editsForm(): z.ZodType {
  return z.strictObject({
    diagnosis: z.string(),
    hypothesis: z.string(),
    examples: z.array(z.int()),
    edits: z.array(EditForm),
  });
}
