import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackup, writeManifest } from "../../../src/store/backup/manifest.ts";
import { packFile } from "../../../src/store/backup/pack.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

const elsewhere = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

interface Restored {
  readonly putBack: readonly string[];
  readonly deliverAgain: readonly string[];
  readonly outside: readonly { readonly name: string; readonly path: string }[];
}
interface Refused {
  readonly problems: readonly { readonly code: string; readonly file: string }[];
}

const textsBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, "latin1")]),
  );

/** A study that names its files in the folders above its own. */
const scattered = () => {
  const at = elsewhere();
  const study = join(at, "deep", "study");
  mkdirSync(dirname(study));
  renameSync(
    smallStudy({
      "study.yaml": (text) =>
        text
          .replace("language: en", "language: en\noutside: true")
          .replace("instrument.yaml", "../instrument.yaml")
          .replace("roster.csv", "../../roster.csv")
          .replace("before.csv", "../before.csv"),
    }),
    study,
  );
  const names = ["../instrument.yaml", "../../roster.csv", "../before.csv"];
  for (const name of names) renameSync(join(study, name.replaceAll("../", "")), join(study, name));
  return { at, study, names };
};

describe("a backup of a study with files outside its folder", () => {
  it("writes nowhere but into itself, and is restored into the folder alone, which then says what belongs elsewhere", () => {
    const { at, study } = scattered();
    expect(spejl("run", study).status).toBe(0);
    const before = textsBelow(at);
    // Two levels up from a copy here lie files of the study.
    const copy = join(at, "deep", "copy");
    const secret = join(elsewhere(), "secret.txt");
    writeFileSync(secret, "åben sesam\n");
    expect(spejl("backup", copy, study, "--with-key", "--passphrase-file", secret).status).toBe(0);
    const isOfStudy = (file: string): boolean => !file.startsWith(copy) && !file.includes("/.spejl/");
    const kept = Object.fromEntries(Object.entries(textsBelow(at)).filter(([file]) => isOfStudy(file)));
    expect(kept).toEqual(Object.fromEntries(Object.entries(before).filter(([file]) => isOfStudy(file))));

    const there = join(elsewhere(), "deep", "restored");
    const { status, document } = spejlJson<Restored>("restore", copy, there, "--passphrase-file", secret);
    expect(status).toBe(0);
    expect(document.outside).toEqual([
      { name: "../instrument.yaml", path: "outside/instrument.yaml" },
      { name: "../../roster.csv", path: "outside/roster.csv" },
      { name: "../before.csv", path: "outside/before.csv" },
    ]);
    expect(readdirSync(dirname(there))).toEqual(["restored"]);
    for (const { name, path } of document.outside) {
      expect(readFileSync(join(there, path), "utf8")).toBe(readFileSync(join(study, name), "utf8"));
      mkdirSync(dirname(join(there, name)), { recursive: true });
      cpSync(join(there, path), join(there, name));
    }
    expect(spejlJson<{ skipped: readonly string[] }>("run", there).document.skipped).toContain("estimate");
  }, 240_000);

  it("puts nothing into the folder that lies where the study names it", () => {
    const { at, study, names } = scattered();
    expect(spejl("ingest", study).status).toBe(0);
    const copy = join(at, "copy");
    expect(spejl("backup", copy, study, "--with-key").status).toBe(0);
    rmSync(join(study, names[1]!));
    const { status, document } = spejlJson<Restored>("restore", copy, study, "--yes");
    expect(status).toBe(0);
    expect(document.outside).toEqual([{ name: "../../roster.csv", path: "outside/roster.csv" }]);
    expect(readdirSync(join(study, "outside"))).toEqual(["roster.csv"]);
  }, 240_000);

  it("keeps files of one name apart, and those that the folder has", () => {
    const { study } = scattered();
    const said = readFileSync(join(study, "study.yaml"), "utf8").replace("after.csv", "outside/before.csv");
    writeFileSync(join(study, "study.yaml"), said);
    mkdirSync(join(study, "outside"));
    renameSync(join(study, "after.csv"), join(study, "outside", "before.csv"));
    expect(spejl("ingest", study).status).toBe(0);
    const copy = join(elsewhere(), "copy");
    expect(spejl("backup", copy, study, "--with-key").status).toBe(0);
    const there = join(elsewhere(), "restored");
    const { document } = spejlJson<Restored>("restore", copy, there);
    expect(document.putBack.toSorted()).toEqual(["outside/2-before.csv", "outside/before.csv"]);
    const own = (folder: string) => readFileSync(join(folder, "outside", "before.csv"), "utf8");
    expect(own(there)).toBe(own(study));
  }, 240_000);

  it("packs nothing outside itself, and refuses to be restored outside the folder, whoever wrote it", async () => {
    const at = elsewhere();
    const [copy, roster] = [join(at, "copy"), join(at, "roster.csv")];
    writeFileSync(roster, "leader\n");
    for (const path of ["../roster.csv", "study/../../roster.csv", roster])
      await expect(packFile(roster, path, copy, null)).rejects.toThrow("file-outside");
    expect(readdirSync(at)).toEqual(["roster.csv"]);

    const study = smallStudy();
    expect(spejl("ingest", study).status).toBe(0);
    expect(spejl("backup", copy, study, "--with-key").status).toBe(0);
    const { manifest } = await openBackup(copy, null);
    const file = await packFile(roster, "payload", copy, null);
    renameSync(join(copy, "payload"), join(copy, "stray.csv"));
    const changes = [
      { files: [...manifest.files, { ...file, path: "../stray.csv" }] },
      { files: [...manifest.files, { ...file, path: "study/../stray.csv" }] },
      { deliveries: [{ file: "../stray.csv", sha256: manifest.deliveries[0]!.sha256 }] },
      { outside: [{ name: "x", path: "../stray.csv" }] },
    ];
    for (const change of changes) {
      await writeManifest(copy, { ...manifest, ...change }, null);
      const { status, document } = spejlJson<Refused>("restore", copy, join(at, "restored"));
      expect([status, document.problems[0]!.code]).toEqual([3, "backup-damaged"]);
      expect(existsSync(join(at, "stray.csv"))).toBe(false);
    }
  }, 240_000);
});

describe("a backup", () => {
  it("holds the instrument, however the study file writes its name", () => {
    const study = smallStudy();
    expect(spejl("ingest", study).status).toBe(0);
    const file = join(study, "study.yaml");
    const [text, at] = [readFileSync(file, "utf8"), elsewhere()];
    const lines: readonly (readonly [line: string, name: string])[] = [
      ['instrument: "mit instrument.yaml"', "mit instrument.yaml"],
      ["instrument: mit instrument.yaml", "mit instrument.yaml"],
      ["instrument : skema.yaml", "skema.yaml"],
      ['"instrument": skema.yaml', "skema.yaml"],
      ["instrument: >-\n  skema.yaml", "skema.yaml"],
      ["instrument: spørgsmål#1.yaml", "spørgsmål#1.yaml"],
    ];
    let before = "instrument.yaml";
    for (const [k, [line, name]] of lines.entries()) {
      writeFileSync(file, text.replace("instrument: instrument.yaml", line));
      renameSync(join(study, before), join(study, name));
      before = name;
      expect(spejl("backup", join(at, `copy ${k}`), study, "--with-key").status).toBe(0);
      expect(readFileSync(join(at, `copy ${k}`, "study", name))).toEqual(readFileSync(join(study, name)));
    }
    const there = join(at, "restored");
    expect(spejl("restore", join(at, `copy ${lines.length - 1}`), there).status).toBe(0);
    expect(spejlJson<Restored>("ingest", there).status).toBe(0);
  }, 240_000);

  it("is refused by the name of a file that the study needs and that is missing, and nothing is left of it", () => {
    const study = smallStudy();
    expect(spejl("ingest", study).status).toBe(0);
    rmSync(join(study, "roster.csv"));
    const at = elsewhere();
    const { status, document } = spejlJson<Refused>("backup", join(at, "copy"), study);
    expect([status, document.problems]).toEqual([
      3,
      [expect.objectContaining({ code: "file-missing", file: "roster.csv" })],
    ]);
    expect(readdirSync(at)).toEqual([]);
  }, 120_000);
});
