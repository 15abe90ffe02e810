#include "callback_profile.hpp"

std::string title_in_b() {
    return cbp::Profile::parse(R"({"title":"two","http_method":"GET","url":"https://example.com/"})").value().title();
}
