// What only the C++ header adds: moves, Result, exceptions, secrets, and defects that do not end the process.
#include "callback_profile.hpp"

#include "cases.h"

#include <cstdio>

namespace {

std::size_t checks, failures;

void check(bool right, const char *what) {
    checks++;
    if (!right) {
        failures++;
        std::printf("FAILED objects: %s\n", what);
    }
}

constexpr auto payload = R"({"title":"objects","http_method":"POST","url":"https://example.com/","body":{"to":"<to>"},
    "events":null,"headers":{"a":"b"},
    "enc":{"algo":"AES-128-GCM","key":"K1abcdefghijkl2P","IV":"POabcdefghijklLY","params":["to"]}})";

void results() {
    auto refused = cbp::Profile::parse("{}");
    check(!refused.ok() && refused.error().code() == CBP_ERROR_INVALID_PROFILE, "a refusal");
    check(refused.error().pointer() == "" && refused.error().violations().size() == 3, "its violations");
    check(cbp::Profile::parse("{").error().position() == std::pair<std::size_t, std::size_t>(1, 2), "a position");
    try {
        auto profile = cbp::Profile::parse("{}").value_or_throw();
        check(false, "value_or_throw throws");
    } catch (const cbp::Exception &exception) {
        check(exception.code() == CBP_ERROR_INVALID_PROFILE, "the exception's code");
        check(std::string(exception.what()).find("invalid_profile: body must have") == 0, "its text");
    }
    const auto error = cbp::Error(cbp_testing_panic(nullptr));
    check(error.name() == "internal" && !error.message().empty(), "a defect becomes an error");
}

void moves() {
    auto first = cbp::Profile::parse(payload).value_or_throw();
    auto second = std::move(first);
    check(first.title().empty() && first.headers().empty() && !first.body(), "a moved-from profile is empty");
    check(first.callback("{}").error().code() == CBP_ERROR_INVALID_ARGUMENT, "and says so");
    check(second.title() == "objects" && second.events() == std::vector<std::string>(), "the other has it");
    check(second.algorithm() == cbp::Algorithm::aes_128_gcm && !second.encrypts_all(), "the encryption");
    check(second.encrypt_params() == std::vector<std::string>{"to"}, "the names");
    first = std::move(second);
    check(first.method() == cbp::Method::post && first.channel() == cbp::Channel::other, "moved back");
    auto secret = cbp::Secret("abc");
    auto other = std::move(secret);
    secret = std::move(other);
    check(secret.view() == "abc" && other.empty() && cbp::Secret().view().empty(), "a secret moves");
}

void options() {
    cbp::ParseOptions strict;
    strict.policy = cbp::Policy::strict;
    check(!cbp::Profile::parse(R"({"title":"abc","http_method":"GET","url":"http://10.0.0.1/"})", strict), "strict");
    strict.limits.emplace_back(static_cast<cbp::Limit>(77), 1);
    check(cbp::Profile::parse(payload, strict).error().code() == CBP_ERROR_INVALID_ARGUMENT, "a limit that is none");
    check(cbp::Profile::check(payload, strict)->code() == CBP_ERROR_INVALID_ARGUMENT, "in a check too");
    const auto profile = cbp::Profile::parse(payload).value_or_throw();
    cbp::CallOptions error;
    error.missing = cbp::Missing::error;
    check(profile.callback("{}", error).error().missing() == std::vector<std::string>{"to"}, "missing names");
    check(profile.callback(R"({"to":"x"})")->http()->find("POST / HTTP/1.1\r\nHost: example.com\r\n") == 0, "http");
    check(profile.json()->view().find("K1abc") == std::string_view::npos, "masked");
    check(profile.json(cbp::Secrets::shown)->view().find("K1abc") != std::string_view::npos, "shown");
    cbp::Callback again;
    check(again.url_view().empty() && again.body_view().empty(), "an empty callback");
    for (const auto *to : {"x", "yy", "z"}) {
        const auto record = std::string(R"({"to":")") + to + "\"}";
        check(!profile.callback_into(record, again), "filled again");
        check(again.body() == profile.callback(record)->body() && again.body_view() == again.body(), "with the same body");
    }
    check(profile.callback_into("[]", again)->code() == CBP_ERROR_NOT_AN_OBJECT && again.body_view().empty(), "emptied");
    cbp::WireFormat hex;
    hex.encoding = cbp::Encoding::hex;
    const auto cipher = cbp::Cipher::create(cbp::Algorithm::aes_128_gcm, "K1abcdefghijkl2P", "POabcdefghijklLY", hex);
    check(cipher->decrypt_text(*cipher->encrypt("John"))->view() == "John", "hex");
    const auto texts = cipher->encrypt_all({"John", "", "Jane"});
    check(texts->size() == 3 && texts->at(0) == *cipher->encrypt("John") && texts->at(1) == *cipher->encrypt(""), "a batch");
    check(cipher->decrypt("00").error().code() == CBP_ERROR_AUTH_FAILED, "too short");
    check(cipher->wire_format().encoding == cbp::Encoding::hex, "the wire format");
}

} // namespace

int main() {
    results();
    moves();
    options();
    check(cbp::schema()->find("json-schema.org") != std::string::npos, "the schema");
    check(cbp::catalogue()->find("auth_failed") != std::string::npos, "the catalogue");
    check(cbp::version() == CBP_VERSION, "the version");
    std::printf("count objects cpp ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0;
}
