// Asks a GraphQL service by urql, and prints what it shows after each part: node deferred.mjs ADDRESS DOCUMENT VARIABLES KEY
import { Client, fetchExchange } from "@urql/core";

const [address, document, variables, key] = process.argv.slice(2);
const client = new Client({
  url: address,
  exchanges: [fetchExchange],
  preferGetMethod: false,
  fetchOptions: { headers: { authorization: `Bearer ${key}` } },
});
const shown = [];
await new Promise((done) => {
  client.query(document, JSON.parse(variables)).subscribe(({ data, error, hasNext }) => {
    shown.push(JSON.stringify({ data: data ?? null, error: error ? error.message : null, hasNext }));
    if (!hasNext) done();
  });
});
process.stdout.write(`[${shown.join(",")}]`);
