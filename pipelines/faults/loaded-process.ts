import { fileURLToPath } from "node:url";

// Runs command after command in one process: to load the program takes longer than most commands.
const cli = import.meta.resolve("../cli.js");

const run = async (words: readonly string[], turn: number) => {
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    process[name].write = (text: string | Uint8Array): boolean => {
      said[name] += String(text);
      return true;
    };
  process.argv = [process.execPath, fileURLToPath(cli), ...words];
  process.exitCode = undefined;
  await import(`${cli}?${turn}`);
  process.removeAllListeners("SIGINT");
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error");
  return { status: process.exitCode ?? 0, ...said };
};

let turn = 0;
process.on("message", async (words: readonly string[]) => process.send!(await run(words, turn++)));
