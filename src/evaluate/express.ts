import { AlleleError, didYouMean } from "../base/index.ts";
import { activeGenes, checkAgainstTools, type Gene, type GeneType, type Genome } from "../genome/index.ts";
import type { AgentProgram, Label, Limits, Strategy, Tool, ToolModule } from "../runtime/index.ts";
import { bulletedList, demoAnswer, section, titleOf, toolDescription } from "./prompt-text.ts";

export interface ExpressDefaults {
  /** The model of a genome without a `model` gene. */
  readonly model: string;
  readonly limits?: Limits | undefined;
}

const knownIds =
  "system, answer_format and any other text or rules gene; input_form, labels, answering, references, demos, plan, tools, tool.NAME, model, temperature, max_output_tokens, reasoning, parallel_tools";

const reasoningTexts: Readonly<Record<string, string>> = {
  none: "Do not explain your reasoning.",
  brief: "Think briefly before you act or answer.",
  full: "Think step by step before you act or answer, and check your result.",
};

const answerings = ["generate", "likeliest", "calibrated", "balanced"];

const parallelTexts = {
  yes: "When several tool calls do not depend on each other, make them together in one reply.",
  no: "Make one tool call at a time.",
};

/**
 * Genotype to phenotype: the agent a genome describes, with a dataset's tools. The only bridge between the two; what is
 * evaluated and what runs live both go through it. A pure function of
 * what `genomeId` identifies: the active genes' types and values, whatever their order.
 * Throws AlleleError `unexpressed-gene`, `gene-type`, `unknown-option` or `unknown-tool`.
 */
export function express(genome: Genome, toolModule: ToolModule | undefined, defaults: ExpressDefaults): AgentProgram {
  const tools = toolModule?.tools ?? [];
  for (const [id, content] of Object.entries(genome.genes)) refuseUnexpressed(id, content);
  checkAgainstTools(
    genome,
    tools.map(({ name }) => name),
  );
  const genes = activeGenes(genome);
  const gene = <T extends GeneType>(id: string, type: T): Extract<Gene, { type: T }> | undefined =>
    typed(id, genes[id], type);

  const tokens = gene("max_output_tokens", "number")?.value;
  const labels = labelsOf(gene("labels", "labels"));
  const inputForm = inputFormOf(gene("input_form", "text"));
  const put = (input: string): string => withLabels(inputForm ?? "{input}", labels).replaceAll("{input}", () => input);
  const references = (gene("references", "demos")?.value ?? []).map(({ input, output }) => ({
    input: put(input),
    answer: output,
  }));
  return {
    system: withLabels(systemPrompt(genes), labels),
    demos: (gene("demos", "demos")?.value ?? []).map((demo) => ({
      input: put(demo.input),
      output: labels?.find(({ answer }) => answer === demo.output)?.wording ?? demoAnswer(demo),
    })),
    tools: expressTools(tools, gene("tools", "set")?.value, (name) => gene(`tool.${name}`, "tool")),
    strategy:
      choosing(gene("answering", "enum")?.value, labels, references) ??
      expressStrategy(gene("plan", "strategy")?.value),
    limits: defaults.limits ?? {},
    model: gene("model", "model")?.value ?? defaults.model,
    temperature: gene("temperature", "number")?.value,
    maxOutputTokens: tokens === undefined ? undefined : Math.round(tokens),
    inputForm: inputForm === undefined ? undefined : withLabels(inputForm, labels),
    labels,
  };
}

/** A form that may lose the task would make an agent that sees none. */
function inputFormOf(gene: Extract<Gene, { type: "text" }> | undefined): string | undefined {
  if (gene === undefined || gene.placeholders?.includes("{input}") === true) return gene?.value;
  throw new AlleleError({
    code: "missing-placeholder",
    message: 'the gene "input_form" does not name {input} among its placeholders',
    hint: 'Write placeholders: ["{input}"], so that every version puts the task somewhere.',
  });
}

function labelsOf(gene: Extract<Gene, { type: "labels" }> | undefined): readonly Label[] | undefined {
  return gene?.answers.map((answer, i) => ({ answer, wording: gene.value[i] ?? answer }));
}

/** `{labels}` in a text stands for the wordings of the answers. */
function withLabels(text: string, labels: readonly Label[] | undefined): string {
  if (labels === undefined) return text;
  const wordings = labels.map(({ wording }) => wording);
  const told = `${wordings.slice(0, -1).join(", ")} or ${wordings.at(-1)}`;
  return text.replaceAll("{labels}", () => told);
}

/** A strategy of its own, whatever the gene `plan` says; undefined where answers are generated. */
function choosing(
  answering: string | undefined,
  labels: readonly Label[] | undefined,
  references: readonly { readonly input: string; readonly answer: string }[],
): Strategy | undefined {
  if (answering === undefined || answering === "generate") return undefined;
  if (labels === undefined) {
    throw new AlleleError({
      code: "labels-missing",
      message: `answering "${answering}" needs a gene "labels" with the answers to choose from`,
      hint: "Add one: labels: { type: labels, answers: [...], value: [...] }, or set answering to generate.",
    });
  }
  const choices = labels.map(({ wording }) => wording);
  if (answering !== "balanced") return { kind: "choose", choices, calibrated: answering === "calibrated" };
  const known = references.map(({ input, answer }) => ({
    input,
    choice: labels.findIndex((label) => label.answer === answer),
  }));
  return { kind: "choose", choices, calibrated: false, references: known.filter(({ choice }) => choice !== -1) };
}

const outsidePrompt = ["input_form", "answering", "references"];

/** `system` first and `answer_format` last, where models heed it most; the sections between by id. */
function systemPrompt(genes: Genome["genes"]): string {
  const rank = (id: string): number => (id === "system" ? 0 : id === "answer_format" ? 3 : id === "rules" ? 1 : 2);
  return Object.entries(genes)
    .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([id, gene]) => (outsidePrompt.includes(id) ? "" : promptPart(id, gene)))
    .filter((part) => part !== "")
    .join("\n\n");
}

function promptPart(id: string, gene: Gene): string {
  if (gene.type === "text") return id === "system" ? gene.value.trim() : section(titleOf(id), gene.value);
  if (gene.type === "rules") return section(titleOf(id), bulletedList(gene.value));
  if (gene.type === "boolean") return gene.value ? parallelTexts.yes : parallelTexts.no;
  if (gene.type === "enum") return reasoningTexts[gene.value] ?? "";
  return "";
}

function expressTools(
  tools: readonly Tool<never>[],
  chosen: readonly string[] | undefined,
  textOf: (name: string) => Extract<Gene, { type: "tool" }> | undefined,
): readonly Tool<never>[] {
  return tools
    .filter(({ name }) => chosen === undefined || chosen.includes(name))
    .map((tool) => {
      const text = textOf(tool.name);
      if (text === undefined) return tool;
      const description = toolDescription(tool.description, text.value);
      return { ...tool, description, run: (args: never, context: never) => tool.run(args, context) };
    });
}

function expressStrategy(value: Extract<Gene, { type: "strategy" }>["value"] | undefined): Strategy {
  if (value === undefined) return { kind: "react", maxSteps: 12 };
  switch (value.kind) {
    case "direct":
      return { kind: "direct" };
    case "react":
      return { kind: "react", maxSteps: value.max_steps };
    case "plan":
      return { kind: "plan", maxSteps: value.max_steps, replan: value.replan };
  }
}

/** The ids with a meaning of their own, and the type their genes have; `tool.NAME` besides. */
export const typeOfId: Readonly<Record<string, GeneType>> = {
  system: "text",
  answer_format: "text",
  rules: "rules",
  demos: "demos",
  references: "demos",
  plan: "strategy",
  tools: "set",
  model: "model",
  temperature: "number",
  max_output_tokens: "number",
  reasoning: "enum",
  input_form: "text",
  labels: "labels",
  answering: "enum",
  parallel_tools: "boolean",
};

/** A gene without effect would be evolved in vain, so it is refused before anything is paid. */
function refuseUnexpressed(id: string, gene: Gene): void {
  const type = id.startsWith("tool.") ? "tool" : typeOfId[id];
  if (type !== undefined) typed(id, gene, type);
  else if (gene.type !== "text" && gene.type !== "rules") throw unexpressed(id);
  const options = id === "answering" ? answerings : Object.keys(reasoningTexts);
  if (gene.type === "enum" && !options.includes(gene.value)) throw unknownOption(id, gene.value, options);
}

function typed<T extends GeneType>(
  id: string,
  gene: Gene | undefined,
  type: T,
): Extract<Gene, { type: T }> | undefined {
  if (gene === undefined || gene.type === type) return gene as Extract<Gene, { type: T }> | undefined;
  throw new AlleleError({
    code: "gene-type",
    message: `gene "${id}" must be of type ${type}, not ${gene.type}`,
    hint: `Write type: ${type}, or give the gene another id.`,
  });
}

function unexpressed(id: string): AlleleError {
  return new AlleleError({
    code: "unexpressed-gene",
    message: `gene "${id}" has no effect on the agent${didYouMean(id, Object.keys(typeOfId))}`,
    hint: `Genes that have one: ${knownIds}.`,
  });
}

function unknownOption(id: string, value: string, options: readonly string[]): AlleleError {
  return new AlleleError({
    code: "unknown-option",
    message: `gene "${id}" has the value "${value}"${didYouMean(value, options)}`,
    hint: `Its values are: ${options.join(", ")}.`,
  });
}
