import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import type {} from "vitest/config";
import { compressed } from "./compress-plugin.ts";
import { asiaMap } from "./map-plugin.ts";
import { words } from "./words-plugin.ts";

const server = process.env["DETENTE_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "./",
  plugins: [asiaMap(), words({ isWhole: !!process.env["VITEST"] }), svelte(), compressed()],
  build: {
    assetsInlineLimit: 0,
    // What every page needs is one file, and what most do another: each has its own head and its own way
    // through the network.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", tags: ["$initial"], priority: 1 },
            { name: "most", minShareCount: 4, test: (id) => !/asia-map|\.json/.test(id) },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
  // Without it Vitest loads Svelte's server build, which cannot mount.
  ...(process.env["VITEST"] ? { resolve: { conditions: ["browser"] } } : {}),
  test: {
    include: ["src/**/*.test.ts"],
    // One process runs many files: to start one for each takes longer than all tests together.
    isolate: false,
    setupFiles: "test-page.ts",
    // No test waits for a clock; on a busy machine one may take long.
    testTimeout: 60_000,
    // The vectors are written by Python; tests/client hands them in.
    exclude: [
      ...(process.env["DETENTE_VECTORS"] ? [] : ["src/{rules,words}/vectors.test.ts"]),
      ...(process.env["DETENTE_RECORD_VECTORS"] ? [] : ["src/replay/odd-records.test.ts"]),
    ],
  },
});
