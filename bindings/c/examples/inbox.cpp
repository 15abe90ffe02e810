// A receiver: opens callbacks by the key that each one names, reads one value, and writes it to SQLite. What inbox.c does, in C++17.
//
//     c++ -std=c++17 inbox.cpp $(pkg-config --cflags --libs callback_profile sqlite3) -pthread -o inbox
//     ./inbox inbox.db 8080 2026-01=old.json 2026-02=new.json     # ids of keys, and the profiles that have them
//
//     POST /callbacks     200 if it was opened, 400 if not: the sender is never told why, the log is
//
// While a key is changed, both profiles are in the ring; take the old one out after the longest retry of the sender.
#include "http.h"
#include "store.hpp"

#include <fstream>
#include <sstream>

namespace {

// What all threads share; the ring does not change any more, and the database has a lock of its own.
struct Inbox {
    const Store &store;
    const cbp::KeyRing &ring;
};
const Inbox *inbox;

std::string_view view(cbp_str text) { return {text.data, text.len}; }

void refuse(int connection, std::size_t size, const std::string &reason) {
    std::cerr << "refused " + std::to_string(size) + " bytes: " + reason + "\n"; // for the log alone
    http_answer(connection, 400, "application/json",
                CBP_STR(R"({"code":"RBC302","message":"the callback could not be opened","data":{},)"
                        R"("error":[{"body":"the callback could not be opened"}],"status":400})"));
}

void handle(int connection, const http_message *request) try {
    cbp_str part;
    if (!http_is_post(request, "/callbacks", "", &part) || part.len > 0)
        return http_answer(connection, 404, "text/plain", CBP_STR("no such place\n"));
    cbp::ReceivedRequest received{{}, view(request->line[1]), view(request->body)};
    for (std::size_t i = 0; i < request->header_count; ++i)
        received.headers.emplace_back(view(request->headers[i].name), view(request->headers[i].value));
    const auto opened = inbox->ring.open(received);
    if (!opened) return refuse(connection, request->body.len, opened.error().name());
    const auto to = opened->opened().get("to");
    if (!to || to->kind != cbp::Kind::string) return refuse(connection, request->body.len, "`to` is no string");
    inbox->store.insert("INSERT INTO received VALUES (?1, ?2)", opened->key_id().value_or(""), to->text.view());
    http_answer(connection, 200, "application/json", CBP_STR("{}"));
} catch (const std::exception &error) {
    std::cerr << std::string(error.what()) + "\n"; // a database that is full, or no memory: the sender comes again
    http_answer(connection, 503, "text/plain", CBP_STR("try again\n"));
}

} // namespace

int main(int argc, char **argv) try {
    if (argc < 4) return std::cerr << "usage: inbox DATABASE PORT ID=PROFILE.json ...\n", 2;
    const Store store(argv[1]);
    store.create("CREATE TABLE IF NOT EXISTS received (key_id TEXT, recipient TEXT)");
    auto ring = cbp::KeyRing::by_header("x-key-id").value_or_throw();
    for (int i = 3; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        const auto end = std::min(argument.find('='), argument.size() - 1);
        std::ostringstream json;
        json << std::ifstream(argv[i] + end + 1).rdbuf();
        ring.add(argument.substr(0, end), cbp::StoredProfile::parse(json.str()).value_or_throw().into_profile().value_or_throw())
            .value_or_throw();
    }
    const Inbox running{store, ring};
    inbox = &running;
    return http_serve(argv[2], handle) ? 0 : 1;
} catch (const std::exception &error) {
    std::cerr << "inbox: " << error.what() << '\n';
    return 1;
}
