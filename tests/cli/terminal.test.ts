import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { allele, projectFolder } from "./allele.ts";

const program = resolve(import.meta.dirname, "../../src/main.ts");
const hasTmux = spawnSync("tmux", ["-V"]).status === 0;

interface Terminal {
  /** What stands on the screen, and what has left it above. */
  readonly everything: () => string;
  readonly keys: (...keys: readonly string[]) => void;
  readonly resize: (columns: number) => void;
  /** Looks until the screen shows something, and answers the screen. */
  readonly until: (shown: RegExp) => Promise<string>;
}

/** Runs the program in a real terminal of its own. */
function terminal(cwd: string, command: string, size: { columns: number; environment?: string }): Terminal {
  const socket = `allele-${process.pid}-${size.columns}`;
  const tmux = (...argv: readonly string[]): string =>
    spawnSync("tmux", ["-L", socket, "-f", "/dev/null", ...argv], { encoding: "utf8", cwd }).stdout;
  const line = `trap : INT; ${size.environment ?? ""} '${process.execPath}' '${program}' ${command}; echo "ended with $?"; sleep 600`;
  tmux("new-session", "-d", "-x", String(size.columns), "-y", "30", "sh", "-c", line);
  onTestFinished(() => {
    tmux("kill-server");
  });
  const screen = (): string => tmux("capture-pane", "-p");
  return {
    everything: () => tmux("capture-pane", "-p", "-S", "-500"),
    keys: (...keys) => void tmux("send-keys", ...keys),
    resize: (columns) => void tmux("resize-window", "-x", String(columns), "-y", "30"),
    until: async (shown) => {
      for (;;) {
        const text = screen();
        if (shown.test(text)) return text;
        await new Promise((done) => setTimeout(done, 50));
      }
    },
  };
}

const evolve = "evolve -g desk-seed -d desk --rollouts 500 --name live --yes";

describe.skipIf(!hasTmux)("on a terminal (needs tmux)", () => {
  test("a run stands in one block that is drawn over, fits after a resize, and is gone in the end", async () => {
    const folder = projectFolder();
    const window = terminal(folder, evolve, { columns: 80 });
    const first = await window.until(/operators {2}/);
    expect(first.match(/^live on desk/gm)).toHaveLength(1);
    expect(first).toMatch(/left {7}\d+ rollouts/);
    expect(first).toMatch(/iteration 1 {2}/);
    window.resize(42);
    await window.until(/ended with [034]/);
    const all = window.everything();
    expect(all).not.toMatch(/^(operators|under way|left) {2}/m);
    expect(all).toMatch(/Better:|Cannot tell|Worse:|The same/);
    expect(all.match(/^sealed test of [0-9a-f]{10}/gm)).toHaveLength(2);
  });

  test("the first Ctrl-C says what is kept and how to go on, and the run can be resumed", async () => {
    const folder = projectFolder();
    const window = terminal(folder, evolve, { columns: 90, environment: "NO_COLOR=1" });
    await window.until(/incumbent {2}/);
    window.keys("C-c");
    await window.until(/ended with 130/);
    expect(window.everything()).toContain("allele resume live");
    expect((await allele(folder, ["runs", "--json"])).stdout).toContain('"interrupted"');
  });

  test("a second Ctrl-C ends at once", async () => {
    const folder = projectFolder();
    const window = terminal(folder, evolve, { columns: 91 });
    await window.until(/incumbent {2}/);
    window.keys("C-c", "C-c");
    await window.until(/ended with 130/);
  });

  test("TERM=dumb gets plain lines", async () => {
    const window = terminal(projectFolder(), "evaluate -g desk-seed -d desk -n 40", {
      columns: 100,
      environment: "TERM=dumb",
    });
    await window.until(/ended with 0/);
    expect(window.everything()).toMatch(/score 0\.\d+/);
    expect(window.everything()).not.toContain("█");
  });
});

test("without a terminal stderr is lines without any escape sequence, and stdout is the data alone", async () => {
  const folder = projectFolder();
  const { code, stdout, stderr } = await allele(folder, [
    "evaluate",
    "-g",
    "desk-seed",
    "-d",
    "desk",
    "-n",
    "20",
    "--json",
  ]);
  expect(code).toBe(0);
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(
    expect.arrayContaining(["genome", "n", "score", "interval"]),
  );
  expect(stderr).not.toContain("\u001B");
});
