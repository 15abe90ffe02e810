// Callbacks that can be trusted: testdata/sealed.json and signature.json, from C++. A part of test_cases.cpp, inside its
// namespace.

bool run_seal(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.profile));
    auto options = call_options(c);
    cbp::Random random{};
    check("random", c.random.len, random.size());
    std::memcpy(random.data(), c.random.data, random.size());
    options.random = random;
    options.issued_at = c.issued_at;
    options.id = text(c.id);
    options.profile_id = text(c.profile_id);
    options.bare_token = c.bare != 0;
    if (!succeeded("profile", profile)) return false;
    const auto callback = profile->callback(view(c.record), options);
    if (!succeeded("seal", callback)) return false;
    check("method", callback->method_name(), c.method);
    check("url", callback->url(), c.url);
    check("body", callback->body(), c.body);
    check_pairs("header", callback->headers(), c.headers);
    check("sealed", callback->is_sealed(), 1);
    return false;
}

bool run_sealed_open(const Case &c) {
    const auto profile = cbp::Profile::parse(view(c.profile));
    auto options = call_options(c);
    if (!succeeded("profile", profile)) return false;
    const auto without = profile->open_details(view(c.received), options);
    check("not without what is expected", without.ok() ? 0 : without.error().code(), CBP_ERROR_INVALID_ARGUMENT);
    std::optional<cbp::Method> method;
    for (const auto known : {cbp::Method::get, cbp::Method::post, cbp::Method::put, cbp::Method::del})
        if (c.expected_method.data && cbp::name(known) == view(c.expected_method)) method = known;
    options.expected = cbp::Expected(c.check_freshness ? cbp::Freshness::within(c.now, c.tolerance)
                                                       : cbp::Freshness::not_checked(),
                                     method, text(c.expected_url), text(c.expected_profile_id));
    const auto opened = profile->open_details(view(c.received), options);
    if (c.error.data) {
        check("error", opened ? "success" : opened.error().name(), c.error);
        if (!opened) check("class", opened.error().error_class() == "DecryptionError", 1);
        return true;
    }
    if (!succeeded("open", opened)) return false;
    check("values", std::string(opened->json_view()), c.opened);
    check("unknown", opened->unknown(), c.unknown);
    const auto sealed = opened->sealed();
    check("sealed", sealed.has_value(), 1);
    if (!sealed) return false;
    check("id", sealed->id, c.id);
    check("time", sealed->issued_at == c.issued_at, 1);
    check("kid", sealed->kid == profile->kid(), 1);
    return false;
}

std::vector<std::string_view> secrets_of(const Case &c) {
    std::vector<std::string_view> secrets;
    for (std::size_t i = 0; i < c.signing_secrets.count; ++i) secrets.push_back(view(c.signing_secrets.items[i]));
    return secrets;
}

bool run_signing_secret(const Case &c) {
    const auto signer = cbp::Signer::create({view(c.text)});
    check("signer", signer.ok(), c.accepted);
    check("verifier", cbp::Verifier::create({view(c.text)}).ok(), c.accepted);
    if (!signer) check("class", signer.error().error_class() == "ArgumentError", 1);
    return !c.accepted;
}

bool run_sign(const Case &c) {
    const auto signer = cbp::Signer::create(secrets_of(c));
    if (!succeeded("signer", signer)) return false;
    const auto signature = signer->sign(view(c.id), c.timestamp, view(c.body));
    if (succeeded("sign", signature)) check_pairs("header", signature->headers(), c.headers);
    return false;
}

bool run_verify(const Case &c) {
    const auto verifier = cbp::Verifier::create(secrets_of(c));
    if (!succeeded("verifier", verifier)) return false;
    std::vector<std::pair<std::string_view, std::string_view>> headers;
    for (std::size_t i = 0; i < c.headers.count; ++i)
        headers.emplace_back(view(c.headers.items[2 * i]), view(c.headers.items[2 * i + 1]));
    const auto verified = verifier->verify(headers, view(c.body), c.now, c.tolerance);
    if (c.error.data) {
        check("error", verified ? "success" : verified.error().name(), c.error);
        if (!verified) check("class", verified.error().error_class() == "SignatureError", 1);
        return true;
    }
    if (!succeeded("verify", verified)) return false;
    check("id", verified->id, c.id);
    check("timestamp", verified->timestamp == c.timestamp, 1);
    return false;
}
