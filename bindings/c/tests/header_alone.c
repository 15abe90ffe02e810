/* The header compiles alone, as strict C99. */
#include "callback_profile.h"

#if CBP_VERSION_NUMBER != CBP_VERSION_MAJOR * 1000000 + CBP_VERSION_MINOR * 1000 + CBP_VERSION_PATCH
#error "CBP_VERSION_NUMBER"
#endif

int main(void) { return cbp_abi_version() == CBP_ABI_VERSION ? 0 : 1; }
