export { buildProgram, runCli } from "./cli.ts";
export { makeContext } from "./io.ts";
