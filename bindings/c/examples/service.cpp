// A service: registers profiles from requests, stores them in SQLite, loads them, renders messages and sends callbacks. What
// service.c does, in C++17.
//
//     c++ -std=c++17 service.cpp $(pkg-config --cflags --libs callback_profile sqlite3) -pthread -o service
//     ./service profiles.db 8080 loopback     # 0 picks a port; without `loopback`, callbacks go to public addresses alone
//
//     POST /v1/{sid}/callback/profiles        registers a profile: 201 with its id, or 400 with every violation
//     POST /messages/{id}                     a record: sends the callback, and answers with the message
#include "http.h"
#include "store.hpp"

#include <mutex>
#include <random>

namespace {

// What all threads share. A profile never changes and stays where it is, so threads use it without the lock.
struct Service {
    const Store &store;
    bool loopback_too;
    std::mutex lock;
    Profiles profiles;
};
Service *service;

std::string_view view(cbp_str text) { return {text.data, text.len}; }
cbp_str text(std::string_view view) { return {view.data(), view.size()}; }

void answer(int connection, const cbp::Envelope &envelope) {
    const auto json = envelope.to_json().value_or_throw();
    http_answer(connection, envelope.status(), "application/json", text(json.view()));
}

// 32 hexadecimal digits that nobody can guess.
std::string new_id() {
    std::random_device system; // the operating system's
    std::string id;
    for (int i = 0; i < 32; ++i) id += "0123456789abcdef"[system() % 16];
    return id;
}

void register_profile(int connection, const http_message &request, std::string_view sid) {
    cbp::Request parts{sid, {}, view(request.body)};
    for (std::size_t i = 0; i < request.header_count; ++i)
        parts.headers.emplace_back(view(request.headers[i].name), view(request.headers[i].value));
    auto profile = parts.parse();
    if (!profile) return answer(connection, cbp::Envelope::refused(profile.error()).value_or_throw());
    const auto id = new_id();
    const auto created = cbp::Envelope::created(*profile, id).value_or_throw();
    service->store.insert(id, *profile);
    {
        const std::lock_guard guard(service->lock);
        service->profiles.emplace(id, std::move(*profile));
    }
    answer(connection, created);
}

// Sends the callback of a record. The answer is the message, 400 if the record is wrong, or 502 if it could not be delivered.
void send_callback(int connection, const cbp::Profile &profile, std::string_view record) {
    constexpr auto type = "text/plain; charset=utf-8";
    const auto message = profile.message(record);
    const auto callback = profile.callback(record);
    if (!message || !callback) {
        const auto why = (message ? callback.error() : message.error()).message();
        return http_answer(connection, 400, type, text(why));
    }
    const auto room = std::make_unique<http_message>();
    const char *reason = "refused";
    const int other = http_connect(callback->get(), service->loopback_too, &reason); // it checks the address
    const int status = other < 0 ? 0 : http_send(other, callback->get(), room.get());
    if (other >= 0) close(other);
    if (status / 100 != 2) std::cerr << "not delivered: " << reason << ", status " + std::to_string(status) + "\n";
    const auto shown = message->text();
    http_answer(connection, status / 100 == 2 ? 200 : 502, type, text(shown));
}

void handle(int connection, const http_message *request) try {
    cbp_str part;
    if (http_is_post(request, "/v1/", "/callback/profiles", &part)) {
        register_profile(connection, *request, view(part));
    } else if (http_is_post(request, "/messages/", "", &part)) {
        std::unique_lock guard(service->lock);
        const auto found = service->profiles.find(std::string(view(part)));
        const auto *profile = found == service->profiles.end() ? nullptr : &found->second;
        guard.unlock();
        if (profile) send_callback(connection, *profile, view(request->body));
        else answer(connection, cbp::Envelope::not_found(view(part)).value_or_throw());
    } else {
        http_answer(connection, 404, "text/plain", CBP_STR("no such place\n"));
    }
} catch (const std::exception &error) {
    std::cerr << std::string(error.what()) + "\n"; // a database that is full, or no memory: the sender may try again
    http_answer(connection, 503, "text/plain", CBP_STR("try again\n"));
}

} // namespace

int main(int argc, char **argv) try {
    if (argc < 3) return std::cerr << "usage: service DATABASE PORT [loopback]\n", 2;
    const Store store(argv[1]);
    Service running{store, argc > 3 && std::string_view(argv[3]) == "loopback", {}, store.load()};
    service = &running;
    return http_serve(argv[2], handle) ? 0 : 1;
} catch (const std::exception &error) {
    std::cerr << "service: " << error.what() << '\n';
    return 1;
}
