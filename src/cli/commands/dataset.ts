import type { Command } from "commander";
import { EXIT, type CommandContext } from "../io.ts";
import type { ImportOptions } from "../../workbench/index.ts";
import { oneOf, realNumber, wholeNumber, withWorkbench } from "../with-workbench.ts";

interface JsonFlag {
  readonly json?: boolean;
}

interface AuditFlags {
  readonly runs?: readonly string[];
  readonly effect: number;
  readonly power: number;
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
        else context.print(door.renderDatasetStats(result, context.width));
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

  dataset
    .command("audit")
    .description(
      "what is suspicious: labels, leaks, duplicates, flaky, saturated and unsolved tasks, splits and tags too small; runs nothing",
    )
    .argument("<dataset>", "dataset folder or name")
    .option(
      "--runs <run...>",
      "only what candidates of these runs did (default: all that was measured on the tasks as they are now)",
    )
    .option("--effect <difference>", "the difference that a split should show", realNumber("--effect", 0.005, 1), 0.05)
    .option("--power <probability>", "how surely it should show it", realNumber("--power", 0.05, 0.999), 0.8)
    .option("--json", "print as JSON")
    .addHelpText("after", "\nExit code: 0 nothing suspicious, 3 something to look at.")
    .action(async (reference: string, flags: JsonFlag & AuditFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const { json, ...request } = flags;
        const audit = await door.auditDataset(workbench, { ...request, dataset: reference });
        if (json === true) context.printJson(audit);
        else context.print(door.renderDatasetAudit(audit, context.width));
        if (audit.findings.length > 0) context.exit(EXIT.cannotTell);
      });
    });

  dataset
    .command("import")
    .description("make a dataset of files of another form (docs/real-data.md)")
    .argument("<files...>", "the data: .jsonl, .csv, or what the form says")
    .option("--form <form>", "shape of the data: rows, classification, lmentry, ... (see `dataset forms`)", "rows")
    .option("--to <folder>", "folder to make (default: in the project's datasets, named by the first file)")
    .option("--name <name>", "name of the dataset (default: the folder's)")
    .option("--licence <text>", "licence of the data")
    .option("--source <text>", "where the data come from")
    .option("--description <text>", "what the tasks are")
    .option("--mapping <file>", "YAML file of settings: input, expected, check, labels, tags, split, family, id")
    .option("--set <name=value...>", "settings, over those of the mapping: input='{question}' expected=answer")
    .option("--seed <number>", "another division and draw", wholeNumber("--seed", 0), 0)
    .option("--shares <train,validation,test>", "of the rows without a split (default: 0.4,0.3,0.3)")
    .option("--limit <number>", "most tasks a split: 300, or train=100,validation=300,test=500")
    .option("--divide", "divide all rows by the shares, whatever split the source gives them")
    .option("--balance", "the same number of tasks of every label")
    .option("--json", "print as JSON")
    .action(
      async (
        files: readonly string[],
        flags: Omit<ImportOptions, "balance" | "divide"> & { balance?: true; divide?: true } & JsonFlag,
      ) => {
        await withWorkbench(context, async (workbench, door) => {
          const options = { ...flags, balance: flags.balance === true, divide: flags.divide === true };
          const result = await door.importDataset(workbench, context.io.cwd, files, options);
          if (flags.json === true) context.printJson(result);
          else context.print(door.renderImport(result));
        });
      },
    );

  dataset
    .command("forms")
    .description("the forms that can be imported")
    .action(async () => {
      await withWorkbench(context, (_workbench, door) => context.print(door.renderForms()));
    });
}
