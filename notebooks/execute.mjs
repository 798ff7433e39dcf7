import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Executes every notebook of this folder in place, with the Deno kernel, on the demo study.
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const jupyter = mkdtempSync(join(tmpdir(), "spejl-kernel-"));
const deno = join(here, "node_modules", "deno", "bin.cjs");
const run = (command, words, environment = {}) =>
  execFileSync(command, words, { cwd: here, stdio: "inherit", env: { ...process.env, ...environment } });

try {
  mkdirSync(join(jupyter, "kernels", "deno"), { recursive: true });
  writeFileSync(
    join(jupyter, "kernels", "deno", "kernel.json"),
    JSON.stringify({
      argv: [process.execPath, deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
    }),
  );
  if (!existsSync(join(root, "demo-study", ".spejl")))
    run(process.execPath, [join(root, "dist/pipelines/cli.js"), "demo", join(root, "demo-study"), "--quiet"]);
  for (const notebook of readdirSync(here).filter((file) => file.endsWith(".ipynb")))
    run(
      "jupyter-nbconvert",
      [
        "--to",
        "notebook",
        "--execute",
        "--inplace",
        "--ExecutePreprocessor.record_timing=False",
        "--ExecutePreprocessor.timeout=300",
        notebook,
      ],
      { JUPYTER_PATH: jupyter, DENO_NO_UPDATE_CHECK: "1" },
    );
} finally {
  rmSync(jupyter, { recursive: true, force: true });
}
