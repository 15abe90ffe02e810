// Verifies signatures (Standard Webhooks 1.0.0) with Go's standard library and nothing else. Copy all above `The rest`.
//
// Go by itself skips line breaks in base64, and ParseInt reads +1 and 01: each line marked `trap:` closes something.
// README.md says what.
package main

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

var errRefused = errors.New("refused") // one answer for all failures

var isID = regexp.MustCompile(`^[!-\-/-~]{1,128}$`).MatchString
var isTimestamp = regexp.MustCompile(`^(0|[1-9][0-9]{0,17})$`).MatchString

// keyOf returns the key of a secret, and whether it is one.
func keyOf(secret string) ([]byte, bool) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	ok := err == nil
	ok = ok && secret == "whsec_"+base64.StdEncoding.EncodeToString(key) && 24 <= len(key) && len(key) <= 64 // trap: secret
	return key, ok
}

// Verify returns id and timestamp, for the body as it was received. Remember the id for twice the tolerance.
func Verify(secrets []string, headers [][2]string, body []byte, now, tolerance int64) (string, int64, error) {
	id, timestamp, signatures, once := values(headers)
	ok := once                        // trap: headers
	ok = ok && isID(id)               // trap: id
	ok = ok && isTimestamp(timestamp) // trap: timestamp
	received := strings.Split(signatures, " ")
	ok = ok && len(received) <= 16                                  // trap: many
	ok = ok && holds(secrets, id+"."+timestamp+".", body, received) // trap: signature
	seconds, _ := strconv.ParseInt(timestamp, 10, 64)               // the spelling is checked
	ok = ok && now-seconds <= tolerance && seconds-now <= tolerance // trap: time
	if !ok {
		return "", 0, errRefused
	}
	return id, seconds, nil
}

// values returns the three headers, and whether each of them is there exactly once.
func values(headers [][2]string) (id, timestamp, signatures string, once bool) {
	counts := map[string]int{}
	found := map[string]string{}
	for _, header := range headers {
		name := strings.ToLower(header[0])
		counts[name]++
		found[name] = header[1]
	}
	id, timestamp, signatures = found["webhook-id"], found["webhook-timestamp"], found["webhook-signature"]
	once = counts["webhook-id"] == 1 && counts["webhook-timestamp"] == 1 && counts["webhook-signature"] == 1
	return id, timestamp, signatures, once
}

// holds compares in constant time.
func holds(secrets []string, start string, body []byte, received []string) bool {
	found := false
	for _, secret := range secrets {
		key, ok := keyOf(secret)
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(start))
		mac.Write(body)
		made := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
		for _, signature := range received {
			found = found || ok && hmac.Equal([]byte(made), []byte(signature))
		}
	}
	return found
}

// The rest is for scripts/sealed: see scripts/sealed/signature_jobs.py for the line in; `ok ID TIMESTAMP` or `refused` out.
func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		part := strings.Split(lines.Text(), "\t")
		now, tolerance, count := number(part[0]), number(part[1]), number(part[3])
		plain := []string{}
		for _, text := range part[4:] {
			plain = append(plain, decoded(text))
		}
		headers := [][2]string{}
		for place := int(count); place < len(plain); place += 2 {
			headers = append(headers, [2]string{plain[place], plain[place+1]})
		}
		if id, timestamp, err := Verify(plain[:count], headers, []byte(decoded(part[2])), now, tolerance); err != nil {
			fmt.Println("refused")
		} else {
			fmt.Println("ok", id, timestamp)
		}
	}
}

func number(text string) int64 {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return number
}

func decoded(text string) string {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(data)
}
