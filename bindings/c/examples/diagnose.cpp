// Why does a text not open? The same as diagnose.c, in C++17.
#include <callback_profile.hpp>

#include <iostream>

int main() try {
    const auto profile = cbp::Profile::parse(R"({"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
        "body": {"to": "<to>"}, "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}})")
                             .value_or_throw();
    cbp::DiagnoseOptions known;
    known.expected = {"+919876543210"}; // also: a profile with an older key, or a whole received body
    const auto diagnosis = profile.diagnose({"hI0izbdzQmxjgF/+gQ=="}, known).value_or_throw();
    const auto findings = diagnosis.findings(); // best first, and never empty
    std::cout << findings[0].cause << ", " << findings[0].grade << "\nsender: " << findings[0].at_sender
              << "\nreceiver: " << findings[0].at_receiver << '\n';
    return diagnosis.is_found() ? 0 : 1;
} catch (const cbp::Exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
