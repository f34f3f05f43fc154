import type { Database } from "./database.ts";
import type { SessionRating, SessionRecord, SessionTurn, Store } from "./store.ts";

interface TurnRow extends Omit<SessionTurn, "answered" | "question" | "answer"> {
  readonly answered: number;
  readonly question: string | null;
  readonly answer: string | null;
}

/** Live sessions while a challenger is tried. The first record of a session stays; turns and ratings only grow. */
export function makeSessions(database: Database): Store["sessions"] {
  const insert = database.prepare("INSERT INTO sessions VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const insertTurn = database.prepare("INSERT INTO session_turns VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const insertRating = database.prepare("INSERT INTO session_ratings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)");
  const columns = "trial, session, arm, genome, at";
  const select = database.prepare<[number], SessionRecord>(
    `SELECT ${columns} FROM sessions WHERE trial = ? ORDER BY at, session, arm`,
  );
  const selectByName = database.prepare<[string], SessionRecord>(
    `SELECT ${columns} FROM sessions WHERE session = ? ORDER BY trial, arm`,
  );
  const selectTurns = database.prepare<[number], TurnRow>(
    "SELECT trial, session, arm, answered, tokens, usd, question, answer, at FROM session_turns WHERE trial = ? ORDER BY position",
  );
  const selectRatings = database.prepare<[number], SessionRating>(
    "SELECT trial, session, arm, author, score, comment, at FROM session_ratings WHERE trial = ? ORDER BY position",
  );
  return {
    put: ({ trial, session, arm, genome, at }) => {
      insert.run(trial, session, arm, genome, at);
    },
    addTurn: ({ trial, session, arm, answered, tokens, usd, question, answer, at }) => {
      insertTurn.run(trial, session, arm, answered ? 1 : 0, tokens, usd, question ?? null, answer ?? null, at);
    },
    rate: ({ trial, session, arm, author, score, comment, at }) => {
      insertRating.run(trial, session, arm, author, score, comment, at);
    },
    find: (session) => selectByName.all(session),
    list: (trial) => select.all(trial),
    turns: (trial) =>
      selectTurns.all(trial).map(({ answered, question, answer, ...row }) => ({
        ...row,
        answered: answered === 1,
        question: question ?? undefined,
        answer: answer ?? undefined,
      })),
    ratings: (trial) => selectRatings.all(trial),
  };
}
