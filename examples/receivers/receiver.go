// Opens a callback, with Go's standard library and nothing else (no cgo). Copy Decrypt, OpenBody and members.
//
// Go by itself chooses the AES by the key's length, panics on an IV of another length, skips line breaks in base64 and
// does not ask for UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
package main

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
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

// OpenBody returns the members of a JSON body, those of these names decrypted; each must be there as one text.
func OpenBody(algo, key, iv, text string, names []string) (map[string]any, error) {
	body, err := members(text)
	if err != nil {
		return nil, errRefused
	}
	for _, name := range names {
		value, isThere := body[name]
		if !isThere { // trap: absent
			return nil, errRefused
		}
		encrypted, isText := value.(string)
		if isThere && !isText { // trap: text
			return nil, errRefused
		}
		if isText {
			if body[name], err = Decrypt(algo, key, iv, encrypted); err != nil {
				return nil, errRefused
			}
		}
	}
	return body, nil
}

// The members of an object, in which no name may come twice: Unmarshal alone keeps the last.
func members(text string) (map[string]any, error) {
	body := map[string]any{}
	if err := json.Unmarshal([]byte(text), &body); err != nil { // it is JSON, and an object or null
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.Token() // the brace
	seen := map[any]bool{}
	for decoder.More() {
		name, _ := decoder.Token()
		if seen[name] { // trap: twice
			return nil, errRefused
		}
		seen[name] = true
		var value any
		if decoder.Decode(&value) != nil {
			return nil, errRefused
		}
	}
	return body, nil
}

func answer(line string) ([]string, error) {
	if !strings.HasPrefix(line, "body\t") {
		field := strings.SplitN(line, "\t", 4)
		value, err := Decrypt(field[0], field[1], field[2], field[3])
		return []string{value}, err
	}
	field := strings.SplitN(line, "\t", 6)
	names := strings.Split(field[4], ",")
	body, err := OpenBody(field[1], field[2], field[3], field[5], names)
	values := []string{}
	for _, name := range names {
		values = append(values, fmt.Sprint(body[name]))
	}
	return values, err
}

// The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64`, or `body TAB algo TAB key TAB iv TAB names TAB JSON`,
// per line in; `ok BASE64`, of a body one for each name, or `refused` out.
func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, line := range strings.Split(strings.TrimSuffix(string(input), "\n"), "\n") {
		values, err := answer(line)
		if err != nil {
			fmt.Fprintln(out, "refused")
			continue
		}
		fmt.Fprint(out, "ok")
		for _, value := range values {
			fmt.Fprint(out, " ", base64.StdEncoding.EncodeToString([]byte(value)))
		}
		fmt.Fprintln(out)
	}
}
