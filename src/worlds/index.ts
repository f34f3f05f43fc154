import type { WorldMaker } from "../runtime/index.ts";
import { airline } from "./airline/tools.ts";
import { documents } from "./documents.ts";
import { retail } from "./retail/tools.ts";
import { table } from "./table.ts";

export { sentencesOf } from "./customer.ts";
export { dataHash } from "./data-files.ts";
export { airlineFiles } from "./airline/data.ts";
export { retailFiles } from "./retail/data.ts";
export { CHANGED } from "./records.ts";
export { openTable, quoteName } from "./table.ts";

/** Worlds that come with Allele, for the tool modules of imported datasets. */
export const worlds: Readonly<Record<string, WorldMaker>> = { documents, table, airline, retail };
