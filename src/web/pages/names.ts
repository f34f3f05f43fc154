import { listDatasets, listGenomeFiles, listRuns, profileRows, type Workbench } from "../../workbench/index.ts";

/** Runs that are offered; older ones can be written. */
const mostRuns = 50;

/** What may well be meant where a genome is asked for. */
export function referenceNames(workbench: Workbench): readonly string[] {
  return [
    ...profileRows(workbench).map(({ profile, channel }) => `${profile}@${channel}`),
    ...listRuns(workbench, { limit: mostRuns }).map(({ run }) => run),
    ...listGenomeFiles(workbench).map(({ name }) => name),
  ];
}

export async function datasetNames(workbench: Workbench): Promise<readonly string[]> {
  return (await listDatasets(workbench)).map(({ name }) => name);
}
