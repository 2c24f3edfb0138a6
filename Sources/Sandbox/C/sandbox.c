#define _GNU_SOURCE
#include "CSandbox.h"
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// What the child tells its parent if it cannot be locked up; the numbers are indices of `steps`.
enum step { STEP_STREAMS, STEP_LIMITS, STEP_PRIVILEGES, STEP_FILES, STEP_CALLS, STEP_BEGIN };
static const char *const steps[] = {
    "its streams", "limits (setrlimit)", "privileges (no_new_privs)", "files (Landlock)", "calls (seccomp)",
    "beginning the program",
};

struct complaint {
    int step;
    int problem;
};

int muster_sandbox_check(const char **step) {
    const char *const nothing[] = {NULL};
    const int files = muster_sandbox_files(nothing, 1);
    if (files != 0) {
        *step = steps[STEP_FILES];
        return files;
    }
    // Asking for the mode works without a filter as well; EINVAL says that the kernel has none.
    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0) {
        *step = steps[STEP_CALLS];
        return errno;
    }
    *step = "";
    return 0;
}

static int limit(int what, uint64_t most) {
    const struct rlimit value = {.rlim_cur = most, .rlim_max = most};
    return setrlimit(what, &value) == 0 ? 0 : errno;
}

// From fork to exec: only calls that are safe between the two in a program with threads.
static void begin(
    const char *const argv[], const char *const envp[], const char *const readable[], int input, int error, int report,
    const struct muster_sandbox_limits *limits) {
    struct complaint complaint = {STEP_STREAMS, 0};
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = open("/dev/null", O_WRONLY);
    if (nothing < 0 || dup2(input, 0) < 0 || dup2(nothing, 1) < 0 || dup2(error, 2) < 0) goto refused;
    if (dup2(report, 3) < 0 || fcntl(3, F_SETFD, FD_CLOEXEC) < 0) goto refused;
    report = 3;
    if (syscall(SYS_close_range, 4u, ~0u, 0u) != 0) goto refused;
    if (chdir("/") != 0) goto refused;

    complaint.step = STEP_LIMITS;
    const struct { int what; uint64_t most; } most[] = {
        {RLIMIT_AS, limits->memory_bytes}, {RLIMIT_CPU, limits->cpu_seconds}, {RLIMIT_FSIZE, 0}, {RLIMIT_CORE, 0},
        {RLIMIT_NOFILE, limits->open_files}, {RLIMIT_MEMLOCK, 0}, {RLIMIT_MSGQUEUE, 0},
    };
    for (unsigned i = 0; i < sizeof most / sizeof most[0]; i++) {
        complaint.problem = limit((int)most[i].what, most[i].most);
        if (complaint.problem != 0) goto told;
    }
    complaint.step = STEP_PRIVILEGES;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) goto refused;
    complaint.step = STEP_FILES;
    complaint.problem = muster_sandbox_files(readable, 0);
    if (complaint.problem != 0) goto told;
    complaint.step = STEP_CALLS;
    complaint.problem = muster_sandbox_filter();
    if (complaint.problem != 0) goto told;
    complaint.step = STEP_BEGIN;
    signal(SIGPIPE, SIG_DFL);
    execve(argv[0], (char *const *)argv, (char *const *)envp);
refused:
    complaint.problem = errno;
told:
    (void)!write(report, &complaint, sizeof complaint);
    _exit(127);
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Keeps the last bytes of what comes until the other end is closed or the time is over; true if it was closed.
static int listen_until(int from, int64_t end, char *kept, size_t capacity, size_t *count) {
    char piece[4096];
    for (;;) {
        const int64_t left = end - milliseconds();
        if (left <= 0) return 0;
        struct pollfd wait = {.fd = from, .events = POLLIN};
        const int ready = poll(&wait, 1, left > 1000 ? 1000 : (int)left);
        if (ready < 0 && errno != EINTR) return 1;
        if (ready <= 0) continue;
        const ssize_t came = read(from, piece, sizeof piece);
        if (came == 0 || (came < 0 && errno != EINTR)) return 1;
        if (came < 0) continue;
        size_t fresh = (size_t)came;
        const char *start = piece;
        if (fresh > capacity) {
            start += fresh - capacity;
            fresh = capacity;
        }
        if (*count + fresh > capacity) {
            const size_t gone = *count + fresh - capacity;
            memmove(kept, kept + gone, *count - gone);
            *count -= gone;
        }
        memcpy(kept + *count, start, fresh);
        *count += fresh;
    }
}

// True once the child has ended; waits for it at most until `end`.
static int ended_by(pid_t child, int64_t end, int *status) {
    for (;;) {
        const pid_t found = waitpid(child, status, WNOHANG);
        if (found == child) return 1;
        if (found < 0 && errno != EINTR) return 1;
        if (milliseconds() >= end) return 0;
        const struct timespec pause = {.tv_nsec = 2000000};
        nanosleep(&pause, NULL);
    }
}

struct muster_sandbox_result muster_sandbox_run(
    const char *const argv[], const char *const envp[], const char *const readable[], const void *input,
    size_t input_count, const struct muster_sandbox_limits *limits, char *error, size_t error_capacity) {
    struct muster_sandbox_result result = {MUSTER_SANDBOX_REFUSED, 0, steps[STEP_STREAMS], 0};
    int source = -1, errors[2] = {-1, -1}, report[2] = {-1, -1};
    // A file in memory: a child that does not read cannot make its parent wait.
    source = memfd_create("input", MFD_CLOEXEC);
    if (source < 0) goto failed;
    for (size_t at = 0; at < input_count;) {
        const ssize_t written = write(source, (const char *)input + at, input_count - at);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) goto failed;
        at += (size_t)written;
    }
    if (lseek(source, 0, SEEK_SET) < 0 || pipe2(errors, O_CLOEXEC) != 0 || pipe2(report, O_CLOEXEC) != 0) goto failed;

    const int64_t end = milliseconds() + limits->wall_milliseconds;
    const pid_t child = fork();
    if (child < 0) goto failed;
    if (child == 0) begin(argv, envp, readable, source, errors[1], report[1], limits);
    close(source);
    close(errors[1]);
    close(report[1]);
    struct complaint complaint;
    ssize_t told;
    do told = read(report[0], &complaint, sizeof complaint);
    while (told < 0 && errno == EINTR);
    close(report[0]);

    int status = 0;
    const int closed = listen_until(errors[0], end, error, error_capacity, &result.error_count);
    close(errors[0]);
    const int ended = closed && ended_by(child, end, &status);
    if (!ended) {
        kill(-child, SIGKILL);
        kill(child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    }
    result.step = "";
    if (told == (ssize_t)sizeof complaint) {
        result.ending = MUSTER_SANDBOX_REFUSED;
        result.value = complaint.problem;
        result.step = steps[complaint.step];
    } else if (!ended) {
        result.ending = MUSTER_SANDBOX_TIMED_OUT;
    } else if (WIFSIGNALED(status)) {
        result.ending = MUSTER_SANDBOX_SIGNALLED;
        result.value = WTERMSIG(status);
    } else {
        result.ending = MUSTER_SANDBOX_EXITED;
        result.value = WEXITSTATUS(status);
    }
    return result;

failed:
    result.value = errno;
    if (source >= 0) close(source);
    for (int i = 0; i < 2; i++) {
        if (errors[i] >= 0) close(errors[i]);
        if (report[i] >= 0) close(report[i]);
    }
    return result;
}
