// What only the C++ header adds: moves, Result, exceptions, secrets, and defects that do not end the process.
#include "callback_profile.hpp"

#include "cases.h"

#include <arpa/inet.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netdb.h>
#include <sstream>

namespace {

std::size_t checks, failures;
bool watching;
std::size_t freed, freed_with_text;
constexpr char plaintext[] = "hunter2";

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
        check(exception.error().violations().size() == 3 && exception.error().error_class() == "ProfileError",
              "the whole error");
        const auto copy = exception;
        check(&copy.error() == &exception.error(), "a copy shares the error");
    }
    const auto error = cbp::Error(cbp_testing_panic(nullptr));
    check(error.name() == "internal" && !error.message().empty(), "a defect becomes an error");
    check(error.error_class() == "InternalError", "and has a class without an error object");
    check(cbp::Error(CBP_ERROR_AUTH_FAILED).error_class().empty(), "which no other status alone has");
}

// Result<void> has the truth of every other Result.
void results_without_a_value() {
    check(cbp::Result<void>().ok() && cbp::Result<void>(), "a success");
    const auto refused = cbp::Profile::check("{}");
    check(!refused && !refused.ok() && refused.error().violations().size() == 3, "a failure");
    check(cbp::Profile::check(payload) && cbp::Profile::parse(payload), "both true of the same payload");
    check(!cbp::Profile::check("{}") && !cbp::Profile::parse("{}"), "both false of the same payload");
    cbp::Profile::check(payload).value_or_throw();
    try {
        cbp::Profile::check("{}").value_or_throw();
        check(false, "value_or_throw throws without a value too");
    } catch (const cbp::Exception &exception) {
        check(exception.error().pointer() == "", "the exception's error");
    }
    check(cbp::Profile::check("{}").error().code() == CBP_ERROR_INVALID_PROFILE, "the error of a temporary");
}

// Received requests, and what is opened of them: the parts stay where they are when their owner moves.
void received() {
    const auto profile = cbp::Profile::parse(R"({"title":"sealed","http_method":"POST","url":"https://example.com/",
        "body":{"to":"<to>"},"enc":{"version":2,"kid":"k1","key":"cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}})")
                             .value_or_throw();
    const auto signer = cbp::Signer::create({"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}).value_or_throw();
    const auto verifier = cbp::Verifier::create({"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}).value_or_throw();
    cbp::CallOptions options;
    check(profile.callback("{}", options).error().name() == "random_required", "random bytes are required");
    options.random = cbp::Random{1, 2, 3};
    options.issued_at = 1800000000;
    options.id = "msg_1";
    options.profile_id = "p1";
    const auto callback = profile.callback(R"({"to":"John"})", options).value_or_throw();
    check(callback.is_sealed() && profile.kid() == "k1" && !profile.algorithm(), "a sealed callback");
    const auto signature = callback.sign(signer, "msg_1", 1800000000).value_or_throw();
    const auto headers = signature.headers();
    cbp::ReceivedRequest request{{}, "/", callback.body_view()};
    for (const auto &[name, value] : headers) request.headers.emplace_back(name, value);
    const auto without = profile.receive(verifier, request, 1800000001);
    check(!without && without.error().error_class() == "ArgumentError", "not without what is expected");
    options.expected = cbp::Expected(cbp::Freshness::within(1800000001, 300), cbp::Method::post, "https://example.com/", "p1");
    auto got = profile.receive(verifier, request, 1800000001, 300, options).value_or_throw();
    const auto moved = std::move(got);
    check(moved.id() == "msg_1" && moved.timestamp() == 1800000000 && moved.opened().json_view() == R"({"to":"John"})", "moved");
    check(got.id().empty() && got.opened().json_view().empty() && !got.opened().sealed(), "a moved-from object is empty");
    const auto sealed = moved.opened().sealed();
    check(sealed && sealed->kid == "k1" && sealed->id == "msg_1" && sealed->issued_at == 1800000000 && sealed->profile_id == "p1",
          "what the sender says");
    check(!moved.key_id() && moved.version() == 0 && !moved.in_turn(), "no key ring");
    const auto late = profile.receive(verifier, request, 1800000301, 300, options);
    check(!late && late.error().code() == CBP_ERROR_TIMESTAMP_REFUSED && late.error().error_class() == "SignatureError", "late");
    check(verifier.verify(request.headers, request.body, 1800000000).value_or_throw().id == "msg_1", "verified");

    auto ring = cbp::KeyRing::by_header("x-key-id").value_or_throw();
    check(!ring.add("other", profile) && ring.add("k1", profile) && ring.ids() == std::vector<std::string>{"k1"}, "a ring");
    ring.try_in_turn(true);
    ring.refuse_v1(true);
    const auto by_key = ring.receive(verifier, request, 1800000001, 300, options).value_or_throw();
    check(by_key.key_id() == "k1" && by_key.version() == 2 && by_key.id() == "msg_1", "by a ring");
    const auto unsigned_one = ring.open(request, options).value_or_throw();
    check(unsigned_one.opened().decrypted() == std::vector<std::string>{"to"} && unsigned_one.id().empty(), "without a signature");
    check(ring.remove("k1") && !ring.remove("k1") && !ring.open(request, options), "removed");

    const auto enc = cbp::keygen_sealed("k2", cbp::Random{1, 2, 3}).value_or_throw();
    check(enc.view().find(R"({"version":2,"kid":"k2","key":"cbk2_AQID)") == 0, "a sealed key");
    check(!cbp::keygen_signing("short") && cbp::keygen_signing(std::string(CBP_SIGNING_RANDOM_LEN, 'r')).ok(), "a secret");
    check(!cbp::keygen(cbp::Algorithm::aes_256_gcm, "short") &&
              cbp::keygen(cbp::Algorithm::aes_256_gcm, std::string(CBP_KEYGEN_RANDOM_LEN, 'r')).ok(),
          "a key");
}

// The class follows the call: the same code from a record, a received body, and a text.
void classes() {
    const auto profile = cbp::Profile::parse(payload).value_or_throw();
    check(profile.callback("[]").error().error_class() == "ReplacerError", "a record that is no object");
    check(profile.message("{").error().error_class() == "ReplacerError", "a record that is not JSON");
    check(profile.open("[]").error().error_class() == "DecryptionError", "a received body that is no object");
    check(profile.patch("[]").error().error_class() == "ProfileError", "a patch");
    check(cbp::StoredProfile::parse("[]").error().error_class() == "ProfileError", "a stored profile");
    check(cbp::Envelope::parse("[]").error().error_class() == "ProfileError", "an envelope");
    check(cbp::Request{"", {}, "{}"}.parse().error().error_class() == "ProfileError", "a request");
    check(cbp::address_verdict("here").error().error_class() == "ArgumentError", "an address");
    check(cbp::Cipher::create(cbp::Algorithm::aes_128_gcm, "k", "v").error().error_class() == "ArgumentError", "a key");
    check(cbp::Cipher::create(cbp::Algorithm{}, "k", "v").error().error_class() == "ArgumentError", "an algorithm");
}

} // namespace

// Secrets are the only arrays here: their memory is looked at before it goes back.
void *operator new[](std::size_t size) {
    if (void *block = std::malloc(size)) return block;
    throw std::bad_alloc();
}
void operator delete[](void *block) noexcept {
    if (watching && block) {
        freed++;
        freed_with_text += std::memcmp(block, plaintext, sizeof plaintext - 1) == 0;
    }
    std::free(block);
}
void operator delete[](void *block, std::size_t) noexcept { operator delete[](block); }

namespace {

// A secret that takes over another one overwrites its own content, and leaves nothing in the other.
void secrets() {
    watching = true;
    auto *planted = operator new[](sizeof plaintext);
    std::memcpy(planted, plaintext, sizeof plaintext);
    operator delete[](planted);
    check(freed == 1 && freed_with_text == 1, "a planted plaintext is found");
    {
        auto first = cbp::Secret(plaintext), second = cbp::Secret("another text");
        first = std::move(second);
        check(freed == 2 && freed_with_text == 1, "the old content is overwritten and freed at once");
        check(first.view() == "another text", "the new content");
        check(second.empty() && second.room() == 0 && second.view().empty() && !second.data(), "the other is empty");
        second = cbp::Secret(plaintext);
        check(second.view() == plaintext && second.room() == sizeof plaintext - 1, "and can be filled again");
        auto &same = second;
        second = std::move(same);
        check(second.view() == plaintext, "a secret that takes over itself keeps its content");
    }
    watching = false;
    check(freed == 4 && freed_with_text == 1, "all are overwritten");
}

// Secrets as large as memory cannot be.
void rooms() {
    volatile std::size_t most = SIZE_MAX; // volatile: or the compiler refuses the constant
    for (const std::size_t room : {most + 0, most - 1, most / 2 + 1}) {
        try {
            const auto secret = cbp::Secret::with_room(room);
            check(secret.room() == 0, "there is no such room");
        } catch (const std::bad_alloc &) {
            check(true, "no such room");
        }
    }
    auto secret = cbp::Secret::with_room(3);
    std::memcpy(secret.data(), "abc", 3);
    secret.resize(2);
    check(secret.view() == "ab" && secret.room() == 3, "a room that is filled in part");
    secret.resize(9);
    check(secret.size() == 3, "no larger than the room");
    check(cbp::Secret::with_room(0).empty() && cbp::Secret("").empty(), "no room");
}

void moves() {
    auto first = cbp::Profile::parse(payload).value_or_throw();
    auto second = std::move(first);
    check(first.title().empty() && first.headers().empty() && !first.body(), "a moved-from profile is empty");
    check(first.callback("{}").error().code() == CBP_ERROR_INVALID_ARGUMENT, "and says so");
    check(second.title() == "objects" && second.events() == std::vector<std::string>(), "the other has it");
    check(second.algorithm() == cbp::Algorithm::aes_128_gcm && !second.encrypts_all(), "the encryption");
    check(second.encrypted_params() == std::vector<std::string>{"to"}, "the names");
    first = std::move(second);
    check(first.method() == cbp::Method::post && first.channel() == cbp::Channel::other, "moved back");
    auto secret = cbp::Secret("abc");
    auto other = std::move(secret);
    secret = std::move(other);
    const cbp::Secret none;
    check(secret.view() == "abc" && other.empty() && none.view().empty(), "a secret moves");
}

void options() {
    cbp::ParseOptions strict;
    strict.policy = cbp::Policy::strict;
    check(!cbp::Profile::parse(R"({"title":"abc","http_method":"GET","url":"http://10.0.0.1/"})", strict), "strict");
    strict.limits.emplace_back(static_cast<cbp::Limit>(77), 1);
    check(cbp::Profile::parse(payload, strict).error().code() == CBP_ERROR_INVALID_ARGUMENT, "a limit that is none");
    check(cbp::Profile::check(payload, strict).error().code() == CBP_ERROR_INVALID_ARGUMENT, "in a check too");
    const auto profile = cbp::Profile::parse(payload).value_or_throw();
    cbp::CallOptions error;
    error.missing = cbp::Missing::error;
    check(profile.callback("{}", error).error().missing() == std::vector<std::string>{"to"}, "missing names");
    const auto http = profile.callback(R"({"to":"x"})").value().to_http().value();
    check(http.find("POST / HTTP/1.1\r\nHost: example.com\r\n") == 0, "http");
    const auto masked = profile.to_json(), shown = profile.to_json(cbp::Secrets::shown);
    check(masked->view().find("K1abc") == std::string_view::npos, "masked");
    check(shown->view().find("K1abc") != std::string_view::npos, "shown");
    cbp::Callback again;
    check(again.url_view().empty() && again.body_view().empty(), "an empty callback");
    for (const auto *to : {"x", "yy", "z"}) {
        const auto record = std::string(R"({"to":")") + to + "\"}";
        check(profile.callback_into(record, again).ok(), "filled again");
        const auto once = profile.callback(record);
        check(again.body() == once->body() && again.body_view() == again.body(), "with the same body");
    }
    const auto body = again.body();
    check(profile.callback_into(again.body_view(), again).error().code() == CBP_ERROR_INVALID_ARGUMENT, "its own body");
    check(again.body() == body && again.body_view() == body, "which leaves it unchanged");
    check(profile.callback_into("[]", again).error().code() == CBP_ERROR_NOT_AN_OBJECT, "a wrong record");
    check(again.body_view().empty() && !again.body(), "which empties it");
    cbp::CallOptions half;
    half.surrogates = cbp::Surrogates::replace;
    const auto emoji = R"({"to":"\ud83d"})";
    check(!profile.callback_into(emoji, again) && profile.callback_into(emoji, again, half), "filled with settings");
    check(again.body() == profile.callback(emoji, half).value().body(), "as callback() does");
    check(profile.callback_into("{}", again, error).error().missing() == std::vector<std::string>{"to"} && !again.body(),
          "an error with settings");
    check(profile.callback_into("{}", again, {}).ok() && again.missing() == std::vector<std::string>{"to"}, "the defaults");
    const auto filled = again.body();
    error.missing = static_cast<cbp::Missing>(77);
    check(profile.callback_into("{}", again, error).error().code() == CBP_ERROR_INVALID_ARGUMENT && again.body() == filled,
          "a setting that makes no sense leaves it unchanged");
    cbp::WireFormat hex;
    hex.encoding = cbp::Encoding::hex;
    const auto cipher = cbp::Cipher::create(cbp::Algorithm::aes_128_gcm, "K1abcdefghijkl2P", "POabcdefghijklLY", hex);
    const auto john = cipher->decrypt_text(*cipher->encrypt("John"));
    check(john->view() == "John", "hex");
    const auto texts = cipher->encrypt_all({"John", "", "Jane"});
    check(texts->size() == 3 && texts->at(0) == *cipher->encrypt("John") && texts->at(1) == *cipher->encrypt(""), "a batch");
    check(cipher->decrypt("00").error().code() == CBP_ERROR_AUTH_FAILED, "too short");
    check(cipher->wire_format().encoding == cbp::Encoding::hex, "the wire format");
}

void opening() {
    const auto profile = cbp::Profile::parse(R"({"title":"opening","http_method":"POST","url":"https://example.com/<id>",
        "body":{"to":"<to>","list":"<list>"},"enc":{"algo":"AES-128-GCM","key":"K1abcdefghijkl2P","IV":"POabcdefghijklLY"}})")
                             .value_or_throw();
    const auto callback = profile.callback(R"({"to":"x","list":[{"name":"John"}]})").value_or_throw();
    const auto refused = profile.open(callback.body_view());
    check(refused.error().code() == CBP_ERROR_NOT_ENCRYPTED, "a structure must be allowed");
    check(profile.open("{}").error().parameters() == std::vector<std::string>{"to", "list"}, "all that are missing");
    for (const auto &structures : {cbp::Parameters{"list"}, cbp::Parameters::all()}) {
        cbp::CallOptions options;
        options.structures = structures;
        const auto opened = profile.open_details(callback.body_view(), options);
        check(opened.ok() && opened->json_view() == R"({"to":"x","list":[{"name":"John"}]})", "a structure");
        check(opened->decrypted() == std::vector<std::string>{"to", "list[0].name"}, "what was decrypted");
        check(opened->unknown().empty(), "nothing unknown");
        options.absent = cbp::Parameters{"to"};
        check(profile.open("{}", options).error().parameters() == std::vector<std::string>{"list"}, "one may be absent");
    }
    const auto fields = profile.fields().value_or_throw();
    check(fields.size() == 3 && fields[0].field == "id" && fields[0].places == std::vector<std::string>{"/url"} &&
              fields[2].field == "list" && fields[2].places == std::vector<std::string>{"/body/list"},
          "fields and their places");
    cbp::CallOptions replaced;
    replaced.surrogates = cbp::Surrogates::replace;
    const auto half = R"({"to":"\ud83d","list":"x"})";
    check(!profile.callback(half) && profile.callback(half, replaced), "half an emoji");
    check(cbp::Profile::parse(R"({"title":"x"})").error().violations()[0].params == R"({"missingProperty":"http_method"})",
          "what a rule allows");
    check(cbp::address_verdict("fe80::1%eth0").value() == cbp::AddressVerdict::link_local, "a zone");
}

void diagnoses() {
    const auto with_key = [](const std::string &key) {
        auto json = std::string(payload);
        return cbp::Profile::parse(json.replace(json.find("K1abcdefghijkl2P"), 16, key)).value_or_throw();
    };
    const auto profile = with_key("K1abcdefghijkl2P"), older = with_key("OLDKEYabcdefghij");
    const auto body = older.callback(R"({"to":"+919876543210"})").value_or_throw().body().value();
    const auto text = body.substr(7, body.size() - 9);
    const auto unknown = profile.diagnose({text}).value_or_throw();
    check(!unknown.is_found() && unknown.findings().size() == 1 && unknown.findings()[0].cause == "unknown", "unknown");
    check(!unknown.findings()[0].chance && !unknown.findings()[0].settings && unknown.excluded().size() > 5, "what is excluded");
    cbp::DiagnoseOptions options;
    options.also = {&profile, &older};
    options.show = true;
    for (const auto &texts : {std::vector<std::string_view>{text}, std::vector<std::string_view>{text, text}}) {
        const auto diagnosis = profile.diagnose(texts, options).value_or_throw();
        const auto findings = diagnosis.findings();
        check(diagnosis.is_found() && findings[0].cause == "other_key" && findings[0].grade == "proved", "an older key");
        check(findings[0].settings.value_or("").find(R"(,"profile":1})") != std::string::npos && diagnosis.judged_bytes() == 13 * texts.size(), "which one");
        check(findings[0].value.has_value() == (texts.size() == 1), "one value is shown");
        if (findings[0].value) check(findings[0].value->view() == "+919876543210", "the value");
        const auto json = diagnosis.to_json();
        check(json && json->view().find(R"({"findings":[{"cause":"other_key","grade":"proved","chance":null,)") == 0, "JSON");
    }
    options.body = body;
    options.content_type = "application/json";
    check(profile.diagnose({}, options).value_or_throw().findings()[0].cause == "other_key", "a whole body");
    options.also = {nullptr};
    check(profile.diagnose({}, options).error().error_class() == "ArgumentError", "a null profile");
    options = {};
    options.expected = {"\xff"};
    check(profile.diagnose({text}, options).error().code() == CBP_ERROR_INVALID_ARGUMENT, "a value that is not UTF-8");
    cbp::Diagnosis first = profile.diagnose({text}).value_or_throw();
    const auto second = std::move(first);
    check(first.findings().empty() && !first.is_found() && first.excluded().empty() && !first.to_json(), "moved from");
    check(second.findings().size() == 1, "and to");
}

// What is seen of a callback and a profile without copies, and what of them are parts.
void parts() {
    auto profile = cbp::Profile::parse(payload).value_or_throw();
    const auto callback = profile.callback(R"({"to":"John"})").value_or_throw();
    cbp::Headers copied;
    for (const auto &[name, value] : callback.headers_view()) copied.emplace_back(name, value);
    check(copied == callback.headers() && copied.size() == 2 && callback.headers_view().size() == 2, "views of headers");
    const auto views = callback.headers_view();
    const cbp::ReceivedRequest request{{views.begin(), views.end()}, "/", callback.body_view()};
    check(request.headers.size() == 2 && request.headers[0].first.data() == views.begin().operator*().first.data(), "no copies");
    const cbp::Callback empty;
    check(empty.headers_view().empty() && empty.headers().empty(), "an empty callback has none");
    const auto signer = cbp::Signer::create({"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}).value_or_throw();
    const auto signature = callback.sign(signer, "msg_1", 1).value_or_throw();
    std::size_t signed_headers = 0;
    for (const auto &[name, value] : signature.headers_view()) signed_headers += name.substr(0, 8) == "webhook-" && !value.empty();
    check(signed_headers == 3, "views of a signature's headers");

    const auto destination = callback.destination();
    check(destination && destination->is_https && destination->host == "example.com" && destination->port == 443 &&
              destination->authority == "example.com" && destination->target == "/",
          "where it goes");
    check(!cbp::Callback().destination(), "an empty callback goes nowhere");

    const auto *cipher = profile.cipher();
    const auto text = cipher->encrypt("John").value();
    check(cipher && profile.open(R"({"to":")" + text + "\"}").value().size() == 13 && cipher->decrypt_text(text).ok(), "its cipher");
    check(callback.body() == R"({"to":")" + text + "\"}", "with which it encrypts");
    const auto moved = std::move(profile);
    check(!profile.cipher() && moved.cipher()->encrypt("John").value() == text, "which moves along");
    const auto plain = cbp::Profile::parse(R"({"title":"abc","http_method":"GET","url":"http://10.0.0.1/"})").value_or_throw();
    check(!plain.cipher(), "no cipher");

    cbp::ParseOptions options;
    options.policy = cbp::Policy::strict;
    options.wire_format = {cbp::Encoding::hex, cbp::Tag::prepended, cbp::Reading::strict};
    options.limits = {{cbp::Limit::depth, 9}, {cbp::Limit::output_bytes, 4096}};
    options.refuse_sealed = options.is_signed = true;
    const auto got = cbp::Profile::parse(payload, options).value_or_throw().options().value_or_throw();
    check(got.policy == options.policy && got.limits == options.limits && got.refuse_sealed && got.is_signed && !got.refuse_v1 &&
              got.wire_format.encoding == cbp::Encoding::hex && got.wire_format.tag == cbp::Tag::prepended &&
              got.wire_format.reading == cbp::Reading::strict,
          "the settings of a profile");
    check(plain.options().value().limits.empty() && !profile.options(), "the defaults, and nothing of a moved-from profile");
}

// One value of an opened callback, and the answer to one that does not open.
void values() {
    const auto profile = cbp::Profile::parse(payload).value_or_throw();
    const auto callback = profile.callback(R"({"to":"+91"})").value_or_throw();
    const auto opened = profile.open_details(callback.body_view()).value_or_throw();
    const auto to = opened.get("to"), same = opened.get("/to");
    check(to && to->kind == cbp::Kind::string && to->text.view() == "+91" && same && same->text.view() == "+91", "one value");
    check(!opened.get("from") && !opened.get("\xff") && !opened.get("/to/0"), "no such value");
    try {
        static_cast<void>(profile.open("{}").value_or_throw());
        check(false, "it does not open");
    } catch (const cbp::Exception &exception) {
        check(cbp::Envelope::not_opened(exception.error()).value_or_throw().status() == 400, "its envelope");
        check(!cbp::Envelope::refused(exception.error()), "which is not that of a refusal");
    }
    try {
        static_cast<void>(cbp::Profile::parse("{}").value_or_throw());
        check(false, "it is refused");
    } catch (const cbp::Exception &exception) {
        const auto envelope = cbp::Envelope::refused(exception.error()).value_or_throw();
        check(envelope.code() == "RBC302" && envelope.error().find("must have required property") != std::string::npos, "its envelope");
    }
}

void addresses() {
    const unsigned char metadata[] = {169, 254, 169, 254};
    check(cbp::address_verdict_of_bytes(metadata, 4).value() == cbp::AddressVerdict::metadata, "four bytes");
    check(!cbp::address_verdict_of_bytes(metadata, 3), "three bytes");
    sockaddr_storage storage{};
    auto &v4 = reinterpret_cast<sockaddr_in &>(storage);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(443);
    inet_pton(AF_INET, "93.184.215.14", &v4.sin_addr);
    check(cbp::address_verdict_of_sockaddr(&v4, sizeof v4).value() == cbp::AddressVerdict::is_public, "a sockaddr_in");
    check(!cbp::address_verdict_of_sockaddr(&v4, sizeof v4 - 1), "a part of one");
    storage = {};
    auto &v6 = reinterpret_cast<sockaddr_in6 &>(storage);
    v6.sin6_family = AF_INET6;
    for (const auto &[text, verdict] : {std::pair("::1", cbp::AddressVerdict::loopback), std::pair("fe80::1", cbp::AddressVerdict::link_local),
                                        std::pair("::ffff:10.0.0.1", cbp::AddressVerdict::is_private),
                                        std::pair("2606:4700::1", cbp::AddressVerdict::is_public)}) {
        inet_pton(AF_INET6, text, &v6.sin6_addr);
        check(cbp::address_verdict_of_sockaddr(&storage, sizeof storage).value() == verdict, text);
        check(cbp::address_verdict(text).value() == verdict, text);
    }
    storage.ss_family = AF_UNIX;
    check(cbp::address_verdict_of_sockaddr(&storage, sizeof storage).error().error_class() == "ArgumentError", "another family");
    addrinfo hints{}, *list = nullptr;
    hints.ai_flags = AI_NUMERICHOST;
    check(getaddrinfo("127.0.0.1", "80", &hints, &list) == 0 &&
              cbp::address_verdict_of_sockaddr(list->ai_addr, list->ai_addrlen).value() == cbp::AddressVerdict::loopback,
          "what getaddrinfo() gives");
    freeaddrinfo(list);
}

template <class T> std::string printed(const T &value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

void printing() {
    const auto refused = cbp::Profile::parse("{}");
    check(printed(refused.error()) == "invalid_profile: " + refused.error().message(), "an error");
    check(printed(refused.error().violations()[0]) == refused.error().violations()[0].message, "a violation");
    const auto stored = cbp::StoredProfile::parse(R"({"title":"abc","http_method":"GET","url":"http://10.0.0.1/"})").value_or_throw();
    const auto advisories = stored.advisories();
    check(advisories.size() == 2 && printed(advisories[0]) == advisories[0].code + ": " + advisories[0].message, "an advisory");
    check(printed(cbp::AddressVerdict::link_local) == "link_local" && printed(cbp::Algorithm::aes_128_gcm) == "AES-128-GCM" &&
              printed(cbp::Method::del) == "DELETE" && printed(cbp::Channel::sms) == "sms",
          "names of the C functions");
    check(printed(cbp::Status::active) == "active" && printed(cbp::Status::disabled) == "disabled" &&
              printed(cbp::Kind::null) == "null" && printed(cbp::Kind::object) == "object",
          "names from 1");
    check(printed(cbp::Policy::strict) == "strict" && printed(cbp::Encoding::hex) == "hex" && printed(cbp::Tag::appended) == "appended" &&
              printed(cbp::Reading::strict) == "strict" && printed(cbp::Missing::null) == "null" &&
              printed(cbp::Surrogates::replace) == "replace" && printed(cbp::Coverage::not_required) == "not_required" &&
              printed(cbp::Secrets::shown) == "shown",
          "names from 0");
    check(printed(cbp::Limit::payload_bytes) == "payload_bytes" && printed(cbp::Limit::output_bytes) == "output_bytes", "limits");
    check(printed(static_cast<cbp::Kind>(77)) == "77", "a number that has no name");
}

} // namespace

int main() {
    results();
    received();
    results_without_a_value();
    classes();
    secrets();
    rooms();
    moves();
    options();
    opening();
    diagnoses();
    parts();
    values();
    addresses();
    printing();
    check(cbp::schema().value().find("json-schema.org") != std::string::npos, "the schema");
    check(cbp::catalogue().value().find("auth_failed") != std::string::npos, "the catalogue");
    check(cbp::version() == CBP_VERSION, "the version");
    std::printf("count objects cpp ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0;
}
