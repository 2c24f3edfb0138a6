#ifndef CKERNELS_TEAM_H
#define CKERNELS_TEAM_H

#include <stddef.h>

/// Threads that share out the parts of one piece of work.
typedef struct CKernelsTeam CKernelsTeam;

/// One part of the work; `thread` is below the team's size and differs between parts done at the same time.
typedef void (*CKernelsWork)(void *context, size_t part, size_t thread);

/// A team of `threads` (at least 1), the caller of `ckernels_team_run` being one of them. Null when the system gives
/// no threads. A thread without work spins for a moment, then sleeps until it is woken.
CKernelsTeam *ckernels_team_create(size_t threads);

void ckernels_team_destroy(CKernelsTeam *team);

/// Does the parts 0..<parts, each once, on whichever thread is free, and returns when all are done. Calls from several
/// threads take turns. A part must not call the team it runs on.
void ckernels_team_run(CKernelsTeam *team, size_t parts, CKernelsWork work, void *context);

#endif
