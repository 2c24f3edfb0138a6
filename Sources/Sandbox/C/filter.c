// The calls a locked-up program may not make, as a seccomp filter (kernel.org, userspace-api/seccomp_filter).
//
// Whatever reaches other machines, other processes, other namespaces or the kernel's own insides is answered with EPERM;
// a program cannot begin another process, only threads. Files are `files.c`'s matter.
#define _GNU_SOURCE
#include "filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

// Calls that are never needed to compute an answer.
static const int forbidden[] = {
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg,
    SYS_sendmmsg, SYS_recvmmsg, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_mount,
    SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd,
    SYS_add_key, SYS_request_key, SYS_keyctl, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load,
    SYS_reboot, SYS_swapon, SYS_swapoff, SYS_sethostname, SYS_setdomainname, SYS_settimeofday, SYS_clock_settime,
    SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_pidfd_open, SYS_pidfd_send_signal, SYS_pidfd_getfd, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_tkill,
    SYS_setpriority, SYS_ioprio_set, SYS_sched_setaffinity, SYS_prlimit64, SYS_acct, SYS_quotactl, SYS_syslog,
    SYS_mq_open, SYS_shmget, SYS_msgget, SYS_semget, SYS_fanotify_init, SYS_inotify_init1, SYS_chdir, SYS_fchdir,
    SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_utimensat,
#ifdef SYS_fork
    SYS_fork, SYS_vfork, SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat, SYS_inotify_init,
#endif
};

int muster_sandbox_filter(void) {
#ifndef OUR_ARCH
    return ENOSYS;
#else
    enum { count = sizeof forbidden / sizeof forbidden[0] };
    struct sock_filter code[2 * count + 40];
    unsigned n = 0;
    const unsigned number = offsetof(struct seccomp_data, nr), first = offsetof(struct seccomp_data, args[0]);
#define LOAD(at) code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)
#define END(what) code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what)
#define UNLESS(op, value, skip) code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | op | BPF_K, value, 0, skip)
    LOAD(offsetof(struct seccomp_data, arch));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0);
    END(SECCOMP_RET_KILL_PROCESS);
    LOAD(number);
#if defined(__x86_64__)
    UNLESS(BPF_JGE, 0x40000000u, 1);  // the other numbering of the same calls
    END(SECCOMP_RET_KILL_PROCESS);
#endif
    for (unsigned i = 0; i < count; i++) {
        UNLESS(BPF_JEQ, (unsigned)forbidden[i], 1);
        END(SECCOMP_RET_ERRNO | EPERM);
    }
    // Its arguments lie in memory, where a filter cannot look: the library falls back to clone.
    UNLESS(BPF_JEQ, SYS_clone3, 1);
    END(SECCOMP_RET_ERRNO | ENOSYS);
    // Threads only, in the namespaces that are there.
    UNLESS(BPF_JEQ, SYS_clone, 6);
    LOAD(first);
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
    END(SECCOMP_RET_ERRNO | EPERM);
    code[n++] = (struct sock_filter)BPF_JUMP(
        BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC, 0, 1);
    END(SECCOMP_RET_ERRNO | EPERM);
    END(SECCOMP_RET_ALLOW);
    // Signals to itself only; its number is known now and stays.
    const unsigned own = (unsigned)getpid();
    const int signals[] = {SYS_kill, SYS_tgkill};
    for (unsigned i = 0; i < 2; i++) {
        UNLESS(BPF_JEQ, (unsigned)signals[i], 4);
        LOAD(first);
        UNLESS(BPF_JEQ, own, 1);
        END(SECCOMP_RET_ALLOW);
        END(SECCOMP_RET_ERRNO | EPERM);
    }
    END(SECCOMP_RET_ALLOW);
    const struct sock_fprog program = {.len = (unsigned short)n, .filter = code};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0) return errno;
    return 0;
#endif
}
