// The files a locked-up program may open, as a Landlock ruleset (kernel.org, userspace-api/landlock; since Linux 5.13).
//
// Nothing may be written, made, removed or renamed anywhere; reading and running only below the given paths. From ABI 4
// on TCP is handled too, from 6 on signals and abstract sockets: a second wall behind the filter's.
#define _GNU_SOURCE
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Numbers of the interface, which older headers lack.
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
enum { VERSION_FLAG = 1, RULE_PATH_BENEATH = 1 };
enum { ACCESS_EXECUTE = 1, ACCESS_WRITE_FILE = 2, ACCESS_READ_FILE = 4, ACCESS_READ_DIRECTORY = 8 };

struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scoped;
};

struct __attribute__((packed)) beneath {
    uint64_t allowed;
    int32_t parent;
};

int muster_sandbox_files(const char *const readable[], int only_check) {
    const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
    if (version < 0) return errno;
    if (only_check) return 0;
    struct ruleset rules = {.files = (1u << 13) - 1};
    size_t size = sizeof rules.files;
    if (version >= 2) rules.files |= 1u << 13;  // moving files between folders
    if (version >= 3) rules.files |= 1u << 14;  // truncating
    if (version >= 5) rules.files |= 1u << 15;  // device commands
    if (version >= 4) {
        rules.network = 3;  // binding and connecting TCP
        size = sizeof rules.files + sizeof rules.network;
    }
    if (version >= 6) {
        rules.scoped = 3;  // abstract sockets, signals
        size = sizeof rules;
    }
    const int set = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (set < 0) return errno;
    for (const char *const *path = readable; *path; path++) {
        const int parent = open(*path, O_PATH | O_CLOEXEC);
        if (parent < 0) continue;  // what is not there cannot be read either
        struct stat found;
        struct beneath rule = {.allowed = ACCESS_EXECUTE | ACCESS_READ_FILE | ACCESS_READ_DIRECTORY, .parent = parent};
        if (fstat(parent, &found) == 0 && !S_ISDIR(found.st_mode)) rule.allowed &= ~(uint64_t)ACCESS_READ_DIRECTORY;
        if (strcmp(*path, "/dev/null") == 0) rule.allowed |= ACCESS_WRITE_FILE;  // where nothing is kept
        const long added = syscall(SYS_landlock_add_rule, set, RULE_PATH_BENEATH, &rule, 0);
        const int problem = errno;
        close(parent);
        if (added != 0) {
            close(set);
            return problem;
        }
    }
    const long restricted = syscall(SYS_landlock_restrict_self, set, 0);
    const int problem = errno;
    close(set);
    return restricted == 0 ? 0 : problem;
}
