import { defineConfig } from "vitest/config";

/** The tests that need a browser; scripts/test-browser.mjs finds it and runs them. */
export default defineConfig({
  test: {
    include: ["**/*.browser.test.ts"],
    exclude: ["node_modules/**", "dist/**", "runs/**"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
