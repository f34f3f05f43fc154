import { describe, expect, test } from "vitest";
import { contentHash, type ContentHash } from "../../src/base/index.ts";
import {
  childrenUnderWay,
  evolve,
  type JournalEvent,
  type RunEvent,
  type SteeringCommand,
} from "../../src/evolve/index.ts";
import { genomeId, withGene } from "../../src/genome/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import {
  dataset,
  journalOf,
  runScripted,
  scriptedEvaluator,
  scriptedInputs,
  scriptedReflector,
  seedGenome,
  type Scripted,
} from "./scripted.ts";

/** Every child is judged by itself. */
const options = {
  budget: { rollouts: 700 },
  seed: 3,
  lanes: 3,
  race: 5,
  check: 0,
  look: 0,
  sampler: "failing-first" as const,
};
type Said = Readonly<Record<number, readonly SteeringCommand[]>>;
type Event<T extends JournalEvent["type"]> = Extract<JournalEvent, { type: T }>;

/** Says each command when the iteration before it is written, once. */
function saying(store: Store, said: Said): (event: RunEvent) => void {
  return (event) => {
    if (event.type !== "iteration-finished") return;
    const before = Object.entries(said).flatMap(([at, commands]) => (Number(at) < event.iteration ? commands : []));
    if (store.steering.list("scripted-1").length > before.length) return;
    for (const command of said[event.iteration] ?? []) store.steering.append("scripted-1", command as never, 0);
  };
}

async function steered(said: Said, scripted: Scripted = {}): Promise<readonly JournalEvent[]> {
  const store = openStore(":memory:");
  const { journal } = await runScripted({ options, store, onEvent: saying(store, said), ...scripted });
  return journal as readonly JournalEvent[];
}

function all<T extends JournalEvent["type"]>(journal: readonly JournalEvent[], type: T): readonly Event<T>[] {
  return journal.filter((event): event is Event<T> => event.type === type);
}

/** The commands of a journal by the iteration they followed. */
function saidIn(journal: readonly JournalEvent[]): Said {
  const said: Record<number, SteeringCommand[]> = {};
  let iteration = -1;
  for (const event of journal) {
    if (event.type === "iteration-finished") iteration = event.iteration;
    if (event.type === "steered") (said[iteration] ??= []).push(event.command);
  }
  return said;
}

const skilled = { system: "Answer the question. Use skill-1, skill-2, skill-3, skill-4 and skill-5." };
const own: SteeringCommand = {
  kind: "child",
  genome: genomeId(withGene(seedGenome, "system", skilled.system)),
  changes: skilled,
  note: "five skills at once",
};

/** Genomes of the children that joined the pool, in a run that nobody steers. */
async function unsteeredPool(): Promise<readonly ContentHash[]> {
  const { result } = await runScripted({ options });
  return result.candidates.map(({ genome }) => genome);
}

describe("a child of a person's own", () => {
  test("is measured in an iteration of its own, beside its nearest candidate, and joins the pool when it is ahead", async () => {
    const journal = await steered({ 2: [own] });
    const [taken] = all(journal, "steered");
    expect(taken).toMatchObject({ position: 0, command: own, incumbent: 0 });
    const begun = journal.findIndex((event) => event.type === "iteration-started" && event.iteration === taken?.due);
    const [, chosen] = journal.slice(begun);
    expect(chosen?.type).toBe("parent-chosen");
    const child = all(journal.slice(begun), "child-proposed")[0];
    expect(child).toMatchObject({ genome: own.genome, origin: "person", hypothesis: "five skills at once" });
    const rest = journal.slice(journal.indexOf(child as JournalEvent));
    const ended = rest.findIndex((event) => event.type === "iteration-finished");
    expect(rest.slice(0, ended).map(({ type }) => type)).toContain("candidate-accepted");
  });

  test("is refused when the run has met it, and costs nothing", async () => {
    const journal = await steered({ 1: [own], 9: [own] });
    const refused = all(journal, "child-refused").filter(({ hypothesis }) => hypothesis === own.note);
    expect(refused).toMatchObject([{ reason: "duplicate" }]);
  });

  test("two of them have a turn each", async () => {
    const other = { ...skilled, verify: true };
    const genome = genomeId(withGene(withGene(seedGenome, "system", skilled.system), "verify", true));
    const journal = await steered({ 2: [own, { kind: "child", genome, changes: other, note: "and verify" }] });
    const [first, second] = all(journal, "steered");
    expect(second?.due).toBe((first?.due ?? 0) + 1);
    const [, child] = all(journal, "child-proposed").filter(({ origin }) => origin === "person");
    // The first one has joined or not by then; the changes are those from the nearest candidate.
    expect(child?.genome).toBe(genome);
  });
});

describe("a veto", () => {
  test("keeps a child that is being measured out of the pool, and says so", async () => {
    const pool = await unsteeredPool();
    const wanted = pool[3] as ContentHash;
    // Said while it is under way: one iteration before its own is written.
    const before = (await steered({})).findIndex((event) => event.type === "child-proposed" && event.genome === wanted);
    const at = all((await steered({})).slice(0, before), "iteration-finished").at(-1)?.iteration ?? 0;
    const journal = await steered({ [at]: [{ kind: "veto", genome: wanted }] });
    const reasons = all(journal, "child-refused").filter(({ reason }) => reason === "vetoed");
    expect(reasons).toHaveLength(1);
    const proposed = journal.findIndex((event) => event.type === "child-proposed" && event.genome === wanted);
    const rest = journal.slice(proposed);
    const own = rest.slice(
      0,
      rest.findIndex(({ type }) => type === "iteration-finished"),
    );
    expect(own.map(({ type }) => type)).not.toContain("candidate-accepted");
    expect(all(journal, "child-proposed").filter(({ genome }) => genome === wanted)).toHaveLength(1);
  });

  test("of a candidate ends its being a parent and a finalist; an incumbent gives way to the one before it", async () => {
    const large = dataset({ validation: 80 });
    const long = {
      options: { ...options, budget: { rollouts: 1800 }, race: 20, confirm: 0 },
      inputs: { dataset: large },
    };
    const plain = await steered({}, long);
    const committed = all(plain, "incumbent-raced").filter((race) => race.committed);
    expect(committed.length).toBeGreaterThan(0);
    expect(plain.indexOf(committed[0] as JournalEvent)).toBeLessThan(
      plain.findIndex(({ type }) => type === "run-stopped"),
    );
    const winner = committed[0]?.challenger ?? 0;
    const joined = plain.findIndex(
      (event) => event.type === "incumbent-raced" && event.challenger === winner && event.committed,
    );
    const at = all(plain.slice(joined), "iteration-finished")[0]?.iteration ?? 0;
    const proposed = all(plain.slice(0, joined), "child-proposed").at(-1)?.genome as ContentHash;
    const journal = await steered({ [at]: [{ kind: "veto", genome: proposed }] }, long);
    const [veto] = all(journal, "steered");
    expect(veto?.incumbent).toBe(0);
    const later = journal.slice(journal.indexOf(veto as JournalEvent));
    // What was under way may still have it as a parent.
    const parents = all(later, "parent-chosen").slice(options.lanes);
    expect(parents.length).toBeGreaterThan(3);
    expect(parents.map(({ parent }) => parent)).not.toContain(winner);
    expect(all(journal, "run-finished")[0]?.outcome.finalist).not.toBe(proposed);
  });

  test("of a child of one's own before its turn costs nothing at all", async () => {
    const journal = await steered({ 2: [own, { kind: "veto", genome: own.genome }] });
    expect(all(journal, "child-proposed").map(({ genome }) => genome)).not.toContain(own.genome);
  });
});

describe("an edit", () => {
  test("measures what the person wrote in place of the child", async () => {
    const pool = await unsteeredPool();
    const of = pool[3] as ContentHash;
    const plain = await steered({});
    const before = plain.findIndex((event) => event.type === "child-proposed" && event.genome === of);
    const at = all(plain.slice(0, before), "iteration-finished").at(-1)?.iteration ?? 0;
    const journal = await steered({ [at]: [{ ...own, kind: "edit", of, gene: "system" }] });
    expect(all(journal, "child-refused").filter(({ reason }) => reason === "vetoed")).toHaveLength(1);
    const child = all(journal, "child-proposed").find(({ genome }) => genome === own.genome);
    expect(child?.origin).toBe("person, system edited");
  });
});

describe("a pin", () => {
  test("gives a candidate a share in parenthood and a place in the last race", async () => {
    const share = (journal: readonly JournalEvent[]): number => {
      const parents = all(journal, "parent-chosen").slice(12);
      return parents.filter(({ parent }) => parent === 1).length / parents.length;
    };
    const long = { options: { ...options, budget: { rollouts: 2500 }, parent: "best" as const, final: 0.1 } };
    const [plain, pinned, unpinned] = await Promise.all([
      steered({}, long),
      steered({ 8: [{ kind: "pin", candidate: 1 }] }, long),
      steered({ 8: [{ kind: "pin", candidate: 1 }], 9: [{ kind: "unpin", candidate: 1 }] }, long),
    ]);
    expect(share(pinned)).toBeGreaterThan(share(plain));
    expect(share(pinned)).toBeGreaterThan(share(unpinned));
    const races = (journal: readonly JournalEvent[]): readonly number[] =>
      all(journal.slice(journal.findIndex(({ type }) => type === "run-stopped")), "incumbent-raced").map(
        ({ challenger }) => challenger,
      );
    expect(races(pinned)[0]).toBe(1);
    expect(races(unpinned)).not.toContain(1);
  });
});

describe("a hypothesis", () => {
  test("is told to the next reflection on the gene, labelled as a person's, and to no other", async () => {
    const reflector = scriptedReflector();
    const text = "it does not know skill-7";
    const journal = await steered({ 2: [{ kind: "hypothesis", gene: "rules", text }] }, { reflector });
    const told = reflector.requests.filter(({ messages }) => messages.at(-1)?.content?.includes(text));
    expect(told).toHaveLength(1);
    expect(told[0]?.messages.at(-1)?.content).toContain(`# A person's hypothesis\ngene: rules\n`);
    const due = all(journal, "steered")[0]?.due;
    const begun = journal.findIndex((event) => event.type === "iteration-started" && event.iteration === due);
    const [drawn] = all(journal.slice(begun), "gene-chosen");
    expect(drawn).toMatchObject({ gene: "rules", operator: "reflect" });
  });

  test("about a gene that no operator reads hypotheses about is refused with a reason", async () => {
    const journal = await steered({ 2: [{ kind: "hypothesis", gene: "verify", text: "on" }] });
    expect(all(journal, "child-refused").filter(({ hypothesis }) => hypothesis === "on")).toMatchObject([
      { gene: "verify", reason: "no-alternative" },
    ]);
  });
});

describe("a steered run", () => {
  const said: Said = {
    1: [own],
    3: [
      { kind: "pin", candidate: 1 },
      { kind: "hypothesis", gene: "rules", text: "it does not know skill-7" },
    ],
    6: [{ kind: "veto", genome: own.genome }],
  };

  test("is the same at any concurrency", async () => {
    const journals = await Promise.all(
      [1, 16].map((concurrency) => steered(said, { evaluator: scriptedEvaluator({ concurrency }) })),
    );
    expect(all(journals[0] ?? [], "steered")).toHaveLength(4);
    expect(contentHash(journals[0])).toBe(contentHash(journals[1]));
  });

  test("that was killed is the run that its journalled steering gives, and pays nothing twice", async () => {
    for (let moment = 90; moment < 420; moment += 110) {
      const store = openStore(":memory:");
      let count = 0;
      let alive = true;
      const kill = (): void => {
        count += 1;
        if (alive && count > moment) throw new Error("killed");
      };
      const evaluator = scriptedEvaluator({ before: kill });
      const reflector = scriptedReflector(kill);
      const onEvent = saying(store, said);
      await expect(evolve(scriptedInputs({ options, evaluator, reflector, store, onEvent }))).rejects.toThrow("killed");
      alive = false;
      await runScripted({ options, evaluator, reflector, store, onEvent });
      const journal = journalOf(store) as readonly JournalEvent[];
      expect(all(journal, "steered"), `moment ${moment}`).toHaveLength(4);
      expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
      expect(contentHash(journal), `moment ${moment}`).toBe(contentHash(await steered(saidIn(journal))));
      store.close();
    }
  });

  test("shows the children that are being measured, and none when it has ended", async () => {
    const store = openStore(":memory:");
    let seen = 0;
    await runScripted({
      options,
      store,
      onEvent: (event) => {
        if (event.type !== "batch-started" || event.purpose !== "screen") return;
        const child = childrenUnderWay(store, "scripted-1").find(({ id }) => id === event.genome);
        if (child !== undefined && genomeId(child.genome) === child.id && child.changed.length > 0) seen += 1;
      },
    });
    expect(seen).toBeGreaterThan(5);
    expect(childrenUnderWay(store, "scripted-1")).toEqual([]);
  });
});
