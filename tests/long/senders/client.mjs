// One client of Node: `node client.mjs fetch|http` sends each request that comes as a line of JSON. A line `ok` or
// `error <what>` answers each.
import http from 'node:http';
import { createInterface } from 'node:readline';

function byHttp({ method, url, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(response.statusCode))));
    });
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

async function byFetch({ method, url, headers, body }) {
  const response = await fetch(url, { method, headers, body });
  await response.text();
  if (!response.ok) throw new Error(response.status);
}

const send = { http: byHttp, fetch: byFetch }[process.argv[2]];
for await (const line of createInterface({ input: process.stdin })) {
  let answer = 'ok';
  try {
    await send(JSON.parse(line));
  } catch (error) {
    answer = `error ${error.name}: ${error.message} ${error.cause?.message ?? ''}`.replaceAll('\n', ' ');
  }
  console.log(answer);
}
process.exit(0); // connections that are kept open hold nobody up
