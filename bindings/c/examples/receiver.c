/* A small HTTP receiver on libmicrohttpd: accepts the callbacks of one profile, opens them, answers with an envelope.
 *
 *     cc receiver.c $(pkg-config --cflags --libs callback_profile libmicrohttpd) -o receiver
 *     ./receiver profile.json 8080                      # 0 picks a port; the first line of output says which
 *     ./receiver profile.json 8080 contacts customer    # parameters that may be arrays or objects of encrypted strings
 *
 * The library holds the body to the profile: every encrypted name must be there, as an encrypted string, unless it is named.
 * It listens on loopback only; put a TLS proxy in front of it. What failed goes to the log by its stable name, and never to
 * the sender: the answer would help whoever is guessing. It ends with its standard input.
 */
#include <callback_profile.h>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More is refused while it is still coming in. The library has a limit of its own: CBP_LIMIT_RECEIVED_BYTES. */
enum { MAX_BODY = 2 * 1024 * 1024 };

/* What all threads share: neither changes. */
struct receiver {
    cbp_profile *profile;
    cbp_str structures[16];
    size_t structure_count;
};

struct request {
    char *body;
    size_t len, room;
    int too_large;
};

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, const char *json, size_t len) {
    struct MHD_Response *response = MHD_create_response_from_buffer(len, (void *)(size_t)json, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result result = MHD_NO;
    if (response) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
        result = MHD_queue_response(connection, status, response);
        MHD_destroy_response(response);
    }
    return result;
}

/* Answers with code, message and `data`, which is JSON. */
static enum MHD_Result answer_envelope(struct MHD_Connection *connection, unsigned status, const char *code,
                                       const char *message, const char *data) {
    static const char form[] = "{\"code\":\"%s\",\"message\":\"%s\",\"data\":%s,\"error\":%s,\"status\":%u}";
    const char *problem = status == 200 ? "{}" : "[{\"body\":\"the callback could not be opened\"}]";
    size_t room = sizeof form + strlen(code) + strlen(message) + strlen(data) + strlen(problem) + 16;
    char *json = malloc(room);
    enum MHD_Result result = MHD_NO;
    if (json) {
        int len = snprintf(json, room, form, code, message, data, problem, status);
        result = answer(connection, status, json, (size_t)len);
        cbp_wipe(json, room);
        free(json);
    }
    return result;
}

/* The whole body is here. */
static enum MHD_Result handle(const struct receiver *receiver, struct MHD_Connection *connection,
                              const struct request *request) {
    const char *type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);
    cbp_call_options *options = cbp_call_options_new();
    cbp_bytes *opened = NULL;
    cbp_error *error = NULL;
    enum MHD_Result result;
    cbp_status status = cbp_call_options_set_content_type(options, type, type ? strlen(type) : 0, &error);
    if (status == CBP_OK)
        status = cbp_call_options_set_structures(options, receiver->structures, receiver->structure_count, &error);
    if (status == CBP_OK)
        status = cbp_profile_open(receiver->profile, request->body, request->len, options, &opened, &error);
    if (status == CBP_OK) {
        fprintf(stderr, "opened %zu bytes\n", request->len);
        result = answer_envelope(connection, 200, "RBC024", "Callback received", cbp_bytes_data(opened));
    } else {
        fprintf(stderr, "refused %zu bytes: %.*s\n", request->len, CBP_STR_ARG(cbp_error_name(error)));
        result = answer_envelope(connection, 400, "RBC302", "the callback could not be opened", "{}");
    }
    cbp_bytes_free(opened);
    cbp_error_free(error);
    cbp_call_options_free(options);
    return result;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *data_len, void **state) {
    const struct receiver *receiver = context;
    struct request *request = *state;
    (void)url, (void)version;
    if (!request) { /* the headers are here, the body is not */
        *state = calloc(1, sizeof *request);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*data_len > 0) {
        if (request->len + *data_len > MAX_BODY) {
            request->too_large = 1; /* the rest is read and dropped, so that the sender gets the answer */
        } else {
            if (request->len + *data_len > request->room) {
                size_t room = 2 * (request->len + *data_len);
                char *longer = realloc(request->body, room);
                if (!longer) return MHD_NO;
                request->body = longer;
                request->room = room;
            }
            memcpy(request->body + request->len, data, *data_len);
            request->len += *data_len;
        }
        *data_len = 0;
        return MHD_YES;
    }
    if (request->too_large) return answer_envelope(connection, 413, "RBC302", "the callback is too large", "{}");
    if (strcmp(method, MHD_HTTP_METHOD_POST) != 0 && strcmp(method, MHD_HTTP_METHOD_PUT) != 0)
        return answer_envelope(connection, 405, "RBC302", "callbacks are POST or PUT", "{}");
    return handle(receiver, connection, request);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why) {
    struct request *request = *state;
    (void)context, (void)connection;
    if (!request) return;
    if (why != MHD_REQUEST_TERMINATED_COMPLETED_OK) fprintf(stderr, "incomplete after %zu bytes\n", request->len);
    cbp_wipe(request->body, request->room);
    free(request->body);
    free(request);
}

/* The profile of a file: a create payload, or what the platform returns for it. */
static cbp_profile *read_profile(const char *path) {
    static char json[256 * 1024];
    cbp_stored_profile *stored = NULL;
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    FILE *file = fopen(path, "rb");
    size_t len = file ? fread(json, 1, sizeof json, file) : 0;
    if (file) fclose(file);
    if (cbp_stored_profile_parse(json, len, NULL, &stored, &error) != CBP_OK ||
        cbp_stored_profile_take(&stored, &profile, &error) != CBP_OK)
        fprintf(stderr, "%s: %.*s\n", path, CBP_STR_ARG(cbp_error_message(error)));
    cbp_wipe(json, sizeof json);
    cbp_error_free(error);
    return profile;
}

int main(int argc, char **argv) {
    struct sockaddr_in address;
    struct MHD_Daemon *daemon;
    struct receiver receiver = {NULL, {{NULL, 0}}, 0};
    const union MHD_DaemonInfo *info;
    if (argc >= 3 && argc - 3 <= (int)(sizeof receiver.structures / sizeof *receiver.structures))
        receiver.profile = read_profile(argv[1]);
    if (!receiver.profile) {
        fprintf(stderr, "usage: receiver PROFILE.json PORT [STRUCTURE ...], at most 16 structures\n");
        return 2;
    }
    for (; receiver.structure_count < (size_t)argc - 3; receiver.structure_count++) {
        const char *name = argv[3 + receiver.structure_count];
        receiver.structures[receiver.structure_count].data = name;
        receiver.structures[receiver.structure_count].len = strlen(name);
    }
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)strtoul(argv[2], NULL, 10));
    /* Four threads share the receiver: it does not change any more. */
    daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, on_request, &receiver, MHD_OPTION_SOCK_ADDR,
                              (struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE, 4u, MHD_OPTION_CONNECTION_TIMEOUT,
                              5u, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
    info = daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        fprintf(stderr, "cannot listen on 127.0.0.1:%s\n", argv[2]);
        cbp_profile_free(receiver.profile);
        return 1;
    }
    printf("listening on 127.0.0.1:%u\n", (unsigned)info->port);
    fflush(stdout);
    while (getchar() != EOF) {
    }
    MHD_stop_daemon(daemon);
    cbp_profile_free(receiver.profile);
    return 0;
}
