export { buildProgram, runCli } from "./cli.ts";
export { makeContext } from "./io.ts";
export type { Io } from "./io.ts";
