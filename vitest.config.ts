import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**", "runs/**", "**/*.browser.test.ts"],
    // By default one processor is left to the main thread, which has little to do.
    maxWorkers: "100%",
    // Test files share the modules that a processor has loaded, which take longer than most tests: no
    // test may change what another sees (process.env, the working folder, a module's own state).
    isolate: false,
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
