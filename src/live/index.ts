export { openSession } from "./open-session.ts";
export type { HeardTurn, LiveSession } from "./open-session.ts";
export { startSession } from "./session.ts";
export type { Session, SessionParts } from "./session.ts";
