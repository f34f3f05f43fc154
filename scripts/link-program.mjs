// Makes `npx allele` work inside a clone. (A `bin` of the package itself would make npx install the clone into its cache instead.)
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";

mkdirSync("node_modules/.bin", { recursive: true });
chmodSync("dist/main.js", 0o755);
if (process.platform === "win32") {
  writeFileSync("node_modules/.bin/allele.cmd", '@node "%~dp0\\..\\..\\dist\\main.js" %*\r\n');
} else {
  rmSync("node_modules/.bin/allele", { force: true });
  symlinkSync("../../dist/main.js", "node_modules/.bin/allele");
}
