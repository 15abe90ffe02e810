/* A small HTTP receiver on libmicrohttpd: requires the signature of the callbacks of one profile, opens them, gives each message
 * its effect once, and answers with an envelope.
 *
 *     cc receiver.c $(pkg-config --cflags --libs callback_profile libmicrohttpd sqlite3) -o receiver
 *     ./receiver profile.json secrets callbacks.db 8080         # 0 picks a port; the first line of output says which
 *     ./receiver profile.json secrets callbacks.db 8080 contacts customer    # parameters that may be structures
 *
 * `secrets` has one signing secret (whsec_...) a line: the one of this endpoint, and the new one too while it is changed. The
 * order is fixed: the signature over the raw body, then opening, then id and effect in one transaction, then the answer. A
 * message that comes again is answered 2xx and has no effect: an error would bring it back for days. A profile may be sealed;
 * its URL is then taken for the public one.
 *
 * It listens on loopback only; put a TLS proxy in front of it. What failed goes to the log by its stable name, and never to
 * the sender: the answer would help whoever is guessing. It ends with its standard input.
 */
#include <callback_profile.h>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "seen.h"

/* More is refused while it is still coming in. The library has a limit of its own: CBP_LIMIT_RECEIVED_BYTES. */
enum { MAX_BODY = 2 * 1024 * 1024, MAX_HEADERS = 64, MAX_SECRETS = 16 };

/* What all threads share. */
struct receiver {
    cbp_profile *profile;
    cbp_verifier *verifier;
    struct seen *seen;
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

struct headers {
    cbp_header list[MAX_HEADERS];
    size_t count;
};

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct headers *headers = context;
    cbp_header *header = headers->list + headers->count;
    (void)kind;
    if (headers->count == MAX_HEADERS) return MHD_NO;
    header->name.data = name;
    header->name.len = strlen(name);
    header->value.data = value ? value : "";
    header->value.len = value ? strlen(value) : 0;
    headers->count++;
    return MHD_YES;
}

/* Verifies, then opens; sealed callbacks must be new and meant for this method and URL. */
static cbp_status receive(const struct receiver *receiver, const struct headers *headers, const char *method, const char *url,
                          const struct request *request, cbp_received **received, cbp_error **error) {
    cbp_call_options *options = cbp_call_options_new();
    cbp_str public_url = cbp_profile_constant_url(receiver->profile);
    uint64_t now = (uint64_t)time(NULL);
    uint32_t number = strcmp(method, MHD_HTTP_METHOD_PUT) == 0 ? CBP_METHOD_PUT : CBP_METHOD_POST;
    cbp_status status = cbp_call_options_set_structures(options, receiver->structures, receiver->structure_count, error);
    if (status == CBP_OK)
        status = cbp_call_options_set_expected(options, true, now, CBP_DEFAULT_TOLERANCE, number, public_url.data, public_url.len,
                                               NULL, 0, error);
    if (status == CBP_OK)
        status = cbp_profile_receive(receiver->profile, receiver->verifier, headers->list, headers->count, url, strlen(url),
                                     request->body, request->len, now, CBP_DEFAULT_TOLERANCE, options, received, error);
    cbp_call_options_free(options);
    return status;
}

/* The whole body is here. */
static enum MHD_Result handle(const struct receiver *receiver, struct MHD_Connection *connection, const char *method,
                              const char *url, const struct request *request) {
    struct headers headers = {.count = 0};
    cbp_received *received = NULL;
    cbp_error *error = NULL;
    enum MHD_Result result;
    cbp_status status;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, on_header, &headers);
    status = receive(receiver, &headers, method, url, request, &received, &error);
    if (status == CBP_OK) {
        const cbp_opened *opened = cbp_received_opened(received);
        cbp_str parameters = cbp_opened_json(opened);
        switch (seen_or_effect(receiver->seen, cbp_opened_sealed_kid(opened), cbp_received_id(received), parameters, time(NULL))) {
        case IS_NEW: {
            char *data = malloc(parameters.len + 1);
            fprintf(stderr, "opened %zu bytes\n", request->len);
            if (data) {
                memcpy(data, parameters.data, parameters.len);
                data[parameters.len] = '\0';
            }
            result = answer_envelope(connection, 200, "RBC024", "Callback received", data ? data : "{}");
            if (data) cbp_wipe(data, parameters.len);
            free(data);
            break;
        }
        case IS_DUPLICATE:
            fprintf(stderr, "received before: %.*s\n", CBP_STR_ARG(cbp_received_id(received)));
            result = answer_envelope(connection, 200, "RBC024", "Callback received before", "{}");
            break;
        default: result = answer_envelope(connection, 503, "RBC302", "try again", "{}");
        }
    } else {
        fprintf(stderr, "refused %zu bytes: %.*s\n", request->len, CBP_STR_ARG(cbp_error_name(error)));
        result = answer_envelope(connection, 400, "RBC302", "the callback could not be opened", "{}");
    }
    cbp_received_free(received);
    cbp_error_free(error);
    return result;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *data_len, void **state) {
    const struct receiver *receiver = context;
    struct request *request = *state;
    (void)version;
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
    return handle(receiver, connection, method, url, request);
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

/* The verifier of a file of secrets, one a line. */
static cbp_verifier *read_secrets(const char *path) {
    static char text[4096];
    cbp_str secrets[MAX_SECRETS];
    cbp_verifier *verifier = NULL;
    cbp_error *error = NULL;
    size_t count = 0;
    char *line;
    FILE *file = fopen(path, "rb");
    size_t len = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file) fclose(file);
    text[len] = '\0';
    for (line = strtok(text, "\r\n"); line && count < MAX_SECRETS; line = strtok(NULL, "\r\n")) {
        secrets[count].data = line;
        secrets[count++].len = strlen(line);
    }
    if (cbp_verifier_new(secrets, count, &verifier, &error) != CBP_OK)
        fprintf(stderr, "%s: %.*s\n", path, CBP_STR_ARG(cbp_error_message(error)));
    cbp_wipe(text, sizeof text);
    cbp_error_free(error);
    return verifier;
}

static void close_all(struct receiver *receiver) {
    if (receiver->seen->database) seen_close(receiver->seen);
    cbp_verifier_free(receiver->verifier);
    cbp_profile_free(receiver->profile);
}

int main(int argc, char **argv) {
    struct sockaddr_in address;
    struct MHD_Daemon *daemon;
    struct seen seen = {.database = NULL};
    struct receiver receiver = {.seen = &seen};
    const union MHD_DaemonInfo *info;
    if (argc >= 5 && argc - 5 <= (int)(sizeof receiver.structures / sizeof *receiver.structures)) {
        receiver.profile = read_profile(argv[1]);
        receiver.verifier = read_secrets(argv[2]);
    }
    if (!receiver.profile || !receiver.verifier) {
        fprintf(stderr, "usage: receiver PROFILE.json SECRETS DATABASE PORT [STRUCTURE ...], at most 16 structures\n");
        close_all(&receiver);
        return 2;
    }
    if (!seen_open(&seen, argv[3])) {
        fprintf(stderr, "%s: %s\n", argv[3], sqlite3_errmsg(seen.database));
        close_all(&receiver);
        return 1;
    }
    for (; receiver.structure_count < (size_t)argc - 5; receiver.structure_count++) {
        const char *name = argv[5 + receiver.structure_count];
        receiver.structures[receiver.structure_count].data = name;
        receiver.structures[receiver.structure_count].len = strlen(name);
    }
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)strtoul(argv[4], NULL, 10));
    /* Four threads share the receiver: nothing of it changes any more, and the database has a lock. A request that waits for a
     * slow disk must not lose its connection, so that the timeout is a long one. */
    daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, on_request, &receiver, MHD_OPTION_SOCK_ADDR,
                              (struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE, 4u, MHD_OPTION_CONNECTION_TIMEOUT,
                              30u, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
    info = daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        fprintf(stderr, "cannot listen on 127.0.0.1:%s\n", argv[4]);
        close_all(&receiver);
        return 1;
    }
    printf("listening on 127.0.0.1:%u\n", (unsigned)info->port);
    fflush(stdout);
    while (getchar() != EOF) {
    }
    MHD_stop_daemon(daemon);
    close_all(&receiver);
    return 0;
}
