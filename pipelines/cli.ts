#!/usr/bin/env node

// Where not even the program's own files can be opened, the file with the words for it cannot be read either.
try {
  const { main } = await import("./command-line/main.ts");
  process.exitCode = await main();
} catch (error) {
  if (!["EMFILE", "ENFILE"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  process.stderr.write(
    "Spejl kan ikke åbne sine egne filer, fordi for mange filer er åbne (se `ulimit -n`).\n" +
      "Spejl cannot open its own files, as too many files are open (see `ulimit -n`).\n",
  );
  process.exitCode = 5;
}
