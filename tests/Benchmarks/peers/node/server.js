'use strict';
// The echo server on grpc-js: node server.js <port>. Its one thread is grpc-js's own model.
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const messages = 1000;
const definition = loader.loadSync(path.join(__dirname, '..', 'echo.proto'));
const { EchoService } = grpc.loadPackageDefinition(definition).promptplatform.benchmarks.v1;

function say(call, callback) {
  callback(null, { text: call.request.text });
}

function repeat(call) {
  const message = { text: call.request.text };
  let sent = 0;
  const send = () => {
    while (sent < messages) {
      sent++;
      if (!call.write(message)) {
        call.once('drain', send);
        return;
      }
    }
    call.end();
  };
  send();
}

const server = new grpc.Server();
server.addService(EchoService.service, { say, repeat });
server.bindAsync(`127.0.0.1:${process.argv[2]}`, grpc.ServerCredentials.createInsecure(), (error) => {
  if (error) {
    throw error;
  }
  console.log('ready');
});
