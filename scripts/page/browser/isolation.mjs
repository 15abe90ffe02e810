// Nothing leaves the page: every way that a script has is tried, in the page and in its worker, against a server that listens.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { open } from './harness.mjs';

/** A server that remembers what reached it: requests, upgrades to sockets, datagrams. */
async function listener() {
  const reached = [];
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*');
    response.end('ok');
  });
  server.on('upgrade', (request, socket) => {
    reached.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  const datagrams = createSocket('udp4');
  datagrams.on('message', (message) => reached.push(`datagram of ${message.length}`));
  server.listen(0, '127.0.0.1');
  datagrams.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(datagrams, 'listening')]);
  return {
    reached,
    base: `http://127.0.0.1:${server.address().port}`,
    stun: `stun:127.0.0.1:${datagrams.address().port}`,
    close: () => Promise.all([new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }), new Promise((resolve) => { datagrams.close(resolve); })]),
  };
}

/** Puts an element with attributes into the page. */
const element = (tag, attributes) => `const made = document.createElement('${tag}'); for (const [name, value] of Object.entries(${attributes})) made.setAttribute(name, value); document.body.append(made);`;

/** Each way out, as a script with the server's address in `base` and `stun`. */
const WAYS = {
  fetch: 'return fetch(`${base}/fetch?secret`, { mode: "no-cors" })',
  'fetch kept alive': 'return fetch(`${base}/keepalive?secret`, { mode: "no-cors", keepalive: true, method: "POST", body: "secret" })',
  xhr: 'const request = new XMLHttpRequest(); request.open("GET", `${base}/xhr?secret`); request.send()',
  beacon: 'navigator.sendBeacon(`${base}/beacon`, "secret")',
  image: 'new Image().src = `${base}/image?secret`',
  socket: 'new WebSocket(`${base.replace("http", "ws")}/socket?secret`)',
  'event source': 'new EventSource(`${base}/events?secret`)',
  form: `${element('form', '{ action: `${base}/form?secret`, method: "POST" }')} made.submit()`,
  'form of a button': `${element('form', '{}')} made.innerText = ""; const button = document.createElement("button"); button.formAction = \`\${base}/formaction?secret\`; made.append(button); button.click()`,
  navigation: 'location = `${base}/navigation?secret`',
  'navigation by replacing': 'location.replace(`${base}/replace?secret`)',
  'navigation by a link': `${element('a', '{ href: `${base}/link?secret` }')} made.click()`,
  'navigation of the top': 'top.location = `${base}/top?secret`',
  'navigation of the top by a link': `${element('a', '{ href: `${base}/top-link?secret`, target: "_top" }')} made.click()`,
  'a new window': 'open(`${base}/window?secret`)',
  'a new window by a link': `${element('a', '{ href: `${base}/blank?secret`, target: "_blank" }')} made.click()`,
  download: `${element('a', '{ href: `${base}/download?secret`, download: "x" }')} made.click()`,
  ping: `${element('a', '{ href: "#", ping: `${base}/ping?secret` }')} made.click()`,
  'meta refresh': `const made = document.createElement('meta'); made.httpEquiv = 'refresh'; made.content = \`0;url=\${base}/refresh?secret\`; document.head.append(made)`,
  'a frame': element('iframe', '{ src: `${base}/frame?secret` }'),
  'a frame of data': 'const made = document.createElement("iframe"); made.src = `data:text/html,<meta http-equiv=refresh content="0;url=${base}/data?secret">`; document.body.append(made)',
  'a frame within a frame': 'const made = document.createElement("iframe"); document.body.append(made); return made.contentWindow.fetch(`${base}/within?secret`)',
  'javascript URL': 'location = `javascript:fetch("${base}/javascript?secret")`',
  script: 'const made = document.createElement("script"); made.src = `${base}/script?secret`; document.head.append(made)',
  'inline script': 'const made = document.createElement("script"); made.textContent = `fetch("${base}/inline?secret")`; document.head.append(made)',
  'markup with a handler': 'document.body.innerHTML = `<img src=x onerror="fetch(\'${base}/handler?secret\')">`',
  eval: 'eval(`fetch("${base}/eval?secret")`)',
  import: 'return import(`${base}/import?secret`)',
  worker: 'new Worker(`${base}/worker?secret`)',
  'a worker of its own': 'const policy = trustedTypes.createPolicy("callback-profile-worker", { createScriptURL: (url) => url }); new Worker(policy.createScriptURL(URL.createObjectURL(new Blob([`fetch("${base}/own?secret")`]))))',
  'style sheet': element('link', '{ rel: "stylesheet", href: `${base}/sheet?secret` }'),
  'style of an element': 'document.body.style.backgroundImage = `url(${base}/background?secret)`',
  'style that is adopted': 'const sheet = new CSSStyleSheet(); sheet.replaceSync(`body { background: url(${base}/adopted?secret) }`); document.adoptedStyleSheets = [sheet]',
  'inline style': 'const made = document.createElement("style"); made.textContent = `@import url(${base}/style?secret)`; document.head.append(made)',
  font: 'return new FontFace("x", `url(${base}/font?secret)`).load()',
  video: element('video', '{ src: `${base}/video?secret`, autoplay: "" }'),
  object: 'const made = document.createElement("object"); made.setAttribute("data", `${base}/object?secret`); document.body.append(made)',
  prefetch: element('link', '{ rel: "prefetch", href: `${base}/prefetch?secret` }'),
  preload: element('link', '{ rel: "preload", as: "fetch", href: `${base}/preload?secret` }'),
  modulepreload: element('link', '{ rel: "modulepreload", href: `${base}/modulepreload?secret` }'),
  icon: element('link', '{ rel: "icon", href: `${base}/icon?secret` }'),
  manifest: element('link', '{ rel: "manifest", href: `${base}/manifest?secret` }'),
  'speculation rules': 'const made = document.createElement("script"); made.type = "speculationrules"; made.textContent = JSON.stringify({ prefetch: [{ urls: [`${base}/speculation?secret`] }] }); document.head.append(made)',
  'peer connection': 'const peer = new RTCPeerConnection({ iceServers: [{ urls: stun }] }); peer.createDataChannel("secret"); return peer.createOffer().then((offer) => peer.setLocalDescription(offer))',
  'web transport': 'return new WebTransport(`${base.replace("http:", "https:")}/transport?secret`).ready',
  'base and a form': 'const made = document.createElement("base"); made.href = `${base}/`; document.head.append(made); const form = document.createElement("form"); form.action = "based?secret"; document.body.append(form); form.submit()',
};

/** The same from within the worker, which has the key too. */
const WORKER_WAYS = {
  fetch: 'return fetch(`${base}/worker-fetch?secret`, { mode: "no-cors" })',
  xhr: 'const request = new XMLHttpRequest(); request.open("GET", `${base}/worker-xhr?secret`, false); request.send()',
  socket: 'new WebSocket(`${base.replace("http", "ws")}/worker-socket?secret`)',
  'event source': 'new EventSource(`${base}/worker-events?secret`)',
  importScripts: 'importScripts(`${base}/worker-import?secret`)',
  import: 'return import(`${base}/worker-module?secret`)',
  'a worker of its own': 'new Worker(URL.createObjectURL(new Blob([`fetch("${base}/worker-own?secret")`])))',
  'peer connection': 'new RTCPeerConnection({ iceServers: [{ urls: stun }] })',
};

/** Ways that reach the server from a page without a policy, so that an empty list says something. */
const CONTROLS = ['fetch', 'beacon', 'image', 'socket', 'form', 'navigation', 'xhr', 'style of an element', 'a frame', 'peer connection', 'meta refresh', 'a new window', 'script'];

const attempt = (script) => `(async ({ base, stun }) => { ${script} })`;
const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Tries a way where a script of the page would be, and says what reached the server. */
async function tried(context, way, server) {
  server.reached.length = 0;
  const act = context.evaluate(`${attempt(way)}(${JSON.stringify({ base: server.base, stun: server.stun })})`).catch(() => {});
  await Promise.race([act, pause(1000)]);
  await pause(250);
  return [...server.reached];
}

/** Of each kind of way one, for the short run. */
const SHORT = ['fetch', 'beacon', 'image', 'socket', 'form', 'navigation', 'navigation by a link', 'navigation of the top', 'a new window', 'peer connection', 'a frame within a frame'];

/** Each way is tried in a page of its own, since a navigation that is stopped leaves an error in its place. */
export async function isolation(browser, { isShort = false } = {}) {
  const taken = (names, few) => (isShort ? names.filter(([name]) => few.includes(name)) : names);
  const server = await listener();
  const failed = [];
  let ran = 0;
  try {
    for (const name of CONTROLS.slice(0, isShort ? 3 : undefined)) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.setContent('<!doctype html><title>no policy</title>');
      const reached = await tried(page, WAYS[name], server);
      if (reached.length === 0) failed.push(`without a policy nothing came of ${name}`);
      await context.close();
      ran += 1;
    }
    for (const [name, way] of taken(Object.entries(WAYS), SHORT)) {
      const session = await open(browser);
      const reached = await tried(session.frame, way, server);
      const pages = session.context.pages().length;
      if (reached.length > 0 || pages > 1 || !session.page.url().startsWith('file:')) failed.push(`${name}: ${reached.join()} ${pages} ${session.page.url()}`);
      await session.context.close();
      ran += 1;
    }
    for (const [name, way] of taken(Object.entries(WORKER_WAYS), ['fetch', 'importScripts'])) {
      const session = await open(browser);
      const [worker] = session.page.workers();
      assert.ok(worker !== undefined, 'the page has a worker');
      const reached = await tried(worker, way, server);
      if (reached.length > 0) failed.push(`worker, ${name}: ${reached.join()}`);
      await session.context.close();
      ran += 1;
    }
  } finally {
    await server.close();
  }
  return { ran, failed };
}
