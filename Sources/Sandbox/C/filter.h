// What a locked-up program may ask of the kernel.
#ifndef MUSTER_SANDBOX_FILTER_H
#define MUSTER_SANDBOX_FILTER_H

// Takes the calls away for this process and all that it becomes; 0 or an errno.
int muster_sandbox_filter(void);

// Takes the file system away but for reading below `readable`; 0 or an errno. `only_check` changes nothing.
int muster_sandbox_files(const char *const readable[], int only_check);

#endif
