// Mistakes that Go programs make. A line: algorithm, key, IV, value; an answer: number of the line, causes, what, base64 of the text.
package main

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func block(key []byte) cipher.Block {
	block, err := aes.NewCipher(key)
	check(err)
	return block
}

func stream(stream cipher.Stream, value []byte) []byte {
	sealed := make([]byte, len(value))
	stream.XORKeyStream(sealed, value)
	return sealed
}

func pad(value []byte) []byte {
	count := aes.BlockSize - len(value)%aes.BlockSize
	return append(append([]byte{}, value...), bytes.Repeat([]byte{byte(count)}, count)...)
}

type say func(causes, what, text string)

func b64(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

func gcm(key, iv, value []byte, say say) {
	whole, err := cipher.NewGCMWithNonceSize(block(key), 16)
	check(err)
	sealed := whole.Seal(nil, iv, value, nil)
	say("opens", "as it should be", b64(sealed))
	say("opens", "RawURLEncoding", base64.RawURLEncoding.EncodeToString(sealed))
	say("hex_text", "EncodeToString of hex", hex.EncodeToString(sealed))
	say("surrounding_characters", "%q", fmt.Sprintf("%q", b64(sealed)))
	tag := sealed[len(sealed)-16:]
	say("tag_repeated", "the tag appended again", b64(append(append([]byte{}, sealed...), tag...)))
	say("tag_wrong", "additional data", b64(whole.Seal(nil, iv, value, iv)))
	standard, err := cipher.NewGCM(block(key))
	check(err)
	say("iv_cut", "a nonce of 12 bytes", b64(standard.Seal(nil, iv[:12], value, nil)))
	nonce := make([]byte, 12)
	_, err = rand.Read(nonce)
	check(err)
	say("iv_in_text", "Seal(nonce, nonce, ...)", b64(standard.Seal(nonce, nonce, value, nil)))
	short, err := cipher.NewGCMWithTagSize(block(key), 12)
	check(err)
	say("unknown,iv_cut,tag_short", "a tag and a nonce of 12 bytes", b64(short.Seal(nil, iv[:12], value, nil)))
	hash := sha256.Sum256(key)
	hashed, err := cipher.NewGCMWithNonceSize(block(hash[:]), 16)
	check(err)
	say("key_hashed", "sha256.Sum256", b64(hashed.Seal(nil, iv, value, nil)))
	say("ctr", "NewCTR", b64(stream(cipher.NewCTR(block(key), iv), value)))
}

func cfb(key, iv, value []byte, say say) {
	right := stream(cipher.NewCFBEncrypter(block(key), iv), value)
	say("opens", "as it should be", b64(right))
	say("hex_text", "%X", fmt.Sprintf("%X", right))
	say("ctr", "NewCTR", b64(stream(cipher.NewCTR(block(key), iv), value)))
	say("ofb", "NewOFB", b64(stream(cipher.NewOFB(block(key), iv), value)))
	own := make([]byte, 16)
	_, err := rand.Read(own)
	check(err)
	say("iv_in_text", "the documentation's example", b64(append(own, stream(cipher.NewCFBEncrypter(block(key), own), value)...)))
	padded := pad(value)
	cipher.NewCBCEncrypter(block(key), iv).CryptBlocks(padded, padded)
	say("cbc", "NewCBCEncrypter", b64(padded))
	say("padding", "padded", b64(stream(cipher.NewCFBEncrypter(block(key), iv), pad(value))))
	hash := sha256.Sum256(key)
	say("key_hashed", "sha256.Sum256", b64(stream(cipher.NewCFBEncrypter(block(hash[:]), iv), value)))
	hexadecimal := []byte(fmt.Sprintf("%x", sha256.Sum256(key)))
	say("key_hashed", "%x of Sum256", b64(stream(cipher.NewCFBEncrypter(block(hexadecimal[:32]), iv), value)))
	say("key_iv_swapped", "arguments swapped", b64(stream(cipher.NewCFBEncrypter(block(iv), key[:16]), value)))
	say("iv_other", "key[:16] as IV", b64(stream(cipher.NewCFBEncrypter(block(key), key[:16]), value)))
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(os.Stdin)
	for line := 0; lines.Scan(); line++ {
		parts := strings.Split(lines.Text(), "\t")
		say := func(causes, what, text string) {
			fmt.Fprintf(out, "%d\t%s\t%s\t%s\n", line, causes, what, b64([]byte(text)))
		}
		key, iv, value := []byte(parts[1]), []byte(parts[2]), []byte(parts[3])
		if strings.HasSuffix(parts[0], "GCM") {
			gcm(key, iv, value, say)
		} else {
			cfb(key, iv, value, say)
		}
	}
	check(lines.Err())
}
