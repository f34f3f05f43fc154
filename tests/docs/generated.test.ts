import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { renderCommandReference } from "../../scripts/command-reference.ts";
import { parseJson } from "../../src/base/index.ts";
import * as library from "../../src/index.ts";
import { VERSION } from "../../src/cli/version.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(resolve(root, file), "utf8");

test("docs/commands.md is what the program's help says (npm run docs writes it)", () => {
  expect(read("docs/commands.md")).toBe(renderCommandReference());
});

test("the program's version is the package's", () => {
  expect(parseJson(read("package.json"))).toMatchObject({ version: VERSION });
});

test("every page that the README links to is there", () => {
  const links = [...read("README.md").matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link ?? "");
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(() => readFileSync(resolve(root, link)), link).not.toThrow(/ENOENT/);
});

test("the library exports what it promised", () => {
  expect(Object.keys(library).toSorted()).toMatchInlineSnapshot(`
    [
      "AlleleError",
      "Check",
      "Demo",
      "EQUIVALENCE_MARGIN",
      "EvolveOptions",
      "Gene",
      "ModelConfig",
      "ProviderError",
      "StrategyValue",
      "ToolText",
      "acceptanceRule",
      "activeGenes",
      "allOf",
      "ancestorsOf",
      "anyOf",
      "batchSamplers",
      "betterOnSealedTest",
      "checkAgainstTools",
      "checkTypes",
      "chooseOperator",
      "clopperPearsonInterval",
      "clusterDifferenceInterval",
      "cohenKappa",
      "commonAncestors",
      "compareGenomes",
      "compareRollouts",
      "confidenceSequence",
      "continueRun",
      "costCeiling",
      "deal",
      "depthOf",
      "diffGenomes",
      "emptyBandit",
      "evaluateGenome",
      "evolve",
      "express",
      "finalPick",
      "formatGenome",
      "frontierTypes",
      "gateDecision",
      "gateWealth",
      "genomeId",
      "holm",
      "hypervolume",
      "independentOperators",
      "loadDataset",
      "loadToolModule",
      "makeEvaluator",
      "makeEventBus",
      "makeProvider",
      "makeRandom",
      "makeSimulatedProvider",
      "manualClock",
      "mcnemar",
      "modelIdentity",
      "mostCandidates",
      "mostProposals",
      "movePointer",
      "newGate",
      "noImprovement",
      "noTagWorse",
      "observeOperator",
      "observePair",
      "onRequest",
      "openAskTell",
      "openStore",
      "openWorkbench",
      "pairedComparison",
      "pairedPlan",
      "parentRules",
      "paretoFront",
      "parseGenome",
      "patchGenome",
      "planEvolution",
      "planRun",
      "play",
      "powerOfPairs",
      "promoteGenome",
      "readGenome",
      "readRecorded",
      "renderMarkdown",
      "replay",
      "replayRule",
      "replayRules",
      "reportRun",
      "requiredBinaryPairs",
      "requiredPairs",
      "requiredRepeats",
      "rollback",
      "runAgent",
      "runBlocks",
      "runGates",
      "scoreInterval",
      "scoreOutcome",
      "scoreReached",
      "seedFromDescription",
      "serveOpenAi",
      "shrinkScores",
      "signFlipP",
      "spreadOf",
      "standardObjectives",
      "standardOperators",
      "startRun",
      "startSession",
      "summarize",
      "systemClock",
      "tasksOf",
      "testLevel",
      "validateDataset",
      "wilsonInterval",
      "withGene",
      "writeGenome",
    ]
  `);
});
