import type { ContentHash } from "../base/index.ts";
import type { SteeringCommand } from "./command.ts";

/** A command as it was taken: what it is, and what followed from it at once. */
export interface Steered {
  /** Place among the commands of the run, from 0. */
  readonly position: number;
  readonly command: SteeringCommand;
  /** The iteration in which a child or a hypothesis has its turn. */
  readonly due?: number | undefined;
  /** The incumbent afterwards: one that was vetoed gives way to the one before it. */
  readonly incumbent: number;
}

/** What a person wants done, and in which iteration. */
export type Wish = Extract<SteeringCommand, { kind: "hypothesis" | "child" | "edit" }> & { readonly due: number };

/** What people have said so far, as the run took it. */
export interface Steering {
  /** Commands taken. */
  readonly taken: number;
  readonly barred: readonly ContentHash[];
  /** Positions in the pool. */
  readonly pinned: readonly number[];
  readonly wishes: readonly Wish[];
  /** All incumbents so far, the seed first. */
  readonly reign: readonly number[];
}

export const unsteered: Steering = { taken: 0, barred: [], pinned: [], wishes: [], reign: [0] };

/** What people have said after one more command. `isInPool` is asked about the child that was edited. Pure. */
export function steer(
  steering: Steering,
  { position, command, due }: Steered,
  isInPool: (genome: ContentHash) => boolean,
): Steering {
  const next = { ...steering, taken: position + 1 };
  switch (command.kind) {
    case "veto":
      return bar(next, command.genome);
    case "pin":
      return { ...next, pinned: [...new Set([...steering.pinned, command.candidate])] };
    case "unpin":
      return { ...next, pinned: steering.pinned.filter((index) => index !== command.candidate) };
    default: {
      const wishes = due === undefined ? steering.wishes : [...steering.wishes, { ...command, due }];
      const wished = { ...next, wishes };
      return command.kind === "edit" && !isInPool(command.of) ? bar(wished, command.of) : wished;
    }
  }
}

/** The first iteration from `next` on that no wish has taken. */
export function nextDue({ wishes }: Steering, next: number): number {
  return Math.max(next, ...wishes.map(({ due }) => due + 1));
}

/** What a person wants of this iteration; a child that was vetoed before its turn is not wanted any more. */
export function wishFor({ wishes, barred }: Steering, iteration: number): Wish | undefined {
  const wish = wishes.find(({ due }) => due === iteration);
  return wish !== undefined && wish.kind !== "hypothesis" && barred.includes(wish.genome) ? undefined : wish;
}

export function withIncumbent(steering: Steering, incumbent: number): Steering {
  return { ...steering, reign: [...steering.reign, incumbent] };
}

function bar(steering: Steering, genome: ContentHash): Steering {
  return { ...steering, barred: [...new Set([...steering.barred, genome])] };
}
