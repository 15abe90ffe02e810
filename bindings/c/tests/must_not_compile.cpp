// What the C++ header refuses, one mistake per CASE_…: run.sh compiles the file once without any, which must succeed, and
// once with each, which must fail with the words behind the case.
#include "callback_profile.hpp"

#include <iostream>

std::size_t uses(const cbp::Profile &profile, cbp::Callback &filled) {
    const auto callback = profile.callback("{}");
    const auto secret = profile.to_json();
    std::string_view view = callback ? callback->body_view() : filled.url_view();
    if (!profile.callback_into("{}", filled)) return view.size();

#ifdef CASE_BODY_VIEW_OF_A_RESULT // use of deleted function
    view = profile.callback("{}")->body_view();
#endif
#ifdef CASE_BODY_VIEW_OF_A_VALUE // use of deleted function
    view = profile.callback("{}").value().body_view();
#endif
#ifdef CASE_URL_VIEW_OF_A_VALUE // use of deleted function
    view = (*profile.callback("{}")).url_view();
#endif
#ifdef CASE_URL_VIEW_OF_VALUE_OR_THROW // use of deleted function
    view = profile.callback("{}").value_or_throw().url_view();
#endif
#ifdef CASE_VIEW_OF_A_MOVED_CALLBACK // use of deleted function
    view = std::move(filled).body_view();
#endif
#ifdef CASE_VIEW_OF_A_CONST_TEMPORARY // use of deleted function
    view = static_cast<const cbp::Callback &&>(filled).body_view();
#endif
#ifdef CASE_VIEW_OF_A_SECRET // use of deleted function
    view = profile.to_json().value().view();
#endif
#ifdef CASE_VIEW_OF_OPENED // use of deleted function
    view = profile.open("{}")->view();
#endif
#ifdef CASE_VIEW_OF_DETAILS // use of deleted function
    view = profile.open_details("{}")->json_view();
#endif
#ifdef CASE_OPENED_OF_A_TEMPORARY // use of deleted function
    const auto verifier = cbp::Verifier::create({}).value_or_throw();
    view = profile.receive(verifier, {{}, "/", "{}"}, 0).value().opened().json_view();
#endif
#ifdef CASE_EXPECTED_IN_PART // no matching function for call
    view = cbp::Expected(cbp::Freshness::not_checked()).url.value_or("");
#endif
#ifdef CASE_IGNORED_ADD // nodiscard
    cbp::KeyRing::by_header("a").value().add("a", profile);
#endif
#ifdef CASE_IGNORED_DIAGNOSIS // nodiscard
    profile.diagnose({"text"});
#endif
#ifdef CASE_COPIED_FINDING // use of deleted function
    const auto diagnosis = profile.diagnose({"text"});
    const auto findings = diagnosis->findings();
    const cbp::Finding copied = findings.front();
    view = copied.cause;
#endif
#ifdef CASE_NAMES_OF_PARAMETERS // use of deleted function
    view = cbp::Parameters({"a"}).names().front();
#endif
#ifdef CASE_DATA_OF_A_SECRET // use of deleted function
    view = std::string_view(cbp::Secret::with_room(8).data(), 8);
#endif
#ifdef CASE_REFERENCE_TO_A_TEMPORARY // cannot bind non-const lvalue reference
    cbp::Profile &dangling = cbp::Profile::parse("{}").value();
    view = dangling.title();
#endif
#ifdef CASE_IGNORED_RESULT // nodiscard
    profile.callback_into("{}", filled);
#endif
#ifdef CASE_IGNORED_CHECK // nodiscard
    cbp::Profile::check("{}");
#endif
#ifdef CASE_HEADERS_OF_A_VALUE // use of deleted function
    for (const auto &[name, value] : profile.callback("{}").value().headers_view()) view = name;
#endif
#ifdef CASE_HEADERS_OF_A_SIGNATURE // use of deleted function
    const auto signer = cbp::Signer::create({}).value_or_throw();
    for (const auto &[name, value] : signer.sign("a", 0, "{}").value().headers_view()) view = name;
#endif
#ifdef CASE_CIPHER_OF_A_VALUE // use of deleted function
    const cbp::Cipher *cipher = cbp::Profile::parse("{}").value().cipher();
    view = cipher ? "a" : "b";
#endif
#ifdef CASE_VIEW_OF_AN_OPENED_VALUE // use of deleted function
    view = cbp::OpenedValue{cbp::Kind::string, cbp::Secret("a")}.text.view();
#endif
#ifdef CASE_PRINTED_SECRET // use of deleted function
    std::cout << *secret;
#endif
#ifdef CASE_COPIED_SECRET // use of deleted function
    const cbp::Secret copy = *secret;
    view = copy.view();
#endif
    return view.size() + secret->size();
}
