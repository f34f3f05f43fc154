/** A value of an attribute; whole numbers are sent as integers. */
type AttributeValue = string | number | boolean | readonly string[];
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

/** One span, as OpenTelemetry has it. Times in milliseconds since the epoch. */
export interface Span {
  /** 32 and 16 hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  readonly kind: "internal" | "client";
  readonly start: number;
  readonly end: number;
  readonly attributes: Attributes;
  /** Set where it failed: what went wrong, without content. */
  readonly error?: string | undefined;
}

/** A figure at a time. */
export interface Gauge {
  readonly name: string;
  /** As UCUM writes it, such as "1", "{token}" or "USD". */
  readonly unit: string;
  readonly value: number;
  readonly at: number;
}

/** Who tells: OpenTelemetry's resource. */
export type Resource = Attributes;

const scope = { name: "allele", version: "1" };
const kinds = { internal: 1, client: 3 } as const;

/** The body of `POST /v1/traces` in OTLP's JSON encoding: ids in hexadecimal, 64-bit whole numbers as text, enumerations as numbers. */
export function tracesBody(resource: Resource, spans: readonly Span[]): unknown {
  return {
    resourceSpans: [
      { resource: { attributes: attributesOf(resource) }, scopeSpans: [{ scope, spans: spans.map(spanOf) }] },
    ],
  };
}

/** The body of `POST /v1/metrics`. */
export function metricsBody(resource: Resource, gauges: readonly Gauge[]): unknown {
  const metrics = gauges.map(({ name, unit, value, at }) => ({
    name,
    unit,
    gauge: { dataPoints: [{ timeUnixNano: nano(at), asDouble: value }] },
  }));
  return {
    resourceMetrics: [{ resource: { attributes: attributesOf(resource) }, scopeMetrics: [{ scope, metrics }] }],
  };
}

function spanOf({ traceId, spanId, parentSpanId, name, kind, start, end, attributes, error }: Span): unknown {
  return {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    kind: kinds[kind],
    startTimeUnixNano: nano(start),
    endTimeUnixNano: nano(end),
    attributes: attributesOf(attributes),
    status: error === undefined ? {} : { code: 2, message: error },
  };
}

function attributesOf(attributes: Attributes): readonly unknown[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: valueOf(value) }],
  );
}

function valueOf(value: AttributeValue): unknown {
  switch (typeof value) {
    case "string":
      return { stringValue: value };
    case "boolean":
      return { boolValue: value };
    case "number":
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      return { arrayValue: { values: value.map((item) => ({ stringValue: item })) } };
  }
}

function nano(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds)) * 1_000_000n);
}
