import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultParameters } from "../../src/providers/simulated/parameters.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/simulated-model.md"), "utf8");

test("the page on the simulated model states every habit with its figures", () => {
  const stated = Object.fromEntries(
    page
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim()))
      .filter((cells) => cells.length === 12 && (cells[1] ?? "") in defaultParameters.habits)
      .map(([, habit = "", , ...figures]) => [habit, figures.slice(0, 8)]),
  );
  const given = Object.fromEntries(
    Object.entries(defaultParameters.habits).map(([habit, figures]) => {
      const { plain, mended, worst, words, tools, demos, plan, together, pair } = figures;
      const numbers = [plain, mended, worst, words, tools, demos, plan].map(String);
      return [habit, [...numbers, pair === undefined ? "-" : `${together} (${pair})`]];
    }),
  );
  expect(stated).toEqual(given);
});

test("the page states the other parameters as they are", () => {
  const { attention, draws, reflection } = defaultParameters;
  const figures = [
    `(1 − ${attention.middleLoss} · 4p(1 − p)) · (1 − ${attention.irrelevanceLoss} · X / (X + R))`,
    `1 / (1 + (n/${attention.halfInstructions})²) · 1 / (1 + (w/${attention.halfWords})²)`,
    `the first ${attention.irrelevanceAllowance}`,
    `| ${draws.item} × ${draws.request} |`,
    `| ${(1 - draws.item).toFixed(2)} × ${draws.bearing} |`,
    `${draws.temperatureSlip} × temperature`,
    `${draws.sample}·min(1, T)`,
    `| useful | ${reflection.useful} |`,
    `| outOfReach | ${reflection.outOfReach} |`,
    `| misread | ${reflection.misread} |`,
    `| breadth, most | ${reflection.breadth}, ${reflection.most} |`,
    `| harmful | ${reflection.harmful} + ${reflection.harmfulPerLesson} per lesson, at most ${reflection.mostHarmful} |`,
  ];
  expect(figures.filter((figure) => !page.includes(figure))).toEqual([]);
});
