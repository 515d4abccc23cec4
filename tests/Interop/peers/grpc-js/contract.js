'use strict';
const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const mirror = 'promptplatform.tests.interop.v1.Mirror';

/** The services in the descriptor set that the tests wrote, and what grpc-js and JSON have different words for. */
class Contract {
  constructor(file) {
    this.definitions = loader.loadFileDescriptorSetFromBuffer(fs.readFileSync(file), { longs: Number, enums: String, defaults: true });
  }

  service(name) {
    return this.definitions[name];
  }

  /** A method by service and name; one that the contract lacks looks like Ask. */
  method(service, name) {
    const known = this.definitions[service]?.[name] ?? this.definitions[mirror].Ask;
    return { ...known, path: `/${service}/${name}` };
  }
}

/** Metadata to [key, value] pairs; bytes in base64. */
function toPairs(metadata) {
  const pairs = [];
  for (const key of Object.keys(metadata?.getMap() ?? {})) {
    for (const value of metadata.get(key)) {
      pairs.push([key, Buffer.isBuffer(value) ? value.toString('base64') : value]);
    }
  }
  return pairs;
}

function toMetadata(pairs) {
  const metadata = new grpc.Metadata();
  for (const [key, value] of pairs ?? []) {
    metadata.add(key, key.endsWith('-bin') ? Buffer.from(value, 'base64') : value);
  }
  return metadata;
}

const pattern = Buffer.from(Array.from({ length: 251 }, (_, index) => (index * 7) % 251));

/** Bytes that every side can make and check: easy to compress, and no two neighbours alike. */
const fill = (length) => Buffer.alloc(length, pattern);

const sum = (bytes, start = 0) => {
  let total = start;
  for (let index = 0; index < bytes.length; index++) {
    total += bytes[index];
  }
  return total % 2147483648;
};

module.exports = { mirror, Contract, toPairs, toMetadata, fill, sum };
