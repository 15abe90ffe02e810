// Every shared case of testdata/, from C++ over callback_profile.hpp. Expectations live there, not here.
#include "callback_profile.hpp"

#include "cases.h"

#include <cstdio>
#include <map>

namespace {

using Case = test_case;
using Text = std::optional<std::string>;

std::size_t failed;
std::string place;

void fail(const std::string &what, const std::string &got, const std::string &want) {
    std::printf("FAILED %s: %s\n  got  %s\n  want %s\n", place.c_str(), what.c_str(), got.c_str(), want.c_str());
    failed++;
}

std::string_view view(cbp_str text) { return text.data ? std::string_view(text.data, text.len) : std::string_view(); }
Text text(cbp_str text) { return text.data ? Text(std::in_place, text.data, text.len) : std::nullopt; }

void check(const char *what, const Text &got, cbp_str want) {
    if (got != text(want)) fail(what, got.value_or("(none)"), text(want).value_or("(none)"));
}
void check(const char *what, std::size_t got, std::size_t want) {
    if (got != want) fail(what, std::to_string(got), std::to_string(want));
}
void check(const char *what, const std::vector<std::string> &got, const test_list &want) {
    if (!want.items) return;
    check(what, got.size(), want.count);
    for (std::size_t i = 0; i < want.count && i < got.size(); ++i) check(what, got[i], want.items[i]);
}
template <class Pairs> void check_pairs(const char *what, const Pairs &got, const test_list &want) {
    if (!want.items) return;
    check(what, got.size(), want.count);
    for (std::size_t i = 0; i < want.count && i < got.size(); ++i) {
        check(what, std::string(got[i].first), want.items[2 * i]);
        check(what, std::string(got[i].second), want.items[2 * i + 1]);
    }
}

// The result must be a value.
template <class T> bool succeeded(const char *what, const cbp::Result<T> &result) {
    if (!result) fail(what, result.error().message(), "success");
    return result.ok();
}

void check_error(const Case &c, const cbp::Error &error) {
    check("error", error.name(), c.error);
    check("error class", error.error_class(), c.error_class);
    if (c.parameter.data) check("parameter", error.parameter(), c.parameter);
    check("parameters", error.parameters(), c.parameters);
    for (const auto &text : {"\"name\":\"" + error.name(), "\"class\":\"" + error.error_class()})
        if (error.to_json().find(text + "\"") == std::string::npos) fail("json", error.to_json(), text);
}

void check_refusal(const Case &c, cbp_status code, const cbp::Error &error) {
    check("code", error.code(), code);
    check("class", error.error_class() == "ProfileError", 1);
    const auto violations = error.violations();
    check("violations", violations.size(), c.violations.count);
    for (std::size_t i = 0; i < c.violations.count && i < violations.size(); ++i) {
        const cbp_str *want = c.violations.items + 4 * i;
        check("context", violations[i].context, want[0]);
        check("keyword", violations[i].keyword, want[1]);
        check("pointer", violations[i].pointer, want[2]);
        check("message", violations[i].message, want[3]);
    }
    if (c.unlisted || !c.sid.data) check("unlisted", error.unlisted(), c.unlisted);
    if (c.line) {
        const auto position = error.position().value_or(std::pair<std::size_t, std::size_t>());
        check("line", position.first, c.line);
        check("column", position.second, c.column);
    }
}

// Whether the case is refused as it should be; if it is accepted, whether it should be.
template <class T> bool accepted(const Case &c, cbp_status code, const cbp::Result<T> &result) {
    if (c.violations.count > 0) {
        if (result) fail("accepted", "success", cbp_status_name(code).data);
        else check_refusal(c, code, result.error());
        return false;
    }
    return succeeded("refused", result);
}

cbp::ParseOptions parse_options(const Case &c) {
    cbp::ParseOptions options;
    options.policy = static_cast<cbp::Policy>(c.policy);
    options.wire_format = {static_cast<cbp::Encoding>(c.encoding), static_cast<cbp::Tag>(c.tag),
                           static_cast<cbp::Reading>(c.reading)};
    for (std::size_t i = 0; i < c.limit_count; ++i)
        options.limits.emplace_back(static_cast<cbp::Limit>(c.limits[i].limit), c.limits[i].value);
    return options;
}

cbp::Parameters parameters(std::uint32_t all, const test_list &list) {
    if (all) return cbp::Parameters::all();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < list.count; ++i) names.emplace_back(view(list.items[i]));
    return names;
}

cbp::CallOptions call_options(const Case &c) {
    cbp::CallOptions options;
    options.missing = static_cast<cbp::Missing>(c.missing);
    options.pairs = c.pairs != 0;
    options.boundary = text(c.boundary);
    options.content_type = text(c.content_type);
    options.structures = parameters(c.all_structures, c.structures);
    options.absent = parameters(c.all_absent, c.absent);
    options.partial = c.partial != 0;
    options.surrogates = static_cast<cbp::Surrogates>(c.surrogates);
    return options;
}

void check_json(const Case &c, const cbp::Profile &profile) {
    if (!c.json.data) return;
    if (const auto json = profile.to_json(cbp::Secrets::shown); succeeded("json", json))
        check("json", std::string(json->view()), c.json);
}

void check_profile(const Case &c, const cbp::Profile &profile) {
    check_json(c, profile);
    std::vector<std::pair<std::string, std::string>> advisories;
    for (const auto &advisory : profile.advisories()) advisories.emplace_back(advisory.code, advisory.pointer);
    check_pairs("advisories", advisories, c.advisories);
    check_pairs("replacers", profile.replacers(), c.replacers);
    if (!c.fields.items) return;
    const auto fields = profile.fields();
    if (!succeeded("fields", fields)) return;
    std::vector<std::pair<std::string, std::string>> found; // the places one a line
    for (const auto &[field, places] : *fields) {
        std::string lines;
        for (const auto &place : places) lines += (lines.empty() ? "" : "\n") + place;
        found.emplace_back(field, lines);
    }
    check_pairs("fields", found, c.fields);
}

bool run_profile(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.payload), parse_options(c));
    if (accepted(c, CBP_ERROR_INVALID_PROFILE, profile)) check_profile(c, *profile);
    const auto checked = cbp::Profile::check(view(c.payload), parse_options(c));
    check("check", checked.ok(), profile.ok());
    if (!checked) check_refusal(c, CBP_ERROR_INVALID_PROFILE, checked.error());
    return false;
}

bool run_request(const Case &c) {
    cbp::Request request{view(c.sid), {}, view(c.payload)};
    for (std::size_t i = 0; i < c.headers.count; ++i)
        request.headers.emplace_back(view(c.headers.items[2 * i]), view(c.headers.items[2 * i + 1]));
    accepted(c, CBP_ERROR_INVALID_REQUEST, request.parse(parse_options(c)));
    return false;
}

bool run_patch(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.profile), parse_options(c));
    if (!succeeded("profile", profile)) return false;
    const auto patched = profile->patch(view(c.patch));
    if (accepted(c, CBP_ERROR_INVALID_PATCH, patched)) check_profile(c, *patched);
    return false;
}

bool run_stored(const Case &c) {
    auto stored = cbp::StoredProfile::parse(view(c.stored), parse_options(c));
    if (!accepted(c, CBP_ERROR_INVALID_STORED_PROFILE, stored)) return false;
    check("profile_id", stored->profile_id(), c.profile_id);
    check("status", stored->status() ? static_cast<std::size_t>(*stored->status()) : 0, c.status);
    const auto profile = (*std::move(stored)).into_profile();
    if (succeeded("into_profile", profile)) check_json(c, *profile);
    return false;
}

// The envelope of the profiles of a list that are accepted; the others are refused with the case's messages.
cbp::Result<cbp::Envelope> listed(const Case &c, cbp::Secrets secrets) {
    auto list = cbp::StoredProfile::parse_list(view(c.stored), parse_options(c));
    if (!list) return std::move(list).error();
    std::vector<cbp::StoredProfile> stored;
    std::vector<std::string> refused;
    for (auto &item : *list) {
        if (item) stored.push_back(*std::move(item));
        else refused.push_back(item.error().violations().at(0).message);
    }
    check("refused", refused, c.refused);
    return cbp::Envelope::listed(stored, secrets);
}

bool run_envelope(const Case &c) {
    const auto kind = view(c.kind);
    const auto secrets = static_cast<cbp::Secrets>(c.secrets);
    const auto id = c.profile_id.data ? std::optional(view(c.profile_id)) : std::nullopt;
    const auto options = parse_options(c);
    auto profile = cbp::Profile::parse(view(c.payload), options);
    auto stored = cbp::StoredProfile::parse(view(c.stored), options);
    auto opened = kind == "not_opened" ? profile->open(view(c.received)) : cbp::Secret("");
    auto envelope = kind == "created"     ? cbp::Envelope::created(*profile, id, secrets)
                    : kind == "updated"   ? cbp::Envelope::updated(*profile, id, secrets)
                    : kind == "fetched"   ? cbp::Envelope::fetched(*stored, secrets)
                    : kind == "deleted"   ? cbp::Envelope::deleted(id.value_or(""))
                    : kind == "not_found" ? cbp::Envelope::not_found(id.value_or(""))
                    : kind == "listed"    ? listed(c, secrets)
                    : kind == "not_opened" ? cbp::Envelope::not_opened(opened.error())
                    : kind == "refused"   ? cbp::Envelope::refused(profile.error())
                                          : cbp::Envelope::parse(view(c.envelope));
    if (!accepted(c, kind == "listed" ? CBP_ERROR_INVALID_STORED_PROFILE : CBP_ERROR_INVALID_ENVELOPE, envelope)) return false;
    if (const auto json = envelope->to_json(); succeeded("json", json))
        check("envelope", std::string(json->view()), c.text.data ? c.text : c.envelope);
    return false;
}

bool run_message(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.profile), parse_options(c));
    if (!succeeded("profile", profile)) return false;
    const auto message = profile->message(view(c.record), call_options(c));
    if (c.error.data) {
        if (message) fail("message", message->text(), std::string(view(c.error)));
        else check_error(c, message.error());
    } else if (succeeded("message", message)) {
        check("text", message->text(), c.text);
        check("missing", message->missing(), c.missing_names);
    }
    return false;
}

bool run_callback(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.profile), parse_options(c));
    if (!succeeded("profile", profile)) return false;
    const auto callback = profile->callback(view(c.record), call_options(c));
    if (c.error.data) {
        if (callback) fail("callback", callback->url(), std::string(view(c.error)));
        else check_error(c, callback.error());
        return false;
    }
    if (!succeeded("callback", callback)) return false;
    check("method", callback->method_name(), c.method);
    check("url", callback->url(), c.url);
    check("body", callback->body(), c.body);
    check_pairs("headers", callback->headers(), c.headers);
    check("missing", callback->missing(), c.missing_names);
    cbp::CallOptions options = call_options(c);
    for (const auto &[name, value] : callback->headers())
        if (name == "content-type" || name == "Content-Type") options.content_type = value;
    if (c.opened.data)
        if (const auto opened = profile->open(callback->body().value_or(callback->url()), options); succeeded("open", opened))
            check("opened", std::string(opened->view()), c.opened);
    return false;
}

bool run_open(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.profile), parse_options(c));
    if (!succeeded("profile", profile)) return false;
    const auto opened = profile->open(view(c.received), call_options(c));
    if (c.error.data) {
        if (opened) fail("open", std::string(opened->view()), std::string(view(c.error)));
        else check_error(c, opened.error());
    } else if (succeeded("open", opened)) {
        check("opened", std::string(opened->view()), c.opened);
        if (const auto details = profile->open_details(view(c.received), call_options(c)); succeeded("details", details)) {
            check("opened in detail", std::string(details->json_view()), c.opened);
            check("decrypted", details->decrypted(), c.details);
            check("unknown", details->unknown(), c.unknown);
        }
    }
    return false;
}

// A body of which some parameters do not open, or one that is refused all the same.
bool run_partial(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.profile), parse_options(c));
    if (!succeeded("profile", profile)) return false;
    const auto opened = profile->open_details(view(c.received), call_options(c));
    if (c.error.data) {
        if (opened) fail("partial", std::string(opened->json_view()), std::string(view(c.error)));
        else check("error", opened.error().name(), c.error);
    } else if (succeeded("partial", opened)) {
        check("opened", std::string(opened->json_view()), c.opened);
        check("unknown", opened->unknown(), c.unknown);
        std::vector<std::pair<std::string, std::string_view>> failures;
        for (const auto &[name, code] : opened->failed()) failures.emplace_back(name, view(cbp_status_name(code)));
        check_pairs("failed", failures, c.failed);
    }
    // What gives JSON alone could not tell what failed.
    const auto json = profile->open(view(c.received), call_options(c));
    check("open", json ? CBP_OK : json.error().code(), CBP_ERROR_INVALID_ARGUMENT);
    return c.error.data != nullptr;
}

bool run_value(const Case &c) {
    const auto algorithm = cbp::algorithm_of(view(c.algorithm)).value_or(cbp::Algorithm{});
    const auto cipher = cbp::Cipher::create(algorithm, view(c.key), view(c.iv), parse_options(c).wire_format);
    if (!cipher) {
        if (c.error.data) check_error(c, cipher.error());
        else fail("cipher", cipher.error().message(), "success");
        return false;
    }
    if (c.plaintext.data)
        if (const auto encrypted = cipher->encrypt(view(c.plaintext)); succeeded("encrypt", encrypted))
            check("text", *encrypted, c.text);
    if (c.text.data) {
        const auto value = cipher->decrypt_text(view(c.text));
        if (c.error.data) {
            if (value) fail("decrypt", std::string(value->view()), std::string(view(c.error)));
            else check_error(c, value.error());
        } else if (succeeded("decrypt", value))
            check("value", std::string(value->view()), c.decrypted.data ? c.decrypted : c.plaintext);
    }
    return false;
}

// CFB8 and IVs of other lengths are refused.
bool run_crypto(const Case &c) {
    const auto algorithm = cbp::algorithm_of(view(c.algorithm));
    if (!algorithm) return true;
    if (c.iv.len != cbp_iv_len()) {
        const auto cipher = cbp::Cipher::create(*algorithm, view(c.key), view(c.iv));
        if (cipher) fail("cipher", "success", "invalid_iv");
        else check("IV", cipher.error().code(), CBP_ERROR_INVALID_IV);
        return true;
    }
    Case value = c;
    value.decrypted = {nullptr, 0};
    return run_value(value);
}

bool run_url(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.payload));
    if (profile.ok() != (c.accepted != 0)) fail("url", profile ? "accepted" : "refused", "the other");
    if (!profile) check("pointer", profile.error().pointer().value_or("") == "/url", 1);
    return false;
}

bool run_address(const Case &c) {
    auto verdict = cbp::AddressVerdict::is_public;
    if (c.text.data)
        if (const auto known = cbp::address_verdict(view(c.text)); succeeded("address", known)) verdict = *known;
    if (c.verdict.data) check("verdict", cbp::name(verdict), c.verdict);
    const auto kind = view(c.kind);
    const auto profile = cbp::Profile::parse(view(c.payload));
    if (kind != "name") check("accepted", profile.ok(), kind != "refused");
    if (!profile || kind == "name") return false;
    bool is_private = false;
    for (const auto &advisory : profile->advisories()) is_private |= advisory.code == "private_address";
    const bool is_internal = verdict != cbp::AddressVerdict::is_public;
    if (kind == "verdict") check("private address", is_private, is_internal);
    else if (kind == "address") check("spelling", is_private, is_internal || view(c.text) != view(c.url));
    else check("internal", is_private, kind == "private");
    return false;
}

bool run_diagnosis(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.payload), parse_options(c));
    if (!succeeded("parse", profile)) return false;
    cbp::DiagnoseOptions options;
    std::vector<cbp::Profile> also;
    for (std::size_t i = 0; i < c.also.count; ++i)
        if (auto other = cbp::Profile::parse(view(c.also.items[i])); succeeded("also", other)) also.push_back(*std::move(other));
    for (const auto &other : also) options.also.push_back(&other);
    for (std::size_t i = 0; i < c.expected.count; ++i) options.expected.emplace_back(view(c.expected.items[i]));
    options.parameter = text(c.parameter);
    options.body = text(c.body);
    options.content_type = text(c.content_type);
    std::vector<std::string_view> texts;
    for (std::size_t i = 0; i < c.texts.count; ++i) texts.push_back(view(c.texts.items[i]));
    const auto diagnosis = profile->diagnose(texts, options);
    if (!succeeded("diagnose", diagnosis)) return false;
    const auto findings = diagnosis->findings();
    const auto &cause = findings.at(0).cause;
    bool is_right = false;
    for (std::size_t i = 0; i < c.causes.count; ++i) is_right |= cause == view(c.causes.items[i]);
    if (is_right != (c.told != 0)) fail("cause", cause, c.told ? std::string(view(c.causes.items[0])) : "another one");
    if (c.grade.data) check("grade", findings.at(0).grade, c.grade);
    if (c.settings.data) check("settings", findings.at(0).settings.value_or("none"), c.settings);
    check("is_found", diagnosis->is_found(), cause != "unknown");
    const auto json = diagnosis->to_json();
    if (!succeeded("to_json", json)) return false;
    for (const auto &finding : findings) {
        const auto begin = "{\"cause\":\"" + finding.cause + "\",\"grade\":\"" + finding.grade + "\",\"chance\":";
        if (json->view().find(begin + (finding.chance ? "" : "null,")) == std::string_view::npos)
            fail("json", std::string(json->view()), begin);
        if (finding.detail.empty() || finding.at_sender.empty() || finding.at_receiver.empty() || finding.value)
            fail("finding", finding.cause, "three sentences and no value");
    }
    return false;
}

#include "sealing_cases.hpp"

} // namespace

int main() {
    const std::map<std::string, bool (*)(const Case &)> runners = {
        {"profile", run_profile}, {"request", run_request},   {"patch", run_patch}, {"stored", run_stored},
        {"envelope", run_envelope}, {"message", run_message}, {"callback", run_callback}, {"open", run_open},
        {"partial", run_partial},
        {"value", run_value},     {"crypto", run_crypto},     {"url", run_url},     {"address", run_address},
        {"diagnosis-published", run_diagnosis}, {"diagnosis", run_diagnosis},
        {"sealed-seal", run_seal}, {"sealed-open", run_sealed_open}, {"signature-secrets", run_signing_secret},
        {"signature-sign", run_sign}, {"signature-verify", run_verify}};
    std::size_t failures = 0, total = 0;
    for (std::size_t s = 0; s < test_suite_count; ++s) {
        const auto &suite = test_suites[s];
        std::size_t ran = 0, refused = 0, bad = 0;
        for (std::size_t i = 0; i < suite.count; ++i, ++ran) {
            place = std::string(suite.name) + ": " + suite.cases[i].name;
            failed = 0;
            refused += runners.at(suite.name)(suite.cases[i]);
            bad += failed > 0;
        }
        std::printf("count %s cpp ran=%zu refused=%zu failed=%zu\n", suite.name, ran, refused, bad);
        failures += bad + (ran != suite.count);
        total += ran;
    }
    if (test_suite_count != runners.size() || total < 2000) {
        std::printf("FAILED only %zu cases in %zu suites\n", total, test_suite_count);
        failures++;
    }
    return failures > 0;
}
