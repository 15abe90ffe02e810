/* The header compiles alone, as strict C99. */
#include "callback_profile.h"

#if CBP_VERSION_NUMBER != CBP_VERSION_MAJOR * 1000000 + CBP_VERSION_MINOR * 1000 + CBP_VERSION_PATCH
#error "CBP_VERSION_NUMBER"
#endif

/* Macros in every place of an expression, also of C++. */
static size_t literals(void) {
    const cbp_str names[] = {CBP_STR("to"), CBP_STR("")};
    return names[0].len + names[1].len + (size_t)cbp_algorithm_from_name(CBP_TEXT("AES-128-GCM"));
}

int main(void) { return cbp_abi_version() == CBP_ABI_VERSION && literals() == 3 ? 0 : 1; }
