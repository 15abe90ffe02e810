// The C++ header in two translation units of one program: everything in it must be inline.
#include "callback_profile.hpp"

std::string title_in_b();

int main() {
    const auto profile = cbp::Profile::parse(R"({"title":"two","http_method":"GET","url":"https://example.com/"})");
    return profile && profile->title() == title_in_b() ? 0 : 1;
}
