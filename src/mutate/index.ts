export type { Evidence, FailedAttempt, Operator, Proposal, ProposeRequest } from "./operator.ts";
