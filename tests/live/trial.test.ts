import { describe, expect, onTestFinished, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { openSession } from "../../src/live/index.ts";
import { armOf, runningTrial } from "../../src/promote/index.ts";
import {
  acceptTrial,
  endTrial,
  openWorkbench,
  prepareSession,
  profileHistoryRows,
  promoteGenome,
  rateSession,
  renderPromotion,
  renderTrial,
  resolveGenome,
  rollbackProfile,
  viewTrial,
  type Workbench,
} from "../../src/workbench/index.ts";
import { allele, listening, start } from "../cli/allele.ts";
import { answerOf, shop, type Shop } from "./shop.ts";

/** The shop with the curt genome live in dev and staging. */
async function live(): Promise<Shop & { readonly workbench: Workbench }> {
  const made = await shop();
  const workbench = openWorkbench({ cwd: made.folder, environment: { ...process.env, USER: "ada" }, log: () => {} });
  onTestFinished(() => workbench.close());
  const request = { genome: "polite", profile: "help", against: "curt", dataset: "questions" };
  const first = await promoteGenome(workbench, request);
  expect(first.moved).toBe(true);
  expect(renderPromotion(first)).toContain("nothing was live before to go back to");
  return { ...made, workbench };
}

const tried = (
  workbench: Workbench,
  how: { readonly canary?: number; readonly shadow?: boolean },
): ReturnType<typeof promoteGenome> =>
  promoteGenome(workbench, { genome: "thorough", profile: "help", dataset: "questions", ...how });

/** One session of one question; who answered, and what. */
async function visit(
  workbench: Workbench,
  session: string,
): Promise<{ readonly arm: string; readonly answer: string }> {
  const prepared = await prepareSession(workbench, "help", { session });
  const opened = openSession(prepared);
  const { answer } = await opened.ask("Where is it?");
  await opened.finish();
  opened.close();
  return { arm: prepared.trial?.arm ?? "none", answer };
}

const liveName = (workbench: Workbench): string => resolveGenome(workbench, "profile:help").genome.name;

describe("a canary", () => {
  test("answers its share of sessions, always the same ones, while the pointer stays", async () => {
    const { workbench } = await live();
    const { moved, passed, trial } = await tried(workbench, { canary: 0.3 });
    expect({ moved, passed, trial }).toEqual({ moved: false, passed: true, trial: { kind: "canary", share: 0.3 } });
    expect(liveName(workbench)).toBe("polite");
    const running = runningTrial(workbench.store, "help", "dev");
    if (running === undefined) throw new Error("no trial");
    const arms = Array.from({ length: 4000 }, (_, index) => armOf(running, `customer-${index}`));
    const share = arms.filter((arm) => arm === "challenger").length / arms.length;
    // Four standard deviations of a share of 0.3 in 4,000.
    expect(Math.abs(share - 0.3)).toBeLessThan(0.03);
    for (let index = 0; index < 12; index++) {
      const first = await visit(workbench, `customer-${index}`);
      expect(first.arm).toBe(arms[index]);
      expect(first.answer).toBe(answerOf(first.arm === "challenger" ? "thorough" : "polite"));
      expect(await visit(workbench, `customer-${index}`)).toEqual(first);
    }
    const { arms: figures, running: isOn } = viewTrial(workbench, "help");
    expect(isOn).toBe(true);
    expect(figures.challenger.sessions + figures.incumbent.sessions).toBe(12);
    expect(figures.challenger.turns + figures.incumbent.turns).toBe(24);
    expect(figures.challenger.sessions).toBe(arms.slice(0, 12).filter((arm) => arm === "challenger").length);
    expect(workbench.store.sessions.turns(running.record.index).every(({ answer }) => answer === undefined)).toBe(true);
  });

  test("is judged by people's ratings of both arms, and its winner is accepted with them in the history", async () => {
    const { workbench } = await live();
    await tried(workbench, { canary: 0.5 });
    expect(renderTrial(viewTrial(workbench, "help"))).toContain("Cannot tell yet");
    for (let index = 0; index < 60; index++) {
      const { arm } = await visit(workbench, `c${index}`);
      rateSession(workbench, `c${index}`, { score: arm === "challenger" ? 1 : index % 10 === 0 ? 1 : 0 });
    }
    // Who thinks better of it says so again.
    rateSession(workbench, "c1", { score: 0.5 });
    rateSession(workbench, "c1", { score: viewTrial(workbench, "help").arms.challenger.rated > 0 ? 0.5 : 0 });
    const { comparison, arms } = viewTrial(workbench, "help");
    expect(arms.challenger.rated + arms.incumbent.rated).toBe(60);
    expect(comparison.verdict).toBe("better");
    expect(comparison.interval[0]).toBeGreaterThan(0);
    acceptTrial(workbench, "help", "");
    expect(liveName(workbench)).toBe("thorough");
    expect(profileHistoryRows(workbench, "help").map(({ kind }) => kind)).toEqual(["promote", "canary", "promote"]);
    expect(profileHistoryRows(workbench, "help")[0]?.evidence).toMatchObject({
      gates: expect.any(Array),
      trial: { comparison: { verdict: "better" } },
    });
    expect((await visit(workbench, "c0")).arm).toBe("none");
    expect(viewTrial(workbench, "help").running).toBe(false);
    rollbackProfile(workbench, "help", "");
    expect(liveName(workbench)).toBe("polite");
  });

  test("that people rate worse cannot be accepted, and a rollback ends it before it moves anything", async () => {
    const { workbench } = await live();
    await tried(workbench, { canary: 0.5 });
    for (let index = 0; index < 60; index++) {
      const { arm } = await visit(workbench, `c${index}`);
      rateSession(workbench, `c${index}`, { score: arm === "challenger" ? 0 : 1 });
    }
    expect(() => acceptTrial(workbench, "help", "")).toThrow(expect.objectContaining({ code: "trial-worse" }));
    expect(rollbackProfile(workbench, "help", "complaints")).toMatchObject({ kind: "drop", reason: "complaints" });
    expect(liveName(workbench)).toBe("polite");
    expect((await visit(workbench, "c0")).arm).toBe("none");
    expect(() => rollbackProfile(workbench, "help", "")).toThrow(
      expect.objectContaining({ code: "nothing-to-roll-back" }),
    );
  });

  test("passes the same gates as a promotion, needs something beside it, and is alone in its channel", async () => {
    const { workbench } = await live();
    const refused = await promoteGenome(workbench, {
      genome: "curt",
      profile: "help",
      dataset: "questions",
      canary: 0.5,
    });
    expect(refused).toMatchObject({ passed: false, verdict: "worse", trial: undefined });
    const widest = Math.max(
      ...renderPromotion(refused, 80)
        .split("\n")
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(80);
    expect(runningTrial(workbench.store, "help", "dev")).toBeUndefined();
    const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });
    await expect(tried(workbench, { canary: 1 })).rejects.toThrow(code("bad-share"));
    await expect(tried(workbench, { canary: 0.5, shadow: true })).rejects.toThrow(code("two-trials"));
    const nowhere = { genome: "thorough", profile: "new", against: "curt", dataset: "questions", canary: 0.5 };
    await expect(promoteGenome(workbench, nowhere)).rejects.toThrow(code("unknown-profile"));
    await expect(promoteGenome(workbench, { ...nowhere, profile: "help@prod" })).rejects.toThrow(code("empty-channel"));
    await tried(workbench, { canary: 0.5 });
    await expect(tried(workbench, { canary: 0.2 })).rejects.toThrow(code("trial-running"));
    endTrial(workbench, "help", "enough");
    expect(() => endTrial(workbench, "help", "")).toThrow(code("no-trial"));
    expect(renderPromotion(await tried(workbench, {}))).toContain("Undo: allele profile rollback help@dev");
    expect(() => rateSession(workbench, "nobody", { score: 1 })).toThrow(code("unknown-session"));
    await expect(prepareSession(workbench, "help", { session: "\u001b[31m" })).rejects.toThrow(code("session-name"));
  });
});

describe("a shadow", () => {
  test("works on every session, answers nobody, and is compared with what was answered, pair by pair", async () => {
    const { workbench, asked } = await live();
    await tried(workbench, { shadow: true });
    expect(renderTrial(viewTrial(workbench, "help"))).toContain(
      "--good, and the challenger's answer with --arm challenger",
    );
    const before = asked().length;
    for (let index = 0; index < 30; index++) {
      expect(await visit(workbench, `c${index}`)).toEqual({ arm: "incumbent", answer: answerOf("polite") });
      rateSession(workbench, `c${index}`, { score: 0 });
      rateSession(workbench, `c${index}`, { score: 1, arm: "challenger" });
    }
    expect(asked().length - before).toBe(60);
    const { arms, comparison, answers } = viewTrial(workbench, "help");
    expect([arms.incumbent.sessions, arms.challenger.sessions]).toEqual([30, 30]);
    expect(comparison).toMatchObject({ n: [30, 30], difference: 1, verdict: "better" });
    expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set([answerOf("polite"), answerOf("thorough")]));
  });

  test("that fails is counted, and whoever asks notices nothing", async () => {
    const { workbench, break: breakModel } = await live();
    await tried(workbench, { shadow: true });
    const { answering, shadow, hear } = await prepareSession(workbench, "help", { session: "c" });
    const broken = shadow && {
      ...shadow,
      provider: { name: "broken", complete: () => Promise.reject(new Error("down")) },
    };
    const session = openSession({ answering, shadow: broken, hear });
    expect((await session.ask("Where?")).answer).toBe(answerOf("polite"));
    await session.finish();
    session.close();
    expect(viewTrial(workbench, "help").arms.challenger).toMatchObject({ turns: 1, unanswered: 1 });
    breakModel(undefined);
    endTrial(workbench, "help", "enough");
    // Nobody is asked to rate what is over.
    expect(renderTrial(viewTrial(workbench, "help"))).toMatch(/Cannot tell: no session where both were rated\.\n/);
  });
});

test("a session reads what is live and the last word of its channel, not the whole history", async () => {
  const { workbench } = await live();
  await tried(workbench, { canary: 0.5 });
  const { store } = workbench;
  const list = (): never => {
    throw new Error("the whole history was read");
  };
  const promotions = { ...store.promotions, list };
  const prepared = await prepareSession({ ...workbench, store: { ...store, promotions } }, "help", { session: "c" });
  expect(prepared.trial?.kind).toBe("canary");
});

test("from the command line: a canary answers, is rated, shown there and on the profile's page, and dropped", async () => {
  const { folder } = await live();
  const run = (...argv: readonly string[]): ReturnType<typeof allele> =>
    allele(folder, argv, { environment: { USER: "ada" } });
  const started = await run("promote", "thorough", "-p", "help", "-d", "questions", "--canary", "0.9", "--json");
  expect(parseJson(started.stdout)).toMatchObject({ promoted: false, trial: { kind: "canary", share: 0.9 } });
  const answered = await run("agent", "run", "-p", "help", "--session", "x1", "Where?");
  expect(answered.code, answered.stderr).toBe(0);
  const arm = /answered by the (\w+) \(canary\)/.exec(answered.stderr)?.[1];
  expect(answered.stdout.trim()).toBe(answerOf(arm === "challenger" ? "thorough" : "polite"));
  expect((await run("agent", "rate", "x1", "--good")).stdout).toContain("ada gives session x1");
  const shown = (await run("profile", "canary", "help")).stdout;
  expect(shown).toContain("90 % of new sessions");
  expect(shown).toContain("1.000");
  expect((await run("profile", "list")).stdout).toMatch(/^help +dev .* canary, 90 % of new sessions$/m);
  const [row] = parseJson((await run("profile", "list", "--json")).stdout) as readonly unknown[];
  expect(row).toMatchObject({ kind: "promote", trial: { kind: "canary", share: 0.9 } });
  const url = await listening(start(folder, ["serve", "--port", "0"]));
  const page = await (await fetch(`${url}/profiles/help`)).text();
  expect(page).toContain("Canary, 90 % of sessions");
  expect(page).toContain("Cannot tell yet");
  expect(await (await fetch(`${url}/profiles`)).text()).toContain("canary, 90 % of new sessions");
  expect((await run("profile", "canary", "help", "--drop", "--reason", "enough")).stdout).toContain("drop");
  expect((await run("profile", "list")).stdout).not.toContain("canary");
});
