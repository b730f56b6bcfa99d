// Under which circumstances figures were measured: the day, the machine, who was measured, and with which command.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { HERE, PROGRAM } from "./site.mjs";

const version = (name) => `${name} ${JSON.parse(readFileSync(join(HERE, "node_modules", name, "package.json"), "utf8")).version}`;
const said = (program, ...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

export const circumstances = (names, { chromium = false } = {}) => {
  const [cpu] = cpus();
  const others = names.map((name) => version(name));
  if (chromium) others.push(said(process.env.CHROMIUM || "/usr/bin/chromium", "--version"));
  return [
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${cpu.model.trim()} (${cpus().length} cores), ${Math.round(totalmem() / 2 ** 30)} GB memory, ${process.platform}; load at the start ${loadavg()[0].toFixed(2)}`,
    `- Measured: ${[said(PROGRAM, "--version"), ...others].join(", ")}, node ${process.versions.node}`,
    `- Command: \`tests/search/run ${process.argv.slice(2).join(" ")}\``,
    "",
  ].join("\n");
};
