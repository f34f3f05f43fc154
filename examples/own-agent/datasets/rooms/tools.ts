import type { CreateTools, World } from "../../../../src/index.ts";

/** The rooms of the house, and who has booked them. Lives as long as one rollout. */
interface Rooms extends World {
  find(day: string, seats: number): { readonly room: string; readonly seats: number }[];
  book(room: string, day: string): { readonly room: string; readonly day: string };
}

const rooms = [
  { room: "Alder", seats: 4 },
  { room: "Birch", seats: 8 },
  { room: "Cedar", seats: 16 },
] as const;

/** Two tools and a world; a task's `world` says what is booked already, as `{ "booked": ["Birch 2026-03-02"] }`. */
export const createTools: CreateTools = ({ z, openDatabase }) => ({
  version: "1",
  tools: [
    {
      name: "room_find",
      description: "Find rooms.",
      parameters: z.strictObject({ day: z.iso.date(), seats: z.int().min(1) }),
      effect: "read",
      run: ({ day, seats }: { day: string; seats: number }, { world }: { world: Rooms }) => world.find(day, seats),
    },
    {
      name: "room_book",
      description: "Book a room.",
      parameters: z.strictObject({ room: z.string(), day: z.iso.date() }),
      effect: "write",
      run: ({ room, day }: { room: string; day: string }, { world }: { world: Rooms }) => world.book(room, day),
    },
  ],
  createWorld: (spec) => {
    const database = openDatabase();
    database.exec("create table bookings (room text, day text, by_agent integer, primary key (room, day))");
    const insert = database.prepare("insert into bookings values (?, ?, ?)");
    const booked = (spec as { readonly booked?: readonly string[] } | undefined)?.booked ?? [];
    for (const [room = "", day = ""] of booked.map((one) => one.split(" "))) insert.run(room, day, 0);
    const isFree = (room: string, day: string): boolean =>
      database.prepare("select 1 from bookings where room = ? and day = ?").get(room, day) === undefined;
    const world: Rooms = {
      find: (day, seats) => rooms.filter((one) => one.seats >= seats && isFree(one.room, day)),
      book: (room, day) => {
        if (!rooms.some((one) => one.room === room)) throw new Error(`There is no room "${room}".`);
        if (!isFree(room, day)) throw new Error(`${room} is booked on ${day}.`);
        insert.run(room, day, 1);
        return { room, day };
      },
      query: (sql) => database.prepare<unknown[], Record<string, unknown>>(sql).all(),
      close: () => {
        database.close();
      },
    };
    return world;
  },
});
