// The quick start in C++17: a profile, an outgoing callback, and opening it at the other end. CMakeLists.txt builds it.
#include <callback_profile.hpp>

#include <iostream>

int main() try {
    // 1. Parse: having a profile is the proof that the payload obeys the rules.
    const auto profile = cbp::Profile::parse(R"({
        "title": "Delivery status", "http_method": "POST", "url": "https://example.com/sms",
        "body": {"status": "<status>", "to": "<recipient>"},
        "response_message": "Thank you, {\"name\": \"first_name\"}",
        "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}
    })").value_or_throw();
    for (const auto &advisory : profile.advisories()) std::cout << "advisory  " << advisory.code << '\n';

    // 2. Per callback: a record fills the replacers, and the values go out encrypted.
    constexpr auto record = R"({"status": "DELIVERED", "recipient": "+919876543210", "first_name": "John"})";
    const auto callback = profile.callback(record).value_or_throw();
    std::cout << "request   " << callback.method_name() << ' ' << callback.url() << '\n'
              << "body      " << callback.body().value_or("") << '\n'
              << "message   " << profile.message(record).value_or_throw().text() << '\n';

    // 3. At the other end: open it. Without exceptions, ask the result.
    const auto opened = profile.open(callback.body().value_or(""));
    if (!opened) {
        std::cerr << opened.error().name() << '\n';
        return 1;
    }
    std::cout << "opened    " << opened->view() << '\n';
} catch (const cbp::Exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
