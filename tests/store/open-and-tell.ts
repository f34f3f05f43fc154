import { AlleleError } from "../../src/base/index.ts";
import { openStore } from "../../src/store/index.ts";

/** Run as a process: opens the store in the file named, and says how that went. */
try {
  openStore(process.argv[2] ?? "").close();
  process.stdout.write("opened\n");
} catch (error) {
  process.stdout.write(`${error instanceof AlleleError ? error.code : String(error)}\n`);
}
