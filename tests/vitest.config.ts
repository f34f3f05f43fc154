import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/benchmarks/**"],
    pool: "forks",
    // Limits for what hangs, not for what is slow: machines differ.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 300_000 } },
    maxWorkers: 2,
    reporters: ["default", "./tests/closing-line.ts"],
  },
});
