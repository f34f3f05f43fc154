export interface TelemetryFlags {
  readonly otlp?: string;
  readonly content?: boolean;
}

export const otlpOption = [
  "--otlp <target>",
  "send OpenTelemetry spans of what is run, and the figures at the end, to this OTLP/HTTP address or file",
] as const;
export const contentOption = [
  "--content",
  "with --otlp: questions, replies, arguments and results of tools too",
] as const;

export function telemetryOf({
  otlp,
  content,
}: TelemetryFlags): { readonly target: string; readonly content: boolean } | undefined {
  return otlp === undefined ? undefined : { target: otlp, content: content === true };
}
