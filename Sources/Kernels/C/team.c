#include "CKernelsTeam.h"

#include <pthread.h>
#include <signal.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

// How a piece of work is shared out. The caller writes down the work, then opens the `ticket`: the number of the piece
// in the upper half, the parts not yet taken in the lower. A thread takes a part by lowering the ticket with compare
// and swap, so a thread that looked at an old piece can never take from a new one, and nobody waits for threads that
// sleep or whose core does something else. `unfinished` counts the parts that are not done; the caller, who takes
// parts too, waits for it to reach 0.

// How long a thread without work looks for some before it sleeps: longer than the gaps between the steps of a layer,
// and a few times what going to sleep and being woken costs.
static const uint64_t spin_nanoseconds = 50000;

/// A number to sleep on until it changes, with the means of its operating system.
typedef struct {
    alignas(64) _Atomic uint32_t value;
#if !defined(__linux__)
    pthread_mutex_t mutex;
    pthread_cond_t changed;
#endif
} Bell;

#if defined(__linux__)

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool bell_make(Bell *bell) {
    atomic_init(&bell->value, 0);
    return true;
}

static void bell_end(Bell *bell) { (void)bell; }

/// Sleeps unless the value is no longer `seen`. May return for no reason.
static void bell_sleep(Bell *bell, uint32_t seen) {
    syscall(SYS_futex, &bell->value, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
}

/// Wakes at most `sleepers` threads; the value has been changed before.
static void bell_ring(Bell *bell, uint32_t sleepers) {
    const int most = sleepers > INT32_MAX ? INT32_MAX : (int)sleepers;
    syscall(SYS_futex, &bell->value, FUTEX_WAKE_PRIVATE, most, NULL, NULL, 0);
}

#else

static bool bell_make(Bell *bell) {
    atomic_init(&bell->value, 0);
    if (pthread_mutex_init(&bell->mutex, NULL) != 0) return false;
    if (pthread_cond_init(&bell->changed, NULL) == 0) return true;
    pthread_mutex_destroy(&bell->mutex);
    return false;
}

static void bell_end(Bell *bell) {
    pthread_cond_destroy(&bell->changed);
    pthread_mutex_destroy(&bell->mutex);
}

static void bell_sleep(Bell *bell, uint32_t seen) {
    pthread_mutex_lock(&bell->mutex);
    if (atomic_load(&bell->value) == seen) pthread_cond_wait(&bell->changed, &bell->mutex);
    pthread_mutex_unlock(&bell->mutex);
}

static void bell_ring(Bell *bell, uint32_t sleepers) {
    (void)sleepers;
    pthread_mutex_lock(&bell->mutex);  // not between a sleeper's look at the value and its sleep
    pthread_cond_broadcast(&bell->changed);
    pthread_mutex_unlock(&bell->mutex);
}

#endif

/// What a worker is told when it starts.
typedef struct {
    CKernelsTeam *team;
    size_t thread;
    pthread_t handle;
} Worker;

struct CKernelsTeam {
    alignas(64) _Atomic uint64_t ticket;  ///< piece << 32 | parts not yet taken
    // The piece the ticket speaks of: written only while the ticket has no parts.
    _Atomic(CKernelsWork) work;
    _Atomic(void *) context;
    _Atomic size_t end;  ///< one past the last part; the parts left are end - left ..< end

    Bell unfinished;                            ///< parts of the piece that are not done
    alignas(64) _Atomic bool caller_sleeps;
    Bell pieces;                                ///< changes when sleeping workers are called
    alignas(64) _Atomic uint32_t sleeping;      ///< workers that sleep or are about to
    _Atomic bool ended;

    pthread_mutex_t turn;  ///< held by the thread whose piece is done
    size_t threads;
    Worker *workers;       ///< [threads - 1]
};

static inline void spin_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");  // `yield` is no pause on most ARM cores
#endif
}

static uint64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool has_parts(CKernelsTeam *team) { return (uint32_t)atomic_load(&team->ticket) != 0; }

static bool is_done(CKernelsTeam *team) { return atomic_load(&team->unfinished.value) == 0; }

static bool has_news(CKernelsTeam *team) { return has_parts(team) || atomic_load(&team->ended); }

/// True as soon as the condition holds, false when it did not for the length of a spin.
static bool spin_until(bool (*condition)(CKernelsTeam *), CKernelsTeam *team) {
    const uint64_t start = nanoseconds();
    do {
        for (int look = 0; look < 32; look++) {
            if (condition(team)) return true;
            spin_pause();
        }
    } while (nanoseconds() - start < spin_nanoseconds);
    return false;
}

/// Takes and does parts until none is left to take.
static void do_parts(CKernelsTeam *team, size_t thread) {
    uint64_t ticket = atomic_load(&team->ticket);
    while ((uint32_t)ticket != 0) {
        // These may belong to a later piece; then the swap fails and they are not used.
        const CKernelsWork work = atomic_load_explicit(&team->work, memory_order_relaxed);
        void *const context = atomic_load_explicit(&team->context, memory_order_relaxed);
        const size_t part = atomic_load_explicit(&team->end, memory_order_relaxed) - (uint32_t)ticket;
        if (!atomic_compare_exchange_weak(&team->ticket, &ticket, ticket - 1)) continue;
        work(context, part, thread);
        if (atomic_fetch_sub(&team->unfinished.value, 1) == 1 && atomic_load(&team->caller_sleeps)) {
            bell_ring(&team->unfinished, 1);
        }
        ticket = atomic_load(&team->ticket);
    }
}

static void *worker_main(void *argument) {
    const Worker *const worker = argument;
    CKernelsTeam *const team = worker->team;
    while (!atomic_load(&team->ended)) {
        do_parts(team, worker->thread);
        if (spin_until(has_news, team)) continue;
        // Either the caller sees that this thread sleeps, or this thread sees the caller's piece.
        const uint32_t seen = atomic_load(&team->pieces.value);
        atomic_fetch_add(&team->sleeping, 1);
        if (!has_news(team)) bell_sleep(&team->pieces, seen);
        atomic_fetch_sub(&team->sleeping, 1);
    }
    return NULL;
}

static void call_workers(CKernelsTeam *team, uint32_t wanted) {
    if (atomic_load(&team->sleeping) == 0) return;
    atomic_fetch_add(&team->pieces.value, 1);
    bell_ring(&team->pieces, wanted);
}

/// Does the `count` parts before `end`, with the turn held.
static void run_piece(CKernelsTeam *team, size_t end, uint32_t count) {
    atomic_store_explicit(&team->end, end, memory_order_relaxed);
    atomic_store(&team->unfinished.value, count);
    const uint64_t piece = (atomic_load(&team->ticket) >> 32) + 1;
    atomic_store(&team->ticket, piece << 32 | count);
    call_workers(team, count - 1);
    do_parts(team, 0);
    if (is_done(team) || spin_until(is_done, team)) return;
    atomic_store(&team->caller_sleeps, true);
    for (;;) {
        const uint32_t left = atomic_load(&team->unfinished.value);
        if (left == 0) break;
        bell_sleep(&team->unfinished, left);
    }
    atomic_store(&team->caller_sleeps, false);
}

void ckernels_team_run(CKernelsTeam *team, size_t parts, CKernelsWork work, void *context) {
    if (parts == 0) return;
    pthread_mutex_lock(&team->turn);
    if (team->threads == 1 || parts == 1) {
        for (size_t part = 0; part < parts; part++) work(context, part, 0);
    } else {
        atomic_store_explicit(&team->work, work, memory_order_relaxed);
        atomic_store_explicit(&team->context, context, memory_order_relaxed);
        for (size_t first = 0; first < parts;) {
            const size_t left = parts - first;
            const uint32_t count = left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
            first += count;
            run_piece(team, first, count);
        }
    }
    pthread_mutex_unlock(&team->turn);
}

/// Ends the first `started` workers and frees everything.
static void team_end(CKernelsTeam *team, size_t started) {
    atomic_store(&team->ended, true);
    call_workers(team, UINT32_MAX);
    for (size_t worker = 0; worker < started; worker++) pthread_join(team->workers[worker].handle, NULL);
    bell_end(&team->unfinished);
    bell_end(&team->pieces);
    pthread_mutex_destroy(&team->turn);
    free(team->workers);
    free(team);
}

/// Starts the workers with the signals of the program blocked, so that its own threads answer them. Those that a fault
/// of the thread itself raises stay as they are: a crash handler is to see them. Returns how many started.
static size_t start_workers(CKernelsTeam *team) {
    sigset_t blocked, before;
    sigfillset(&blocked);
    const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};
    for (size_t fault = 0; fault < sizeof faults / sizeof faults[0]; fault++) sigdelset(&blocked, faults[fault]);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    size_t started = 0;
    for (; started < team->threads - 1; started++) {
        Worker *const worker = &team->workers[started];
        *worker = (Worker){.team = team, .thread = started + 1};
        if (pthread_create(&worker->handle, NULL, worker_main, worker) != 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

CKernelsTeam *ckernels_team_create(size_t threads) {
    if (threads == 0 || threads > UINT32_MAX) return NULL;
    CKernelsTeam *const team = aligned_alloc(alignof(CKernelsTeam), sizeof(CKernelsTeam));
    Worker *const workers = calloc(threads, sizeof(Worker));
    if (team == NULL || workers == NULL) goto no_memory;
    *team = (CKernelsTeam){.threads = threads, .workers = workers};
    if (!bell_make(&team->unfinished)) goto no_memory;
    if (!bell_make(&team->pieces)) goto no_pieces;
    if (pthread_mutex_init(&team->turn, NULL) != 0) goto no_turn;
    const size_t started = start_workers(team);
    if (started == threads - 1) return team;
    team_end(team, started);
    return NULL;

no_turn:
    bell_end(&team->pieces);
no_pieces:
    bell_end(&team->unfinished);
no_memory:
    free(workers);
    free(team);
    return NULL;
}

void ckernels_team_destroy(CKernelsTeam *team) {
    if (team != NULL) team_end(team, team->threads - 1);
}
