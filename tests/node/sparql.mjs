// Asks a SPARQL service by Comunica: node sparql.mjs ADDRESS QUERY [KEY]
import { QueryEngine } from "@comunica/query-sparql";

const [address, query, key] = process.argv.slice(2);
const withKey = (input, init) =>
  fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), authorization: `Bearer ${key}` } });
const bindings = await new QueryEngine().queryBindings(query, {
  sources: [{ type: "sparql", value: address }],
  ...(key ? { fetch: withKey } : {}),
});
const rows = await bindings.toArray();
process.stdout.write(
  JSON.stringify(rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])))),
);
