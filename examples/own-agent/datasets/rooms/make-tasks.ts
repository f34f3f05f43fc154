import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** Writes tasks.jsonl: who needs a room for how many on which day, and what is booked already. The right room is the smallest free one. */
const people = [
  "Ada",
  "Bela",
  "Chen",
  "Dara",
  "Edu",
  "Femi",
  "Gita",
  "Hugo",
  "Iris",
  "Jun",
  "Kaya",
  "Leo",
  "Mina",
  "Noor",
  "Ola",
];
const rooms = [
  { room: "Alder", seats: 4 },
  { room: "Birch", seats: 8 },
  { room: "Cedar", seats: 16 },
];
const wordings = [
  (who: string, seats: number, day: string) =>
    `${who} needs a room for ${seats} people on ${day}. Please book the smallest that fits.`,
  (who: string, seats: number, day: string) => `Can you book a meeting room on ${day} for ${who}? We will be ${seats}.`,
  (who: string, seats: number, day: string) => `Room for ${seats} on ${day}, please, not larger than necessary. ${who}`,
];

const lines = people.flatMap((who, index) =>
  wordings.map((wording, turn) => {
    const seats = [3, 4, 6, 8, 12][(index + turn) % 5] ?? 3;
    const day = `2026-03-${String(2 + ((index * 3 + turn) % 27)).padStart(2, "0")}`;
    const fitting = rooms.filter((one) => one.seats >= seats);
    const taken = fitting.length > 1 && (index + turn) % 2 === 0 ? fitting[0]?.room : undefined;
    const right = fitting.find(({ room }) => room !== taken)?.room ?? "";
    return JSON.stringify({
      id: `room-${String(index * wordings.length + turn + 1).padStart(2, "0")}`,
      input: wording(who, seats, day),
      tags: [taken === undefined ? "free" : "first-choice-taken"],
      world: { booked: taken === undefined ? [] : [`${taken} ${day}`] },
      checks: [
        {
          type: "sql",
          query: `select room from bookings where by_agent = 1 and day = '${day}'`,
          rows: [{ room: right }],
          weight: 2,
          feedback: "The room that was booked is not the smallest free one that seats everybody.",
        },
        { type: "contains", value: right, feedback: "The reply does not name the room." },
        { type: "tool_calls_at_most", at_most: 3, group: "effort" },
      ],
    });
  }),
);
writeFileSync(resolve(import.meta.dirname, "tasks.jsonl"), `${lines.join("\n")}\n`);
