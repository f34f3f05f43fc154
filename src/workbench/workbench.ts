import { resolve } from "node:path";
import { makeRandom, systemClock, type Clock, type Logger } from "../base/index.ts";
import { makeProvider, modelIdentity, type ModelConfig, type Provider } from "../providers/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { loadConfig, type Config } from "./config.ts";

/** An open project: configuration, store and surroundings. Every use case is a function that takes it first. */
export interface Workbench {
  readonly root: string;
  readonly config: Config;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Opened when first needed, so that looking at a genome file makes no database. */
  readonly store: Store;
  close(): void;
}

export interface WorkbenchOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly clock?: Clock;
}

/** Opens the project in `cwd`. Throws AlleleError when its configuration is wrong. */
export function openWorkbench(options: WorkbenchOptions): Workbench {
  const config = loadConfig(options.cwd);
  const clock = options.clock ?? systemClock;
  let store: Store | undefined;
  return {
    root: options.cwd,
    config,
    environment: options.environment,
    clock,
    log: options.log,
    get store() {
      store ??= openStore(resolve(options.cwd, config.store), { clock });
      return store;
    },
    close: () => store?.close(),
  };
}

/** Makes the provider of a model configuration with this project's clock and keys. */
export function providerOf(workbench: Workbench, model: ModelConfig): Provider {
  return makeProvider(model, {
    clock: workbench.clock,
    random: makeRandom(modelIdentity(model)),
    environment: workbench.environment,
    folder: workbench.root,
  });
}
