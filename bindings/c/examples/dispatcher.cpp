// A dispatcher: loads stored profiles from SQLite, and sends callbacks from a queue in several threads.
//
//     c++ -std=c++17 dispatcher.cpp $(pkg-config --cflags --libs callback_profile sqlite3) -pthread -o dispatcher
//     ./dispatcher profiles.db 8 loopback < jobs     # without `loopback`, callbacks go to public addresses alone
//
// `profiles.db` is what service.c and service.cpp write. A job is a line: the id of a profile, a blank, and the record as JSON. At the end it
// prints how many callbacks were delivered, and how many were not, by reason; a job that was not delivered is written to the
// standard error output with its reason, to be tried again. It writes no key and no value of a record.
#include "http.h"
#include "store.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace {

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
    const Profiles profiles = Store(argv[1]).load(); // never changes: threads share it
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
