// Mistakes that Node programs make. A line: algorithm, key, IV, value; an answer: number of the line, causes, what, base64 of the text.
import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

const seal = (name, key, iv, value) => {
    const cipher = createCipheriv(name, key, iv);
    return Buffer.concat([cipher.update(value), cipher.final()]);
};

const gcm = (name, key, iv, value, { associated, length = 16 } = {}) => {
    const cipher = createCipheriv(name, key, iv, { authTagLength: length });
    if (associated) cipher.setAAD(Buffer.from(associated));
    return [Buffer.concat([cipher.update(value), cipher.final()]), cipher.getAuthTag()];
};

const base64 = (...parts) => Buffer.concat(parts).toString("base64");

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const [line, input] of lines.entries()) {
    const [algorithm, key, iv, value] = input.split("\t");
    const name = algorithm.toLowerCase();
    const bits = name.split("-")[1];
    const say = (causes, what, text) => console.log([line, causes, what, Buffer.from(text).toString("base64")].join("\t"));
    if (name.endsWith("gcm")) {
        const [ciphertext, tag] = gcm(name, key, iv, value);
        say("opens", "as it should be", base64(ciphertext, tag));
        say("tag_missing", "no getAuthTag", base64(ciphertext));
        say("tag_first", "tag in front", base64(tag, ciphertext));
        say("pieces", "hex with colons", [Buffer.from(iv), ciphertext, tag].map((part) => part.toString("hex")).join(":"));
        say("pieces", "encoded one by one", `${ciphertext.toString("base64")}${tag.toString("base64")}`);
        say("hex_text", "hex", Buffer.concat([ciphertext, tag]).toString("hex"));
        say("raw_bytes", "toString()", Buffer.concat([ciphertext, tag]).toString());
        say("tag_wrong", "setAAD", base64(...gcm(name, key, iv, value, { associated: iv })));
        say("tag_short", "authTagLength 12", base64(...gcm(name, key, iv, value, { length: 12 })));
        say("iv_cut", "an IV of 12 bytes", base64(...gcm(name, key, iv.slice(0, 12), value)));
        const own = randomBytes(12);
        const [other, otherTag] = gcm(name, key, own, value);
        say("iv_in_text", "randomBytes(12) in front", base64(own, otherTag, other));
        say("foreign_container", "an object", JSON.stringify({ iv: base64(own), ciphertext: base64(other), tag: base64(otherTag) }));
        continue;
    }
    const hash = createHash("sha256").update(key).digest();
    const md5 = createHash("md5").update(key).digest("hex");
    const text = base64(seal(name, key, iv, value));
    say("opens", "as it should be", text);
    say("hex_text", "hex", seal(name, key, iv, value).toString("hex"));
    say("raw_bytes", "binary", seal(name, key, iv, value).toString("binary"));
    say("cfb8", "cfb8", base64(seal(`${name}8`, key, iv, value)));
    say("cfb1", "cfb1", base64(seal(`${name}1`, key, iv, value)));
    say("cbc", "cbc", base64(seal(`aes-${bits}-cbc`, key, iv, value)));
    say("ctr", "ctr", base64(seal(`aes-${bits}-ctr`, key, iv, value)));
    say("key_hashed", "createHash('sha256')", base64(seal("aes-256-cfb", hash, iv, value)));
    say("key_hashed", "createHash('md5') in hex", base64(seal("aes-256-cfb", md5, iv, value)));
    say("iv_other", "Buffer.alloc(16)", base64(seal(name, key, Buffer.alloc(16), value)));
    say("surrounding_characters", "JSON.stringify", JSON.stringify(text));
    say("percent_encoded", "encodeURIComponent twice", encodeURIComponent(encodeURIComponent(text)));
    say("key_iv_swapped", "arguments swapped", base64(seal(`aes-128-cfb`, iv, key.slice(0, 16), value)));
}
