// A dispatcher: loads stored profiles from SQLite, and sends callbacks from a queue in several threads.
//
//     c++ -std=c++17 dispatcher.cpp $(pkg-config --cflags --libs callback_profile sqlite3) -pthread -o dispatcher
//     ./dispatcher profiles.db 8 loopback < jobs     # without `loopback`, callbacks go to public addresses alone
//
// `profiles.db` is what service.c writes. A job is a line: the id of a profile, a blank, and the record as JSON. At the end it
// prints how many callbacks were delivered, and how many were not, by reason; a job that was not delivered is written to the
// standard error output with its reason, to be tried again. It writes no key and no value of a record.
#include <callback_profile.hpp>

#include "http.h"

#include <condition_variable>
#include <deque>
#include <iostream>
#include <map>
#include <mutex>
#include <sqlite3.h>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

using Profiles = std::unordered_map<std::string, cbp::Profile>; // never changes once it is loaded: threads share it

struct Job {
    std::size_t number; // of its line
    std::string profile, record;
};

// Jobs on their way to the threads; it holds back whoever fills it faster than they work.
class Queue {
  public:
    void push(Job job) {
        std::unique_lock guard(lock_);
        changed_.wait(guard, [&] { return jobs_.size() < 1024; });
        jobs_.push_back(std::move(job));
        changed_.notify_all();
    }
    void close() {
        const std::lock_guard guard(lock_);
        closed_ = true;
        changed_.notify_all();
    }
    // Nothing after the last one.
    std::optional<Job> pop() {
        std::unique_lock guard(lock_);
        changed_.wait(guard, [&] { return closed_ || !jobs_.empty(); });
        if (jobs_.empty()) return std::nullopt;
        std::optional<Job> job(std::move(jobs_.front()));
        jobs_.pop_front();
        changed_.notify_all();
        return job;
    }

  private:
    std::mutex lock_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    bool closed_ = false;
};

// What became of the jobs.
class Outcomes {
  public:
    void add(const Job &job, const std::string &outcome) {
        const std::lock_guard guard(lock_);
        counts_[outcome]++;
        if (outcome != "delivered") std::cerr << "line " << job.number << ": " << outcome << '\n';
    }
    bool print() const {
        for (const auto &[outcome, count] : counts_) std::cout << outcome << ' ' << count << '\n';
        return counts_.empty() || (counts_.size() == 1 && counts_.begin()->first == "delivered");
    }

  private:
    std::mutex lock_;
    std::map<std::string, std::size_t> counts_;
};

Profiles load(const char *path) {
    sqlite3 *opened = nullptr;
    sqlite3_stmt *prepared = nullptr;
    const int status = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(opened, sqlite3_close);
    if (status != SQLITE_OK || sqlite3_prepare_v2(opened, "SELECT id, json FROM profiles", -1, &prepared, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(opened));
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, sqlite3_finalize);
    const auto text = [&](int column) {
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(prepared, column));
        return std::string_view(bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(prepared, column)));
    };
    Profiles profiles;
    std::size_t refused = 0;
    while (sqlite3_step(prepared) == SQLITE_ROW) {
        auto stored = cbp::StoredProfile::parse(text(1));
        if (stored) profiles.emplace(text(0), std::move(*stored).into_profile().value_or_throw());
        else refused++, std::cerr << "profile " << text(0) << ": " << stored.error() << '\n';
    }
    std::cout << "loaded " << profiles.size() << " profiles, refused " << refused << '\n';
    return profiles;
}

// Sends one callback; `callback` and `room` are memory that a thread uses again and again. Returns what became of it.
std::string deliver(const Profiles &profiles, const Job &job, bool loopback_too, cbp::Callback &callback, http_message &room) {
    const auto profile = profiles.find(job.profile);
    if (profile == profiles.end()) return "unknown_profile";
    if (const auto made = profile->second.callback_into(job.record, callback); !made) return made.error().name();
    const char *reason = nullptr;
    const int connection = http_connect(callback.get(), loopback_too, &reason); // it checks the address
    if (connection < 0) return reason;
    const int status = http_send(connection, callback.get(), &room);
    close(connection);
    if (status / 100 == 2) return "delivered";
    return status == 0 ? "no_answer" : "status_" + std::to_string(status);
}

} // namespace

int main(int argc, char **argv) try {
    if (argc < 3) return std::cerr << "usage: dispatcher DATABASE THREADS [loopback] < JOBS\n", 2;
    const Profiles profiles = load(argv[1]);
    const bool loopback_too = argc > 3 && std::string_view(argv[3]) == "loopback";
    Queue queue;
    Outcomes outcomes;
    std::vector<std::thread> threads;
    for (int i = 0; i < std::max(1, std::atoi(argv[2])); ++i)
        threads.emplace_back([&] {
            cbp::Callback callback;
            const auto room = std::make_unique<http_message>();
            while (const auto job = queue.pop()) outcomes.add(*job, deliver(profiles, *job, loopback_too, callback, *room));
        });
    std::string line;
    for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
        const auto blank = std::min(line.find(' '), line.size());
        queue.push({number, line.substr(0, blank), line.substr(blank)});
    }
    queue.close();
    for (auto &thread : threads) thread.join();
    return outcomes.print() ? 0 : 1;
} catch (const std::exception &error) {
    std::cerr << "dispatcher: " << error.what() << '\n';
    return 2;
}
