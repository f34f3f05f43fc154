export { startSession } from "./session.ts";
export type { Session, SessionParts } from "./session.ts";
