// Opens and makes sealed callbacks, with Go's standard library and nothing else (no cgo). Copy all above `The rest`.
//
// Go by itself chooses the AES by the key's length, panics on a nonce of another length, skips line breaks in base64 and
// replaces what is not UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
package main

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"
)

var errRefused = errors.New("refused") // one answer for all failures

var id = regexp.MustCompile(`^[!-\-/-~]{1,128}$`)
var jwe = regexp.MustCompile(`"(j|\\u006[aA])(w|\\u0077)(e|\\u0065)"\s*:`)

// encode and headerOf write what a token holds.
func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func headerOf(kid string) string {
	return encode([]byte(`{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"` + kid + `"}`))
}

// decode returns nil for what is not base64url; that is refused for its length, or with its tag.
func decode(text string) []byte {
	data, err := base64.RawURLEncoding.DecodeString(text)
	ok := err == nil
	ok = ok && encode(data) == text // trap: base64
	if !ok {
		return nil
	}
	return data
}

// gcmOf takes the key as the profile has it.
func gcmOf(key string) (cipher.AEAD, error) {
	secret := decode(strings.TrimPrefix(key, "cbk2_"))
	if len(secret) != 32 { // trap: key
		return nil, errRefused
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Open returns the claims, `jti` and `params` among them, only if every check has passed.
func Open(token, kid, key string, now float64, method, url string) (claims map[string]any, err error) {
	part := append(strings.Split(token, "."), "", "", "", "")
	nonce, data, tag := decode(part[2]), decode(part[3]), decode(part[4])
	gcm, err := gcmOf(key)
	ok := err == nil
	ok = ok && len(part) == 9 && part[1] == "" // trap: parts
	ok = ok && part[0] == headerOf(kid)        // trap: header
	ok = ok && len(nonce) == 12                // trap: nonce
	ok = ok && len(tag) == 16                  // trap: tag
	if !ok {
		return nil, errRefused
	}
	plain, err := gcm.Open(nil, nonce, append(data, tag...), []byte(part[0]))
	ok = err == nil && json.Unmarshal(plain, &claims) == nil // what is no object is refused
	ok = ok && utf8.Valid(plain)                             // trap: utf8
	ok = ok && isObject(claims["params"])                    // trap: claims
	ok = ok && isFresh(claims["iat"], now)                   // trap: iat
	ok = ok && isID(claims["jti"])                           // trap: jti
	ok = ok && claims["htm"] == method                       // trap: htm
	ok = ok && claims["htu"] == url                          // trap: htu
	if !ok {
		return nil, errRefused
	}
	return claims, nil
}

func isObject(value any) bool { _, is := value.(map[string]any); return is }

func isID(value any) bool { text, is := value.(string); return is && id.MatchString(text) }

func isFresh(value any, now float64) bool {
	iat, is := value.(float64)
	return is && iat == math.Trunc(iat) && math.Abs(now-iat) <= 300
}

// TokenInJSON finds the token of a JSON body; what is beside it is for others. encoding/json takes the last of two.
func TokenInJSON(body string) (string, error) {
	var object map[string]any
	err := json.Unmarshal([]byte(body), &object)
	token, ok := object["jwe"].(string)
	ok = ok && len(jwe.FindAllString(body, -1)) == 1 // trap: once
	if err != nil || !ok {
		return "", errRefused
	}
	return token, nil
}

// TokenInForm finds the token of a form or of a query.
func TokenInForm(body string) (string, error) {
	values, err := url.ParseQuery(body)
	ok := err == nil
	ok = ok && len(values["jwe"]) == 1 // trap: once
	if !ok {
		return "", errRefused
	}
	return values.Get("jwe"), nil
}

// Seal makes the token over a claims set in JSON.
func Seal(kid, key, claims string) (string, error) {
	gcm, err := gcmOf(key)
	if err != nil {
		return "", err
	}
	header, nonce := headerOf(kid), make([]byte, 12)
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	data := gcm.Seal(nil, nonce, []byte(claims), []byte(header))
	end := len(data) - 16
	return strings.Join([]string{header, "", encode(nonce), encode(data[:end]), encode(data[end:])}, "."), nil
}

// The rest is for scripts/sealed: a JSON object per line in, `ok RESULT` or `refused` out.
type job struct {
	Do, Kind, Text, Kid, Key, Method, URL, Claims string
	Now                                           float64
}

func (job job) run() (string, error) {
	if job.Do == "seal" {
		return Seal(job.Kid, job.Key, job.Claims)
	}
	token, err := job.Text, error(nil)
	switch job.Kind {
	case "json":
		token, err = TokenInJSON(job.Text)
	case "form":
		token, err = TokenInForm(job.Text)
	}
	if err != nil {
		return "", err
	}
	claims, err := Open(token, job.Kid, job.Key, job.Now, job.Method, job.URL)
	if err != nil {
		return "", err
	}
	out, err := json.Marshal([]any{claims["jti"], claims["params"]})
	return string(out), err
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, line := range bytes.Split(bytes.TrimSuffix(input, []byte("\n")), []byte("\n")) {
		var job job
		if err := json.Unmarshal(line, &job); err != nil {
			panic(err)
		}
		if result, err := job.run(); err != nil {
			fmt.Fprintln(out, "refused")
		} else {
			fmt.Fprintln(out, "ok", result)
		}
	}
}
