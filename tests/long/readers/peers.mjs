// Received bodies, read by Node's parsers. A line of input is a list of cases, a line of output the list of answers: for
// each parser the pairs of names and values, or a text if the parser refused the body.
// Usage: node peers.mjs FOLDER    (where the parsers are installed)

import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import querystring from 'node:querystring'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

const require = createRequire(resolve(process.argv[2], 'package.json'))
const busboy = require('busboy')
const multiparty = require('multiparty')
const undici = require('undici')

const FILE = '\0a file' // the value of what a parser takes for a file; no value of a field

function readBusboy(contentType, body) {
  return new Promise((resolve, reject) => {
    const pairs = []
    // Names are UTF-8 (RFC 7578 §5.1) and longer than 100 bytes; busboy's defaults are other ones.
    const parser = busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      limits: { fieldNameSize: 1 << 20 },
    })
    parser.on('field', (name, value) => pairs.push([name, value]))
    parser.on('file', (name, file) => {
      pairs.push([name, FILE])
      file.resume()
    })
    parser.on('error', reject)
    parser.on('close', () => resolve(pairs))
    parser.end(body)
  })
}

function readMultiparty(contentType, body) {
  return new Promise((resolve, reject) => {
    const pairs = []
    const request = Readable.from([body], { objectMode: false })
    request.headers = { 'content-type': contentType, 'content-length': String(body.length) }
    const form = new multiparty.Form()
    form.on('field', (name, value) => pairs.push([name, value]))
    form.on('part', (part) => {
      pairs.push([part.name, FILE])
      part.resume()
    })
    form.on('error', reject)
    form.on('close', () => resolve(pairs))
    form.parse(request)
  })
}

async function readUndici(contentType, body) {
  const response = new undici.Response(body, { headers: { 'content-type': contentType } })
  const form = await response.formData()
  return [...form].map(([name, value]) => [name, typeof value === 'string' ? value : FILE])
}

function readQuerystring(_, body) {
  const read = querystring.parse(body.toString(), '&', '=', { maxKeys: 0 })
  return Object.entries(read).flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
}

function readUrlSearchParams(_, body) {
  return [...new URLSearchParams(body.toString())]
}

const PARSERS = {
  multipart: { busboy: readBusboy, multiparty: readMultiparty, undici: readUndici },
  form: {
    busboy: readBusboy,
    querystring: readQuerystring,
    undici: readUndici,
    URLSearchParams: readUrlSearchParams,
  },
}

async function answer(parser, { content_type, body }) {
  const hang = new Promise((_, reject) => setTimeout(reject, 5000, new Error('no answer')).unref())
  try {
    return await Promise.race([parser(content_type, Buffer.from(body, 'base64')), hang])
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answers = []
  for (const one of JSON.parse(line)) {
    const read = {}
    for (const [name, parser] of Object.entries(PARSERS[one.kind])) read[name] = await answer(parser, one)
    answers.push(read)
  }
  process.stdout.write(JSON.stringify(answers) + '\n')
}
