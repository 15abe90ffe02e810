// Decrypts one value of a callback, with Go's standard library and nothing else (no cgo). Copy Decrypt.
//
// Go by itself chooses the AES by the key's length, panics on an IV of another length, skips line breaks in base64 and
// does not ask for UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
package main

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

var errRefused = errors.New("refused") // one answer for all failures

var keyLengths = map[string]int{
	"AES-128-GCM": 16, "AES-192-GCM": 24, "AES-256-GCM": 32,
	"AES-128-CFB": 16, "AES-192-CFB": 24, "AES-256-CFB": 32,
}

// Decrypt returns the value only if every check has passed.
func Decrypt(algo, key, iv, text string) (string, error) {
	if len(key) != keyLengths[algo] { // 0 for unknown names, and there is no AES for that // trap: algorithm key
		return "", errRefused
	}
	if len(iv) != 16 { // trap: iv
		return "", errRefused
	}
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(sealed) != text { // trap: base64
		return "", errRefused
	}
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return "", errRefused
	}
	plain := make([]byte, len(sealed))
	if strings.HasSuffix(algo, "GCM") {
		gcm, err := cipher.NewGCMWithNonceSize(block, 16) // trap: iv16
		if err != nil {
			return "", errRefused
		}
		// The tag is the last 16 bytes.
		plain, err = gcm.Open(nil, []byte(iv), sealed, nil)
		if err != nil { // trap: verified
			return "", errRefused
		}
	} else {
		cipher.NewCFBDecrypter(block, []byte(iv)).XORKeyStream(plain, sealed) // CFB128; Go has no other
	}
	if !utf8.Valid(plain) { // trap: utf8
		return "", errRefused
	}
	return string(plain), nil
}

// The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64` per line in, `ok BASE64` or `refused` out.
func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, line := range strings.Split(strings.TrimSuffix(string(input), "\n"), "\n") {
		field := strings.SplitN(line, "\t", 4)
		if value, err := Decrypt(field[0], field[1], field[2], field[3]); err != nil {
			fmt.Fprintln(out, "refused")
		} else {
			fmt.Fprintln(out, "ok", base64.StdEncoding.EncodeToString([]byte(value)))
		}
	}
}
