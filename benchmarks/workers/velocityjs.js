// velocityjs on one workload in a fresh Node process; prints one line of JSON.
//   node velocityjs.js FOLDER-OF-MODULES FILE SECONDS       SECONDS 0: render once and stop
"use strict";
const fs = require("fs");
const path = require("path");

const [modules, file, secondsText] = process.argv.slice(2);
const seconds = Number(secondsText);
const { Compile, parse } = require(path.join(modules, "velocityjs"));

const named = { "\b": "\\b", "\n": "\\n", "\t": "\\t", "\f": "\\f", "\r": "\\r", "'": "\\'", '"': '\\"', "\\": "\\\\", "/": "\\/" };
const unsafe = /["'\\/\x00-\x1f]|[^\x00-\x7e]/g;
const escaped = (c) => named[c] || "\\u" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
const util = { escapeJavaScript: (text) => String(text).replace(unsafe, escaped) };

const work = JSON.parse(fs.readFileSync(file, "utf8"));
const context = work.context;
const compile = () => parse(work.vtl);
const tree = compile();
const render = () => new Compile(tree, { escape: false }).render({ ...context, util });

function measure(action, time) {
  const now = () => Number(process.hrtime.bigint()) / 1e6;
  let calls = 0;
  const start = now();
  while (now() - start < time * 1000) { action(); calls += 1; }
  const batch = Math.max(1, Math.floor(2 / ((now() - start) / calls)));
  const samples = [];
  const begin = now();
  while (now() - begin < time * 1000 || samples.length < 3) {
    const one = now();
    for (let i = 0; i < batch; i += 1) action();
    samples.push((now() - one) / batch);
  }
  samples.sort((a, b) => a - b);
  return samples[Math.floor(samples.length / 2)];
}

const result = { output: render() };
if (seconds) {
  result.render = measure(render, seconds);
  result.compile = measure(compile, seconds / 2);
}
process.stdout.write(JSON.stringify(result) + "\n");
