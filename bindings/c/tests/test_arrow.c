/* Columns by the Arrow C Data Interface: arrays made by hand, good and hostile, and streams. */
#include <callback_profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t checks, failures;

#define EXPECT(condition)                                              \
    do {                                                               \
        checks++;                                                      \
        if (!(condition)) {                                            \
            failures++;                                                \
            printf("FAILED line %d: %s\n", __LINE__, #condition);      \
        }                                                              \
    } while (0)

static int released;

static void release_array(struct ArrowArray *array)
{
    released++;
    array->release = NULL;
}

static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }

static struct ArrowSchema schema_of(const char *format)
{
    struct ArrowSchema schema;
    memset(&schema, 0, sizeof schema);
    schema.format = format;
    schema.release = release_schema;
    return schema;
}

static struct ArrowArray array_of(int64_t length, const void **buffers, int64_t n_buffers)
{
    struct ArrowArray array;
    memset(&array, 0, sizeof array);
    array.length = length;
    array.n_buffers = n_buffers;
    array.buffers = buffers;
    array.release = release_array;
    return array;
}

static const char DATA[] = "{\"a\":\"1\"}no JSON{\"a\":\"22\"}";
static const int32_t OFFSETS[] = {0, 9, 16, 26};
static const uint8_t VALID[] = {3}; /* the third row is null */
static const void *GOOD[] = {VALID, OFFSETS, DATA};

static struct ArrowArray good_array(void)
{
    struct ArrowArray array = array_of(3, GOOD, 3);
    array.null_count = 1;
    return array;
}

/* The text of a row in a child with 64-bit offsets; NULL if the row is null. */
static const char *text_at(const struct ArrowArray *child, int64_t row, size_t *len)
{
    const uint8_t *valid = child->buffers[0];
    const int64_t *offsets = child->buffers[1];
    if (valid && !(valid[row / 8] >> (row % 8) & 1)) return NULL;
    *len = (size_t)(offsets[row + 1] - offsets[row]);
    return (const char *)child->buffers[2] + offsets[row];
}

static cbp_profile *profile_of(const char *json)
{
    cbp_profile *profile = NULL;
    EXPECT(cbp_profile_parse(json, strlen(json), NULL, &profile, NULL) == CBP_OK);
    return profile;
}

static void a_column_is_opened(const cbp_profile *profile)
{
    struct ArrowSchema schema = schema_of("u"), result_schema;
    struct ArrowArray array = good_array(), result, child;
    size_t len = 0;
    const char *text;
    released = 0;
    EXPECT(cbp_profile_open_arrow(profile, &schema, &array, NULL, &result_schema, &result, NULL) == CBP_OK);
    EXPECT(released == 1 && array.release == NULL && schema.release != NULL);
    EXPECT(strcmp(result_schema.format, "+s") == 0 && result_schema.n_children == 3);
    EXPECT(strcmp(result_schema.children[0]->name, "opened") == 0 && strcmp(result_schema.children[0]->format, "U") == 0);
    EXPECT(strcmp(result_schema.children[1]->name, "error") == 0 && strcmp(result_schema.children[1]->format, "u") == 0);
    EXPECT(result.length == 3 && result.n_children == 3 && result.children[0]->null_count == 2);
    EXPECT(result.children[1]->null_count == 2 && result.children[2]->null_count == 3);
    text = text_at(result.children[0], 0, &len);
    EXPECT(len == 9 && memcmp(text, DATA, 9) == 0);
    EXPECT(memcmp(result.children[1]->buffers[2], "invalid_json", 12) == 0);

    /* A child is moved out and lives on its own. */
    child = *result.children[0];
    result.children[0]->release = NULL;
    result.release(&result);
    EXPECT(result.release == NULL);
    text = text_at(&child, 0, &len);
    EXPECT(len == 9 && memcmp(text, DATA, 9) == 0);
    child.release(&child);
    result_schema.release(&result_schema);
    EXPECT(result_schema.release == NULL);
}

static void columns_have_names(const cbp_profile *profile)
{
    cbp_call_options *options = cbp_call_options_new();
    cbp_str names[] = {{"a", 1}, {"/b", 2}};
    cbp_str taken[] = {{"error", 5}};
    struct ArrowSchema schema = schema_of("u"), result_schema;
    struct ArrowArray array = good_array(), result;
    size_t len = 0;
    EXPECT(cbp_call_options_set_columns(options, taken, 1, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(cbp_call_options_set_columns(options, names, 2, NULL) == CBP_OK);
    EXPECT(cbp_call_options_set_threads(options, 2, NULL) == CBP_OK);
    EXPECT(cbp_call_options_set_keep_going(options, true, NULL) == CBP_OK);
    /* A row has one error: what else is missing could not be told. */
    EXPECT(cbp_call_options_set_partial(options, true, NULL) == CBP_OK);
    EXPECT(cbp_profile_open_arrow(profile, &schema, &array, options, &result_schema, &result, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(array.release == NULL);
    EXPECT(cbp_call_options_set_partial(options, false, NULL) == CBP_OK);
    array = good_array();
    EXPECT(cbp_profile_open_arrow(profile, &schema, &array, options, &result_schema, &result, NULL) == CBP_OK);
    EXPECT(result.n_children == 4 && strcmp(result_schema.children[1]->name, "/b") == 0);
    EXPECT(memcmp(text_at(result.children[0], 0, &len), "1", 1) == 0 && len == 1);
    EXPECT(result.children[1]->null_count == 3);
    result.release(&result);
    result_schema.release(&result_schema);
    cbp_call_options_free(options);
}

/* Refuses an array: outputs are untouched, the array is released once, and the error says where. */
static void refused(const cbp_profile *profile, const char *format, struct ArrowArray array, const char *where)
{
    struct ArrowSchema schema = schema_of(format), result_schema = schema_of("untouched");
    struct ArrowArray result = array_of(77, NULL, 0);
    cbp_error *error = NULL;
    char message[200];
    bool was_live = array.release != NULL;
    released = 0;
    EXPECT(cbp_profile_open_arrow(profile, &schema, &array, NULL, &result_schema, &result, &error) ==
           CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(released == (was_live ? 1 : 0) && array.release == NULL);
    EXPECT(result.length == 77 && strcmp(result_schema.format, "untouched") == 0);
    snprintf(message, sizeof message, "%.*s", CBP_STR_ARG(cbp_error_message(error)));
    EXPECT(strstr(message, where) != NULL);
    if (!strstr(message, where)) printf("  %s, not %s\n", message, where);
    cbp_error_free(error);
}

static void hostile_arrays_are_refused(const cbp_profile *profile)
{
    static const int32_t decreasing[] = {0, 9, 8, 26};
    static const int32_t negative[] = {-1, 9, 16, 26};
    static const void *bad_offsets[] = {VALID, decreasing, DATA};
    static const void *bad_start[] = {VALID, negative, DATA};
    static const void *no_data[] = {VALID, OFFSETS, NULL};
    static const void *no_offsets[] = {VALID, NULL, DATA};
    const void *misaligned[] = {VALID, (const char *)OFFSETS + 1, DATA};
    struct ArrowArray array;
#define REFUSED(change, format, where) \
    array = good_array();              \
    change;                            \
    refused(profile, format, array, where)
    REFUSED(array.length = -1, "u", "array");
    REFUSED(array.offset = -1, "u", "length and offset");
    REFUSED(array.length = INT64_MAX; array.offset = INT64_MAX, "u", "length and offset");
    REFUSED(array.length = INT64_MAX / 8, "u", "array");
    REFUSED(array.null_count = 0, "u", "null count");
    REFUSED(array.null_count = 4, "u", "null count");
    REFUSED(array.n_buffers = 2, "u", "buffers");
    REFUSED(array.n_buffers = -1, "u", "buffers");
    REFUSED(array.buffers = NULL, "u", "buffers");
    REFUSED(array.n_children = 1, "u", "children");
    REFUSED(array.buffers = bad_offsets, "u", "offsets");
    REFUSED(array.buffers = bad_start, "u", "offsets");
    REFUSED(array.buffers = no_data, "u", "data");
    REFUSED(array.buffers = no_offsets, "u", "offsets");
    REFUSED(array.buffers = misaligned, "u", "aligned");
    REFUSED((void)0, "l", "format");
    REFUSED((void)0, "", "format");
    REFUSED(array.n_buffers = 2, "vu", "buffers");
    REFUSED(array.release = NULL, "u", "released");
#undef REFUSED
}

static void null_pointers_are_refused(const cbp_profile *profile)
{
    struct ArrowSchema schema = schema_of("u"), result_schema;
    struct ArrowArray array = good_array(), result;
    struct ArrowArrayStream stream;
    memset(&stream, 0, sizeof stream);
    released = 0;
    EXPECT(cbp_profile_open_arrow(NULL, &schema, &array, NULL, &result_schema, &result, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(released == 1);
    array = good_array();
    EXPECT(cbp_profile_open_arrow(profile, NULL, &array, NULL, &result_schema, &result, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    array = good_array();
    EXPECT(cbp_profile_open_arrow(profile, &schema, &array, NULL, NULL, &result, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    array = good_array();
    EXPECT(cbp_profile_callback_arrow(profile, &schema, &array, NULL, &result_schema, NULL, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(released == 4);
    EXPECT(cbp_profile_open_arrow(profile, &schema, NULL, NULL, &result_schema, &result, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(cbp_profile_open_arrow_stream(profile, NULL, NULL, &stream, NULL) == CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(cbp_profile_callback_arrow_stream(profile, &stream, NULL, &stream, NULL) == CBP_ERROR_INVALID_ARGUMENT);
}

/* A stream of so many parts, then the end or an error; how often it was asked. */
struct parts { int left; int last; struct ArrowArray (*next)(int left); };

static int asked;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    *out = schema_of("u");
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct parts *parts = stream->private_data;
    asked++;
    memset(out, 0, sizeof *out);
    if (parts->left == 0) return parts->last;
    parts->left--;
    *out = parts->next ? parts->next(parts->left) : good_array();
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "a text from outside";
}

static int released_streams;

static void release_stream(struct ArrowArrayStream *stream)
{
    released_streams++;
    free(stream->private_data);
    stream->release = NULL;
}

static struct ArrowArrayStream stream_of(int parts, int last)
{
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, NULL};
    struct parts *owned = malloc(sizeof *owned);
    if (!owned) abort();
    owned->left = parts;
    owned->last = last;
    owned->next = NULL;
    stream.private_data = owned;
    return stream;
}

static struct ArrowArrayStream stream_by(int parts, struct ArrowArray (*next)(int left))
{
    struct ArrowArrayStream stream = stream_of(parts, 0);
    ((struct parts *)stream.private_data)->next = next;
    return stream;
}

static bool error_begins(struct ArrowArrayStream *result, const char *text)
{
    const char *said = result->get_last_error(result);
    bool right = said && strncmp(said, text, strlen(text)) == 0;
    if (!right) printf("  %s, not %s\n", said ? said : "NULL", text);
    return right;
}

static void streams(const cbp_profile *profile)
{
    struct ArrowArrayStream stream = stream_of(2, 5), result;
    struct ArrowSchema schema;
    struct ArrowArray array;
    int parts = 0;
    released = released_streams = 0;
    EXPECT(cbp_profile_open_arrow_stream(profile, &stream, NULL, &result, NULL) == CBP_OK);
    EXPECT(stream.release == NULL && released_streams == 0);
    EXPECT(result.get_schema(&result, &schema) == 0 && schema.n_children == 3);
    schema.release(&schema);
    while (result.get_next(&result, &array) == 0 && array.release) {
        parts++;
        EXPECT(array.length == 3);
        array.release(&array);
    }
    EXPECT(parts == 2 && released == 2);
    EXPECT(strcmp(result.get_last_error(&result), "invalid_argument: the stream that was given failed with errno 5") == 0);
    result.release(&result);
    EXPECT(result.release == NULL && released_streams == 1);

    stream = stream_of(1, 0);
    EXPECT(cbp_profile_callback_arrow_stream(profile, &stream, NULL, &result, NULL) == CBP_OK);
    EXPECT(result.get_next(&result, &array) == 0 && array.n_children == 7);
    array.release(&array);
    EXPECT(result.get_next(&result, &array) == 0 && array.release == NULL);
    result.release(&result);
    EXPECT(released_streams == 2);
}

static int no_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream, (void)out;
    return 12;
}

static int released_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    *out = schema_of("u");
    out->release = NULL;
    return 0;
}

static int number_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    *out = schema_of("l");
    return 0;
}

/* Refuses a stream before its first part: the result is untouched, the stream released once unless it was released before. */
static void refused_stream(const cbp_profile *profile, struct ArrowArrayStream stream, const char *where)
{
    struct ArrowArrayStream result;
    cbp_error *error = NULL;
    char message[200];
    int live = stream.release != NULL;
    memset(&result, 0x5A, sizeof result);
    asked = released_streams = 0;
    EXPECT(cbp_profile_open_arrow_stream(profile, &stream, NULL, &result, &error) == CBP_ERROR_INVALID_ARGUMENT);
    EXPECT(stream.release == NULL && released_streams == live && asked == 0);
    EXPECT(((unsigned char *)&result)[0] == 0x5A && ((unsigned char *)&result)[sizeof result - 1] == 0x5A);
    snprintf(message, sizeof message, "%.*s", CBP_STR_ARG(cbp_error_message(error)));
    EXPECT(strstr(message, where) != NULL);
    if (!strstr(message, where)) printf("  %s, not %s\n", message, where);
    cbp_error_free(error);
}

static struct ArrowArray second_is_invalid(int left)
{
    static const int32_t decreasing[] = {0, 9, 8, 26};
    static const void *buffers[] = {VALID, decreasing, DATA};
    struct ArrowArray array = good_array();
    if (left == 1) array.buffers = buffers;
    return array;
}

static void hostile_streams_are_refused(const cbp_profile *profile)
{
    struct ArrowArrayStream stream, result;
    struct ArrowArray array;
    int times;
#define REFUSED(change, where)   \
    stream = stream_of(1, 0);    \
    change;                      \
    refused_stream(profile, stream, where)
    REFUSED(stream.get_schema = NULL, "get_schema must not be NULL");
    REFUSED(stream.get_schema = no_schema, "errno 12");
    REFUSED(stream.get_schema = released_schema, "schema must not have been released");
    REFUSED(stream.get_schema = number_schema, "format");
    REFUSED(free(stream.private_data); stream.release = NULL, "stream must not have been released");
#undef REFUSED

    /* What is seen at a part only ends the stream there. It is not asked again, however often the result is. */
    stream = stream_of(1, 0);
    stream.get_next = NULL;
    EXPECT(cbp_profile_open_arrow_stream(profile, &stream, NULL, &result, NULL) == CBP_OK);
    EXPECT(result.get_next(&result, &array) == 22);
    EXPECT(error_begins(&result, "invalid_argument: stream: get_next must not be NULL"));
    result.release(&result);

    asked = released = released_streams = 0;
    stream = stream_by(3, second_is_invalid);
    EXPECT(cbp_profile_open_arrow_stream(profile, &stream, NULL, &result, NULL) == CBP_OK);
    EXPECT(result.get_next(&result, &array) == 0 && array.length == 3);
    array.release(&array);
    for (times = 0; times < 3; times++) {
        EXPECT(result.get_next(&result, &array) == 22);
        EXPECT(error_begins(&result, "invalid_argument: array: the offsets must not"));
    }
    EXPECT(asked == 2 && released == 2 && released_streams == 0);
    result.release(&result);
    EXPECT(released_streams == 1);
}

/* 300 rows of which none opens. */
static struct ArrowArray bad_part(int left)
{
    static int32_t offsets[301];
    static const void *buffers[] = {NULL, offsets, DATA};
    (void)left;
    return array_of(300, buffers, 3);
}

static struct ArrowArray third_is_good(int left) { return left == 7 ? good_array() : bad_part(left); }

/* The rows that a stream of ten parts gives before its end or its error. */
static int64_t rows_of(const cbp_profile *profile, struct ArrowArray (*next)(int left), cbp_call_options *options,
                       int columns, const char *end)
{
    struct ArrowArrayStream stream = stream_by(10, next), result;
    struct ArrowSchema schema;
    struct ArrowArray array;
    int64_t rows = 0;
    int errno_of;
    EXPECT(cbp_profile_open_arrow_stream(profile, &stream, options, &result, NULL) == CBP_OK);
    EXPECT(result.get_schema(&result, &schema) == 0 && schema.n_children == columns);
    schema.release(&schema);
    while ((errno_of = result.get_next(&result, &array)) == 0 && array.release) {
        EXPECT(array.n_children == columns && array.children[0]->length == array.length);
        rows += array.length;
        array.release(&array);
    }
    EXPECT(errno_of == (end ? 22 : 0));
    EXPECT(end ? error_begins(&result, end) : result.get_last_error(&result) == NULL);
    result.release(&result);
    return rows;
}

/* The 1,000 rows are counted from part to part, and the options are those of the whole stream. */
static void a_stream_has_options(const cbp_profile *profile, uint32_t threads)
{
    cbp_call_options *options = cbp_call_options_new();
    cbp_str names[] = {{"a", 1}, {"/b", 2}};
    const char *nothing = "invalid_json: none of the first 1000 rows";
    EXPECT(cbp_call_options_set_threads(options, threads, NULL) == CBP_OK);
    EXPECT(rows_of(profile, bad_part, options, 3, nothing) == 900);
    EXPECT(rows_of(profile, third_is_good, options, 3, NULL) == 9 * 300 + 3);
    EXPECT(cbp_call_options_set_columns(options, names, 2, NULL) == CBP_OK);
    EXPECT(rows_of(profile, bad_part, options, 4, nothing) == 900);
    EXPECT(cbp_call_options_set_keep_going(options, true, NULL) == CBP_OK);
    EXPECT(rows_of(profile, bad_part, options, 4, NULL) == 3000);
    EXPECT(cbp_call_options_set_partial(options, true, NULL) == CBP_OK);
    {
        struct ArrowArrayStream stream = stream_of(1, 0), result;
        released_streams = 0;
        EXPECT(cbp_profile_open_arrow_stream(profile, &stream, options, &result, NULL) == CBP_ERROR_INVALID_ARGUMENT);
        EXPECT(stream.release == NULL && released_streams == 1);
    }
    cbp_call_options_free(options);
}

static void nothing_opens(const cbp_profile *profile, uint32_t threads)
{
    static int32_t offsets[1002];
    static const void *buffers[] = {NULL, offsets, DATA};
    struct ArrowSchema schema = schema_of("z"), result_schema;
    struct ArrowArray array = array_of(1001, buffers, 3), result;
    cbp_call_options *options = cbp_call_options_new();
    EXPECT(cbp_call_options_set_threads(options, threads, NULL) == CBP_OK);
    EXPECT(cbp_profile_open_arrow(profile, &schema, &array, options, &result_schema, &result, NULL) == CBP_ERROR_INVALID_JSON);
    array = array_of(1001, buffers, 3);
    EXPECT(cbp_call_options_set_keep_going(options, true, NULL) == CBP_OK);
    EXPECT(cbp_profile_open_arrow(profile, &schema, &array, options, &result_schema, &result, NULL) == CBP_OK);
    EXPECT(result.children[0]->null_count == 1001);
    result.release(&result);
    result_schema.release(&result_schema);
    cbp_call_options_free(options);
}

/* With an argument on one thread: valgrind takes what Rust keeps for a thread that starts others for lost. */
int main(int argc, char **argv)
{
    cbp_profile *profile = profile_of(
        "{\"title\": \"archive\", \"http_method\": \"POST\", \"url\": \"https://example.com/\", \"body\": {\"a\": \"<a>\"}}");
    a_column_is_opened(profile);
    columns_have_names(profile);
    hostile_arrays_are_refused(profile);
    null_pointers_are_refused(profile);
    streams(profile);
    (void)argv;
    hostile_streams_are_refused(profile);
    nothing_opens(profile, argc > 1 ? 1 : 2);
    a_stream_has_options(profile, argc > 1 ? 1 : 2);
    cbp_profile_free(profile);
    printf("count arrow c ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0 || checks < 210;
}
