import { writeFileSync } from "node:fs";
import { renderCommandReference } from "./command-reference.ts";

writeFileSync("docs/commands.md", renderCommandReference());
process.stdout.write("wrote docs/commands.md\n");
