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

/** The only one of the project; where there are several, nobody knows which is meant. */
export function onlyOwn(entries: readonly { readonly name: string; readonly own: boolean }[]): string | undefined {
  const own = entries.filter((entry) => entry.own);
  return own.length === 1 ? own[0]?.name : undefined;
}

export async function datasetNames(workbench: Workbench): Promise<readonly string[]> {
  return (await listDatasets(workbench)).map(({ name }) => name);
}
