import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { oneOf, withWorkbench } from "../with-workbench.ts";

interface JsonFlag {
  readonly json?: boolean;
}

export function registerDataset(program: Command, context: CommandContext): void {
  const dataset = program.command("dataset").description("the tasks that genomes are measured on");

  dataset
    .command("validate")
    .description("check a dataset: format, duplicates, splits, tools")
    .argument("<dataset>", "dataset folder or name")
    .option("--json", "print as JSON")
    .action(async (reference: string, flags: JsonFlag) => {
      await withWorkbench(context, async (workbench, door) => {
        const result = await door.checkDataset(workbench, reference);
        if (flags.json === true) context.printJson(result);
        else context.print(door.renderDatasetCheck(result));
      });
    });

  dataset
    .command("stats")
    .description("counts by split and tag, lengths, checks")
    .argument("<dataset>", "dataset folder or name")
    .option("--json", "print as JSON")
    .action(async (reference: string, flags: JsonFlag) => {
      await withWorkbench(context, async (workbench, door) => {
        const result = await door.datasetStats(workbench, reference);
        if (flags.json === true) context.printJson(result);
        else context.print(door.renderDatasetStats(result));
      });
    });

  dataset
    .command("split")
    .description("list the task ids of a split, one a line")
    .argument("<dataset>", "dataset folder or name")
    .argument("<split>", "train, validation or test", oneOf("split", ["train", "validation", "test"] as const))
    .option("--json", "print as JSON")
    .action(async (reference: string, split: "train" | "validation" | "test", flags: JsonFlag) => {
      await withWorkbench(context, async (workbench, door) => {
        const ids = await door.splitIds(workbench, reference, split);
        if (flags.json === true) context.printJson({ dataset: reference, split, tasks: ids });
        else context.print(ids.join("\n"));
      });
    });
}
