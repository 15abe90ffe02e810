/* HTTP/1.1 over plain sockets, for service.c, inbox.c and dispatcher.cpp: one request per connection, bounded in size and time.
 *
 * It is here so that the examples need no HTTP library, and knows no TLS. With an HTTP library the address is checked where
 * it opens its socket, as with CURLOPT_OPENSOCKETFUNCTION of libcurl: nobody may resolve the name a second time after the check.
 */
#ifndef EXAMPLE_HTTP_H
#define EXAMPLE_HTTP_H

#include <callback_profile.h>

#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { HTTP_MAX = 256 * 1024, HTTP_MAX_HEADERS = 64, HTTP_SECONDS = 10, HTTP_THREADS = 8 };

/* A request: views of its own text. */
struct http_message {
    char text[HTTP_MAX + 1];
    cbp_str line[3]; /* method, target, version */
    cbp_header headers[HTTP_MAX_HEADERS];
    size_t header_count;
    cbp_str body;
};

static inline int http_has_name(const cbp_header *header, const char *name) {
    return header->name.len == strlen(name) && strncasecmp(header->name.data, name, header->name.len) == 0;
}

/* Splits the head, which ends at `end`, into lines. Returns the length of the body, or -1 if it is no head. */
static inline long http_split(struct http_message *message, char *end) {
    char *at = message->text, *line = strstr(at, "\r\n"), *value, *next;
    long len = 0;
    int part;
    message->header_count = 0;
    for (part = 0; part < 3; part++) {
        char *stop = part < 2 ? (char *)memchr(at, ' ', (size_t)(line - at)) : line;
        if (!stop) return -1;
        message->line[part].data = at;
        message->line[part].len = (size_t)(stop - at);
        at = stop + 1;
    }
    for (; line < end; line = next) {
        cbp_header *header = message->headers + message->header_count;
        next = strstr(line + 2, "\r\n");
        value = (char *)memchr(line + 2, ':', (size_t)(next - line - 2));
        if (!value || value == line + 2 || message->header_count++ == HTTP_MAX_HEADERS) return -1;
        header->name.data = line + 2;
        header->name.len = (size_t)(value - line - 2);
        for (value++; *value == ' ' || *value == '\t';) value++;
        header->value.data = value;
        header->value.len = (size_t)(next - value);
        if (http_has_name(header, "transfer-encoding")) return -1;
        if (http_has_name(header, "content-length") && (len = strtol(value, &value, 10), value != next || len < 0)) return -1;
    }
    return len;
}

/* Reads a whole request. Returns 0, or the HTTP status that says what is wrong: 400, 408 or 413. */
static inline int http_read(int connection, struct http_message *message) {
    const time_t deadline = time(NULL) + HTTP_SECONDS;
    size_t len = 0, head = 0, whole = 0;
    while (!head || len < whole) {
        ssize_t got = recv(connection, message->text + len, HTTP_MAX - len, 0);
        char *end;
        if (got < 0 || time(NULL) > deadline) return 408;
        if (got == 0) return len == HTTP_MAX ? 413 : 400; /* truncated */
        len += (size_t)got;
        message->text[len] = '\0';
        if (head || !(end = strstr(message->text, "\r\n\r\n"))) continue;
        head = (size_t)(end - message->text) + 4;
        if ((got = http_split(message, end)) < 0) return 400;
        if ((size_t)got > HTTP_MAX - head) return 413;
        whole = head + (size_t)got;
    }
    message->body.data = message->text + head;
    message->body.len = whole - head;
    return 0;
}

static inline int http_write(int connection, const char *data, size_t len) {
    while (len > 0) {
        ssize_t sent = send(connection, data, len, MSG_NOSIGNAL);
        if (sent <= 0) return 0;
        data += sent;
        len -= (size_t)sent;
    }
    return 1;
}

static inline void http_answer(int connection, unsigned status, const char *type, cbp_str body) {
    char head[256];
    int len = snprintf(head, sizeof head, "HTTP/1.1 %u -\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
                       status, type, body.len);
    if (http_write(connection, head, (size_t)len)) http_write(connection, body.data, body.len);
}

/* Answers with an envelope, and frees it. NULL: something failed, and the sender may try again. */
static inline void http_answer_envelope(int connection, cbp_envelope *envelope) {
    cbp_bytes *json = NULL;
    if (cbp_envelope_to_json(envelope, &json, NULL) == CBP_OK) {
        const cbp_str body = {cbp_bytes_data(json), cbp_bytes_len(json)};
        http_answer(connection, cbp_envelope_status(envelope), "application/json", body);
    } else {
        http_answer(connection, 503, "text/plain", CBP_STR("try again\n"));
    }
    cbp_bytes_free(json);
    cbp_envelope_free(envelope);
}

/* Whether it is a POST to `before`, some part, and `after`. */
static inline int http_is_post(const struct http_message *request, const char *before, const char *after, cbp_str *part) {
    const cbp_str method = request->line[0], target = request->line[1];
    const size_t prefix = strlen(before), suffix = strlen(after);
    if (method.len != 4 || memcmp(method.data, "POST", 4) != 0 || target.len < prefix + suffix) return 0;
    part->data = target.data + prefix;
    part->len = target.len - prefix - suffix;
    return memcmp(target.data, before, prefix) == 0 && memcmp(part->data + part->len, after, suffix) == 0;
}

static inline void http_timeouts(int connection) {
    struct timeval limit = {HTTP_SECONDS, 0};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit); /* and of connect() */
}

/* Connects to where a callback goes: resolves the host once, and connects to an address that was checked. Returns the
 * connection, or -1 with the reason. Only a test needs `loopback_too`. */
static inline int http_connect(const cbp_callback *callback, int loopback_too, const char **reason) {
    char host[256], port[8];
    struct addrinfo hints, *list = NULL, *one;
    int connection = -1;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    snprintf(port, sizeof port, "%u", (unsigned)cbp_callback_port(callback));
    *reason = "https_needs_tls";
    if (cbp_callback_is_https(callback)) return -1;
    *reason = "cannot_resolve";
    if (!cbp_str_copy(cbp_callback_host(callback), host, sizeof host) || getaddrinfo(host, port, &hints, &list) != 0) return -1;
    *reason = "address_refused";
    for (one = list; one && connection < 0; one = one->ai_next) {
        uint32_t verdict = 0;
        if (cbp_address_verdict_of_sockaddr(one->ai_addr, one->ai_addrlen, &verdict, NULL) != CBP_OK) continue;
        if (verdict != CBP_ADDRESS_PUBLIC && !(loopback_too && verdict == CBP_ADDRESS_LOOPBACK)) continue;
        *reason = "cannot_connect";
        connection = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (connection < 0) continue;
        http_timeouts(connection);
        if (connect(connection, one->ai_addr, one->ai_addrlen) == 0) continue;
        close(connection);
        connection = -1;
    }
    freeaddrinfo(list);
    return connection;
}

/* Sends a callback, and returns the HTTP status of the answer, or 0 if there is none; `room` is memory for both. No redirect is
 * followed: each would be resolved and checked anew. */
static inline int http_send(int connection, const cbp_callback *callback, struct http_message *room) {
    cbp_str method = cbp_method_name(cbp_callback_method(callback)), target = cbp_callback_target(callback);
    cbp_str authority = cbp_callback_authority(callback), body = cbp_callback_body(callback);
    size_t i, len = 0;
    int status = 0;
#define PUT(...) (len += len < HTTP_MAX ? (size_t)snprintf(room->text + len, HTTP_MAX - len, __VA_ARGS__) : 0)
    PUT("%.*s %.*s HTTP/1.1\r\nHost: %.*s\r\n", CBP_STR_ARG(method), CBP_STR_ARG(target), CBP_STR_ARG(authority));
    for (i = 0; i < cbp_callback_header_count(callback); i++) {
        cbp_str name = cbp_callback_header_name(callback, i), value = cbp_callback_header_value(callback, i);
        PUT("%.*s: %.*s\r\n", CBP_STR_ARG(name), CBP_STR_ARG(value));
    }
    PUT("Content-Length: %zu\r\nConnection: close\r\n\r\n", body.len);
#undef PUT
    if (len >= HTTP_MAX || !http_write(connection, room->text, len) || !http_write(connection, body.data, body.len)) return 0;
    for (len = 0; len < 12;) { /* as far as the status */
        ssize_t got = recv(connection, room->text + len, 12 - len, 0);
        if (got <= 0) return 0;
        len += (size_t)got;
    }
    room->text[12] = '\0';
    return sscanf(room->text, "HTTP/1.%*d %3d", &status) == 1 ? status : 0;
}

/* Drops what the sender still sends after it was refused, for some seconds: to close a connection with unread bytes resets it, and
 * the answer can be lost. */
static inline void http_drain(int connection, struct http_message *room) {
    const time_t deadline = time(NULL) + HTTP_SECONDS;
    shutdown(connection, SHUT_WR);
    while (time(NULL) < deadline && recv(connection, room->text, HTTP_MAX, 0) > 0) continue;
}

typedef void http_handler(int connection, const struct http_message *request);

struct http_server {
    int listening;
    http_handler *handle;
};

static inline void *http_accept(void *context) {
    const struct http_server *server = (const struct http_server *)context;
    struct http_message *request = (struct http_message *)malloc(sizeof *request);
    int connection;
    while (request && (connection = accept(server->listening, NULL, NULL)) >= 0) {
        int wrong;
        http_timeouts(connection);
        if ((wrong = http_read(connection, request)) == 0) server->handle(connection, request);
        else {
            http_answer(connection, (unsigned)wrong, "text/plain", CBP_STR("the request is not whole\n"));
            http_drain(connection, request);
        }
        close(connection);
    }
    free(request);
    return NULL;
}

/* Serves on loopback, in several threads, until the standard input ends. Port 0 picks one; the first line of output says which.
 * Returns whether it could. */
static inline int http_serve(const char *port, http_handler *handle) {
    struct sockaddr_in address;
    socklen_t len = sizeof address;
    pthread_t threads[HTTP_THREADS];
    struct http_server server = {socket(AF_INET, SOCK_STREAM, 0), handle};
    int i, started = 0, on = 1;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((unsigned short)strtoul(port, NULL, 10));
    setsockopt(server.listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(server.listening, (struct sockaddr *)&address, len) == 0 && listen(server.listening, 128) == 0 &&
        getsockname(server.listening, (struct sockaddr *)&address, &len) == 0) {
        while (started < HTTP_THREADS && pthread_create(threads + started, NULL, http_accept, &server) == 0) started++;
        printf("listening on 127.0.0.1:%u\n", (unsigned)ntohs(address.sin_port));
        fflush(stdout);
        while (getchar() != EOF) continue;
        shutdown(server.listening, SHUT_RDWR);
        for (i = 0; i < started; i++) pthread_join(threads[i], NULL);
    }
    close(server.listening);
    return started == HTTP_THREADS;
}

#endif
