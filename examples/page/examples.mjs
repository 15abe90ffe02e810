// What the page loads with one click: callbacks that open, and five failures that people really have. Each name has its words in
// texts.mjs; `scripts/page/tests/logic.test.mjs` says what each must lead to.

const ENC = `"enc": {
    "algo": "AES-128-GCM",
    "key": "K1abcdefghijkl2P",
    "IV": "POabcdefghijklLY",
    "params": ["to"]
  }`;

const profile = (enc, more = '') => `{
  "title": "Delivery status",
  "http_method": "POST",
  "url": "https://example.com/sms",
  "body": { "status": "<status>", "to": "<recipient>" },${more}
  ${enc}
}`;

const GCM = profile(ENC, '\n  "response_message": "Thank you, {\\"name\\": \\"first_name\\"}",');

const GOOD = { profile: GCM, received: '{"status":"DELIVERED","to":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="}' };
const TAG = { profile: GCM, received: '{"status":"DELIVERED","to":"QPVsjp1IZmbfEkloi3T+9gL8sDxcGK2790HNkj8="}' };

/** What the worker runs once, before anybody waits; the other examples are not in its script. */
export const WARM = [GOOD, TAG];

const MISTAKES = `{
  "title": "Delivery status!",
  "http_method": "PATCH",
  "url": "https://exämple.com/sms",
  "body": { "status": "<status>", "to": "< recipient >" },
  "headers": { "content length": "12", "x-source": 7 },
  "enc": {
    "algo": "AES-128-GCM",
    "key": "K1abcdefghijk",
    "params": []
  },
  "channel": "whatsapp"
}`;

const SEALED = /* @__PURE__ */ profile(`"enc": {
    "version": 2,
    "kid": "test-2026-11",
    "key": "cbk2_DRzU3bFEIfZ0GGA9oUWmKjOO3kcFxen5-EIKxHDjczk"
  }`);

/** The three headers of a signature over the body without its line breaks. */
const SIGNATURE = `content-type: application/json
webhook-id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W
webhook-timestamp: 1790000000
webhook-signature: v1,wv5XjrKsbkBmgUUslKdtofKNZ6gA65LMGygbn7aCeyk=`;

/** The fields of the page that an example fills, by its name; `isGood` where it opens. */
export const EXAMPLES = {
  good: {
    isGood: true,
    fields: GOOD,
  },
  sealed: {
    isGood: true,
    fields: {
      profile: SEALED,
      received: '{"jwe":"eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwidHlwIjoiY2FsbGJhY2srand0Iiwia2lkIjoidGVzdC0yMDI2LTExIn0..GnrVMjOcPhaD_Aco.lzIAfQ2o5WDBo1erCRcWPk7fEV64CLpAjXlX7nacpDlIxTVEilQdce3JF7fneq2Mga2zAMFtqH6Cj4T6D_UVragz6Lu3cafE37bwVALnZaZ1tGytaAvOUKcQKVawpRgTtXS8jMqE8hlDgrHjF_J5jauGdW1uycAIAJSX5KNiKRl5D_WTh3MeAaEMcY0s3qUPOJxT7DK18t5sCaRI.3rbZyoDpgGT1B3Rkc9bicg"}',
    },
  },
  tag: {
    isGood: false,
    fields: TAG,
  },
  mode: {
    isGood: false,
    fields: {
      mode: 'key', algorithm: 'AES-128-CFB', key: 'K1abcdefghijkl2P', iv: 'POabcdefghijklLY',
      received: '9qpx13g9oJkrKakoNXXxu2vJjdCZfq2pvg==', expected: 'Your parcel arrives today',
    },
  },
  name: {
    isGood: false,
    fields: { profile: GCM, received: '{"Status":"DELIVERED","To":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="}' },
  },
  mistakes: {
    isGood: false,
    fields: { profile: MISTAKES },
  },
  signature: {
    isGood: false,
    fields: {
      profile: GCM,
      received: '{\n  "status": "DELIVERED",\n  "to": "AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="\n}',
      headers: SIGNATURE,
      secret: 'whsec_8AdnEeenLMgdfqfPYA0BF6SQsCACH6mBlvJr+NXkEZdDui96+FsrjsVzV42EioYH',
    },
  },
};
