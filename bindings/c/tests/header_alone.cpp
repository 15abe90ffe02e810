// The C++ header compiles alone, and its objects can be moved and not copied.
#include "callback_profile.hpp"

template <class T>
constexpr bool move_only = std::is_move_constructible_v<T> && std::is_move_assignable_v<T> && !std::is_copy_constructible_v<T>;

static_assert(move_only<cbp::Profile> && move_only<cbp::StoredProfile> && move_only<cbp::Cipher>);
static_assert(move_only<cbp::Message> && move_only<cbp::Callback> && move_only<cbp::Envelope>);
static_assert(move_only<cbp::Secret> && move_only<cbp::Error> && move_only<cbp::Result<cbp::Profile>>);
static_assert(move_only<cbp::Result<void>> && std::is_nothrow_copy_constructible_v<cbp::Exception>);

static_assert(move_only<cbp::Signer> && move_only<cbp::Signature> && move_only<cbp::Verifier>);
static_assert(move_only<cbp::Received> && move_only<cbp::Opened> && move_only<cbp::KeyRing>);
// What is expected of a sealed callback has no default.
static_assert(!std::is_default_constructible_v<cbp::Expected> && !std::is_default_constructible_v<cbp::Freshness>);

int main() { return cbp::abi_matches() ? 0 : 1; }
