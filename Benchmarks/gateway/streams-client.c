// Holds many streams open at once and reads each to its end, event by event: which came, in what order, how late.
//
//   streams-client PORT MODEL STREAMS EVENTS PER_SECOND
//
// Opens PER_SECOND new streams a second, each on its own connection. Prints one line of JSON, times in microseconds:
// `first` is from the request written to the first event read, `transit` from an event's being written by the upstream
// to its being read here. Ends with 1 if a stream did not end well or an event was lost, doubled or another's.
#include "streams.h"

typedef struct {
    int socket, status, next, is_done, is_over, in_head, skip;
    int64_t asked, first;
    long chunk;       // bytes left of the chunk; -1 while its length is read
    char size[20];
    int size_length;
    char line[2048];  // of the head or of the events
    int length;
} Stream;

static Stream *streams;
static int count, events, running, most, watch;
static long got, lost, foreign, broken;
static int64_t *transits;
static long transit_count;

static void fail(Stream *s, const char *why) {
    if (broken++ < 5) fprintf(stderr, "stream %ld after %d events: %s\n", (long)(s - streams), s->next, why);
}

static void over(Stream *s) {
    if (s->is_over) return;
    s->is_over = 1;
    running--;
    close(s->socket);
    if (!s->is_done || s->next != events || s->status != 200) fail(s, "ended without its end mark or all its events");
}

static void read_event(Stream *s, int64_t now) {
    s->line[s->length] = 0;
    if (!strncmp(s->line, "data: [DONE]", 12)) s->is_done = 1;
    // A piece may hold the text of several events, if somebody joined them.
    char *text = strstr(s->line, "\"content\":\"");
    if (!text) return;
    text += 11;
    while (*text >= '0' && *text <= '9') {
        long stream = strtol(text, &text, 10);
        long number = strtol(text + 1, &text, 10);
        int64_t written = strtoll(text + 1, &text, 10);
        if (*text == ' ') text++;
        if (stream != s - streams) foreign++;
        if (number != s->next) lost++;
        s->next = number + 1;
        if (number == 0) s->first = now;
        transits[transit_count++ % ((long)count * (events + 1))] = now - written;
        got++;
    }
}

static void feed_line(Stream *s, char byte, int64_t now) {
    if (byte != '\n') {
        if (byte != '\r' && s->length < (int)sizeof s->line - 1) s->line[s->length++] = byte;
        return;
    }
    if (!s->in_head) read_event(s, now);
    else if (s->length == 0) s->in_head = 0;
    else if (!strncmp(s->line, "HTTP/1.1 ", 9)) s->status = atoi(s->line + 9);
    s->length = 0;
}

static void feed(Stream *s, const char *bytes, ssize_t length, int64_t now) {
    for (ssize_t i = 0; i < length; i++) {
        if (s->in_head) { feed_line(s, bytes[i], now); continue; }
        if (s->skip) { s->skip--; continue; }  // the line's end after a chunk
        if (s->chunk < 0) {
            if (bytes[i] == '\n') {
                s->size[s->size_length] = 0;
                s->chunk = strtol(s->size, NULL, 16);
                s->size_length = 0;
                if (s->chunk == 0) { over(s); return; }
            } else if (s->size_length < 19) {
                s->size[s->size_length++] = bytes[i];
            }
            continue;
        }
        feed_line(s, bytes[i], now);
        if (--s->chunk == 0) { s->chunk = -1; s->skip = 2; }
    }
}

static void open_stream(int number, int port, const char *model) {
    Stream *s = &streams[number];
    s->in_head = 1;
    s->chunk = -1;
    struct sockaddr_in address = loopback(port);
    s->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (s->socket < 0 || connect(s->socket, (void *)&address, sizeof address)) {
        perror("streams-client");
        exit(1);
    }
    tune(s->socket);
    char body[1500], request[2000];
    int length = snprintf(
        body, sizeof body, "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"system\",\"content\":\"%.600s\"},"
        "{\"role\":\"user\",\"content\":\"Tell me about stream=%d; in a few words\"}]}", model,
        "You are a careful assistant in a company's help desk. Answer briefly and in plain words. When a question needs "
        "a calculation, show the steps and end with the result on a line of its own. If something is not known, say so.",
        number);
    length = snprintf(
        request, sizeof request, "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
        "application/json\r\nContent-Length: %d\r\n\r\n%s", length, body);
    s->asked = now_us();
    if (send(s->socket, request, length, MSG_NOSIGNAL) != length) exit(1);
    struct epoll_event entry = {EPOLLIN, {.u32 = number}};
    epoll_ctl(watch, EPOLL_CTL_ADD, s->socket, &entry);
    if (++running > most) most = running;
}

static int compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int64_t share(int64_t *values, long length, double part) {
    return length ? values[(long)((length - 1) * part)] : -1;
}

int main(int words, char **word) {
    if (words != 6) return 2;
    int port = atoi(word[1]);
    count = atoi(word[3]);
    events = atoi(word[4]);
    double rate = atof(word[5]);
    streams = calloc(count, sizeof *streams);
    transits = calloc((long)count * (events + 1), sizeof *transits);
    watch = epoll_create1(0);
    int opened = 0;
    int64_t began = now_us(), last = began;
    static char bytes[65536];
    while (opened < count || running > 0) {
        int64_t now = now_us();
        if (now - last > 60000000) { fprintf(stderr, "nothing came for a minute\n"); break; }
        while (opened < count && now - began >= (int64_t)(opened / rate * 1e6)) open_stream(opened++, port, word[2]);
        struct epoll_event ready[512];
        int found = epoll_wait(watch, ready, 512, opened < count ? 1 : 100);
        for (int i = 0; i < found; i++) {
            Stream *s = &streams[ready[i].data.u32];
            ssize_t length = recv(s->socket, bytes, sizeof bytes, 0);
            last = now_us();
            if (length > 0) feed(s, bytes, length, last);
            else if (length == 0 || errno != EAGAIN) over(s);
        }
    }
    int64_t *firsts = calloc(count, sizeof *firsts);
    long first_count = 0, complete = 0;
    for (int i = 0; i < count; i++) {
        if (streams[i].first) firsts[first_count++] = streams[i].first - streams[i].asked;
        complete += streams[i].is_done && streams[i].next == events;
    }
    qsort(firsts, first_count, sizeof *firsts, compare);
    qsort(transits, transit_count, sizeof *transits, compare);
    printf("{\"streams\":%d,\"complete\":%ld,\"most_at_once\":%d,\"events\":%ld,\"lost_or_reordered\":%ld,\"foreign\":%ld,"
           "\"broken\":%ld,\"first_p50\":%lld,\"first_p99\":%lld,\"transit_p50\":%lld,\"transit_p99\":%lld,"
           "\"seconds\":%.2f}\n", count, complete, most, got, lost, foreign, broken, (long long)share(firsts, first_count, .5),
           (long long)share(firsts, first_count, .99), (long long)share(transits, transit_count, .5),
           (long long)share(transits, transit_count, .99), (now_us() - began) / 1e6);
    return complete == count && !lost && !foreign && !broken && got == (long)count * events ? 0 : 1;
}
