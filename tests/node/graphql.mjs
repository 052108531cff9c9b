// Asks a GraphQL service by urql: node graphql.mjs ADDRESS DOCUMENT VARIABLES [KEY]
import { Client, fetchExchange } from "@urql/core";

const [address, document, variables, key] = process.argv.slice(2);
const client = new Client({
  url: address,
  exchanges: [fetchExchange],
  preferGetMethod: false,
  fetchOptions: key ? { headers: { authorization: `Bearer ${key}` } } : {},
});
const { data, error } = await client.query(document, JSON.parse(variables)).toPromise();
process.stdout.write(JSON.stringify({ data: data ?? null, error: error ? error.message : null }));
