// callback_profile.hpp - the C++17 layer over callback_profile.h: header-only, move-only objects that free themselves,
// std::string_view in, std::string out, and cbp::Result<T> instead of exceptions; value_or_throw() throws, if you prefer.
//
// - Results. What can fail returns a Result: true if it succeeded, false if not, also if it has no value (Result<void>).
// - Ownership. Every object frees itself. A moved-from object behaves like an empty one.
// - Views. A function whose name ends in `view` returns memory of its object: valid until that object is filled again,
//   moved from or destroyed. The compiler refuses it for a temporary object.
// - Threads. Objects never change once they are made, except a Callback that is filled again and a KeyRing: threads may
//   share `const` objects, without locks.
// - Secrets. Text that may hold keys or decrypted values is a cbp::Secret, which overwrites its memory.
//
// Link the C library: -lcallback_profile.
//
// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef CALLBACK_PROFILE_HPP
#define CALLBACK_PROFILE_HPP

#include "callback_profile.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cbp {

enum class Policy : std::uint32_t { documented = CBP_POLICY_DOCUMENTED, strict = CBP_POLICY_STRICT };

enum class Encoding : std::uint32_t {
    base64 = CBP_ENCODING_BASE64,
    base64url = CBP_ENCODING_BASE64URL,
    hex = CBP_ENCODING_HEX
};

enum class Tag : std::uint32_t { appended = CBP_TAG_APPENDED, prepended = CBP_TAG_PREPENDED };

enum class Reading : std::uint32_t { tolerant = CBP_READING_TOLERANT, strict = CBP_READING_STRICT };

enum class Missing : std::uint32_t {
    empty = CBP_MISSING_EMPTY,
    keep = CBP_MISSING_KEEP,
    error = CBP_MISSING_ERROR,
    null = CBP_MISSING_NULL
};

enum class Surrogates : std::uint32_t { refuse = CBP_SURROGATES_REFUSE, replace = CBP_SURROGATES_REPLACE };

// Whether a callback may be signed whose parameters the signature does not cover.
enum class Coverage : std::uint32_t { required = CBP_COVERAGE_REQUIRED, not_required = CBP_COVERAGE_NOT_REQUIRED };

enum class Secrets : std::uint32_t { masked = CBP_SECRETS_MASKED, shown = CBP_SECRETS_SHOWN };

enum class Limit : std::uint32_t {
    payload_bytes = CBP_LIMIT_PAYLOAD_BYTES,
    record_bytes = CBP_LIMIT_RECORD_BYTES,
    received_bytes = CBP_LIMIT_RECEIVED_BYTES,
    depth = CBP_LIMIT_DEPTH,
    nodes = CBP_LIMIT_NODES,
    violations = CBP_LIMIT_VIOLATIONS,
    url_bytes = CBP_LIMIT_URL_BYTES,
    headers = CBP_LIMIT_HEADERS,
    header_name_bytes = CBP_LIMIT_HEADER_NAME_BYTES,
    header_value_bytes = CBP_LIMIT_HEADER_VALUE_BYTES,
    headers_bytes = CBP_LIMIT_HEADERS_BYTES,
    replacers = CBP_LIMIT_REPLACERS,
    output_bytes = CBP_LIMIT_OUTPUT_BYTES
};

enum class Algorithm : std::uint32_t {
    aes_128_gcm = CBP_ALGORITHM_AES_128_GCM,
    aes_192_gcm = CBP_ALGORITHM_AES_192_GCM,
    aes_256_gcm = CBP_ALGORITHM_AES_256_GCM,
    aes_128_cfb = CBP_ALGORITHM_AES_128_CFB,
    aes_192_cfb = CBP_ALGORITHM_AES_192_CFB,
    aes_256_cfb = CBP_ALGORITHM_AES_256_CFB
};

enum class Method : std::uint32_t {
    get = CBP_METHOD_GET,
    post = CBP_METHOD_POST,
    put = CBP_METHOD_PUT,
    del = CBP_METHOD_DELETE
};

enum class Channel : std::uint32_t { sms = CBP_CHANNEL_SMS, other = CBP_CHANNEL_DEFAULT };

enum class Status : std::uint32_t {
    active = CBP_PROFILE_STATUS_ACTIVE,
    auto_disabled = CBP_PROFILE_STATUS_AUTO_DISABLED,
    disabled = CBP_PROFILE_STATUS_DISABLED
};

// What an opened value is.
enum class Kind : std::uint32_t {
    null = CBP_KIND_NULL,
    is_false = CBP_KIND_FALSE,
    is_true = CBP_KIND_TRUE,
    number = CBP_KIND_NUMBER,
    string = CBP_KIND_STRING,
    array = CBP_KIND_ARRAY,
    object = CBP_KIND_OBJECT
};

enum class AddressVerdict : std::uint32_t {
    is_public = CBP_ADDRESS_PUBLIC,
    loopback = CBP_ADDRESS_LOOPBACK,
    is_private = CBP_ADDRESS_PRIVATE,
    shared = CBP_ADDRESS_SHARED,
    link_local = CBP_ADDRESS_LINK_LOCAL,
    metadata = CBP_ADDRESS_METADATA,
    unspecified = CBP_ADDRESS_UNSPECIFIED,
    multicast = CBP_ADDRESS_MULTICAST,
    documentation = CBP_ADDRESS_DOCUMENTATION,
    reserved = CBP_ADDRESS_RESERVED
};

// ---------------------------------------------------------------------------------------------------- helpers

namespace detail {

template <auto Free> struct Deleter {
    template <class T> void operator()(T *object) const noexcept { Free(object); }
};

template <class T, auto Free> using Handle = std::unique_ptr<T, Deleter<Free>>;

using Bytes = Handle<cbp_bytes, cbp_bytes_free>;

inline std::string text(cbp_str view) { return view.data ? std::string(view.data, view.len) : std::string(); }

inline std::string_view view(cbp_str text) noexcept { return text.data ? std::string_view(text.data, text.len) : ""; }

inline std::optional<std::string> optional_text(cbp_str view) {
    return view.data ? std::optional<std::string>(std::in_place, view.data, view.len) : std::nullopt;
}

inline std::string text(const Bytes &bytes) {
    return std::string(cbp_bytes_data(bytes.get()), cbp_bytes_len(bytes.get()));
}

// For optional texts of the C functions: a text that is present is not NULL, even if it is empty.
inline const char *data(std::string_view view) noexcept { return view.data() ? view.data() : ""; }

// Frees an object, unless another object owns it.
template <auto Free> struct SharedDeleter {
    bool is_owner = true;
    template <class T> void operator()(const T *object) const noexcept {
        if (is_owner) Free(const_cast<T *>(object));
    }
};

template <class T, auto Free> using SharedHandle = std::unique_ptr<const T, SharedDeleter<Free>>;

// The headers of an object, without copies: pairs of name and value, in order.
template <class Object, auto Count, auto Name, auto Value> class HeaderViews {
  public:
    using value_type = std::pair<std::string_view, std::string_view>;
    class iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = std::pair<std::string_view, std::string_view>;
        using pointer = void;
        using reference = value_type;

        iterator(const Object *object, std::size_t index) noexcept : object_(object), index_(index) {}
        value_type operator*() const noexcept { return {view(Name(object_, index_)), view(Value(object_, index_))}; }
        iterator &operator++() noexcept { return ++index_, *this; }
        iterator operator++(int) noexcept { return {object_, index_++}; }
        bool operator==(const iterator &other) const noexcept { return index_ == other.index_; }
        bool operator!=(const iterator &other) const noexcept { return index_ != other.index_; }

      private:
        const Object *object_;
        std::size_t index_;
    };

    explicit HeaderViews(const Object *object) noexcept : object_(object) {}
    iterator begin() const noexcept { return {object_, 0}; }
    iterator end() const noexcept { return {object_, size()}; }
    std::size_t size() const noexcept { return Count(object_); }
    bool empty() const noexcept { return size() == 0; }

  private:
    const Object *object_;
};

// Views of texts that outlive them.
template <class Texts> std::vector<cbp_str> views(const Texts &texts) {
    std::vector<cbp_str> views;
    views.reserve(texts.size());
    for (const auto &text : texts) views.push_back({text.data(), text.size()});
    return views;
}

template <class Object, class Count, class Get> std::vector<std::string> list(Object *object, Count count, Get get) {
    std::vector<std::string> texts;
    for (std::size_t index = 0, end = count(object); index < end; ++index) texts.push_back(text(get(object, index)));
    return texts;
}

} // namespace detail

// The version and ABI of the library at run time, and whether they fit this header.
inline std::string version() { return cbp_version(); }
inline std::uint32_t abi_version() noexcept { return cbp_abi_version(); }
inline bool abi_matches() noexcept { return cbp_abi_version() == CBP_ABI_VERSION; }

// ---------------------------------------------------------------------------------------------------- errors

struct Violation {
    std::string context; // params, headers or body
    std::string keyword;
    std::string pointer;
    std::string message;
    std::string params; // what the rule allows, as a JSON object: {"limit":64}
};

// Why a call failed. No text of it holds a key, an IV or the value of a header.
class Error {
  public:
    // Takes over `error`, which may be null.
    explicit Error(cbp_status code, cbp_error *error = nullptr) noexcept : code_(code), error_(error) {}

    // One of the CBP_ERROR numbers, and its stable name: `auth_failed`.
    cbp_status code() const noexcept { return code_; }
    std::string name() const { return detail::text(cbp_status_name(code_)); }
    std::string message() const {
        return detail::text(error_ ? cbp_error_message(error_.get()) : cbp_status_text(code_));
    }
    // The class of the error, by the call that failed: `ProfileError`, `ReplacerError`, `DecryptionError`,
    // `SignatureError`, `ArgumentError` or `InternalError`; see cbp_error_class(). Empty if this was made of a status alone,
    // which does not say which call failed.
    std::string error_class() const {
        if (!error_ && code_ == CBP_ERROR_INTERNAL) return "InternalError";
        return detail::text(cbp_error_class(error_.get()));
    }
    // The JSON Pointer of the first violation.
    std::optional<std::string> pointer() const { return detail::optional_text(cbp_error_pointer(error_.get())); }
    // The parameters that could not be opened, as they were sent: escape them before they are logged, or log message().
    std::vector<std::string> parameters() const {
        return detail::list(error_.get(), cbp_error_parameter_count, cbp_error_parameter_at);
    }
    // The first of them.
    std::optional<std::string> parameter() const { return detail::optional_text(cbp_error_parameter(error_.get())); }
    // Line and column, from 1, at which a text stops being JSON.
    std::optional<std::pair<std::size_t, std::size_t>> position() const {
        const auto line = cbp_error_line(error_.get()), column = cbp_error_column(error_.get());
        return line ? std::optional(std::pair(line, column)) : std::nullopt;
    }
    // The names that the record lacks.
    std::vector<std::string> missing() const {
        return detail::list(error_.get(), cbp_error_missing_count, cbp_error_missing);
    }
    // What the rules refuse.
    std::vector<Violation> violations() const {
        static constexpr const char *contexts[] = {"", "params", "headers", "body"};
        const cbp_error *error = error_.get();
        std::vector<Violation> list;
        for (std::size_t i = 0, end = cbp_error_violation_count(error); i < end; ++i) {
            const auto context = cbp_error_violation_context(error, i);
            list.push_back({context < 4 ? contexts[context] : "",
                            detail::text(cbp_error_violation_keyword(error, i)),
                            detail::text(cbp_error_violation_pointer(error, i)),
                            detail::text(cbp_error_violation_message(error, i)),
                            detail::text(cbp_error_violation_params(error, i))});
        }
        return list;
    }
    // The number of violations beyond those that are listed.
    std::size_t unlisted() const noexcept { return cbp_error_unlisted(error_.get()); }
    // The error as a JSON object.
    std::string to_json() const {
        cbp_bytes *json = nullptr;
        if (cbp_error_to_json(error_.get(), &json, nullptr) != CBP_OK)
            return "{\"code\":" + std::to_string(code_) + "}";
        return detail::text(detail::Bytes(json));
    }

    const cbp_error *get() const noexcept { return error_.get(); }

  private:
    cbp_status code_;
    detail::Handle<cbp_error, cbp_error_free> error_;
};

// What value_or_throw() throws: the whole error, and `name: message` as what().
class Exception : public std::runtime_error {
  public:
    explicit Exception(Error error)
        : std::runtime_error(error.name() + ": " + error.message()),
          error_(std::make_shared<const Error>(std::move(error))) {}

    const Error &error() const noexcept { return *error_; }
    cbp_status code() const noexcept { return error_->code(); }

  private:
    std::shared_ptr<const Error> error_; // shared, because an exception must be copyable and an Error is not
};

namespace detail {

// Ends the process and says why on the standard error output. An error's message never holds a value.
[[noreturn]] inline void misused(const char *call, const Error *error) {
    const std::string reason = error ? error->name() + ": " + error->message() : "there is no error";
    std::fprintf(stderr, "callback_profile: %s of a Result: %s\n", call, reason.c_str());
    std::abort();
}

} // namespace detail

// A value, or the error that says why there is none: true if there is a value.
//
// value(), `*` and `->` of a failure, and error() of a success, print why on the standard error output and end the process.
template <class T> class [[nodiscard]] Result {
  public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const noexcept { return content_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    // Of a temporary result the value itself, not a reference that would dangle.
    T &value() & { return present(); }
    const T &value() const & { return present(); }
    T value() && { return std::move(present()); }
    T &operator*() & { return present(); }
    const T &operator*() const & { return present(); }
    T operator*() && { return std::move(present()); }
    T *operator->() & { return &present(); }
    const T *operator->() const & { return &present(); }
    // A view of the value would dangle: keep the result, or write value().
    const T *operator->() const && = delete;

    const Error &error() const & {
        if (ok()) detail::misused("error()", nullptr);
        return *std::get_if<1>(&content_);
    }
    Error error() && {
        if (ok()) detail::misused("error()", nullptr);
        return std::move(*std::get_if<1>(&content_));
    }
#if defined(__cpp_exceptions)
    // The value, or a cbp::Exception with the error.
    T value_or_throw() && {
        if (!ok()) throw Exception(std::move(*std::get_if<1>(&content_)));
        return std::move(present());
    }
#endif

  private:
    const T &present() const {
        if (!ok()) detail::misused("value()", std::get_if<1>(&content_));
        return *std::get_if<0>(&content_);
    }
    T &present() { return const_cast<T &>(std::as_const(*this).present()); }

    std::variant<T, Error> content_;
};

// Success without a value, or the error: true after a success, like every Result.
template <> class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const noexcept { return !error_; }
    explicit operator bool() const noexcept { return ok(); }
    const Error &error() const & {
        if (ok()) detail::misused("error()", nullptr);
        return *error_;
    }
    Error error() && {
        if (ok()) detail::misused("error()", nullptr);
        return std::move(*error_);
    }
#if defined(__cpp_exceptions)
    // Nothing after a success; otherwise a cbp::Exception with the error.
    void value_or_throw() && {
        if (!ok()) throw Exception(std::move(*error_));
    }
#endif

  private:
    std::optional<Error> error_;
};

// ---------------------------------------------------------------------------------------------------- secrets

// Text or bytes whose memory is overwritten before it is freed. It can be moved, not copied.
class Secret {
  public:
    Secret() = default;
    // Copies `text`; wiping the original is up to the caller.
    explicit Secret(std::string_view text) : Secret(text.size()) {
        if (!text.empty()) std::memcpy(data_.get(), text.data(), text.size());
    }
    Secret(Secret &&other) noexcept
        : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)), room_(std::exchange(other.room_, 0)) {}
    // Overwrites the old content; `other` is empty afterwards.
    Secret &operator=(Secret &&other) noexcept {
        Secret taken(std::move(other));
        std::swap(data_, taken.data_);
        std::swap(size_, taken.size_);
        std::swap(room_, taken.room_);
        return *this;
    }
    ~Secret() { cbp_wipe(data_.get(), room_); }

    // The content, valid until this object is moved from or destroyed.
    std::string_view view() const & noexcept { return {data_.get() ? data_.get() : "", size_}; }
    std::string_view view() const && = delete;
    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }

    // `room` zero bytes for a result of the C functions: fill data(), then resize() to what was written. Throws
    // std::bad_alloc if there is not that much memory, also for SIZE_MAX.
    static Secret with_room(std::size_t room) { return Secret(room); }
    char *data() & noexcept { return data_.get(); }
    char *data() && = delete;
    std::size_t room() const noexcept { return room_; }
    void resize(std::size_t size) noexcept { size_ = size < room_ ? size : room_; }

  private:
    explicit Secret(std::size_t room) : data_(zeros(room)), size_(room), room_(room) {}
    static char *zeros(std::size_t room) {
#if defined(__cpp_exceptions)
        if (room > PTRDIFF_MAX) throw std::bad_array_new_length(); // no object is as large
#endif
        return new char[room]();
    }
    std::unique_ptr<char[]> data_;
    std::size_t size_ = 0;
    std::size_t room_ = 0;
};

// ---------------------------------------------------------------------------------------------------- options

struct WireFormat {
    Encoding encoding = Encoding::base64;
    Tag tag = Tag::appended;
    Reading reading = Reading::tolerant;
};

// The settings of a parse.
struct ParseOptions {
    Policy policy = Policy::documented;
    WireFormat wire_format = {};
    std::vector<std::pair<Limit, std::size_t>> limits = {}; // those that differ from their defaults
    bool refuse_sealed = false; // `enc` of version 2
    bool refuse_v1 = false;     // the documented `enc`
    bool is_signed = false;     // the callbacks will be signed: see cbp_parse_options_set_signed()
};

// Some of a profile's parameters: of a list, those of these names with everything below them; dots reach nested members.
class Parameters {
  public:
    Parameters() = default; // none
    Parameters(std::initializer_list<std::string> names) : names_(names) {}
    Parameters(std::vector<std::string> names) : names_(std::move(names)) {}
    static Parameters all() {
        Parameters all;
        all.is_all_ = true;
        return all;
    }
    bool is_all() const noexcept { return is_all_; }
    const std::vector<std::string> &names() const & noexcept { return names_; }
    const std::vector<std::string> &names() const && = delete;

  private:
    bool is_all_ = false;
    std::vector<std::string> names_;
};

// How old a sealed callback may be.
class Freshness {
  public:
    // The time of sending must not be further from `now` (seconds since 1970) than `tolerance`, both ways;
    // CBP_DEFAULT_TOLERANCE as a rule.
    static Freshness within(std::uint64_t now, std::uint64_t tolerance) noexcept { return {true, now, tolerance}; }
    // Any age: for archives.
    static Freshness not_checked() noexcept { return {false, 0, 0}; }

    bool is_checked() const noexcept { return is_checked_; }
    std::uint64_t now() const noexcept { return now_; }
    std::uint64_t tolerance() const noexcept { return tolerance_; }

  private:
    Freshness(bool is_checked, std::uint64_t now, std::uint64_t tolerance) noexcept
        : is_checked_(is_checked), now_(now), tolerance_(tolerance) {}
    bool is_checked_;
    std::uint64_t now_, tolerance_;
};

// What a receiver expects of a sealed callback beside the right key. There is no default: each part is a decision, and
// std::nullopt is the decision not to check. What is expected and missing is a mismatch.
struct Expected {
    Expected(Freshness how_old, std::optional<Method> with_method, std::optional<std::string> public_url,
             std::optional<std::string> of_profile)
        : freshness(how_old), method(with_method), url(std::move(public_url)), profile_id(std::move(of_profile)) {}

    Freshness freshness;
    std::optional<Method> method;
    std::optional<std::string> url; // the receiver's own public URL, never one of the headers Host or X-Forwarded-*
    std::optional<std::string> profile_id;
};

// The random bytes of a sealed callback, from the operating system.
using Random = std::array<std::uint8_t, CBP_SEALING_RANDOM_LEN>;

// The settings of one message, callback or opening.
struct CallOptions {
    Missing missing = Missing::empty;
    bool pairs = false;                                     // for messages
    std::optional<std::string> boundary = std::nullopt;     // of multipart callbacks
    std::optional<std::string> content_type = std::nullopt; // of a received body
    Parameters structures = {}; // where a received object or array of encrypted strings is taken for a whole `<name>`
    Parameters absent = {};     // which encrypted names may be absent from what is received, or null
    bool partial = false;       // open_details() opens a body without the parameters that do not open: Opened::failed()
    Surrogates surrogates = Surrogates::refuse; // of a record
    // A sealed callback is made with new random bytes, the time in seconds since 1970 and an id, which each retry and the
    // signature have too; the id of the profile, if both sides know it; and, on request, with the token as its whole body.
    std::optional<Random> random = std::nullopt;
    std::optional<std::uint64_t> issued_at = std::nullopt;
    std::optional<std::string> id = std::nullopt;
    std::optional<std::string> profile_id = std::nullopt;
    bool bare_token = false;
    std::optional<Expected> expected = std::nullopt; // a sealed callback is opened by it, and not without
};

namespace detail {

inline Error failed(cbp_status status, cbp_error *error) noexcept { return Error(status, error); }

inline Error other_abi() noexcept { return Error(CBP_ERROR_INTERNAL); }

inline Result<void> done(cbp_status status, cbp_error *error) {
    if (status != CBP_OK) return failed(status, error);
    return {};
}

// Makes a T of what `call(&handle, &error)` gives.
template <class T, class Raw, class Call> Result<T> make(Call call) {
    if (!abi_matches()) return other_abi();
    Raw *raw = nullptr;
    cbp_error *error = nullptr;
    const cbp_status status = call(&raw, &error);
    if (status != CBP_OK) return failed(status, error);
    return T(raw);
}

template <class Call> Result<std::string> make_text(Call call) {
    auto bytes = make<Bytes, cbp_bytes>(call);
    if (!bytes) return std::move(bytes).error();
    return text(*bytes);
}

template <class Call> Result<Secret> make_secret(Call call) {
    auto bytes = make<Bytes, cbp_bytes>(call);
    if (!bytes) return std::move(bytes).error();
    return Secret(std::string_view(cbp_bytes_data(bytes->get()), cbp_bytes_len(bytes->get())));
}

using ParseHandle = Handle<cbp_parse_options, cbp_parse_options_free>;
using CallHandle = Handle<cbp_call_options, cbp_call_options_free>;

inline cbp_status handle_of(const ParseOptions &options, ParseHandle &handle, cbp_error **error) {
    handle.reset(cbp_parse_options_new());
    const auto &format = options.wire_format;
    cbp_status status =
        cbp_parse_options_set_policy(handle.get(), static_cast<std::uint32_t>(options.policy), error);
    if (status == CBP_OK)
        status = cbp_parse_options_set_wire_format(
            handle.get(), static_cast<std::uint32_t>(format.encoding), static_cast<std::uint32_t>(format.tag),
            static_cast<std::uint32_t>(format.reading), error);
    for (const auto &[limit, value] : options.limits)
        if (status == CBP_OK)
            status = cbp_parse_options_set_limit(handle.get(), static_cast<std::uint32_t>(limit), value, error);
    if (status == CBP_OK) status = cbp_parse_options_set_refuse_sealed(handle.get(), options.refuse_sealed, error);
    if (status == CBP_OK) status = cbp_parse_options_set_refuse_v1(handle.get(), options.refuse_v1, error);
    if (status == CBP_OK) status = cbp_parse_options_set_signed(handle.get(), options.is_signed, error);
    return status;
}

// Sets parameters by the one or the other of two functions.
template <class SetNames, class AllowAll>
cbp_status set(cbp_call_options *handle, const Parameters &parameters, SetNames set_names, AllowAll allow_all,
               cbp_error **error) {
    if (parameters.is_all()) return allow_all(handle, error);
    const auto names = views(parameters.names());
    return set_names(handle, names.data(), names.size(), error);
}

// Sets what is expected by one of two functions.
template <class Handle, class Set>
cbp_status set(Handle *handle, const Expected &expected, Set set_expected, cbp_error **error) {
    const auto &[freshness, method, url, profile_id] = expected;
    return set_expected(handle, freshness.is_checked(), freshness.now(), freshness.tolerance(),
                        method ? static_cast<std::uint32_t>(*method) : 0, url ? url->data() : nullptr,
                        url ? url->size() : 0, profile_id ? profile_id->data() : nullptr,
                        profile_id ? profile_id->size() : 0, error);
}

// Sets what a sealed callback is made with.
inline cbp_status set_sealed(cbp_call_options *handle, const CallOptions &options, cbp_error **error) {
    cbp_status status = cbp_call_options_set_bare_token(handle, options.bare_token, error);
    if (const auto &random = options.random; status == CBP_OK && random)
        status = cbp_call_options_set_random(handle, random->data(), random->size(), error);
    if (status == CBP_OK && options.issued_at)
        status = cbp_call_options_set_issued_at(handle, *options.issued_at, error);
    if (const auto &id = options.id; status == CBP_OK && id)
        status = cbp_call_options_set_id(handle, id->data(), id->size(), error);
    if (const auto &id = options.profile_id; status == CBP_OK && id)
        status = cbp_call_options_set_profile_id(handle, id->data(), id->size(), error);
    return status;
}

inline cbp_status handle_of(const CallOptions &options, CallHandle &handle, cbp_error **error) {
    handle.reset(cbp_call_options_new());
    cbp_status status =
        cbp_call_options_set_missing(handle.get(), static_cast<std::uint32_t>(options.missing), error);
    if (status == CBP_OK) status = cbp_call_options_set_pairs(handle.get(), options.pairs, error);
    if (status == CBP_OK && options.boundary)
        status = cbp_call_options_set_boundary(handle.get(), options.boundary->data(), options.boundary->size(), error);
    if (status == CBP_OK && options.content_type)
        status = cbp_call_options_set_content_type(handle.get(), options.content_type->data(),
                                                   options.content_type->size(), error);
    if (status == CBP_OK)
        status = cbp_call_options_set_surrogates(handle.get(), static_cast<std::uint32_t>(options.surrogates), error);
    if (status == CBP_OK)
        status = set(handle.get(), options.structures, cbp_call_options_set_structures,
                     cbp_call_options_allow_all_structures, error);
    if (status == CBP_OK)
        status = set(handle.get(), options.absent, cbp_call_options_set_absent, cbp_call_options_allow_all_absent, error);
    if (status == CBP_OK) status = cbp_call_options_set_partial(handle.get(), options.partial, error);
    if (status == CBP_OK) status = set_sealed(handle.get(), options, error);
    if (status == CBP_OK && options.expected)
        status = set(handle.get(), *options.expected, cbp_call_options_set_expected, error);
    return status;
}

// Like make(), with the settings as a handle first: `call(settings, &handle, &error)`.
template <class T, class Raw, class Settings, class Options, class Call>
Result<T> make_with(const Options &options, Call call) {
    return make<T, Raw>([&](Raw **raw, cbp_error **error) {
        Settings settings;
        const cbp_status status = handle_of(options, settings, error);
        return status == CBP_OK ? call(settings.get(), raw, error) : status;
    });
}

} // namespace detail

// ---------------------------------------------------------------------------------------------------- ciphers

// Key and IV, prepared. A fixed IV is weak, and CFB does not detect tampering: see callback_profile.h.
class Cipher {
  public:
    static Result<Cipher> create(Algorithm algorithm, std::string_view key, std::string_view iv,
                                 const WireFormat &format = {}) {
        return detail::make<Cipher, cbp_cipher>([&](cbp_cipher **cipher, cbp_error **error) {
            return cbp_cipher_new_with(static_cast<std::uint32_t>(algorithm), key.data(), key.size(), iv.data(),
                                       iv.size(), static_cast<std::uint32_t>(format.encoding),
                                       static_cast<std::uint32_t>(format.tag),
                                       static_cast<std::uint32_t>(format.reading), cipher, error);
        });
    }

    Algorithm algorithm() const noexcept { return static_cast<Algorithm>(cbp_cipher_algorithm(get())); }
    WireFormat wire_format() const noexcept {
        return {static_cast<Encoding>(cbp_cipher_encoding(get())), static_cast<Tag>(cbp_cipher_tag(get())),
                static_cast<Reading>(cbp_cipher_reading(get()))};
    }
    std::size_t encrypted_len(std::size_t plaintext_len) const noexcept {
        return cbp_cipher_encrypted_len(get(), plaintext_len);
    }
    std::size_t decrypted_len_max(std::size_t text_len) const noexcept {
        return cbp_cipher_decrypted_len_max(get(), text_len);
    }

    // The text of a value.
    Result<std::string> encrypt(std::string_view plaintext) const {
        std::string text(encrypted_len(plaintext.size()), '\0');
        std::size_t written = 0;
        cbp_error *error = nullptr;
        const cbp_status status = cbp_cipher_encrypt(get(), plaintext.data(), plaintext.size(), text.data(),
                                                     text.size(), &written, &error);
        if (status != CBP_OK) return detail::failed(status, error);
        text.resize(written);
        return text;
    }
    // The texts of many values, in the order of the values: under CFB several times faster than one at a time.
    Result<std::vector<std::string>> encrypt_all(const std::vector<std::string_view> &values) const {
        const auto views = detail::views(values);
        const detail::Handle<cbp_texts, cbp_texts_free> texts(cbp_texts_new());
        cbp_error *error = nullptr;
        const cbp_status status = cbp_cipher_encrypt_all(get(), views.data(), views.size(), texts.get(), &error);
        if (status != CBP_OK) return detail::failed(status, error);
        return detail::list(texts.get(), cbp_texts_count, cbp_texts_get);
    }
    // The bytes of a value. Under CFB a wrong key or a changed text is no error.
    Result<Secret> decrypt(std::string_view text) const { return decrypted(text, cbp_cipher_decrypt); }
    // The value of a text that must be UTF-8, as those of callbacks are.
    Result<Secret> decrypt_text(std::string_view text) const { return decrypted(text, cbp_cipher_decrypt_text); }

    const cbp_cipher *get() const noexcept { return cipher_.get(); }
    explicit Cipher(cbp_cipher *cipher) noexcept : cipher_(cipher) {}

  private:
    friend class Profile;
    using Shared = detail::SharedHandle<cbp_cipher, cbp_cipher_free>;
    explicit Cipher(Shared cipher) noexcept : cipher_(std::move(cipher)) {}
    template <class Decrypt> Result<Secret> decrypted(std::string_view text, Decrypt function) const {
        auto secret = Secret::with_room(decrypted_len_max(text.size()));
        std::size_t written = 0;
        cbp_error *error = nullptr;
        const cbp_status status =
            function(get(), text.data(), text.size(), secret.data(), secret.room(), &written, &error);
        if (status != CBP_OK) return detail::failed(status, error);
        secret.resize(written);
        return secret;
    }
    Shared cipher_;
};

// ---------------------------------------------------------------------------------------------------- results

// A chatbot's answer.
class Message {
  public:
    std::string text() const { return detail::text(cbp_message_text(get())); }
    // The names that the record lacks.
    std::vector<std::string> missing() const {
        return detail::list(get(), cbp_message_missing_count, cbp_message_missing);
    }
    const cbp_message *get() const noexcept { return message_.get(); }
    explicit Message(cbp_message *message) noexcept : message_(message) {}

  private:
    detail::Handle<cbp_message, cbp_message_free> message_;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// The three headers of a signed message.
class Signature {
  public:
    // Names and values.
    Headers headers() const {
        Headers headers;
        for (std::size_t i = 0, end = cbp_signature_header_count(get()); i < end; ++i)
            headers.emplace_back(detail::text(cbp_signature_header_name(get(), i)),
                                 detail::text(cbp_signature_header_value(get(), i)));
        return headers;
    }
    // Without copies, for a range-based for loop: valid until this object is moved from or destroyed.
    auto headers_view() const & noexcept {
        return detail::HeaderViews<cbp_signature, cbp_signature_header_count, cbp_signature_header_name,
                                   cbp_signature_header_value>(get());
    }
    void headers_view() const && = delete;
    const cbp_signature *get() const noexcept { return signature_.get(); }
    explicit Signature(cbp_signature *signature) noexcept : signature_(signature) {}

  private:
    detail::Handle<cbp_signature, cbp_signature_free> signature_;
};

// Signs bodies by Standard Webhooks 1.0.0, with one secret or, while secrets are changed, with several. See
// Callback::sign() for a whole callback.
class Signer {
  public:
    // 1 to 16 secrets: `whsec_` and base64.
    static Result<Signer> create(const std::vector<std::string_view> &secrets) {
        return detail::make<Signer, cbp_signer>([&](cbp_signer **signer, cbp_error **error) {
            const auto views = detail::views(secrets);
            return cbp_signer_new(views.data(), views.size(), signer, error);
        });
    }
    // The headers of a message with this body: `id` is the same for each retry, `timestamp` the time of this one in seconds
    // since 1970. The signature covers these three, and never the method, the URL or other headers.
    Result<Signature> sign(std::string_view id, std::uint64_t timestamp, std::string_view body) const {
        return detail::make<Signature, cbp_signature>([&](cbp_signature **signature, cbp_error **error) {
            return cbp_signer_sign(get(), id.data(), id.size(), timestamp, body.data(), body.size(), signature, error);
        });
    }
    const cbp_signer *get() const noexcept { return signer_.get(); }
    explicit Signer(cbp_signer *signer) noexcept : signer_(signer) {}

  private:
    detail::Handle<cbp_signer, cbp_signer_free> signer_;
};

// Where a callback goes, for programs that connect by themselves instead of giving the URL to an HTTP client.
struct Destination {
    bool is_https;
    std::string host;      // what to resolve: a name, or an address without brackets
    std::uint16_t port;    // that of the URL, else 443 or 80
    std::string authority; // the value of the header `host`
    std::string target;    // path and query
};

// An outgoing request.
class Callback {
  public:
    // An empty callback, for Profile::callback_into().
    Callback() : Callback(cbp_callback_new()) {}
    Method method() const noexcept { return static_cast<Method>(cbp_callback_method(get())); }
    std::string method_name() const { return detail::text(cbp_method_name(cbp_callback_method(get()))); }
    std::string url() const { return detail::text(cbp_callback_url(get())); }
    Headers headers() const {
        Headers headers;
        for (std::size_t i = 0, end = cbp_callback_header_count(get()); i < end; ++i)
            headers.emplace_back(detail::text(cbp_callback_header_name(get(), i)),
                                 detail::text(cbp_callback_header_value(get(), i)));
        return headers;
    }
    std::optional<std::string> body() const { return detail::optional_text(cbp_callback_body(get())); }
    // Without a copy: valid until this object is filled again, moved from or destroyed. Empty if there is no body.
    std::string_view url_view() const & noexcept { return detail::view(cbp_callback_url(get())); }
    std::string_view url_view() const && = delete;
    std::string_view body_view() const & noexcept { return detail::view(cbp_callback_body(get())); }
    std::string_view body_view() const && = delete;
    auto headers_view() const & noexcept { // for a range-based for loop
        return detail::HeaderViews<cbp_callback, cbp_callback_header_count, cbp_callback_header_name,
                                   cbp_callback_header_value>(get());
    }
    void headers_view() const && = delete;
    // Where it goes; nothing of an empty callback. Check every address that the host leads to: address_verdict_of_sockaddr().
    std::optional<Destination> destination() const {
        const auto host = detail::optional_text(cbp_callback_host(get()));
        if (!host) return std::nullopt;
        return Destination{cbp_callback_is_https(get()), *host, static_cast<std::uint16_t>(cbp_callback_port(get())),
                           detail::text(cbp_callback_authority(get())), detail::text(cbp_callback_target(get()))};
    }
    // The names that the record lacks.
    std::vector<std::string> missing() const {
        return detail::list(get(), cbp_callback_missing_count, cbp_callback_missing);
    }
    // Whether its parameters are sealed.
    bool is_sealed() const noexcept { return cbp_callback_is_sealed(get()); }
    // The headers that sign this callback: send them beside its own, and sign a retry anew, with the same id. A GET or DELETE
    // whose parameters the signature does not cover is refused, unless `coverage` allows it.
    Result<Signature> sign(const Signer &signer, std::string_view id, std::uint64_t timestamp,
                           Coverage coverage = Coverage::required) const {
        return detail::make<Signature, cbp_signature>([&](cbp_signature **signature, cbp_error **error) {
            return cbp_callback_sign(get(), signer.get(), id.data(), id.size(), timestamp,
                                     static_cast<std::uint32_t>(coverage), signature, error);
        });
    }
    // The request as HTTP/1.1 text.
    Result<std::string> to_http() const {
        return detail::make_text([&](auto **http, auto **error) { return cbp_callback_to_http(get(), http, error); });
    }
    const cbp_callback *get() const noexcept { return callback_.get(); }
    cbp_callback *get() noexcept { return callback_.get(); }
    explicit Callback(cbp_callback *callback) noexcept : callback_(callback) {}

  private:
    detail::Handle<cbp_callback, cbp_callback_free> callback_;
};

// What the sender of a sealed callback said about it, authentic as the parameters are.
struct SealedMessage {
    std::string kid;
    std::string id; // the same for each retry: see Received::id()
    std::uint64_t issued_at;
    std::optional<std::string> profile_id;
};

class Received;

// One value of an opened callback.
struct OpenedValue {
    Kind kind;
    Secret text; // a string's text; the compact JSON text of every other value
};

// An opened callback: the parameters, and what is known of them.
class Opened {
  public:
    // The parameters as a compact JSON object, decrypted: valid until this object is moved from or destroyed.
    std::string_view json_view() const & noexcept { return detail::view(cbp_opened_json(get())); }
    std::string_view json_view() const && = delete;
    // What was decrypted, in the received order, as it was sent: escape it before it is logged. Everything else is as
    // readable and as forgeable as it was received.
    std::vector<std::string> decrypted() const {
        return detail::list(get(), cbp_opened_decrypted_count, cbp_opened_decrypted);
    }
    // What the profile does not have, as it was sent: escape it before it is logged.
    std::vector<std::string> unknown() const {
        return detail::list(get(), cbp_opened_unknown_count, cbp_opened_unknown);
    }
    // What did not open, of CallOptions::partial, with the reason (CBP_ERROR_AUTH_FAILED); names as they were sent.
    std::vector<std::pair<std::string, cbp_status>> failed() const {
        std::vector<std::pair<std::string, cbp_status>> list;
        const auto count = cbp_opened_failed_count(get());
        list.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            list.emplace_back(detail::text(cbp_opened_failed(get(), i)), cbp_opened_failed_code(get(), i));
        return list;
    }
    // One value: that of this name, or what a JSON Pointer leads to if it begins with `/`. Each call reads the JSON text again.
    std::optional<OpenedValue> get(std::string_view name) const {
        std::uint32_t kind = 0;
        cbp_bytes *value = nullptr;
        const auto status = cbp_opened_get(get(), name.data(), name.size(), &kind, &value, nullptr);
        const detail::Bytes bytes(value);
        if (status != CBP_OK || !bytes) return std::nullopt; // no such value, nor of a name that is not UTF-8
        return OpenedValue{static_cast<Kind>(kind), Secret({cbp_bytes_data(value), cbp_bytes_len(value)})};
    }
    // Of a sealed callback alone.
    std::optional<SealedMessage> sealed() const {
        if (!cbp_opened_is_sealed(get())) return std::nullopt;
        return SealedMessage{detail::text(cbp_opened_sealed_kid(get())), detail::text(cbp_opened_sealed_id(get())),
                             cbp_opened_sealed_issued_at(get()),
                             detail::optional_text(cbp_opened_sealed_profile_id(get()))};
    }
    const cbp_opened *get() const noexcept { return opened_.get(); }
    explicit Opened(cbp_opened *opened) noexcept : opened_(opened) {}

  private:
    friend class Received;
    using Shared = detail::SharedHandle<cbp_opened, cbp_opened_free>;
    explicit Opened(Shared opened) noexcept : opened_(std::move(opened)) {}
    Shared opened_;
};

// A received request, as a server has it; its parts must outlive the call.
struct ReceivedRequest {
    std::vector<std::pair<std::string_view, std::string_view>> headers; // name, value
    std::string_view target; // path and query, or the whole URL: what a GET or DELETE carries its parameters in
    std::string_view body;   // raw, before any parsing
};

namespace detail {

inline std::vector<cbp_header>
headers_of(const std::vector<std::pair<std::string_view, std::string_view>> &headers) {
    std::vector<cbp_header> list;
    list.reserve(headers.size());
    for (const auto &[name, value] : headers) list.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
    return list;
}

} // namespace detail

// Id and time of a message whose signature holds.
struct Verified {
    std::string id; // the same for each retry: see Received::id()
    std::uint64_t timestamp;
};

// Checks the signatures of received callbacks.
class Verifier {
  public:
    // 1 to 16 secrets: `whsec_` and base64.
    static Result<Verifier> create(const std::vector<std::string_view> &secrets) {
        return detail::make<Verifier, cbp_verifier>([&](cbp_verifier **verifier, cbp_error **error) {
            const auto views = detail::views(secrets);
            return cbp_verifier_new(views.data(), views.size(), verifier, error);
        });
    }
    // Checks the signature over the raw body: a `SignatureError` for everything that is wrong. `now` is in seconds since
    // 1970. Require it: to verify a signature only if it is present protects nothing.
    Result<Verified> verify(const std::vector<std::pair<std::string_view, std::string_view>> &headers,
                            std::string_view body, std::uint64_t now,
                            std::uint64_t tolerance = CBP_DEFAULT_TOLERANCE) const {
        using ReceivedHandle = detail::Handle<cbp_received, cbp_received_free>;
        auto received = detail::make<ReceivedHandle, cbp_received>([&](cbp_received **result, cbp_error **error) {
            const auto list = detail::headers_of(headers);
            return cbp_verifier_verify(get(), list.data(), list.size(), body.data(), body.size(), now, tolerance, result,
                                       error);
        });
        if (!received) return std::move(received).error();
        return Verified{detail::text(cbp_received_id(received->get())), cbp_received_timestamp(received->get())};
    }
    const cbp_verifier *get() const noexcept { return verifier_.get(); }
    explicit Verifier(cbp_verifier *verifier) noexcept : verifier_(verifier) {}

  private:
    detail::Handle<cbp_verifier, cbp_verifier_free> verifier_;
};

// A received callback: id and time as its signature covers them, the parameters, and the key of a KeyRing.
class Received {
  public:
    // Empty and 0 if no signature was verified. Write the id in the transaction of the effect, keep it for at least twice the
    // tolerance, and answer a message whose id is known with 2xx and without an effect.
    std::string id() const { return detail::text(cbp_received_id(get())); }
    std::uint64_t timestamp() const noexcept { return cbp_received_timestamp(get()); }
    // The parameters, valid until this object is moved from or destroyed.
    const Opened &opened() const & noexcept { return opened_; }
    const Opened &opened() const && = delete;
    // If a KeyRing opened it: the id of the key, 1 for the documented format and 2 for a sealed one, and whether the key was
    // found by trying.
    std::optional<std::string> key_id() const { return detail::optional_text(cbp_received_key_id(get())); }
    std::uint32_t version() const noexcept { return cbp_received_version(get()); }
    bool in_turn() const noexcept { return cbp_received_in_turn(get()); }
    const cbp_received *get() const noexcept { return received_.get(); }
    explicit Received(cbp_received *received) noexcept
        : received_(received), opened_(Opened::Shared(cbp_received_opened(received), {false})) {}

  private:
    detail::Handle<cbp_received, cbp_received_free> received_;
    Opened opened_;
};

// One explanation of why texts do not open; its members are those of cbp_diagnosis_finding_cause() and the others.
struct Finding {
    std::string cause;                   // by its name in the catalogue: tag_first, opens, unknown
    std::string grade;                   // proved, likely, spelling or none
    std::optional<double> chance;        // that random bytes would have led to it
    std::string detail;                  // what was found, in a sentence
    std::string at_sender;               // what the sender's program should do
    std::string at_receiver;             // what the receiver can do
    std::optional<std::string> settings; // the change under which the text opens, as a JSON object
    std::optional<Secret> value;         // if it is proved and DiagnoseOptions::show asked for it
};

// Why texts do not open: for the owner of the key, never for whoever sent them.
class Diagnosis {
  public:
    // Best first, and never empty: what nothing explains is the one finding `unknown`.
    std::vector<Finding> findings() const {
        std::vector<Finding> list;
        for (std::size_t i = 0, end = cbp_diagnosis_finding_count(get()); i < end; ++i) {
            const double chance = cbp_diagnosis_finding_chance(get(), i);
            const cbp_str value = cbp_diagnosis_finding_value(get(), i);
            list.push_back({detail::text(cbp_diagnosis_finding_cause(get(), i)),
                            detail::text(cbp_diagnosis_finding_grade(get(), i)),
                            std::isnan(chance) ? std::nullopt : std::optional(chance),
                            detail::text(cbp_diagnosis_finding_detail(get(), i)),
                            detail::text(cbp_diagnosis_finding_at_sender(get(), i)),
                            detail::text(cbp_diagnosis_finding_at_receiver(get(), i)),
                            detail::optional_text(cbp_diagnosis_finding_settings(get(), i)),
                            value.data ? std::optional<Secret>(detail::view(value)) : std::nullopt});
        }
        return list;
    }
    // The causes that were tried and do not explain the texts.
    std::vector<std::string> excluded() const {
        return detail::list(get(), cbp_diagnosis_excluded_count, cbp_diagnosis_excluded);
    }
    // How many decrypted bytes were examined: below about 12, little can be concluded without a tag.
    std::size_t judged_bytes() const noexcept { return cbp_diagnosis_judged_bytes(get()); }
    // Whether a cause was found, `opens` among them.
    bool is_found() const noexcept { return cbp_diagnosis_is_found(get()); }
    // The diagnosis as JSON, with the value where one is shown.
    Result<Secret> to_json() const {
        return detail::make_secret([&](auto **json, auto **error) { return cbp_diagnosis_to_json(get(), json, error); });
    }
    const cbp_diagnosis *get() const noexcept { return diagnosis_.get(); }
    explicit Diagnosis(cbp_diagnosis *diagnosis) noexcept : diagnosis_(diagnosis) {}

  private:
    detail::Handle<cbp_diagnosis, cbp_diagnosis_free> diagnosis_;
};

class Profile;

// What is known beside the profile and the texts that do not open.
struct DiagnoseOptions {
    std::vector<std::string> expected = {};  // values: of several texts in their order, of one text any of them
    std::vector<const Profile *> also = {};  // whose key may have been used; they must outlive the call
    std::optional<std::string> parameter = std::nullopt;
    std::optional<std::string> body = std::nullopt; // a whole received body, URL or query, instead of texts
    std::optional<std::string> content_type = std::nullopt;
    std::optional<Expected> sealed = std::nullopt; // what a sealed callback is held to
    bool show = false; // whether a proved value is shown
};

// A field that a profile reads from a record, and where: JSON Pointers into the payload.
struct ProfileField {
    std::string field;
    std::vector<std::string> places;
};

struct Advisory {
    std::string code;
    std::string pointer;
    std::string message;
};

namespace detail {

inline std::vector<Advisory> advisories_of(const cbp_profile *profile) {
    std::vector<Advisory> list;
    for (std::size_t i = 0, end = cbp_profile_advisory_count(profile); i < end; ++i)
        list.push_back({text(cbp_profile_advisory_name(profile, i)), text(cbp_profile_advisory_pointer(profile, i)),
                        text(cbp_profile_advisory_message(profile, i))});
    return list;
}

// The settings of a handle; of the limits those that differ from their defaults.
inline ParseOptions options_of(const cbp_parse_options *handle) {
    const ParseHandle defaults(cbp_parse_options_new());
    ParseOptions options;
    options.policy = static_cast<Policy>(cbp_parse_options_policy(handle));
    options.wire_format = {static_cast<Encoding>(cbp_parse_options_encoding(handle)),
                           static_cast<Tag>(cbp_parse_options_tag(handle)),
                           static_cast<Reading>(cbp_parse_options_reading(handle))};
    for (std::uint32_t limit = CBP_LIMIT_PAYLOAD_BYTES; limit <= CBP_LIMIT_OUTPUT_BYTES; ++limit) {
        const auto value = cbp_parse_options_limit(handle, limit);
        if (value != cbp_parse_options_limit(defaults.get(), limit))
            options.limits.emplace_back(static_cast<Limit>(limit), value);
    }
    options.refuse_sealed = cbp_parse_options_refuse_sealed(handle);
    options.refuse_v1 = cbp_parse_options_refuse_v1(handle);
    options.is_signed = cbp_parse_options_signed(handle);
    return options;
}

} // namespace detail

// ---------------------------------------------------------------------------------------------------- profiles

// A validated callback profile: it exists only of a payload that obeys the rules.
class Profile {
  public:
    // Validates a create payload and makes the profile.
    static Result<Profile> parse(std::string_view json, const ParseOptions &options = {}) {
        return detail::make_with<Profile, cbp_profile, detail::ParseHandle>(
            options, [&](auto *settings, auto **profile, auto **error) {
                return cbp_profile_parse(json.data(), json.size(), settings, profile, error);
            });
    }
    // Validates a create payload without making a profile: several times faster than parse(), with the same error.
    static Result<void> check(std::string_view json, const ParseOptions &options = {}) {
        if (!abi_matches()) return detail::other_abi();
        detail::ParseHandle settings;
        cbp_error *error = nullptr;
        cbp_status status = detail::handle_of(options, settings, &error);
        if (status == CBP_OK) status = cbp_profile_check(json.data(), json.size(), settings.get(), &error);
        return detail::done(status, error);
    }
    // The profile that a patch makes of this one, which does not change.
    Result<Profile> patch(std::string_view json) const {
        return detail::make<Profile, cbp_profile>([&](auto **profile, auto **error) {
            return cbp_profile_patch(get(), json.data(), json.size(), profile, error);
        });
    }
    // Renders the chatbot's answer.
    Result<Message> message(std::string_view record, const CallOptions &options = {}) const {
        return detail::make_with<Message, cbp_message, detail::CallHandle>(
            options, [&](auto *settings, auto **message, auto **error) {
                return cbp_profile_message(get(), record.data(), record.size(), settings, message, error);
            });
    }
    // Builds the outgoing request of a record.
    Result<Callback> callback(std::string_view record, const CallOptions &options = {}) const {
        return detail::make_with<Callback, cbp_callback, detail::CallHandle>(
            options, [&](auto *settings, auto **callback, auto **error) {
                return cbp_profile_callback(get(), record.data(), record.size(), settings, callback, error);
            });
    }
    // Like callback(), into an object whose memory is used again: no allocation after the first few. `record` must not be
    // a view of `callback`: CBP_ERROR_INVALID_ARGUMENT, which leaves it unchanged. After any other error it is empty.
    Result<void> callback_into(std::string_view record, Callback &callback) const {
        if (!abi_matches()) return detail::other_abi();
        return fill(record, nullptr, callback);
    }
    // The same with settings, which take a few allocations. A setting that makes no sense leaves `callback` unchanged.
    Result<void> callback_into(std::string_view record, Callback &callback, const CallOptions &options) const {
        if (!abi_matches()) return detail::other_abi();
        detail::CallHandle settings;
        cbp_error *error = nullptr;
        const cbp_status status = detail::handle_of(options, settings, &error);
        if (status != CBP_OK) return detail::failed(status, error);
        return fill(record, settings.get(), callback);
    }
    // Opens a received body, or for GET and DELETE a URL or query: the parameters as JSON. Do not report to the sender why
    // it failed, and treat the result as input from a stranger.
    Result<Secret> open(std::string_view received, const CallOptions &options = {}) const {
        auto bytes = detail::make_with<detail::Bytes, cbp_bytes, detail::CallHandle>(
            options, [&](auto *settings, auto **json, auto **error) {
                return cbp_profile_open(get(), received.data(), received.size(), settings, json, error);
            });
        if (!bytes) return std::move(bytes).error();
        return Secret(std::string_view(cbp_bytes_data(bytes->get()), cbp_bytes_len(bytes->get())));
    }
    // Like open(), with the names of what was decrypted and of what the profile does not have.
    Result<Opened> open_details(std::string_view received, const CallOptions &options = {}) const {
        return detail::make_with<Opened, cbp_opened, detail::CallHandle>(
            options, [&](auto *settings, auto **opened, auto **error) {
                return cbp_profile_open_details(get(), received.data(), received.size(), settings, opened, error);
            });
    }
    // Verifies the signature of a received request over its raw body, then opens its parameters. `now` is in seconds since
    // 1970. See cbp_profile_receive().
    Result<Received> receive(const Verifier &verifier, const ReceivedRequest &request, std::uint64_t now,
                             std::uint64_t tolerance = CBP_DEFAULT_TOLERANCE, const CallOptions &options = {}) const {
        return detail::make_with<Received, cbp_received, detail::CallHandle>(
            options, [&](auto *settings, auto **received, auto **error) {
                const auto headers = detail::headers_of(request.headers);
                return cbp_profile_receive(get(), verifier.get(), headers.data(), headers.size(), request.target.data(),
                                           request.target.size(), request.body.data(), request.body.size(), now,
                                           tolerance, settings, received, error);
            });
    }
    // Explains why texts that should be this profile's do not open, or that they do. It is for the owner of the key: no
    // answer to a request may depend on it. See cbp_diagnose().
    Result<Diagnosis> diagnose(const std::vector<std::string_view> &texts, const DiagnoseOptions &options = {}) const {
        return detail::make<Diagnosis, cbp_diagnosis>([&](cbp_diagnosis **diagnosis, cbp_error **error) {
            const DiagnoseHandle settings(cbp_diagnose_options_new());
            const cbp_status status = set(settings.get(), options, error);
            if (status != CBP_OK) return status;
            const auto views = detail::views(texts);
            return cbp_diagnose(get(), views.data(), views.size(), settings.get(), diagnosis, error);
        });
    }
    // The profile as a create payload.
    Result<Secret> to_json(Secrets secrets = Secrets::masked) const {
        return detail::make_secret([&](auto **json, auto **error) {
            return cbp_profile_to_json(get(), static_cast<std::uint32_t>(secrets), json, error);
        });
    }

    std::string title() const { return detail::text(cbp_profile_title(get())); }
    Method method() const noexcept { return static_cast<Method>(cbp_profile_method(get())); }
    std::string url() const { return detail::text(cbp_profile_url(get())); }
    // The URL of all callbacks without query and fragment, which is what a sealed one is bound to.
    std::optional<std::string> constant_url() const { return detail::optional_text(cbp_profile_constant_url(get())); }
    std::optional<std::string> body() const { return detail::optional_text(cbp_profile_body(get())); }
    std::optional<std::string> response_message() const {
        return detail::optional_text(cbp_profile_response_message(get()));
    }
    Channel channel() const noexcept { return static_cast<Channel>(cbp_profile_channel(get())); }
    Headers headers() const {
        Headers headers;
        for (std::size_t i = 0, end = cbp_profile_header_count(get()); i < end; ++i)
            headers.emplace_back(detail::text(cbp_profile_header_name(get(), i)),
                                 detail::text(cbp_profile_header_value(get(), i)));
        return headers;
    }
    std::optional<std::vector<std::string>> events() const {
        if (!cbp_profile_has_events(get())) return std::nullopt;
        return detail::list(get(), cbp_profile_event_count, cbp_profile_event);
    }
    // The label and the field of each `{"label": "field"}` in the response message.
    std::vector<std::pair<std::string, std::string>> replacers() const {
        std::vector<std::pair<std::string, std::string>> replacers;
        for (std::size_t i = 0, end = cbp_profile_replacer_count(get()); i < end; ++i)
            replacers.emplace_back(detail::text(cbp_profile_replacer_label(get(), i)),
                                   detail::text(cbp_profile_replacer_field(get(), i)));
        return replacers;
    }
    std::optional<Algorithm> algorithm() const noexcept {
        const auto algorithm = cbp_profile_algorithm(get());
        return algorithm ? std::optional(static_cast<Algorithm>(algorithm)) : std::nullopt;
    }
    // The id of the key of a sealed profile.
    std::optional<std::string> kid() const { return detail::optional_text(cbp_profile_kid(get())); }
    // Whether every value is encrypted; if not, those of the names in encrypted_params() are.
    bool encrypts_all() const noexcept { return cbp_profile_encrypts_all(get()); }
    std::vector<std::string> encrypted_params() const {
        return detail::list(get(), cbp_profile_encrypted_param_count, cbp_profile_encrypted_param);
    }
    // Every field that callbacks and messages read from a record, in order of first use.
    Result<std::vector<ProfileField>> fields() const {
        auto fields = detail::make<detail::Handle<cbp_fields, cbp_fields_free>, cbp_fields>(
            [&](auto **list, auto **error) { return cbp_profile_fields(get(), list, error); });
        if (!fields) return std::move(fields).error();
        std::vector<ProfileField> list;
        for (std::size_t i = 0, end = cbp_fields_count(fields->get()); i < end; ++i) {
            list.push_back({detail::text(cbp_fields_name(fields->get(), i)), {}});
            for (std::size_t j = 0, places = cbp_fields_place_count(fields->get(), i); j < places; ++j)
                list.back().places.push_back(detail::text(cbp_fields_place(fields->get(), i, j)));
        }
        return list;
    }
    // What is accepted but risky or useless.
    std::vector<Advisory> advisories() const { return detail::advisories_of(get()); }
    // The settings that it was parsed with.
    Result<ParseOptions> options() const {
        auto handle = detail::make<detail::ParseHandle, cbp_parse_options>(
            [&](auto **options, auto **error) { return cbp_profile_options(get(), options, error); });
        if (!handle) return std::move(handle).error();
        return detail::options_of(handle->get());
    }
    // The cipher of the documented format, with the wire format of the profile, or null: valid until this object is moved
    // from or destroyed.
    const Cipher *cipher() const & noexcept { return cipher_.get() ? &cipher_ : nullptr; }
    const Cipher *cipher() const && = delete;

    const cbp_profile *get() const noexcept { return profile_.get(); }
    explicit Profile(cbp_profile *profile) noexcept
        : profile_(profile), cipher_(Cipher::Shared(cbp_profile_cipher(profile), {false})) {}

  private:
    Result<void> fill(std::string_view record, const cbp_call_options *settings, Callback &callback) const {
        cbp_error *error = nullptr;
        const cbp_status status =
            cbp_profile_callback_into(get(), record.data(), record.size(), settings, callback.get(), &error);
        return detail::done(status, error);
    }
    using DiagnoseHandle = detail::Handle<cbp_diagnose_options, cbp_diagnose_options_free>;
    static cbp_status set(cbp_diagnose_options *settings, const DiagnoseOptions &options, cbp_error **error) {
        const auto expected = detail::views(options.expected);
        cbp_status status = cbp_diagnose_options_set_expected(settings, expected.data(), expected.size(), error);
        std::vector<const cbp_profile *> also;
        for (const auto *profile : options.also) also.push_back(profile ? profile->get() : nullptr);
        if (status == CBP_OK) status = cbp_diagnose_options_set_also(settings, also.data(), also.size(), error);
        if (const auto &name = options.parameter; status == CBP_OK && name)
            status = cbp_diagnose_options_set_parameter(settings, name->data(), name->size(), error);
        if (const auto &body = options.body; status == CBP_OK && body)
            status = cbp_diagnose_options_set_body(settings, body->data(), body->size(), error);
        if (const auto &type = options.content_type; status == CBP_OK && type)
            status = cbp_diagnose_options_set_content_type(settings, type->data(), type->size(), error);
        if (status == CBP_OK && options.sealed)
            status = detail::set(settings, *options.sealed, cbp_diagnose_options_set_sealed, error);
        if (status == CBP_OK) status = cbp_diagnose_options_set_show(settings, options.show, error);
        return status;
    }
    detail::Handle<cbp_profile, cbp_profile_free> profile_;
    Cipher cipher_;
};

// Several profiles, each under the id of its key: how keys are changed without losing a callback. Threads may share it while
// none changes it.
class KeyRing {
  public:
    // An empty ring; callbacks of the documented format name their key in the header of this name.
    static Result<KeyRing> by_header(std::string_view name) { return by(name, cbp_key_ring_by_header); }
    // The same for the parameter of this name in the query.
    static Result<KeyRing> by_query(std::string_view name) { return by(name, cbp_key_ring_by_query); }

    // Adds a copy of a profile under the id of its key, which is the kid of a sealed one.
    Result<void> add(std::string_view id, const Profile &profile) {
        cbp_error *error = nullptr;
        const cbp_status status = cbp_key_ring_add(get(), id.data(), id.size(), profile.get(), &error);
        return detail::done(status, error);
    }
    // Whether there was a profile of this id.
    bool remove(std::string_view id) noexcept { return cbp_key_ring_remove(get(), id.data(), id.size()); }
    std::vector<std::string> ids() const { return detail::list(get(), cbp_key_ring_count, cbp_key_ring_id); }
    // Whether a callback without an id is tried with each of at most four keys, under GCM alone. Off at first.
    void try_in_turn(bool on) noexcept { static_cast<void>(cbp_key_ring_set_try_in_turn(get(), on, nullptr) == CBP_OK); }
    // Whether callbacks of the documented format are refused. Off at first.
    void refuse_v1(bool on) noexcept { static_cast<void>(cbp_key_ring_set_refuse_v1(get(), on, nullptr) == CBP_OK); }

    // Opens a received request by the profile whose key it names.
    Result<Received> open(const ReceivedRequest &request, const CallOptions &options = {}) const {
        return detail::make_with<Received, cbp_received, detail::CallHandle>(
            options, [&](auto *settings, auto **received, auto **error) {
                const auto headers = detail::headers_of(request.headers);
                return cbp_key_ring_open(get(), headers.data(), headers.size(), request.target.data(),
                                         request.target.size(), request.body.data(), request.body.size(), settings,
                                         received, error);
            });
    }
    // Verifies its signature first: see Profile::receive().
    Result<Received> receive(const Verifier &verifier, const ReceivedRequest &request, std::uint64_t now,
                             std::uint64_t tolerance = CBP_DEFAULT_TOLERANCE, const CallOptions &options = {}) const {
        return detail::make_with<Received, cbp_received, detail::CallHandle>(
            options, [&](auto *settings, auto **received, auto **error) {
                const auto headers = detail::headers_of(request.headers);
                return cbp_key_ring_receive(get(), verifier.get(), headers.data(), headers.size(), request.target.data(),
                                            request.target.size(), request.body.data(), request.body.size(), now,
                                            tolerance, settings, received, error);
            });
    }
    const cbp_key_ring *get() const noexcept { return ring_.get(); }
    cbp_key_ring *get() noexcept { return ring_.get(); }
    explicit KeyRing(cbp_key_ring *ring) noexcept : ring_(ring) {}

  private:
    template <class New> static Result<KeyRing> by(std::string_view name, New function) {
        return detail::make<KeyRing, cbp_key_ring>([&](cbp_key_ring **ring, cbp_error **error) {
            return function(name.data(), name.size(), ring, error);
        });
    }
    detail::Handle<cbp_key_ring, cbp_key_ring_free> ring_;
};

// A whole create request (`POST /v1/{sid}/callback/profiles`): its parts must outlive parse().
struct Request {
    std::string_view sid;
    std::vector<std::pair<std::string_view, std::string_view>> headers; // name, value
    std::string_view payload;

    // Validates the parts and makes the profile.
    Result<Profile> parse(const ParseOptions &options = {}) const {
        const auto list = detail::headers_of(headers);
        return detail::make_with<Profile, cbp_profile, detail::ParseHandle>(
            options, [&](auto *settings, auto **profile, auto **error) {
                return cbp_request_parse(sid.data(), sid.size(), list.data(), list.size(), payload.data(),
                                         payload.size(), settings, profile, error);
            });
    }
};

namespace detail {
struct StoredProfiles {
    explicit StoredProfiles(cbp_stored_profiles *list) noexcept : handle(list) {}
    Handle<cbp_stored_profiles, cbp_stored_profiles_free> handle;
};
} // namespace detail

// A profile as the platform stores it.
class StoredProfile {
  public:
    // Parses a stored profile, a whole envelope that holds one, or a create payload.
    static Result<StoredProfile> parse(std::string_view json, const ParseOptions &options = {}) {
        return detail::make_with<StoredProfile, cbp_stored_profile, detail::ParseHandle>(
            options, [&](auto *settings, auto **stored, auto **error) {
                return cbp_stored_profile_parse(json.data(), json.size(), settings, stored, error);
            });
    }
    // Parses a list of stored profiles, or a whole envelope that holds one: an item for each, in order, the stored profile or
    // why it is refused.
    static Result<std::vector<Result<StoredProfile>>> parse_list(std::string_view json, const ParseOptions &options = {}) {
        auto list = detail::make_with<detail::StoredProfiles, cbp_stored_profiles, detail::ParseHandle>(
            options, [&](auto *settings, auto **made, auto **error) {
                return cbp_stored_profiles_parse(json.data(), json.size(), settings, made, error);
            });
        if (!list) return std::move(list).error();
        std::vector<Result<StoredProfile>> profiles;
        for (std::size_t index = 0; index < cbp_stored_profiles_count(list->handle.get()); ++index)
            profiles.push_back(detail::make<StoredProfile, cbp_stored_profile>([&](auto **stored, auto **error) {
                return cbp_stored_profiles_take(list->handle.get(), index, stored, error);
            }));
        return profiles;
    }
    // The platform's id of the profile.
    std::optional<std::string> profile_id() const {
        return detail::optional_text(cbp_stored_profile_profile_id(get()));
    }
    std::optional<Status> status() const noexcept {
        const auto status = cbp_stored_profile_status(get());
        return status ? std::optional(static_cast<Status>(status)) : std::nullopt;
    }
    // Dates as the platform wrote them.
    std::optional<std::string> created_at() const {
        return detail::optional_text(cbp_stored_profile_created_at(get()));
    }
    std::optional<std::string> modified_at() const {
        return detail::optional_text(cbp_stored_profile_modified_at(get()));
    }
    std::optional<std::string> body_type() const { return detail::optional_text(cbp_stored_profile_body_type(get())); }
    std::optional<std::string> dynamic_variables() const {
        return detail::optional_text(cbp_stored_profile_dynamic_variables(get()));
    }
    // What is accepted but risky or useless.
    std::vector<Advisory> advisories() const { return detail::advisories_of(cbp_stored_profile_profile(get())); }
    // Moves the profile out; this object is empty afterwards.
    Result<Profile> into_profile() && {
        cbp_stored_profile *stored = stored_.release();
        auto profile = detail::make<Profile, cbp_profile>(
            [&](auto **taken, auto **error) { return cbp_stored_profile_take(&stored, taken, error); });
        stored_.reset(stored);
        return profile;
    }
    const cbp_stored_profile *get() const noexcept { return stored_.get(); }
    explicit StoredProfile(cbp_stored_profile *stored) noexcept : stored_(stored) {}

  private:
    detail::Handle<cbp_stored_profile, cbp_stored_profile_free> stored_;
};

// ---------------------------------------------------------------------------------------------------- envelopes

// A response of the API.
class Envelope {
  public:
    static Result<Envelope> created(const Profile &profile, std::optional<std::string_view> id = std::nullopt,
                                    Secrets secrets = Secrets::masked) {
        return of([&](auto **envelope, auto **error) {
            return cbp_envelope_created(profile.get(), id ? detail::data(*id) : nullptr, id ? id->size() : 0,
                                        static_cast<std::uint32_t>(secrets), envelope, error);
        });
    }
    static Result<Envelope> updated(const Profile &profile, std::optional<std::string_view> id = std::nullopt,
                                    Secrets secrets = Secrets::masked) {
        return of([&](auto **envelope, auto **error) {
            return cbp_envelope_updated(profile.get(), id ? detail::data(*id) : nullptr, id ? id->size() : 0,
                                        static_cast<std::uint32_t>(secrets), envelope, error);
        });
    }
    static Result<Envelope> fetched(const StoredProfile &stored, Secrets secrets = Secrets::masked) {
        return of([&](auto **envelope, auto **error) {
            return cbp_envelope_fetched(stored.get(), static_cast<std::uint32_t>(secrets), envelope, error);
        });
    }
    // Each profile as in `fetched`.
    static Result<Envelope> listed(const std::vector<StoredProfile> &stored, Secrets secrets = Secrets::masked) {
        std::vector<const cbp_stored_profile *> handles;
        for (const auto &one : stored) handles.push_back(one.get());
        return of([&](auto **envelope, auto **error) {
            return cbp_envelope_listed(handles.data(), handles.size(), static_cast<std::uint32_t>(secrets), envelope, error);
        });
    }
    static Result<Envelope> deleted(std::string_view id) {
        return of([&](auto **envelope, auto **error) {
            return cbp_envelope_deleted(id.data(), id.size(), envelope, error);
        });
    }
    static Result<Envelope> not_found(std::string_view id) {
        return of([&](auto **envelope, auto **error) {
            return cbp_envelope_not_found(id.data(), id.size(), envelope, error);
        });
    }
    // `refusal` is an error of the 200 family.
    static Result<Envelope> refused(const Error &refusal) {
        return of([&](auto **envelope, auto **error) { return cbp_envelope_refused(refusal.get(), envelope, error); });
    }
    // A received callback could not be opened. `refusal` is of the class DecryptionError.
    static Result<Envelope> not_opened(const Error &refusal) {
        return of([&](auto **envelope, auto **error) { return cbp_envelope_not_opened(refusal.get(), envelope, error); });
    }
    static Result<Envelope> parse(std::string_view json) {
        return of([&](auto **envelope, auto **error) {
            return cbp_envelope_parse(json.data(), json.size(), envelope, error);
        });
    }

    std::string code() const { return detail::text(cbp_envelope_code(get())); }
    std::string message() const { return detail::text(cbp_envelope_message(get())); }
    Secret data() const {
        const auto data = cbp_envelope_data(get());
        return Secret(std::string_view(data.data ? data.data : "", data.len));
    }
    std::string error() const { return detail::text(cbp_envelope_error(get())); }
    std::uint32_t status() const noexcept { return cbp_envelope_status(get()); }
    // The envelope as JSON; it holds key and IV if they were to be shown.
    Result<Secret> to_json() const {
        return detail::make_secret([&](auto **json, auto **error) { return cbp_envelope_to_json(get(), json, error); });
    }
    const cbp_envelope *get() const noexcept { return envelope_.get(); }
    explicit Envelope(cbp_envelope *envelope) noexcept : envelope_(envelope) {}

  private:
    template <class Call> static Result<Envelope> of(Call call) { return detail::make<Envelope, cbp_envelope>(call); }
    detail::Handle<cbp_envelope, cbp_envelope_free> envelope_;
};

// ---------------------------------------------------------------------------------------------------- new keys

// A new `enc` of the documented format as JSON, of CBP_KEYGEN_RANDOM_LEN bytes of the operating system's random.
inline Result<Secret> keygen(Algorithm algorithm, std::string_view random) {
    return detail::make_secret([&](auto **json, auto **error) {
        return cbp_keygen(static_cast<std::uint32_t>(algorithm), random.data(), random.size(), json, error);
    });
}

// A new `enc` of a sealed profile as JSON; each key has a kid of its own.
inline Result<Secret> keygen_sealed(std::string_view kid, const Random &random) {
    return detail::make_secret([&](auto **json, auto **error) {
        return cbp_keygen_sealed(kid.data(), kid.size(), random.data(), random.size(), json, error);
    });
}

// A new signing secret, `whsec_` and base64, of CBP_SIGNING_RANDOM_LEN bytes of the operating system's random.
inline Result<Secret> keygen_signing(std::string_view random) {
    return detail::make_secret([&](auto **secret, auto **error) {
        return cbp_keygen_signing(random.data(), random.size(), secret, error);
    });
}

// ---------------------------------------------------------------------------------------------------- tables

namespace detail {

template <class Call> Result<AddressVerdict> verdict(Call call) {
    std::uint32_t verdict = 0;
    cbp_error *error = nullptr;
    const cbp_status status = call(&verdict, &error);
    if (status != CBP_OK) return failed(status, error);
    return static_cast<AddressVerdict>(verdict);
}

} // namespace detail

// Classifies an IP address as the target of a callback: see cbp_address_verdict().
inline Result<AddressVerdict> address_verdict(std::string_view address) {
    return detail::verdict([&](auto *verdict, auto **error) {
        return cbp_address_verdict(address.data(), address.size(), verdict, error);
    });
}

// The same of the 4 or 16 bytes in network order that an `in_addr` or `in6_addr` has.
inline Result<AddressVerdict> address_verdict_of_bytes(const void *address, std::size_t size) {
    return detail::verdict([&](auto *verdict, auto **error) {
        return cbp_address_verdict_of_bytes(address, size, verdict, error);
    });
}

// The same of a `sockaddr` of this platform, such as `ai_addr` and `ai_addrlen` of getaddrinfo().
inline Result<AddressVerdict> address_verdict_of_sockaddr(const void *sockaddr, std::size_t size) {
    return detail::verdict([&](auto *verdict, auto **error) {
        return cbp_address_verdict_of_sockaddr(sockaddr, size, verdict, error);
    });
}

inline std::string name(AddressVerdict verdict) {
    return detail::text(cbp_address_verdict_name(static_cast<std::uint32_t>(verdict)));
}
inline std::string name(Algorithm algorithm) {
    return detail::text(cbp_algorithm_name(static_cast<std::uint32_t>(algorithm)));
}
inline std::string name(Method method) { return detail::text(cbp_method_name(static_cast<std::uint32_t>(method))); }
inline std::string name(Channel channel) { return detail::text(cbp_channel_name(static_cast<std::uint32_t>(channel))); }

inline std::optional<Algorithm> algorithm_of(std::string_view name) noexcept {
    const auto algorithm = cbp_algorithm_from_name(name.data(), name.size());
    return algorithm ? std::optional(static_cast<Algorithm>(algorithm)) : std::nullopt;
}

// The JSON Schema of a create payload.
inline Result<std::string> schema() {
    return detail::make_text([](auto **json, auto **error) { return cbp_schema(json, error); });
}

// All codes as JSON.
inline Result<std::string> catalogue() {
    return detail::make_text([](auto **json, auto **error) { return cbp_catalogue(json, error); });
}

// ---------------------------------------------------------------------------------------------------- printing

// For logs and tests: one line each, without a key and without a value of a record.
inline std::ostream &operator<<(std::ostream &out, const Error &error) {
    return out << error.name() << ": " << error.message();
}
inline std::ostream &operator<<(std::ostream &out, const Violation &violation) { return out << violation.message; }
inline std::ostream &operator<<(std::ostream &out, const Advisory &advisory) {
    return out << advisory.code << ": " << advisory.message;
}
// Print view(), if you must.
std::ostream &operator<<(std::ostream &out, const Secret &secret) = delete;

namespace detail {

// Prints the name of an enumerator, whose number is its index; of another number the number.
template <class Enum>
std::ostream &print(std::ostream &out, Enum value, std::initializer_list<const char *> names) {
    const auto index = static_cast<std::size_t>(value);
    return index < names.size() ? out << names.begin()[index] : out << index;
}

} // namespace detail

inline std::ostream &operator<<(std::ostream &out, AddressVerdict value) { return out << name(value); }
inline std::ostream &operator<<(std::ostream &out, Algorithm value) { return out << name(value); }
inline std::ostream &operator<<(std::ostream &out, Method value) { return out << name(value); }
inline std::ostream &operator<<(std::ostream &out, Channel value) { return out << name(value); }
inline std::ostream &operator<<(std::ostream &out, Status value) {
    return detail::print(out, value, {"", "active", "auto_disabled", "disabled"});
}
inline std::ostream &operator<<(std::ostream &out, Kind value) {
    return detail::print(out, value, {"", "null", "false", "true", "number", "string", "array", "object"});
}
inline std::ostream &operator<<(std::ostream &out, Policy value) { return detail::print(out, value, {"documented", "strict"}); }
inline std::ostream &operator<<(std::ostream &out, Encoding value) {
    return detail::print(out, value, {"base64", "base64url", "hex"});
}
inline std::ostream &operator<<(std::ostream &out, Tag value) { return detail::print(out, value, {"appended", "prepended"}); }
inline std::ostream &operator<<(std::ostream &out, Reading value) { return detail::print(out, value, {"tolerant", "strict"}); }
inline std::ostream &operator<<(std::ostream &out, Missing value) {
    return detail::print(out, value, {"empty", "keep", "error", "null"});
}
inline std::ostream &operator<<(std::ostream &out, Surrogates value) { return detail::print(out, value, {"refuse", "replace"}); }
inline std::ostream &operator<<(std::ostream &out, Coverage value) {
    return detail::print(out, value, {"required", "not_required"});
}
inline std::ostream &operator<<(std::ostream &out, Secrets value) { return detail::print(out, value, {"masked", "shown"}); }
inline std::ostream &operator<<(std::ostream &out, Limit value) {
    return detail::print(out, value, {"", "payload_bytes", "record_bytes", "received_bytes", "depth", "nodes", "violations",
                                      "url_bytes", "headers", "header_name_bytes", "header_value_bytes", "headers_bytes",
                                      "replacers", "output_bytes"});
}

} // namespace cbp

#endif // CALLBACK_PROFILE_HPP
