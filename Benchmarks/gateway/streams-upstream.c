// A model's server as far as streams go: every POST is answered with server-sent events at a steady pace, the first at
// once. Each event's text is "STREAM:NUMBER:MICROSECONDS ": the stream's name as the request's body gives it
// ("stream=17;"), the event's number, and when it was written.
//
//   streams-upstream EVENTS PACE_MS          prints the port it listens at, runs until ended
#include "streams.h"

enum { LIMIT = 65536, BODY = 16384 };

typedef struct {
    char in[BODY];
    int length;
    long stream;
    int next;         // event to write; -1 while no request is answered
    int64_t due;
    char rest[1024];  // what the socket did not take
    int rest_length;
} Connection;

static Connection *connections[LIMIT];
static int events, watch;
static int64_t pace;
// Who writes next: all streams have the same pace, so that the order of the last events is that of the next.
static int queue[LIMIT * 2];
static unsigned queue_head, queue_tail;

static void enqueue(int socket) { queue[queue_tail++ % (LIMIT * 2)] = socket; }

static void drop(int socket) {
    free(connections[socket]);
    connections[socket] = NULL;
    close(socket);
}

// 1 if all is written.
static int flush_rest(int socket, Connection *c) {
    while (c->rest_length > 0) {
        ssize_t count = send(socket, c->rest, c->rest_length, MSG_NOSIGNAL);
        if (count <= 0) return 0;
        memmove(c->rest, c->rest + count, c->rest_length - count);
        c->rest_length -= count;
    }
    return 1;
}

static void write_event(int socket, Connection *c) {
    char event[700];
    int length;
    const char *frame =
        "data: {\"id\":\"chatcmpl-%ld\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
        "\"model\":\"mock-model\",\"choices\":[{\"index\":0,\"delta\":{%s%s%s},\"finish_reason\":%s}]}\n\n%s";
    char text[80];
    if (c->next < events) {
        snprintf(text, sizeof text, "%ld:%d:%lld ", c->stream, c->next, (long long)now_us());
        length = snprintf(event, sizeof event, frame, c->stream, "\"content\":\"", text, "\"", "null", "");
    } else {
        length = snprintf(event, sizeof event, frame, c->stream, "", "", "", "\"stop\"", "data: [DONE]\n\n");
    }
    int isLast = c->next == events;
    c->rest_length = snprintf(
        c->rest, sizeof c->rest, "%s%x\r\n%s\r\n%s",
        c->next == 0 ? "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n" : "",
        length, event, isLast ? "0\r\n\r\n" : "");
    flush_rest(socket, c);
    c->next = isLast ? -1 : c->next + 1;
    c->due += pace;
    if (!isLast) enqueue(socket);
}

static void take(int socket) {
    Connection *c = connections[socket];
    for (;;) {
        ssize_t count = recv(socket, c->in + c->length, BODY - 1 - c->length, 0);
        if (count == 0 || (count < 0 && errno != EAGAIN)) {
            // One that still waits for its turn is let go then.
            if (c->next < 0) drop(socket);
            else c->next = -2;
            return;
        }
        if (count < 0) return;
        c->length += count;
        c->in[c->length] = 0;
        char *end = strstr(c->in, "\r\n\r\n"), *size = strcasestr(c->in, "content-length:");
        if (!end || !size) continue;
        if (c->length < end + 4 - c->in + atoi(size + 15)) continue;
        char *name = strstr(end, "stream=");
        c->stream = name ? atol(name + 7) : -1;
        c->length = 0;
        c->next = 0;
        c->due = now_us();
        write_event(socket, c);
    }
}

int main(int count, char **words) {
    if (count != 3) return 2;
    events = atoi(words[1]);
    pace = (int64_t)(atof(words[2]) * 1000);
    int door = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(door, (void *)&address, size) || listen(door, 8192)) return 1;
    getsockname(door, (void *)&address, &size);
    tune(door);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    watch = epoll_create1(0);
    struct epoll_event entry = {EPOLLIN, {.fd = door}};
    epoll_ctl(watch, EPOLL_CTL_ADD, door, &entry);
    for (;;) {
        int64_t now = now_us();
        while (queue_head != queue_tail) {
            int socket = queue[queue_head % (LIMIT * 2)];
            Connection *c = connections[socket];
            if (c->due > now) break;
            queue_head++;
            if (c->next == -2) drop(socket);
            else if (flush_rest(socket, c)) write_event(socket, c);
            else { c->due = now + pace; enqueue(socket); }
        }
        int wait = 100;
        if (queue_head != queue_tail) {
            int64_t rest = connections[queue[queue_head % (LIMIT * 2)]]->due - now_us();
            wait = rest <= 0 ? 0 : rest < 100000 ? (int)((rest + 999) / 1000) : 100;
        }
        struct epoll_event ready[512];
        int found = epoll_wait(watch, ready, 512, wait);
        for (int i = 0; i < found; i++) {
            int socket = ready[i].data.fd;
            if (socket != door) { take(socket); continue; }
            int new;
            while ((new = accept(door, NULL, NULL)) >= 0) {
                if (new >= LIMIT) { close(new); continue; }
                tune(new);
                connections[new] = calloc(1, sizeof(Connection));
                connections[new]->next = -1;
                struct epoll_event entry = {EPOLLIN | EPOLLET, {.fd = new}};
                epoll_ctl(watch, EPOLL_CTL_ADD, new, &entry);
                take(new);
            }
        }
    }
}
