import type { Chance } from "./chance.ts";
import { dateOf } from "./calendar.ts";

/** What a note is about. At most one note per customer and matter. */
export type Matter = "goodwill" | "callback" | "absence" | "discount" | "neighbour" | "repair";

export interface Note {
  readonly note_id: string;
  readonly customer_id: string;
  readonly date: string;
  readonly author: string;
  readonly text: string;
  /** Absent for small remarks. Not in the database. */
  readonly matter?: Matter;
  /** What a question about the matter wants to know: an amount, a percentage, a date or a name. Not in the database. */
  readonly value?: string;
}

export const matters = [
  "goodwill",
  "callback",
  "absence",
  "discount",
  "neighbour",
  "repair",
] as const satisfies readonly Matter[];

export const authors = ["Joost", "Meryem", "Pauline", "Radek", "Siobhan", "Tomasz"] as const;

const neighbours = ["Ms Albers", "Mr Castellano", "Ms Dvorak", "Mr Eriksen", "Ms Fontaine", "Mr Gallagher"] as const;

const remarks = [
  "Prefers to be written to in the afternoon.",
  "Asked for the spring catalogue; sent.",
  "Praised the packaging.",
  "Wanted to know whether the blue series comes back. Nobody knows yet.",
  "Spelling of the street corrected.",
  "Bought a present for a wedding; asked for a neutral box.",
] as const;

export function drawRemark(chance: Chance): string {
  return chance.pick(remarks);
}

/** A note on a matter with the value in it; `day` is the day it is written. */
export function drawMatter(
  chance: Chance,
  matter: Matter,
  day: number,
): { readonly text: string; readonly value: string } {
  if (matter === "goodwill") {
    const value = chance.pick(["10.00", "15.00", "20.00", "25.00", "12.50"]);
    return { value, text: `Late parcel, customer annoyed. Granted a goodwill credit of ${value} EUR.` };
  }
  if (matter === "callback") {
    const value = dateOf(day + chance.between(3, 25));
    return { value, text: `Spare lid not in yet. We ring the customer on ${value}; the customer expects our call.` };
  }
  if (matter === "absence") {
    const value = dateOf(day + chance.between(5, 30));
    return { value, text: `Is away and absent until ${value}; please hold shipments.` };
  }
  if (matter === "discount") {
    const value = String(chance.pick([5, 7, 8, 10, 12, 15]));
    return {
      value,
      text: `Third complaint about scratched pans. Gets a discount: ${value} % off whatever comes next.`,
    };
  }
  if (matter === "neighbour") {
    const value = chance.pick(neighbours);
    return { value, text: `Works late. The neighbour, ${value}, takes everything in.` };
  }
  const value = chance.pick(["18.50", "24.00", "29.90", "35.00", "42.50"]);
  return { value, text: `Cost estimate for the repair of the grinder: ${value} EUR, told to the customer.` };
}
