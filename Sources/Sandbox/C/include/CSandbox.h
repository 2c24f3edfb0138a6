// Runs a program that nobody has vouched for, locked up by the kernel: no network, no writing, no other processes,
// and so much memory and time and no more.
#ifndef MUSTER_SANDBOX_H
#define MUSTER_SANDBOX_H

#include <stddef.h>
#include <stdint.h>

struct muster_sandbox_limits {
    uint64_t memory_bytes;    // of addresses
    uint32_t cpu_seconds;
    uint32_t wall_milliseconds;
    uint32_t open_files;
};

enum muster_sandbox_ending {
    MUSTER_SANDBOX_EXITED,    // value: the exit status
    MUSTER_SANDBOX_SIGNALLED, // value: the signal
    MUSTER_SANDBOX_TIMED_OUT, // value: 0
    MUSTER_SANDBOX_REFUSED,   // value: errno; the program was not begun, because it could not be locked up
};

struct muster_sandbox_result {
    enum muster_sandbox_ending ending;
    int value;
    const char *step;         // what was refused; static
    size_t error_count;       // bytes of the program's error stream that were kept: the last ones
};

// Whether this kernel can lock a program up: 0, or an errno with what it lacks in `step`.
int muster_sandbox_check(const char **step);

// Runs `argv` with `input` as its standard input and the empty environment but for `envp`; what it writes is thrown
// away, but for the end of its error stream. It may read below the paths of `readable` (NULL at the end) and nothing
// else. Blocks until it has ended.
struct muster_sandbox_result muster_sandbox_run(
    const char *const argv[], const char *const envp[], const char *const readable[], const void *input,
    size_t input_count, const struct muster_sandbox_limits *limits, char *error, size_t error_capacity);

#endif
