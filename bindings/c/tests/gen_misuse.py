#!/usr/bin/env python3
"""Writes a C function that misuses every function of the header: gen_misuse.py HEADER OUT.c

Each function is called with right arguments, and then once per argument with that argument wrong: a handle or result pointer
that is NULL, a text that is NULL with a length, a length of SIZE_MAX, bytes that are not UTF-8, a number that is in no set.
What can fail must return the status, with the same status in the error object, and leave every result unchanged."""

import pathlib
import re
import sys

HANDLES = ["cbp_bytes", "cbp_error", "cbp_parse_options", "cbp_call_options", "cbp_cipher", "cbp_profile",
           "cbp_stored_profile", "cbp_callback", "cbp_message", "cbp_envelope", "cbp_texts", "cbp_opened", "cbp_fields",
           "cbp_diagnose_options", "cbp_diagnosis", "cbp_stored_profiles", "cbp_signer", "cbp_signature", "cbp_verifier",
           "cbp_received", "cbp_key_ring"]
# The right value of an input, by function and argument or by argument alone.
INPUTS = {
    "cbp_profile_parse.json": "PROFILE", "cbp_profile_check.json": "PROFILE", "cbp_profile_patch.json": "PATCH", "cbp_stored_profile_parse.json": "PROFILE",
    "cbp_stored_profiles_parse.json": "LIST",
    "cbp_envelope_parse.json": "ENVELOPE", "cbp_request_parse.payload": "PROFILE", "sid": '"HX1"', "record": "RECORD",
    "received": "RECEIVED", "key": "KEY", "iv": "IV", "id": '"id"', "parameter": '"to"', "boundary": '"b"',
    "content_type": '"application/json"', "cbp_cipher_encrypt.plaintext": '"John"', "text": "TEXT", "name": '"AES-128-GCM"',
    "cbp_address_verdict.address": '"192.0.2.1"', "cbp_address_verdict_of_bytes.address": '"\\1\\2\\3\\4"',
    "cbp_address_verdict_of_sockaddr.sockaddr": "SOCKADDR", "cbp_opened_get.name": '"to"',
    "cbp_hazmat_gcm_seal.plaintext": '"John"', "cbp_hazmat_cfb_encrypt.plaintext": '"John"',
    "cbp_call_options_set_random.random": "RANDOM", "cbp_keygen_sealed.random": "RANDOM", "cbp_keygen.random": "MORE_RANDOM",
    "cbp_keygen_signing.random": "SIGNING_RANDOM", "kid": '"k1"', "url": '"https://example.com/"', "profile_id": '"p1"',
    "message": "RECEIVED", "target": '"/"', "cbp_key_ring_by_header.name": '"a"', "cbp_key_ring_add.id": '"b"',
    "cbp_hazmat_cfb_decrypt.ciphertext": '"John"', "associated": '"a"', "sealed": "SEALED",
}
NOT_TEXT = {"plaintext", "ciphertext", "associated", "sealed", "random"}  # any bytes are right
BYTES_ARE_REFUSED = {"cbp_hazmat_gcm_open.sealed"}
SIGNED = ("cbp_verifier_verify", "cbp_profile_receive", "cbp_key_ring_open", "cbp_key_ring_receive")  # take signed_headers
# All NULL and 0: an empty text is refused, and 0 is no algorithm.
NOTHING = {"cbp_profile_check": "CBP_ERROR_INVALID_PROFILE", "cbp_keygen": "CBP_ERROR_UNKNOWN_ALGORITHM"}
READERS = ("cbp_error_code", "cbp_opened_failed_code")  # give a status that they have, and cannot fail
SETS = {"policy": "CBP_ERROR_INVALID_ARGUMENT", "algorithm": "CBP_ERROR_UNKNOWN_ALGORITHM"}


def functions(header):
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    header = re.sub(r"^#.*$", "", header, flags=re.M)
    for match in re.finditer(r"([\w ]+?[ *]+)(cbp_\w+)\(([^()]*)\);", header):
        if "struct Arrow" in match[3]:
            continue  # test_arrow.c misuses them
        result = match[1].replace("CBP_MUST_USE", "").replace('extern "C"', "").strip()
        arguments = [] if match[3].strip() == "void" else [
            re.fullmatch(r"(.*?[ *])(\w+)", " ".join(argument.split())).groups() for argument in match[3].split(",")]
        yield result, match[2], [(kind.strip(), name) for kind, name in arguments]


def right_and_wrong(function, arguments):
    """Per argument: its right value, the wrong ones with the status they lead to, and lines before and after."""
    rows = []
    for position, (kind, name) in enumerate(arguments):
        base = kind.replace("const ", "").replace("*", "").strip()
        stars = kind.count("*")
        known = INPUTS.get(f"{function}.{name}") or INPUTS.get(name)
        if name == "error" and stars == 2 or name == "failure":
            rows.append(("error", []))
        elif function == "cbp_stored_profile_take" and name == "stored":
            rows.append(("&stored", [("NULL", "CBP_ERROR_INVALID_ARGUMENT"), ("&no_stored", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif name == "stored" and kind.count("const") == 2:
            rows.append(("listed", [("NULL", "CBP_ERROR_INVALID_ARGUMENT"), ("no_listed", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif function == "cbp_stored_profiles_take" and name == "list":
            rows.append(("list", [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif function == "cbp_stored_profiles_take" and name == "index":
            rows.append(("0", [("1", "CBP_ERROR_INVALID_STORED_PROFILE"), ("2", "CBP_ERROR_INVALID_ARGUMENT"),
                               ("SIZE_MAX", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif name == "profiles":
            rows.append(("profiles", [("NULL", "CBP_ERROR_INVALID_ARGUMENT"), ("no_profiles", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif base in HANDLES and stars == 2:
            rows.append((f"&out_{base}", [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif kind in ("size_t *", "uint32_t *"):
            rows.append((f"&out_{base}", [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif base in HANDLES:
            refusal = "not_opened" if function == "cbp_envelope_not_opened" else "refusal"
            value = refusal if name == "refusal" else f"a_{base}"
            if function == "cbp_key_ring_add" and name == "ring":
                value = "an_empty_ring"
            wrong = [] if name == "options" and "_options_" not in function else [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]
            if name == "refusal":
                wrong.append(("a_cbp_error", "CBP_ERROR_INVALID_ARGUMENT"))
            rows.append((value, wrong))
        elif base == "cbp_header":
            rows.append(("signed_headers" if function in SIGNED else "headers", [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif kind in ("char *", "void *") and function.startswith("cbp_cipher_"):
            rows.append(("buffer", [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif known:
            wrong = [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]
            any_bytes = name in NOT_TEXT or "_hazmat_" in function or function.endswith(("_of_bytes", "_of_sockaddr", "_set_body", "_signer_sign"))
            if not any_bytes or f"{function}.{name}" in BYTES_ARE_REFUSED:
                # A message is read to its end, so it is as long as the right one.
                broken = '"\\377" RECEIVED' if name == "message" else '"\\377\\376\\375\\374" "0123456789abcdef0123456789"'
                wrong.append((broken, "ANY"))
            rows.append((known, wrong))
        elif kind == "size_t" and name.endswith("_len") and position > 0:
            previous = arguments[position - 1][1]
            known = INPUTS.get(f"{function}.{previous}") or INPUTS.get(previous)
            rows.append((f"sizeof({known}) - 1" if known else "4", [("SIZE_MAX", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif base == "cbp_str" and name in ("values", "names", "texts"):
            rows.append(("values", [("NULL", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif name in ("profile_count", "stored_count"):
            rows.append(("2", [("SIZE_MAX", "CBP_ERROR_INVALID_ARGUMENT"), ("SIZE_MAX / 8", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif base == "cbp_str" and name == "secrets":
            rows.append(("signing_secrets", [("NULL", "CBP_ERROR_INVALID_ARGUMENT"), ("values", "CBP_ERROR_INVALID_KEY")]))
        elif name in ("value_count", "name_count", "text_count", "secret_count"):
            rows.append(("2", [("SIZE_MAX", "CBP_ERROR_INVALID_ARGUMENT"), ("SIZE_MAX / 16", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif name == "header_count":
            count = "5" if function in SIGNED else "2"
            rows.append((count, [("SIZE_MAX", "CBP_ERROR_INVALID_ARGUMENT"), ("SIZE_MAX / 32", "CBP_ERROR_INVALID_ARGUMENT")]))
        elif name.endswith("_size"):
            rows.append(("sizeof buffer", [("SIZE_MAX", "CBP_ERROR_INVALID_ARGUMENT"),
                                           ("0", "CBP_ERROR_BUFFER_TOO_SMALL"), ("1", "CBP_ERROR_BUFFER_TOO_SMALL")]))
        elif name == "threads":
            rows.append(("1", []))  # any number is right
        elif kind == "uint32_t":
            status = SETS.get(name, "CBP_ERROR_INVALID_ARGUMENT")
            right = "1"
            rows.append((right, [("0xFFFFFFFFu", status), ("77", status)]))
        else:
            # A setting that would refuse the profiles of the other calls, or these calls, stays off.
            right = {"value": "262144", "refuse_sealed": "0", "refuse_v1": "0", "partial": "0"}.get(name, "1")
            rows.append((right, []))
    return rows


def main():
    source = list(functions(pathlib.Path(sys.argv[1]).read_text("utf-8")))
    out = ['#include "misuse.h"\n\nsize_t misuse_all(void) {\n    size_t functions = 0;\n']
    for result, function, arguments in source:
        if function == "cbp_str_copy":
            out.append(f"    CALL({function}(values[0], buffer, sizeof buffer)); NO_NUMBER({function}(values[0], NULL, 0));\n"
                       f"    NO_NUMBER({function}(values[0], NULL, 9)); NO_NUMBER({function}(values[0], buffer, SIZE_MAX));\n")
        elif function == "cbp_wipe":
            arguments_right = "NULL, SIZE_MAX"
            out.append(f"    {function}({arguments_right}); {function}(NULL, 0); {function}(buffer, SIZE_MAX);\n")
        elif function.endswith("_free"):
            out.append(f"    {function}(NULL);\n")
        elif result == "cbp_status" and function not in READERS:
            rows = right_and_wrong(function, arguments)
            call = lambda values: f"{function}({', '.join(values)})"
            right = [value for value, _ in rows]
            out.append(f'    EXPECT(CBP_OK, {call(right)});\n    EXPECT_WITHOUT_ERROR(CBP_OK, {call(right)});\n')
            for position, (_, wrong) in enumerate(rows):
                for value, status in wrong:
                    values = right[:position] + [value] + right[position + 1:]
                    out.append(f"    EXPECT({status}, {call(values)});\n")
            nothing = ["NULL" if "*" in kind else "0" for kind, _ in arguments]
            status = NOTHING.get(function, "CBP_ERROR_INVALID_ARGUMENT")
            out.append(f"    EXPECT_WITHOUT_ERROR({status}, {call(nothing)});\n")
        else:
            values = lambda handle, number: ", ".join(
                (handle(kind) if "*" in kind else number) for kind, name in arguments)
            null = values(lambda kind: "NULL", "0")
            huge = values(lambda kind: "NULL", "0xFFFFFFFFu")
            check = {"cbp_str": "NO_TEXT", "size_t": "NO_NUMBER", "uint32_t": "NO_NUMBER", "bool": "NO_NUMBER", "uint64_t": "NO_NUMBER",
                     "double": "NO_CHANCE"}.get(result, "CALL")
            always = function in ("cbp_abi_version", "cbp_iv_len", "cbp_tag_len", "cbp_version")
            if function.startswith("cbp_status_"):
                out.append(f"    CALL({function}(0));\n    NO_TEXT({function}(77));\n")
            elif function.endswith("_new"):
                kind = function.removesuffix("_new")
                out.append(f"    {{ {kind} *made = {function}(); GIVES(made); {kind}_free(made); }}\n")
            elif always:
                out.append(f"    GIVES({function}({null}));\n")
            else:
                out.append(f"    {check}({function}({null}));\n    {check}({function}({huge}));\n")
            object_of = lambda kind: f"a_{kind.replace('const ', '').replace('*', '').strip()}"
            if arguments and arguments[0][0].startswith("const cbp_") and len(arguments) == 2 and arguments[1][1] == "index":
                end = {"cbp_str": "NO_TEXT", "double": "NO_CHANCE"}.get(result, "NO_NUMBER")
                out.append(f"    CALL({function}({object_of(arguments[0][0])}, 0));\n")
                out.append(f"    {end}({function}({object_of(arguments[0][0])}, SIZE_MAX));\n")
        out.append("    functions++;\n")
    out.append("    return functions;\n}\n")
    pathlib.Path(sys.argv[2]).write_text("".join(out))


main()
