// Misuses of a Result end the process and say why: misused_result KIND, which run.sh expects to abort.
#include "callback_profile.hpp"

int main(int argc, char **argv) {
    const std::string kind = argc == 2 ? argv[1] : "";
    auto refused = cbp::Profile::parse("{}");
    const auto checked = cbp::Profile::check("{}");
    const auto schema = cbp::schema();
    if (kind == "value") return refused.value().title().empty();
    if (kind == "star") return (*std::move(refused)).title().empty();
    if (kind == "arrow") return refused->title().empty();
    if (kind == "error") return static_cast<int>(schema.error().code());
    if (kind == "void_error") return static_cast<int>(cbp::Result<void>().error().code());
    return checked ? 2 : 0;
}
