/** Ways people write a day, given in ISO form, and a sum, given in hundredths. */
const monthNames = "January February March April May June July August September October November December".split(" ");
export const dateForms: readonly ((iso: string) => string)[] = [
  (iso) => iso,
  (iso) => `${Number(iso.slice(8))} ${monthOf(iso)} ${iso.slice(0, 4)}`,
  (iso) => `${monthOf(iso)} ${Number(iso.slice(8))}, ${iso.slice(0, 4)}`,
  (iso) => `${iso.slice(8)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`,
  (iso) => `${Number(iso.slice(8))} ${monthOf(iso).slice(0, 3)} ${iso.slice(0, 4)}`,
];
const signs = { EUR: "€", USD: "$", GBP: "£", CHF: "CHF " } as const;
const names = { EUR: "euros", USD: "dollars", GBP: "pounds", CHF: "francs" } as const;
type Currency = keyof typeof signs;
export const sumForms: readonly ((cents: number, currency: Currency) => string)[] = [
  (cents, currency) => `${signs[currency]}${grouped(cents)}`,
  (cents, currency) => `${grouped(cents)} ${currency}`,
  (cents, currency) => `${(cents / 100).toFixed(2).replace(".", ",")} ${names[currency]}`,
  (cents, currency) => `${currency} ${(cents / 100).toFixed(2)}`,
];

function monthOf(iso: string): string {
  return monthNames[Number(iso.slice(5, 7)) - 1] ?? "";
}

function grouped(cents: number): string {
  return new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 }).format(cents / 100);
}
