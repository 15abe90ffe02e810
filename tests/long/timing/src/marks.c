/* valgrind's client requests, which are macros; outside valgrind they do nothing. */
#include <stddef.h>
#include <valgrind/memcheck.h>

void cbp_mark_secret(const void *bytes, size_t length) { (void)VALGRIND_MAKE_MEM_UNDEFINED(bytes, length); }
void cbp_mark_public(const void *bytes, size_t length) { (void)VALGRIND_MAKE_MEM_DEFINED(bytes, length); }
unsigned cbp_under_valgrind(void) { return RUNNING_ON_VALGRIND; }
unsigned cbp_errors_so_far(void) { return VALGRIND_COUNT_ERRORS; }
