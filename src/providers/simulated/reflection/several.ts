import { sum, type Json, type Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { sentencesOf } from "../reading/split.ts";
import type { HabitName } from "../skills/habit-name.ts";
import { asksForMember, lastSaid } from "./asked-form.ts";
import { readComponents, type Component } from "./components.ts";
import { diagnose, fitOf, reachOf } from "./diagnosis.ts";
import { harmOf, sortOf, taught, type Intention } from "./edit.ts";
import { causeOf, changeOf } from "./explain.ts";
import { evidenceIn, failedIn, type Evidence } from "./request.ts";
import { knownIn } from "./known.ts";
import { smallEdits } from "./small-edits.ts";

/** A request to find the causes of failures in a batch and to change one part of the agent for each. */
interface SeveralRequest {
  readonly components: readonly Component[];
  readonly evidence: readonly (Evidence & { readonly number: number })[];
  readonly failed: readonly string[];
  readonly most: number;
}

/** Understands such a request by the reply it asks for and by the parts of the agent it shows; undefined when it is something else. */
function readSeveralRequest(request: ChatRequest): SeveralRequest | undefined {
  if (!asksForMember(request, "hypotheses")) return undefined;
  const { components, rest } = readComponents(lastSaid(request));
  const evidence = evidenceIn(rest);
  if (components.length === 0 || evidence.length === 0) return undefined;
  const numbers = [...rest.matchAll(/^#{1,4}\s*(?:example|case|sample|task)\s*#?(\d+)/gim)].map(([, number]) => number);
  return {
    components: components.filter(({ frozen, kind }) => !frozen && kind !== "demos"),
    evidence: evidence.map((example, i) => ({ ...example, number: Number(numbers[i] ?? i + 1) })),
    failed: failedIn(rest),
    most: mostHypotheses(request),
  };
}

/** How many hypotheses the task allows, where it is told. */
export function mostHypotheses({ messages }: ChatRequest): number {
  const task = messages.find(({ role }) => role === "system")?.content ?? "";
  return Number(/\bat most (\d+)\b/i.exec(task)?.[1] ?? 6);
}

interface Suspect {
  readonly habit: HabitName;
  readonly component: Component;
  readonly reach: number;
  readonly weight: number;
}

/** The reply to a request for causes and changes; undefined when it is something else. */
export function severalReply(
  request: ChatRequest,
  parameters: SimulatedParameters,
  chance: () => Random,
): Json | undefined {
  const read = readSeveralRequest(request);
  return read === undefined ? undefined : writeHypotheses(read, parameters, chance());
}

/** Below this share of all suspicion a cause is not worth a hypothesis. */
const leastShare = 0.03;
/** What is left of the suspicion of a cause once one part of the agent was changed for it. */
const afterOne = 0.3;

/** How much rather a part is changed that asks for the mistake itself. */
const eyeCatching = 3;

/** One hypothesis after another, the strongest suspicions first; each is right, useless or harmful by the same chances as any other edit. */
function writeHypotheses(request: SeveralRequest, parameters: SimulatedParameters, random: Random): Json {
  const suspicions = new Map(diagnose(request.evidence));
  const whole = sum([...suspicions.values()]);
  const used = new Set<string>();
  const hypotheses: Json[] = [];
  while (hypotheses.length < request.most) {
    const suspects = suspectsOf(request, suspicions, parameters).filter(
      ({ habit, component }) => !used.has(`${habit} ${component.id}`),
    );
    const strong = suspects.filter(({ habit }) => (suspicions.get(habit) ?? 0) >= leastShare * whole);
    const draws = random.fork(`hypothesis ${hypotheses.length}`);
    const suspect = choose(strong, draws);
    if (suspect === undefined) break;
    used.add(`${suspect.habit} ${suspect.component.id}`);
    suspicions.set(suspect.habit, (suspicions.get(suspect.habit) ?? 0) * afterOne);
    hypotheses.push(hypothesisFor(request, misreadOr(suspect, strong, parameters, draws), parameters, draws));
  }
  return { hypotheses };
}

/** Every cause with every part of the agent that can mend it. */
function suspectsOf(
  { components, failed }: SeveralRequest,
  suspicions: ReadonlyMap<HabitName, number>,
  { habits }: SimulatedParameters,
): readonly Suspect[] {
  return [...suspicions].flatMap(([habit, suspicion]) => {
    const tried = failed.some((attempt) => taught(attempt, habit) > 0.3) ? 0.4 : 1;
    return components.flatMap((component) => {
      const reach = reachOf(habit, component.kind, component.id, habits);
      const demanded = demandsMistake(component, habit);
      const known = demanded ? 0 : Math.min(1, knownIn(component, habit, components));
      const weight = suspicion * tried * fitOf(habit, component) * (1 - 0.9 * known) * (demanded ? eyeCatching : 1);
      return reach > 0.02 ? [{ habit, component, reach, weight }] : [];
    });
  });
}

/** Whether a sentence of it asks for the very mistake. */
function demandsMistake({ kind, current }: Component, habit: HabitName): boolean {
  return (kind === "text" || kind === "rules") && sentencesOf(current).some(({ text }) => taught(text, habit) < -0.2);
}

/** A cause by its weight, and of the parts that can mend it rather the one that can do more. */
function choose(suspects: readonly Suspect[], random: Random): Suspect | undefined {
  const total = sum(suspects.map(({ weight, reach }) => weight * reach));
  if (total <= 0) return undefined;
  const causes = [...new Set(suspects.map(({ habit }) => habit))];
  const best = causes.map((habit) =>
    Math.max(...suspects.filter((one) => one.habit === habit).map(({ weight }) => weight)),
  );
  const habit = causes[random.weighted(best)];
  const ways = suspects.filter((one) => one.habit === habit);
  return ways[random.weighted(ways.map(({ weight, reach }) => weight * reach))];
}

function misreadOr(
  suspect: Suspect,
  suspects: readonly Suspect[],
  { reflection }: SimulatedParameters,
  random: Random,
): Suspect {
  const others = suspects.filter(
    ({ habit, component, reach }) => habit !== suspect.habit && component.id === suspect.component.id && reach > 0.1,
  );
  const rivals = sum([suspect, ...others].map(({ weight }) => weight));
  const certainty = rivals > 0 ? suspect.weight / rivals : 1;
  return others.length > 0 && random.next() < reflection.misread * (1 - certainty) ? random.pick(others) : suspect;
}

function hypothesisFor(
  { evidence }: SeveralRequest,
  { habit, component, reach }: Suspect,
  parameters: SimulatedParameters,
  random: Random,
): Json {
  const intention: Intention = {
    sort: sortOf(reach, component.current, parameters, random.fork("sort")),
    target: habit,
    further: [],
    harm: harmOf(random.fork("harm")),
  };
  const examples = evidence.filter((example) => (diagnose([example]).get(habit) ?? 0) > 0.1);
  return {
    cause: causeOf(habit),
    gene: component.id,
    hypothesis: changeOf(intention),
    examples: examples.map(({ number }) => number),
    edits: smallEdits(component, intention, random.fork("edits")),
  };
}
