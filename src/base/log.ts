/** How much a message matters; "debug" is shown only when asked for. */
export type LogLevel = "debug" | "info" | "warn";

/** Where messages for a human go; data never does. */
export type Logger = (level: LogLevel, message: string) => void;
