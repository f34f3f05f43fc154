/** A unit of measure: its dimension, and how many of the dimension's base units it is. Only units of one dimension convert. */
export interface Unit {
  readonly dimension: string;
  readonly factor: number;
}

type Scale = readonly (readonly [factor: number, ...names: string[]])[];

const scales: Readonly<Record<string, Scale>> = {
  share: [
    [0.01, "%", "percent", "per cent", "pct", "percentage points"],
    [0.001, "‰"],
    [0.0001, "bp", "bps", "basis point", "basis points"],
  ],
  time: [
    [0.001, "ms", "millisecond", "milliseconds"],
    [1, "s", "sec", "secs", "second", "seconds"],
    [60, "min", "mins", "minute", "minutes"],
    [3600, "h", "hr", "hrs", "hour", "hours"],
    [86_400, "d", "day", "days", "calendar day", "calendar days"],
    [604_800, "week", "weeks"],
  ],
  length: [
    [0.001, "mm", "millimetre", "millimetres", "millimeter", "millimeters"],
    [0.01, "cm", "centimetre", "centimetres", "centimeter", "centimeters"],
    [1, "m", "metre", "metres", "meter", "meters"],
    [1000, "km", "kilometre", "kilometres", "kilometer", "kilometers"],
    [0.0254, "inch", "inches"],
    [0.3048, "ft", "foot", "feet"],
    [0.9144, "yd", "yard", "yards"],
    [1609.344, "mi", "mile", "miles"],
  ],
  mass: [
    [0.001, "mg", "milligram", "milligrams"],
    [1, "g", "gram", "grams"],
    [1000, "kg", "kilo", "kilos", "kilogram", "kilograms"],
    [1_000_000, "t", "tonne", "tonnes"],
    [28.349523125, "oz", "ounce", "ounces"],
    [453.59237, "lb", "lbs", "pound weight"],
  ],
  volume: [
    [0.001, "ml", "millilitre", "millilitres", "milliliter", "milliliters"],
    [1, "l", "litre", "litres", "liter", "liters"],
  ],
  data: [
    [1, "byte", "bytes"],
    [1e3, "kb"],
    [1e6, "mb"],
    [1e9, "gb"],
    [1e12, "tb"],
  ],
  celsius: [[1, "°c", "degrees celsius"]],
  fahrenheit: [[1, "°f", "degrees fahrenheit"]],
};

/** What people write for a currency besides its ISO 4217 code. A sign that several currencies share stands for any of them. */
const currencyNames: Readonly<Record<string, readonly string[]>> = {
  "€": ["EUR"],
  euro: ["EUR"],
  euros: ["EUR"],
  "£": ["GBP"],
  pound: ["GBP"],
  pounds: ["GBP"],
  "pounds sterling": ["GBP"],
  $: ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"],
  us$: ["USD"],
  ca$: ["CAD"],
  c$: ["CAD"],
  a$: ["AUD"],
  au$: ["AUD"],
  nz$: ["NZD"],
  hk$: ["HKD"],
  s$: ["SGD"],
  dollar: ["USD", "CAD", "AUD", "NZD", "SGD", "HKD"],
  dollars: ["USD", "CAD", "AUD", "NZD", "SGD", "HKD"],
  "us dollars": ["USD"],
  "canadian dollars": ["CAD"],
  "australian dollars": ["AUD"],
  "¥": ["JPY", "CNY"],
  yen: ["JPY"],
  yuan: ["CNY"],
  "swiss francs": ["CHF"],
  francs: ["CHF"],
  fr: ["CHF"],
  kr: ["SEK", "NOK", "DKK"],
  kronor: ["SEK"],
  kroner: ["NOK", "DKK"],
  zł: ["PLN"],
  "₹": ["INR"],
  rupees: ["INR"],
  "₩": ["KRW"],
  "₽": ["RUB"],
  "₺": ["TRY"],
  "₴": ["UAH"],
  r$: ["BRL"],
  "₪": ["ILS"],
};

const currencyCodes = Intl.supportedValuesOf("currency");
const known = new Map<string, readonly Unit[]>([
  ...Object.entries(scales).flatMap(([dimension, scale]) =>
    scale.flatMap(([factor, ...names]) =>
      names.map((name): [string, readonly Unit[]] => [name, [{ dimension, factor }]]),
    ),
  ),
  ...Object.entries(currencyNames).map(([name, codes]): [string, readonly Unit[]] => [name, codes.map(currency)]),
]);

/** All spellings of units, longest first. */
export const unitNames: readonly string[] = [...known.keys(), ...currencyCodes].toSorted((a, b) => b.length - a.length);

/**
 * The units a spelling may stand for; empty when it is none. A currency code counts in capitals only, so that
 * the words "all" and "try" are none; other units in any case, since people write both.
 */
export function unitsOf(name: string): readonly Unit[] {
  if (currencyCodes.includes(name)) return [currency(name)];
  return known.get(name.toLowerCase()) ?? [];
}

function currency(code: string): Unit {
  return { dimension: `currency ${code}`, factor: 1 };
}
