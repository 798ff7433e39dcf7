// Runs the built command time after time in one process: to load the program takes longer than most commands.
const cli = new URL("../../dist/pipelines/cli.js", import.meta.url);

const run = async (words, turn) => {
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"])
    process[name].write = (text) => {
      said[name] += text;
      return true;
    };
  process.argv = [process.execPath, cli.pathname, ...words];
  process.exitCode = undefined;
  await import(`${cli}?${turn}`);
  process.removeAllListeners("SIGINT");
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error");
  return { status: process.exitCode ?? 0, ...said };
};

let turn = 0;
process.on("message", async (words) => process.send(await run(words, turn++)));
