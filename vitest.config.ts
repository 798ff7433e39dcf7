import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Loading the product anew for every file took longer than most of the tests; none of them changes a module.
    isolate: false,
    // By default one worker of two cores is left idle.
    maxWorkers: "100%",
    setupFiles: ["test/seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
