// The grpc-js side of the interop tests: one JSON command per line on stdin, one JSON answer per line on stdout.
// { seq, do: "call" | "cancel" | "serve" | "recall" | "release" | "drain", ... }  ->  { seq, result } or { seq, error }
'use strict';
const readline = require('node:readline');
const { Contract } = require('./contract');
const { Caller } = require('./caller');
const { Servers } = require('./server');

const contract = new Contract(process.argv[2]);
const caller = new Caller(contract);
const servers = new Servers(contract);

const commands = {
  call: (command) => caller.call(command),
  cancel: (command) => caller.cancel(command.call),
  serve: (command) => servers.serve(command),
  recall: (command) => servers.recall(command.call),
  release: (command) => servers.release(command.call),
  drain: (command) => servers.drain(command.server),
};

const answer = (reply) => process.stdout.write(JSON.stringify(reply) + '\n');

readline.createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const command = JSON.parse(line);
    try {
      answer({ seq: command.seq, result: (await commands[command.do](command)) ?? null });
    } catch (failure) {
      answer({ seq: command.seq, error: String(failure.stack) });
    }
  })
  // The test process is gone or done.
  .on('close', () => process.exit(0));
