// The guide's first four chapters in C++17: a profile is registered, stored, sent and received. README.md explains them.
#include <callback_profile.hpp>

#include <iostream>

namespace {

constexpr auto payload = R"({"title": "Receipts", "http_method": "POST", "url": "https://example.com/sms?source=guide",
    "body": {"status": "<status>", "to": "<recipient>"}, "response_message": "Thank you, {\"name\": \"first_name\"}",
    "enc": {"algo": "AES-256-GCM", "key": "K1abcdefghijkl2PK1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}})";
constexpr auto record = R"({"status": "DELIVERED", "recipient": "+919876543210", "first_name": "Asha"})";

// The profile of a create request, or why it is refused.
cbp::Result<cbp::Profile> registered(std::string_view body) {
    const cbp::Request request{"HX1", {{"api-key", "A0"}, {"content-type", "application/json"}}, body};
    auto profile = request.parse();
    if (!profile)
        for (const auto &violation : profile.error().violations()) std::cout << violation << '\n';
    else
        for (const auto &advisory : profile->advisories()) std::cout << "accepted, but: " << advisory.code << '\n';
    const auto envelope = profile ? cbp::Envelope::created(*profile, "p1") : cbp::Envelope::refused(profile.error());
    if (envelope) std::cout << "answered with status " << envelope->status() << '\n';
    return profile;
}

cbp::Profile stored(const cbp::Profile &profile) {
    const auto json = profile.to_json(cbp::Secrets::shown).value_or_throw(); // to the database, and back:
    auto loaded = cbp::StoredProfile::parse(json.view()).value_or_throw().into_profile().value_or_throw();
    std::cout << "loaded: " << loaded.title() << '\n';
    return loaded;
}

// Fills `callback`, which a thread uses again and again.
void sent(const cbp::Profile &profile, cbp::Callback &callback) {
    std::cout << "message: " << profile.message(record).value_or_throw().text() << '\n';
    profile.callback_into(record, callback).value_or_throw();
    const auto destination = callback.destination().value();
    std::cout << "to " << destination.host << ", port " << destination.port << ": " << callback.method() << ' '
              << destination.target << "\nbody: " << callback.body_view() << '\n';
}

void received(const cbp::Profile &profile, std::string_view body) {
    const auto opened = profile.open_details(body);
    if (const auto to = opened ? opened->get("to") : std::nullopt; to && to->kind == cbp::Kind::string)
        std::cout << "opened: " << to->text.view() << '\n';
    else if (!opened)
        std::cout << "for the log alone: " << opened.error().name() << '\n';
}

} // namespace

int main() try {
    if (registered(R"({"title": "Receipts", "http_method": "PATCH"})")) return 1;
    const auto profile = stored(registered(payload).value_or_throw());
    cbp::Callback callback;
    sent(profile, callback);
    const auto body = callback.body_view();
    received(profile, body);
    received(profile, body.substr(0, body.size() / 2));
} catch (const cbp::Exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
