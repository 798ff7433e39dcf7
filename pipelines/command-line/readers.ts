import { Argument, Option } from "commander";
import type { ReportOptions } from "../commands.ts";
import type { ServeOptions } from "../serve/serve.ts";
import { whole } from "../terminal/usage.ts";
import { type Add, terminalOf } from "./program.ts";

export const readerCommands = (command: Add): void => {
  command(
    "report <kind> [id] [study]",
    "write one report of the latest release: leader ID, management, research, or the effects figure as SVG",
    "spejl report leader L1007 my-study --lang en",
  )
    .addOption(new Option("--lang <language>", "language of the report").choices(["da", "en"]))
    .option("--out <folder>", "where to write (default: the study's reports/)")
    .option("--all", "with `leader`: the reports of all leaders; goes on where a run was interrupted", false)
    .option("--pdf", "with `leader`: one A4 page as tagged PDF instead of a page for a browser", false)
    .option("--folder <folder>", "with `management`: with filters, as index.html, dashboard.js and dashboard.css")
    .option("--public", "with `research`: only what may leave the project group, as research-public.html", false)
    .option("--signed-off-by <name>", "with --public: who has looked through the numbers; kept in the log")
    .action(async (kind: string, id: string | undefined, study: string | undefined, options: object) => {
      const { report } = await import("../commands.ts");
      await report(
        kind,
        [id, study].filter((word) => word !== undefined),
        options as ReportOptions,
        terminalOf(options),
      );
    });

  command(
    "serve [study]",
    "show the latest release in browsers: each report to whom it is for, behind a sign-in",
    "spejl serve demo-study --demo\n  spejl serve my-study",
  )
    .option("--port <n>", "port on this machine (default: serve.yaml's, else 8400)", whole)
    .option("--demo", "a synthetic study on this machine alone, with a link for one person of each kind", false)
    .action(async (study: string | undefined, options: object) => {
      const { serveStudy } = await import("../serve/serve.ts");
      await serveStudy(study ?? ".", options as ServeOptions, terminalOf(options));
    });

  command(
    "people [study]",
    "read who may sign in, and what they may see, from the study's people.csv (id;viewers;leader;mail;sign_in)",
    "spejl people my-study",
  ).action(async (study: string | undefined, options: object) => {
    const { people } = await import("../serve/commands.ts");
    await people(study ?? ".", terminalOf(options));
  });

  command(
    "invite <person> [study]",
    "print a link by which a person of people.csv signs in once",
    "spejl invite anna my-study",
  ).action(async (person: string, study: string | undefined, options: object) => {
    const { invite } = await import("../serve/commands.ts");
    await invite(person, study ?? ".", terminalOf(options));
  });

  command(
    "key",
    "put leaders' texts at the server under another master key; none of them is written anew",
    "spejl key rotate my-study",
  )
    .addArgument(new Argument("<action>", "what to do with the key").choices(["rotate"]))
    .argument("[study]")
    .action(async (_: string, study: string | undefined, options: object) => {
      const { rotateKey } = await import("../serve/commands.ts");
      await rotateKey(study ?? ".", terminalOf(options));
    });
};
