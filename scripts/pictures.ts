import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fitText } from "../src/report/index.ts";
import { continueRun, nextSteps, openWorkbench, renderRunSummary, startRun } from "../src/workbench/index.ts";
import { drawPages } from "./page-pictures.ts";
import { terminalPicture, type Styled } from "./terminal-picture.ts";

/** Columns of the terminals in the pictures. */
const width = 96;
/** The run is caught when it has so many iterations behind it. */
const caughtAfter = 14;

/** Draws the pictures of the README from real runs of the simulated model, in a project of its own that is thrown away. */
async function drawPictures(folder: string): Promise<void> {
  const project = mkdtempSync(join(tmpdir(), "allele-pictures-"));
  const workbench = openWorkbench({ cwd: project, environment: {}, log: () => {} });
  try {
    const run = await startRun(workbench, {
      genome: "desk-seed",
      dataset: "desk",
      rollouts: 2000,
      seed: 1,
      name: "shop-1",
    });
    const told: string[] = [];
    let look: (() => readonly string[]) | undefined;
    let caught: readonly string[] = [];
    let iterations = 0;
    const report = await continueRun(workbench, run, {
      onEvent: (line) => told.push(line),
      onLive: (live) => {
        look = () => live.lines(width, (style, text) => `\u0001${style}\u0002${text}\u0003`);
      },
      listen: ({ type }) => {
        if (type === "iteration-finished") iterations += 1;
        if (caught.length === 0 && iterations >= caughtAfter)
          caught = [...told.slice(-9).map((line) => fitText(line, width)), "", ...(look?.() ?? [])];
      },
    });
    const command = "npx allele evolve -g desk-seed -d desk --rollouts 2000 --seed 1 --name shop-1";
    const summary = `${renderRunSummary(report, width)}\n${nextSteps(workbench, report)}`.trimEnd().split("\n");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "run.svg"), terminalPicture([prompt(command), ...caught.map(styled)], width));
    writeFileSync(join(folder, "verdict.svg"), terminalPicture(summary.map(styled), width));
    await drawPages(folder, project, run);
  } finally {
    workbench.close();
    rmSync(project, { recursive: true, force: true });
  }
}

function prompt(command: string): readonly Styled[] {
  return [
    { style: "faint", text: "$ " },
    { style: "strong", text: command },
  ];
}

/** Takes a line apart where the paint above has marked it. */
function styled(line: string): readonly Styled[] {
  // oxlint-disable-next-line no-control-regex -- the marks are control characters so that no text holds them
  return line.split(/(\u0001\w+\u0002[^\u0003]*\u0003)/).flatMap((part): readonly Styled[] => {
    // oxlint-disable-next-line no-control-regex -- as above
    const [, style, text] = /^\u0001(strong|faint)\u0002([^\u0003]*)\u0003$/.exec(part) ?? [];
    if (part === "") return [];
    return style === undefined
      ? [{ text: part }]
      : [{ style: style === "strong" ? "strong" : "faint", text: text ?? "" }];
  });
}

await drawPictures(resolve(import.meta.dirname, "../docs/pictures"));
