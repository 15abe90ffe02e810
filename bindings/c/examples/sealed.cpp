// Callbacks that can be trusted: the same as sealed.c, in C++17.
#include <callback_profile.hpp>

#include <ctime>
#include <iostream>
#include <random>

namespace {

constexpr auto record = R"({"recipient": "+919876543210"})";

// A profile of the documented format, whose callbacks say which key they were made with.
cbp::Profile documented(const std::string &id, const std::string &key) {
    return cbp::Profile::parse(R"({"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
        "headers": {"x-key-id": ")" + id + R"("}, "body": {"to": "<recipient>"},
        "enc": {"algo": "AES-128-GCM", "key": ")" + key + R"(", "IV": "POabcdefghijklLY"}})")
        .value_or_throw();
}

// Bytes of the operating system.
cbp::Random random_bytes() {
    std::random_device device("/dev/urandom");
    cbp::Random bytes;
    for (auto &byte : bytes) byte = static_cast<std::uint8_t>(device());
    return bytes;
}

void signing(const cbp::Profile &profile) {
    const auto now = static_cast<std::uint64_t>(std::time(nullptr));
    const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"; // `cbp keygen --signing` makes one
    // The sender. A retry has the same id and a new timestamp.
    const auto signer = cbp::Signer::create({secret}).value_or_throw();
    const auto callback = profile.callback(record).value_or_throw();
    const auto signature = callback.sign(signer, "msg_1", now).value_or_throw();
    const auto headers = signature.headers(); // send them beside those of the callback
    // The receiver: the signature over the raw body first, then the parameters.
    const auto verifier = cbp::Verifier::create({secret}).value_or_throw();
    cbp::ReceivedRequest request{{}, "/sms", callback.body_view()};
    for (const auto &[name, value] : headers) request.headers.emplace_back(name, value);
    const auto received = profile.receive(verifier, request, now).value_or_throw();
    std::cout << received.id() << ": " << received.opened().json_view() << '\n';
}

void sealing() {
    const auto now = static_cast<std::uint64_t>(std::time(nullptr));
    // A new key with an id of its own; sender and receiver keep the profile.
    const auto enc = cbp::keygen_sealed("2026-11", random_bytes()).value_or_throw();
    const auto profile = cbp::Profile::parse(R"({"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
        "body": {"to": "<recipient>"}, "enc": )" + std::string(enc.view()) + "}").value_or_throw();
    // The sender: new random bytes for every callback, the time, and an id, which each retry has too.
    cbp::CallOptions sending;
    sending.random = random_bytes();
    sending.issued_at = now;
    sending.id = "msg_2";
    const auto callback = profile.callback(record, sending).value_or_throw();
    // The receiver: everything that it expects is a decision. std::nullopt: not checked.
    cbp::CallOptions receiving;
    receiving.expected = cbp::Expected(cbp::Freshness::within(now, CBP_DEFAULT_TOLERANCE), cbp::Method::post,
                                       "https://example.com/sms", std::nullopt);
    const auto opened = profile.open_details(callback.body_view(), receiving).value_or_throw();
    const auto message = opened.sealed().value();
    std::cout << message.kid << ", " << message.id << ": " << opened.json_view() << '\n';
}

void changing(const cbp::Profile &old_profile, const cbp::Profile &new_profile) {
    auto ring = cbp::KeyRing::by_header("x-key-id").value_or_throw();
    ring.add("2026-01", old_profile).value_or_throw();
    ring.add("2026-02", new_profile).value_or_throw();                 // 1: the receiver adds the new key
    const auto callback = new_profile.callback(record).value_or_throw(); // 2: the sender switches
    const auto headers = callback.headers();
    cbp::ReceivedRequest request{{}, "/sms", callback.body_view()};
    for (const auto &[name, value] : headers) request.headers.emplace_back(name, value);
    const auto received = ring.open(request).value_or_throw();
    std::cout << received.key_id().value_or("") << ": " << received.opened().json_view() << '\n';
    ring.remove("2026-01"); // 4: after the longest retry
}

} // namespace

int main() try {
    const auto old_profile = documented("2026-01", "K1abcdefghijkl2P");
    const auto new_profile = documented("2026-02", "otherkeyotherkey");
    signing(old_profile);
    sealing();
    changing(old_profile, new_profile);
    return 0;
} catch (const cbp::Exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
