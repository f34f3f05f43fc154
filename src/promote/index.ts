export { armOf, dropTrial, lastTrial, refuseSecondTrial, requireTrial, runningTrial, startTrial } from "./canary.ts";
export type { Arm, Trial } from "./canary.ts";
export { betterOnSealedTest, costCeiling, noTagWorse, runGates } from "./gate.ts";
export type { Gate, GateEvidence, GateResult } from "./gate.ts";
export {
  CHANNELS,
  listProfiles,
  liveChannels,
  liveGenome,
  movePointer,
  parseChannel,
  profileHistory,
  requireProfileName,
  rollback,
} from "./profile.ts";
export type { Channel, PointerMove } from "./profile.ts";
