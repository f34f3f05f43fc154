/** A task counts as passed from this score on. Used for "fixed", "broken" and their like only; differences use the scores themselves. */
export const PASS_MARK = 0.9;
