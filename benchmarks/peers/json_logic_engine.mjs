// json-logic-engine, compiled, in a process of its own that is asked line by line to check or to run for a while.
//
// {"load": {"rules": ..., "cases": [...]}} answers {"verdicts": [[...], ...]};
// {"run": seconds} goes through the cases for so long and answers {"cases": ..., "seconds": ...}.
import { createInterface } from 'node:readline'
import { LogicEngine } from 'json-logic-engine'

let decide
let cases = []
let next = 0
let seen = 0

function load ({ rules, cases: given }) {
  const engine = new LogicEngine()
  // One function for each rule: the compiler of the machine gives one large function up.
  const compiled = rules.map(rule => engine.build(rule))
  decide = each => compiled.map(rule => rule(each))
  cases = given
  run(2) // until the compiler of the machine has seen enough
  return { verdicts: cases.map(each => decide(each)) }
}

function run (seconds) {
  const start = process.hrtime.bigint()
  const end = start + BigInt(Math.round(seconds * 1e9))
  let done = 0
  let now = start
  while (now < end || done === 0) {
    for (let i = 0; i < 16; i++) {
      seen += decide(cases[next])[0]
      next = next + 1 === cases.length ? 0 : next + 1
    }
    done += 16
    now = process.hrtime.bigint()
  }
  return { cases: done, seconds: Number(now - start) / 1e9, seen }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  console.log(JSON.stringify(asked.load ? load(asked.load) : run(asked.run)))
}
