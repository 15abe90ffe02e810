// Profiles in SQLite, for service.cpp and dispatcher.cpp: the id and the JSON of each, with its key. Whoever reads the database
// has the keys.
#ifndef EXAMPLE_STORE_HPP
#define EXAMPLE_STORE_HPP

#include <callback_profile.hpp>

#include <iostream>
#include <sqlite3.h>
#include <string>
#include <unordered_map>

using Profiles = std::unordered_map<std::string, cbp::Profile>;

class Store {
  public:
    explicit Store(const char *path) {
        sqlite3 *database = nullptr;
        const int status = sqlite3_open(path, &database);
        database_.reset(database);
        if (status != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database));
        run(prepared("CREATE TABLE IF NOT EXISTS profiles (id TEXT PRIMARY KEY, json TEXT NOT NULL)"));
    }

    // Every profile that is stored. One that is refused is named, and the others are there.
    Profiles load() const {
        Profiles profiles;
        std::size_t refused = 0;
        const auto statement = prepared("SELECT id, json FROM profiles");
        while (sqlite3_step(statement.get()) == SQLITE_ROW) {
            auto stored = cbp::StoredProfile::parse(text(statement, 1));
            if (stored) profiles.emplace(text(statement, 0), std::move(*stored).into_profile().value_or_throw());
            else refused++, std::cerr << "profile " << text(statement, 0) << ": " << stored.error() << '\n';
        }
        std::cout << "loaded " << profiles.size() << " profiles, refused " << refused << std::endl;
        return profiles;
    }

    void insert(std::string_view id, const cbp::Profile &profile) const {
        const auto json = profile.to_json(cbp::Secrets::shown).value_or_throw();
        insert("INSERT INTO profiles (id, json) VALUES (?1, ?2)", id, json.view());
    }

    // Runs a statement with two texts.
    void insert(const char *sql, std::string_view first, std::string_view second) const {
        auto statement = prepared(sql);
        sqlite3_bind_text(statement.get(), 1, first.data(), static_cast<int>(first.size()), SQLITE_STATIC);
        sqlite3_bind_text(statement.get(), 2, second.data(), static_cast<int>(second.size()), SQLITE_STATIC);
        run(std::move(statement));
    }

    void create(const char *sql) const { run(prepared(sql)); }

  private:
    template <class T, int (*Free)(T *)> struct Freed {
        void operator()(T *object) const { Free(object); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Freed<sqlite3_stmt, sqlite3_finalize>>;

    Statement prepared(const char *sql) const {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(database_.get()));
        return Statement(statement);
    }
    void run(Statement statement) const {
        if (sqlite3_step(statement.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database_.get()));
    }
    static std::string_view text(const Statement &statement, int column) {
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement.get(), column));
        return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), column))};
    }
    std::unique_ptr<sqlite3, Freed<sqlite3, sqlite3_close>> database_;
};

#endif
