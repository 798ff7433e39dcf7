import fc from "fast-check";

// The same cases everywhere: a property that fails for one person fails for all. SEED=… tries others.
fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 20180601) });
