import type { Chance } from "./chance.ts";
import { dateOf } from "./calendar.ts";

export interface Customer {
  readonly customer_id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly city: string;
  readonly country: string;
  readonly tier: string;
  readonly since: string;
}

const firstNames = [
  "Annelie", "Bruno", "Carmen", "Dario", "Elena", "Fabian", "Greta", "Hugo", "Ingrid", "Jonas", "Katrin", "Leo", "Marta",
  "Nils", "Olivia", "Pavel", "Rosa", "Stefan", "Teresa", "Viktor", "Wanda", "Yusuf", "Zora", "Clara",
] as const; // prettier-ignore
const familyNames = [
  "Hendriksen", "Okafor", "Lindqvist", "Moreau", "Castellan", "Novakova", "Brennan", "Sorensen", "Kowalczyk", "Petrescu",
  "Vandenberg", "Delacroix", "Haverkamp", "Jankowski", "Marchetti", "Olsson", "Pellegrino", "Rutherford", "Schumacher",
  "Tanaka", "Urbanek", "Wallace", "Zimmermann", "Fitzgerald", "Gustafsson", "Ibrahimovic", "Bergstrom", "Carvalho",
] as const; // prettier-ignore
const places = [
  ["Utrecht", "NL", "Lindenlaan"], ["Ghent", "BE", "Korenmarkt"], ["Lyon", "FR", "Rue Mercier"], ["Leipzig", "DE", "Ahornweg"],
  ["Graz", "AT", "Murgasse"], ["Bristol", "GB", "Orchard Lane"], ["Leeds", "GB", "Mill Road"], ["Basel", "CH", "Rheingasse"],
  ["Uppsala", "SE", "Kungsgatan"], ["Malmo", "SE", "Havsgatan"], ["Gdansk", "PL", "Ulica Dluga"], ["Boston", "US", "Walnut Street"],
  ["Denver", "US", "Aspen Avenue"], ["Porto", "PT", "Rua das Flores"],
] as const; // prettier-ignore
const mailHosts = ["postbox.example", "mail.example", "inbox.example", "letters.example"] as const;
const tiers = ["bronze", "bronze", "silver", "silver", "gold", "platinum"] as const;

/**
 * Customers of one world. The first two pairs share a whole name but live in different cities (for ambiguous requests);
 * the others have unique names, while first names recur in different cities (for partial names).
 */
export function drawCustomers(chance: Chance, today: number, count: number): readonly Customer[] {
  const first = chance.shuffle(firstNames).slice(0, 12);
  const last = chance.shuffle(familyNames);
  let number = 2000 + chance.between(1, 20);
  return Array.from({ length: count }, (_, index) => {
    const twin = index < 4;
    const name = twin
      ? `${first[index >> 1] ?? "Clara"} ${last[index >> 1] ?? "Wallace"}`
      : `${first[index % first.length] ?? "Clara"} ${last[index - 2] ?? "Wallace"}`;
    const [city, country, street] = places[(index * 5 + 3 * (index >> 4)) % places.length] ?? places[0];
    number += chance.between(3, 29);
    const [given = "", family = ""] = name.toLowerCase().split(" ");
    const local = index % 2 === 0 ? `${given}.${family}` : `${given.slice(0, 1)}.${family}${chance.between(10, 99)}`;
    return {
      customer_id: `C-${number}`,
      name,
      email: `${local}@${chance.pick(mailHosts)}`,
      phone: `+${chance.between(30, 49)} ${chance.between(200, 999)} ${chance.between(100000, 999999)}`,
      address: `${street} ${chance.between(1, 120)}`,
      city,
      country,
      tier: chance.pick(tiers),
      since: dateOf(today - chance.between(900, 2400)),
    };
  });
}
