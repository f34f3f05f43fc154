import { makeRandom, type Random } from "../../../src/base/index.ts";
import { makeShop, type Shop } from "../world/shop.ts";
import { ambiguous } from "./families/ambiguous.ts";
import { arithmetic } from "./families/arithmetic.ts";
import { cancel } from "./families/cancel.ts";
import { exploration } from "./families/exploration.ts";
import { fanout } from "./families/fanout.ts";
import { lookup } from "./families/lookup.ts";
import { multihop } from "./families/multihop.ts";
import { notool } from "./families/notool.ts";
import { refund } from "./families/refund.ts";
import { families, requests, type Family } from "./requests.ts";
import { commonSlots, type Kind, type Slots, type WrittenCheck } from "./scene.ts";

/** A line of `tasks.jsonl`. */
interface WrittenTask {
  readonly id: string;
  readonly input: string;
  readonly checks: readonly WrittenCheck[];
  readonly tags: readonly string[];
  readonly split: string;
  readonly world: { readonly seed: number };
}

export interface MadeTask {
  readonly task: WrittenTask;
  /** What the generator knows and the task does not say: its kind, and what was filled in. For tests. */
  readonly kind: string;
  readonly slots: Slots;
}

const kinds: Readonly<Record<Family, readonly Kind[]>> = {
  lookup,
  multihop,
  arithmetic,
  policy: [...refund, ...cancel],
  fanout,
  exploration,
  notool,
  ambiguous,
};
const splits = ["train", "validation", "test"] as const;
const worldsPerSplit = 8;
const mostTries = 5000;

/** All tasks: by split, the families taking turns. A split has worlds of its own, and no input occurs twice. */
export function makeTasks(seed: string): readonly MadeTask[] {
  const taken = new Set<string>();
  return splits.flatMap((split, splitIndex) => {
    const random = makeRandom(`${seed}/${split}`);
    const shops = Array.from({ length: worldsPerSplit }, (_, index) => {
      const number = splitIndex * worldsPerSplit + index + 1;
      return { number, shop: makeShop(number) };
    });
    const columns = families.map((family) => {
      const order = kinds[family].flatMap((kind) => Array.from({ length: kind.share }, () => kind));
      return random.fork(family).shuffle(order);
    });
    const rows = columns[0]?.length ?? 0;
    return Array.from({ length: rows }, (_, row) =>
      families.map((family, column): MadeTask => {
        const kind = columns[column]?.[row];
        if (kind === undefined) throw new Error(`the shares of the family ${family} do not sum to ${rows}`);
        const id = `${split}-${family}-${String(row + 1).padStart(2, "0")}`;
        const made = makeTask(kind, shops, random.fork(id), taken);
        taken.add(made.input);
        const { number, slots, input, checks } = made;
        const task = { id, input, checks, tags: [family, kind.intent], split, world: { seed: number } };
        return { task, kind: kind.name, slots };
      }),
    ).flat();
  });
}

interface Filled {
  readonly number: number;
  readonly slots: Slots;
  readonly input: string;
  readonly checks: readonly WrittenCheck[];
}

function makeTask(
  kind: Kind,
  shops: readonly { readonly number: number; readonly shop: Shop }[],
  random: Random,
  taken: ReadonlySet<string>,
): Filled {
  for (let tries = 0; tries < mostTries; tries++) {
    const { number, shop } = random.pick(shops);
    const draft = kind.make({ shop, random });
    if (draft === undefined) continue;
    const { phrasings } = requests[kind.intent];
    const phrasing: string = phrasings[draft.phrasing ?? random.int(phrasings.length)] ?? phrasings[0];
    const slots = { ...commonSlots({ shop, random }), ...draft.slots };
    const input = fill(phrasing, slots);
    if (!taken.has(input)) return { number, slots, input, checks: draft.checks };
  }
  throw new Error(`no task of the kind ${kind.name} was found in ${mostTries} tries`);
}

/** The phrasing with its slots filled, every sentence with a capital. */
function fill(phrasing: string, slots: Slots): string {
  const text = phrasing.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`the phrasing "${phrasing}" has a slot {${name}} that nothing fills`);
    return value;
  });
  return text.replace(
    /(^|[.?!] )(\p{Ll})(?![^ ]*@)/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
