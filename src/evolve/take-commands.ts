import type { SteeringCommand } from "./command.ts";
import type { Engine } from "./engine.ts";
import { isBarred } from "./set-apart.ts";
import { positionOf, type RunState } from "./state.ts";
import { nextDue, steer, type Steered } from "./steering.ts";

/**
 * Takes the commands that people have left since the last time, and journals them. To be called between iterations, when everything before
 * `next`, the iteration that begins next, has begun: then the journal alone says who knew of which command, and a run that was cut and goes on
 * is the same run.
 */
export function takeCommands({ inputs, journal }: Engine, next: number): void {
  const { store, run } = inputs;
  const waiting = store.steering.list(run, journal.state.steering.taken);
  for (const { position, command } of waiting) {
    journal.emit({ type: "steered", ...taken(journal.state, position, command as unknown as SteeringCommand, next) });
  }
  if (waiting.length > 0) journal.commit();
}

function taken(state: RunState, position: number, command: SteeringCommand, next: number): Steered {
  const isWish = command.kind === "hypothesis" || command.kind === "child" || command.kind === "edit";
  const steered = {
    position,
    command,
    incumbent: state.incumbent,
    ...(isWish && { due: nextDue(state.steering, next) }),
  };
  const steering = steer(state.steering, steered, (genome) => positionOf(state, genome) !== undefined);
  return { ...steered, incumbent: steering.reign.findLast((index) => !isBarred({ ...state, steering }, index)) ?? 0 };
}
