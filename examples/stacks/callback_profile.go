// The library from Go 1.17 or newer, by cgo. `pkg-config --cflags --libs callback_profile` finds it once it is installed:
// PKG_CONFIG_PATH names another prefix.
package main

/*
#cgo pkg-config: callback_profile
#include <stdlib.h>
#include <callback_profile.h>
*/
import "C"

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// Error says why a call failed; Parameters are those that it is about.
type Error struct {
	Name, Class, Message string
	Parameters           []string
}

func (e *Error) Error() string { return e.Message }

// ParseOptions has numbers of the header: CBP_ENCODING_..., CBP_TAG_..., CBP_READING_...; CBP_LIMIT_... with its value.
type ParseOptions struct {
	Wire   [3]uint32
	Limits map[uint32]int
}

// CallOptions are the settings of a call. Nil is the default, nil names allow nothing.
type CallOptions struct {
	Missing, Surrogates                uint32
	Boundary, ContentType              *string
	Structures, Absent                 []string
	AllowAllStructures, AllowAllAbsent bool
}

// Callback is an outgoing request.
type Callback struct {
	Method, URL string
	Headers     [][2]string
	Body        *string
	Missing     []string
}

// Profile is parsed once and then used by any goroutine.
type Profile struct{ pointer *C.cbp_profile }

// ParseProfile validates a create payload.
func ParseProfile(payload []byte, options ParseOptions) (*Profile, error) {
	settings := C.cbp_parse_options_new()
	defer C.cbp_parse_options_free(settings)
	var problem *C.cbp_error
	w := options.Wire
	if C.cbp_parse_options_set_wire_format(settings, C.uint32_t(w[0]), C.uint32_t(w[1]), C.uint32_t(w[2]), &problem) != C.CBP_OK {
		return nil, failure(problem)
	}
	for limit, value := range options.Limits {
		if C.cbp_parse_options_set_limit(settings, C.uint32_t(limit), C.size_t(value), &problem) != C.CBP_OK {
			return nil, failure(problem)
		}
	}
	profile := new(Profile)
	if C.cbp_profile_parse(data(payload), C.size_t(len(payload)), settings, &profile.pointer, &problem) != C.CBP_OK {
		return nil, failure(problem)
	}
	runtime.SetFinalizer(profile, func(p *Profile) { C.cbp_profile_free(p.pointer) })
	return profile, nil
}

// Open gives the parameters of a received callback as a JSON object. Without options, nil.
func (p *Profile) Open(received []byte, options *CallOptions) (string, error) {
	settings, err := options.settings()
	if err != nil {
		return "", err
	}
	defer C.cbp_call_options_free(settings)
	defer runtime.KeepAlive(p)
	var problem *C.cbp_error
	var json *C.cbp_bytes
	if C.cbp_profile_open(p.pointer, unsafe.Pointer(data(received)), C.size_t(len(received)), settings, &json, &problem) != C.CBP_OK {
		return "", failure(problem)
	}
	return take(json), nil
}

// Callback builds the outgoing request of a record.
func (p *Profile) Callback(record []byte, options *CallOptions) (*Callback, error) {
	settings, err := options.settings()
	if err != nil {
		return nil, err
	}
	defer C.cbp_call_options_free(settings)
	defer runtime.KeepAlive(p)
	var problem *C.cbp_error
	var made *C.cbp_callback
	if C.cbp_profile_callback(p.pointer, data(record), C.size_t(len(record)), settings, &made, &problem) != C.CBP_OK {
		return nil, failure(problem)
	}
	defer C.cbp_callback_free(made)
	callback := &Callback{Method: text(C.cbp_method_name(C.cbp_callback_method(made))), URL: text(C.cbp_callback_url(made))}
	for i := C.size_t(0); i < C.cbp_callback_header_count(made); i++ {
		header := [2]string{text(C.cbp_callback_header_name(made, i)), text(C.cbp_callback_header_value(made, i))}
		callback.Headers = append(callback.Headers, header)
	}
	if view := C.cbp_callback_body(made); view.data != nil {
		body := text(view)
		callback.Body = &body
	}
	for i := C.size_t(0); i < C.cbp_callback_missing_count(made); i++ {
		callback.Missing = append(callback.Missing, text(C.cbp_callback_missing(made, i)))
	}
	return callback, nil
}

// Diagnose says why these encrypted texts do not open, as JSON.
func (p *Profile) Diagnose(texts []string) (string, error) {
	defer runtime.KeepAlive(p)
	views, free := views(texts)
	defer free()
	var problem *C.cbp_error
	var made *C.cbp_diagnosis
	if C.cbp_diagnose(p.pointer, views, C.size_t(len(texts)), nil, &made, &problem) != C.CBP_OK {
		return "", failure(problem)
	}
	defer C.cbp_diagnosis_free(made)
	var json *C.cbp_bytes
	if C.cbp_diagnosis_to_json(made, &json, &problem) != C.CBP_OK {
		return "", failure(problem)
	}
	return take(json), nil
}

func (o *CallOptions) settings() (*C.cbp_call_options, error) {
	if o == nil {
		return nil, nil
	}
	made := C.cbp_call_options_new()
	var problem *C.cbp_error
	boundary, boundaryLen := given(o.Boundary)
	contentType, contentTypeLen := given(o.ContentType)
	structures, freeStructures := views(o.Structures)
	absent, freeAbsent := views(o.Absent)
	defer freeStructures()
	defer freeAbsent()
	if C.cbp_call_options_set_missing(made, C.uint32_t(o.Missing), &problem) != C.CBP_OK ||
		C.cbp_call_options_set_surrogates(made, C.uint32_t(o.Surrogates), &problem) != C.CBP_OK ||
		(o.Boundary != nil && C.cbp_call_options_set_boundary(made, boundary, boundaryLen, &problem) != C.CBP_OK) ||
		(o.ContentType != nil && C.cbp_call_options_set_content_type(made, contentType, contentTypeLen, &problem) != C.CBP_OK) ||
		C.cbp_call_options_set_structures(made, structures, C.size_t(len(o.Structures)), &problem) != C.CBP_OK ||
		C.cbp_call_options_set_absent(made, absent, C.size_t(len(o.Absent)), &problem) != C.CBP_OK ||
		(o.AllowAllStructures && C.cbp_call_options_allow_all_structures(made, &problem) != C.CBP_OK) ||
		(o.AllowAllAbsent && C.cbp_call_options_allow_all_absent(made, &problem) != C.CBP_OK) {
		C.cbp_call_options_free(made)
		return nil, failure(problem)
	}
	return made, nil
}

// given is a text's address and length: not nil for an empty text, which is a setting too.
func given(text *string) (*C.char, C.size_t) {
	if text == nil {
		return nil, 0
	}
	return data(append([]byte(*text), 0)), C.size_t(len(*text))
}

// data is the address of the first byte. `&b[0]` of an empty slice panics; NULL is an empty input.
func data(b []byte) *C.char {
	if len(b) == 0 {
		return nil
	}
	return (*C.char)(unsafe.Pointer(&b[0]))
}

// views copies texts to C, since C must not be given a pointer to Go memory that holds Go pointers.
func views(texts []string) (*C.cbp_str, func()) {
	if len(texts) == 0 {
		return nil, func() {}
	}
	array := (*C.cbp_str)(C.calloc(C.size_t(len(texts)), C.size_t(unsafe.Sizeof(C.cbp_str{}))))
	slice := (*[1 << 20]C.cbp_str)(unsafe.Pointer(array))[:len(texts):len(texts)]
	for i, each := range texts {
		slice[i] = C.cbp_str{data: C.CString(each), len: C.size_t(len(each))}
	}
	return array, func() {
		for _, view := range slice {
			C.free(unsafe.Pointer(view.data))
		}
		C.free(unsafe.Pointer(array))
	}
}

func text(view C.cbp_str) string { return C.GoStringN(view.data, C.int(view.len)) }

func take(bytes *C.cbp_bytes) string {
	defer C.cbp_bytes_free(bytes)
	return C.GoStringN(C.cbp_bytes_data(bytes), C.int(C.cbp_bytes_len(bytes)))
}

func failure(problem *C.cbp_error) error {
	defer C.cbp_error_free(problem)
	result := &Error{Name: text(C.cbp_error_name(problem)), Class: text(C.cbp_error_class(problem)), Message: text(C.cbp_error_message(problem))}
	for i := C.size_t(0); i < C.cbp_error_parameter_count(problem); i++ {
		result.Parameters = append(result.Parameters, text(C.cbp_error_parameter_at(problem, i)))
	}
	return result
}

// From here on: test cases from standard input; see README.md. Leave it out.

func main() {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		parts, err := run(fields[0], []byte(unhex(fields[1])), []byte(unhex(fields[2])), fields[3], fields[4])
		var refused *Error
		if errors.As(err, &refused) {
			fmt.Printf("error %s %s %x\n", refused.Name, refused.Class, strings.Join(refused.Parameters, "\n"))
			continue
		}
		for i, part := range parts {
			parts[i] = hex.EncodeToString([]byte(part))
		}
		fmt.Println("ok", strings.Join(parts, " "))
	}
}

func run(job string, payload, input []byte, settings, times string) ([]string, error) {
	parse, call := readSettings(settings)
	profile, err := ParseProfile(payload, parse)
	if err != nil {
		return nil, err
	}
	switch job {
	case "open":
		opened, err := profile.Open(input, call)
		return []string{opened}, err
	case "diagnose":
		found, err := profile.Diagnose([]string{string(input)})
		return []string{found}, err
	case "callback":
		callback, err := profile.Callback(input, call)
		if err != nil {
			return nil, err
		}
		body, headers := "", []string{}
		if callback.Body != nil {
			body = "=" + *callback.Body
		}
		for _, header := range callback.Headers {
			headers = append(headers, header[0]+": "+header[1])
		}
		return []string{callback.Method, callback.URL, strings.Join(headers, "\n"), body, strings.Join(callback.Missing, "\n")}, nil
	}
	count, start := number(times), time.Now() // bench
	for i := 0; i < count; i++ {
		if _, err := profile.Open(input, nil); err != nil {
			return nil, err
		}
	}
	return []string{strconv.Itoa(int(time.Since(start)) / count)}, nil
}

func readSettings(line string) (ParseOptions, *CallOptions) {
	parse, call := ParseOptions{Limits: map[uint32]int{}}, &CallOptions{}
	for _, setting := range strings.Split(line, ";") {
		name, value, _ := strings.Cut(setting, "=")
		list := strings.Split(value, ",")
		names := make([]string, len(list))
		for i, each := range list {
			if value != "*" && (name == "structures" || name == "absent") {
				names[i] = unhex(each)
			}
		}
		switch name {
		case "wire":
			parse.Wire = [3]uint32{uint32(number(list[0])), uint32(number(list[1])), uint32(number(list[2]))}
		case "limit":
			parse.Limits[uint32(number(list[0]))] = number(list[1])
		case "missing":
			call.Missing = uint32(number(value))
		case "surrogates":
			call.Surrogates = uint32(number(value))
		case "boundary":
			boundary := unhex(value)
			call.Boundary = &boundary
		case "content_type":
			contentType := unhex(value)
			call.ContentType = &contentType
		case "structures":
			if call.AllowAllStructures = value == "*"; !call.AllowAllStructures {
				call.Structures = names
			}
		case "absent":
			if call.AllowAllAbsent = value == "*"; !call.AllowAllAbsent {
				call.Absent = names
			}
		}
	}
	return parse, call
}

func unhex(text string) string {
	bytes, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return value
}
