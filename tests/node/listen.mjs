// Listens to a GraphQL service, and prints the first event: node listen.mjs (ws|sse) ADDRESS DOCUMENT VARIABLES KEY
import { createClient as byEvents } from "graphql-sse";
import { createClient as overSocket } from "graphql-ws";
import WebSocket from "ws";

const [way, address, query, variables, key] = process.argv.slice(2);
const authorization = `Bearer ${key}`;
const client =
  way === "ws"
    ? overSocket({
        url: address.replace("http", "ws"),
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
      })
    : byEvents({ url: address, headers: { authorization } });
for await (const event of client.iterate({ query, variables: JSON.parse(variables) })) {
  process.stdout.write(JSON.stringify(event));
  break;
}
await client.dispose();
